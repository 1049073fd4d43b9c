"""Layers that keep the shape: activations, scaling, and what only training sees.

A multiplication of a unit by one number of its own is no multiply-accumulate, and
is not counted in MACs; nor are activation functions.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, axis_sides, check_activation, whole_numbers
from lenet.layers.base import ALONE, Layer, Window, together


@dataclass(frozen=True)
class SameShape(Layer):
    """What comes in goes out, value for value, in the same shape."""

    def window(self, came: Shape) -> tuple[Window, ...]:
        """Each unit by itself."""
        return (ALONE,) * len(came)

    def _output_shape(self, came: Shape) -> Shape:
        return came


@dataclass(frozen=True)
class Alongside(SameShape):
    """What layers share whose units look at all units along `axis`, counted from the end.

    -1 are the channels; one axis or several. ValueError for an axis that is not there.
    """

    _: KW_ONLY
    axis: int | tuple[int, ...] = -1

    def __post_init__(self):
        super().__post_init__()
        self._settle("axis", change=_checked_axes)

    @property
    def axes(self) -> tuple[int, ...]:
        """The axes as a tuple."""
        return self.axis if isinstance(self.axis, tuple) else (self.axis,)

    def window(self, came: Shape) -> tuple[Window, ...]:
        """Along an axis that is looked at, a unit sees all of it."""
        along = {axis % len(came) for axis in self.axes}
        return tuple(together(size) if n in along else ALONE for n, size in enumerate(came))

    def _output_shape(self, came: Shape) -> Shape:
        axis_sides("axis", self.axes, came)
        return came


def _checked_axes(name: str, axis) -> int | tuple[int, ...]:
    if not isinstance(axis, (tuple, list)):
        return whole(name, axis, minimum=None)
    axes = tuple(whole(name, one, minimum=None) for one in axis)
    if len(set(axes)) < len(axes):
        raise ValueError(f"{name} must name each axis once, got {axis}")
    return axes


@dataclass(frozen=True)
class Passing(SameShape):
    """A layer that hands its input on when the network is used, as Dropout does.

    `what` is the name that Keras has for it. It makes no new values and has no
    parameters.

    >>> Passing("Dropout").output_shape((84,)), Passing("Dropout").activations((84,))
    ((84,), 0)
    """

    what: str

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.what, str) or not self.what:
            raise TypeError(f"what must be Keras's name of the layer, got {self.what!r}")

    @property
    def kind(self) -> str:
        """Keras's name."""
        return self.what

    def _activations(self, came: Shape, out: Shape) -> int:
        return 0


@dataclass(frozen=True)
class Activation(SameShape):
    """A function of each unit by itself; softmax and its like look along the channels.

    `activation` is the name that Keras has for it. No parameters, no MACs. ValueError
    for a name that Keras does not know.

    >>> Activation("relu").output_shape((28, 28, 6)), Activation("relu").macs((28, 28, 6))
    ((28, 28, 6), 0)
    """

    activation: str

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.activation, str) or not self.activation:
            raise TypeError(f"activation must be a name, got {self.activation!r}")
        check_activation(self.activation)

    @property
    def kind(self) -> str:
        """The function's name."""
        return self.activation

    def window(self, came: Shape) -> tuple[Window, ...] | None:
        """One unit, or all channels of its place; nobody knows of a function of one's own."""
        if ">" in self.activation:
            return None
        looks_along = self.activation in ("softmax", "log_softmax", "sparsemax")
        return (*(ALONE,) * (len(came) - 1), together(came[-1]) if looks_along else ALONE)


@dataclass(frozen=True)
class Elementwise(SameShape):
    """An operation on each value, written without a layer, as in `2 * x` or `x ** 2`.

    `operation` is the name of the function in keras.ops. No parameters, no MACs: its
    constants are no weights.

    >>> Elementwise("multiply").macs((28, 28, 6))
    0
    """

    operation: str

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.operation, str) or not self.operation:
            raise TypeError(f"operation must be the name of a function, got {self.operation!r}")

    @property
    def kind(self) -> str:
        """The operation's name."""
        return self.operation


class ReLU(SameShape):
    """max(x, 0) of each unit, as a layer; no parameters.

    >>> ReLU().weights((28, 28, 6))
    0
    """


class LeakyReLU(SameShape):
    """max(x, 0) + a * min(x, 0) of each unit, with one slope a that is not trained.

    >>> LeakyReLU().weights((28, 28, 6))
    0
    """


class ELU(SameShape):
    """x above 0 and a * (exp(x) - 1) below, of each unit; no parameters.

    >>> ELU().weights((28, 28, 6))
    0
    """


class Softmax(Alongside):
    """The units along `axis` as shares that sum to 1; no parameters.

    >>> Softmax().weights((10,))
    0
    """


class UnitNormalization(Alongside):
    """The units along `axis` divided by the root of the sum of their squares; no parameters.

    >>> UnitNormalization().weights((84,))
    0
    """


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
        self._settle("shared_axes", change=whole_numbers)

    def slopes(self, came: Shape) -> Shape:
        """How many slopes there are along each axis of a shape that comes in."""
        return tuple(1 if axis in self.shared_axes else side for axis, side in enumerate(came, 1))

    def _output_shape(self, came: Shape) -> Shape:
        for axis in self.shared_axes:
            if axis > len(came):
                raise ValueError(f"shared_axes {axis} is no axis of {came}")
        return came

    def _weights(self, came: Shape, out: Shape) -> int:
        return prod(self.slopes(came))


class LayerScale(SameShape):
    """A trained factor for each channel, as ConvNeXt has it.

    >>> LayerScale().weights((14, 14, 6))
    6
    """

    def _weights(self, came: Shape, out: Shape) -> int:
        return came[-1]


class Rescaling(SameShape):
    """Each value times one number, plus another; neither is a parameter.

    >>> Rescaling().fixed((32, 32, 3))
    0
    """
