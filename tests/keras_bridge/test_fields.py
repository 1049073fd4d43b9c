"""Receptive fields against Keras: each place of an image is changed, and what moves compared."""

import os
from collections import Counter
from dataclasses import replace
from functools import reduce
from operator import and_

import numpy as np
import pytest
from fields import extents, moved
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lenet import Network
from lenet import layers as kinds
from lenet.layers import Layer
from lenet.trace import Row
from lenet.view import Axis, View

MODELS = int(os.environ.get("LENET_FUZZ_MODELS", "40"))
asked, drawn = Counter(), Counter()

FUNCTIONS = ["relu", "tanh", "sigmoid", "elu", "leaky_relu", "log_softmax", "softmax", "gelu"]


@st.composite
def windowed(draw, rank: int, same: bool = False) -> Layer:
    """A convolution or pooling; with `same` one that keeps the sides."""
    strided = draw(st.booleans()) and not same
    padding = "same" if same else draw(st.sampled_from(["valid", "valid", "same"]))
    kernel, strides, dilation = (draw(st.integers(1, n)) for n in (3, 3, 2))
    strides = strides if strided else 1
    how = {"padding": padding, "dilation_rate": 1 if strides > 1 else dilation}
    if rank == 1 and draw(st.booleans()) and not same:
        how["padding"] = "causal"
        return kinds.Conv1D(3, kernel, strides, **how)
    name = draw(st.sampled_from(["Conv", "DepthwiseConv", "SeparableConv", "Max", "Average"]))
    if name in ("Max", "Average"):
        return getattr(kinds, f"{name}Pooling{rank}D")(kernel, strides, padding=padding)
    filters = () if name == "DepthwiseConv" else (3,)
    return getattr(kinds, f"{name}{rank}D")(*filters, kernel, strides, **how)


@st.composite
def bordered(draw, rank: int) -> Layer:
    name = draw(st.sampled_from(["ZeroPadding", "ZeroPadding", "Cropping"]))
    ends = tuple((draw(st.integers(0, 2)), draw(st.integers(0, 2))) for _ in range(rank))
    return getattr(kinds, f"{name}{rank}D")(ends)


@st.composite
def early(draw, rank: int) -> Layer:
    how = {"padding": draw(st.sampled_from(["valid", "same"])), "activation": "scaled_tanh"}
    return draw(st.sampled_from([
        kinds.PartialConv2D(((0, 1), (1, 2), (0, 1, 2)), (2, 3), **how),
        kinds.LocallyConnected2D(3, (3, 2), (1, 2), **how), kinds.Subsampling2D(2, **how),
    ]))  # fmt: skip


@st.composite
def in_place(draw, rank: int) -> Layer:
    axes = draw(st.sets(st.integers(-rank - 1, -1), min_size=2).map(sorted).map(tuple))
    return draw(st.sampled_from([
        kinds.Activation(draw(st.sampled_from(FUNCTIONS))), kinds.PReLU(), kinds.ReLU(),
        kinds.BatchNormalization(), kinds.PointwiseDense(3), kinds.Softmax(), kinds.ELU(),
        kinds.UnitNormalization(), kinds.LeakyReLU(), kinds.LayerNormalization(axis=axes),
        kinds.LayerNormalization(), kinds.GroupNormalization(groups=1), kinds.Passing("Dropout"),
    ]))  # fmt: skip


@st.composite
def on_features(draw, rank: int) -> Layer:
    return draw(st.sampled_from([
        kinds.Dense(4), kinds.Activation("log_softmax"), kinds.UnitNormalization(),
        kinds.PointwiseDense(4), kinds.BatchNormalization(), kinds.PReLU(), kinds.Softmax(),
        kinds.LayerNormalization(), kinds.Activation("tanh"),
    ]))  # fmt: skip


class Growing:
    """A network that grows layer by layer; what does not fit is left out."""

    def __init__(self, shape: tuple):
        self.shape, self.layers, self.reads, self.outs = shape, [], [], {-1: shape}

    def add(self, layer: Layer, *reads: int) -> int:
        """The number of the new layer, or of what it would have read."""
        came = tuple(self.outs[n] for n in reads)
        try:
            out = layer.output_shape(came if layer.merges else came[0])
        except ValueError:
            return reads[0]
        self.layers.append(layer)
        self.reads.append(reads)
        self.outs[len(self.layers) - 1] = out
        return len(self.layers) - 1

    def network(self) -> Network:
        return Network(self.shape, self.layers, reads=self.reads)


