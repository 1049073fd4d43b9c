"""Steps of a layer that Keras counts: its numbers, and no formula."""

from collections.abc import Iterator

from lenet.layers.foreign import Foreign
from lenet.steps.common import side_names
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def foreign(layer: Foreign, row: Row) -> Iterator[Step]:
    """What Keras says; its note says what is not known."""
    sides = [{"N": side} for side in row.output_shape]
    yield from of_axes("output {}", "N", sides, side_names(row.output_shape))
    yield step("parameters", "counted", {"counted": row.parameters})
    if row.fixed:
        yield step("fixed", "counted", {"counted": row.fixed})
    yield step("activations", "counted", {"counted": row.activations})


steps_of.register(Foreign, foreign)
