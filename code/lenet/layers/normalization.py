"""Layers that normalise: by numbers that training kept, or by the image's own.

A multiplication of a unit by one number of its own is no multiply-accumulate, and is
not counted in MACs; nor are means and variances.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, axis_sides
from lenet.layers.base import ALONE, Window, together
from lenet.layers.pointwise import Alongside


@dataclass(frozen=True)
class Normalizing(Alongside):
    """What layers share that normalise and then scale and shift.

    weights: a factor for each place along `axis` where `scale`; biases: a shift
    where `center`. Axes are counted from the end, -1 are the channels. Connections:
    a line a unit, and a bias line where `center`. MACs 0. Errors: TypeError for
    flags that are not True or False, ValueError for an axis that is not there.
    """

    _: KW_ONLY
    center: bool = True
    scale: bool = True

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("center", "scale")

    def places(self, came: Shape) -> Shape:
        """The sides along the axes, of a shape that comes in."""
        return axis_sides("axis", self.axes, came)

    def _weights(self, came: Shape, out: Shape) -> int:
        return prod(self.places(came)) * self.scale

    def _biases(self, came: Shape, out: Shape) -> int:
        return prod(self.places(came)) * self.center

    def _connections(self, came: Shape, out: Shape) -> int:
        return prod(came) * (1 + self.center)


@dataclass(frozen=True)
class BatchNormalization(Normalizing):
    """Each channel by a mean and a variance that training kept; arguments as `Normalizing`.

    fixed: mean and variance of each channel, and three more numbers a channel with
    `renorm`. They move while training, but not by a gradient.

    >>> norm = BatchNormalization()
    >>> norm.weights((14, 14, 6)), norm.biases((14, 14, 6)), norm.fixed((14, 14, 6))
    (6, 6, 12)
    """

    _: KW_ONLY
    renorm: bool = False

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("renorm")

    @property
    def statistics(self) -> int:
        """How many numbers are kept for each channel."""
        return 5 if self.renorm else 2

    def window(self, came: Shape) -> tuple[Window, ...]:
        """Each unit by itself: its mean and variance are kept."""
        return (ALONE,) * len(came)

    def _fixed(self, came: Shape, out: Shape) -> int:
        return prod(self.places(came)) * self.statistics


class LayerNormalization(Normalizing):
    """Each image's values along `axis` by their own mean and variance; see `Normalizing`.

    >>> LayerNormalization().weights((14, 14, 6))
    6
    """


class RMSNormalization(Normalizing):
    """Each image's values along `axis` by the root of their mean square; see `Normalizing`.

    Keras has it without a shift: `center=False`.

    >>> RMSNormalization(center=False).biases((14, 14, 6))
    0
    """


@dataclass(frozen=True)
class GroupNormalization(Normalizing):
    """Each image's channels, `groups` at a time, by their own mean and variance.

    Arguments as for `Normalizing`; ValueError where the groups do not divide the
    channels; -1 is a group a channel.

    >>> GroupNormalization(groups=2).weights((14, 14, 6))
    6
    """

    _: KW_ONLY
    groups: int = 32

    def __post_init__(self):
        super().__post_init__()
        if self.groups != -1:
            self._settle("groups", change=whole)
        if len(self.axes) > 1:
            raise ValueError(f"axis must be one axis, that of the channels, got {self.axis}")

    def window(self, came: Shape) -> tuple[Window, ...] | None:
        """A unit sees the whole map, in the channels of its group."""
        if self.axes != (-1,) or (len(came) == 1 and self.groups != 1):
            return None
        return tuple(map(together, came))

    def _output_shape(self, came: Shape) -> Shape:
        (channels,) = self.places(came)
        if channels % self.groups:  # never for -1
            raise ValueError(f"groups {self.groups} does not divide {channels} channels")
        return came


@dataclass(frozen=True)
class Normalization(Alongside):
    """(x - mean) / deviation with given or adapted numbers, kept for each place along `axis`.

    fixed: where the numbers are `adapted`, a mean and a variance a place, and one count
    of what was seen; given numbers are no parameters. An `axis` of () keeps one of each.

    >>> Normalization(adapted=True).fixed((32, 32, 3)), Normalization().fixed((32, 32, 3))
    (7, 0)
    """

    _: KW_ONLY
    adapted: bool = False

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("adapted")

    def places(self, came: Shape) -> Shape:
        """The sides along the axes, of a shape that comes in."""
        return axis_sides("axis", self.axes, came)

    def window(self, came: Shape) -> tuple[Window, ...]:
        """Each unit by itself."""
        return (ALONE,) * len(came)

    def _fixed(self, came: Shape, out: Shape) -> int:
        return (2 * prod(self.places(came)) + 1) * self.adapted
