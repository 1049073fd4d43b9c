"""The work shown for every layer of a network; the letters are those of `lenet.steps`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lenet.network import Network, Row
from lenet.steps import Step, steps_of
from lenet.table import written

LATEX_NEWLINE = r" \\[6pt] "


@dataclass(frozen=True)
class LayerDerivation:
    """All steps of one layer. Prints as text, shows as LaTeX in a notebook."""

    row: Row
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """Name, kind, shape in and shape out."""
        row = self.row
        shapes = f"{written(row.input_shape)} → {written(row.output_shape)}"
        return f"{row.name} ({row.layer.kind}): {shapes}"

    def __getitem__(self, quantity: str) -> Step:
        return _found(quantity, {step.quantity: step for step in self.steps})

    def only(self, *quantities: str) -> "LayerDerivation":
        """The same layer with these steps alone, in this order."""
        return LayerDerivation(self.row, tuple(self[quantity] for quantity in quantities))

    def __repr__(self) -> str:
        return "\n".join([self.title, *(f"  {step}" for step in self.steps)])

    def _repr_latex_(self) -> str:
        return _aligned(step.latex for step in self.steps)


@dataclass(frozen=True)
class Derivation:
    """The derivations of a network's layers; `derivation["C1"]` is one of them."""

    layers: tuple[LayerDerivation, ...]

    def __getitem__(self, name: str) -> LayerDerivation:
        return _found(name, {layer.row.name: layer for layer in self.layers})

    def __iter__(self) -> Iterator[LayerDerivation]:
        return iter(self.layers)

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.layers))

    def _repr_latex_(self) -> str:
        lines = []
        for layer in self.layers:
            lines.append(rf"& \textbf{{{layer.row.name}}}")
            lines.extend(step.latex for step in layer.steps)
        return _aligned(lines)


def derive(network: Network) -> Derivation:
    """Every layer's steps: shape, what is dropped, parameters, MACs, field.

    Formulas and letters: `lenet.steps`. Raises nothing, since a
    `Network` has been checked already; a layer of a kind without a derivation
    gets a NotImplementedError that names it.

    >>> from lenet.architectures import LENET5_MODERN
    >>> print(derive(LENET5_MODERN)["C1"]["weights"])
    weights: Kh·Kw·C·F = 5·5·1·6 = 150
    """
    return Derivation(
        tuple(LayerDerivation(row, tuple(steps_of(row.layer, row))) for row in network.trace().rows)
    )


def _aligned(lines: Iterable[str]) -> str:
    return rf"$$\begin{{aligned}} {LATEX_NEWLINE.join(lines)} \end{{aligned}}$$"


def _found(key: str, known: dict):
    if key not in known:
        raise KeyError(f"no {key!r}; there are {', '.join(known)}")
    return known[key]
