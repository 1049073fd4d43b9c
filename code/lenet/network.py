"""A network: layers that read each other, checked when they are put together."""

import re
from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cache, cached_property
from math import log10

from lenet.arithmetic import whole
from lenet.layers import Layer, Shared
from lenet.layers.arguments import Shape, Shapes, checked_shape
from lenet.layers.base import Counts
from lenet.trace import Row, Trace
from lenet.view import View, seen_after

NAMED_TWICE = "layer names must differ, got {names} more than once"  # the pages say the same
LARGEST = 10**100  # of any number of a row: beyond it lines grow faster than one can read them


@dataclass(frozen=True)
class Network:
    """Layers, or one layer, checked when they are put together. Shows its table in a notebook.

    `input_shape` is (height, width, channels) or (features,), without the batch
    axis; (steps, channels) and (depth, height, width, channels) are maps too; a
    network with several inputs has a tuple of shapes. Layers follow one another, and one
    layer alone that joins several reads all inputs, unless `reads` says for each which
    it reads: layers are numbered from 0, the image is -1, and further inputs are -2, -3,
    ... A layer without a name gets Keras's: conv2d, conv2d_1, ... `name` and `source` say
    what the network is called and where it comes from.

    Raises ValueError or TypeError naming the layer where the shapes do not fit, and
    ValueError where a number of it, such as a side or its MACs, is above 10**100.

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

    def _repr_html_(self) -> str:
        return self.trace()._repr_html_()

    @cached_property
    def _trace(self) -> Trace:
        shapes = {-1 - n: shape for n, shape in enumerate(self.inputs)}
        views = {n: View.of_image(shape) for n, shape in shapes.items()}
        rows = []
        for number, (layer, reads) in enumerate(zip(self.layers, self.reads, strict=True)):
            came = tuple(shapes[n] for n in reads) if layer.merges else shapes[reads[0]]
            rows.append(_row(layer, came, tuple(views[n] for n in reads)))
            _check_use(rows)
            shapes[number], views[number] = rows[-1].output_shape, rows[-1].seen
        return Trace(self.input_shape, tuple(rows))


def _row(layer: Layer, came: Shape | Shapes, before: tuple[View | None, ...]) -> Row:
    try:
        counts = layer.counts(came)
    except ValueError as error:
        raise ValueError(f"layer {layer.name!r}, input {came}: {error}") from None
    own, seen = counts.numbers, seen_after(layer, came, counts.output_shape, before)
    _check_size(layer, counts, seen)
    return Row(
        name=layer.name,
        layer=layer,
        input_shape=came,
        output_shape=counts.output_shape,
        weights=counts.weights,
        biases=counts.biases,
        parameters=own if layer.trainable else 0,
        fixed=counts.fixed if layer.trainable else counts.fixed + own,
        connections=counts.connections,
        macs=counts.macs,
        activations=counts.activations,
        before=before,
        seen=seen,
    )


def _check_use(rows: list[Row]) -> None:
    """Raise where the last layer is one more use, and its input needs other numbers."""
    row = rows[-1]
    if not isinstance(row.layer, Shared):
        return
    used = row.layer.layer
    needed = used.counts(row.input_shape)
    has = [
        first.parameters + first.fixed
        for first in rows
        if type(first.layer) is type(used)
        and used == (first.layer if used.name else replace(first.layer, name=None))
    ]
    if has and needed.numbers + needed.fixed not in has:
        raise ValueError(
            f"layer {row.name!r} uses {used.kind} again, which has {has[0]:,} numbers, and for "
            f"input {row.input_shape} would need {needed.numbers + needed.fixed:,}"
        )


def _check_size(layer: Layer, counts: Counts, seen: View | None) -> None:
    """Raise for a number that nobody could read. What is not known is no number."""
    known = (counts.numbers, counts.fixed, counts.activations, counts.macs, counts.connections)
    largest = max(filter(None, known), default=0)
    for axis in seen.axes if seen else ():
        largest = max(largest, axis.field, axis.jump)
    if largest > LARGEST:
        raise ValueError(f"layer {layer.name!r} reaches {_above(largest)}")


def _above(number: int) -> str:
    """What an error says of a number that is too long to be written."""
    return f"about 10**{int(log10(number))}, and counting ends at 10**{int(log10(LARGEST))}"


def _checked_input(shape) -> Shape | Shapes:
    """One shape, or a tuple of the shapes of several inputs."""
    several = isinstance(shape, (tuple, list)) and any(isinstance(s, (tuple, list)) for s in shape)
    return tuple(map(_checked_one, shape)) if several else _checked_one(shape)


def _checked_one(shape) -> Shape:
    checked = checked_shape("input_shape", shape)
    if len(checked) > 4:
        raise ValueError(f"input_shape may have three axes and channels, got {checked}")
    if max(checked) > LARGEST:
        raise ValueError(f"input_shape reaches {_above(max(checked))}")
    return checked


def _chain(length: int) -> tuple[tuple[int, ...], ...]:
    return tuple((n,) for n in range(-1, length - 1))


def _checked_reads(network: Network) -> tuple[tuple[int, ...], ...]:
    """`reads` as tuples, each naming inputs and layers that are there already."""
    if network.reads is None:
        first, *others = network.layers
        reads_all = first.merges and not others
        every_input = tuple(range(-1, -1 - len(network.inputs), -1))
        return (every_input,) if reads_all else _chain(len(network.layers))
    reads = network.reads
    if not isinstance(reads, (tuple, list)) or not all(isinstance(r, (tuple, list)) for r in reads):
        raise TypeError(f"reads must have a row of numbers for each layer, got {reads!r}")
    reads = tuple(tuple(whole("reads", n, minimum=None) for n in row) for row in reads)
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
    """The layers, those without a name with Keras's: conv2d, conv2d_1, ..."""
    if not isinstance(layers, Iterable):
        layers = (layers,)
    layers = tuple(layers)
    if not layers:
        raise ValueError("layers must hold at least one layer, got none")
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"layers must be lenet layers, got {layer!r}")
    seen = Counter()
    named = tuple(layer if layer.name else _called_as_keras_does(layer, seen) for layer in layers)
    times = Counter(layer.name for layer in named)
    twice = [name for name in times if times[name] > 1]
    if twice:
        raise ValueError(NAMED_TWICE.format(names=", ".join(twice)))
    return named


def _called_as_keras_does(layer: Layer, seen: Counter) -> Layer:
    """A copy with a name; `seen` counts the names that were given."""
    stem = snake(layer.kind.split(",")[0])
    named = copy(layer)  # checked already; a new one would be checked again
    object.__setattr__(named, "name", f"{stem}_{seen[stem]}" if seen[stem] else stem)
    seen[stem] += 1
    return named


@cache
def snake(name: str) -> str:
    """MaxPooling2D as max_pooling2d, the way Keras names its layers."""
    words = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()
