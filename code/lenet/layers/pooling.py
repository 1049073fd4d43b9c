"""Pooling: windows that summarise each channel by itself, without weights."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import Shape, check_choices, check_flags, map_only, map_sides, settle_axes
from lenet.layers.base import Layer


@dataclass(frozen=True)
class Pooling(Layer):
    """A window of `pool_size` pixels moved over each channel by itself.

    `pool_size` and `strides` in pixels, one number for all axes or one for each;
    strides left out are the pool size, so that windows touch and do not overlap.
    Pooling has no parameters and no MACs: comparing and averaging use no
    weight. Errors as for `Conv2D`.
    """

    rank: ClassVar[int] = 2

    pool_size: int | Shape = 2
    strides: int | Shape | None = None
    _: KW_ONLY
    padding: str = "valid"

    def __post_init__(self):
        super().__post_init__()
        if self.strides is None:
            object.__setattr__(self, "strides", self.pool_size)
        settle_axes(self, "pool_size", "strides")
        check_choices(self)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, channels); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        ones = (1,) * self.rank
        sides = map_sides(self, input_shape, self.pool_size, ones, called="pool_size")
        return (*sides, input_shape[-1])

    def connections(self, input_shape: Shape) -> int:
        """Output units times the pixels of a window; there is no bias line."""
        return prod(self.output_shape(input_shape)) * prod(self.pool_size)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return self.pool_size, self.strides


class MaxPooling1D(Pooling):
    __doc__ = f"""The largest value of each window of steps.

    {Pooling.__doc__}
    >>> MaxPooling1D(2).output_shape((28, 6))
    (14, 6)
    """
    rank = 1


class MaxPooling2D(Pooling):
    __doc__ = f"""The largest value of each window.

    {Pooling.__doc__}
    >>> MaxPooling2D(2).output_shape((28, 28, 6))
    (14, 14, 6)
    """


class MaxPooling3D(Pooling):
    __doc__ = f"""The largest value of each window of a volume.

    {Pooling.__doc__}
    >>> MaxPooling3D(2).output_shape((28, 28, 28, 6))
    (14, 14, 14, 6)
    """
    rank = 3


class AveragePooling1D(Pooling):
    __doc__ = f"""The mean of each window of steps.

    {Pooling.__doc__}
    >>> AveragePooling1D(2).output_shape((10, 16))
    (5, 16)
    """
    rank = 1


class AveragePooling2D(Pooling):
    __doc__ = f"""The mean of each window.

    {Pooling.__doc__}
    >>> AveragePooling2D(2).output_shape((10, 10, 16))
    (5, 5, 16)
    """


class AveragePooling3D(Pooling):
    __doc__ = f"""The mean of each window of a volume.

    {Pooling.__doc__}
    >>> AveragePooling3D(2).output_shape((10, 10, 10, 16))
    (5, 5, 5, 16)
    """
    rank = 3


@dataclass(frozen=True)
class GlobalPooling(Layer):
    """One value for each channel of the whole map; with `keepdims` as a map of one place.

    No parameters and no MACs; connections are the pixels that are read. TypeError
    where `keepdims` is not True or False, ValueError for what is no map.
    """

    rank: ClassVar[int] = 2

    _: KW_ONLY
    keepdims: bool = False

    def __post_init__(self):
        super().__post_init__()
        check_flags(self, "keepdims")

    def output_shape(self, input_shape: Shape) -> Shape:
        """(channels,), or (1, 1, channels) with `keepdims`."""
        map_only(self, input_shape)
        return (*(1,) * (self.rank * self.keepdims), input_shape[-1])

    def connections(self, input_shape: Shape) -> int:
        """Every unit of the map is read once."""
        return prod(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return extent, (1,) * len(extent)


class GlobalMaxPooling1D(GlobalPooling):
    __doc__ = f"""The largest value of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalMaxPooling1D().output_shape((5, 16))
    (16,)
    """
    rank = 1


class GlobalMaxPooling2D(GlobalPooling):
    __doc__ = f"""The largest value of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalMaxPooling2D().output_shape((5, 5, 16))
    (16,)
    """


class GlobalMaxPooling3D(GlobalPooling):
    __doc__ = f"""The largest value of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalMaxPooling3D().output_shape((5, 5, 5, 16))
    (16,)
    """
    rank = 3


class GlobalAveragePooling1D(GlobalPooling):
    __doc__ = f"""The mean of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalAveragePooling1D().output_shape((5, 16))
    (16,)
    """
    rank = 1


class GlobalAveragePooling2D(GlobalPooling):
    __doc__ = f"""The mean of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalAveragePooling2D().output_shape((5, 5, 16))
    (16,)
    """


class GlobalAveragePooling3D(GlobalPooling):
    __doc__ = f"""The mean of each whole channel.

    {GlobalPooling.__doc__}
    >>> GlobalAveragePooling3D().output_shape((5, 5, 5, 16))
    (16,)
    """
    rank = 3


@dataclass(frozen=True)
class AdaptivePooling(Layer):
    """Windows laid so that `output_size` of them cover each axis; they may overlap.

    Window i of O over N pixels goes from floor(i * N / O) to ceil((i + 1) * N / O).
    No parameters, no MACs, and no receptive field, since windows differ in size.
    """

    rank: ClassVar[int] = 2

    output_size: int | Shape

    def __post_init__(self):
        super().__post_init__()
        settle_axes(self, "output_size")

    def output_shape(self, input_shape: Shape) -> Shape:
        """(height, width, channels), the sides those of `output_size`."""
        map_only(self, input_shape)
        return (*self.output_size, input_shape[-1])

    def lines(self, input_shape: Shape) -> Shape:
        """Along each axis, the pixels of all windows together."""
        map_only(self, input_shape)
        return tuple(
            sum(-(-(i + 1) * n // windows) - i * n // windows for i in range(windows))
            for n, windows in zip(input_shape, self.output_size, strict=False)
        )

    def connections(self, input_shape: Shape) -> int:
        """The pixels of all windows, in each channel."""
        return input_shape[-1] * prod(self.lines(input_shape))

    def window(self, extent: Shape) -> None:
        return None


class AdaptiveMaxPooling1D(AdaptivePooling):
    __doc__ = f"""The largest value of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveMaxPooling1D(2).output_shape((5, 16))
    (2, 16)
    """
    rank = 1


class AdaptiveMaxPooling2D(AdaptivePooling):
    __doc__ = f"""The largest value of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveMaxPooling2D(2).output_shape((5, 5, 16))
    (2, 2, 16)
    """


class AdaptiveMaxPooling3D(AdaptivePooling):
    __doc__ = f"""The largest value of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveMaxPooling3D(2).output_shape((5, 5, 5, 16))
    (2, 2, 2, 16)
    """
    rank = 3


class AdaptiveAveragePooling1D(AdaptivePooling):
    __doc__ = f"""The mean of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveAveragePooling1D(2).output_shape((5, 16))
    (2, 16)
    """
    rank = 1


class AdaptiveAveragePooling2D(AdaptivePooling):
    __doc__ = f"""The mean of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveAveragePooling2D(2).output_shape((5, 5, 16))
    (2, 2, 16)
    """


class AdaptiveAveragePooling3D(AdaptivePooling):
    __doc__ = f"""The mean of windows that fit themselves to the map.

    {AdaptivePooling.__doc__}
    >>> AdaptiveAveragePooling3D(2).output_shape((5, 5, 5, 16))
    (2, 2, 2, 16)
    """
    rank = 3
