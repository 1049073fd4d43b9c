"""Pooling: windows that summarise each channel by itself, without weights."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.layers.arguments import Shape
from lenet.layers.base import ALONE, Layer, Window, WindowLayer


@dataclass(frozen=True)
class Pooling(WindowLayer):
    """A window of `pool_size` pixels moved over each channel by itself.

    Output (Hout, Wout, channels), sides as `lenet.arithmetic.output_size` has them;
    connections: output units times the pixels of a window, there is no bias line.
    `pool_size` and `strides` in pixels, one number for all axes or one for each;
    strides left out are the pool size, so that windows touch and do not overlap.
    Pooling has no parameters and no MACs: comparing and averaging use no
    weight. Errors as for `Conv2D`.
    """

    taps_name: ClassVar[str] = "pool_size"

    pool_size: int | Shape = 2
    strides: int | Shape | None = None
    _: KW_ONLY
    padding: str = "valid"

    def __post_init__(self):
        if self.strides is None:
            object.__setattr__(self, "strides", self.pool_size)
        super().__post_init__()

    def _output_shape(self, came: Shape) -> Shape:
        return (*self._sides(came), came[-1])

    def _connections(self, came: Shape, out: Shape) -> int:
        return prod(out) * prod(self.pool_size)


class MaxPooling1D(Pooling):
    """The largest value of each window of steps; see `Pooling`.

    >>> MaxPooling1D(2).output_shape((28, 6))
    (14, 6)
    """

    rank = 1


class MaxPooling2D(Pooling):
    """The largest value of each window; see `Pooling`.

    >>> MaxPooling2D(2).output_shape((28, 28, 6))
    (14, 14, 6)
    """


class MaxPooling3D(Pooling):
    """The largest value of each window of a volume; see `Pooling`.

    >>> MaxPooling3D(2).output_shape((28, 28, 28, 6))
    (14, 14, 14, 6)
    """

    rank = 3


class AveragePooling1D(Pooling):
    """The mean of each window of steps; see `Pooling`.

    >>> AveragePooling1D(2).output_shape((10, 16))
    (5, 16)
    """

    rank = 1


class AveragePooling2D(Pooling):
    """The mean of each window; see `Pooling`.

    >>> AveragePooling2D(2).output_shape((10, 10, 16))
    (5, 5, 16)
    """


class AveragePooling3D(Pooling):
    """The mean of each window of a volume; see `Pooling`.

    >>> AveragePooling3D(2).output_shape((10, 10, 10, 16))
    (5, 5, 5, 16)
    """

    rank = 3


@dataclass(frozen=True)
class GlobalPooling(Layer):
    """One value for each channel of the whole map: (channels,).

    With `keepdims` it stays a map of one place, (1, 1, channels). No parameters and no
    MACs; connections are the pixels that are read, each once. TypeError where `keepdims`
    is not True or False, ValueError for what is no map.
    """

    rank: ClassVar[int] = 2

    _: KW_ONLY
    keepdims: bool = False

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("keepdims")

    def window(self, came: Shape) -> tuple[Window, ...]:
        return (*map(Window, came[:-1]), ALONE)

    def _output_shape(self, came: Shape) -> Shape:
        return (*(1,) * (self.rank * self.keepdims), came[-1])

    def _connections(self, came: Shape, out: Shape) -> int:
        return prod(came)


class GlobalMaxPooling1D(GlobalPooling):
    """The largest value of each whole channel; see `GlobalPooling`.

    >>> GlobalMaxPooling1D().output_shape((5, 16))
    (16,)
    """

    rank = 1


class GlobalMaxPooling2D(GlobalPooling):
    """The largest value of each whole channel; see `GlobalPooling`.

    >>> GlobalMaxPooling2D().output_shape((5, 5, 16))
    (16,)
    """


class GlobalMaxPooling3D(GlobalPooling):
    """The largest value of each whole channel; see `GlobalPooling`.

    >>> GlobalMaxPooling3D().output_shape((5, 5, 5, 16))
    (16,)
    """

    rank = 3


class GlobalAveragePooling1D(GlobalPooling):
    """The mean of each whole channel; see `GlobalPooling`.

    >>> GlobalAveragePooling1D().output_shape((5, 16))
    (16,)
    """

    rank = 1


class GlobalAveragePooling2D(GlobalPooling):
    """The mean of each whole channel; see `GlobalPooling`.

    >>> GlobalAveragePooling2D().output_shape((5, 5, 16))
    (16,)
    """


class GlobalAveragePooling3D(GlobalPooling):
    """The mean of each whole channel; see `GlobalPooling`.

    >>> GlobalAveragePooling3D().output_shape((5, 5, 5, 16))
    (16,)
    """

    rank = 3
