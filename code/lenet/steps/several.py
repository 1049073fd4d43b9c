"""Steps of layers that read several layers, and of one more use of a layer."""

from collections.abc import Iterator
from math import prod

from lenet.layers import Shared, merging
from lenet.network import Row
from lenet.steps.kinds import steps_of
from lenet.steps.step import Step, all_sizes, filled, none, product


@steps_of.register
def _(layer: merging.Merging, row: Row) -> Iterator[Step]:
    yield none("parameters")
    sizes = all_sizes(row.output_shape)
    yield product("connections", row.connections, **sizes, I=len(row.input_shape))
    yield none("MACs")


@steps_of.register
def _(layer: merging.Concatenate, row: Row) -> Iterator[Step]:
    joined = {f"C{n}": shape[layer.axis] for n, shape in enumerate(row.input_shape, 1)}
    text = " + ".join(f"${name}" for name in joined)
    quantity = "channels" if layer.axis == -1 else "joined side"
    yield filled(quantity, text, text, sum(joined.values()), joined)
    yield none("parameters")
    yield none("MACs")


@steps_of.register
def _(layer: merging.Dot, row: Row) -> Iterator[Step]:
    outputs = prod(row.output_shape)
    yield none("parameters")
    products = row.connections // (2 * outputs)
    yield product("connections", row.connections, lines=2, V=outputs, N=products)
    yield none("MACs")


@steps_of.register
def _(layer: Shared, row: Row) -> Iterator[Step]:
    yield none("parameters, counted above")
    yield product("MACs", row.macs, MACs=row.macs)
