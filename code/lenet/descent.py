"""How a weight learns: its loss, its gradient and steps downhill; and taps that are shared.

Numbers small enough to check by hand. Needs neither NumPy nor TensorFlow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lenet.arithmetic import whole
from lenet.table import Table

# The formulas of one step, as the pages show them; `OneWeight` computes by them.
FORMULAS = {
    "output": "weight·input",
    "error": "output - wanted",
    "loss": "error·error",
    "gradient": "2·error·input",
    "step": "weight - rate·gradient",
}


@dataclass(frozen=True)
class OneWeight:
    """A unit that multiplies one input by one weight, has no bias, and should give `wanted`.

    >>> unit = OneWeight(input=2, wanted=6)
    >>> unit.loss(1), unit.gradient(1)
    (16, -16)
    """

    input: float
    wanted: float

    def loss(self, weight: float) -> float:
        """The squared difference between what the unit gives and what is wanted."""
        return (weight * self.input - self.wanted) ** 2

    def gradient(self, weight: float) -> float:
        """The slope of the loss: 2 · (output - wanted) · input."""
        return 2 * (weight * self.input - self.wanted) * self.input

    def walk(self, start: float, rate: float, steps: int) -> list[float]:
        """The weight before the first step and after each: minus rate times gradient.

        Raises ValueError for fewer than 0 steps.

        >>> OneWeight(2, 6).walk(start=1, rate=0.25, steps=3)
        [1, 5.0, 1.0, 5.0]
        """
        weights = [start]
        for _ in range(whole("steps", steps, minimum=0)):
            weights.append(weights[-1] - rate * self.gradient(weights[-1]))
        return weights


def tap_gradients(inputs: Sequence[int], taps: Sequence[int], wanted: Sequence[int]) -> Table:
    """A convolution on a line: for each place what it adds to the gradient of each tap.

    The loss is the sum of the squared errors of all places. An error is output - wanted; a
    place adds 2 · error · input to a tap, and the last row has the sums, which are the
    gradients of the shared taps. No padding, stride 1, no bias. Raises ValueError unless
    there is a wanted output for each place.

    >>> tap_gradients([1, 2, 0, 3, 1], [1, 2, -1], [4, 0, 3]).rows[-1][-3:]
    (-2, 16, -2)
    """
    places = len(inputs) - len(taps) + 1
    if len(wanted) != places:
        raise ValueError(
            f"wanted must have {len(inputs)} - {len(taps)} + 1 = {places} outputs, "
            f"got {len(wanted)}"
        )
    rows = []
    for place, goal in enumerate(wanted):
        window = inputs[place : place + len(taps)]
        output = sum(value * tap for value, tap in zip(window, taps, strict=True))
        parts = (2 * (output - goal) * value for value in window)
        rows.append(
            (str(place + 1), " ".join(map(str, window)), output, goal, output - goal, *parts)
        )
    sums = (sum(row[5 + tap] for row in rows) for tap in range(len(taps)))
    names = (f"tap {number}" for number in range(1, len(taps) + 1))
    return Table(
        ("place", "window", "output", "wanted", "error", *names),
        (*rows, ("sum", None, None, None, None, *sums)),
        has_total=True,
    )
