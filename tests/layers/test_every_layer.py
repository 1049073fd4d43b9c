"""Every kind of layer: computed by loops, from a table written by hand, and its errors."""

from dataclasses import replace

import numpy as np
import pytest
from any_layer import convolutions, layers_on_shapes, one_a_channel, poolings, sized, transposed
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lenet import TABLE_I, Network
from lenet import layers as kinds
from lenet.arguments import axis_from_end, each_axis, sides_of_axes
from lenet.arithmetic import output_size, pad_widths, transposed_size
from lenet.layers import (
    RBF,
    Activation,
    AdaptiveAveragePooling1D,
    AdaptiveAveragePooling2D,
    AdaptiveAveragePooling3D,
    AdaptiveMaxPooling1D,
    AdaptiveMaxPooling2D,
    AdaptiveMaxPooling3D,
    Add,
    Average,
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    BatchNormalization,
    ChannelScale,
    Concatenate,
    Conv1D,
    Conv1DTranspose,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Conv3DTranspose,
    Cropping1D,
    Cropping2D,
    Cropping3D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Dot,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
    GroupNormalization,
    Layer,
    LayerNormalization,
    LocallyConnected2D,
    Maximum,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
    Minimum,
    Multiply,
    PartialConv2D,
    Passing,
    Permute,
    PointwiseDense,
    PReLU,
    RepeatVector,
    Rescaling,
    Reshape,
    Resizing,
    RMSNormalization,
    SeparableConv1D,
    SeparableConv2D,
    Shared,
    Standardizing,
    Subsampling2D,
    Subtract,
    UpSampling1D,
    UpSampling2D,
    UpSampling3D,
    ZeroPadding1D,
    ZeroPadding2D,
    ZeroPadding3D,
)
from lenet.layers.reshaping import Bordering
from loops import run
from networks import early_layers

ONES = {1: ((1,), (1,)), 2: ((1, 1), (1, 1)), 3: ((1, 1, 1), (1, 1, 1))}


@st.composite
def computable(draw, family):
    """A layer and a map small enough to be computed one product at a time."""
    rank = draw(st.sampled_from([1, 2, 3] if family is not one_a_channel else [1, 2]))
    shape = draw(st.tuples(*[st.integers(1, 7)] * rank, st.integers(1, 3)))
    layer = draw(family(rank))
    return layer, (*shape[:-1], shape[-1] * getattr(layer, "groups", 1))


def held_to_loops(layer, shape, most: int = 6_000):
    try:
        output = layer.output_shape(shape)
    except ValueError:
        assume(False)
    assume(layer.connections(shape) <= most)
    work = run(layer, shape)
    assert output == work.output.shape
    assert layer.activations(shape) == work.output.size
    return work


def agrees(layer, shape):
    work = held_to_loops(layer, shape)
    assert layer.macs(shape) == work.weights.times
    assert layer.connections(shape) == work.weights.times + work.biases.times
    assert layer.weights(shape) == work.weights.number
    assert layer.biases(shape) == work.biases.number
    assert layer.fixed(shape) == 0


@given(computable(convolutions))
def test_convolutions_do_as_many_products_as_they_say(case):
    agrees(*case)


@given(computable(transposed))
def test_transposed_convolutions_do_as_many_products_as_they_say(case):
    agrees(*case)


@given(computable(one_a_channel))
def test_depthwise_and_separable_convolutions_do_as_many_products_as_they_say(case):
    agrees(*case)


@given(st.integers(1, 5), st.booleans(), st.integers(0, 3), st.data())
def test_dense_layers_do_as_many_products_as_they_say(units, use_bias, rank, data):
    shape = data.draw(st.tuples(*[st.integers(1, 5)] * (rank + 1)))
    agrees(PointwiseDense(units, use_bias=use_bias), shape)
    if rank == 0:
        agrees(Dense(units, use_bias=use_bias), shape)


@settings(max_examples=60)
@given(early_layers, st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(1, 3)))
def test_early_layers_do_as_many_products_as_they_say(layer, shape):
    if isinstance(layer, Subsampling2D):
        work = held_to_loops(layer, shape)
        assert layer.connections(shape) == work.reads + work.output.size
    else:
        agrees(layer, shape)


def test_distances_to_codes_are_products_with_fixed_numbers():
    work = run(RBF(4), (6,))
    assert RBF(4).fixed((6,)) == work.weights.number == 24
    assert RBF(4).macs((6,)) == RBF(4).connections((6,)) == work.weights.times


@given(computable(poolings))
def test_pooling_reads_as_many_pixels_as_it_says(case):
    layer, shape = case
    if isinstance(layer, kinds.pooling.GlobalPooling):
        return
    work = held_to_loops(layer, shape)
    assert layer.connections(shape) == work.reads
    assert layer.macs(shape) == layer.weights(shape) == layer.biases(shape) == 0


