"""Layers that put a border round a map, or take one off."""

from dataclasses import dataclass
from typing import ClassVar

from lenet.layers.arguments import Shape, sides_of_axes
from lenet.layers.base import ALONE, Layer, Window


@dataclass(frozen=True)
class Bordering(Layer):
    """What padding and cropping share: so many pixels at either end of each axis."""

    rank: ClassVar[int] = 2
    sign: ClassVar[int] = 1
    border_name: ClassVar[str] = "padding"

    def __post_init__(self):
        super().__post_init__()
        self._settle(self.border_name, change=lambda name, v: sides_of_axes(name, v, self.rank))

    @property
    def border(self) -> tuple[tuple[int, int], ...]:
        """(before, after) along each axis."""
        return getattr(self, self.border_name)

    def window(self, came: Shape) -> tuple[Window, ...]:
        """Each unit by itself; the first is one of the border, or behind it."""
        return *(Window(1, start=-self.sign * before) for before, _ in self.border), ALONE

    def _output_shape(self, came: Shape) -> Shape:
        sides = [n + self.sign * sum(ends) for n, ends in zip(came, self.border, strict=False)]
        if min(sides) < 1:
            raise ValueError(f"cropping {self.border} leaves nothing of {came}")
        return (*sides, came[-1])


@dataclass(frozen=True)
class ZeroPadding(Bordering):
    """Zeros round a map: `padding` pixels at both ends of an axis, or (before, after).

    One number for all axes, or one or a pair for each. Each side is longer by both ends;
    the new values are the zeros and the old ones. ValueError for what is below 0 or has
    another form.
    """

    padding: int | tuple = 1


class ZeroPadding1D(ZeroPadding):
    """Zeros at the ends of an axis; see `ZeroPadding`.

    >>> ZeroPadding1D(2).output_shape((28, 1))
    (32, 1)
    """

    rank = 1


class ZeroPadding2D(ZeroPadding):
    """Zeros round a map; see `ZeroPadding`.

    >>> ZeroPadding2D(2).output_shape((28, 28, 1))
    (32, 32, 1)
    """


class ZeroPadding3D(ZeroPadding):
    """Zeros round a volume; see `ZeroPadding`.

    >>> ZeroPadding3D(2).output_shape((28, 28, 28, 1))
    (32, 32, 32, 1)
    """

    rank = 3


@dataclass(frozen=True)
class Cropping(Bordering):
    """A map without `cropping` pixels at its ends; the numbers as for `ZeroPadding2D`.

    It makes no new values. ValueError where nothing is left.
    """

    sign = -1
    border_name = "cropping"

    cropping: int | tuple = 1

    def _activations(self, came: Shape, out: Shape) -> int:
        return 0


class Cropping1D(Cropping):
    """An axis without its ends; see `Cropping`.

    >>> Cropping1D(2).output_shape((32, 1))
    (28, 1)
    """

    rank = 1


class Cropping2D(Cropping):
    """A map without its border; see `Cropping`.

    >>> Cropping2D(2).output_shape((32, 32, 1))
    (28, 28, 1)
    """


class Cropping3D(Cropping):
    """A volume without its border; see `Cropping`.

    >>> Cropping3D(2).output_shape((32, 32, 32, 1))
    (28, 28, 28, 1)
    """

    rank = 3
