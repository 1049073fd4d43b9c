"""Convolutions: the plain one, the transposed, the one a channel, and their sum.

A layer knows nothing of its neighbours: each method is given the shape that
comes in, `(height, width, channels)`, without the batch axis. The same layer
exists for 1 axis `(steps, channels)` and for 3 `(depth, height, width, channels)`.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import (
    PADDINGS,
    Shape,
    check_choices,
    map_only,
    map_sides,
    settle,
    settle_axes,
)
from lenet.arithmetic import conv_weights, effective_kernel, transposed_size, whole
from lenet.layers.base import Layer


@dataclass(frozen=True)
class KernelLayer(Layer):
    """What convolutions share: a window of `kernel_size` pixels that moves by `strides`."""

    rank: ClassVar[int] = 2
    paddings: ClassVar[tuple[str, ...]] = PADDINGS

    def __post_init__(self):
        super().__post_init__()
        settle_axes(self, "kernel_size", "strides", "dilation_rate")
        check_choices(self, self.paddings)

    def macs(self, input_shape: Shape) -> int:
        """Positions times weights: each weight is used once at every position."""
        *positions, _ = self.output_shape(input_shape)
        return prod(positions) * self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """MACs, and a bias line a unit: every weight and every bias at every position."""
        *positions, _ = self.output_shape(input_shape)
        return prod(positions) * (self.weights(input_shape) + self.biases(input_shape))

    def window(self, extent: Shape) -> tuple[Shape, Shape] | None:
        return tuple(map(effective_kernel, self.kernel_size, self.dilation_rate)), self.strides


@dataclass(frozen=True)
class Conv(KernelLayer):
    """A convolution: `filters` kernels, each as deep as the channels it reads.

    weights Kh * Kw * (Cin / G) * Cout, biases Cout, MACs Hout * Wout * weights.

    `filters` Cout and `groups` G are counts; `kernel_size`, `strides` and
    `dilation_rate` are pixels, one number for all axes or one for each;
    `padding` is "valid" or "same". Padded zeros count as inputs in connections
    and MACs. Errors: TypeError for what is no whole number, ValueError for what
    is below 1 or does not fit, naming argument, value and arithmetic.
    """

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    dilation_rate: int | Shape = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        settle(self, "filters", "groups", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, filters); see `lenet.arithmetic.output_size`."""
        self.weights(input_shape)
        sides = map_sides(self, input_shape, self.kernel_size, self.dilation_rate)
        return (*sides, self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * (Cin / G) * Cout."""
        map_only(self, input_shape)
        return conv_weights(self.kernel_size, input_shape[-1], self.filters, self.groups)

    def biases(self, input_shape: Shape) -> int:
        """One a filter."""
        return self.filters * self.use_bias


class Conv1D(Conv):
    __doc__ = f"""{Conv.__doc__}
    One axis: (steps, channels). `padding` may be "causal" too: all zeros in front.

    >>> Conv1D(6, 5, padding="causal").output_shape((32, 1))
    (32, 6)
    """
    rank = 1
    paddings = (*PADDINGS, "causal")


class Conv2D(Conv):
    __doc__ = f"""{Conv.__doc__}
    >>> c1 = Conv2D(6, 5)
    >>> c1.output_shape((32, 32, 1)), c1.weights((32, 32, 1)), c1.biases((32, 32, 1))
    ((28, 28, 6), 150, 6)
    >>> c1.connections((32, 32, 1)), c1.macs((32, 32, 1))
    (122304, 117600)
    """


class Conv3D(Conv):
    __doc__ = f"""{Conv.__doc__}
    Three axes: (depth, height, width, channels).

    >>> Conv3D(6, 5).weights((32, 32, 32, 1))
    750
    """
    rank = 3


@dataclass(frozen=True)
class ConvTranspose(KernelLayer):
    """A convolution turned round: every unit that comes in is spread over a window.

    weights Kh * Kw * Cin * Cout, biases Cout, MACs Hin * Win * weights; sides as
    `lenet.arithmetic.transposed_size` has them. `output_padding` are pixels added
    at the far end, one number or one an axis. Products that "same" cuts off at the
    border are counted, as padded zeros are in `Conv`. No receptive field is given:
    the units of one map do not all see equally much. Other arguments and errors as
    for `Conv`.
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
        settle(self, "filters", change=whole)
        if self.output_padding is not None:
            settle_axes(self, "output_padding", minimum=0)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, filters); see `lenet.arithmetic.transposed_size`."""
        map_only(self, input_shape)
        extra = self.output_padding or (None,) * self.rank
        sides = (
            transposed_size(n, k, s, self.padding, d, more)
            for n, k, s, d, more in zip(
                input_shape, self.kernel_size, self.strides, self.dilation_rate, extra, strict=False
            )
        )
        return (*sides, self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * Cin * Cout."""
        map_only(self, input_shape)
        return conv_weights(self.kernel_size, input_shape[-1], self.filters)

    def biases(self, input_shape: Shape) -> int:
        """One a filter."""
        return self.filters * self.use_bias

    def macs(self, input_shape: Shape) -> int:
        """Hin * Win * weights: each weight is used once for every place that comes in."""
        return prod(input_shape[:-1]) * self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """MACs, and a bias line a unit where there are biases."""
        units = prod(self.output_shape(input_shape))
        return self.macs(input_shape) + units * self.use_bias

    def window(self, extent: Shape) -> None:
        return None