def test_the_loops_compute_a_plain_convolution():
    work = run(Conv2D(2, 3, use_bias=False), (6, 5, 2))
    kernel = np.zeros((3, 3, 2, 2), int)
    for place, weight in work.weights.made.items():
        kernel[place] = weight
    seen = np.lib.stride_tricks.sliding_window_view(work.image, (3, 3), axis=(0, 1))
    assert (work.output == np.einsum("hwcij,ijcf->hwf", seen, kernel)).all()


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("stride", "kernel"), [(1, 3), (2, 2), (2, 3), (3, 2), (3, 5)])
def test_a_transposed_convolution_is_a_convolution_turned_round(padding, stride, kernel):
    how = {"padding": padding, "use_bias": False}
    back, forth = Conv1DTranspose(1, kernel, stride, **how), Conv1D(1, kernel, stride, **how)
    work = run(back, (5, 1))
    spread = [of_one(back, n, 5, work.weights.made) for n in range(5)]
    gathered = [
        of_one(forth, n, len(work.output), work.weights.made) for n in range(len(work.output))
    ]
    assert (np.array(spread) == np.array(gathered).T).all()


def of_one(layer, place: int, size: int, weights: dict) -> list[int]:
    """What comes out where a single 1 comes in at this place."""
    image = np.eye(size, dtype=int)[:, [place]]
    return run(layer, image.shape, image, weights).output.ravel()


