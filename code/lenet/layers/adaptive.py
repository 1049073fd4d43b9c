"""Pooling with as many windows as one asks for, whatever the size of the map."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from lenet.layers.arguments import Shape
from lenet.layers.base import Layer


@dataclass(frozen=True)
class AdaptivePooling(Layer):
    """Windows laid so that `output_size` of them cover each axis; they may overlap.

    Window i of O over N pixels goes from floor(i * N / O) to ceil((i + 1) * N / O).
    Output (height, width, channels), the sides those of `output_size`; connections: the
    pixels of all windows, in each channel. No parameters, no MACs, and no receptive
    field, since windows differ in size.
    """

    rank: ClassVar[int] = 2

    output_size: int | Shape

    def __post_init__(self):
        super().__post_init__()
        self._settle_axes("output_size")

    def lines(self, came: Shape) -> Shape:
        """Along each axis of a map that comes in, the pixels of all windows together."""
        return tuple(
            sum(-(-(i + 1) * n // windows) - i * n // windows for i in range(windows))
            for n, windows in zip(came, self.output_size, strict=False)
        )

    def window(self, came: Shape) -> None:
        return None

    def _output_shape(self, came: Shape) -> Shape:
        return (*self.output_size, came[-1])

    def _connections(self, came: Shape, out: Shape) -> int:
        return came[-1] * prod(self.lines(came))


class AdaptiveMaxPooling1D(AdaptivePooling):
    """The largest value of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveMaxPooling1D(2).output_shape((5, 16))
    (2, 16)
    """

    rank = 1


class AdaptiveMaxPooling2D(AdaptivePooling):
    """The largest value of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveMaxPooling2D(2).output_shape((5, 5, 16))
    (2, 2, 16)
    """


class AdaptiveMaxPooling3D(AdaptivePooling):
    """The largest value of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveMaxPooling3D(2).output_shape((5, 5, 5, 16))
    (2, 2, 2, 16)
    """

    rank = 3


class AdaptiveAveragePooling1D(AdaptivePooling):
    """The mean of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveAveragePooling1D(2).output_shape((5, 16))
    (2, 16)
    """

    rank = 1


class AdaptiveAveragePooling2D(AdaptivePooling):
    """The mean of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveAveragePooling2D(2).output_shape((5, 5, 16))
    (2, 2, 16)
    """


class AdaptiveAveragePooling3D(AdaptivePooling):
    """The mean of windows that fit themselves to the map; see `AdaptivePooling`.

    >>> AdaptiveAveragePooling3D(2).output_shape((5, 5, 5, 16))
    (2, 2, 2, 16)
    """

    rank = 3
