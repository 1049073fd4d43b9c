"""Layers that move values: to another shape, order or size, without weights."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import Shape, map_only, settle, settle_axes, sides_of_axes
from lenet.arithmetic import whole
from lenet.layers.base import Layer


@dataclass(frozen=True)
class Moving(Layer):
    """Values are moved and none is made. Units no longer see neighbours side by side."""

    def activations(self, input_shape: Shape) -> int:
        """None: a move makes no new value."""
        return 0

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        return None


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
        sides = tuple(
            side if side == -1 else whole("target_shape", side) for side in self.target_shape
        )
        object.__setattr__(self, "target_shape", sides)
        if sides.count(-1) > 1:
            raise ValueError(f"target_shape may have one -1, got {sides}")

    def output_shape(self, input_shape: Shape) -> Shape:
        """target_shape, with the rest for -1."""
        count = prod(input_shape)
        known = prod(side for side in self.target_shape if side != -1)
        rest, over = divmod(count, known)
        if over or (-1 not in self.target_shape and rest != 1):
            raise ValueError(f"{count} values of {input_shape} do not fill {self.target_shape}")
        return tuple(rest if side == -1 else side for side in self.target_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        """Known only from one place to one place, as before a squeeze-and-excite product."""
        one_place = set(self.target_shape[:-1]) <= {1} and set(extent) == {1}
        return ((1,) * len(extent), (1,) * len(extent)) if one_place else None


@dataclass(frozen=True)
class Permute(Moving):
    """The axes in another order: `dims` numbers those that come in from 1, as Keras does.

    >>> Permute((3, 1, 2)).output_shape((28, 24, 6))
    (6, 28, 24)
    """

    dims: tuple[int, ...]

    def output_shape(self, input_shape: Shape) -> Shape:
        """The sides in that order."""
        if sorted(self.dims) != list(range(1, len(input_shape) + 1)):
            raise ValueError(f"dims {self.dims} must name each axis of {input_shape} once")
        return tuple(input_shape[axis - 1] for axis in self.dims)


@dataclass(frozen=True)
class RepeatVector(Moving):
    """A vector `n` times, one below the other.

    >>> RepeatVector(3).output_shape((84,))
    (3, 84)
    """

    n: int

    def __post_init__(self):
        super().__post_init__()
        settle(self, "n", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(n, features)."""
        if len(input_shape) != 1:
            raise ValueError(f"RepeatVector needs a vector (features,), got {input_shape}")
        return (self.n, *input_shape)


@dataclass(frozen=True)
class Bordering(Layer):
    """What padding and cropping share: so many pixels at either end of each axis."""

    rank: ClassVar[int] = 2
    sign: ClassVar[int] = 1

    @property
    def border(self) -> tuple[tuple[int, int], ...]:
        """(before, after) along each axis."""
        raise NotImplementedError

    def output_shape(self, input_shape: Shape) -> Shape:
        """Each side longer or shorter by both ends."""
        map_only(self, input_shape)
        sides = [
            size + self.sign * sum(ends)
            for size, ends in zip(input_shape, self.border, strict=False)
        ]
        if min(sides) < 1:
            raise ValueError(f"cropping {self.border} leaves nothing of {input_shape}")
        return (*sides, input_shape[-1])


@dataclass(frozen=True)
class ZeroPadding(Bordering):
    """Zeros round a map: `padding` pixels at both ends of an axis, or (before, after).

    One number for all axes, or one or a pair for each. The new values are the zeros
    and the old ones. ValueError for what is below 0 or has another form.
    """

    padding: int | tuple = 1

    def __post_init__(self):
        super().__post_init__()
        settle(self, "padding", change=lambda name, v: sides_of_axes(name, v, self.rank))

    @property
    def border(self) -> tuple[tuple[int, int], ...]:
        """(before, after) along each axis."""
        return self.padding


class ZeroPadding1D(ZeroPadding):
    __doc__ = f"""{ZeroPadding.__doc__}
    >>> ZeroPadding1D(2).output_shape((28, 1))
    (32, 1)
    """
    rank = 1


class ZeroPadding2D(ZeroPadding):
    __doc__ = f"""{ZeroPadding.__doc__}
    >>> ZeroPadding2D(2).output_shape((28, 28, 1))
    (32, 32, 1)
    """


class ZeroPadding3D(ZeroPadding):
    __doc__ = f"""{ZeroPadding.__doc__}
    >>> ZeroPadding3D(2).output_shape((28, 28, 28, 1))
    (32, 32, 32, 1)
    """
    rank = 3


@dataclass(frozen=True)
class Cropping(Bordering):
    """A map without `cropping` pixels at its ends; the numbers as for `ZeroPadding2D`.

    ValueError where nothing is left.
    """

    sign = -1

    cropping: int | tuple = 1

    def __post_init__(self):
        super().__post_init__()
        settle(self, "cropping", change=lambda name, v: sides_of_axes(name, v, self.rank))

    @property
    def border(self) -> tuple[tuple[int, int], ...]:
        """(before, after) along each axis."""
        return self.cropping

    def activations(self, input_shape: Shape) -> int:
        """None: what is left was there before."""
        return 0


class Cropping1D(Cropping):
    __doc__ = f"""{Cropping.__doc__}
    >>> Cropping1D(2).output_shape((32, 1))
    (28, 1)
    """
    rank = 1


class Cropping2D(Cropping):
    __doc__ = f"""{Cropping.__doc__}
    >>> Cropping2D(2).output_shape((32, 32, 1))
    (28, 28, 1)
    """


class Cropping3D(Cropping):
    __doc__ = f"""{Cropping.__doc__}
    >>> Cropping3D(2).output_shape((32, 32, 32, 1))
    (28, 28, 28, 1)
    """
    rank = 3


@dataclass(frozen=True)
class UpSampling(Layer):
    """Each side times `size`, values repeated or interpolated. No parameters, no MACs.

    No receptive field is given: neighbours no longer see windows equally far apart.
    """

    rank: ClassVar[int] = 2

    size: int | Shape = 2

    def __post_init__(self):
        super().__post_init__()
        settle_axes(self, "size")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Each side times its size."""
        map_only(self, input_shape)
        sides = (size * n for size, n in zip(self.size, input_shape, strict=False))
        return (*sides, input_shape[-1])

    def window(self, extent: Shape) -> None:
        return None


class UpSampling1D(UpSampling):
    __doc__ = f"""{UpSampling.__doc__}
    >>> UpSampling1D(2).output_shape((14, 6))
    (28, 6)
    """
    rank = 1


@dataclass(frozen=True)
class UpSampling2D(UpSampling):
    __doc__ = f"""{UpSampling.__doc__}
    `interpolation` is Keras's word, such as "nearest" or "bilinear".

    >>> UpSampling2D(2).output_shape((14, 14, 6))
    (28, 28, 6)
    """

    _: KW_ONLY
    interpolation: str = "nearest"


class UpSampling3D(UpSampling):
    __doc__ = f"""{UpSampling.__doc__}
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
        settle(self, "height", "width", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(height, width, channels)."""
        map_only(self, input_shape)
        return (self.height, self.width, input_shape[-1])

    def window(self, extent: Shape) -> None:
        return None
