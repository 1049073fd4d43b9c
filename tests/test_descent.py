import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lenet.descent import FORMULAS, OneWeight, tap_gradients

UNIT = OneWeight(input=2, wanted=6)
SMALL = st.integers(-9, 9)


def test_the_loss_is_the_squared_error():
    assert [UNIT.loss(weight) for weight in range(7)] == [36, 16, 4, 0, 4, 16, 36]


@given(SMALL, SMALL, SMALL)
def test_the_gradient_is_the_slope_between_two_weights_around_it(factor, wanted, weight):
    unit = OneWeight(factor, wanted)
    assert 2 * unit.gradient(weight) == unit.loss(weight + 1) - unit.loss(weight - 1)


def test_a_walk_has_the_start_and_each_step():
    assert UNIT.walk(1, 0.125, 1) == [1, 3.0]
    assert UNIT.walk(1, 0.3, 3) == pytest.approx([1, 5.8, -0.92, 8.488])
    assert UNIT.walk(1, 0.3, 0) == [1]
    with pytest.raises(ValueError, match="steps must be at least 0, got -1"):
        UNIT.walk(1, 0.3, -1)


@given(SMALL, SMALL, SMALL)
def test_the_formulas_that_pages_show_are_those_of_a_step(factor, wanted, weight):
    unit = OneWeight(factor, wanted)
    known = {"input": factor, "wanted": wanted, "weight": weight, "rate": 0.25}
    for name, formula in FORMULAS.items():
        known[name] = eval(formula.replace("·", "*"), {}, known)
    assert (known["loss"], known["gradient"]) == (unit.loss(weight), unit.gradient(weight))
    assert known["step"] == unit.walk(weight, 0.25, 1)[1]
    assert list(FORMULAS) == ["output", "error", "loss", "gradient", "step"]


def test_each_place_adds_its_part_to_each_tap():
    table = tap_gradients([1, 2, 0, 3, 1], [1, 2, -1], [4, 0, 3])
    assert table.headers == (
        "place", "window", "output", "wanted", "error", "tap 1", "tap 2", "tap 3",
    )  # fmt: skip
    assert table.rows == (
        ("1", "1 2 0", 5, 4, 1, 2, 4, 0),
        ("2", "2 0 3", -1, 0, -1, -4, 0, -6),
        ("3", "0 3 1", 5, 3, 2, 0, 12, 4),
        ("sum", None, None, None, None, -2, 16, -2),
    )
    assert table.has_total


@given(st.lists(SMALL, min_size=2, max_size=6), st.lists(SMALL, min_size=1, max_size=2), st.data())
def test_the_sums_are_the_slopes_of_the_whole_loss(inputs, taps, data):
    places = len(inputs) - len(taps) + 1
    wanted = data.draw(st.lists(SMALL, min_size=places, max_size=places))

    def loss(moved) -> float:
        return sum((np.correlate(inputs, moved, "valid") - wanted) ** 2)

    sums = tap_gradients(inputs, taps, wanted).rows[-1][5:]
    for tap, found in enumerate(sums):
        up, down = ([*taps[:tap], taps[tap] + by, *taps[tap + 1 :]] for by in (1, -1))
        assert 2 * found == loss(up) - loss(down)


def test_each_place_needs_a_wanted_output():
    says = re.escape("wanted must have 5 - 3 + 1 = 3 outputs, got 2")
    with pytest.raises(ValueError, match=says):
        tap_gradients([1, 2, 0, 3, 1], [1, 2, -1], [4, 0])
