"""Questions: what is asked of which network and layer, the right answer, and the slips."""

import re
from collections import defaultdict
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

from lenet.derivation import derive
from lenet.layers.arguments import AXES
from lenet.network import Network
from lenet.practice import wrong_counts, wrong_fields, wrong_sizes, wrong_work  # noqa: F401  they register
from lenet.practice.answers import Wanted, same, wanted
from lenet.practice.mistakes import FORMULAS, Case, Mistake, slips
from lenet.practice.quantities import ADDED_UP, Quantity, Value, answer
from lenet.steps import Step

ON_THE_WAY = {  # what one counts before the number that is asked for
    Quantity.PARAMETERS: (Quantity.WEIGHTS, Quantity.BIASES),
    Quantity.MACS: (Quantity.WEIGHTS,),
    Quantity.FLOPS: (Quantity.WEIGHTS,),
    Quantity.CONNECTIONS: (Quantity.WEIGHTS, Quantity.BIASES, Quantity.PARAMETERS),
}
RULES = {
    Quantity.SHAPE: "Find the two sides one after the other, and then what the channels are.",
    Quantity.HEIGHT: "How far can the first pixel of a window move, and in steps of which size?",
    Quantity.WIDTH: "How far can the first pixel of a window move, and in steps of which size?",
    Quantity.CHANNELS: "Each filter makes one map.",
    Quantity.UNITS: "How many places are there, and how many units stand at each?",
    Quantity.WEIGHTS: "How many numbers does one kernel, or one unit, read? And how many of them "
    "are there?",
    Quantity.BIASES: "Who has a bias: each map, each unit, or nobody here?",
    Quantity.PARAMETERS: "Weights and biases are counted apart first, and then added.",
    Quantity.FIXED: "Which numbers are kept, though no gradient changes them?",
    Quantity.CONNECTIONS: "How many lines does one unit have, that of the bias included? And how "
    "many units are there?",
    Quantity.MACS: "How often is each weight used for one image?",
    Quantity.FLOPS: "Count the multiply-accumulates, and then what each is made of.",
    Quantity.FIELD: "How much does a unit of the layer before see, and how far apart do its "
    "neighbours lie?",
    Quantity.DROPPED: "Where does the last window end, and how many pixels are left behind it?",
    Quantity.PADDING: "How many places do all the windows need, and how many pixels are there?",
}


@dataclass(frozen=True)
class Question:
    """What all questions have: an id, a text, and where the answer is worked out.

    `prompt` is the beginning of the chapter's text that asks the same.
    """

    id: str
    text: str
    _: KW_ONLY
    prompt: str = ""
    solution: str = ""

    @property
    def answer(self) -> Value:
        """The right one: a whole number, a number with decimals, or a shape."""
        raise NotImplementedError

    @property
    def slips(self) -> tuple[tuple[Mistake, Value], ...]:
        """Each slip that can be made, and the wrong answer that it gives."""
        raise NotImplementedError

    @property
    def hints(self) -> tuple[str, ...]:
        """What is said one after the other, none of it the answer."""
        raise NotImplementedError

    @property
    def wanted(self) -> Wanted:
        """The type of the answer."""
        return wanted(self.answer)

    def accepts(self, value: Value) -> bool:
        """Whether an answer is right."""
        return same(value, self.answer)

    @property
    def praise(self) -> str:
        """What is said of a right answer."""
        return "Right."

    def blame(self, value: Value) -> str:
        """What is said of a wrong answer whose cause is not known."""
        return "Not yet."

    def causes(self, value: Value) -> tuple[Mistake, ...]:
        """The slips that lead to a wrong answer; several where it does not tell which."""
        return tuple({m.name: m for m, wrong in self.slips if same(value, wrong)}.values())

    @cached_property
    def wrong(self) -> dict[Value, tuple[Mistake, ...]]:
        """Each wrong answer that has a cause, and its causes; the right answer is none."""
        table = defaultdict(dict)
        for kind, value in self.slips:
            if not self.accepts(value):
                table[value].setdefault(kind.name, kind)
        return {value: tuple(kinds.values()) for value, kinds in table.items()}


