"""Steps of dense layers, of layers that keep the shape, and of those that change only it."""

from collections.abc import Iterator
from math import prod

from lenet.layers import core, pointwise, reshaping
from lenet.network import Row
from lenet.steps.kinds import steps_of
from lenet.steps.step import (
    Step,
    all_sizes,
    filled,
    line_steps,
    map_sizes,
    none,
    parameter_steps,
    product,
    step,
    sum_steps,
    view_steps,
)


@steps_of.register
def _(layer: core.Flatten, row: Row) -> Iterator[Step]:
    yield product("features", row.output_shape[0], **all_sizes(row.input_shape))
    yield none("parameters")
    yield none("MACs")


@steps_of.register
def _(layer: core.Dense, row: Row) -> Iterator[Step]:
    sizes = {"N": row.input_shape[0], "U": layer.units}
    yield product("weights", row.weights, **sizes)
    yield from parameter_steps(row, U=layer.units)
    yield step("connections", "sum", row.connections, weights=row.weights, biases=row.biases)
    yield product("MACs", row.macs, **sizes)
    yield from view_steps(row)


@steps_of.register
def _(layer: core.PointwiseDense, row: Row) -> Iterator[Step]:
    yield product("weights", row.weights, C=row.input_shape[-1], U=layer.units)
    yield from parameter_steps(row, U=layer.units)
    sizes = map_sizes(row.output_shape) if len(row.output_shape) > 1 else {}
    yield product("MACs", row.macs, **sizes, weights=row.weights)
    yield line_steps(row, **sizes, U=layer.units)
    yield from view_steps(row)


@steps_of.register
def _(layer: pointwise.SameShape, row: Row) -> Iterator[Step]:
    yield none("parameters")
    yield none("MACs")


@steps_of.register
def _(layer: pointwise.ChannelScale, row: Row) -> Iterator[Step]:
    yield product("weights", row.weights, C=row.input_shape[-1])
    yield none("biases")
    yield from sum_steps(row)
    yield none("MACs")


@steps_of.register
def _(layer: pointwise.PReLU, row: Row) -> Iterator[Step]:
    slopes = all_sizes(layer.slopes(row.input_shape))
    yield product("weights", row.weights, **slopes)
    yield none("biases")
    yield from sum_steps(row)
    yield none("MACs")


@steps_of.register
def _(layer: pointwise.Normalizing, row: Row) -> Iterator[Step]:
    places = prod(layer.places(row.input_shape))
    yield product("weights", row.weights, C=places) if layer.scale else none("weights")
    yield from parameter_steps(row, C=places)
    if isinstance(layer, pointwise.BatchNormalization):
        yield product("statistics", layer.fixed(row.input_shape), C=places, R=layer.statistics)
    lines = {"V": prod(row.input_shape), "lines": 1 + layer.center}
    yield product("connections", row.connections, **lines)
    yield none("MACs")
    yield from view_steps(row)


@steps_of.register
def _(layer: pointwise.Standardizing, row: Row) -> Iterator[Step]:
    yield none("parameters")
    if layer.adapted:
        places = {"C": prod(layer.places(row.input_shape))}
        yield filled("fixed", "2·$C + 1", r"2 \cdot $C + 1", row.fixed, places)
    yield none("MACs")


@steps_of.register
def _(layer: reshaping.Moving, row: Row) -> Iterator[Step]:
    yield product("values", prod(row.output_shape), **all_sizes(row.output_shape))
    yield none("parameters")
    yield none("MACs")


@steps_of.register
def _(layer: reshaping.Resizing, row: Row) -> Iterator[Step]:
    yield product("output height", row.output_shape[0], H=layer.height)
    yield product("output width", row.output_shape[1], W=layer.width)
    yield none("parameters")
    yield none("MACs")
