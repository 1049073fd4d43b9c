"""The numbers of a network: a row for each layer, and their sums."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lenet.layers import Layer
from lenet.layers.arguments import Shape, Shapes
from lenet.table import Table
from lenet.view import View

COLUMNS = {
    "name": "name",
    "layer": "layer",
    "input_shape": "input",
    "output_shape": "output",
    "weights": "weights",
    "biases": "biases",
    "parameters": "parameters",
    "fixed": "fixed",
    "connections": "connections",
    "macs": "MACs",
    "activations": "activations",
    "receptive_field": "sees",
}
SUMMED = ("weights", "biases", "parameters", "fixed", "connections", "macs", "activations")
UNKNOWN = "–"
SHOWN = ("name", "layer", "output_shape", *SUMMED[:3], "macs", "receptive_field")


@dataclass(frozen=True)
class Row:
    """One layer with its numbers for one image.

    Shapes are (height, width, channels) or (features,), and a tuple of them where a
    layer reads several; `parameters` are trained and `fixed` numbers are not;
    `macs` count weights only; `connections` count bias lines too; `activations` are
    new values held; `before` is what the units of each layer that it reads see of the
    image, `seen` what its own units see, None where no one field holds for all of them.
    None is not known: a layer that is counted by Keras, and not derived.
    """

    name: str
    layer: Layer
    input_shape: Shape | Shapes
    output_shape: Shape
    weights: int | None
    biases: int | None
    parameters: int
    fixed: int
    connections: int | None
    macs: int | None
    activations: int
    before: tuple[View | None, ...]
    seen: View | None

    @property
    def receptive_field(self) -> Shape | None:
        """(height, width) in pixels of the image from the first to the last that one unit sees.

        The largest over all ways from the image, and over the channels; None where no one
        number holds for all units.
        """
        return self.seen and self.seen.fields


@dataclass(frozen=True)
class Total:
    """The sums of a trace's rows; of those in `unknown` some rows are not known, so at least."""

    weights: int
    biases: int
    parameters: int
    fixed: int
    connections: int
    macs: int
    activations: int
    unknown: tuple[str, ...] = ()

    def written(self, quantity: str) -> int | str | None:
        """A sum for a table, "at least" before it where it is not known; None for no sum."""
        if quantity not in SUMMED:
            return None
        number = getattr(self, quantity)
        return f"at least {number:,}" if quantity in self.unknown else number


@dataclass(frozen=True)
class Trace:
    """A row for every layer. Prints as a text table, shows as HTML in a notebook.

    `trace["C1"]`, `trace[0]` and `trace[-1]` are rows, and it can be looped over.
    `table("name", "weights")` is the same with columns of one's own; the names
    are those of a `Row`.
    """

    input_shape: Shape | Shapes
    rows: tuple[Row, ...]

    @cached_property
    def total(self) -> Total:
        """The sums of the rows."""
        columns = {key: [getattr(row, key) for row in self.rows] for key in SUMMED}
        sums = {key: sum(n for n in column if n is not None) for key, column in columns.items()}
        return Total(**sums, unknown=tuple(key for key in SUMMED if None in columns[key]))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, name: str | int) -> Row:
        if isinstance(name, int):
            return self.rows[name]
        if name not in self._numbers:
            raise KeyError(f"no layer {name!r}; there are {', '.join(self._numbers)}")
        return self.rows[self._numbers[name]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {row.name: number for number, row in enumerate(self.rows)}

    def table(self, *columns: str) -> Table:
        """A `Table` of these columns, the usual ones if none is named, and their sums."""
        for column in columns:
            if column not in COLUMNS:
                raise ValueError(f"no column {column!r}; there are {', '.join(COLUMNS)}")
        columns = columns or SHOWN
        headers = tuple(COLUMNS[key] for key in columns)
        rows = tuple(tuple(_cell(row, key) for key in columns) for row in self.rows)
        if not set(columns) & set(SUMMED):
            return Table(headers, rows)
        sums = tuple(map(self.total.written, columns))
        last = ("total", *sums[1:]) if sums[0] is None else sums
        return Table(headers, (*rows, last), has_total=True)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def to_markdown(self) -> str:
        """The trace as a Markdown table."""
        return self.table().to_markdown()


def totals(networks: Iterable, *columns: str) -> Table:
    """A row for each `Network`: its name, and these columns of it, or all that are summed.

    `columns` are "input_shape" and what a trace sums up. Raises ValueError for another.

    >>> from lenet import LENET1, LENET5_1998
    >>> totals([LENET1, LENET5_1998], "input_shape", "parameters", "connections")
    network            input    parameters    connections
    ---------------  -------  ------------  -------------
    LeNet-1          28×28×1         2,578         98,442
    LeNet-5 of 1998  32×32×1        60,000        340,908
    """
    known = (*SUMMED, "input_shape")
    for column in columns:
        if column not in known:
            raise ValueError(f"no sum of {column!r}; there are {', '.join(known)}")
    columns = columns or tuple(SUMMED)
    rows = ((net.name, *(_sum(net, column) for column in columns)) for net in networks)
    return Table(("network", *map(COLUMNS.get, columns)), tuple(rows))


def _sum(network, column: str):
    return network.input_shape if column == "input_shape" else network.trace().total.written(column)


def _cell(row: Row, key: str):
    value = row.layer.kind if key == "layer" else getattr(row, key)
    return UNKNOWN if value is None else value