# layer, shape in, shape out, weights, biases, fixed, MACs, connections, activations, window
TABLE = [
    (Conv1D(6, 5), (32, 1), (28, 6), 30, 6, 0, 840, 1008, 168, ((5,), (1,))),
    (Conv1D(6, 5, 2, padding="causal"), (32, 1), (16, 6), 30, 6, 0, 480, 576, 96, ((5,), (2,))),
    (Conv2D(6, 5), (32, 32, 1), (28, 28, 6), 150, 6, 0, 117600, 122304, 4704, ((5, 5), (1, 1))),
    (Conv2D(16, 5, groups=2, use_bias=False), (14, 14, 6), (10, 10, 16),
     1200, 0, 0, 120000, 120000, 1600, ((5, 5), (1, 1))),
    (Conv2D(16, 3, dilation_rate=2), (14, 14, 6), (10, 10, 16),
     864, 16, 0, 86400, 88000, 1600, ((5, 5), (1, 1))),
    (Conv2D(6, (5, 3), (2, 1), padding="same"), (28, 28, 1), (14, 28, 6),
     90, 6, 0, 35280, 37632, 2352, ((5, 3), (2, 1))),
    (Conv3D(6, 5), (12, 12, 12, 1), (8, 8, 8, 6),
     750, 6, 0, 384000, 387072, 3072, ((5, 5, 5), (1, 1, 1))),
    (Conv1DTranspose(6, 2, 2), (14, 16), (28, 6), 192, 6, 0, 2688, 2856, 168, None),
    (Conv2DTranspose(6, 2, 2), (14, 14, 6), (28, 28, 6), 144, 6, 0, 28224, 32928, 4704, None),
    (Conv2DTranspose(1, 5, use_bias=False), (28, 28, 6), (32, 32, 1),
     150, 0, 0, 117600, 117600, 1024, None),
    (Conv2DTranspose(2, 3, 2, padding="same", output_padding=1), (5, 5, 1), (10, 10, 2),
     18, 2, 0, 450, 650, 200, None),
    (Conv3DTranspose(6, 2, 2), (4, 4, 4, 2), (8, 8, 8, 6), 96, 6, 0, 6144, 9216, 3072, None),
    (DepthwiseConv1D(5), (32, 6), (28, 6), 30, 6, 0, 840, 1008, 168, ((5,), (1,))),
    (DepthwiseConv2D(5), (14, 14, 6), (10, 10, 6),
     150, 6, 0, 15000, 15600, 600, ((5, 5), (1, 1))),
    (DepthwiseConv2D(5, depth_multiplier=2, use_bias=False), (14, 14, 6), (10, 10, 12),
     300, 0, 0, 30000, 30000, 1200, ((5, 5), (1, 1))),
    (SeparableConv1D(16, 5), (14, 6), (10, 16), 126, 16, 0, 1260, 1420, 160, ((5,), (1,))),
    (SeparableConv1D(16, 5, padding="causal"), (14, 6), (14, 16),
     126, 16, 0, 1764, 1988, 224, ((5,), (1,))),
    (SeparableConv2D(16, 5), (14, 14, 6), (10, 10, 16),
     246, 16, 0, 24600, 26200, 1600, ((5, 5), (1, 1))),
    (SeparableConv2D(16, 5, depth_multiplier=2), (14, 14, 6), (10, 10, 16),
     492, 16, 0, 49200, 50800, 1600, ((5, 5), (1, 1))),
    (Dense(84), (120,), (84,), 10080, 84, 0, 10080, 10164, 84, ((120,), (1,))),
    (Dense(10, use_bias=False), (84,), (10,), 840, 0, 0, 840, 840, 10, ((84,), (1,))),
    (PointwiseDense(16), (14, 14, 6), (14, 14, 16), 96, 16, 0, 18816, 21952, 3136, ONES[2]),
    (PartialConv2D(TABLE_I, 5), (14, 14, 6), (10, 10, 16),
     1500, 16, 0, 150000, 151600, 1600, ((5, 5), (1, 1))),
    (PartialConv2D(((0,), (0, 1)), 5, 2, padding="same", shared_bias=False), (8, 8, 2), (4, 4, 2),
     75, 32, 0, 1200, 1232, 32, ((5, 5), (2, 2))),
    (LocallyConnected2D(6, 5), (32, 32, 1), (28, 28, 6),
     117600, 4704, 0, 117600, 122304, 4704, ((5, 5), (1, 1))),
    (Subsampling2D(2), (28, 28, 6), (14, 14, 6), 6, 6, 0, 0, 5880, 1176, ((2, 2), (2, 2))),
    (RBF(10), (84,), (10,), 0, 0, 840, 840, 840, 10, ((84,), (1,))),
    (MaxPooling1D(2), (28, 6), (14, 6), 0, 0, 0, 0, 168, 84, ((2,), (2,))),
    (MaxPooling2D(), (28, 28, 6), (14, 14, 6), 0, 0, 0, 0, 4704, 1176, ((2, 2), (2, 2))),
    (MaxPooling3D(2), (8, 8, 8, 6), (4, 4, 4, 6), 0, 0, 0, 0, 3072, 384, ((2, 2, 2), (2, 2, 2))),
    (AveragePooling1D(2), (10, 16), (5, 16), 0, 0, 0, 0, 160, 80, ((2,), (2,))),
    (AveragePooling2D(3, 2, padding="same"), (28, 28, 6), (14, 14, 6),
     0, 0, 0, 0, 10584, 1176, ((3, 3), (2, 2))),
    (AveragePooling3D(2), (4, 4, 4, 16), (2, 2, 2, 16),
     0, 0, 0, 0, 1024, 128, ((2, 2, 2), (2, 2, 2))),
    (GlobalMaxPooling1D(), (5, 16), (16,), 0, 0, 0, 0, 80, 16, ((5,), (1,))),
    (GlobalMaxPooling2D(keepdims=True), (5, 5, 16), (1, 1, 16),
     0, 0, 0, 0, 400, 16, ((5, 5), (1, 1))),
    (GlobalMaxPooling3D(), (5, 5, 5, 16), (16,), 0, 0, 0, 0, 2000, 16, ((5, 5, 5), (1, 1, 1))),
    (GlobalAveragePooling1D(keepdims=True), (5, 16), (1, 16), 0, 0, 0, 0, 80, 16, ((5,), (1,))),
    (GlobalAveragePooling2D(), (5, 5, 16), (16,), 0, 0, 0, 0, 400, 16, ((5, 5), (1, 1))),
    (GlobalAveragePooling3D(), (2, 3, 4, 16), (16,), 0, 0, 0, 0, 384, 16, ((2, 3, 4), (1, 1, 1))),
    (AdaptiveAveragePooling1D(3), (5, 16), (3, 16), 0, 0, 0, 0, 112, 48, None),
    (AdaptiveMaxPooling1D(5), (5, 16), (5, 16), 0, 0, 0, 0, 80, 80, None),
    (AdaptiveMaxPooling2D(2), (5, 5, 16), (2, 2, 16), 0, 0, 0, 0, 576, 64, None),
    (AdaptiveAveragePooling2D((1, 2)), (5, 5, 16), (1, 2, 16), 0, 0, 0, 0, 480, 32, None),
    (AdaptiveMaxPooling3D((1, 2, 3)), (4, 4, 6, 2), (1, 2, 3, 2), 0, 0, 0, 0, 192, 12, None),
    (AdaptiveAveragePooling3D(1), (2, 2, 2, 1), (1, 1, 1, 1), 0, 0, 0, 0, 8, 1, None),
    (Flatten(), (5, 5, 16), (400,), 0, 0, 0, 0, 0, 0, ONES[2]),
    (Activation("relu"), (28, 28, 6), (28, 28, 6), 0, 0, 0, 0, 0, 4704, ONES[2]),
    (Passing("Dropout"), (84,), (84,), 0, 0, 0, 0, 0, 0, ONES[1]),
    (PReLU(), (28, 28, 6), (28, 28, 6), 4704, 0, 0, 0, 0, 4704, ONES[2]),
    (PReLU(shared_axes=(1, 2)), (28, 28, 6), (28, 28, 6), 6, 0, 0, 0, 0, 4704, ONES[2]),
    (ChannelScale(), (14, 14, 6), (14, 14, 6), 6, 0, 0, 0, 0, 1176, ONES[2]),
    (BatchNormalization(), (14, 14, 6), (14, 14, 6), 6, 6, 12, 0, 2352, 1176, ONES[2]),
    (BatchNormalization(renorm=True, center=False), (14, 14, 6), (14, 14, 6),
     6, 0, 30, 0, 1176, 1176, ONES[2]),
    (BatchNormalization(scale=False, axis=-3), (14, 10, 6), (14, 10, 6),
     0, 14, 28, 0, 1680, 840, ONES[2]),
    (LayerNormalization(), (14, 14, 6), (14, 14, 6), 6, 6, 0, 0, 2352, 1176, ONES[2]),
    (LayerNormalization(axis=(-3, -1)), (14, 10, 6), (14, 10, 6),
     84, 84, 0, 0, 1680, 840, ((14, 1), (1, 1))),
    (RMSNormalization(center=False), (14, 14, 6), (14, 14, 6), 6, 0, 0, 0, 1176, 1176, ONES[2]),
    (GroupNormalization(groups=2), (14, 14, 6), (14, 14, 6),
     6, 6, 0, 0, 2352, 1176, ((14, 14), (1, 1))),
    (GroupNormalization(groups=-1, scale=False), (4, 6), (4, 6), 0, 6, 0, 0, 48, 24, ((4,), (1,))),
    (Standardizing(adapted=True), (32, 32, 3), (32, 32, 3), 0, 0, 7, 0, 0, 3072, ONES[2]),
    (Standardizing(axis=(-2, -1), adapted=True), (4, 3), (4, 3), 0, 0, 25, 0, 0, 12, ONES[1]),
    (Standardizing(), (32, 32, 3), (32, 32, 3), 0, 0, 0, 0, 0, 3072, ONES[2]),
    (Rescaling(), (32, 32, 3), (32, 32, 3), 0, 0, 0, 0, 0, 3072, ONES[2]),
    (ZeroPadding1D(2), (28, 1), (32, 1), 0, 0, 0, 0, 0, 32, ONES[1]),
    (ZeroPadding2D(((0, 1), (2, 3))), (28, 28, 1), (29, 33, 1), 0, 0, 0, 0, 0, 957, ONES[2]),
    (ZeroPadding3D(), (4, 4, 4, 2), (6, 6, 6, 2), 0, 0, 0, 0, 0, 432, ONES[3]),
    (Cropping1D((1, 2)), (32, 1), (29, 1), 0, 0, 0, 0, 0, 0, ONES[1]),
    (Cropping2D(2), (32, 32, 1), (28, 28, 1), 0, 0, 0, 0, 0, 0, ONES[2]),
    (Cropping3D(((1, 0), (0, 1), 1)), (4, 4, 4, 2), (3, 3, 2, 2), 0, 0, 0, 0, 0, 0, ONES[3]),
    (UpSampling1D(2), (14, 6), (28, 6), 0, 0, 0, 0, 0, 168, None),
    (UpSampling2D((2, 3)), (14, 14, 6), (28, 42, 6), 0, 0, 0, 0, 0, 7056, None),
    (UpSampling3D(), (2, 2, 2, 1), (4, 4, 4, 1), 0, 0, 0, 0, 0, 64, None),
    (Resizing(32, 28), (28, 28, 1), (32, 28, 1), 0, 0, 0, 0, 0, 896, None),
    (Reshape((5, 5, -1)), (400,), (5, 5, 16), 0, 0, 0, 0, 0, 0, None),
    (Reshape((2, 3)), (6,), (2, 3), 0, 0, 0, 0, 0, 0, None),
    (Permute((3, 1, 2)), (28, 24, 6), (6, 28, 24), 0, 0, 0, 0, 0, 0, None),
    (Permute((3, 1, 2)), (1, 1, 6), (6, 1, 1), 0, 0, 0, 0, 0, 0, None),
    (Permute((2, 1)), (2, 6), (6, 2), 0, 0, 0, 0, 0, 0, None),
    (RepeatVector(3), (84,), (3, 84), 0, 0, 0, 0, 0, 0, None),
    (Add(), ((14, 14, 6), (14, 14, 6)), (14, 14, 6), 0, 0, 0, 0, 2352, 1176, ONES[2]),
    (Subtract(), ((84,), (84,)), (84,), 0, 0, 0, 0, 168, 84, ONES[1]),
    (Multiply(), ((14, 14, 6), (1, 1, 6)), (14, 14, 6), 0, 0, 0, 0, 2352, 1176, ONES[2]),
    (Multiply(), ((6,), (14, 14, 6)), (14, 14, 6), 0, 0, 0, 0, 2352, 1176, ONES[1]),
    (Average(), ((84,), (84,), (84,)), (84,), 0, 0, 0, 0, 252, 84, ONES[1]),
    (Maximum(), ((1, 3), (2, 1)), (2, 3), 0, 0, 0, 0, 12, 6, ONES[1]),
    (Minimum(), ((84,), (84,)), (84,), 0, 0, 0, 0, 168, 84, ONES[1]),
    (Concatenate(), ((14, 14, 6), (14, 14, 10)), (14, 14, 16), 0, 0, 0, 0, 0, 0, ONES[2]),
    (Concatenate(axis=-3), ((4, 5, 6), (2, 5, 6)), (6, 5, 6), 0, 0, 0, 0, 0, 0, None),
    (Concatenate(axis=-2), ((4, 5, 6), (4, 3, 6)), (4, 8, 6), 0, 0, 0, 0, 0, 0, None),
    (Dot((1, 1)), ((84,), (84,)), (1,), 0, 0, 0, 0, 168, 1, None),
    (Dot((2, 1)), ((4, 5), (5, 3)), (4, 3), 0, 0, 0, 0, 120, 12, None),
    (Dot((1, 2), normalize=True), ((5, 4), (3, 5)), (4, 3), 0, 0, 0, 0, 120, 12, None),
    (Shared(Conv2D(6, 5)), (32, 32, 1), (28, 28, 6),
     0, 0, 0, 117600, 122304, 4704, ((5, 5), (1, 1))),
    (Shared(BatchNormalization()), (14, 14, 6), (14, 14, 6), 0, 0, 0, 0, 2352, 1176, ONES[2]),
    (Shared(Concatenate()), ((14, 14, 6), (14, 14, 6)), (14, 14, 12), 0, 0, 0, 0, 0, 0, ONES[2]),
]  # fmt: skip


