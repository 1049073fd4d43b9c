"""What each kind of layer does with what comes in, by loops; `loops` runs them.

Each function is given the layer and a `loops.Run` that hands out pixels and weights,
and returns what goes out.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import add

import numpy as np
from lenet import layers as kinds
from lenet.layers import Layer
from pixels import Pixels


def everywhere(shape: tuple) -> Iterator[tuple]:
    return product(*map(range, shape))


def zeros(shape: tuple) -> np.ndarray:
    return np.zeros(shape, int).astype(object)


def largest(values: list):
    return reduce(add, values) if isinstance(values[0], Pixels) else max(values)


def placed(size: int, taps: int, stride: int, padding: str, dilation: int = 1) -> list[int]:
    """The pixel under the first tap of every window; below 0 it is padding."""
    reach = (taps - 1) * dilation
    if padding == "valid":
        return [first for first in range(0, size, stride) if first + reach < size]
    firsts = range(0, size, stride)
    if padding == "causal":
        return [first - reach for first in firsts]
    beyond = max(firsts[-1] + reach + 1 - size, 0)
    return [first - beyond // 2 for first in firsts]


def windows(layer: Layer, shape: tuple, taps: tuple) -> list[list[int]]:
    """`placed` for each axis of the layer."""
    dilation = getattr(layer, "dilation_rate", (1,) * layer.rank)
    return [
        placed(size, k, s, layer.padding, d)
        for size, k, s, d in zip(shape, taps, layer.strides, dilation, strict=False)
    ]


def spots(firsts: list[list[int]]) -> Iterator[tuple]:
    """Where each window's unit goes, and the pixels under the window's first tap."""
    return zip(everywhere(tuple(map(len, firsts))), product(*firsts), strict=True)


def under(layer: Layer, first: tuple, tap: tuple) -> tuple:
    """The pixel under one tap of the window that starts at `first`."""
    dilation = getattr(layer, "dilation_rate", (1,) * layer.rank)
    return tuple(start + t * d for start, t, d in zip(first, tap, dilation, strict=True))


def empty(firsts: list[list[int]], channels: int) -> np.ndarray:
    return zeros((*map(len, firsts), channels))


def convolved(layer: kinds.Conv2D, work) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output, each = empty(firsts, layer.filters), work.image.shape[-1] // layer.groups
    for (spot, first), f in product(spots(firsts), range(layer.filters)):
        group = f // (layer.filters // layer.groups)
        for tap, c in product(everywhere(layer.kernel_size), range(each)):
            value = work.pixel((*under(layer, first, tap), group * each + c))
            output[(*spot, f)] += value * work.weights[(*tap, c, f)]
        if layer.use_bias:
            output[(*spot, f)] += work.biases[f]
    return output


def side_transposed(layer: kinds.Conv2DTranspose, axis: int, size: int) -> tuple[int, int]:
    """Pixels cut off in front, and how many there are from there on."""
    stride, taps = layer.strides[axis], layer.kernel_size[axis]
    span = (taps - 1) * layer.dilation_rate[axis] + 1
    reached, same = (size - 1) * stride + span, layer.padding == "same"
    if layer.output_padding is not None:
        cut = span // 2 if same else 0
        return cut, reached - 2 * cut + layer.output_padding[axis]
    if same:
        return max(reached - size * stride, 0) // 2, size * stride
    return 0, max(reached, size * stride)


def spread(layer: kinds.Conv2DTranspose, work) -> np.ndarray:
    shape = work.image.shape
    sides = [side_transposed(layer, axis, size) for axis, size in enumerate(shape[:-1])]
    output = zeros((*(side for _, side in sides), layer.filters))
    for *place, c in everywhere(shape):
        value = work.pixel((*place, c))
        for tap, f in product(everywhere(layer.kernel_size), range(layer.filters)):
            first = [at * stride for at, stride in zip(place, layer.strides, strict=True)]
            reached = under(layer, first, tap)
            spot = [at - cut for at, (cut, _) in zip(reached, sides, strict=True)]
            made = value * work.weights[(*tap, c, f)]
            if all(0 <= at < side for at, (_, side) in zip(spot, sides, strict=True)):
                output[(*spot, f)] += made
    if layer.use_bias:
        for *spot, f in everywhere(output.shape):
            output[(*spot, f)] += work.biases[f]
    return output


def one_a_channel(layer: kinds.DepthwiseConv2D, work) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    channels, multiplier = work.image.shape[-1], layer.depth_multiplier
    output = empty(firsts, channels * multiplier)
    for (spot, first), c, m in product(spots(firsts), range(channels), range(multiplier)):
        for tap in everywhere(layer.kernel_size):
            value = work.pixel((*under(layer, first, tap), c))
            output[(*spot, c * multiplier + m)] += value * work.weights[(*tap, c, m)]
    return output


def depthwise(layer: kinds.DepthwiseConv2D, work) -> np.ndarray:
    output = one_a_channel(layer, work)
    if layer.use_bias:
        for *spot, f in everywhere(output.shape):
            output[(*spot, f)] += work.biases[f]
    return output


def separable(layer: kinds.SeparableConv2D, work) -> np.ndarray:
    between = one_a_channel(layer, work)
    return at_every_place(layer, between, layer.filters, work)


def pointwise(layer: kinds.PointwiseDense, work) -> np.ndarray:
    return at_every_place(layer, work.image, layer.units, work)


def at_every_place(layer: Layer, image: np.ndarray, units: int, work) -> np.ndarray:
    output = zeros((*image.shape[:-1], units))
    for *spot, unit in everywhere(output.shape):
        for c in range(image.shape[-1]):
            output[(*spot, unit)] += image[(*spot, c)] * work.weights["mixing", c, unit]
        if layer.use_bias:
            output[(*spot, unit)] += work.biases[unit]
    return output


def partial(layer: kinds.PartialConv2D, work) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output = empty(firsts, len(layer.table))
    for (spot, first), (f, row) in product(spots(firsts), enumerate(layer.table)):
        for tap, c in product(everywhere(layer.kernel_size), row):
            output[(*spot, f)] += (
                work.pixel((*under(layer, first, tap), c)) * work.weights[tap, c, f]
            )
        output[(*spot, f)] += work.biases[f if layer.shared_bias else (*spot, f)]
    return output


def unshared(layer: kinds.LocallyConnected2D, work) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output, channels = empty(firsts, layer.filters), work.image.shape[-1]
    for (spot, first), f in product(spots(firsts), range(layer.filters)):
        for tap, c in product(everywhere(layer.kernel_size), range(channels)):
            value = work.pixel((*under(layer, first, tap), c))
            output[(*spot, f)] += value * work.weights[spot, tap, c, f]
        output[(*spot, f)] += work.biases[spot, f]
    return output


def distances(layer: kinds.RBF, work) -> np.ndarray:
    output = zeros((layer.units,))
    for unit, n in product(range(layer.units), range(work.image.size)):
        output[unit] += (work.pixel((n,)) - work.fixed[n, unit]) ** 2
    return output


def pooled(layer: kinds.MaxPooling2D, work) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.pool_size)
    output = empty(firsts, work.image.shape[-1])
    for (spot, first), c in product(spots(firsts), range(output.shape[-1])):
        taps = everywhere(layer.pool_size)
        output[(*spot, c)] = largest([work.pixel((*under(layer, first, tap), c)) for tap in taps])
    return output


def subsampled(layer: kinds.Subsampling2D, work) -> np.ndarray:
    output = pooled(layer, work)
    for *spot, c in everywhere(output.shape):
        output[(*spot, c)] = output[(*spot, c)] * work.weights[c] + work.biases[c]
    return output


def pooled_whole(layer: kinds.GlobalMaxPooling2D, work) -> np.ndarray:
    *sides, channels = work.image.shape
    output = zeros((*[1] * len(sides) * layer.keepdims, channels))
    for c in range(channels):
        output[..., c] = largest([work.pixel((*place, c)) for place in everywhere(sides)])
    return output


def fitted(layer: kinds.AdaptiveMaxPooling2D, work) -> np.ndarray:
    *sides, channels = work.image.shape
    output = zeros((*layer.output_size, channels))
    for *spot, c in everywhere(output.shape):
        window = [
            [n for n in range(side) if (at * side) // out <= n < -((-(at + 1) * side) // out)]
            for at, side, out in zip(spot, sides, layer.output_size, strict=True)
        ]
        output[(*spot, c)] = largest([work.pixel((*place, c)) for place in product(*window)])
    return output


def gathered(shape: tuple, work, source) -> np.ndarray:
    """A map whose value at each place is that of `source(place)` in what comes in."""
    output = zeros(shape)
    for place in everywhere(shape):
        output[place] = work.pixel(source(place))
    return output


def bordered(layer: kinds.ZeroPadding2D | kinds.Cropping2D, work) -> np.ndarray:
    more = 1 if isinstance(layer, kinds.bordering.ZeroPadding) else -1
    ends = layer.padding if more == 1 else layer.cropping
    *sides, channels = work.image.shape
    made = [side + more * (a + b) for side, (a, b) in zip(sides, ends, strict=True)]
    offset = np.array([*(more * before for before, _ in ends), 0])
    return gathered((*made, channels), work, lambda place: tuple(np.array(place) - offset))


def repeated(layer: kinds.UpSampling2D, work) -> np.ndarray:
    times = np.array([*layer.size, 1])
    shape = tuple(np.array(work.image.shape) * times)
    return gathered(shape, work, lambda place: tuple(np.array(place) // times))


def resized(layer: kinds.Resizing, work) -> np.ndarray:
    came = np.array(work.image.shape)
    shape = (layer.height, layer.width, work.image.shape[-1])
    return gathered(shape, work, lambda place: tuple(np.array(place) * came // shape))


def moved(layer: Layer, work) -> np.ndarray:
    match layer:
        case kinds.Permute():
            return work.image.transpose([axis - 1 for axis in layer.dims])
        case kinds.RepeatVector():
            return np.stack([work.image] * layer.n)
        case kinds.Reshape():
            return work.image.reshape(layer.target_shape)
    return work.image.ravel()


def value_by_value(layer: Layer, work) -> np.ndarray:
    """Each value with what else its unit looks at, times a weight, plus a bias."""
    output = zeros(work.image.shape)
    for place in everywhere(output.shape):
        near = product(*looked_at(layer, place, output.shape))
        value = work.pixel(place) + reduce(add, [work.image[other] for other in near])
        output[place] = trained(layer, work, place, value)
    return output


def looked_at(layer: Layer, place: tuple, shape: tuple) -> list:
    """The places along each axis that a unit looks at; its own, where it is alone."""
    along = looked_along(layer)
    if isinstance(layer, kinds.GroupNormalization):
        each = 1 if layer.groups == -1 else shape[-1] // layer.groups
        group = place[-1] // each
        return [*map(range, shape[:-1]), range(group * each, (group + 1) * each)]
    return [
        range(side) if axis - len(shape) in along else [at]
        for axis, (at, side) in enumerate(zip(place, shape, strict=True))
    ]


def looked_along(layer: Layer) -> tuple:
    if isinstance(layer, kinds.Activation):
        return (-1,) if layer.activation in ("softmax", "log_softmax", "sparsemax") else ()
    together = (kinds.Softmax, kinds.UnitNormalization, kinds.LayerNormalization,
                kinds.RMSNormalization)  # fmt: skip
    return along_axes(layer) if isinstance(layer, together) else ()


def along_axes(layer: Layer) -> tuple:
    return layer.axis if isinstance(layer.axis, tuple) else (layer.axis,)


def trained(layer: Layer, work, place: tuple, value):
    """The value after the weights, biases and kept numbers that the layer has for its place."""
    match layer:
        case kinds.PReLU():
            own = tuple(at for n, at in enumerate(place, 1) if n not in layer.shared_axes)
            return value * work.weights[own]
        case kinds.LayerScale():
            return value * work.weights[place[-1]]
        case kinds.Normalization(adapted=True):
            own = tuple(place[axis] for axis in along_axes(layer))
            return (value + work.fixed["mean", own]) * work.fixed["variance", own] + work.fixed["n"]
        case kinds.normalization.Normalizing():
            own = tuple(place[axis] for axis in along_axes(layer))
            for kept in range(5 if getattr(layer, "renorm", False) else 2):
                value *= work.fixed[kept, own] if isinstance(layer, kinds.BatchNormalization) else 1
            value = value * work.weights[own] if layer.scale else value
            return value + work.biases[own] if layer.center else value
    return value


def unit_by_unit(layer: kinds.Add, work) -> np.ndarray:
    shapes = [image.shape for image in work.images]
    output = zeros(np.broadcast_shapes(*shapes))
    for place in everywhere(output.shape):
        for image, shape in enumerate(shapes):
            own = place[len(place) - len(shape) :]
            at = tuple(min(n, side - 1) for n, side in zip(own, shape, strict=True))
            output[place] += work.pixel(at, image)
    return output


def side_by_side(layer: kinds.Concatenate, work) -> np.ndarray:
    return np.concatenate(work.images, layer.axis)


def multiplied(layer: kinds.Dot, work) -> np.ndarray:
    one, other = (
        np.moveaxis(image, axis - 1, -1)
        for image, axis in zip(work.images, layer.axes, strict=True)
    )
    output = zeros((*one.shape[:-1], *other.shape[:-1]) or (1,))
    for place in everywhere(output.shape):
        left, right = place[: one.ndim - 1], place[one.ndim - 1 : one.ndim + other.ndim - 2]
        for n in range(one.shape[-1]):
            output[place] += one[(*left, n)] * other[(*right, n)]
            work.reads += 2
    return output
