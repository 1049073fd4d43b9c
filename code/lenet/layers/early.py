"""The layers of the networks of 1989 to 1998 that Keras does not have (any more).

What they count and how they are connected: LeCun et al., "Backpropagation
Applied to Handwritten Zip Code Recognition", 1989, and LeCun, Bottou, Bengio and
Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arguments import (
    Shape,
    check_choices,
    flat_only,
    map_only,
    map_sides,
    settle,
    settle_axes,
)
from lenet.arithmetic import whole
from lenet.layers.base import Layer
from lenet.layers.pooling import Pooling

Links = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class PartialConv2D(Layer):
    """A convolution whose maps each read only some of the maps that come in.

    weights Kh * Kw * links, biases one a map, or one a unit where `shared_bias`
    is False; MACs Hout * Wout * weights; connections MACs plus one a unit.

    `table` has, for each map that goes out, the numbers of the maps it reads,
    counted from 0; `kernel_size` and `strides` in pixels. Raises ValueError for
    an empty row, a map named twice, or a map that does not come in.

    >>> from lenet.architectures import TABLE_I
    >>> c3 = PartialConv2D(TABLE_I, 5)
    >>> c3.links, c3.weights((14, 14, 6)), c3.biases((14, 14, 6))
    (60, 1500, 16)
    """

    rank: ClassVar[int] = 2

    table: Links
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    shared_bias: bool = True
    activation: str | None = None

    def __post_init__(self):
        super().__post_init__()
        settle_axes(self, "kernel_size", "strides")
        check_choices(self)
        if not self.table:
            raise ValueError("table must have a row for each map, got none")
        rows = tuple(tuple(whole("table", m, minimum=0) for m in row) for row in self.table)
        for number, row in enumerate(rows):
            if not row or len(set(row)) < len(row):
                raise ValueError(f"table row {number} must name each map once, got {row}")
        object.__setattr__(self, "table", rows)

    @property
    def filters(self) -> int:
        """The maps that go out."""
        return len(self.table)

    @property
    def links(self) -> int:
        """Pairs of a map that goes out and one that it reads."""
        return sum(map(len, self.table))

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, rows of the table); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        highest = max(map(max, self.table))
        if highest >= input_shape[2]:
            raise ValueError(
                f"table names map {highest}, but {input_shape[2]} maps come in, "
                f"numbered 0 to {input_shape[2] - 1}"
            )
        return (*map_sides(self, input_shape, self.kernel_size, (1, 1)), self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Kh * Kw * links."""
        return prod(self.kernel_size) * self.links

    def biases(self, input_shape: Shape) -> int:
        """One a map, or one a unit."""
        return self.filters if self.shared_bias else prod(self.output_shape(input_shape))

    def macs(self, input_shape: Shape) -> int:
        """Hout * Wout * weights."""
        height, width, _ = self.output_shape(input_shape)
        return height * width * self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """MACs, and a bias line a unit."""
        return self.macs(input_shape) + prod(self.output_shape(input_shape))

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return self.kernel_size, self.strides


@dataclass(frozen=True)
class LocallyConnected2D(Layer):
    """Looks nearby like a convolution, but every unit has weights and a bias of its own.

    weights Hout * Wout * Kh * Kw * Cin * Cout, biases Hout * Wout * Cout; MACs are
    the weights, each used once; connections MACs plus one a unit. Arguments and
    errors as for `lenet.layers.Conv2D`.

    >>> c1 = LocallyConnected2D(6, 5)
    >>> c1.weights((32, 32, 1)), c1.biases((32, 32, 1)), c1.macs((32, 32, 1))
    (117600, 4704, 117600)
    """

    rank: ClassVar[int] = 2

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    activation: str | None = None

    def __post_init__(self):
        super().__post_init__()
        settle(self, "filters", change=whole)
        settle_axes(self, "kernel_size", "strides")
        check_choices(self)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(Hout, Wout, filters); see `lenet.arithmetic.output_size`."""
        map_only(self, input_shape)
        return (*map_sides(self, input_shape, self.kernel_size, (1, 1)), self.filters)

    def weights(self, input_shape: Shape) -> int:
        """Hout * Wout * Kh * Kw * Cin * Cout."""
        units = prod(self.output_shape(input_shape))
        return units * prod(self.kernel_size) * input_shape[2]

    def biases(self, input_shape: Shape) -> int:
        """One a unit."""
        return prod(self.output_shape(input_shape))

    def macs(self, input_shape: Shape) -> int:
        """The weights: each is used once."""
        return self.weights(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """MACs, and a bias line a unit."""
        return self.macs(input_shape) + self.biases(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return self.kernel_size, self.strides


@dataclass(frozen=True)
class Subsampling2D(Pooling):
    """The sum of each window, times one trainable coefficient a map, plus one bias.

    weights C, biases C, connections Hout * Wout * C * (Kh * Kw + 1). MACs 0: the
    one product with the coefficient is not a multiply-accumulate and is not
    counted. Arguments and errors as for `MaxPooling2D`.

    >>> s2 = Subsampling2D(2)
    >>> s2.weights((28, 28, 6)), s2.biases((28, 28, 6)), s2.connections((28, 28, 6))
    (6, 6, 5880)
    """

    _: KW_ONLY
    activation: str | None = None

    def weights(self, input_shape: Shape) -> int:
        """A coefficient a map."""
        return input_shape[2]

    def biases(self, input_shape: Shape) -> int:
        """One a map."""
        return input_shape[2]

    def connections(self, input_shape: Shape) -> int:
        """Output units times the pixels of a window and a bias line."""
        return prod(self.output_shape(input_shape)) * (prod(self.pool_size) + 1)


@dataclass(frozen=True)
class RBF(Layer):
    """Squared distances to one fixed code a class: y_i = sum_j (x_j - w_ij)^2.

    fixed Nin * units numbers, none of them trained; connections and MACs the
    same number, since each difference is squared and added once. `units` is a
    count. Raises ValueError on a map that is not flattened.

    >>> output = RBF(10)
    >>> output.fixed((84,)), output.weights((84,)), output.macs((84,))
    (840, 0, 840)
    """

    units: int

    def __post_init__(self):
        super().__post_init__()
        settle(self, "units", change=whole)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(units,)."""
        flat_only(self, input_shape)
        return (self.units,)

    def fixed(self, input_shape: Shape) -> int:
        """Nin * units."""
        return prod(input_shape) * self.units

    def macs(self, input_shape: Shape) -> int:
        """Nin * units."""
        return self.fixed(input_shape)

    def connections(self, input_shape: Shape) -> int:
        """Nin * units; there is no bias line."""
        return self.fixed(input_shape)

    def window(self, extent: Shape) -> tuple[Shape, Shape]:
        return extent, (1,) * len(extent)
