"""Steps of convolutions: the plain one and the transposed."""

from collections.abc import Iterator

from lenet.arithmetic import effective_kernel
from lenet.layers.arguments import AXES
from lenet.layers.convolution import Conv, ConvTranspose
from lenet.steps.common import counted, kernel_sizes, map_sizes, product, window_steps
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row

TRANSPOSED = {
    ("valid", False): "(N - 1)*S + max(K, S)",
    ("same", False): "N*S",
    ("valid", True): "(N - 1)*S + K + A",
    ("same", True): "(N - 1)*S + K % 2 + A",
}


def conv(layer: Conv, row: Row) -> Iterator[Step]:
    """A kernel for each filter, in groups of channels where there are groups."""
    yield from window_steps(layer, row)
    yield step("output channels", "F", {"F": layer.filters})
    kernel, sizes = kernel_sizes(layer.kernel_size), map_sizes(row.output_shape)
    channels = "C" if layer.groups == 1 else "(C / G)"
    own = "parameters" if layer.trainable else "(weights + biases)"
    yield from counted(
        row,
        weights=f"{product(kernel)}*{channels}*F",
        biases="F" if layer.use_bias else "0",
        macs=f"{product(sizes)}*weights",
        connections=f"{product(sizes)}*{own}",
        activations=f"{product(sizes)}*F",
        **kernel, **sizes, C=row.input_shape[-1], G=layer.groups, F=layer.filters,
    )  # fmt: skip


def conv_transpose(layer: ConvTranspose, row: Row) -> Iterator[Step]:
    """Each place that comes in times the kernel; sides as Keras has them."""
    yield from _transposed_sides(layer, row)
    yield step("output channels", "F", {"F": layer.filters})
    kernel, sizes = kernel_sizes(layer.kernel_size), map_sizes(row.output_shape)
    places = map_sizes(row.input_shape, small=True)
    yield from counted(
        row,
        weights=f"{product(kernel)}*C*F",
        biases="F" if layer.use_bias else "0",
        macs=f"{product(places)}*weights",
        connections=f"MACs + {product(sizes)}*F" if layer.use_bias else "MACs",
        activations=f"{product(sizes)}*F",
        **kernel, **sizes, **places, C=row.input_shape[-1], F=layer.filters,
    )  # fmt: skip


def _transposed_sides(layer: ConvTranspose, row: Row) -> list[Step]:
    extra = layer.output_padding or (0,) * layer.rank
    spans = map(effective_kernel, layer.kernel_size, layer.dilation_rate)
    axes = [
        {"N": size, "K": span, "S": stride, "A": more}
        for size, span, stride, more in zip(
            row.input_shape, spans, layer.strides, extra, strict=False
        )
    ]
    how = TRANSPOSED[layer.padding, layer.output_padding is not None]
    return of_axes("output {}", how, axes, AXES[layer.rank])


steps_of.register(Conv, conv)
steps_of.register(ConvTranspose, conv_transpose)
