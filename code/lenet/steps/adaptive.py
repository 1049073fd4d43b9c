"""Steps of pooling with as many windows as one asks for."""

from collections.abc import Iterator

from lenet.layers.adaptive import AdaptivePooling
from lenet.layers.arguments import AXES
from lenet.steps.common import all_sizes, counted, kernel_sizes, product
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def adaptive_pooling(layer: AdaptivePooling, row: Row) -> Iterator[Step]:
    """As many windows as asked for; together they read Lh and Lw pixels along an axis."""
    sides = [{"O": size} for size in layer.output_size]
    yield from of_axes("output {}", "O", sides, AXES[layer.rank])
    yield step("output channels", "C", {"C": row.input_shape[-1]})
    reads, sizes = kernel_sizes(layer.lines(row.input_shape), "L"), all_sizes(row.output_shape)
    yield from counted(
        row,
        weights="0", biases="0", macs="0",
        connections=f"{product(reads)}*C",
        activations=product(sizes),
        **reads, **sizes,
    )  # fmt: skip


steps_of.register(AdaptivePooling, adaptive_pooling)
