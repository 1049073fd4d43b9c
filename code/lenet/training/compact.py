"""Trained weights in 16 bits each, for the pages: half the size, and the same errors.

Each array has a step; a weight is a whole number of steps, between -32,767 and 32,767.
"""

from typing import NamedTuple

import numpy as np

from lenet.training.runs import RECORDS

LARGEST = 2**15 - 1
# Test errors on MNIST with these weights, in percent; a test measures them anew.
TEST_ERRORS = {"lenet5-1998": 0.83, "fnn-1024-58-32-10": 2.65}


class Steps(NamedTuple):
    """An array of weights as whole numbers of a `step`; `numbers` are int16 of its shape."""

    numbers: np.ndarray
    step: float

    @property
    def weights(self) -> np.ndarray:
        """The weights again, float32, each off by at most half a step.

        >>> Steps(np.array([3, -2], "int16"), 0.25).weights.tolist()
        [0.75, -0.5]
        """
        return (self.numbers * self.step).astype("float32")


def in_steps(weights: np.ndarray) -> Steps:
    """The nearest that whole numbers of one step come to these weights.

    >>> in_steps(np.array([0.5, -1.0, 0.0])).numbers.tolist()
    [16384, -32767, 0]
    """
    step = float(abs(weights).max()) / LARGEST
    return Steps(np.rint(weights / step).astype("int16"), step)


def compact(name: str) -> dict[str, Steps]:
    """The kept weights of an experiment, by layer and array, without the fixed codes.

    >>> compact("lenet5-1998")["C1/kernel"].numbers.shape
    (5, 5, 1, 6)
    """
    with np.load(RECORDS / f"{name}.npz", allow_pickle=False) as file:
        return {key: in_steps(file[key]) for key in file if not key.endswith("/codes")}
