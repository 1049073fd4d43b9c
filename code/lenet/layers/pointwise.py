"""Layers that keep the shape: activations, normalisation, scaling, dropout.

A multiplication of a unit by one number of its own is no multiply-accumulate, and
is not counted in MACs; nor are means, variances and activation functions.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.arguments import Shape, axis_from_end, check_flags, settle
from lenet.arithmetic import whole
from lenet.layers.base import Layer


@dataclass(frozen=True)
class SameShape(Layer):
    """What comes in goes out, value for value, in the same shape."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """As it comes in."""
        return input_shape


@dataclass(frozen=True)
class Passing(SameShape):
    """A layer that hands its input on when the network is used, as Dropout does.

    `what` is the name that Keras has for it. It makes no new values.

    >>> Passing("Dropout").output_shape((84,)), Passing("Dropout").activations((84,))
    ((84,), 0)
    """

    what: str

    @property
    def kind(self) -> str:
        """Keras's name."""
        return self.what

    def activations(self, input_shape: Shape) -> int:
        """None: the values are those of the layer before."""
        return 0


@dataclass(frozen=True)
class Activation(SameShape):
    """A function of each unit by itself, `activation` its name; softmax looks along channels.

    No parameters, no MACs.

    >>> Activation("relu").output_shape((28, 28, 6)), Activation("relu").macs((28, 28, 6))
    ((28, 28, 6), 0)
    """

    activation: str

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.activation, str) or not self.activation:
            raise TypeError(f"activation must be a name, got {self.activation!r}")

    @property
    def kind(self) -> str:
        """The function's name."""
        return self.activation

    def flat_window(self, extent: Shape) -> tuple[Shape, Shape]:
        """Softmax looks at all features, any other function at one."""
        looks_at_all = self.activation.lower() == "softmax"
        return (extent if looks_at_all else (1,) * len(extent)), (1,) * len(extent)


@dataclass(frozen=True)
class PReLU(SameShape):
    """max(x, 0) + a * min(x, 0), with a trained slope a for each unit.

    weights: the product of the sides, those in `shared_axes` counted as 1: axes of a
    map numbered from 1, as Keras has them. ValueError for an axis that is not there.

    >>> PReLU().weights((28, 28, 6)), PReLU(shared_axes=(1, 2)).weights((28, 28, 6))
    (4704, 6)
    """

    _: KW_ONLY
    shared_axes: tuple[int, ...] = ()

    def __post_init__(self):
        super().__post_init__()
        axes = tuple(whole("shared_axes", axis) for axis in self.shared_axes)
        object.__setattr__(self, "shared_axes", axes)

    def slopes(self, input_shape: Shape) -> Shape:
        """How many slopes there are along each axis."""
        for axis in self.shared_axes:
            if axis > len(input_shape):
                raise ValueError(f"shared_axes {axis} is no axis of {input_shape}")
        return tuple(
            1 if axis in self.shared_axes else side for axis, side in enumerate(input_shape, 1)
        )

    def weights(self, input_shape: Shape) -> int:
        """One slope a unit, or one for all along the shared axes."""
        return prod(self.slopes(input_shape))


@dataclass(frozen=True)
class ChannelScale(SameShape):
    """A trained factor for each channel, as ConvNeXt's LayerScale.

    >>> ChannelScale().weights((14, 14, 6))
    6
    """

    def weights(self, input_shape: Shape) -> int:
        """One a channel."""
        return input_shape[-1]


@dataclass(frozen=True)
class Normalizing(SameShape):
    """What layers share that normalise and then scale and shift.

    weights: a factor for each place along `axis` where `scale`; biases: a shift
    where `center`. Axes are counted from the end, -1 are the channels. Connections:
    a line a unit, and a bias line where `center`. MACs 0. Errors: TypeError for
    flags that are not True or False, ValueError for an axis that is not there.
    """

    _: KW_ONLY
    axis: int | tuple[int, ...] = -1
    center: bool = True
    scale: bool = True

    def __post_init__(self):
        super().__post_init__()
        check_flags(self, "center", "scale")

    @property
    def axes(self) -> tuple[int, ...]:
        """The axes as a tuple."""
        return self.axis if isinstance(self.axis, tuple) else (self.axis,)

    def places(self, input_shape: Shape) -> Shape:
        """The sides along the axes."""
        return tuple(axis_from_end("axis", axis, input_shape) for axis in self.axes)

    def weights(self, input_shape: Shape) -> int:
        """A factor a place along the axes."""
        return prod(self.places(input_shape)) * self.scale

    def biases(self, input_shape: Shape) -> int:
        """A shift a place along the axes."""
        return prod(self.places(input_shape)) * self.center

    def connections(self, input_shape: Shape) -> int:
        """A line a unit, and its bias line."""
        return prod(input_shape) * (1 + self.center)


