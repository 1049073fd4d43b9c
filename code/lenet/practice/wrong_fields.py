"""The wrong formulas of receptive fields: of r and j of the layer before, and the window."""

from collections.abc import Callable

from lenet.layers.base import WindowLayer
from lenet.practice.mistakes import Case, mistake
from lenet.practice.quantities import Quantity, Value
from lenet.practice.wrong_sizes import Axis, axes, dilation_is_ignored


def _field(case: Case, formula: Callable[[int, int, Axis], int]) -> Value | None:
    """What comes of another formula for the field, of r and j before and the window."""
    before = case.row.before[0]
    if case.asked is not Quantity.FIELD or not isinstance(case.layer, WindowLayer) or not before:
        return None
    return formula(before.fields[0], before.jumps[0], next(axes(case)))


@mistake(
    "jump ignored",
    "You took neighbours to lie a single pixel apart. How far apart are they in the image?",
)
def jump_ignored(case: Case) -> Value | None:
    return _field(case, lambda r, j, a: r + a.span - 1)


@mistake(
    "whole kernel added",
    "You added the kernel for all its taps. The first of them sees what was seen before.",
)
def whole_kernel(case: Case) -> Value | None:
    return _field(case, lambda r, j, a: r + a.span * j)


@mistake(
    "kernel taken for the field",
    "That is what the unit reads of the layer below. What does each of those see of the image?",
)
def kernel_for_field(case: Case) -> Value | None:
    return _field(case, lambda r, j, a: a.span)


@mistake(
    "own stride counted already",
    "You multiplied by the stride of the layer itself. That moves its neighbours apart; it "
    "makes no unit see more.",
)
def own_stride(case: Case) -> Value | None:
    return _field(case, lambda r, j, a: r + (a.span - 1) * j * a.stride)


@dilation_is_ignored
def taps_for_span(case: Case) -> Value | None:
    return _field(case, lambda r, j, a: r + (a.taps - 1) * j)
