"""Steps of pooling."""

from collections.abc import Iterator

from lenet.layers.pooling import GlobalPooling, Pooling
from lenet.steps.common import (
    all_sizes,
    counted,
    kernel_sizes,
    map_sizes,
    product,
    side_names,
    window_steps,
)
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def pooling(layer: Pooling, row: Row) -> Iterator[Step]:
    """A window for each unit, read once."""
    yield from window_steps(layer, row)
    yield step("output channels", "C", {"C": row.output_shape[-1]})
    sizes, taps = all_sizes(row.output_shape), kernel_sizes(layer.pool_size)
    yield from counted(
        row,
        weights="0", biases="0", macs="0",
        connections=product(sizes | taps),
        activations=product(sizes),
        **sizes, **taps,
    )  # fmt: skip


def global_pooling(layer: GlobalPooling, row: Row) -> Iterator[Step]:
    """The whole of each channel, read once."""
    channels = row.input_shape[-1]
    if layer.keepdims:
        ones = [{}] * layer.rank
        yield from of_axes("output {}", "1", ones, side_names(row.output_shape))
    yield step("output {}", "C", {"C": channels}, side_names(row.output_shape)[-1])
    sizes = map_sizes(row.input_shape, small=True)
    yield from counted(
        row,
        weights="0", biases="0", macs="0",
        connections=f"{product(sizes)}*C",
        activations="C",
        **sizes, C=channels,
    )  # fmt: skip


steps_of.register(Pooling, pooling)
steps_of.register(GlobalPooling, global_pooling)
