"""What all layers share: checked arguments, one door for shapes, and what is counted.

A kind of layer says what it counts in the methods with an underscore. They are given
shapes that `Layer.counts` has checked, so that every question gets the same errors.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from math import prod
from typing import ClassVar, NamedTuple

from lenet.arithmetic import effective_kernel, output_size, pad_widths
from lenet.layers.arguments import AXES, Shape, Shapes, checked_shape, each_axis

PADDINGS = ("valid", "same")
# What an error says; the pages of the book say the same.
NEEDS_FEATURES = (
    "{kind} needs a flat input (features,), got the map {came}: "
    "put a Flatten before it ({sides} = {values})"
)
NEEDS_MAP = "{kind} needs a map ({axes}), got {came}"


class Counts(NamedTuple):
    """What one layer counts for one image; the words are those of `lenet.arithmetic`.

    `numbers` are weights and biases together, `fixed` are numbers that no training changes
    by its gradient, `activations` the new values that the layer holds. None is not known.
    """

    output_shape: Shape
    weights: int | None
    biases: int | None
    numbers: int
    fixed: int
    connections: int | None
    macs: int | None
    activations: int


class Window(NamedTuple):
    """What one unit reads along one axis: `size` places, the next unit `stride` further.

    The first unit's window begins at `start`, which is below 0 where it begins in
    the padding. A stride of 0 says that all units read the same.
    """

    size: int
    stride: int = 1
    start: int = 0


ALONE = Window(1)  # each unit reads one place, its own


def together(size: int) -> Window:
    """What one unit reads where each of `size` units reads them all."""
    return Window(size, stride=0) if size > 1 else ALONE


@dataclass(frozen=True)
class Layer:
    """What all layers share. A layer without weights needs `_output_shape` only.

    A layer that is not `trainable` has as many numbers, but none that training changes.
    `options` are arguments of Keras that change no count, such as a rate or an epsilon:
    `to_keras` hands them on, and they do not make layers differ.
    """

    rank: ClassVar[int | None] = None  # axes of the map it needs, 0 for features, None for any
    merges: ClassVar[bool] = False  # whether it reads several layers at once

    _: KW_ONLY
    name: str | None = None
    trainable: bool = True
    options: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self):
        if self.name is not None and (not isinstance(self.name, str) or not self.name):
            raise TypeError(f"name must be a word or None, got {self.name!r}")
        self._check_flags("trainable")
        if not isinstance(self.options, Mapping):
            raise TypeError(f"options must be arguments by their names, got {self.options!r}")

    @property
    def kind(self) -> str:
        """What the layer is called in a table: Keras's name, where Keras has the layer."""
        return type(self).__name__

    @property
    def note(self) -> str:
        """What a derivation has to say besides its steps."""
        return ""

    def counts(self, input_shape: Shape | Shapes) -> Counts:
        """All that the layer counts, given the shape that comes in.

        Raises TypeError for a side that is no whole number, ValueError for one below 1,
        for the wrong number of axes, and where the layer does not fit the shape.

        >>> from lenet.layers import Conv2D
        >>> Conv2D(6, 5).counts((32, 32, 1)).connections
        122304
        """
        came = self._checked(input_shape)
        out = self._output_shape(came)
        weights, biases = self._weights(came, out), self._biases(came, out)
        return Counts(
            out, weights, biases, weights + biases, self._fixed(came, out),
            self._connections(came, out), self._macs(came, out), self._activations(came, out),
        )  # fmt: skip

    def output_shape(self, input_shape: Shape | Shapes) -> Shape:
        """The shape that comes out; errors as for `counts`, here and below."""
        return self._output_shape(self._checked(input_shape))

    def weights(self, input_shape: Shape | Shapes) -> int:
        """Weights, biases not counted."""
        return self.counts(input_shape).weights

    def biases(self, input_shape: Shape | Shapes) -> int:
        """Numbers that are added to a unit's sum."""
        return self.counts(input_shape).biases

    def fixed(self, input_shape: Shape | Shapes) -> int:
        """Numbers that no training changes by its gradient."""
        return self.counts(input_shape).fixed

    def connections(self, input_shape: Shape | Shapes) -> int:
        """Input lines of all output units, bias lines included (the 1998 measure)."""
        return self.counts(input_shape).connections

    def macs(self, input_shape: Shape | Shapes) -> int:
        """Multiply-accumulates with a weight for one image."""
        return self.counts(input_shape).macs

    def activations(self, input_shape: Shape | Shapes) -> int:
        """New values that the layer holds for one image."""
        return self.counts(input_shape).activations

    def window(self, came: Shape | Shapes) -> tuple[Window, ...] | None:
        """What one unit reads along each axis of what comes in, the channels included.

        None where no window of one size holds for all units: then nobody knows what
        the units after it see.
        """
        raise NotImplementedError

    def without_bias(self) -> "Layer":
        """The same layer with no bias, where it can do without one."""
        return self

    def _output_shape(self, came: Shape | Shapes) -> Shape:
        raise NotImplementedError

    def _weights(self, came: Shape | Shapes, out: Shape) -> int:
        return 0

    def _biases(self, came: Shape | Shapes, out: Shape) -> int:
        return 0

    def _fixed(self, came: Shape | Shapes, out: Shape) -> int:
        return 0

    def _connections(self, came: Shape | Shapes, out: Shape) -> int:
        return 0

    def _macs(self, came: Shape | Shapes, out: Shape) -> int:
        return 0

    def _activations(self, came: Shape | Shapes, out: Shape) -> int:
        return prod(out)

    def _checked(self, input_shape) -> Shape | Shapes:
        """The shape as a tuple of whole numbers, with the axes that the layer needs."""
        came = checked_shape("input_shape", input_shape)
        if self.rank == 0 and len(came) != 1:
            sides = " * ".join(map(str, came))
            raise ValueError(
                NEEDS_FEATURES.format(kind=self.kind, came=came, sides=sides, values=prod(came))
            )
        if self.rank and len(came) != self.rank + 1:
            axes = ", ".join((*AXES[self.rank], "channels"))
            raise ValueError(NEEDS_MAP.format(kind=self.kind, axes=axes, came=came))
        return came

    def _settle(self, *names: str, change: Callable) -> None:
        """Put checked arguments in the place of those that were given."""
        for name in names:
            object.__setattr__(self, name, change(name, getattr(self, name)))

    def _settle_axes(self, *names: str, minimum: int = 1) -> None:
        """Make these arguments one number an axis."""
        self._settle(*names, change=lambda name, v: each_axis(name, v, self.rank, minimum))

    def _check_flags(self, *names: str) -> None:
        for name in names:
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise TypeError(f"{name} must be True or False, got {value!r}")

    def _check_word(self, name: str, known: tuple[str, ...]) -> None:
        value = getattr(self, name)
        if value not in known:
            words = " or ".join(f'"{word}"' for word in known)
            raise ValueError(f"{name} must be {words}, got {value!r}")


