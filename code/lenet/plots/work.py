"""The arithmetic of one layer at a time, for whoever chooses it on a page."""

import html
from dataclasses import dataclass

from lenet.derivation import derive
from lenet.network import Network
from lenet.plots.drawing import Picker
from lenet.steps import lines
from lenet.steps.step import Line
from lenet.table import written

SHOWN = ("output", "weights", "biases", "parameters", "MACs")


@dataclass(frozen=True)
class Work:
    """The numbers of a layer put in: a list of lines in a notebook and on a page."""

    title: str
    texts: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n  ".join([self.title, *self.texts])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(text)}</li>" for text in self.texts)
        return f'<div class="lenet-work"><p>{html.escape(self.title)}</p><ul>{items}</ul></div>'


def layer_work(network: Network) -> Picker:
    """A choice of the network's layers, each with its sides, parameters and MACs worked out.

    Connections and activations are not shown.

    >>> from lenet import LENET5_MODERN
    >>> layer_work(LENET5_MODERN).drawings["F6"]
    F6 (Dense): 120 → 84
      output features: 84
      weights: 120·84 = 10,080
      biases: 84
      parameters: 10080 + 84 = 10,164
      MACs: 120·84 = 10,080
    """
    derived, panels = derive(network), {}
    for row in network.trace():
        work = derived[row.name]
        steps = tuple(step for step in work.steps if step.quantity.startswith(SHOWN))
        panels[row.name] = Work(work.title, tuple(map(_text, lines(steps))))
    return Picker("Choose a layer:", panels)


def _text(line: Line) -> str:
    """A line of a derivation without its letters."""
    step, result = line.steps[0], written(line.steps[0].result)
    if step.numbers == str(step.result):
        return f"{line.quantity}: {result}"
    return f"{line.quantity}: {step.numbers} = {result}"
