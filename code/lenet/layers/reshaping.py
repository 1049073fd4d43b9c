"""Layers that move values: to another shape, order or size, without weights."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, whole_numbers
from lenet.layers.base import ALONE, Layer, Window

# What an error says; the pages of the book say the same.
NOT_FILLED = "{count} values of {came} do not fill {target}"
INTERPOLATIONS = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")


@dataclass(frozen=True)
class Moving(Layer):
    """Values are moved and none is made. Units no longer see neighbours side by side."""

    def window(self, came: Shape) -> tuple[Window, ...] | None:
        return None

    def _activations(self, came: Shape, out: Shape) -> int:
        return 0


@dataclass(frozen=True)
class Reshape(Moving):
    """The same values in the shape `target_shape`; one side may be -1, for the rest.

    Raises ValueError where the values do not fill it.

    >>> Reshape((5, 5, -1)).output_shape((400,))
    (5, 5, 16)
    """

    target_shape: Shape

    def __post_init__(self):
        super().__post_init__()
        self._settle("target_shape", change=_checked_target)

    def window(self, came: Shape) -> tuple[Window, ...] | None:
        """Known where all is put in one row, or goes from one place to one place."""
        in_one_row, one_place = len(self.target_shape) == 1, {1}
        stays = set(came[:-1]) <= one_place and set(self.target_shape[:-1]) <= one_place
        return (ALONE,) * len(came) if in_one_row or stays else None

    def _output_shape(self, came: Shape) -> Shape:
        count = prod(came)
        known = prod(side for side in self.target_shape if side != -1)
        rest, over = divmod(count, known)
        if over or (-1 not in self.target_shape and rest != 1):
            raise ValueError(NOT_FILLED.format(count=count, came=came, target=self.target_shape))
        return tuple(rest if side == -1 else side for side in self.target_shape)


def _checked_target(name: str, target) -> Shape:
    if not isinstance(target, (tuple, list)) or not target:
        raise TypeError(f"{name} must be a tuple such as (5, 5, -1), got {target!r}")
    sides = tuple(whole(name, side, minimum=None) for side in target)
    sides = tuple(side if side == -1 else whole(name, side) for side in sides)
    if sides.count(-1) > 1:
        raise ValueError(f"{name} may have one -1, got {sides}")
    return sides


@dataclass(frozen=True)
class Permute(Moving):
    """The axes in another order: `dims` numbers those that come in from 1, as Keras does.

    ValueError where they do not name each axis once.

    >>> Permute((3, 1, 2)).output_shape((28, 24, 6))
    (6, 28, 24)
    """

    dims: tuple[int, ...]

    def __post_init__(self):
        super().__post_init__()
        self._settle("dims", change=whole_numbers)

    def _output_shape(self, came: Shape) -> Shape:
        if sorted(self.dims) != list(range(1, len(came) + 1)):
            raise ValueError(f"dims {self.dims} must name each axis of {came} once")
        return tuple(came[axis - 1] for axis in self.dims)


@dataclass(frozen=True)
class RepeatVector(Moving):
    """A vector `n` times, one below the other: (n, features).

    >>> RepeatVector(3).output_shape((84,))
    (3, 84)
    """

    n: int

    def __post_init__(self):
        super().__post_init__()
        self._settle("n", change=whole)

    def _output_shape(self, came: Shape) -> Shape:
        if len(came) != 1:
            raise ValueError(f"RepeatVector needs a vector (features,), got {came}")
        return (self.n, *came)


@dataclass(frozen=True)
class UpSampling(Layer):
    """Each side times `size`, values repeated or interpolated. No parameters, no MACs.

    No receptive field is given: neighbours no longer see windows equally far apart.
    """

    rank: ClassVar[int] = 2

    size: int | Shape = 2

    def __post_init__(self):
        super().__post_init__()
        self._settle_axes("size")

    def window(self, came: Shape) -> None:
        return None

    def _output_shape(self, came: Shape) -> Shape:
        sides = (size * n for size, n in zip(self.size, came, strict=False))
        return (*sides, came[-1])


class UpSampling1D(UpSampling):
    """Steps repeated; see `UpSampling`.

    >>> UpSampling1D(2).output_shape((14, 6))
    (28, 6)
    """

    rank = 1


@dataclass(frozen=True)
class UpSampling2D(UpSampling):
    """A larger map; see `UpSampling`. `interpolation` is Keras's word, such as "bilinear".

    >>> UpSampling2D(2).output_shape((14, 14, 6))
    (28, 28, 6)
    """

    _: KW_ONLY
    interpolation: str = "nearest"

    def __post_init__(self):
        super().__post_init__()
        self._check_word("interpolation", INTERPOLATIONS)


class UpSampling3D(UpSampling):
    """A larger volume; see `UpSampling`.

    >>> UpSampling3D(2).output_shape((14, 14, 14, 6))
    (28, 28, 28, 6)
    """

    rank = 3


@dataclass(frozen=True)
class Resizing(Layer):
    """A map brought to `height` by `width` pixels. No parameters, no MACs, no receptive field.

    >>> Resizing(32, 32).output_shape((28, 28, 1))
    (32, 32, 1)
    """

    rank: ClassVar[int] = 2

    height: int
    width: int

    def __post_init__(self):
        super().__post_init__()
        self._settle("height", "width", change=whole)

    def window(self, came: Shape) -> None:
        return None

    def _output_shape(self, came: Shape) -> Shape:
        return (self.height, self.width, came[-1])


class CenterCrop(Resizing):
    """The middle of a map, `height` by `width` pixels; a smaller map is enlarged.

    >>> CenterCrop(28, 28).output_shape((32, 32, 1))
    (28, 28, 1)
    """


class RandomCrop(Resizing):
    """A part of a map, `height` by `width` pixels: from anywhere while training.

    >>> RandomCrop(28, 28).output_shape((32, 32, 1))
    (28, 28, 1)
    """
