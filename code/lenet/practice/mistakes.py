"""Slips that people make, each a wrong formula with a name and what is said of it.

What is said has no digits in it, so that it cannot give the answer away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod

from lenet.layers import Layer, LocallyConnected2D
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.practice.quantities import Numbers, Quantity, Value, answer, counted, numbers_of
from lenet.trace import Row


@dataclass(frozen=True)
class Mistake:
    """A slip: what it is called, and what was done and what to think about."""

    name: str
    said: str


@dataclass(frozen=True)
class Case:
    """What is asked of one layer of a network, for the formulas to get wrong."""

    asked: Quantity
    row: Row
    instead: Network | None = None  # a network that is easily taken for the right one
    before: tuple[Row, ...] = ()  # of a network in which each layer reads the one before

    @property
    def layer(self) -> Layer:
        return self.row.layer

    @property
    def came(self) -> Shape:
        return self.row.input_shape

    @property
    def made(self) -> Shape:
        return self.row.output_shape

    @cached_property
    def numbers(self) -> Numbers:
        """What the layer really makes and counts."""
        return numbers_of(self.row)

    @cached_property
    def right(self) -> Value:
        return answer(self.asked, self.row)

    def read(self, numbers: Numbers) -> Value | None:
        """What is asked for, from other numbers than the right ones."""
        return counted(self.asked, numbers)

    def other(self, asked: Quantity) -> Value | None:
        """The right answer to another question about the same layer."""
        return counted(asked, self.numbers)

    def as_if(self, layer: Layer, came: Shape | None = None) -> Value | None:
        """What another layer would make and count, here or on another input."""
        try:
            counts = layer.counts(came or self.came)
        except ValueError:  # it does not fit
            return None
        return self.read(
            Numbers(
                counts.output_shape, counts.weights, counts.biases, counts.fixed,
                counts.connections, counts.macs,
            )
        )  # fmt: skip

    def on_sides(self, sides: Shape) -> Value | None:
        """What the layer would count at so many places, each as it counts at one."""
        if min(sides) < 0:
            return None
        n, layer = self.numbers, self.layer
        shared = not isinstance(layer, LocallyConnected2D)

        def scaled(number: int) -> int:
            return number // prod(self.made[:-1]) * prod(sides)

        return self.read(
            n._replace(
                shape=(*sides, self.made[-1]),
                weights=n.weights if shared else scaled(n.weights),
                biases=n.biases if getattr(layer, "shared_bias", shared) else scaled(n.biases),
                connections=scaled(n.connections),
                macs=scaled(n.macs),
            )
        )


Formula = Callable[[Case], Value | None]

FORMULAS: list[tuple[Mistake, Formula]] = []


def mistake(name: str, said: str) -> Callable[[Formula], Formula]:
    """Registers a formula under the name of a slip; slips of one name are one slip."""

    def registered(formula: Formula) -> Formula:
        FORMULAS.append((Mistake(name, said), formula))
        return formula

    return registered


def slips(case: Case) -> Iterator[tuple[Mistake, Value]]:
    """Each slip and the number that it leads to, where it can be made here."""
    for kind, formula in FORMULAS:
        value = formula(case)
        if value is not None:
            yield kind, value
