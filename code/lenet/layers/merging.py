"""Layers that read several layers at once: each method is given all their shapes."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import Shape
from lenet.arithmetic import whole
from lenet.layers.base import Layer

Shapes = tuple[Shape, ...]


@dataclass(frozen=True)
class Merging(Layer):
    """Unit by unit from several inputs; a side of 1 is stretched to the others'.

    No parameters and no MACs: what is added or multiplied are values, not weights.
    Connections: a line an input of each unit. ValueError, with the shapes, where they
    do not fit each other, or where fewer than two come in.
    """

    merges: ClassVar[bool] = True

    def output_shape(self, input_shape: Shapes) -> Shape:
        """The longest side along each axis."""
        _at_least_two(self, input_shape)
        rank = max(map(len, input_shape))
        padded = [(1,) * (rank - len(shape)) + shape for shape in input_shape]
        for sides in zip(*padded, strict=True):
            if len(set(sides) - {1}) > 1:
                raise ValueError(f"{self.kind} cannot join {_listed(input_shape)}")
        return tuple(map(max, zip(*padded, strict=True)))

    def connections(self, input_shape: Shapes) -> int:
        """Units times inputs."""
        return prod(self.output_shape(input_shape)) * len(input_shape)


class Add(Merging):
    __doc__ = f"""The sum. {Merging.__doc__}
    >>> Add().output_shape(((14, 14, 6), (14, 14, 6)))
    (14, 14, 6)
    """


class Subtract(Merging):
    __doc__ = f"""The difference of two. {Merging.__doc__}
    >>> Subtract().output_shape(((84,), (84,)))
    (84,)
    """


class Multiply(Merging):
    __doc__ = f"""The product. {Merging.__doc__}
    >>> Multiply().output_shape(((14, 14, 6), (1, 1, 6)))
    (14, 14, 6)
    """


class Average(Merging):
    __doc__ = f"""The mean. {Merging.__doc__}
    >>> Average().connections(((84,), (84,), (84,)))
    252
    """


class Maximum(Merging):
    __doc__ = f"""The largest. {Merging.__doc__}
    >>> Maximum().output_shape(((84,), (84,)))
    (84,)
    """


class Minimum(Merging):
    __doc__ = f"""The smallest. {Merging.__doc__}
    >>> Minimum().output_shape(((84,), (84,)))
    (84,)
    """


@dataclass(frozen=True)
class Concatenate(Layer):
    """Inputs side by side along `axis`, counted from the end; -1 are the channels.

    It makes no new values. ValueError, with the shapes, where the other sides differ.

    >>> Concatenate().output_shape(((14, 14, 6), (14, 14, 10)))
    (14, 14, 16)
    """

    merges = True

    _: KW_ONLY
    axis: int = -1

    def output_shape(self, input_shape: Shapes) -> Shape:
        """The sum of the sides along the axis, the others as they are."""
        _at_least_two(self, input_shape)
        rank, place = len(input_shape[0]), len(input_shape[0]) + self.axis
        if not 0 <= place < rank:
            raise ValueError(f"axis must be from {-rank} to -1, got {self.axis}")
        if len({(*shape[:place], *shape[place + 1 :]) for shape in input_shape}) > 1:
            raise ValueError(f"{self.kind} cannot join {_listed(input_shape)}")
        first = input_shape[0]
        joined = sum(shape[place] for shape in input_shape)
        return (*first[:place], joined, *first[place + 1 :])

    def activations(self, input_shape: Shapes) -> int:
        """None: the values are those of the layers before."""
        return 0

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        """Units stay where they are only where channels are joined."""
        return super().window(extent) if self.axis == -1 else None


@dataclass(frozen=True)
class Dot(Layer):
    """Sums of products of two inputs along one axis of each, counted without the images'.

    Products of values are no multiply-accumulates with a weight: MACs 0, and
    connections two lines a product. No receptive field is given. ValueError where
    the sides along the axes differ.

    >>> Dot((1, 1)).output_shape(((84,), (84,)))
    (1,)
    """

    merges = True

    axes: tuple[int, int]
    _: KW_ONLY
    normalize: bool = False

    def __post_init__(self):
        super().__post_init__()
        one, other = self.axes
        object.__setattr__(self, "axes", (whole("axes", one), whole("axes", other)))

    def output_shape(self, input_shape: Shapes) -> Shape:
        """The sides that are left of both; (1,) where none is."""
        self._length(input_shape)
        left = [
            side
            for shape, axis in zip(input_shape, self.axes, strict=True)
            for number, side in enumerate(shape, 1)
            if number != axis
        ]
        return tuple(left) or (1,)

    def connections(self, input_shape: Shapes) -> int:
        """Two lines a product."""
        return 2 * prod(self.output_shape(input_shape)) * self._length(input_shape)

    def window(self, extent: Shape) -> None:
        return None

    def _length(self, input_shape: Shapes) -> int:
        if len(input_shape) != 2:
            raise ValueError(f"Dot reads two layers, got {_listed(input_shape)}")
        for shape, axis in zip(input_shape, self.axes, strict=True):
            if axis > len(shape):
                raise ValueError(f"axes {self.axes}: {shape} has no axis {axis}")
        one, other = (shape[axis - 1] for shape, axis in zip(input_shape, self.axes, strict=True))
        if one != other:
            raise ValueError(f"axes {self.axes} of {_listed(input_shape)}: {one} is not {other}")
        return one


def _at_least_two(layer: Layer, shapes: Shapes) -> None:
    if len(shapes) < 2:
        raise ValueError(f"{layer.kind} reads two layers or more, got {_listed(shapes)}")


def _listed(shapes: Shapes) -> str:
    return " and ".join(map(str, shapes))
