"""The work shown for every layer of a network, and what the letters in it stand for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lenet.layers import Layer
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.steps import Step, letters, lines, steps_of
from lenet.table import Table, escaped, written
from lenet.trace import Row

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

    def key(self) -> Table:
        """What the letters of these steps stand for, and no others.

        >>> from lenet.layers import Dense
        >>> derive(Dense(10), (400,))["dense"].only("weights").key()
        letter    what it stands for
        --------  ------------------------------------------------------------------------
        N         inputs along one axis, pixels or others; of a dense layer all its inputs
        U         units
        """
        return letters.key(step.formula for step in self.steps)

    def __repr__(self) -> str:
        texts = [line.text for line in lines(self.steps)]
        texts += [self.row.layer.note] if self.row.layer.note else []
        return "\n".join([self.title, *(f"  {text}" for text in texts)])

    def _repr_latex_(self) -> str:
        return _aligned(line.latex for line in lines(self.steps))


@dataclass(frozen=True)
class Derivation:
    """The derivations of a network's layers; `derivation["C1"]` is one of them."""

    layers: tuple[LayerDerivation, ...]

    def __getitem__(self, name: str) -> LayerDerivation:
        return _found(name, self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, LayerDerivation]:
        return {layer.row.name: layer for layer in self.layers}

    def __iter__(self) -> Iterator[LayerDerivation]:
        return iter(self.layers)

    def key(self) -> Table:
        """What the letters of all layers' steps stand for."""
        return letters.key(step.formula for layer in self for step in layer.steps)

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.layers))

    def _repr_latex_(self) -> str:
        parts = []
        for layer in self.layers:
            parts.append(rf"& \textbf{{{escaped(layer.row.name)}}}")
            parts.extend(line.latex for line in lines(layer.steps))
        return _aligned(parts)


def derive(network: Network | Layer, input_shape: Shape | None = None) -> Derivation:
    """Every layer's steps: shape, what is dropped, parameters, MACs, field.

    Also of one layer, with the shape that comes in: `derive(Conv2D(6, 5), (32, 32, 1))`.
    Formulas: `lenet.steps`; their letters: `key()`. Raises TypeError for a layer without a
    shape, and what `Network` raises for one that does not fit.

    >>> from lenet.architectures import LENET5_MODERN
    >>> print(derive(LENET5_MODERN)["C1"]["weights"])
    weights: Kh·Kw·C·F = 5·5·1·6 = 150
    """
    if isinstance(network, Layer):
        if input_shape is None:
            raise TypeError(f"derive a {network.kind} with the shape that comes in, as in "
                            "derive(layer, (32, 32, 1))")  # fmt: skip
        network = Network(input_shape, network)
    return Derivation(
        tuple(LayerDerivation(row, tuple(steps_of(row.layer, row))) for row in network.trace())
    )


def _aligned(lines: Iterable[str]) -> str:
    return rf"$$\begin{{aligned}} {LATEX_NEWLINE.join(lines)} \end{{aligned}}$$"


def _found(key: str, known: dict):
    if key not in known:
        raise KeyError(f"no {key!r}; there are {', '.join(known)}")
    return known[key]
