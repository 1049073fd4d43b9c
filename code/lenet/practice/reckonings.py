"""Questions whose answer no derivation gives: it is worked out elsewhere, or was measured."""

from dataclasses import KW_ONLY, dataclass
from functools import cached_property

from lenet.practice.mistakes import Mistake
from lenet.practice.quantities import Value
from lenet.practice.questions import Question


@dataclass(frozen=True)
class Reckoning(Question):
    """A question whose answer is worked out elsewhere: a ratio, a gradient, a difference.

    `wrong_ways` are names of slips, what is said of each, and the number it gives; `told` are
    the hints.
    """

    right: Value
    wrong_ways: tuple[tuple[str, str, Value], ...] = ()
    told: tuple[str, ...] = ()

    @property
    def answer(self) -> Value:
        return self.right

    @cached_property
    def slips(self) -> tuple[tuple[Mistake, Value], ...]:
        return tuple((Mistake(name, said), value) for name, said, value in self.wrong_ways)

    @property
    def hints(self) -> tuple[str, ...]:
        return self.told


@dataclass(frozen=True)
class Estimate(Reckoning):
    """What was measured, or what chance does: an answer is right when it is `near` enough.

    `near` is the smallest and the largest right answer.

    >>> error = Estimate("x", "How many percent?", 8.8, told=("Few.",), near=(6, 13))
    >>> error.accepts(10), error.blame(4)
    (True, 'Not yet: too low.')
    """

    _: KW_ONLY
    near: tuple[float, float]

    def accepts(self, value: Value) -> bool:
        return self.near[0] <= value <= self.near[1]

    @property
    def praise(self) -> str:
        return f"Near enough: it is {self.right:g}."

    def blame(self, value: Value) -> str:
        return f"Not yet: too {'low' if value < self.near[0] else 'high'}."
