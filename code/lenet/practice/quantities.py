"""What a question can ask of a layer, and where the right answer stands in a trace."""

from enum import StrEnum
from math import prod
from typing import NamedTuple

from lenet.arithmetic import dropped, pad_widths
from lenet.layers.arguments import Shape
from lenet.layers.base import WindowLayer
from lenet.trace import Row

Value = int | float | tuple[int | None, ...]


class Quantity(StrEnum):
    """The closed set of what is asked for; a size is that along the first axis of a map."""

    SHAPE = "output shape"
    HEIGHT = "output height"
    WIDTH = "output width"
    CHANNELS = "output channels"
    UNITS = "units"
    WEIGHTS = "weights"
    BIASES = "biases"
    PARAMETERS = "parameters"
    FIXED = "fixed"
    CONNECTIONS = "connections"
    MACS = "MACs"
    FLOPS = "FLOPs"
    FIELD = "receptive field"
    DROPPED = "dropped"
    PADDING = "padding"


ADDED_UP = {  # what a whole network has of it is the sum over its layers
    Quantity.UNITS, Quantity.WEIGHTS, Quantity.BIASES, Quantity.PARAMETERS, Quantity.FIXED,
    Quantity.CONNECTIONS, Quantity.MACS, Quantity.FLOPS,
}  # fmt: skip


class Numbers(NamedTuple):
    """What a layer makes and counts, rightly or wrongly."""

    shape: Shape
    weights: int
    biases: int
    fixed: int
    connections: int
    macs: int


def numbers_of(row: Row) -> Numbers:
    """The right ones."""
    return Numbers(
        row.output_shape, row.weights, row.biases, row.fixed, row.connections, row.macs
    )  # fmt: skip


def counted(asked: Quantity, numbers: Numbers) -> Value | None:
    """What is asked for, from what a layer makes and counts; None where that does not say it."""
    shape = numbers.shape
    match asked:
        case Quantity.SHAPE:
            return shape
        case Quantity.HEIGHT:
            return shape[0]
        case Quantity.WIDTH:
            return shape[1] if len(shape) > 2 else None
        case Quantity.CHANNELS:
            return shape[-1]
        case Quantity.UNITS:
            return prod(shape)
        case Quantity.PARAMETERS:
            return numbers.weights + numbers.biases
        case Quantity.MACS:
            return numbers.macs
        case Quantity.FLOPS:
            return 2 * numbers.macs
    return getattr(numbers, asked.value, None)


def answer(asked: Quantity, row: Row) -> Value:
    """The right answer for one layer. Raises ValueError where the layer has no such number.

    >>> from lenet.architectures import LENET5_MODERN
    >>> answer(Quantity.SHAPE, LENET5_MODERN.trace()["C1"])
    (28, 28, 6)
    """
    if asked is Quantity.FIELD:
        value = row.receptive_field and row.receptive_field[0]
    elif asked in (Quantity.DROPPED, Quantity.PADDING):
        value = _at_the_edge(asked, row)
    elif asked is Quantity.PARAMETERS:
        value = row.parameters
    else:
        value = counted(asked, numbers_of(row))
    if value is None:
        raise ValueError(f"layer {row.name!r} ({row.layer.kind}) has no {asked}")
    return value


def _at_the_edge(asked: Quantity, row: Row) -> int | None:
    """Pixels that no window sees, or zeros of both sides, along the first axis."""
    layer = row.layer
    if not isinstance(layer, WindowLayer):
        return None
    axis = (row.input_shape[0], layer.taps[0], layer.strides[0], layer.padding, layer.dilation[0])
    return dropped(*axis) if asked is Quantity.DROPPED else sum(pad_widths(*axis))