@dataclass(frozen=True)
class Count(Question):
    """What is asked of a layer of a network, or of all of it where `layer` is None.

    `instead` is a network that is easily taken for this one. `told` are the hints after the
    first one where a reader does not know the letters of the formula yet.

    >>> from lenet.architectures import LENET5_MODERN
    >>> weights = Count("x", "The weights of C3?", Quantity.WEIGHTS, LENET5_MODERN, "C3")
    >>> weights.answer, weights.causes(400)[0].name
    (2400, 'depth of the kernel forgotten')
    """

    asked: Quantity
    network: Network
    layer: str | None = None
    _: KW_ONLY
    instead: Network | None = None
    told: tuple[str, ...] = ()

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """What is asked of each layer that has a say."""
        trace = self.network.trace()
        if self.layer is not None:
            rows = (trace[self.layer],)
        else:
            rows = trace.rows if self.asked in ADDED_UP else trace.rows[-1:]
        before = trace.rows if self.network.is_chain else ()
        return tuple(
            Case(self.asked, row, self.instead, before[: before.index(row)] if before else ())
            for row in rows
        )

    @cached_property
    def answer(self) -> Value:
        values = [answer(self.asked, case.row) for case in self.cases]
        return sum(values) if len(values) > 1 else values[0]

    @cached_property
    def slips(self) -> tuple[tuple[Mistake, Value], ...]:
        if len(self.cases) == 1:
            return tuple(slips(self.cases[0]))
        return tuple(self._in_all_layers())

    def _in_all_layers(self):
        """A slip made in each layer where it can be made."""
        for kind, formula in FORMULAS:
            if kind == wrong_work.OTHER_NETWORK:
                continue
            values = [formula(case) for case in self.cases]
            if any(value is not None for value in values):
                pairs = zip(values, self.cases, strict=True)
                yield kind, sum(case.right if v is None else v for v, case in pairs)
        if self.instead:
            other = Count(self.id, self.text, self.asked, self.instead)
            yield wrong_work.OTHER_NETWORK, other.answer

    @cached_property
    def hints(self) -> tuple[str, ...]:
        hints = (RULES[self.asked], *(self.told or self._work()))
        return tuple(hint for hint in hints if not reveals(hint, self.answer))

    def _work(self) -> list[str]:
        """The formula with letters, and with this layer's numbers; or which layers there are."""
        if len(self.cases) > 1:
            counted = [case.row.name for case in self.cases if case.right]
            return [f"Add up these layers: {', '.join(counted)}."] * bool(counted)
        steps = self._own_steps
        letters = dict.fromkeys(step.formula for step in steps)
        numbers = dict.fromkeys(step.numbers for step in steps)
        return [f"The formula is {'; '.join(letters)}.", f"With numbers: {'; '.join(numbers)}."]

    @property
    def sameness(self) -> tuple:
        """What two questions have in common that put the same numbers into the same formula."""
        if len(self.cases) > 1:
            return self.asked, self.network
        return self.asked, tuple((step.formula, step.numbers) for step in self._own_steps)

    @cached_property
    def _own_steps(self) -> list[Step]:
        """The steps of the layer's derivation that say what is asked."""
        layer = derive(self.network)[self.cases[0].row.name]
        names = _said_by(self.asked, len(layer.row.output_shape) - 1)
        return [step for step in layer.steps if step.quantity in names]


def steps_of(asked: Quantity, rank: int, here: bool) -> set[str]:
    """The quantities of a derivation on the way to an answer.

    `here` says whether the layer is the one that is asked about, or one before it, of which
    the shape is wanted, or what its units see. `rank` are the axes of what comes out.
    """
    if asked is Quantity.FIELD:
        axis = AXES.get(rank, ("features",))[0]
        return {*_said_by(asked, rank), *(f"jump, {axis}", "jump") * (not here)}
    needed = [Quantity.SHAPE, *ON_THE_WAY.get(asked, ()), asked] if here else [Quantity.SHAPE]
    return {name for quantity in needed for name in _said_by(quantity, rank)}


def _said_by(asked: Quantity, rank: int) -> tuple[str, ...]:
    """The names that the steps of a derivation have for what is asked."""
    axes = AXES.get(rank, ("features",))
    sides = tuple(f"output {axis}" for axis in axes)
    return {
        Quantity.SHAPE: (*sides, "output channels", *(f"kernel span, {axis}" for axis in axes)),
        Quantity.UNITS: sides,
        Quantity.HEIGHT: sides[:1],
        Quantity.WIDTH: sides[1:2],
        Quantity.FLOPS: ("MACs",),
        Quantity.FIELD: (f"receptive field, {axes[0]}", "receptive field"),
        Quantity.DROPPED: ("dropped rows", f"dropped {axes[0]}", *sides[:1]),
        Quantity.PADDING: (f"padding, {axes[0]}",),
    }.get(asked, (asked.value,))


def reveals(hint: str, right: Value) -> bool:
    """Whether one can read the answer off a hint."""
    numbers = re.findall(r"\d+(?:\.\d+)?", hint.replace(",", ""))
    parts = right if isinstance(right, tuple) else (right,)
    return any(str(part) in numbers for part in parts)
