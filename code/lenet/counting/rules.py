"""What torchinfo, fvcore and thop count for each kind of layer, for one image.

The rules were read in the source of the versions that `lenet.counting.conventions`
names, and tests hold them to what the tools print. The tools are given a network as
PyTorch modules in evaluation mode, a module for each layer and one for each
activation. A kind that is registered with no rule raises `NoRule`.
"""

from collections.abc import Callable
from functools import singledispatch
from math import prod

from lenet import layers
from lenet.layers import Layer
from lenet.layers.arguments import Shape
from lenet.layers.bordering import Cropping, ZeroPadding
from lenet.layers.convolution import Conv, ConvTranspose
from lenet.layers.core import PointwiseDense
from lenet.layers.depthwise import DepthwiseConv, SeparableConv
from lenet.layers.normalization import Normalizing
from lenet.layers.pooling import GlobalPooling
from lenet.trace import Row

# Maxima, activations, and what PyTorch writes as a function or as a view.
COUNTED_BY_NONE = (
    layers.MaxPooling1D, layers.MaxPooling2D, layers.MaxPooling3D,
    layers.GlobalMaxPooling1D, layers.GlobalMaxPooling2D, layers.GlobalMaxPooling3D,
    layers.Activation, layers.ReLU, layers.LeakyReLU, layers.ELU, layers.UnitNormalization,
    layers.Softmax, layers.Elementwise, layers.Passing,
    layers.Flatten, layers.Reshape, layers.Permute, layers.RepeatVector,
    layers.Add, layers.Subtract, layers.Divide, layers.Multiply, layers.Maximum, layers.Minimum,
    layers.Concatenate, ZeroPadding, Cropping,
)  # fmt: skip
CONVOLUTIONS = (Conv, DepthwiseConv, SeparableConv)
NORMS = (layers.BatchNormalization, layers.LayerNormalization)
MEANS = (layers.AveragePooling1D, layers.AveragePooling2D, layers.AveragePooling3D)
GLOBAL_MEANS = (
    layers.GlobalAveragePooling1D, layers.GlobalAveragePooling2D, layers.GlobalAveragePooling3D,
)  # fmt: skip


class NoRule(ValueError):
    """A tool was asked about a layer that its rule here does not cover; says which kind."""


def no_rule(layer: Layer, row: Row) -> int:
    """Of a kind that is not registered; raises NoRule."""
    raise NoRule(type(layer).__name__)


# What each tool counts for a layer, from its row of a trace; kinds are registered below.
torchinfo, fvcore, thop = singledispatch(no_rule), singledispatch(no_rule), singledispatch(no_rule)


def with_softmax(layer: Layer, row: Row) -> int:
    """What thop counts for a layer and the softmax that it ends in.

    >>> from lenet import LENET5_MODERN
    >>> output = LENET5_MODERN.trace()["Output"]
    >>> thop(output.layer, output), with_softmax(output.layer, output)
    (840, 869)
    """
    ends_in_softmax = getattr(layer, "activation", None) == "softmax"
    return thop(layer, row) + (_softmax(row.output_shape, (-1,)) if ends_in_softmax else 0)


def softmax(layer: layers.Softmax, row: Row) -> int:
    """thop: the softmax of a layer of its own."""
    return _softmax(row.output_shape, layer.axes)


def nothing(layer: Layer, row: Row) -> int:
    """The tool looks at the layer and counts no operation."""
    return 0


def macs(layer: Layer, row: Row) -> int:
    """One for each multiply-accumulate."""
    return row.macs


def parameters(layer: Layer, row: Row) -> int:
    """torchinfo: weights and biases, trained or not, once an image."""
    return row.weights + row.biases


def parameters_everywhere(layer: Conv, row: Row) -> int:
    """torchinfo: weights and biases at every place that comes out."""
    return _places(row.output_shape) * (row.weights + row.biases)


def weights_everywhere(layer: ConvTranspose, row: Row) -> int:
    """thop: weights at every place that comes out, as if it were no transposed convolution."""
    return _places(row.output_shape) * row.weights


def each_output(layer: Layer, row: Row) -> int:
    """thop: one for each mean."""
    return prod(row.output_shape)


def each_input(layer: GlobalPooling, row: Row) -> int:
    """fvcore: one for each value that is read.

    >>> from lenet import Network, layers
    >>> (row,) = Network((5, 5, 16), layers.GlobalAveragePooling2D()).trace()
    >>> each_input(row.layer, row), each_input_and_output(row.layer, row)
    (400, 416)
    """
    return prod(row.input_shape)


def each_input_and_output(layer: GlobalPooling, row: Row) -> int:
    """thop: one for each value that is read, and one for each mean."""
    return prod(row.input_shape) + row.input_shape[-1]


def normalized(scaled: int, plain: int) -> Callable[[Normalizing, Row], int]:
    """Operations for each value, by whether there are weights: what PyTorch calls affine."""

    def cost(layer: Normalizing, row: Row) -> int:
        if row.biases and not row.weights:
            raise NoRule(f"a {type(layer).__name__} that shifts and does not scale")
        return (scaled if row.weights else plain) * prod(row.output_shape)

    return cost


def enlarged(**factors: int) -> Callable[[layers.UpSampling2D, Row], int]:
    """Operations for each value, by the interpolation."""

    def cost(layer: layers.UpSampling2D, row: Row) -> int:
        if layer.interpolation not in factors:
            raise NoRule(f"interpolation {layer.interpolation!r}")
        return factors[layer.interpolation] * prod(row.output_shape)

    return cost


def _places(shape: Shape) -> int:
    """The positions of a map; 1 for something flat."""
    return prod(shape[:-1])


def _softmax(shape: Shape, axes: tuple[int, ...]) -> int:
    """n powers, n - 1 sums and n quotients for each n values along the axes."""
    along = prod(shape[axis] for axis in axes)
    return prod(shape) // along * (3 * along - 1)


def _register(tool: Callable, kinds: tuple[type[Layer], ...], cost: Callable) -> None:
    for kind in kinds:
        tool.register(kind, cost)


for _tool in (torchinfo, fvcore, thop):
    _register(_tool, COUNTED_BY_NONE, nothing)

_register(torchinfo, (*CONVOLUTIONS, ConvTranspose), parameters_everywhere)
_register(torchinfo, (PointwiseDense, *NORMS), parameters)
_register(torchinfo, (*MEANS, *GLOBAL_MEANS, layers.UpSampling2D), nothing)

_register(fvcore, (*CONVOLUTIONS, ConvTranspose, PointwiseDense), macs)
_register(fvcore, MEANS + GLOBAL_MEANS, nothing)
fvcore.register(layers.GlobalAveragePooling2D, each_input)
fvcore.register(layers.BatchNormalization, normalized(scaled=2, plain=1))
fvcore.register(layers.LayerNormalization, normalized(scaled=5, plain=4))
fvcore.register(layers.UpSampling2D, enlarged(nearest=1, bilinear=4))

_register(thop, (*CONVOLUTIONS, PointwiseDense), macs)
thop.register(ConvTranspose, weights_everywhere)
_register(thop, MEANS, each_output)
_register(thop, GLOBAL_MEANS, each_input_and_output)
_register(thop, NORMS, normalized(scaled=4, plain=2))
thop.register(layers.UpSampling2D, enlarged(nearest=1, bilinear=11))
thop.register(layers.Softmax, softmax)
