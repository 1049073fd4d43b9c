"""One line of a derivation: a quantity, its formula, the numbers put in, the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, singledispatch
from itertools import groupby

from lenet.layers.base import Layer
from lenet.steps import formula
from lenet.table import written
from lenet.trace import Row


@singledispatch
def steps_of(layer: Layer, row: Row) -> Iterator["Step"]:
    """The steps of a layer, from its row of a trace; each kind registers its own.

    Raises NotImplementedError for a kind of layer that has no derivation.
    """
    raise NotImplementedError(f"no derivation is known for {layer.kind}")


@dataclass(frozen=True)
class Step:
    """One line of a derivation.

    `quantity` names it, the same whatever the shape; `formula` and `numbers` are the same
    expression with letters and with this layer's numbers, `result` is what they come to;
    the last two are the LaTeX. `pattern` and `axis` are the two parts of the name.
    """

    pattern: str
    axis: str
    formula: str
    numbers: str
    result: int
    latex_formula: str
    latex_numbers: str

    @property
    def quantity(self) -> str:
        """What the step computes, such as "weights" or "output height"."""
        return self.pattern.format(self.axis)

    def __str__(self) -> str:
        return lines((self,))[0].text


@dataclass(frozen=True)
class Line:
    """Steps that say the same of several quantities, as one line for people to read."""

    steps: tuple[Step, ...]

    @property
    def quantity(self) -> str:
        """All their names: "output height and width"."""
        first = self.steps[0]
        if len({step.pattern for step in self.steps}) == 1:
            return first.pattern.format(_listed([step.axis for step in self.steps]))
        return _listed([step.quantity for step in self.steps])

    @property
    def text(self) -> str:
        """The line as plain text: quantity, formula, numbers, result."""
        step = self.steps[0]
        numbers = written(step.result) if self._is_plain else step.numbers
        parts = dict.fromkeys((step.formula, numbers, written(step.result)))
        return f"{self.quantity}: {' = '.join(parts)}"

    @property
    def latex(self) -> str:
        """The quantity, below it the formula, below that the numbers and the result.

        Set below each other, so that a line fits the width of a phone.
        """
        step = self.steps[0]
        result = written(step.result).replace(",", "{,}")
        if step.formula == step.numbers:
            return rf"& \text{{{self.quantity}}} = \mathbf{{{result}}}"
        numbers = "" if self._is_plain else f"{step.latex_numbers} ="
        return (
            rf"& \text{{{self.quantity}}} \\ & \quad = {step.latex_formula} \\ "
            rf"& \quad = {numbers} \mathbf{{{result}}}"
        )

    @property
    def _is_plain(self) -> bool:
        """Whether the numbers are the result already, as of one factor."""
        return self.steps[0].numbers == str(self.steps[0].result)


def lines(steps: tuple[Step, ...]) -> list[Line]:
    """The steps for people to read: neighbours with the same formula and numbers are one line.

    Sides and counts stay apart, even where both are the number of channels.
    """

    def says(step: Step) -> tuple:
        return step.formula, step.numbers, step.pattern.startswith("output")

    return [Line(tuple(same)) for _, same in groupby(steps, key=says)]


def step(pattern: str, source: str, numbers: formula.Numbers, axis: str = "") -> Step:
    """A step by a formula, as `lenet.steps.formula` reads it."""
    return _step(pattern, source, tuple(numbers.items()), axis)


@lru_cache(maxsize=4096)  # the layers of a chain say much the same
def _step(pattern: str, source: str, numbers: tuple[tuple[str, int], ...], axis: str) -> Step:
    known = dict(numbers)
    text, latex = _with_letters(source)
    return Step(
        pattern,
        axis,
        text,
        formula.text(source, known),
        formula.value(source, known),
        latex,
        formula.latex(source, known),
    )


@lru_cache(maxsize=1024)
def _with_letters(source: str) -> tuple[str, str]:
    return formula.text(source), formula.latex(source)


def of_axes(pattern: str, source: str, axes: list[dict], names: tuple[str, ...]) -> list[Step]:
    """The same formula for each axis, with the numbers of that axis."""
    return [
        step(pattern, source, numbers, axis) for axis, numbers in zip(names, axes, strict=False)
    ]


def _listed(names: list[str]) -> str:
    """a, b and c; a name that begins with a comma keeps it."""
    *others, last = [name.removeprefix(", ") for name in names]
    start = ", " if names[0].startswith(", ") else ""
    return start + (f"{', '.join(others)} and {last}" if others else last)
