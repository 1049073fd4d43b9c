"""A `Network` as a Keras model, and any Keras model as a `Network`."""

from collections.abc import Callable
from dataclasses import replace

from lenet.arithmetic import whole
from lenet.keras_bridge.building import callable_for, naming
from lenet.keras_bridge.graph import graph_of, size, weights_of
from lenet.keras_bridge.layers import Rules
from lenet.keras_bridge.live import walked
from lenet.keras_bridge.quiet import keras
from lenet.keras_bridge.whole import in_one_row
from lenet.keras_bridge.wiring import InputShapes, is_shape
from lenet.layers import Divide, Elementwise, Layer, Shared
from lenet.network import Network
from lenet.trace import Row


def from_keras(
    model: keras.Model, input_shape: InputShapes | None = None, rules: Rules | None = None
) -> Network:
    """The layers of any Keras model, to be traced and derived.

    `input_shape`, without the batch axis, says how large an input is where the model leaves
    it open: one shape, a tuple of them, or a dict by the names of the inputs. A model that
    was never built is built with it. `rules` has a function for each kind of layer of your
    own: it takes the layer's config and the shape that comes in, and returns a
    `lenet.layers` layer. What has no rule is a `Foreign` row with Keras's shape and
    parameters, and so is a model whose graph is code. Layers that are used twice are
    counted once; models inside the model are laid open. Each layer's parameters and shape
    are held to the live layer's, trainable and not.

    Raises ValueError naming the layer where a rule differs from Keras, or a shape is open.

    >>> from lenet.architectures import LENET5_MODERN
    >>> from_keras(to_keras(LENET5_MODERN)).trace().total.macs
    416520
    """
    if not isinstance(model, keras.Model):
        raise TypeError(f"model must be a Keras model, got {model!r}")
    graph = _built(model, input_shape)
    if graph is None:
        return in_one_row(model, input_shape)
    network = walked(graph, input_shape, rules or {}).network(model.name, "a Keras model")
    total = network.trace().total
    if [total.parameters, total.fixed] != [size(some) for some in weights_of(model, False)]:
        return in_one_row(model, input_shape)  # it has numbers of its own besides its layers'
    return network


def _built(model: keras.Model, input_shape: InputShapes | None):
    """The graph of the model, after a Sequential without a shape was built with the one given."""
    if isinstance(model, keras.Sequential) and not model.built:
        if input_shape is None or not is_shape(input_shape):
            raise ValueError(
                f"the model {model.name!r} was never built: "
                "say how large its input is, as in input_shape=(224, 224, 3)"
            )
        model.build((None, *input_shape))
    return graph_of(model)


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
