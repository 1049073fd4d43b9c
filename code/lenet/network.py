"""A network as layers that read each other, and its trace: one row a layer, and the sums."""

import re
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from typing import NamedTuple

from lenet.arguments import Shape
from lenet.arithmetic import output_size, receptive_field_step, whole
from lenet.layers import Layer
from lenet.table import Table

Shapes = tuple[Shape, ...]

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
SHOWN = ("name", "layer", "output_shape", *SUMMED[:3], "macs", "receptive_field")


class Row(NamedTuple):  # quicker to make than a frozen dataclass, and there are many
    """One layer with its numbers for one image.

    Shapes are (height, width, channels) or (features,), and a tuple of them where a
    layer reads several; `parameters` are trained and `fixed` numbers are not;
    `macs` count weights only; `connections` count bias lines too; `activations` are
    new values held; `receptive_field` is (height, width) in pixels of the image, the
    largest over all ways from it, or None where no one number holds for all units;
    `before` is what the units that come in see.
    """

    name: str
    layer: Layer
    input_shape: Shape | Shapes
    output_shape: Shape
    weights: int
    biases: int
    parameters: int
    fixed: int
    connections: int
    macs: int
    activations: int
    receptive_field: Shape | None
    before: "View | None"


@dataclass(frozen=True)
class Total:
    """The sums of a trace's rows."""

    weights: int
    biases: int
    parameters: int
    fixed: int
    connections: int
    macs: int
    activations: int


@dataclass(frozen=True)
class Trace:
    """A row for every layer. Prints as a text table, shows as HTML in a notebook.

    `table("name", "weights")` is the same with columns of one's own; the names
    are those of a `Row`.
    """

    input_shape: Shape
    rows: tuple[Row, ...]

    @cached_property
    def total(self) -> Total:
        """The sums of the rows."""
        return Total(**{key: sum(getattr(row, key) for row in self.rows) for key in SUMMED})

    def __getitem__(self, name: str) -> Row:
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"no layer {name!r}; there are {', '.join(r.name for r in self.rows)}")

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
        sums = tuple(getattr(self.total, key, None) for key in columns)
        last = ("total", *sums[1:]) if sums[0] is None else sums
        return Table(headers, (*rows, last), has_total=True)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def to_markdown(self) -> str:
        """The trace as a Markdown table."""
        return self.table().to_markdown()


@dataclass(frozen=True)
class View:
    """What a map's units see of the image, along each axis.

    `fields` are the pixels that one unit sees, `jumps` the pixels between the
    fields of two neighbours, `extent` how many units lie side by side.
    """

    fields: Shape
    jumps: Shape
    extent: Shape

    @classmethod
    def of_image(cls, shape: Shape) -> "View":
        """Every pixel sees itself."""
        axes = shape[:-1] or shape
        return cls((1,) * len(axes), (1,) * len(axes), axes)

    @classmethod
    def of_several(cls, views: Sequence["View | None"]) -> "View | None":
        """The largest field over all inputs; None where their axes or jumps differ.

        The jump of a map of one place says nothing and does not count.
        """
        if len(views) == 1:
            return views[0]
        if None in views or len({len(view.extent) for view in views}) > 1:
            return None
        fields = tuple(map(max, zip(*(view.fields for view in views), strict=True)))
        extent = tuple(map(max, zip(*(view.extent for view in views), strict=True)))
        jumps = tuple(
            {view.jumps[n] for view in views if view.extent[n] > 1} or {views[0].jumps[n]}
            for n in range(len(extent))
        )
        if any(len(found) > 1 for found in jumps):
            return None
        return cls(fields, tuple(jump for (jump,) in jumps), extent)

    def window(self, layer: Layer, output_shape: Shape) -> tuple[Shape, Shape] | None:
        """Kernel span and stride of a layer over this map; see `Layer.window`."""
        return (layer.window if output_shape[:-1] else layer.flat_window)(self.extent)

    def through(self, layer: Layer, output_shape: Shape) -> "View | None":
        """The view after one more layer, whose output has that shape; None if none holds."""
        axes, window = output_shape[:-1], self.window(layer, output_shape)
        if window is None or (axes and len(axes) != len(self.extent)):
            return None
        steps = map(receptive_field_step, self.fields, self.jumps, *window)
        fields, jumps = zip(*steps, strict=True)
        return View(fields, jumps, axes or tuple(map(output_size, self.extent, *window)))


