import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lenet.training.comparing import digits_needed, shift_table
from lenet.training.experiments import EXPERIMENTS
from lenet.training.runs import Record, Run

SIZES = (10, 100, 1000)


def test_an_error_that_was_measured_needs_the_size_it_was_measured_at():
    errors = [20.0, 8.0, 2.0]
    for size, error in zip(SIZES, errors, strict=True):
        assert digits_needed(SIZES, errors, error) == pytest.approx(size)


@given(st.lists(st.integers(1, 4000), min_size=3, max_size=3, unique=True), st.floats(0, 1))
def test_between_sizes_it_is_a_line_on_logarithmic_paper(errors, part):
    errors = sorted(errors, reverse=True)
    error = errors[-1] + part * (errors[0] - errors[-1])
    expected = np.exp(np.interp(-np.log(error), -np.log(errors), np.log(SIZES)))
    assert digits_needed(SIZES, errors, error) == pytest.approx(expected)


def test_an_error_out_of_reach_has_no_size_and_one_above_all_is_refused():
    assert digits_needed(SIZES, [20.0, 8.0, 2.0], 1.9) is None
    with pytest.raises(ValueError, match=r"error must be at most 20.0, that of 10, got 21"):
        digits_needed(SIZES, [20.0, 8.0, 2.0], 21)


def test_a_shift_table_has_the_mean_of_the_runs_at_each_pixel():
    runs = (
        Run(0, (1.0,), 1.0, shift_errors=(1.0, 4.0)),
        Run(1, (2.0,), 1.0, shift_errors=(2.0, 5.0)),
    )
    moved = Record(EXPERIMENTS["lenet5-modern-moved"], runs)
    one = Record(EXPERIMENTS["lenet5-modern"], runs[:1])
    table = shift_table([moved, one])
    assert table.headers == ("pixels moved", "modern LeNet-5, moved", "modern LeNet-5")
    assert table.rows == (("0", 1.5, 1.0), ("1", 4.5, 4.0))
