"""Layers that read several layers at once: they are given all their shapes."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, Shapes, checked_shape
from lenet.layers.base import ALONE, Layer, Window


@dataclass(frozen=True)
class Merging(Layer):
    """What layers share that read several: a shape of each, two at least."""

    merges: ClassVar[bool] = True
    pairs: ClassVar[bool] = False  # whether it reads two and no more
    stretches: ClassVar[bool] = False  # whether a side of 1 is repeated to fit the others

    def _checked(self, input_shape) -> Shapes:
        if not isinstance(input_shape, (tuple, list)):
            raise TypeError(f"{self.kind} reads several layers, got {input_shape!r}")
        if input_shape and not isinstance(input_shape[0], (tuple, list)):
            input_shape = (input_shape,)
        shapes = tuple(checked_shape("input_shape", shape) for shape in input_shape)
        if len(shapes) < 2 or (self.pairs and len(shapes) > 2):
            number = "two layers" if self.pairs else "two layers or more"
            raise ValueError(f"{self.kind} reads {number}, got {_listed(shapes)}")
        return shapes


@dataclass(frozen=True)
class UnitByUnit(Merging):
    """Unit by unit from several inputs; a side of 1 is stretched to the others'.

    Output: the longest side along each axis. No parameters and no MACs: what is added or
    multiplied are values, not weights. Connections: a line an input of each unit.
    ValueError, with the shapes, where they do not fit each other, or where fewer than two
    come in.
    """

    stretches = True

    def window(self, came: Shapes) -> tuple[Window, ...]:
        return (ALONE,) * max(map(len, came))

    def _output_shape(self, came: Shapes) -> Shape:
        rank = max(map(len, came))
        padded = [(1,) * (rank - len(shape)) + shape for shape in came]
        for sides in zip(*padded, strict=True):
            if len(set(sides) - {1}) > 1:
                raise ValueError(f"{self.kind} cannot join {_listed(came)}")
        return tuple(map(max, zip(*padded, strict=True)))

    def _connections(self, came: Shapes, out: Shape) -> int:
        return prod(out) * len(came)


class Add(UnitByUnit):
    """The sum; see `UnitByUnit`.

    >>> Add().output_shape(((14, 14, 6), (14, 14, 6)))
    (14, 14, 6)
    """


class Subtract(UnitByUnit):
    """The difference of two; see `UnitByUnit`.

    >>> Subtract().output_shape(((84,), (84,)))
    (84,)
    """

    pairs = True


class Divide(Subtract):
    """The quotient of two, as in `x / y`; see `UnitByUnit`.

    >>> Divide().output_shape(((84,), (84,)))
    (84,)
    """


class Multiply(UnitByUnit):
    """The product; see `UnitByUnit`.

    >>> Multiply().output_shape(((14, 14, 6), (1, 1, 6)))
    (14, 14, 6)
    """


class Average(UnitByUnit):
    """The mean; see `UnitByUnit`.

    >>> Average().connections(((84,), (84,), (84,)))
    252
    """


class Maximum(UnitByUnit):
    """The largest; see `UnitByUnit`.

    >>> Maximum().output_shape(((84,), (84,)))
    (84,)
    """


class Minimum(UnitByUnit):
    """The smallest; see `UnitByUnit`.

    >>> Minimum().output_shape(((84,), (84,)))
    (84,)
    """


@dataclass(frozen=True)
class Concatenate(Merging):
    """Inputs side by side along `axis`, counted from the end; -1 are the channels.

    Output: the sum of the sides along the axis, the others as they are. It makes no new
    values. ValueError, with the shapes, where the other sides differ.

    >>> Concatenate().output_shape(((14, 14, 6), (14, 14, 10)))
    (14, 14, 16)
    """

    _: KW_ONLY
    axis: int = -1

    def __post_init__(self):
        super().__post_init__()
        whole("axis", self.axis, minimum=None)

    def window(self, came: Shapes) -> tuple[Window, ...] | None:
        """Units stay where they are only where channels are joined."""
        return (ALONE,) * len(came[0]) if self.axis == -1 else None

    def _output_shape(self, came: Shapes) -> Shape:
        first, rank, place = came[0], len(came[0]), len(came[0]) + self.axis
        if not 0 <= place < rank:
            raise ValueError(f"axis must be from {-rank} to -1, got {self.axis}")
        if len({(len(shape), shape[:place], shape[place + 1 :]) for shape in came}) > 1:
            raise ValueError(f"{self.kind} cannot join {_listed(came)}")
        joined = sum(shape[place] for shape in came)
        return (*first[:place], joined, *first[place + 1 :])

    def _activations(self, came: Shapes, out: Shape) -> int:
        return 0


@dataclass(frozen=True)
class Dot(Merging):
    """Sums of products of two inputs along one axis of each, counted without the images'.

    Output: the sides that are left of both; (1,) where none is. Products of values are no
    multiply-accumulates with a weight: MACs 0, and connections two lines a product. No
    receptive field is given. ValueError where the sides along the axes differ.

    >>> Dot((1, 1)).output_shape(((84,), (84,)))
    (1,)
    """

    pairs = True

    axes: tuple[int, int]
    _: KW_ONLY
    normalize: bool = False

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("normalize")
        self._settle("axes", change=_checked_pair)

    def length(self, came: Shapes) -> int:
        """How many products are summed, for shapes that come in."""
        return came[0][self.axes[0] - 1]

    def window(self, came: Shapes) -> None:
        return None

    def _output_shape(self, came: Shapes) -> Shape:
        for shape, axis in zip(came, self.axes, strict=True):
            if axis > len(shape):
                raise ValueError(f"axes {self.axes}: {shape} has no axis {axis}")
        one, other = (shape[axis - 1] for shape, axis in zip(came, self.axes, strict=True))
        if one != other:
            raise ValueError(f"axes {self.axes} of {_listed(came)}: {one} is not {other}")
        left = [
            side
            for shape, axis in zip(came, self.axes, strict=True)
            for number, side in enumerate(shape, 1)
            if number != axis
        ]
        return tuple(left) or (1,)

    def _connections(self, came: Shapes, out: Shape) -> int:
        return 2 * prod(out) * self.length(came)


def _checked_pair(name: str, axes) -> tuple[int, int]:
    if not isinstance(axes, (tuple, list)) or len(axes) != 2:
        raise ValueError(f"{name} must be one axis of each input, such as (1, 1), got {axes!r}")
    one, other = axes
    return whole(name, one), whole(name, other)


def _listed(shapes: Shapes) -> str:
    return " and ".join(map(str, shapes)) or "none"