class Conv1DTranspose(ConvTranspose):
    __doc__ = f"""{ConvTranspose.__doc__}
    >>> Conv1DTranspose(6, 2, 2).output_shape((14, 16))
    (28, 6)
    """
    rank = 1


class Conv2DTranspose(ConvTranspose):
    __doc__ = f"""{ConvTranspose.__doc__}
    >>> back = Conv2DTranspose(6, 2, 2)
    >>> back.output_shape((14, 14, 6)), back.macs((14, 14, 6))
    ((28, 28, 6), 28224)
    """


class Conv3DTranspose(ConvTranspose):
    __doc__ = f"""{ConvTranspose.__doc__}
    >>> Conv3DTranspose(6, 2, 2).output_shape((14, 14, 14, 6))
    (28, 28, 28, 6)
    """
    rank = 3


@dataclass(frozen=True)
class DepthwiseConv(KernelLayer):
    """A convolution of each channel by itself, `depth_multiplier` M kernels a channel.

    weights Kh * Kw * Cin * M, biases Cin * M, MACs Hout * Wout * weights. Arguments
    and errors as for `Conv`.
    """

    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    depth_multiplier: int = 1
    dilation_rate: int | Shape = 1
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        settle(self, "depth_multiplier", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, Cin * M); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        sides = map_sides(self, input_shape, self.kernel_size, self.dilation_rate)
        return (*sides, input_shape[-1] * self.depth_multiplier)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * Cin * M."""
        map_only(self, input_shape)
        return prod(self.kernel_size) * input_shape[-1] * self.depth_multiplier

    def biases(self, input_shape: Shape) -> int:
        """One a map that goes out."""
        return input_shape[-1] * self.depth_multiplier * self.use_bias


class DepthwiseConv1D(DepthwiseConv):
    __doc__ = f"""{DepthwiseConv.__doc__}
    >>> DepthwiseConv1D(5).weights((32, 6))
    30
    """
    rank = 1


class DepthwiseConv2D(DepthwiseConv):
    __doc__ = f"""{DepthwiseConv.__doc__}
    >>> DepthwiseConv2D(5).weights((14, 14, 6)), DepthwiseConv2D(5).macs((14, 14, 6))
    (150, 15000)
    """


@dataclass(frozen=True)
class SeparableConv(KernelLayer):
    """A depthwise convolution, and a 1 by 1 convolution that mixes its maps.

    weights Kh * Kw * Cin * M + Cin * M * Cout, biases Cout, MACs Hout * Wout *
    weights. Connections: MACs and a bias line a unit that goes out. Arguments and
    errors as for `Conv` and `DepthwiseConv`.
    """

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    dilation_rate: int | Shape = 1
    depth_multiplier: int = 1
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        settle(self, "filters", "depth_multiplier", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, filters); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        sides = map_sides(self, input_shape, self.kernel_size, self.dilation_rate)
        return (*sides, self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * Cin * M + Cin * M * Cout."""
        map_only(self, input_shape)
        between = input_shape[-1] * self.depth_multiplier
        return between * (prod(self.kernel_size) + self.filters)

    def biases(self, input_shape: Shape) -> int:
        """One a filter."""
        return self.filters * self.use_bias


class SeparableConv1D(SeparableConv):
    __doc__ = f"""{SeparableConv.__doc__}
    >>> SeparableConv1D(16, 5).weights((14, 6))
    126
    """
    rank = 1
    paddings = (*PADDINGS, "causal")


class SeparableConv2D(SeparableConv):
    __doc__ = f"""{SeparableConv.__doc__}
    >>> c3 = SeparableConv2D(16, 5)
    >>> c3.weights((14, 14, 6)), c3.macs((14, 14, 6))
    (246, 24600)
    """