@pytest.mark.parametrize("line", TABLE, ids=lambda line: repr(line[0]))
def test_every_kind_counts_what_the_table_says(line):
    layer, shape, output, weights, biases, fixed, macs, connections, activations, window = line
    first = shape[0] if layer.merges else shape
    assert layer.output_shape(shape) == output
    assert (layer.weights(shape), layer.biases(shape), layer.fixed(shape)) == (
        weights, biases, fixed,
    )  # fmt: skip
    assert (layer.macs(shape), layer.connections(shape)) == (macs, connections)
    assert layer.activations(shape) == activations
    assert layer.window(first[:-1] or first) == window


def test_the_table_has_every_kind():
    assert {type(line[0]).__name__ for line in TABLE} == set(kinds.__all__) - {"Layer"}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: repr(line[0]))
def test_what_is_not_trained_is_fixed(line):
    layer, shape, _, weights, biases, fixed, *_ = line
    reads = [(-1, -2, -3)[: len(shape)]] if layer.merges else None
    (row,) = Network(shape, [layer], reads=reads).trace().rows
    (frozen,) = Network(shape, [replace(layer, trainable=False)], reads=reads).trace().rows
    assert (row.weights, row.biases) == (frozen.weights, frozen.biases) == (weights, biases)
    assert (row.parameters, row.fixed) == (weights + biases, fixed)
    assert (frozen.parameters, frozen.fixed) == (0, fixed + weights + biases)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (Conv1D(6, 5), Conv1D(6, (5,), (1,), padding="valid", dilation_rate=(1,), groups=1)),
        (Conv3D(6, 5), Conv3D(6, (5, 5, 5), (1, 1, 1), use_bias=True, activation=None)),
        (Conv2DTranspose(6, 5), Conv2DTranspose(6, (5, 5), (1, 1), output_padding=None)),
        (Conv2DTranspose(6, 5, 2, output_padding=1),
         Conv2DTranspose(6, [5, 5], [2, 2], output_padding=(1, 1))),
        (DepthwiseConv2D(5), DepthwiseConv2D((5, 5), (1, 1), depth_multiplier=1)),
        (SeparableConv1D(6, 5), SeparableConv1D(6, (5,), (1,), depth_multiplier=1)),
        (MaxPooling3D(), MaxPooling3D((2, 2, 2), (2, 2, 2), padding="valid")),
        (AveragePooling1D(3), AveragePooling1D((3,), (3,))),
        (GlobalMaxPooling2D(), GlobalMaxPooling2D(keepdims=False)),
        (AdaptiveMaxPooling2D(2), AdaptiveMaxPooling2D((2, 2))),
        (ZeroPadding1D(), ZeroPadding1D(1)),
        (ZeroPadding1D((1, 2)), ZeroPadding1D(((1, 2),))),
        (ZeroPadding2D((1, 2)), ZeroPadding2D(((1, 1), (2, 2)))),
        (Cropping3D([[1, 2], 0, 1]), Cropping3D(((1, 2), (0, 0), (1, 1)))),
        (UpSampling2D(), UpSampling2D((2, 2), interpolation="nearest")),
        (BatchNormalization(), BatchNormalization(axis=-1, center=True, scale=True)),
        (GroupNormalization(), GroupNormalization(groups=32, axis=-1)),
        (PReLU(shared_axes=[1, 2]), PReLU(shared_axes=(1, 2))),
        (Reshape([2, -1]), Reshape((2, -1))),
        (Concatenate(), Concatenate(axis=-1)),
        (Dot([1, 2]), Dot((1, 2), normalize=False)),
        (Dense(3), Dense(3, trainable=True, name=None)),
    ],
)  # fmt: skip
def test_arguments_are_settled_and_defaults_are_those_of_keras(short, long):
    assert short == long