def joined(draw, growing: Growing, at: int, rank: int) -> int:
    """Two ways from one layer, joined again."""
    ways = [growing.add(draw(windowed(rank, same=True)), at), at]
    if draw(st.booleans()):
        ways[1] = growing.add(draw(windowed(rank, same=True)), at)
    if draw(st.booleans()):
        ways = [growing.add(kinds.PointwiseDense(3), way) for way in ways]
    names = ["Add", "Multiply", "Maximum", "Average", "Concatenate"]
    return growing.add(getattr(kinds, draw(st.sampled_from(names)))(), *ways)


def excited(draw, growing: Growing, at: int, rank: int) -> int:
    """The map, times what one sees of all of it."""
    channels = growing.outs[at][-1]
    pool = getattr(kinds, f"GlobalAveragePooling{rank}D")(keepdims=True)
    squeezed = growing.add(
        kinds.PointwiseDense(channels, activation="sigmoid"), growing.add(pool, at)
    )
    return growing.add(kinds.Multiply(), at, squeezed)


@st.composite
def grown(draw) -> Network:
    """A chain with branches in it, on one or two axes; perhaps features at its end."""
    rank = draw(st.sampled_from([1, 2, 2]))
    side = st.integers(9, 20) if rank == 1 else st.integers(7, 10)
    growing = Growing((*(draw(side) for _ in range(rank)), 3))
    families = [windowed, windowed, bordered, in_place, *[early] * (rank - 1)]
    at = -1
    for _ in range(draw(st.integers(1, 4))):
        what = draw(st.sampled_from([*families, joined, excited]))
        if what in (joined, excited):
            at = what(draw, growing, at, rank)
        else:
            at = growing.add(draw(what(rank)), at)
    ends = [kinds.Flatten(), getattr(kinds, f"GlobalMaxPooling{rank}D")()]
    if draw(st.booleans()) or not growing.layers:
        at = growing.add(draw(st.sampled_from(ends)), at)
        for _ in range(draw(st.integers(0, 2))):
            at = growing.add(draw(on_features(rank)), at)
    return growing.network()


def by_place(row: Row, values: np.ndarray) -> np.ndarray:
    """Of each unit, as it lies on the map: features as `Flatten` left them, channels last."""
    sides = tuple(axis.extent for axis in row.seen.axes)
    out = row.output_shape
    assert len(out) == 1 or out[:-1] == sides
    return values.reshape(*values.shape[: -len(out)], *sides, -1)


def check_field(row: Row, moves: np.ndarray, image: tuple, exactly: bool) -> None:
    """No unit sees more than is said; a place that sees no padding sees just that."""
    units = by_place(row, moves)
    numbers = np.indices(units.shape[len(image) : -1])
    first = [axis.start + axis.jump * n for axis, n in zip(row.seen.axes, numbers, strict=True)]
    last = [at + axis.field - 1 for axis, at in zip(row.seen.axes, first, strict=True)]
    for a, b, (low, high, any_) in zip(first, last, extents(units, len(image)), strict=True):
        assert (~any_ | (low >= a[..., None]) & (high <= b[..., None])).all(), row
    whole = reduce(and_, [(a >= 0) & (b < n) for a, b, n in zip(first, last, image, strict=True)])
    asked["units"] += whole.size
    if exactly:
        asked["exactly"] += int(whole.sum())
        together = extents(units.any(-1), len(image))
        for a, b, (low, high, any_) in zip(first, last, together, strict=True):
            assert (~whole | any_ & (low == a) & (high == b)).all(), row


def puts_zeros(layer: Layer) -> bool:
    """Whether there may be zeros beside what the layer reads."""
    return isinstance(layer, kinds.bordering.ZeroPadding) or getattr(layer, "padding", "valid") in (
        "same",
        "causal",
    )


