"""What all layers share."""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import Shape, check_flags


@dataclass(frozen=True)
class Layer:
    """What all layers share. A layer without weights needs `output_shape` only.

    A layer that is not `trainable` has as many numbers, but none that training changes.
    """

    merges: ClassVar[bool] = False  # whether it reads several layers at once

    _: KW_ONLY
    name: str | None = None
    trainable: bool = True

    def __post_init__(self):
        if self.name is not None and (not isinstance(self.name, str) or not self.name):
            raise TypeError(f"name must be a word or None, got {self.name!r}")
        check_flags(self, "trainable")

    @property
    def kind(self) -> str:
        """What the layer is called in a table."""
        return type(self).__name__

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape that comes out."""
        raise NotImplementedError

    def weights(self, input_shape: Shape) -> int:
        """Weights, biases not counted."""
        return 0

    def biases(self, input_shape: Shape) -> int:
        """Numbers that are added to a unit's sum."""
        return 0

    def fixed(self, input_shape: Shape) -> int:
        """Numbers that no training changes by its gradient."""
        return 0

    def macs(self, input_shape: Shape) -> int:
        """Multiply-accumulates with a weight for one image."""
        return 0

    def connections(self, input_shape: Shape) -> int:
        """Input lines of all output units, bias lines included (the 1998 measure)."""
        return 0

    def activations(self, input_shape: Shape) -> int:
        """New values that the layer holds for one image: its output units."""
        return prod(self.output_shape(input_shape))

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        """Kernel span and stride along each axis of a map that is `extent` large.

        None where no window of one size describes what every unit sees.
        """
        return (1,) * len(extent), (1,) * len(extent)

    def flat_window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        """The same where features go out, which may come from places all over the map."""
        return self.window(extent)


@dataclass(frozen=True)
class Shared(Layer):
    """One more use of a layer: its numbers are counted where it is used first.

    Shape, MACs, connections and activations are those of `layer`; weights, biases
    and fixed numbers are 0.

    >>> from lenet.layers import Conv2D
    >>> again = Shared(Conv2D(6, 5))
    >>> again.macs((32, 32, 1)), again.weights((32, 32, 1))
    (117600, 0)
    """

    layer: Layer

    @property
    def merges(self) -> bool:
        """As the layer itself."""
        return self.layer.merges

    @property
    def kind(self) -> str:
        """The layer's kind, and that it is there already."""
        return f"{self.layer.kind}, again"

    def output_shape(self, input_shape: Shape) -> Shape:
        """As the layer itself."""
        return self.layer.output_shape(input_shape)

    def macs(self, input_shape: Shape) -> int:
        """As the layer itself: the work is done again."""
        return self.layer.macs(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """As the layer itself."""
        return self.layer.connections(input_shape)

    def activations(self, input_shape: Shape) -> int:
        """As the layer itself."""
        return self.layer.activations(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        return self.layer.window(extent)

    def flat_window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        return self.layer.flat_window(extent)
