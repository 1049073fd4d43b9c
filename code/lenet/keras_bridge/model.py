"""A `Network` as a Keras model, and any Keras model as a `Network`."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import prod

from lenet.arithmetic import whole
from lenet.keras_bridge.building import callable_for, naming
from lenet.keras_bridge.config import Rules, own_class, read_config
from lenet.keras_bridge.quiet import keras
from lenet.layers import Divide, Elementwise, Layer, Shared
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.trace import Row


def from_keras(
    model: keras.Model, input_shape: Shape | None = None, rules: Rules | None = None
) -> Network:
    """The layers of a Keras model, Sequential or functional, to be traced and derived.

    `input_shape`, without the batch axis, says how large the image is where the model
    leaves it open. `rules` has a function for each kind of layer of your own: it takes
    the layer's config and the shape that comes in, and returns a `lenet.layers` layer.
    Layers that are used twice are counted once; models inside the model are laid open.
    The parameters are held to Keras's own count, trainable and not.

    Raises ValueError naming the layer for a kind that has no rule, for a model whose
    graph is code, and where the counts differ.

    >>> from lenet.architectures import LENET5_MODERN
    >>> from_keras(to_keras(LENET5_MODERN)).trace().total.macs
    416520
    """
    if not isinstance(model, keras.Model):
        raise TypeError(f"model must be a Keras model, got {model!r}")
    try:
        described = json.loads(model.to_json())
    except NotImplementedError:
        raise ValueError(own_class(type(model).__name__)) from None
    network = read_config(described, input_shape, rules, source="a Keras model")
    total = network.trace().total
    for what, ours, theirs in (
        ("trainable", total.parameters, _count(model.trainable_weights)),
        ("fixed", total.fixed, _count(model.non_trainable_weights)),
    ):
        if model.built and ours != theirs:
            raise ValueError(f"Keras counts {theirs:,} {what} parameters, the rules here {ours:,}")
    return network


def _count(variables: list) -> int:
    """The numbers in all variables together."""
    return sum(prod(variable.shape) for variable in variables)


def to_keras(network: Network) -> keras.Model:
    """A Keras model of the same layers, names and shapes, freshly initialised.

    A chain is a Sequential; any other network is a functional model that puts out the
    values nobody reads, in their order. A stroke in a name becomes a point, which Keras
    allows: "stem/conv" is "stem.conv". A `Shared` layer is its Keras layer once more,
    layers that are not trainable are frozen, and `options` are handed on. Its parameters
    are the trace's, trainable and not. Convolutions and dense layers with the activation
    "scaled_tanh" start as the paper of 1998 has it, uniform between -2.4/F and 2.4/F for
    F inputs; others as Keras does.

    Raises ValueError naming the layer and what to do for what has no Keras form.

    >>> from lenet.architectures import LENET5_MODERN
    >>> to_keras(LENET5_MODERN).count_params()
    61706
    """
    rows = network.trace().rows
    if network.is_chain and all(map(_is_layer, rows)):
        model = keras.Sequential([keras.Input(network.input_shape)])
        for row in rows:
            with naming(row):
                model.add(callable_for(row))
        return model
    return _functional(network, rows)


def _is_layer(row: Row) -> bool:
    return not isinstance(row.layer, (Divide, Elementwise, Shared))


def _functional(network: Network, rows: tuple[Row, ...]) -> keras.Model:
    inputs = [keras.Input(shape) for shape in network.inputs]
    values = {-1 - number: image for number, image in enumerate(inputs)}
    made: list[Callable] = []
    for number, (row, reads) in enumerate(zip(rows, network.reads, strict=True)):
        came = [values[n] for n in reads]
        with naming(row):
            first = _first_use(row.layer, network.layers[:number])
            made.append(callable_for(row) if first is None else made[first])
            values[number] = made[number](came if row.layer.merges else came[0])
    read = {n for reads in network.reads for n in reads}
    outputs = [values[n] for n in range(len(rows)) if n not in read]
    return keras.Model(*(them if len(them) > 1 else them[0] for them in (inputs, outputs)))


def _first_use(layer: Layer, before: tuple[Layer, ...]) -> int | None:
    """The number of the layer that this is one more use of; None for a layer of its own."""
    if not isinstance(layer, Shared):
        return None
    for number, other in enumerate(before):
        if layer.layer == (other if layer.layer.name else replace(other, name=None)):
            return number
    raise ValueError("no layer before it is the one that it uses again: put that one first")


def slid(model: keras.Sequential, width: int) -> keras.Model:
    """The same layers and weights over an image `width` pixels wide: outputs (N, 1, n, classes).

    Each of the n outputs along the width is what the model says of one window of
    its own width; neighbours are as far apart as the strides make them. It works
    where the map before Flatten is one place, as C5's is: then a dense layer is a
    convolution of 1 by 1. Raises ValueError where it is not, or the image is too
    narrow.

    >>> from lenet.architectures import LENET5_1998
    >>> slid(to_keras(LENET5_1998), width=64).output_shape
    (None, 1, 9, 10)
    """
    _, height, least, channels = model.input_shape
    if whole("width", width) < least:
        raise ValueError(f"width must be at least {least}, got {width}")
    output = image = keras.Input((height, width, channels))
    for layer in model.layers:
        if not isinstance(layer, keras.layers.Flatten):
            output = layer(output)
        elif layer.input.shape[1:3] != (1, 1):
            raise ValueError(f"{layer.name} reads {layer.input.shape[1:]}, not a map of one place")
    return keras.Model(image, output)
