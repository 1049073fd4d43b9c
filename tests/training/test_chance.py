from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet.training.chance import Paired, dealt_as_far, dealt_as_low, paired
from lenet.training.runs import Run
from scipy.stats import binomtest, permutation_test


def missing(*digits: int) -> Run:
    return Run(0, (50.0,), 1.0, wrong=tuple((digit, 1, 7) for digit in digits))


@pytest.mark.parametrize("runs", [1, 3, 5])
def test_runs_that_all_lie_below_are_one_way_of_all(runs):
    low, high = range(runs), range(runs, 2 * runs)
    assert dealt_as_low(low, high) == 1 / comb(2 * runs, runs)
    assert dealt_as_low(high, low) == 1


def test_equal_errors_are_dealt_as_low_by_more_ways():
    assert dealt_as_low([1, 2], [2, 3]) == 2 / 6
    assert dealt_as_low([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]) > 0.5
    assert dealt_as_low([2], [2]) == 1


@settings(max_examples=20)
@given(st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_the_share_is_that_of_scipy(errors):
    one, other = errors[:3], errors[3:]
    by_scipy = permutation_test(
        (one, other), lambda a, b: sum(a), alternative="less", vectorized=False,
        n_resamples=10_000,
    )  # fmt: skip
    assert dealt_as_low(one, other) == pytest.approx(by_scipy.pvalue)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_the_share_to_either_side_is_that_of_scipy(errors):
    one, other = errors[:3], errors[3:]
    by_scipy = permutation_test(
        (one, other), lambda a, b: abs(sum(a) / 3 - sum(b) / 4), alternative="greater",
        vectorized=False, n_resamples=10_000,
    )  # fmt: skip
    assert dealt_as_far(one, other) == pytest.approx(by_scipy.pvalue)
    assert dealt_as_far(other, one) == dealt_as_far(one, other)


def test_literal_cases_to_either_side():
    assert dealt_as_far([1, 2], [4]) == 1 / 3  # 2.5 apart; with 1 alone 2, with 2 alone 0.5
    assert dealt_as_far([1, 2], [3]) == 2 / 3  # 1.5 apart, and so is 1 from 2 and 3
    assert dealt_as_far([1], [1, 1]) == 1


@pytest.mark.parametrize("dealt", [dealt_as_low, dealt_as_far])
def test_a_side_without_runs_is_refused(dealt):
    with pytest.raises(ValueError, match="each side must have a run, got 0 and 2"):
        dealt([], [1, 2])
    with pytest.raises(ValueError, match="each side must have a run, got 1 and 0"):
        dealt([1], [])


def test_digits_that_both_miss_count_for_neither():
    assert paired(missing(1, 2, 3), missing(3, 4)) == Paired(2, 1, 1.0)
    assert paired(missing(5), missing(5)) == Paired(0, 0, 1.0)


def test_a_literal_case_by_counting_all_ways_that_coins_fall():
    found = paired(missing(*range(7)), missing(0, 10))
    assert found[:2] == (6, 1)
    falls = [sum(coins) for coins in product((0, 1), repeat=7)]
    assert found.p == sum(heads in (0, 1, 6, 7) for heads in falls) / 128 == 0.125


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_p_is_that_of_scipys_exact_binomial_test(missed, also):
    only_one, only_other, p = paired(missing(*missed), missing(*also))
    assert (only_one, only_other) == (len(missed - also), len(also - missed))
    coins = only_one + only_other
    expected = binomtest(only_one, coins).pvalue if coins else 1
    assert p == pytest.approx(expected) and paired(missing(*also), missing(*missed)).p == p
