"""What the units of a layer see of the image: receptive field, jump, and where it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lenet.arithmetic import receptive_field_step
from lenet.layers.arguments import Shape, Shapes
from lenet.layers.base import ALONE, Layer, Window


class Axis(NamedTuple):
    """What units see along one axis of the image, in pixels.

    `extent` units lie side by side; the first sees `field` pixels from `start` on, each
    further one as many, `jump` pixels further. A start below 0 lies in the padding. A
    jump of 0 says that all see the same.
    """

    extent: int
    field: int = 1
    jump: int = 1
    start: int = 0

    @property
    def end(self) -> int:
        """The pixel behind the last that the first unit sees."""
        return self.start + self.field

    @property
    def far_end(self) -> int:
        """The pixel behind the last that any unit sees."""
        return self.end + (self.extent - 1) * self.jump

    def through(self, window: Window, extent: int) -> "Axis":
        """What `extent` units see that look at these units through a window."""
        field, _ = receptive_field_step(self.field, self.jump, window.size)
        return Axis(extent, field, self.jump * window.stride, self.start + window.start * self.jump)


@dataclass(frozen=True)
class View:
    """What the units of a map see of the image, along each axis.

    Features of no map keep the view of the map that they came from. Where a network has
    several inputs, these are laid over each other.
    """

    axes: tuple[Axis, ...]

    @classmethod
    def of_image(cls, shape: Shape) -> "View":
        """Every pixel sees itself.

        >>> View.of_image((32, 32, 1)).fields
        (1, 1)
        """
        return cls(tuple(map(Axis, shape[:-1] or shape)))

    @property
    def fields(self) -> Shape:
        """How many pixels one unit sees along each axis."""
        return tuple(axis.field for axis in self.axes)

    @property
    def jumps(self) -> Shape:
        """How many pixels the fields of two neighbours lie apart."""
        return tuple(axis.jump for axis in self.axes)

    def windows(self, layer: Layer, came: Shape | Shapes) -> tuple[Window, ...] | None:
        """What one unit of the layer reads along each axis of this view; None if unknown."""
        windows = layer.window(came)
        if windows is None:
            return None
        if len(windows) == 1:  # features: each by itself, or all, wherever they came from
            return tuple(
                ALONE if windows[0].size == 1 else Window(axis.extent) for axis in self.axes
            )
        return windows[:-1] if len(windows) == len(self.axes) + 1 else None

    def through(self, layer: Layer, came: Shape | Shapes, out: Shape) -> "View | None":
        """The view after one more layer, whose output has that shape; None if none holds."""
        windows, sides = self.windows(layer, came), out[:-1]
        if windows is None or (sides and len(sides) != len(self.axes)):
            return None
        if sides and not layer.merges and len(came) == 1 and any(a.extent > 1 for a in self.axes):
            return None  # features from several places are laid out as a map
        if not sides:
            sides = [
                (axis.extent - window.size) // window.stride + 1
                for axis, window in zip(self.axes, windows, strict=True)
            ]
        return View(tuple(map(Axis.through, self.axes, windows, sides)))


def seen_after(
    layer: Layer, came: Shape | Shapes, out: Shape, before: Sequence[View | None]
) -> View | None:
    """What the units of a layer see that reads layers with these views; None if unknown.

    A unit of a layer that joins several sees whatever its inputs see at its place, from
    the first pixel to the last.
    """
    view = _joined(layer, came, before) if layer.merges else before[0]
    return view and view.through(layer, came, out)


def _joined(layer: Layer, came: Shapes, views: Sequence[View | None]) -> View | None:
    if None in views or len({len(view.axes) for view in views}) > 1:
        return None
    on_a_map = max(map(len, came)) > 1
    for view, shape in zip(views, came, strict=True):
        if on_a_map and len(shape) == 1 and any(axis.extent > 1 for axis in view.axes):
            return None  # every place is joined with features of other places
    axes = [
        _joined_axis(axis, layer.stretches)
        for axis in zip(*(view.axes for view in views), strict=True)
    ]
    return None if None in axes else View(tuple(axes))


def _joined_axis(axes: tuple[Axis, ...], stretches: bool) -> Axis | None:
    """From the first pixel that any input sees to the last, if that moves with the units."""
    extent = max(axis.extent for axis in axes)
    if not stretches and any(axis.extent < extent for axis in axes):
        return None
    fixed = [a for a in axes if extent > 1 and (a.extent < extent or not a.jump)]
    moving = [axis for axis in axes if axis not in fixed]
    if extent > 1 and len({axis.jump for axis in moving}) > 1:
        return None
    if not fixed:
        return _hull(extent, moving, moving[0].jump)
    constant = _hull(extent, fixed, 0)
    reached = constant.start <= min((a.start for a in moving), default=constant.start)
    reached &= constant.end >= max((a.far_end for a in moving), default=constant.end)
    return constant if reached else None


def _hull(extent: int, axes: Sequence[Axis], jump: int) -> Axis:
    start = min(axis.start for axis in axes)
    return Axis(extent, max(axis.end for axis in axes) - start, jump, start)