def test_layers_are_called_what_keras_calls_them():
    assert Conv1D(6, 5).kind == "Conv1D" and Passing("Dropout").kind == "Dropout"
    assert Activation("relu").kind == "relu" and Shared(Dense(3)).kind == "Dense, again"
    assert Shared(Add()).merges and not Shared(Dense(3)).merges
    assert LayerNormalization(axis=(-2, -1)).axes == (-2, -1)
    assert LayerNormalization().axes == (-1,)


A_MAP = r"needs a map \(height, width, channels\), got \(84,\)$"
JOINED = r"^{} cannot join \(14, 14, 6\) and \(14, 10, 6\)$"
UNLIKE = ((14, 14, 6), (14, 10, 6))
ERRORS = [
    (lambda: Conv1D(6, (5, 5)), r"^kernel_size must be one number or \(steps\), got \(5, 5\)$"),
    (lambda: Conv3D(6, (5, 5)),
     r"^kernel_size must be one number or \(depth, height, width\), got \(5, 5\)$"),
    (lambda: Conv1D(6, 5, padding="full"),
     r"""^padding must be "valid" or "same" or "causal", got 'full'$"""),
    (lambda: Conv2D(6, 5, padding="causal"),
     "^padding must be \"valid\" or \"same\", got 'causal'"),
    (lambda: Conv2D(6, 5, groups=1.5), "^groups must be a whole number, got 1.5$"),
    (lambda: Conv2D(6, 5, trainable=1), "^trainable must be True or False, got 1$"),
    (lambda: Conv2D(6, 5, name=""), "^name must be a word or None, got ''$"),
    (lambda: Conv2D(6, 5, name=6), "^name must be a word or None, got 6$"),
    (lambda: Conv2D(6, 5, activation=6), "^activation must be a name or None, got 6$"),
    (lambda: Conv1D(6, 5).output_shape((9, 9, 1)),
     r"^Conv1D needs a map \(steps, channels\), got \(9, 9, 1\)$"),
    (lambda: Conv2DTranspose(0, 5), "^filters must be at least 1, got 0$"),
    (lambda: Conv2DTranspose(6, 5, output_padding=-1),
     "^output_padding must be at least 0, got -1$"),
    (lambda: Conv2DTranspose(6, 5, use_bias=0), "^use_bias must be True or False, got 0$"),
    (lambda: Conv2DTranspose(6, 5).output_shape((84,)), "^Conv2DTranspose " + A_MAP),
    (lambda: Conv2DTranspose(6, 5).weights((84,)), "^Conv2DTranspose " + A_MAP),
    (lambda: Conv1DTranspose(6, 5, padding="causal"), "^padding .* got 'causal'$"),
    (lambda: DepthwiseConv2D(5, depth_multiplier=0),
     "^depth_multiplier must be at least 1, got 0$"),
    (lambda: DepthwiseConv2D(5).output_shape((84,)), "^DepthwiseConv2D " + A_MAP),
    (lambda: DepthwiseConv2D(5).weights((84,)), "^DepthwiseConv2D " + A_MAP),
    (lambda: DepthwiseConv1D(5, padding="causal"), "^padding .* got 'causal'$"),
    (lambda: DepthwiseConv2D(5).output_shape((4, 9, 1)),
     "^kernel_size 5 does not fit a padded input of 4: 4 - 5 = -1$"),
    (lambda: SeparableConv2D(6.0, 5), "^filters must be a whole number, got 6.0$"),
    (lambda: SeparableConv2D(6, 5, depth_multiplier=0), "^depth_multiplier must be at least 1"),
    (lambda: SeparableConv2D(6, 5).output_shape((84,)), "^SeparableConv2D " + A_MAP),
    (lambda: SeparableConv2D(6, 5).weights((84,)), "^SeparableConv2D " + A_MAP),
    (lambda: MaxPooling3D((2, 2)), r"^pool_size .* \(depth, height, width\), got \(2, 2\)$"),
    (lambda: MaxPooling1D(2, 0), "^strides must be at least 1, got 0$"),
    (lambda: GlobalMaxPooling2D(keepdims=1), "^keepdims must be True or False, got 1$"),
    (lambda: GlobalMaxPooling2D().output_shape((84,)), "^GlobalMaxPooling2D " + A_MAP),
    (lambda: AdaptiveMaxPooling2D(0), "^output_size must be at least 1, got 0$"),
    (lambda: AdaptiveMaxPooling2D(2).output_shape((84,)), "^AdaptiveMaxPooling2D " + A_MAP),
    (lambda: AdaptiveMaxPooling2D(2).connections((84,)), "^AdaptiveMaxPooling2D " + A_MAP),
    (lambda: Activation(""), "^activation must be a name, got ''$"),
    (lambda: Activation(len), "^activation must be a name, got <built-in function len>$"),
    (lambda: PReLU(shared_axes=(0,)), "^shared_axes must be at least 1, got 0$"),
    (lambda: PReLU(shared_axes=(1, 4)).weights((14, 14, 6)),
     r"^shared_axes 4 is no axis of \(14, 14, 6\)$"),
    (lambda: BatchNormalization(center=1), "^center must be True or False, got 1$"),
    (lambda: BatchNormalization(scale=None), "^scale must be True or False, got None$"),
    (lambda: BatchNormalization(axis=0).weights((14, 6)),
     r"^axis must be from -2 to -1 for \(14, 6\), got 0$"),
    (lambda: LayerNormalization(axis=(-1, -4)).biases((14, 14, 6)),
     r"^axis must be from -3 to -1 for \(14, 14, 6\), got -4$"),
    (lambda: GroupNormalization(groups=0), "^groups must be at least 1, got 0$"),
    (lambda: GroupNormalization(groups=4).output_shape((14, 14, 6)),
     "^groups 4 does not divide 6 channels$"),
    (lambda: Standardizing(adapted=1), "^adapted must be True or False, got 1$"),
    (lambda: Standardizing(axis=(0,), adapted=True).fixed((4, 3)), "^axis must be from -2 to -1"),
    (lambda: ZeroPadding2D(-1), "^padding must be at least 0, got -1$"),
    (lambda: ZeroPadding2D(((0, -1), 1)), "^padding must be at least 0, got -1$"),
    (lambda: ZeroPadding2D((1, 2, 3)),
     r"^padding must be one number or one for each of 2 axes, got \(1, 2, 3\)$"),
    (lambda: Cropping1D((1, 2, 3)),
     r"^cropping must be one number or one for each of 1 axes, got \(1, 2, 3\)$"),
    (lambda: Cropping2D(((1, 2, 3), 1)),
     r"^cropping must have two sides an axis, got \(\(1, 2, 3\), 1\)$"),
    (lambda: ZeroPadding2D(1).output_shape((84,)), "^ZeroPadding2D " + A_MAP),
    (lambda: Cropping2D(2).output_shape((9, 4, 1)),
     r"^cropping \(\(2, 2\), \(2, 2\)\) leaves nothing of \(9, 4, 1\)$"),
    (lambda: UpSampling2D(0), "^size must be at least 1, got 0$"),
    (lambda: UpSampling2D().output_shape((84,)), "^UpSampling2D " + A_MAP),
    (lambda: Resizing(0, 4), "^height must be at least 1, got 0$"),
    (lambda: Resizing(4, 0.5), "^width must be a whole number, got 0.5$"),
    (lambda: Resizing(4, 4).output_shape((84,)), "^Resizing " + A_MAP),
    (lambda: Reshape((0, 2)), "^target_shape must be at least 1, got 0$"),
    (lambda: Reshape((-1, -1)), r"^target_shape may have one -1, got \(-1, -1\)$"),
    (lambda: Reshape((5, 5)).output_shape((5, 5, 16)),
     r"^400 values of \(5, 5, 16\) do not fill \(5, 5\)$"),
    (lambda: Reshape((3, -1)).output_shape((400,)), r"^400 values of \(400,\) do not fill \(3, -1"),
    (lambda: Permute((1, 2)).output_shape((5, 5, 16)),
     r"^dims \(1, 2\) must name each axis of \(5, 5, 16\) once$"),
    (lambda: Permute((1, 1)).output_shape((5, 16)), r"^dims \(1, 1\) must name each axis"),
    (lambda: RepeatVector(0), "^n must be at least 1, got 0$"),
    (lambda: RepeatVector(3).output_shape((5, 16)),
     r"^RepeatVector needs a vector \(features,\), got \(5, 16\)$"),
    *[(lambda kind=kind: kind().output_shape(UNLIKE), JOINED.format(kind.__name__))
      for kind in (Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate)],
    (lambda: Add().output_shape(((14, 14, 6),)),
     r"^Add reads two layers or more, got \(14, 14, 6\)$"),
    (lambda: Concatenate().output_shape(((84,),)), "^Concatenate reads two layers or more, got"),
    (lambda: Concatenate(axis=-2).output_shape(((84,), (84,))),
     "^axis must be from -1 to -1, got -2"),
    (lambda: Concatenate(axis=0).output_shape(((84,), (84,))),
     "^axis must be from -1 to -1, got 0$"),
    (lambda: Concatenate().output_shape(((4, 4, 1), (4, 1))),
     r"^Concatenate cannot join \(4, 4, 1\) and \(4, 1\)$"),
    (lambda: Dot((0, 1)), "^axes must be at least 1, got 0$"),
    (lambda: Dot((1, 1.0)), "^axes must be a whole number, got 1.0$"),
    (lambda: Dot((1, 1)).output_shape(((84,),)), r"^Dot reads two layers, got \(84,\)$"),
    (lambda: Dot((1, 1)).output_shape(((84,),) * 3), "^Dot reads two layers, got"),
    (lambda: Dot((1, 2)).output_shape(((84,), (84,))), r"^axes \(1, 2\): \(84,\) has no axis 2$"),
    (lambda: Dot((1, 1)).connections(((84,), (80,))),
     r"^axes \(1, 1\) of \(84,\) and \(80,\): 84 is not 80$"),
    (lambda: transposed_size(5, 3, padding="causal"),
     "^padding must be \"valid\" or \"same\", got 'causal'$"),
    (lambda: transposed_size(0, 3), "^size must be at least 1, got 0$"),
    (lambda: transposed_size(5, 3, 0), "^stride must be at least 1, got 0$"),
    (lambda: transposed_size(5, 3, output_padding=-1),
     "^output_padding must be at least 0, got -1$"),
    (lambda: axis_from_end("axes", -3, (4, 4)),
     r"^axes must be from -2 to -1 for \(4, 4\), got -3$"),
    (lambda: output_size(3, 5, called="pool_size"),
     "^pool_size 5 does not fit a padded input of 3"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "says"), ERRORS, ids=[says for _, says in ERRORS])
