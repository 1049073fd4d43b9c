"""Layers at work, one product at a time: what they use, what they read, which pixels matter.

The oracle of the tests. Nothing here asks the package for a formula: where windows lie
follows from the definitions of "valid", "same" and "causal", and what is multiplied is
counted as it happens. With numbers for its values a layer computes; with `Pixels` for
them it tells which pixels of the image each unit can depend on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import loops_by_kind as by_kind
import numpy as np
from lenet import Network
from lenet import layers as kinds
from lenet.layers import Layer
from pixels import PADDING, Pixels


@dataclass
class Noted:
    """Numbers of a layer, made when they are first asked for, and how often each was."""

    random: np.random.Generator
    made: dict = field(default_factory=dict)
    times: int = 0

    def __getitem__(self, place) -> int:
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
    """A layer at work: what comes in and goes out, the numbers that it used, what it read."""

    layer: Layer
    images: list[np.ndarray]
    weights: Noted
    biases: Noted
    fixed: Noted
    outside: int | Pixels = 0
    reads: int = 0
    output: np.ndarray | None = None

    @property
    def image(self) -> np.ndarray:
        """What comes in, where that is one."""
        return self.images[0]

    def pixel(self, place: tuple, image: int = 0):
        """One value that comes in; outside of the map there are zeros."""
        self.reads += 1
        shape = self.images[image].shape
        inside = all(0 <= at < side for at, side in zip(place, shape, strict=True))
        return self.images[image][place] if inside else self.outside

    @property
    def counts(self) -> dict[str, int | tuple]:
        """What was counted while the layer was at work, by the names that a layer has for it."""
        multiplies = self.weights.times + (isinstance(self.layer, kinds.RBF) * self.fixed.times)
        macs = multiplies if isinstance(self.layer, MULTIPLYING) else 0
        lines = macs or (isinstance(self.layer, READING) * self.reads)
        return {
            "output_shape": self.output.shape,
            "weights": self.weights.number,
            "biases": self.biases.number,
            "fixed": self.fixed.number,
            "connections": lines + self.biases.times,
            "macs": macs,
            "activations": 0 if isinstance(self.layer, HANDING_ON) else self.output.size,
        }


def run(layer: Layer, shape: tuple, images=None, weights: dict | None = None, outside=0) -> Run:
    """The layer at work on small whole numbers, or on images that are given."""
    random = np.random.default_rng(0)
    if images is None:
        shapes = shape if isinstance(shape[0], tuple) else (shape,)
        images = [random.integers(-9, 10, each).astype(object) for each in shapes]
    work = Run(layer, images, Noted(random, weights or {}), Noted(random), Noted(random), outside)
    for kind, compute in COMPUTED.items():
        if isinstance(layer, kind):
            work.output = compute(layer, work)
            return work
    raise NotImplementedError(layer)


def counted(layer: Layer, shape: tuple) -> dict[str, int | tuple]:
    """What the layer counts, found by letting it work; its numbers once, where it is shared."""
    if isinstance(layer, kinds.Shared):
        return {**counted(layer.layer, shape), "weights": 0, "biases": 0, "fixed": 0}
    return run(layer, shape).counts


def seen(network: Network) -> Iterator[np.ndarray]:
    """For each layer its output, with the pixels that each unit can depend on as its values."""
    made = {-1 - n: _image(shape) for n, shape in enumerate(network.inputs)}
    for number, (layer, reads) in enumerate(zip(network.layers, network.reads, strict=True)):
        inner = layer.layer if isinstance(layer, kinds.Shared) else layer
        work = run(inner, (), [made[n] for n in reads], outside=PADDING)
        made[number] = work.output
        yield work.output


def _image(shape: tuple) -> np.ndarray:
    image = np.empty(shape, object)
    for place in by_kind.everywhere(shape):
        image[place] = Pixels.at(place[:-1] or place)
    return image


COMPUTED = {
    kinds.convolution.Conv: by_kind.convolved,
    kinds.convolution.ConvTranspose: by_kind.spread,
    kinds.depthwise.DepthwiseConv: by_kind.depthwise,
    kinds.depthwise.SeparableConv: by_kind.separable,
    kinds.PointwiseDense: by_kind.pointwise,  # Dense too: one place, without axes
    kinds.PartialConv2D: by_kind.partial,
    kinds.LocallyConnected2D: by_kind.unshared,
    kinds.RBF: by_kind.distances,
    kinds.Subsampling2D: by_kind.subsampled,
    kinds.pooling.Pooling: by_kind.pooled,
    kinds.pooling.GlobalPooling: by_kind.pooled_whole,
    kinds.adaptive.AdaptivePooling: by_kind.fitted,
    kinds.bordering.Bordering: by_kind.bordered,
    kinds.reshaping.UpSampling: by_kind.repeated,
    kinds.Resizing: by_kind.resized,
    (kinds.Flatten, kinds.reshaping.Moving): by_kind.moved,
    kinds.pointwise.SameShape: by_kind.value_by_value,
    kinds.merging.UnitByUnit: by_kind.unit_by_unit,
    kinds.Concatenate: by_kind.side_by_side,
    kinds.Dot: by_kind.multiplied,
}
MULTIPLYING = (
    kinds.convolution.Convolving, kinds.PointwiseDense, kinds.PartialConv2D,
    kinds.LocallyConnected2D, kinds.RBF,
)  # fmt: skip
READING = (
    kinds.pooling.Pooling, kinds.pooling.GlobalPooling, kinds.adaptive.AdaptivePooling,
    kinds.normalization.Normalizing, kinds.merging.UnitByUnit, kinds.Dot,
)  # fmt: skip
HANDING_ON = (
    kinds.Flatten, kinds.Passing, kinds.bordering.Cropping, kinds.reshaping.Moving,
    kinds.Concatenate,
)  # fmt: skip
