"""The layers of the networks of 1989 to 1998 that Keras does not have (any more).

What they count and how they are connected: LeCun et al., "Backpropagation
Applied to Handwritten Zip Code Recognition", 1989, and LeCun, Bottou, Bengio and
Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998.
"""

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import ClassVar

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, check_activation
from lenet.layers.base import Layer, Window, WindowLayer
from lenet.layers.pooling import Pooling

Links = tuple[tuple[int, ...], ...]
# What an error says; the pages of the book say the same.
NO_MAP = "table names map {highest}, but {channels} maps come in, numbered 0 to {last}"


@dataclass(frozen=True)
class PartialConv2D(WindowLayer):
    """A convolution whose maps each read only some of the maps that come in.

    Output (Hout, Wout, rows of the table); weights Kh * Kw * links, biases one a map,
    or one a unit where `shared_bias` is False; MACs Hout * Wout * weights; connections
    MACs plus one a unit.

    `table` has, for each map that goes out, the numbers of the maps it reads,
    counted from 0; `kernel_size` and `strides` in pixels. Raises ValueError for
    an empty row, a map named twice, or a map that does not come in.

    >>> from lenet.architectures import TABLE_I
    >>> c3 = PartialConv2D(TABLE_I, 5)
    >>> c3.links, c3.weights((14, 14, 6)), c3.biases((14, 14, 6))
    (60, 1500, 16)
    """

    table: Links
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    shared_bias: bool = True
    activation: str | None = None

    def __post_init__(self):
        super().__post_init__()
        self._check_flags("shared_bias")
        check_activation(self.activation)
        self._settle("table", change=_checked_table)

    @property
    def filters(self) -> int:
        """The maps that go out."""
        return len(self.table)

    @property
    def links(self) -> int:
        """Pairs of a map that goes out and one that it reads."""
        return sum(map(len, self.table))

    def _output_shape(self, came: Shape) -> Shape:
        highest = max(map(max, self.table))
        if highest >= came[2]:
            raise ValueError(NO_MAP.format(highest=highest, channels=came[2], last=came[2] - 1))
        return (*self._sides(came), self.filters)

    def _weights(self, came: Shape, out: Shape) -> int:
        return prod(self.kernel_size) * self.links

    def _biases(self, came: Shape, out: Shape) -> int:
        return self.filters if self.shared_bias else prod(out)

    def _macs(self, came: Shape, out: Shape) -> int:
        return prod(out[:2]) * self._weights(came, out)

    def _connections(self, came: Shape, out: Shape) -> int:
        return self._macs(came, out) + prod(out)


def _checked_table(name: str, table) -> Links:
    sequence = (tuple, list)
    if not isinstance(table, sequence) or not all(isinstance(row, sequence) for row in table):
        raise TypeError(f"{name} must have a row of map numbers for each map, got {table!r}")
    if not table:
        raise ValueError(f"{name} must have a row for each map, got none")
    rows = tuple(tuple(whole(name, m, minimum=0) for m in row) for row in table)
    for number, row in enumerate(rows):
        if not row or len(set(row)) < len(row):
            raise ValueError(f"{name} row {number} must name each map once, got {row}")
    return rows


@dataclass(frozen=True)
class LocallyConnected2D(WindowLayer):
    """Looks nearby like a convolution, but every unit has weights and a bias of its own.

    Output (Hout, Wout, filters); weights Hout * Wout * Kh * Kw * Cin * Cout, biases
    Hout * Wout * Cout; MACs are the weights, each used once; connections MACs plus one a
    unit. Arguments and errors as for `lenet.layers.Conv2D`.

    >>> c1 = LocallyConnected2D(6, 5)
    >>> c1.weights((32, 32, 1)), c1.biases((32, 32, 1)), c1.macs((32, 32, 1))
    (117600, 4704, 117600)
    """

    filters: int
    kernel_size: int | Shape
    strides: int | Shape = 1
    _: KW_ONLY
    padding: str = "valid"
    activation: str | None = None

    def __post_init__(self):
        super().__post_init__()
        check_activation(self.activation)
        self._settle("filters", change=whole)

    def _output_shape(self, came: Shape) -> Shape:
        return (*self._sides(came), self.filters)

    def _weights(self, came: Shape, out: Shape) -> int:
        return prod(out) * prod(self.kernel_size) * came[2]

    def _biases(self, came: Shape, out: Shape) -> int:
        return prod(out)

    def _macs(self, came: Shape, out: Shape) -> int:
        return self._weights(came, out)

    def _connections(self, came: Shape, out: Shape) -> int:
        return self._macs(came, out) + prod(out)


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

    def __post_init__(self):
        super().__post_init__()
        check_activation(self.activation)

    def _weights(self, came: Shape, out: Shape) -> int:
        return out[2]

    def _biases(self, came: Shape, out: Shape) -> int:
        return out[2]

    def _connections(self, came: Shape, out: Shape) -> int:
        return prod(out) * (prod(self.pool_size) + 1)


@dataclass(frozen=True)
class RBF(Layer):
    """Squared distances to one fixed code a class: y_i = sum_j (x_j - w_ij)^2.

    Output (units,); fixed Nin * units numbers, none of them trained; connections and
    MACs the same number, since each difference is squared and added once, and there is
    no bias line. `units` is a count. Raises ValueError on a map that is not flattened.

    >>> output = RBF(10)
    >>> output.fixed((84,)), output.weights((84,)), output.macs((84,))
    (840, 0, 840)
    """

    rank: ClassVar[int] = 0

    units: int

    def __post_init__(self):
        super().__post_init__()
        self._settle("units", change=whole)

    def window(self, came: Shape) -> tuple[Window, ...]:
        return (Window(came[0]),)

    def _output_shape(self, came: Shape) -> Shape:
        return (self.units,)

    def _fixed(self, came: Shape, out: Shape) -> int:
        return came[0] * self.units

    def _macs(self, came: Shape, out: Shape) -> int:
        return self._fixed(came, out)

    def _connections(self, came: Shape, out: Shape) -> int:
        return self._fixed(came, out)
