"""Steps of convolutions of each channel by itself."""

from collections.abc import Iterator

from lenet.layers.depthwise import DepthwiseConv, SeparableConv
from lenet.steps.common import counted, kernel_sizes, map_sizes, product, window_steps
from lenet.steps.step import Step, step, steps_of
from lenet.trace import Row


def depthwise_conv(layer: DepthwiseConv, row: Row) -> Iterator[Step]:
    """M kernels for each channel."""
    yield from window_steps(layer, row)
    maps = {"C": row.input_shape[-1], "M": layer.depth_multiplier}
    yield step("output channels", "C*M", maps)
    kernel, sizes = kernel_sizes(layer.kernel_size), map_sizes(row.output_shape)
    yield from counted(
        row,
        weights=f"{product(kernel)}*C*M",
        biases="C*M" if layer.use_bias else "0",
        macs=f"{product(sizes)}*weights",
        connections=f"MACs + {product(sizes)}*C*M" if layer.use_bias else "MACs",
        activations=f"{product(sizes)}*C*M",
        **kernel, **sizes, **maps,
    )  # fmt: skip


def separable_conv(layer: SeparableConv, row: Row) -> Iterator[Step]:
    """M kernels for each channel, and a kernel of one place for each filter."""
    yield from window_steps(layer, row)
    yield step("output channels", "F", {"F": layer.filters})
    kernel, sizes = kernel_sizes(layer.kernel_size), map_sizes(row.output_shape)
    maps = {"C": row.input_shape[-1], "M": layer.depth_multiplier}
    first = step("depthwise weights", f"{product(kernel)}*C*M", {**kernel, **maps})
    second = step("pointwise weights", "C*M*F", {**maps, "F": layer.filters})
    yield from (first, second)
    yield from counted(
        row,
        weights="depthwise + pointwise",
        biases="F" if layer.use_bias else "0",
        macs=f"{product(sizes)}*weights",
        connections=f"MACs + {product(sizes)}*F" if layer.use_bias else "MACs",
        activations=f"{product(sizes)}*F",
        depthwise=first.result, pointwise=second.result, **sizes, F=layer.filters,
    )  # fmt: skip


steps_of.register(DepthwiseConv, depthwise_conv)
steps_of.register(SeparableConv, separable_conv)
