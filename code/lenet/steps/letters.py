"""What the letters and signs of the formulas stand for, each said here and nowhere else."""

import re
from collections.abc import Iterable

from lenet.table import Table

MEANINGS = {
    "N": "inputs along one axis, pixels or others; of a dense layer all its inputs",
    "Nn": "the same side of each layer that is read, or one side after the other",
    "O": "size of what goes out along one axis; with windows, their number",
    "On": "the sizes that were asked for",
    "k": "taps of the kernel along one axis",
    "K": "pixels that the kernel or window spans along one axis",
    "S": "stride: how far a window moves to its next place",
    "D": "dilation: the distance between two taps",
    "P": "zeros put around the input, both sides together",
    "A": "pixels added or taken off at the start, or added by a transposed convolution",
    "B": "pixels added or taken off at the end",
    "Kt": "length of the kernel",
    "Kz": "depth of the kernel",
    "Kh": "height of the kernel",
    "Kw": "width of the kernel",
    "C": "channels that come in",
    "Cn": "channels of each layer that is read",
    "F": "filters, and so the channels that go out",
    "G": "groups of channels",
    "M": "kernels for each channel",
    "L": "links from map to map",
    "Q": "products of one sum",
    "U": "units",
    "I": "layers that are read",
    "R": "numbers kept for each channel",
    "T": "length of what goes out",
    "Z": "depth of what goes out",
    "H": "height of what goes out, or of the maps that are put in one row",
    "W": "width of what goes out, or of the maps that are put in one row",
    "t": "length of what comes in",
    "z": "depth of what comes in",
    "h": "height of what comes in",
    "w": "width of what comes in",
    "Lt": "pixels that all windows read along the length",
    "Lz": "pixels that all windows read along the depth",
    "Lh": "pixels that all windows read along the height",
    "Lw": "pixels that all windows read along the width",
    "r": "receptive field of the layer before",
    "j": "jump of the layer before: pixels of the image between two neighbours",
    "sn": "the first pixel that each way to the image sees",
    "en": "the pixel behind the last that each way sees",
    "floor": "rounded down to a whole number",
    "ceil": "rounded up to a whole number",
    "max": "the largest of them",
    "min": "the smallest of them",
    "%": "what a division leaves over",
}
SIGNS = {"floor": "⌊ ⌋", "ceil": "⌈ ⌉", "%": "mod"}  # what LaTeX sets for them


def meanings(formulas: Iterable[str]) -> dict[str, str]:
    """What the letters of these formulas stand for, those with an index together.

    The formulas are those of a `Step`. Words such as weights, which a step before has
    counted, are no letters.

    >>> meanings(["floor((N - K) / S) + 1", "C1 + C2 + weights"])["C1, C2"]
    'channels of each layer that is read'
    """
    found: dict[str, list[str]] = {}
    for letter in sorted(set(re.findall(r"[A-Za-z]\w*|%", " ".join(formulas)))):
        found.setdefault(re.sub(r"\d+$", "n", letter), []).append(letter)
    return {", ".join(found[name]): said for name, said in MEANINGS.items() if name in found}


def key(formulas: Iterable[str]) -> Table:
    """The same as a table, in which the signs of the set formulas stand too."""
    said = meanings(formulas).items()
    rows = [(name, f"{text}: {SIGNS[name]}" if name in SIGNS else text) for name, text in said]
    return Table(("letter", "what it stands for"), tuple(rows))
