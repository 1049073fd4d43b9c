"""A network as a list of layers, and its trace: one row a layer, and the sums."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from lenet.arithmetic import output_size, receptive_field_step, whole
from lenet.layers import Layer, Shape
from lenet.table import Table

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


@dataclass(frozen=True)
class Row:
    """One layer with its numbers for one image.

    Shapes are (height, width, channels) or (features,); `parameters` are trained
    and `fixed` numbers are not; `macs` count weights only; `connections` count
    bias lines too; `activations` are new values held; `receptive_field` is
    (height, width) in pixels of the image.
    """

    name: str
    layer: Layer
    input_shape: Shape
    output_shape: Shape
    weights: int
    biases: int
    parameters: int
    fixed: int
    connections: int
    macs: int
    activations: int
    receptive_field: Shape


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
        axes = shape[:2] if len(shape) == 3 else shape
        return cls((1,) * len(axes), (1,) * len(axes), axes)

    def through(self, layer: Layer, output_shape: Shape) -> "View":
        """The view after one more layer, whose output has that shape."""
        kernels, strides = layer.window(self.extent)
        steps = map(receptive_field_step, self.fields, self.jumps, kernels, strides)
        fields, jumps = zip(*steps, strict=True)
        if len(output_shape) == 3:
            return View(fields, jumps, output_shape[:2])
        return View(fields, jumps, tuple(map(output_size, self.extent, kernels, strides)))


@dataclass(frozen=True)
class Network:
    """Layers one after another, checked when they are put together.

    `input_shape` is (height, width, channels) or (features,), without the batch
    axis. A layer without a name gets Keras's: conv2d, conv2d_1, ... `name` and
    `source` say what the network is called and where it comes from.

    Raises ValueError or TypeError naming the layer where the shapes do not fit.

    >>> from lenet.layers import Conv2D, MaxPooling2D
    >>> front = Network((32, 32, 1), [Conv2D(6, 5, name="C1"), MaxPooling2D(2, name="S2")])
    >>> front.output_shape, front.trace().total.parameters
    ((14, 14, 6), 156)
    """

    input_shape: Shape
    layers: tuple[Layer, ...]
    name: str = "network"
    source: str = field(default="", compare=False)

    def __post_init__(self):
        object.__setattr__(self, "input_shape", _checked_shape(self.input_shape))
        object.__setattr__(self, "layers", _named(self.layers))
        self.trace()

    @property
    def output_shape(self) -> Shape:
        """The shape that the last layer puts out."""
        return self.trace().rows[-1].output_shape

    def trace(self) -> Trace:
        """The numbers of every layer, as a `Trace`."""
        return self._trace

    @cached_property
    def _trace(self) -> Trace:
        shape, view, rows = self.input_shape, View.of_image(self.input_shape), []
        for layer in self.layers:
            try:
                output = layer.output_shape(shape)
                view = view.through(layer, output)
                rows.append(_row(layer, shape, output, view))
            except ValueError as error:
                raise ValueError(f"layer {layer.name!r}, input {shape}: {error}") from None
            shape = output
        return Trace(self.input_shape, tuple(rows))


def _row(layer: Layer, input_shape: Shape, output_shape: Shape, view: View) -> Row:
    weights, biases = layer.weights(input_shape), layer.biases(input_shape)
    return Row(
        name=layer.name,
        layer=layer,
        input_shape=input_shape,
        output_shape=output_shape,
        weights=weights,
        biases=biases,
        parameters=weights + biases,
        fixed=layer.fixed(input_shape),
        connections=layer.connections(input_shape),
        macs=layer.macs(input_shape),
        activations=layer.activations(input_shape),
        receptive_field=view.fields,
    )


def _cell(row: Row, key: str):
    return type(row.layer).__name__ if key == "layer" else getattr(row, key)


def _checked_shape(shape) -> Shape:
    if not isinstance(shape, (tuple, list)) or len(shape) not in (1, 3):
        raise ValueError(
            f"input_shape must be (height, width, channels) or (features,), got {shape!r}"
        )
    return tuple(whole("input_shape", size) for size in shape)


def _named(layers) -> tuple[Layer, ...]:
    layers = tuple(layers)
    if not layers:
        raise ValueError("layers must hold at least one layer, got none")
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"layers must be lenet layers, got {layer!r}")
    seen, named = Counter(), []
    for layer in layers:
        stem = _snake(type(layer).__name__)
        name = layer.name or (f"{stem}_{seen[stem]}" if seen[stem] else stem)
        seen[stem] += layer.name is None
        named.append(replace(layer, name=name))
    twice = [name for name, times in Counter(layer.name for layer in named).items() if times > 1]
    if twice:
        raise ValueError(f"layer names must differ, got {', '.join(twice)} more than once")
    return tuple(named)


def _snake(name: str) -> str:
    """MaxPooling2D as max_pooling2d, the way Keras names its layers."""
    return "".join(
        f"_{c.lower()}" if c.isupper() and i and name[i - 1].islower() else c.lower()
        for i, c in enumerate(name)
    )
