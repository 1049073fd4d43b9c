"""The wrong formulas of sizes: output grids, strides, padding and dilation."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from lenet.arithmetic import effective_kernel, pad_widths
from lenet.layers import ZeroPadding1D, ZeroPadding2D, ZeroPadding3D
from lenet.layers.base import WindowLayer
from lenet.layers.convolution import ConvTranspose
from lenet.layers.pooling import Pooling
from lenet.practice.mistakes import Case, mistake
from lenet.practice.quantities import Quantity, Value

BORDERS = (ZeroPadding1D, ZeroPadding2D, ZeroPadding3D)
dilation_is_ignored = mistake(
    "dilation ignored",
    "You took the taps for the span. How many pixels lie from the first tap to the last?",
)
EDGE = (Quantity.DROPPED, Quantity.PADDING)


class Axis(NamedTuple):
    """A window along one axis: pixels, taps, span, stride, and zeros before and after."""

    size: int
    taps: int
    span: int
    stride: int
    before: int
    after: int

    @property
    def padded(self) -> int:
        return self.size + self.before + self.after


def axes(case: Case) -> Iterator[Axis]:
    """The window of a layer along each axis."""
    layer = case.layer
    for size, taps, stride, dilation in zip(
        case.came, layer.taps, layer.strides, layer.dilation, strict=False
    ):
        before, after = pad_widths(size, taps, stride, layer.padding, dilation)
        yield Axis(size, taps, effective_kernel(taps, dilation), stride, before, after)


def _each(case: Case, side: Callable[[Axis], int], *paddings: str) -> Value | None:
    """What comes of another formula for the sides, of a layer with one of these paddings."""
    layer = case.layer
    if not isinstance(layer, WindowLayer) or isinstance(layer, ConvTranspose):
        return None
    if layer.padding not in paddings or case.asked in EDGE:
        return None
    return case.on_sides(tuple(map(side, axes(case))))


@mistake(
    "plus one forgotten",
    "You counted the steps of the window. It also stands somewhere before its first step.",
)
def plus_one_forgotten(case: Case) -> Value | None:
    return _each(case, lambda a: (a.padded - a.span) // a.stride, "valid")


@mistake(
    "ceiling for floor",
    "You rounded up. Is there room for the whole window after that last step?",
)
def ceiling_for_floor(case: Case) -> Value | None:
    return _each(case, lambda a: -((a.span - a.padded) // a.stride) + 1, "valid")


@mistake(
    "floor for ceiling",
    "You rounded down. The padding called same adds zeros until the last step has room too.",
)
def floor_for_ceiling(case: Case) -> Value | None:
    return _each(case, lambda a: a.size // a.stride, "same")


@mistake(
    "padding forgotten",
    "You left out the zeros around the input. They give the window more room.",
)
def padding_forgotten(case: Case) -> Value | None:
    if case.asked is Quantity.PADDING:
        return 0
    if isinstance(case.layer, BORDERS):
        return case.read(case.numbers._replace(shape=case.came))
    return _each(case, lambda a: (a.size - a.span) // a.stride + 1, "same", "causal")


@mistake(
    "padding counted once",
    "You counted the zeros of one side. Where else are there some?",
)
def padding_once(case: Case) -> Value | None:
    if case.asked is Quantity.PADDING and isinstance(case.layer, WindowLayer):
        return next(axes(case)).after
    if isinstance(case.layer, BORDERS):
        return _bordered(case, lambda before, after: after)
    return _each(case, lambda a: (a.size + a.after - a.span) // a.stride + 1, "same")


@mistake(
    "padding counted twice",
    "You counted the zeros once too often. Are those of both sides in your number already?",
)
def padding_twice(case: Case) -> Value | None:
    if case.asked is Quantity.PADDING:
        return 2 * case.right
    if isinstance(case.layer, BORDERS):
        return _bordered(case, lambda before, after: 2 * (before + after))
    return _each(
        case, lambda a: (a.size + 2 * (a.before + a.after) - a.span) // a.stride + 1, "same"
    )


def _bordered(case: Case, zeros: Callable[[int, int], int]) -> Value | None:
    """What comes of other numbers of zeros around a map."""
    sides = zip(case.came, case.layer.padding, strict=False)
    shape = (*(size + zeros(*ends) for size, ends in sides), case.came[-1])
    return case.read(case.numbers._replace(shape=shape))


@mistake(
    "input grid for output grid",
    "You took the sides of what comes in. At how many places does the window stand?",
)
def input_grid(case: Case) -> Value | None:
    return _each(case, lambda a: a.size, "valid", "same", "causal")


@mistake(
    "output grid for input grid",
    "You took the sides of what goes out. This layer spreads each place that comes in.",
)
def output_grid(case: Case) -> Value | None:
    if not isinstance(case.layer, ConvTranspose) or case.asked not in (
        Quantity.MACS, Quantity.FLOPS, Quantity.CONNECTIONS,
    ):  # fmt: skip
        return None
    places = 1
    for side in case.made[:-1]:
        places *= side
    macs = case.numbers.weights * places
    more = case.numbers.connections - case.numbers.macs
    return case.read(case.numbers._replace(macs=macs, connections=macs + more))


@mistake(
    "stride of the pooling taken as one",
    "You moved the window by a single pixel. Unless it is told otherwise, pooling moves by its "
    "own size.",
)
def pooling_stride(case: Case) -> Value | None:
    if not isinstance(case.layer, Pooling):
        return None
    return _changed(case, strides=1)


@mistake(
    "stride ignored",
    "You moved the window by a single pixel. How far does each step take it?",
)
def stride_ignored(case: Case) -> Value | None:
    if isinstance(case.layer, Pooling) or not isinstance(case.layer, WindowLayer):
        return None
    return _changed(case, strides=1)


@dilation_is_ignored
def dilation_ignored(case: Case) -> Value | None:
    if not isinstance(case.layer, WindowLayer) or max(case.layer.dilation) == 1:
        return None
    return _changed(case, dilation_rate=1)


def _changed(case: Case, **arguments) -> Value | None:
    """What the layer would count or leave over with other arguments."""
    if case.asked not in EDGE:
        return case.as_if(replace(case.layer, **arguments))
    row = replace(case.row, layer=replace(case.layer, **arguments))
    axis = next(axes(replace(case, row=row)))
    if case.asked is Quantity.PADDING:
        return axis.before + axis.after
    return (axis.padded - axis.span) % axis.stride if axis.padded >= axis.span else None


@mistake(
    "size of the window left out",
    "You divided all the pixels by the stride. How far can the window move, once it stands?",
)
def window_left_out(case: Case) -> Value | None:
    if case.asked is Quantity.DROPPED:
        axis = next(axes(case))
        return axis.padded % axis.stride
    if max(getattr(case.layer, "strides", (1,))) == 1:  # that is the input grid
        return None
    return _each(case, lambda a: a.padded // a.stride, "valid")


@mistake(
    "height and width swapped",
    "Height and width have changed places. Which of them comes first?",
)
def sides_swapped(case: Case) -> Value | None:
    if len(case.made) != 3:
        return None
    height, width, channels = case.made
    return case.read(case.numbers._replace(shape=(width, height, channels)))


@mistake(
    "channels put first",
    "All the numbers are there. In this book the channels come last.",
)
def channels_first(case: Case) -> Value | None:
    made = case.made
    return (made[-1], *made[:-1]) if case.asked is Quantity.SHAPE and made[1:] else None