def test_errors_name_argument_value_and_arithmetic(call, says):
    with pytest.raises((TypeError, ValueError), match=says) as caught:
        call()
    of_a_type = "whole number" in says or "True or False" in says or "a name" in says
    assert caught.type is (TypeError if of_a_type or "a word" in says else ValueError)


def test_what_only_parts_of_kinds_are_asked_for_is_not_there():
    with pytest.raises(NotImplementedError):
        Layer().output_shape((3,))
    with pytest.raises(NotImplementedError):
        Bordering().border  # noqa: B018


def test_one_number_or_one_an_axis():
    assert each_axis("size", 2) == each_axis("size", [2, 2]) == (2, 2)
    assert each_axis("size", (0, 1, 2), rank=3, minimum=0) == (0, 1, 2)
    with pytest.raises(ValueError, match="size must be at least 1, got 0"):
        each_axis("size", 0)
    assert sides_of_axes("padding", 2, rank=1) == sides_of_axes("padding", (2,), 1) == ((2, 2),)
    assert sides_of_axes("padding", [[1, 0]], rank=1) == ((1, 0),)


def test_causal_zeros_are_all_in_front():
    assert pad_widths(28, 5, padding="causal") == (4, 0)
    assert pad_widths(28, 3, 2, "causal", dilation_rate=2) == (4, 0)


