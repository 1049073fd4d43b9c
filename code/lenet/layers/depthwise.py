"""Convolutions of each channel by itself, and those that mix the channels afterwards."""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.layers.arguments import Shape
from lenet.layers.base import PADDINGS
from lenet.layers.convolution import Convolving


@dataclass(frozen=True)
class DepthwiseConv(Convolving):
    """A convolution of each channel by itself, `depth_multiplier` M kernels a channel.

    Output (Hout, Wout, Cin * M); weights Kh * Kw * Cin * M, biases Cin * M, MACs
    Hout * Wout * weights. Arguments and errors as for `Conv`.
    """

    counted = ("depth_multiplier",)

    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    depth_multiplier: int = 1
    dilation_rate: int | Shape = 1
    activation: str | None = None
    use_bias: bool = True

    def _output_shape(self, came: Shape) -> Shape:
        return (*self._sides(came), came[-1] * self.depth_multiplier)

    def _weights(self, came: Shape, out: Shape) -> int:
        return prod(self.kernel_size) * out[-1]


class DepthwiseConv1D(DepthwiseConv):
    """A depthwise convolution along one axis; see `DepthwiseConv`.

    >>> DepthwiseConv1D(5).weights((32, 6))
    30
    """

    rank = 1


class DepthwiseConv2D(DepthwiseConv):
    """A depthwise convolution of a map; see `DepthwiseConv`.

    >>> DepthwiseConv2D(5).weights((14, 14, 6)), DepthwiseConv2D(5).macs((14, 14, 6))
    (150, 15000)
    """


@dataclass(frozen=True)
class SeparableConv(Convolving):
    """A depthwise convolution, and a 1 by 1 convolution that mixes its maps.

    Output (Hout, Wout, filters); weights Kh * Kw * Cin * M + Cin * M * Cout, biases
    Cout, MACs Hout * Wout * weights, connections MACs and a bias line a unit that goes
    out. Arguments and errors as for `Conv` and `DepthwiseConv`.
    """

    counted = ("filters", "depth_multiplier")

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    dilation_rate: int | Shape = 1
    depth_multiplier: int = 1
    activation: str | None = None
    use_bias: bool = True

    def _weights(self, came: Shape, out: Shape) -> int:
        return came[-1] * self.depth_multiplier * (prod(self.kernel_size) + self.filters)


class SeparableConv1D(SeparableConv):
    """A separable convolution along one axis; see `SeparableConv`.

    >>> SeparableConv1D(16, 5).weights((14, 6))
    126
    """

    rank = 1
    paddings = (*PADDINGS, "causal")


class SeparableConv2D(SeparableConv):
    """A separable convolution of a map; see `SeparableConv`.

    >>> c3 = SeparableConv2D(16, 5)
    >>> c3.weights((14, 14, 6)), c3.macs((14, 14, 6))
    (246, 24600)
    """
