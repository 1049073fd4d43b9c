"""Layers with weights, computed by loops that note every use of a weight.

Nothing here asks the package for a formula: where windows lie follows from the
definitions of "valid", "same" and "causal", and what is multiplied is counted as
it happens.
"""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
from lenet import layers as kinds
from lenet.layers import Layer


@dataclass
class Noted:
    """Numbers of a layer, made when they are first asked for, and how often each was."""

    random: np.random.Generator
    made: dict = field(default_factory=dict)
    times: int = 0

    def __getitem__(self, place: tuple) -> int:
        self.times += 1
        if place not in self.made:
            self.made[place] = int(self.random.integers(-9, 10))
        return self.made[place]

    @property
    def number(self) -> int:
        """How many different ones were used."""
        return len(self.made)


@dataclass
class Run:
    """A layer at work: its output, the weights and biases that it used, the pixels it read."""

    image: np.ndarray
    weights: Noted
    biases: Noted
    reads: int = 0
    output: np.ndarray | None = None

    def pixel(self, place: tuple) -> int:
        """One value that comes in; outside of the map there are zeros."""
        self.reads += 1
        inside = all(0 <= at < side for at, side in zip(place, self.image.shape, strict=True))
        return int(self.image[place]) if inside else 0


def run(layer: Layer, shape: tuple, image=None, weights: dict | None = None) -> Run:
    """The layer at work on small whole numbers, or on those that are given."""
    random = np.random.default_rng(0)
    image = random.integers(-9, 10, shape) if image is None else image
    work = Run(image, Noted(random, weights or {}), Noted(random))
    for kind, compute in COMPUTED.items():
        if isinstance(layer, kind):
            work.output = compute(layer, work)
            return work
    raise NotImplementedError(layer)


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


def spots(firsts: list[list[int]]):
    """Where each window's unit goes, and the pixels under the window's first tap."""
    yield from zip(product(*(range(len(axis)) for axis in firsts)), product(*firsts), strict=True)


def under(layer: Layer, first: tuple, tap: tuple) -> tuple:
    """The pixel under one tap of the window that starts at `first`."""
    dilation = getattr(layer, "dilation_rate", (1,) * layer.rank)
    return tuple(start + t * d for start, t, d in zip(first, tap, dilation, strict=True))


def taps_of(layer: Layer) -> list[tuple]:
    return list(product(*map(range, layer.kernel_size)))


def empty(firsts: list[list[int]], channels: int) -> np.ndarray:
    return np.zeros((*map(len, firsts), channels), int)


def convolved(layer: kinds.Conv2D, work: Run) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output, each = empty(firsts, layer.filters), work.image.shape[-1] // layer.groups
    for (spot, first), f in product(spots(firsts), range(layer.filters)):
        group = f // (layer.filters // layer.groups)
        for tap, c in product(taps_of(layer), range(each)):
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


def spread(layer: kinds.Conv2DTranspose, work: Run) -> np.ndarray:
    shape = work.image.shape
    sides = [side_transposed(layer, axis, size) for axis, size in enumerate(shape[:-1])]
    output = np.zeros((*(side for _, side in sides), layer.filters), int)
    for *place, c in product(*map(range, shape)):
        value = work.pixel((*place, c))
        for tap, f in product(taps_of(layer), range(layer.filters)):
            first = [at * stride for at, stride in zip(place, layer.strides, strict=True)]
            reached = under(layer, first, tap)
            spot = [at - cut for at, (cut, _) in zip(reached, sides, strict=True)]
            made = value * work.weights[(*tap, c, f)]
            if all(0 <= at < side for at, (_, side) in zip(spot, sides, strict=True)):
                output[(*spot, f)] += made
    if layer.use_bias:
        for *spot, f in product(*map(range, output.shape)):
            output[(*spot, f)] += work.biases[f]
    return output


def one_a_channel(layer: kinds.DepthwiseConv2D, work: Run) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    channels, multiplier = work.image.shape[-1], layer.depth_multiplier
    output = empty(firsts, channels * multiplier)
    for (spot, first), c, m in product(spots(firsts), range(channels), range(multiplier)):
        for tap in taps_of(layer):
            value = work.pixel((*under(layer, first, tap), c))
            output[(*spot, c * multiplier + m)] += value * work.weights[(*tap, c, m)]
    return output


