"""One frozen dataclass a layer, with Keras's argument names and defaults.

A layer knows nothing of its neighbours: each method is given the shape that
comes in, `(height, width, channels)` or `(features,)`, without the batch axis.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.arguments import Pair, Shape, check_choices, flat_only, map_only, map_sides, pair, settle
from lenet.arithmetic import conv_weights, effective_kernel, whole


@dataclass(frozen=True)
class Layer:
    """What all layers share. A layer without weights needs `output_shape` only."""

    _: KW_ONLY
    name: str | None = None

    def __post_init__(self):
        if self.name is not None and (not isinstance(self.name, str) or not self.name):
            raise TypeError(f"name must be a word or None, got {self.name!r}")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape that comes out."""
        raise NotImplementedError

    def weights(self, input_shape: Shape) -> int:
        """Trainable weights, biases not counted."""
        return 0

    def biases(self, input_shape: Shape) -> int:
        """Trainable biases."""
        return 0

    def fixed(self, input_shape: Shape) -> int:
        """Numbers that are set by hand and not trained."""
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

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        """Kernel span and stride along each axis of a map that is `extent` large."""
        return (1,) * len(extent), (1,) * len(extent)


@dataclass(frozen=True)
class Conv2D(Layer):
    """A convolution: `filters` kernels, each as deep as the channels it reads.

    weights Kh * Kw * (Cin / G) * Cout, biases Cout, MACs Hout * Wout * weights.

    `filters` Cout and `groups` G are counts; `kernel_size`, `strides` and
    `dilation_rate` are pixels, one number for both axes or (height, width);
    `padding` is "valid" or "same". Padded zeros count as inputs in connections
    and MACs. Errors: TypeError for what is no whole number, ValueError for what
    is below 1 or does not fit, naming argument, value and arithmetic.

    >>> c1 = Conv2D(6, 5)
    >>> c1.output_shape((32, 32, 1)), c1.weights((32, 32, 1)), c1.biases((32, 32, 1))
    ((28, 28, 6), 150, 6)
    >>> c1.connections((32, 32, 1)), c1.macs((32, 32, 1))
    (122304, 117600)
    """

    filters: int
    kernel_size: int | Pair
    strides: int | Pair = 1
    _: KW_ONLY
    padding: str = "valid"
    dilation_rate: int | Pair = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True

    def __post_init__(self):
        super().__post_init__()
        settle(self, "filters", "groups", change=whole)
        settle(self, "kernel_size", "strides", "dilation_rate", change=pair)
        check_choices(self)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, filters); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        conv_weights(self.kernel_size, input_shape[2], self.filters, self.groups)
        sides = map_sides(self, input_shape, self.kernel_size, self.dilation_rate)
        return (*sides, self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * (Cin / G) * Cout."""
        map_only(self, input_shape)
        return conv_weights(self.kernel_size, input_shape[2], self.filters, self.groups)

    def biases(self, input_shape: Shape) -> int:
        """One a filter."""
        return self.filters * self.use_bias

    def macs(self, input_shape: Shape) -> int:
        """Hout * Wout * weights: each weight is used once at every position."""
        height, width, _ = self.output_shape(input_shape)
        return height * width * self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """Hout * Wout * parameters: each parameter is one line at every position."""
        height, width, _ = self.output_shape(input_shape)
        return height * width * (self.weights(input_shape) + self.biases(input_shape))

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        spans = map(effective_kernel, self.kernel_size, self.dilation_rate)
        return tuple(spans), self.strides


@dataclass(frozen=True)
class Pooling2D(Layer):
    """A window of `pool_size` pixels moved over each channel by itself.

    `pool_size` and `strides` in pixels, one number or (height, width); strides
    left out are the pool size, so that windows touch and do not overlap.
    Pooling has no parameters and no MACs: comparing and averaging use no
    weight. Errors as for `Conv2D`.
    """

    pool_size: int | Pair = 2
    strides: int | Pair | None = None
    _: KW_ONLY
    padding: str = "valid"

    def __post_init__(self):
        super().__post_init__()
        if self.strides is None:
            object.__setattr__(self, "strides", self.pool_size)
        settle(self, "pool_size", "strides", change=pair)
        check_choices(self)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, channels); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        return (*map_sides(self, input_shape, self.pool_size, called="pool_size"), input_shape[2])

    def connections(self, input_shape: Shape) -> int:
        """Output units times the pixels of a window; there is no bias line."""
        return prod(self.output_shape(input_shape)) * prod(self.pool_size)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return self.pool_size, self.strides


@dataclass(frozen=True)
class MaxPooling2D(Pooling2D):
    __doc__ = f"""The largest value of each window.

    {Pooling2D.__doc__}
    >>> MaxPooling2D(2).output_shape((28, 28, 6))
    (14, 14, 6)
    """


@dataclass(frozen=True)
class AveragePooling2D(Pooling2D):
    __doc__ = f"""The mean of each window.

    {Pooling2D.__doc__}
    >>> AveragePooling2D(2).output_shape((10, 10, 16))
    (5, 5, 16)
    """


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
        return prod(input_shape) * self.units

    def biases(self, input_shape: Shape) -> int:
        """One a unit."""
        return self.units * self.use_bias

    def macs(self, input_shape: Shape) -> int:
        """As many as weights: each is used once."""
        return self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """As many as parameters."""
        return self.weights(input_shape) + self.biases(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return extent, (1,) * len(extent)
