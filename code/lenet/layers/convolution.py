"""Convolutions: the plain one and the transposed.

The same layer exists for 1 axis `(steps, channels)`, for 2 and for 3 `(depth, height,
width, channels)`.
"""

from dataclasses import KW_ONLY, dataclass, replace
from math import prod
from typing import ClassVar

from lenet.arithmetic import conv_weights, transposed_size, whole
from lenet.layers.arguments import Shape, check_activation
from lenet.layers.base import PADDINGS, Layer, WindowLayer

# What an error says; the pages of the book say the same.
ONE_OF_BOTH = "strides {strides} and dilation_rate {dilation_rate}: only one of them may be above 1"


@dataclass(frozen=True)
class Convolving(WindowLayer):
    """What convolutions share: weights that are used once at every position, and biases."""

    counted: ClassVar[tuple[str, ...]] = ("filters",)  # arguments that are one whole number

    def __post_init__(self):
        super().__post_init__()
        self._settle(*self.counted, change=whole)
        self._settle_axes("dilation_rate")
        self._check_flags("use_bias")
        check_activation(self.activation)

    def without_bias(self) -> Layer:
        """The same layer with no bias."""
        return replace(self, use_bias=False)

    def _output_shape(self, came: Shape) -> Shape:
        return (*self._sides(came), self.filters)

    def _biases(self, came: Shape, out: Shape) -> int:
        return out[-1] * self.use_bias

    def _macs(self, came: Shape, out: Shape) -> int:
        return prod(out[:-1]) * self._weights(came, out)

    def _connections(self, came: Shape, out: Shape) -> int:
        return self._macs(came, out) + prod(out) * self.use_bias


@dataclass(frozen=True)
class Conv(Convolving):
    """A convolution: `filters` kernels, each as deep as the channels it reads.

    Output (Hout, Wout, filters), sides as `lenet.arithmetic.output_size` has them;
    weights Kh * Kw * (Cin / G) * Cout, biases Cout, MACs Hout * Wout * weights,
    connections MACs and a bias line a unit.

    `filters` Cout and `groups` G are counts; `kernel_size`, `strides` and
    `dilation_rate` are pixels, one number for all axes or one for each;
    `padding` is "valid" or "same"; `activation` is a name that Keras knows. Padded
    zeros count as inputs in connections and MACs. Errors: TypeError for what is no
    whole number, ValueError for what is below 1, is not known or does not fit, naming
    argument, value and arithmetic.
    """

    counted = ("filters", "groups")

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    dilation_rate: int | Shape = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True

    def _output_shape(self, came: Shape) -> Shape:
        conv_weights(self.kernel_size, came[-1], self.filters, self.groups)  # do groups divide?
        return super()._output_shape(came)

    def _weights(self, came: Shape, out: Shape) -> int:
        return conv_weights(self.kernel_size, came[-1], self.filters, self.groups)


class Conv1D(Conv):
    """A convolution along one axis, (steps, channels); arguments and counts as for `Conv`.

    `padding` may be "causal" too: all zeros in front.

    >>> Conv1D(6, 5, padding="causal").output_shape((32, 1))
    (32, 6)
    """

    rank = 1
    paddings = (*PADDINGS, "causal")


class Conv2D(Conv):
    """A convolution of a map (height, width, channels); arguments and counts as for `Conv`.

    >>> c1 = Conv2D(6, 5)
    >>> c1.output_shape((32, 32, 1)), c1.weights((32, 32, 1)), c1.biases((32, 32, 1))
    ((28, 28, 6), 150, 6)
    >>> c1.connections((32, 32, 1)), c1.macs((32, 32, 1))
    (122304, 117600)
    """


class Conv3D(Conv):
    """A convolution of a volume (depth, height, width, channels); arguments as for `Conv`.

    >>> Conv3D(6, 5).weights((32, 32, 32, 1))
    750
    """

    rank = 3


@dataclass(frozen=True)
class ConvTranspose(Convolving):
    """A convolution turned round: every unit that comes in is spread over a window.

    Output (Hout, Wout, filters), sides as `lenet.arithmetic.transposed_size` has them;
    weights Kh * Kw * Cin * Cout, biases Cout, MACs Hin * Win * weights: each weight is
    used once for every place that comes in. `output_padding` are pixels added at the far
    end, one number or one an axis. Products that "same" cuts off at the border are
    counted, as padded zeros are in `Conv`. No receptive field is given: the units of one
    map do not all see equally much. Like Keras it takes strides or dilation, not both.
    Other arguments and errors as for `Conv`.
    """

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    output_padding: int | Shape | None = None
    dilation_rate: int | Shape = 1
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        if self.output_padding is not None:
            self._settle_axes("output_padding", minimum=0)
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            how = {"strides": self.strides, "dilation_rate": self.dilation_rate}
            raise ValueError(ONE_OF_BOTH.format(**how))

    def window(self, came: Shape) -> None:
        return None

    def _output_shape(self, came: Shape) -> Shape:
        extra = self.output_padding or (None,) * self.rank
        sides = (
            transposed_size(n, k, s, self.padding, d, more)
            for n, k, s, d, more in zip(
                came, self.kernel_size, self.strides, self.dilation_rate, extra, strict=False
            )
        )
        return (*sides, self.filters)

    def _weights(self, came: Shape, out: Shape) -> int:
        return conv_weights(self.kernel_size, came[-1], self.filters)

    def _macs(self, came: Shape, out: Shape) -> int:
        return prod(came[:-1]) * self._weights(came, out)


class Conv1DTranspose(ConvTranspose):
    """A transposed convolution along one axis; see `ConvTranspose`.

    >>> Conv1DTranspose(6, 2, 2).output_shape((14, 16))
    (28, 6)
    """

    rank = 1


class Conv2DTranspose(ConvTranspose):
    """A transposed convolution of a map; see `ConvTranspose`.

    >>> back = Conv2DTranspose(6, 2, 2)
    >>> back.output_shape((14, 14, 6)), back.macs((14, 14, 6))
    ((28, 28, 6), 28224)
    """


class Conv3DTranspose(ConvTranspose):
    """A transposed convolution of a volume; see `ConvTranspose`.

    >>> Conv3DTranspose(6, 2, 2).output_shape((14, 14, 14, 6))
    (28, 28, 28, 6)
    """

    rank = 3
