"""What layers of every kind count: known cases, and loops that count as they compute."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from any_layer import any_on_shapes, merges_on_shapes, sized
from hypothesis import given, settings
from hypothesis import strategies as st
from known_layers import KNOWN
from lenet import Network
from lenet import layers as kinds
from lenet.layers import Conv1D, Conv1DTranspose, Conv2D, Layer, Shared
from loops import counted, run

QUESTIONS = (  # in the order of `known_layers`
    "output_shape", "weights", "biases", "fixed", "macs", "connections", "activations",
)  # fmt: skip
by_layer = pytest.mark.parametrize("known", KNOWN, ids=lambda known: repr(known[0]))


def said(layer: Layer, shape: tuple) -> dict[str, int | tuple]:
    """What the layer counts, by the question."""
    counts = layer.counts(shape)
    return {question: getattr(counts, question) for question in QUESTIONS}


@by_layer
def test_every_kind_counts_what_is_known_of_it(known):
    layer, shape, *answers, window = known
    assert list(said(layer, shape).values()) == answers
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert getattr(layer, question)(shape) == answer
    assert layer.window(shape) == window


def test_a_case_is_known_of_every_kind():
    not_counted_here = {"Layer", "Foreign"}
    assert {type(known[0]).__name__ for known in KNOWN} == set(kinds.__all__) - not_counted_here


@by_layer
def test_loops_count_what_is_known(known):
    layer, shape = known[:2]
    if layer.connections(shape) <= 20_000:
        assert counted(layer, shape) == said(layer, shape)


@by_layer
def test_what_is_not_trained_is_fixed(known):
    layer, shape, _, weights, biases, fixed, *_ = known
    reads = [(-1, -2, -3)[: len(shape)]] if layer.merges else None
    (row,) = Network(shape, [layer], reads=reads).trace()
    (frozen,) = Network(shape, [replace(layer, trainable=False)], reads=reads).trace()
    assert (row.weights, row.biases) == (frozen.weights, frozen.biases) == (weights, biases)
    assert (row.parameters, row.fixed) == (weights + biases, fixed)
    assert (frozen.parameters, frozen.fixed) == (0, fixed + weights + biases)


@by_layer
def test_lists_and_numpy_integers_are_shapes_too(known):
    layer, shape = known[:2]
    shapes = shape if layer.merges else (shape,)
    others = [
        [[np.min_scalar_type(side).type(side) for side in one] for one in shapes],
        [tuple(np.int64(side) for side in one) for one in shapes],
    ]
    for other in others:
        counts = said(layer, other if layer.merges else other[0])
        assert counts == said(layer, shape)
        *numbers, sides = (counts[question] for question in reversed(QUESTIONS))
        assert all(type(number) is int for number in (*numbers, *sides))


met = Counter()


@settings(max_examples=300)
@given(any_on_shapes(6) | merges_on_shapes())
def count_in_both_ways(case):
    layer, shape = case
    try:
        counts = said(layer, shape)
    except ValueError:
        met["refused"] += 1
        return
    assert said(Shared(layer), shape) == {**counts, "weights": 0, "biases": 0, "fixed": 0}
    if counts["connections"] <= 4_000 and counts["activations"] <= 1_000:
        met["counted"] += 1
        assert counted(layer, shape) == counts


def test_loops_count_what_generated_layers_say():
    met.clear()
    count_in_both_ways()
    assert met["counted"] > 200 and met["refused"] > 10, met


def test_the_loops_compute_a_plain_convolution():
    work = run(Conv2D(2, 3, use_bias=False), (6, 5, 2))
    kernel = np.zeros((3, 3, 2, 2), int)
    for place, weight in work.weights.made.items():
        kernel[place] = weight
    seen = np.lib.stride_tricks.sliding_window_view(work.image.astype(int), (3, 3), axis=(0, 1))
    assert (work.output == np.einsum("hwcij,ijcf->hwf", seen, kernel)).all()


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("stride", "kernel"), [(1, 3), (2, 2), (2, 3), (3, 2), (3, 5)])
def test_in_the_loops_a_transposed_convolution_is_one_turned_round(padding, stride, kernel):
    how = {"padding": padding, "use_bias": False}
    back, forth = Conv1DTranspose(1, kernel, stride, **how), Conv1D(1, kernel, stride, **how)
    work = run(back, (5, 1))
    spread = [of_one(back, n, 5, work.weights.made) for n in range(5)]
    gathered = [
        of_one(forth, n, len(work.output), work.weights.made) for n in range(len(work.output))
    ]
    assert (np.array(spread) == np.array(gathered).T).all()


def of_one(layer: Layer, place: int, size: int, weights: dict) -> list[int]:
    """What comes out where a single 1 comes in at this place."""
    image = np.eye(size, dtype=int)[:, [place]]
    return run(layer, image.shape, [image], weights).output.ravel()


@given(st.sampled_from([1, 2, 3]).flatmap(sized))
def test_a_crop_takes_off_what_a_border_put_on(shape):
    rank = len(shape) - 1
    padded = getattr(kinds, f"ZeroPadding{rank}D")(2).output_shape(shape)
    assert getattr(kinds, f"Cropping{rank}D")(2).output_shape(padded) == shape