@dataclass(frozen=True)
class BatchNormalization(Normalizing):
    __doc__ = f"""Each channel by a mean and a variance that training kept.

    {Normalizing.__doc__}
    fixed: mean and variance of each channel, and three more numbers a channel with
    `renorm`. They move while training, but not by a gradient.

    >>> norm = BatchNormalization()
    >>> norm.weights((14, 14, 6)), norm.biases((14, 14, 6)), norm.fixed((14, 14, 6))
    (6, 6, 12)
    """

    _: KW_ONLY
    renorm: bool = False

    def fixed(self, input_shape: Shape) -> int:
        """Mean and variance of each channel."""
        return prod(self.places(input_shape)) * self.statistics

    @property
    def statistics(self) -> int:
        """How many numbers are kept for each channel."""
        return 5 if self.renorm else 2


class LayerNormalization(Normalizing):
    __doc__ = f"""Each image's values along `axis` by their own mean and variance.

    {Normalizing.__doc__}
    >>> LayerNormalization().weights((14, 14, 6))
    6
    """

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        """Along an axis that is normalised over, a unit sees all of it."""
        along = {axis + len(extent) + 1 for axis in self.axes}
        spans = tuple(size if n in along else 1 for n, size in enumerate(extent))
        return spans, (1,) * len(extent)

    def flat_window(self, extent: Shape) -> tuple[Shape, Shape]:
        """Features are normalised over all of them."""
        return extent, (1,) * len(extent)


class RMSNormalization(LayerNormalization):
    __doc__ = f"""Each image's values along `axis` by the root of their mean square; no shift.

    {Normalizing.__doc__}
    >>> RMSNormalization(center=False).biases((14, 14, 6))
    0
    """


@dataclass(frozen=True)
class GroupNormalization(Normalizing):
    __doc__ = f"""Each image's channels, `groups` at a time, by their own mean and variance.

    {Normalizing.__doc__}
    ValueError where the groups do not divide the channels; -1 is a group a channel.

    >>> GroupNormalization(groups=2).weights((14, 14, 6))
    6
    """

    _: KW_ONLY
    groups: int = 32

    def __post_init__(self):
        super().__post_init__()
        if self.groups != -1:
            settle(self, "groups", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """As it comes in."""
        (channels,) = self.places(input_shape)
        if channels % self.groups:  # never for -1
            raise ValueError(f"groups {self.groups} does not divide {channels} channels")
        return input_shape

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        """A unit sees the whole map."""
        return extent, (1,) * len(extent)


@dataclass(frozen=True)
class Standardizing(SameShape):
    """(x - mean) / deviation with given or adapted numbers, as Keras's Normalization.

    fixed: where the numbers are `adapted`, a mean and a variance for each place
    along `axis`, and one count of what was seen; given numbers are no parameters.

    >>> Standardizing(adapted=True).fixed((32, 32, 3)), Standardizing().fixed((32, 32, 3))
    (7, 0)
    """

    _: KW_ONLY
    axis: tuple[int, ...] = (-1,)
    adapted: bool = False

    def __post_init__(self):
        super().__post_init__()
        check_flags(self, "adapted")

    def places(self, input_shape: Shape) -> Shape:
        """The sides along the axes."""
        return tuple(axis_from_end("axis", axis, input_shape) for axis in self.axis)

    def fixed(self, input_shape: Shape) -> int:
        """2 a place along the axes, and 1."""
        return (2 * prod(self.places(input_shape)) + 1) * self.adapted


class Rescaling(SameShape):
    """Each value times one number, plus another; neither is a parameter.

    >>> Rescaling().fixed((32, 32, 3))
    0
    """
