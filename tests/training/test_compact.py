"""Weights in 16 bits: how near they stay, and that the errors on MNIST stay the same."""

import os

import numpy as np
import pytest
from lenet import FNN_1024_58_32_10, LENET5_1998
from lenet.training import compact, mnist
from lenet.training.loop import answers_of
from lenet.training.reproduce import trained
from lenet.training.runs import RECORDS, load_records
from lenet.training.weights import short_name

NETWORKS = {"lenet5-1998": LENET5_1998, "fnn-1024-58-32-10": FNN_1024_58_32_10}


@pytest.mark.parametrize("name", NETWORKS)
def test_each_weight_is_at_most_half_a_step_away(name):
    with np.load(RECORDS / f"{name}.npz", allow_pickle=False) as file:
        kept = dict(file)
    made = compact.compact(name)
    assert made.keys() == kept.keys() - {"Output/codes"}
    for key, steps in made.items():
        assert steps.numbers.dtype == "int16" and steps.weights.dtype == "float32"
        assert abs(steps.numbers).max() == 32767
        off = abs(steps.weights.astype(float) - kept[key]).max()
        assert off <= 0.5 * steps.step + 1e-7 * abs(kept[key]).max()  # and float32's rounding
    numbers = sum(steps.numbers.size for steps in made.values())
    assert numbers == NETWORKS[name].trace().total.parameters


@pytest.mark.parametrize("name", NETWORKS)
def test_the_written_errors_are_those_of_the_record_within_two_hundredths(name):
    assert compact.TEST_ERRORS.keys() == NETWORKS.keys()
    recorded = load_records()[name].runs[0].test_error
    assert compact.TEST_ERRORS[name] == pytest.approx(recorded, abs=0.02)


@pytest.mark.skipif(
    mnist.VARIABLE not in os.environ,
    reason="LENET_MNIST is not set: LENET_MNIST=mnist.npz make test reads MNIST from there",
)
def test_the_written_errors_are_the_errors_on_mnist():
    data = mnist.load()
    images = mnist.prepare(data.x_test)
    for name, error in compact.TEST_ERRORS.items():
        model, steps = trained(name), compact.compact(name)
        for variable in model.variables:
            if short_name(variable) in steps:
                variable.assign(steps[short_name(variable)].weights)
        wrong = 100 * np.mean(answers_of(model, images) != data.y_test)
        assert wrong == pytest.approx(error, abs=0.005), name