@dataclass(frozen=True)
class Network:
    """Layers, checked when they are put together.

    `input_shape` is (height, width, channels) or (features,), without the batch
    axis; (steps, channels) and (depth, height, width, channels) are maps too; a
    network with several inputs has a tuple of shapes. Layers follow one another,
    unless `reads` says for each which it reads: layers are numbered from 0, the
    image is -1, and further inputs are -2, -3, ... A layer without a name gets
    Keras's: conv2d, conv2d_1, ... `name` and `source` say what the network is called
    and where it comes from.

    Raises ValueError or TypeError naming the layer where the shapes do not fit.

    >>> from lenet.layers import Add, Conv2D, MaxPooling2D
    >>> front = Network((32, 32, 1), [Conv2D(6, 5, name="C1"), MaxPooling2D(2, name="S2")])
    >>> front.output_shape, front.trace().total.parameters
    ((14, 14, 6), 156)
    >>> shortcut = [Conv2D(1, 5, padding="same"), Add()]
    >>> Network((32, 32, 1), shortcut, reads=[(-1,), (0, -1)]).trace().rows[1].receptive_field
    (5, 5)
    """

    input_shape: Shape | Shapes
    layers: tuple[Layer, ...]
    name: str = "network"
    source: str = field(default="", compare=False)
    _: KW_ONLY
    reads: tuple[tuple[int, ...], ...] | None = None

    def __post_init__(self):
        object.__setattr__(self, "input_shape", _checked_input(self.input_shape))
        object.__setattr__(self, "layers", _named(self.layers))
        object.__setattr__(self, "reads", _checked_reads(self))
        self.trace()

    @property
    def inputs(self) -> Shapes:
        """The shape of each input."""
        return self.input_shape if isinstance(self.input_shape[0], tuple) else (self.input_shape,)

    @property
    def is_chain(self) -> bool:
        """Whether there is one input, and each layer reads the one before."""
        return self.reads == _chain(len(self.layers)) and len(self.inputs) == 1

    @property
    def output_shape(self) -> Shape:
        """The shape that the last layer puts out."""
        return self.trace().rows[-1].output_shape

    def trace(self) -> Trace:
        """The numbers of every layer, as a `Trace`."""
        return self._trace

    @cached_property
    def _trace(self) -> Trace:
        shapes = {-1 - n: shape for n, shape in enumerate(self.inputs)}
        views = {n: View.of_image(shape) for n, shape in shapes.items()}
        rows = []
        for number, (layer, reads) in enumerate(zip(self.layers, self.reads, strict=True)):
            came = tuple(shapes[n] for n in reads) if layer.merges else shapes[reads[0]]
            before = View.of_several([views[n] for n in reads])
            try:
                shapes[number] = output = layer.output_shape(came)
                views[number] = before and before.through(layer, output)
                rows.append(_row(layer, came, output, before, views[number]))
            except ValueError as error:
                raise ValueError(f"layer {layer.name!r}, input {came}: {error}") from None
        return Trace(self.input_shape, tuple(rows))


def _row(
    layer: Layer, came: Shape | Shapes, output: Shape, before: View | None, after: View | None
) -> Row:
    weights, biases = layer.weights(came), layer.biases(came)
    own, fixed = weights + biases, layer.fixed(came)
    return Row(
        name=layer.name,
        layer=layer,
        input_shape=came,
        output_shape=output,
        weights=weights,
        biases=biases,
        parameters=own if layer.trainable else 0,
        fixed=fixed if layer.trainable else fixed + own,
        connections=layer.connections(came),
        macs=layer.macs(came),
        activations=layer.activations(came),
        receptive_field=after and after.fields,
        before=before,
    )


def _cell(row: Row, key: str):
    return row.layer.kind if key == "layer" else getattr(row, key)


def _checked_input(shape) -> Shape | Shapes:
    """One shape, or a tuple of the shapes of several inputs."""
    several = isinstance(shape, (tuple, list)) and any(isinstance(s, (tuple, list)) for s in shape)
    return tuple(map(_checked_shape, shape)) if several else _checked_shape(shape)


def _checked_shape(shape) -> Shape:
    if not isinstance(shape, (tuple, list)) or not 1 <= len(shape) <= 4:
        raise ValueError(
            f"input_shape must be (height, width, channels) or (features,), got {shape!r}"
        )
    return tuple(whole("input_shape", size) for size in shape)


def _chain(length: int) -> tuple[tuple[int, ...], ...]:
    return tuple((n,) for n in range(-1, length - 1))


def _checked_reads(network: Network) -> tuple[tuple[int, ...], ...]:
    """`reads` as tuples, each naming inputs and layers that are there already."""
    if network.reads is None:
        return _chain(len(network.layers))
    reads = tuple(map(tuple, network.reads))
    if len(reads) != len(network.layers):
        raise ValueError(f"reads has {len(reads)} rows for {len(network.layers)} layers")
    for number, (layer, row) in enumerate(zip(network.layers, reads, strict=True)):
        if any(not -len(network.inputs) <= n < number for n in row) or not row:
            raise ValueError(
                f"layer {layer.name!r} may read {-len(network.inputs)} to {number - 1}, got {row}"
            )
        if len(row) > 1 and not layer.merges:
            raise ValueError(f"layer {layer.name!r} ({layer.kind}) reads one layer, got {row}")
    return reads


def _named(layers) -> tuple[Layer, ...]:
    layers = tuple(layers)
    if not layers:
        raise ValueError("layers must hold at least one layer, got none")
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"layers must be lenet layers, got {layer!r}")
    seen, named = Counter(), []
    for layer in layers:
        if layer.name:
            named.append(layer)
            continue
        stem = _snake(layer.kind.split(",")[0])
        named.append(copy(layer))  # checked already; a new one would be checked again
        object.__setattr__(named[-1], "name", f"{stem}_{seen[stem]}" if seen[stem] else stem)
        seen[stem] += 1
    if len({layer.name for layer in named}) < len(named):
        times = Counter(layer.name for layer in named)
        twice = [name for name in times if times[name] > 1]
        raise ValueError(f"layer names must differ, got {', '.join(twice)} more than once")
    return tuple(named)


def _snake(name: str) -> str:
    """MaxPooling2D as max_pooling2d, the way Keras names its layers."""
    words = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()
