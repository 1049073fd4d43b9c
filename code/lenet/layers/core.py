"""Layers of units, and what gives the same values another form."""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.arguments import Shape, check_choices, flat_only, settle
from lenet.arithmetic import whole
from lenet.layers.base import Layer


@dataclass(frozen=True)
class Flatten(Layer):
    """The same values in one row: nothing to learn, to compute or to hold anew.

    >>> Flatten().output_shape((5, 5, 16))
    (400,)
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """(height * width * channels,)."""
        return (prod(input_shape),)

    def activations(self, input_shape: Shape) -> int:
        """None: a reshape makes no new value."""
        return 0


@dataclass(frozen=True)
class Dense(Layer):
    """A fully connected layer: every unit reads every input.

    weights = MACs = Nin * units, biases units. `units` is a count. Errors:
    ValueError on a map that is not flattened; types as for `Conv2D`.

    >>> f6 = Dense(84)
    >>> f6.weights((120,)), f6.biases((120,)), f6.macs((120,))
    (10080, 84, 10080)
    """

    units: int
    _: KW_ONLY
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        settle(self, "units", change=whole)
        check_choices(self)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(units,)."""
        flat_only(self, input_shape)
        return (self.units,)

    def weights(self, input_shape: Shape) -> int:
        """Nin * units."""
        return input_shape[-1] * self.units

    def biases(self, input_shape: Shape) -> int:
        """One a unit."""
        return self.units * self.use_bias

    def macs(self, input_shape: Shape) -> int:
        """As many as weights: each is used once."""
        return self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """MACs, and a bias line a unit."""
        units = prod(self.output_shape(input_shape))
        return self.macs(input_shape) + units * self.use_bias

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return extent, (1,) * len(extent)


class PointwiseDense(Dense):
    """The same dense layer at every place of a map, as Keras's Dense is on one.

    It reads the channels of one place: weights Cin * units, MACs Hout * Wout *
    weights, like a convolution of 1 by 1. Arguments as for `Dense`.

    >>> PointwiseDense(16).output_shape((14, 14, 6)), PointwiseDense(16).macs((14, 14, 6))
    ((14, 14, 16), 18816)
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """(height, width, units)."""
        return (*input_shape[:-1], self.units)

    def macs(self, input_shape: Shape) -> int:
        """Hout * Wout * weights: each weight is used once at every place."""
        return prod(input_shape[:-1]) * self.weights(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return (1,) * len(extent), (1,) * len(extent)
