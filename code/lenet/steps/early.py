"""Steps of the layers of 1989 to 1998."""

from collections.abc import Iterator

from lenet.layers import RBF, LocallyConnected2D, PartialConv2D, Subsampling2D
from lenet.network import Row
from lenet.steps.kinds import steps_of
from lenet.steps.step import (
    Step,
    kernel_sizes,
    line_steps,
    map_sizes,
    none,
    parameter_steps,
    product,
    shape_steps,
    step,
    view_steps,
)


@steps_of.register
def _(layer: PartialConv2D, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.kernel_size, (1, 1))
    yield product("weights", row.weights, **kernel_sizes(layer.kernel_size), L=layer.links)
    units = {**map_sizes(row.output_shape), "F": layer.filters}
    yield from parameter_steps(row, **({"F": layer.filters} if layer.shared_bias else units))
    yield product("MACs", row.macs, **map_sizes(row.output_shape), weights=row.weights)
    yield line_steps(row, **units)
    yield from view_steps(row)


@steps_of.register
def _(layer: LocallyConnected2D, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.kernel_size, (1, 1))
    sizes = {**map_sizes(row.output_shape), **kernel_sizes(layer.kernel_size)}
    yield product("weights", row.weights, **sizes, C=row.input_shape[2], F=layer.filters)
    units = {**map_sizes(row.output_shape), "F": layer.filters}
    yield from parameter_steps(row, **units)
    yield product("MACs", row.macs, weights=row.weights)
    yield line_steps(row, **units)
    yield from view_steps(row)


@steps_of.register
def _(layer: Subsampling2D, row: Row) -> Iterator[Step]:
    channels = row.output_shape[2]
    yield from shape_steps(layer, row, layer.pool_size, (1, 1))
    yield product("weights", row.weights, C=channels)
    yield from parameter_steps(row, C=channels)
    numbers = {**map_sizes(row.output_shape), "C": channels, **kernel_sizes(layer.pool_size)}
    yield step("connections", "subsampled", row.connections, **numbers)
    yield none("MACs")
    yield from view_steps(row)


@steps_of.register
def _(layer: RBF, row: Row) -> Iterator[Step]:
    sizes = {"N": row.input_shape[0], "U": layer.units}
    yield none("parameters")
    for quantity, result in (
        ("fixed", row.fixed), ("connections", row.connections), ("MACs", row.macs)
    ):  # fmt: skip
        yield product(quantity, result, **sizes)
    yield from view_steps(row)
