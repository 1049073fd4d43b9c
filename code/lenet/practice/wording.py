"""A problem in words: what comes in, what the layers are, and what is asked."""

from lenet.layers import Conv2D, Dense, Flatten, Layer
from lenet.layers.pooling import Pooling
from lenet.network import Network
from lenet.practice.quantities import Quantity
from lenet.table import written

ASKS = {
    Quantity.SHAPE: "Which shape comes out of {}?",
    Quantity.UNITS: "How many units does {} have?",
    Quantity.WEIGHTS: "How many weights does {} have, biases not counted?",
    Quantity.PARAMETERS: "How many parameters does {} have?",
    Quantity.MACS: "How many multiply-accumulates does {} cost for one image?",
    Quantity.CONNECTIONS: "How many connections does {} have, bias lines counted?",
    Quantity.FIELD: "How many pixels of a row of the image does one unit of {} see?",
}


def asked_of(network: Network, layer: str | None, asked: Quantity) -> str:
    """The text of a problem.

    >>> asked_of(Network((5, 5, 16), Flatten(name="row")), "row", Quantity.UNITS)
    'The input is 5×5×16. The layer is flatten. How many units does it have?'
    """
    comes = written(network.input_shape) if network.input_shape[1:] else _features(network)
    if len(network.layers) == 1:
        told = f"The layer is {worded(network.layers[0])}."
        return f"The input is {comes}. {told} {ASKS[asked].format('it')}"
    rows = "; ".join(f"{n}. {worded(one)}" for n, one in enumerate(network.layers, 1))
    of = "the whole network"
    if layer is not None:
        names = [row.name for row in network.trace()]
        of = f"layer {names.index(layer) + 1}"
    return f"The input is {comes}. The layers are: {rows}. {ASKS[asked].format(of)}"


def _features(network: Network) -> str:
    return f"a row of {network.input_shape[0]} values"


def worded(layer: Layer) -> str:
    """A layer in words: "a convolution with 6 filters of 5×5, no padding"."""
    if isinstance(layer, Flatten):
        return "flatten"
    if isinstance(layer, Dense):
        return f"a dense layer of {layer.units} units{_biases(layer)}"
    taps = written(layer.taps)
    if isinstance(layer, Pooling):
        kind = "max" if layer.kind.startswith("Max") else "average"
        moves = "" if layer.strides == layer.taps else f", stride {_each(layer.strides)}"
        return f"{kind} pooling with windows of {taps}{moves}"
    assert isinstance(layer, Conv2D), layer
    parts = [f"a convolution with {layer.filters} filters of {taps}"]
    parts += [f"stride {_each(layer.strides)}"] * (max(layer.strides) > 1)
    parts += ["same padding" if layer.padding == "same" else "no padding"]
    parts += [f"dilation {_each(layer.dilation_rate)}"] * (max(layer.dilation_rate) > 1)
    parts += [f"{layer.groups} groups"] * (layer.groups > 1)
    return ", ".join(parts) + _biases(layer)


def _biases(layer: Layer) -> str:
    return "" if layer.use_bias else ", no biases"


def _each(numbers: tuple[int, ...]) -> str:
    """One number where all axes have the same."""
    return str(numbers[0]) if len(set(numbers)) == 1 else written(numbers)