def depthwise(layer: kinds.DepthwiseConv2D, work: Run) -> np.ndarray:
    output = one_a_channel(layer, work)
    if layer.use_bias:
        for *spot, f in product(*map(range, output.shape)):
            output[(*spot, f)] += work.biases[f]
    return output


def separable(layer: kinds.SeparableConv2D, work: Run) -> np.ndarray:
    between = one_a_channel(layer, work)
    return at_every_place(layer, between, layer.filters, work)


def pointwise(layer: kinds.PointwiseDense, work: Run) -> np.ndarray:
    return at_every_place(layer, work.image, layer.units, work)


def at_every_place(layer: Layer, image: np.ndarray, units: int, work: Run) -> np.ndarray:
    output = np.zeros((*image.shape[:-1], units), int)
    for *spot, unit in product(*map(range, output.shape)):
        for c in range(image.shape[-1]):
            output[(*spot, unit)] += image[(*spot, c)] * work.weights["mixing", c, unit]
        if layer.use_bias:
            output[(*spot, unit)] += work.biases[unit]
    return output


def partial(layer: kinds.PartialConv2D, work: Run) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output = empty(firsts, len(layer.table))
    for (spot, first), (f, row) in product(spots(firsts), enumerate(layer.table)):
        for tap, c in product(taps_of(layer), row):
            output[(*spot, f)] += (
                work.pixel((*under(layer, first, tap), c)) * work.weights[tap, c, f]
            )
        output[(*spot, f)] += work.biases[f if layer.shared_bias else (*spot, f)]
    return output


def unshared(layer: kinds.LocallyConnected2D, work: Run) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.kernel_size)
    output, channels = empty(firsts, layer.filters), work.image.shape[-1]
    for (spot, first), f in product(spots(firsts), range(layer.filters)):
        for tap, c in product(taps_of(layer), range(channels)):
            value = work.pixel((*under(layer, first, tap), c))
            output[(*spot, f)] += value * work.weights[spot, tap, c, f]
        output[(*spot, f)] += work.biases[spot, f]
    return output


def distances(layer: kinds.RBF, work: Run) -> np.ndarray:
    output = np.zeros(layer.units, int)
    for unit, n in product(range(layer.units), range(work.image.size)):
        output[unit] += (work.pixel((n,)) - work.weights[n, unit]) ** 2
    return output


def pooled(layer: kinds.MaxPooling2D, work: Run) -> np.ndarray:
    firsts = windows(layer, work.image.shape, layer.pool_size)
    output = empty(firsts, work.image.shape[-1])
    for (spot, first), c in product(spots(firsts), range(output.shape[-1])):
        taps = product(*map(range, layer.pool_size))
        output[(*spot, c)] = max(work.pixel((*under(layer, first, tap), c)) for tap in taps)
    return output


def fitted(layer: kinds.AdaptiveMaxPooling2D, work: Run) -> np.ndarray:
    *sides, channels = work.image.shape
    output = np.zeros((*layer.output_size, channels), int)
    for *spot, c in product(*map(range, output.shape)):
        window = [
            [n for n in range(side) if (at * side) // out <= n < -((-(at + 1) * side) // out)]
            for at, side, out in zip(spot, sides, layer.output_size, strict=True)
        ]
        output[(*spot, c)] = max(work.pixel((*place, c)) for place in product(*window))
    return output


COMPUTED = {
    kinds.convolution.Conv: convolved,
    kinds.convolution.ConvTranspose: spread,
    kinds.convolution.DepthwiseConv: depthwise,
    kinds.convolution.SeparableConv: separable,
    kinds.Dense: pointwise,  # one place, without axes
    kinds.PartialConv2D: partial,
    kinds.LocallyConnected2D: unshared,
    kinds.RBF: distances,
    kinds.pooling.Pooling: pooled,
    kinds.pooling.AdaptivePooling: fitted,
}
