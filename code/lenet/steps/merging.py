"""Steps of layers that read several layers."""

from collections.abc import Iterator

from lenet.layers.merging import Concatenate, Dot, UnitByUnit
from lenet.steps.common import all_sizes, counted, product, side_names
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def unit_by_unit(layer: UnitByUnit, row: Row) -> Iterator[Step]:
    """Each side the longest of those that come in; a line an input of each unit."""
    rank = len(row.output_shape)
    padded = [(1,) * (rank - len(shape)) + shape for shape in row.input_shape]
    sides = [
        {f"N{n}": side for n, side in enumerate(axis, 1)} for axis in zip(*padded, strict=True)
    ]
    longest = f"max({', '.join(sides[0])})"
    yield from of_axes("output {}", longest, sides, side_names(row.output_shape))
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row,
        weights="0", biases="0", macs="0",
        connections=f"{product(sizes)}*I",
        activations=product(sizes),
        **sizes, I=len(row.input_shape),
    )  # fmt: skip


def concatenate(layer: Concatenate, row: Row) -> Iterator[Step]:
    """The sum of the sides along one axis; nothing is new."""
    names = side_names(row.output_shape)
    for number, (name, side) in enumerate(zip(names, row.output_shape, strict=True)):
        if number == len(names) + layer.axis:
            joined = {f"C{n}": shape[layer.axis] for n, shape in enumerate(row.input_shape, 1)}
            yield step("output {}", " + ".join(joined), joined, name)
        else:
            yield step("output {}", "N", {"N": side}, name)
    yield from counted(row, weights="0", biases="0", macs="0", connections="0", activations="0")


def dot(layer: Dot, row: Row) -> Iterator[Step]:
    """The sides that are left; for each output, two lines for each of the Q products."""
    sides = [{"N": side} for side in row.output_shape]
    yield from of_axes("output {}", "N", sides, side_names(row.output_shape))
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row,
        weights="0", biases="0", macs="0",
        connections=f"2*{product(sizes)}*Q",
        activations=product(sizes),
        **sizes, Q=layer.length(row.input_shape),
    )  # fmt: skip


steps_of.register(UnitByUnit, unit_by_unit)
steps_of.register(Concatenate, concatenate)
steps_of.register(Dot, dot)
