"""Steps of layers that normalise."""

from collections.abc import Iterator

from lenet.layers.normalization import BatchNormalization, Normalization, Normalizing
from lenet.steps.common import all_sizes, counted, product, same_shape_steps
from lenet.steps.step import Step, steps_of
from lenet.trace import Row


def normalizing(layer: Normalizing, row: Row) -> Iterator[Step]:
    """A factor and a shift for each place along the axes."""
    return _normalized(layer, row, fixed="")


def batch_normalization(layer: BatchNormalization, row: Row) -> Iterator[Step]:
    """The same, and R numbers kept for each place."""
    return _normalized(layer, row, fixed=f"{_places(layer, row)}*R", R=layer.statistics)


def _normalized(layer: Normalizing, row: Row, fixed: str, **numbers: int) -> Iterator[Step]:
    yield from same_shape_steps(row)
    sizes = all_sizes(row.output_shape)
    values, places = product(sizes), _places(layer, row)
    yield from counted(
        row,
        weights=places if layer.scale else "0",
        biases=places if layer.center else "0",
        fixed=fixed,
        macs="0",
        connections=f"{values}*2" if layer.center else values,
        activations=values,
        **sizes, **numbers,
    )  # fmt: skip


def normalization(layer: Normalization, row: Row) -> Iterator[Step]:
    """Mean and variance for each place along the axes, and a count of what was seen."""
    yield from same_shape_steps(row)
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row,
        weights="0", biases="0",
        fixed=f"2*{_places(layer, row)} + 1" if layer.adapted else "",
        macs="0", connections="0", activations=product(sizes), **sizes,
    )  # fmt: skip


def _places(layer: Normalizing | Normalization, row: Row) -> str:
    """The letters of the sides along the axes, multiplied."""
    letters = list(all_sizes(row.input_shape))
    return product(letters[axis] for axis in layer.axes)


steps_of.register(Normalizing, normalizing)
steps_of.register(BatchNormalization, batch_normalization)
steps_of.register(Normalization, normalization)