@dataclass(frozen=True)
class WindowLayer(Layer):
    """What layers share that move a window over a map: `taps` pixels an axis, by `strides`."""

    rank: ClassVar[int] = 2
    paddings: ClassVar[tuple[str, ...]] = PADDINGS
    taps_name: ClassVar[str] = "kernel_size"

    def __post_init__(self):
        super().__post_init__()
        self._settle_axes(self.taps_name, "strides")
        self._check_word("padding", self.paddings)

    @property
    def taps(self) -> Shape:
        """The pixels of a window along each axis that are read."""
        return getattr(self, self.taps_name)

    @property
    def dilation(self) -> Shape:
        """The step between two taps along each axis."""
        return getattr(self, "dilation_rate", (1,) * self.rank)

    def window(self, came: Shape) -> tuple[Window, ...]:
        along = zip(came, self.taps, self.strides, self.dilation, strict=False)
        return *(self._window(*axis) for axis in along), ALONE

    def _window(self, size: int, taps: int, stride: int, dilation: int) -> Window:
        before, _ = pad_widths(size, taps, stride, self.padding, dilation)
        return Window(effective_kernel(taps, dilation), stride, -before)

    def _sides(self, came: Shape) -> Shape:
        """The sides that come out."""
        return tuple(
            output_size(n, k, s, self.padding, d, called=self.taps_name)
            for n, k, s, d in zip(came, self.taps, self.strides, self.dilation, strict=False)
        )