def hidden(before: tuple[Row, ...]) -> bool:
    """Whether zeros that are put beside these layers stand where the image has pixels.

    They do after cropping, whose pixels are still there, and where all units see the same,
    as further ones would. Otherwise nothing hides pixels from a unit whose field lies in the
    image: the field's first pixel is the first tap of the first tap, its last the last of the
    last, and the gaps that dilation and strides leave are between them. A window that reaches
    into padding has a field that reaches out of the image, also over what a stride left over,
    since the window that would begin there did not fit.
    """
    crops = any(isinstance(row.layer, kinds.bordering.Cropping) for row in before)
    return crops or any(0 in row.seen.jumps for row in before if row.seen)


def skips(row: Row) -> bool:
    """Whether the layer reads some of the channels only, of which others may see more."""
    table = getattr(row.layer, "table", None)
    return table is not None and len(set().union(*table)) < row.input_shape[-1]


SATURATE = ("tanh", "scaled_tanh", "sigmoid", "hard_sigmoid", "softmax", "softsign", "relu6")


def is_bounded(row: Row) -> bool:
    """Whether no change of one place is sure to become the largest value of its neighbours."""
    if getattr(row.layer, "activation", None) in SATURATE:
        return True
    shares = (kinds.LayerNormalization, kinds.GroupNormalization, kinds.UnitNormalization)
    return isinstance(row.layer, (*shares, kinds.Softmax)) or "softmax" in row.layer.kind


TABLE = ((0, 1), (1, 2), (0, 1, 2))
SATURATED = Network(
    (7, 7, 3),
    [
        kinds.PartialConv2D(TABLE, (2, 3), activation="scaled_tanh"),
        kinds.Conv2D(3, 2, padding="same"),
        kinds.Maximum(),
    ],
    reads=((-1,), (0,), (1, 0)),
)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=4 * MODELS)
@given(grown())
@example(SATURATED)
def check_one_network(network):
    rows = network.trace().rows
    hides = False
    for row, moves in zip(rows, moved(network), strict=True):
        asked["layers"] += 1
        drawn[type(row.layer).__name__] += 1
        before = rows[: rows.index(row)]
        hides |= puts_zeros(row.layer) and hidden(before)
        hides |= skips(row)
        hides |= "Max" in row.layer.kind and any(map(is_bounded, before))
        if row.seen is None:
            asked["unknown"] += 1
        else:
            check_field(row, moves, network.input_shape[:-1], not hides)
    asked["networks"] += 1


def test_generated_networks_see_in_keras_what_the_trace_says():
    asked.clear()
    check_one_network()
    print(dict(asked))
    assert asked["networks"] > 3 * MODELS and asked["unknown"] < 0.1 * asked["layers"], asked
    assert asked["exactly"] > 0.5 * asked["units"], asked
    assert len(drawn) >= 35, drawn


FLAT = [kinds.Conv2D(2, 3), kinds.Flatten()]
CROPS = [kinds.Cropping1D((0, 1)), kinds.Cropping1D((1, 0)), kinds.Add()]


@pytest.mark.parametrize(
    ("network", "field"),
    [
        (Network((84,), [kinds.PointwiseDense(3)]), (84,)),
        (Network((84,), [kinds.Dense(3)]), (84,)),
        (Network((7, 8, 3), [*FLAT, kinds.PointwiseDense(3)]), (7, 8)),
        (Network((7, 8, 3), [*FLAT, kinds.UnitNormalization()]), (7, 8)),
        (Network((7, 8, 3), [*FLAT, kinds.Activation("log_softmax")]), (7, 8)),
        (Network((9, 3), CROPS, reads=[(-1,), (-1,), (0, 1)]), (2,)),
    ],
)  # fmt: skip
def test_what_was_wrong_once(network, field):
    row = network.trace().rows[-1]
    assert row.receptive_field == field
    check_field(row, moved(network)[-1], network.input_shape[:-1] or network.input_shape, True)


def test_a_field_that_is_too_small_too_large_or_moved_is_found():
    network = Network((9, 3), [kinds.Conv1D(2, 3)])
    row, (moves,) = network.trace().rows[0], moved(network)
    check_field(row, moves, (9,), exactly=True)
    for axis in (Axis(7, 2), Axis(7, 4), Axis(7, 3, 2), Axis(7, 3, 1, -1), Axis(7, 3, 1, 1)):
        with pytest.raises(AssertionError):
            check_field(replace(row, seen=View((axis,))), moves, (9,), exactly=True)
