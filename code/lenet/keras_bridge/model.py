"""A `Network` as a Keras model, and any Keras model as a `Network`.

The layers have Keras's argument names, so nothing is renamed.
"""

import json
from dataclasses import asdict
from math import prod

from lenet.layers.arguments import Shape
from lenet.arithmetic import whole
from lenet.keras_bridge import early
from lenet.keras_bridge.config import Rules, own_class, read_config
from lenet.keras_bridge.quiet import keras
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


def to_keras(network: Network) -> keras.Sequential:
    """A Keras model of the same layers, names and shapes, freshly initialised.

    Its trainable parameters are the trace's parameter total. Layers with the
    activation "scaled_tanh" start as the paper of 1998 has it, uniform between
    -2.4/F and 2.4/F for F inputs; others as Keras does. Raises ValueError for a
    network with branches, and what Keras raises for what it does not build: strides
    with dilation, an unknown activation.

    >>> from lenet.architectures import LENET5_MODERN
    >>> to_keras(LENET5_MODERN).count_params()
    61706
    """
    if not network.is_chain:
        raise ValueError(f"{network.name} has branches; to_keras builds layers in one row only")
    model = keras.Sequential([keras.Input(network.input_shape)])
    for row in network.trace().rows:
        model.add(_built(row))
    return model


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


def _built(row: Row) -> keras.layers.Layer:
    kind, arguments = type(row.layer).__name__, asdict(row.layer)
    of_1998 = getattr(early, kind, None)
    if arguments.get("activation") == "scaled_tanh":
        arguments["activation"] = early.scaled_tanh
        if not of_1998:
            start = early.FanInUniform(row.weights // row.output_shape[-1])
            arguments |= {"kernel_initializer": start, "bias_initializer": start}
    return (of_1998 or getattr(keras.layers, kind))(**arguments)
