"""Steps of convolutions and pooling."""

from collections.abc import Iterator
from math import prod

from lenet.arguments import AXES
from lenet.arithmetic import effective_kernel
from lenet.layers import convolution, pooling, reshaping
from lenet.network import Row
from lenet.steps.kinds import steps_of
from lenet.steps.step import (
    Step,
    factors,
    filled,
    kernel_sizes,
    line_steps,
    map_sizes,
    none,
    parameter_steps,
    product,
    shape_steps,
    step,
    told_apart,
    view_steps,
)


@steps_of.register
def _(layer: convolution.Conv, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.kernel_size, layer.dilation_rate)
    kernel, channels = kernel_sizes(layer.kernel_size), row.input_shape[-1]
    if layer.groups == 1:
        yield product("weights", row.weights, **kernel, C=channels, F=layer.filters)
    else:
        text, latex = factors(kernel)
        yield filled(
            "weights", f"{text}·($C / $G)·$F", rf"{latex} \cdot \frac{{$C}}{{$G}} \cdot $F",
            row.weights, {**kernel, "C": channels, "G": layer.groups, "F": layer.filters},
        )  # fmt: skip
    yield from parameter_steps(row, F=layer.filters)
    sizes = map_sizes(row.output_shape)
    both = row.weights + row.biases
    yield product("connections", row.connections, **sizes, **{_sum_name(row): both})
    yield product("MACs", row.macs, **sizes, weights=row.weights)
    yield from view_steps(row)


def _sum_name(row: Row) -> str:
    """What the sum of weights and biases is called: parameters where they are trained."""
    return "parameters" if row.layer.trainable else "numbers"


@steps_of.register
def _(layer: convolution.DepthwiseConv, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.kernel_size, layer.dilation_rate)
    maps = {"C": row.input_shape[-1], "M": layer.depth_multiplier}
    yield product("maps", prod(maps.values()), **maps)
    yield product("weights", row.weights, **kernel_sizes(layer.kernel_size), **maps)
    yield from parameter_steps(row, **maps)
    sizes = map_sizes(row.output_shape)
    yield product("MACs", row.macs, **sizes, weights=row.weights)
    yield line_steps(row, **sizes, **maps)
    yield from view_steps(row)


@steps_of.register
def _(layer: convolution.SeparableConv, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.kernel_size, layer.dilation_rate)
    kernel = kernel_sizes(layer.kernel_size)
    maps = {"C": row.input_shape[-1], "M": layer.depth_multiplier}
    between = prod(maps.values())
    yield product("depthwise weights", between * prod(kernel.values()), **kernel, **maps)
    yield product("pointwise weights", between * layer.filters, **maps, F=layer.filters)
    yield filled(
        "weights", "$depthwise + $pointwise", "$depthwise + $pointwise", row.weights,
        {"depthwise": between * prod(kernel.values()), "pointwise": between * layer.filters},
    )  # fmt: skip
    yield from parameter_steps(row, F=layer.filters)
    sizes = map_sizes(row.output_shape)
    yield product("MACs", row.macs, **sizes, weights=row.weights)
    yield line_steps(row, **sizes, F=layer.filters)
    yield from view_steps(row)


@steps_of.register
def _(layer: convolution.ConvTranspose, row: Row) -> Iterator[Step]:
    yield from _transposed_steps(layer, row)
    kernel = kernel_sizes(layer.kernel_size)
    yield product("weights", row.weights, **kernel, C=row.input_shape[-1], F=layer.filters)
    yield from parameter_steps(row, F=layer.filters)
    yield product("MACs", row.macs, **map_sizes(row.input_shape, small=True), weights=row.weights)
    yield line_steps(row, **map_sizes(row.output_shape), F=layer.filters)


def _transposed_steps(layer: convolution.ConvTranspose, row: Row) -> Iterator[Step]:
    extra = layer.output_padding or (0,) * layer.rank
    spans = map(effective_kernel, layer.kernel_size, layer.dilation_rate)
    axes = [
        {"N": size, "O": out, "K": span, "S": stride, "A": more}
        for size, out, span, stride, more in zip(
            row.input_shape, row.output_shape, spans, layer.strides, extra, strict=False
        )
    ]
    how = layer.padding if layer.output_padding is None else f"{layer.padding}, longer"
    for axis, numbers in told_apart(axes, AXES[layer.rank]):
        yield step(f"output {axis}", f"transposed, {how}", numbers["O"], **numbers)


@steps_of.register
def _(layer: pooling.Pooling, row: Row) -> Iterator[Step]:
    yield from shape_steps(layer, row, layer.pool_size, (1,) * layer.rank)
    yield none("parameters")
    sizes = {**map_sizes(row.output_shape), "C": row.output_shape[-1]}
    yield product("connections", row.connections, **sizes, **kernel_sizes(layer.pool_size))
    yield none("MACs")
    yield from view_steps(row)


@steps_of.register
def _(layer: pooling.GlobalPooling, row: Row) -> Iterator[Step]:
    yield none("parameters")
    sizes = map_sizes(row.input_shape, small=True)
    yield product("connections", row.connections, **sizes, C=row.input_shape[-1])
    yield none("MACs")
    yield from view_steps(row)


@steps_of.register
def _(layer: pooling.AdaptivePooling, row: Row) -> Iterator[Step]:
    for name, size in zip(AXES[layer.rank], layer.output_size, strict=True):
        yield product(f"output {name}", size, O=size)
    yield none("parameters")
    of_axes = kernel_sizes(layer.lines(row.input_shape))
    lines = {name.replace("K", "L"): count for name, count in of_axes.items()}
    yield product("connections", row.connections, C=row.input_shape[-1], **lines)
    yield none("MACs")


@steps_of.register
def _(layer: reshaping.Bordering, row: Row) -> Iterator[Step]:
    formula = "longer" if layer.sign == 1 else "shorter"
    axes = [
        {"N": size, "O": out, "A": before, "B": after}
        for size, out, (before, after) in zip(
            row.input_shape, row.output_shape, layer.border, strict=False
        )
    ]
    for axis, numbers in told_apart(axes, AXES[layer.rank]):
        yield step(f"output {axis}", formula, numbers["O"], **numbers)
    yield none("parameters")
    yield none("MACs")


@steps_of.register
def _(layer: reshaping.UpSampling, row: Row) -> Iterator[Step]:
    sides = zip(AXES[layer.rank], row.input_shape, layer.size, row.output_shape, strict=False)
    for name, size, times, out in sides:
        yield product(f"output {name}", out, N=size, S=times)
    yield none("parameters")
    yield none("MACs")