@pytest.mark.parametrize(
    ("how", "side"),
    [
        ((5, 5), 9), ((14, 2, 2), 28), ((4, 2, 3), 12), ((4, 2, 3, "same"), 12),
        ((4, 3, 1, "valid", 2), 8), ((4, 3, 2, "valid", 1, 0), 9), ((4, 3, 2, "valid", 1, 1), 10),
        ((4, 3, 2, "same", 1, 1), 8), ((4, 2, 2, "same", 1, 0), 6), ((1, 1), 1),
    ],
)  # fmt: skip
def test_sides_of_known_transposed_convolutions(how, side):
    assert transposed_size(*how) == side


@given(layers_on_shapes())
def test_layers_of_any_kind_put_out_a_shape_or_say_why_not(case):
    layer, shape = case
    try:
        output = layer.output_shape(shape)
    except ValueError as error:
        assert any(str(number) in str(error) for number in shape)
        return
    assert min(output) >= 1 and len(output) >= 1
    assert layer.activations(shape) in (0, np.prod(output))
    assert Shared(layer).macs(shape) == layer.macs(shape)
    assert Shared(layer).weights(shape) == Shared(layer).biases(shape) == 0


@given(st.sampled_from([1, 2, 3]).flatmap(sized))
def test_a_crop_takes_off_what_a_border_put_on(shape):
    rank = len(shape) - 1
    padded = getattr(kinds, f"ZeroPadding{rank}D")(2).output_shape(shape)
    assert getattr(kinds, f"Cropping{rank}D")(2).output_shape(padded) == shape
