"""Steps of dense layers, of putting a map in one row, and of one more use of a layer."""

from collections.abc import Iterator

from lenet.layers.core import Dense, Flatten, PointwiseDense, Shared
from lenet.steps.common import all_sizes, counted, map_sizes, product, side_names
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def flatten(layer: Flatten, row: Row) -> Iterator[Step]:
    """As many features as there are values."""
    sizes = all_sizes(row.input_shape)
    yield step("output features", product(sizes), sizes)
    yield from counted(row, weights="0", biases="0", macs="0", connections="0", activations="0")


def dense(layer: Dense, row: Row) -> Iterator[Step]:
    """Every input times a weight, in each unit."""
    yield step("output features", "U", {"U": layer.units})
    yield from counted(
        row,
        weights="N*U",
        biases="U" if layer.use_bias else "0",
        macs="N*U",
        connections="weights + biases",
        activations="U",
        N=row.input_shape[0], U=layer.units,
    )  # fmt: skip


def pointwise_dense(layer: PointwiseDense, row: Row) -> Iterator[Step]:
    """The same dense layer at every place."""
    places = [{"N": side} for side in row.output_shape[:-1]]
    yield from of_axes("output {}", "N", places, side_names(row.output_shape))
    yield step("output {}", "U", {"U": layer.units}, side_names(row.output_shape)[-1])
    sizes = _places(row)
    each = f"{product(sizes)}*" if sizes else ""
    yield from counted(
        row,
        weights="C*U",
        biases="U" if layer.use_bias else "0",
        macs=f"{each}weights",
        connections=f"MACs + {each}U" if layer.use_bias else "MACs",
        activations=f"{each}U",
        **sizes, C=row.input_shape[-1], U=layer.units,
    )  # fmt: skip


def _places(row: Row) -> dict[str, int]:
    sides = row.output_shape[:-1]
    return map_sizes(row.output_shape) or {f"N{n}": side for n, side in enumerate(sides, 1)}


def shared(layer: Shared, row: Row) -> Iterator[Step]:
    """The work is done again with the numbers that were counted above."""
    numbers = ("weights", "biases", "parameters", "fixed")
    yield from (step(quantity, "0", {}) for quantity in numbers[:3])
    yield from (made for made in steps_of(layer.layer, row) if made.quantity not in numbers)


steps_of.register(Flatten, flatten)
steps_of.register(Dense, dense)
steps_of.register(PointwiseDense, pointwise_dense)
steps_of.register(Shared, shared)
