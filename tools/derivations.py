"""A Sphinx extension: each derivation says on demand what its letters stand for.

Below an output that is a derivation stands a closed fold with the letters of its formulas,
as `lenet.steps.letters` explains them. The formulas are read from the output's plain text.
"""

import re
from html import escape

from docutils import nodes
from lenet.steps.letters import SIGNS, meanings
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

TITLE = re.compile(r"\S.* \(.+\): .+ → \S+")  # of a layer: C1 (Conv2D): 32×32×1 → 28×28×6
LINE = re.compile(r"  .+?: (.+?)(?: = .+)?")  # of a step, with its formula


class Letters(SphinxTransform):
    """Puts the folds below the derivations."""

    default_priority = 730  # before captions are put around outputs

    def apply(self) -> None:
        """Called by Sphinx for each page that it reads."""
        for output in list(self.document.findall(is_output)):
            texts = {part["mime_type"]: part.astext() for part in output.children}
            if "text/latex" in texts and (said := key(texts.get("text/plain", ""))):
                fold = nodes.raw("", said, format="html")
                output.parent.insert(output.parent.index(output) + 1, fold)


def is_output(node: nodes.Node) -> bool:
    """Whether a node is an output in all its forms."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


def key(text: str) -> str:
    """The fold for a derivation given as text; nothing for another text, or without letters."""
    lines = text.splitlines()
    if not lines or not TITLE.fullmatch(lines[0]):
        return ""
    formulas = [match[1] for line in lines if (match := LINE.fullmatch(line))]
    said = meanings(formulas).items()
    entries = "".join(f"<dt>{shown(letter)}</dt><dd>{escape(what)}</dd>" for letter, what in said)
    fold = f"<details class='letters'><summary>what the letters mean</summary><dl>{entries}</dl>"
    return f"{fold}</details>" if entries else ""


def shown(letters: str) -> str:
    """Letters as HTML sets them: Kh as K with a small h below."""
    return ", ".join(map(_shown, letters.split(", ")))


def _shown(letter: str) -> str:
    if letter in SIGNS or len(letter) > 2:
        return SIGNS.get(letter, letter)
    below = f"<sub>{letter[1:]}</sub>" if letter[1:] else ""
    return f"<i>{letter[0]}{below}</i>"


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.add_transform(Letters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
