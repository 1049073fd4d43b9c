"""Layers of units, what puts a map in one row, and one more use of a layer."""

from dataclasses import KW_ONLY, dataclass, replace
from math import prod
from typing import ClassVar

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, Shapes, check_activation
from lenet.layers.base import ALONE, Counts, Layer, Window


@dataclass(frozen=True)
class Flatten(Layer):
    """The same values in one row: nothing to learn, to compute or to hold anew.

    >>> Flatten().output_shape((5, 5, 16))
    (400,)
    """

    def window(self, came: Shape) -> tuple[Window, ...]:
        return (ALONE,) * len(came)

    def _output_shape(self, came: Shape) -> Shape:
        return (prod(came),)

    def _activations(self, came: Shape, out: Shape) -> int:
        return 0


@dataclass(frozen=True)
class PointwiseDense(Layer):
    """A dense layer at every place of a map, as Keras's Dense is on one.

    It reads the channels of one place: output (height, width, units), weights Cin *
    units, MACs Hout * Wout * weights, like a convolution of 1 by 1. Arguments and errors
    as for `Dense`.

    >>> PointwiseDense(16).output_shape((14, 14, 6)), PointwiseDense(16).macs((14, 14, 6))
    ((14, 14, 16), 18816)
    """

    units: int
    _: KW_ONLY
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        self._settle("units", change=whole)
        self._check_flags("use_bias")
        check_activation(self.activation)

    def window(self, came: Shape) -> tuple[Window, ...]:
        return (*(ALONE,) * (len(came) - 1), Window(came[-1]))

    def without_bias(self) -> Layer:
        """The same layer with no bias."""
        return replace(self, use_bias=False)

    def _output_shape(self, came: Shape) -> Shape:
        return (*came[:-1], self.units)

    def _weights(self, came: Shape, out: Shape) -> int:
        return came[-1] * self.units

    def _biases(self, came: Shape, out: Shape) -> int:
        return self.units * self.use_bias

    def _macs(self, came: Shape, out: Shape) -> int:
        return prod(came) * self.units

    def _connections(self, came: Shape, out: Shape) -> int:
        return self._macs(came, out) + prod(out) * self.use_bias


class Dense(PointwiseDense):
    """A fully connected layer: every unit reads every input.

    Output (units,); weights = MACs = Nin * units, biases units, connections MACs and a
    bias line a unit. `units` is a count. Errors: ValueError on a map that is not
    flattened; others as for `Conv2D`.

    >>> f6 = Dense(84)
    >>> f6.weights((120,)), f6.biases((120,)), f6.macs((120,))
    (10080, 84, 10080)
    """

    rank: ClassVar[int] = 0


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

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.layer, Layer):
            raise TypeError(f"layer must be a lenet layer, got {self.layer!r}")

    @property
    def merges(self) -> bool:
        """As the layer itself."""
        return self.layer.merges

    @property
    def stretches(self) -> bool:
        """As the layer itself."""
        return self.layer.stretches

    @property
    def kind(self) -> str:
        """The layer's kind, and that it is there already."""
        return f"{self.layer.kind}, again"

    @property
    def note(self) -> str:
        """As the layer itself."""
        return self.layer.note

    def counts(self, input_shape: Shape | Shapes) -> Counts:
        """What the layer counts, but for its numbers."""
        return self.layer.counts(input_shape)._replace(weights=0, biases=0, numbers=0, fixed=0)

    def output_shape(self, input_shape: Shape | Shapes) -> Shape:
        """As the layer itself."""
        return self.layer.output_shape(input_shape)

    def window(self, came: Shape | Shapes) -> tuple[Window, ...] | None:
        return self.layer.window(came)

    def without_bias(self) -> Layer:
        """One more use of the layer without its bias."""
        return replace(self, layer=self.layer.without_bias())
