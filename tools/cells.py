"""A Sphinx extension: the outputs of some code cells become numbered figures and tables.

A cell whose metadata has a `caption` and a `label` gets a `<figure>` around its outputs, with
the label as its id and a `<figcaption>` "Figure 4.2: …", or "Table 4.1: …" above a table. The
label, fig-… or tab-…, says which of the two; each kind is counted in order of the page, after
the chapter's number, which is that of its file. Explicit targets of a page, labels and those of
headings, can be linked to from other pages too: `[text](03_output_shapes.md#fig-…)`.

Code and its output each say to a screen reader which of the two they are. The code of a cell
with the tag `hide-input` is in a closed fold: one small line, whose text is what a screen reader
says of it.
"""

import re

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

KINDS = {"fig": "Figure", "tab": "Table"}
PARTS = {"cell_code_source": "Code", "cell_code_output": "Output"}
LABEL = re.compile(r"(fig|tab)-[a-z0-9]+(-[a-z0-9]+)*")
LOG = logging.getLogger(__name__)


class captioned(nodes.General, nodes.Element):
    """Outputs with their caption; `kind` is fig or tab."""


class output_caption(nodes.caption):
    """The caption of outputs."""


class Captions(SphinxTransform):
    """Gives the outputs their captions, and pages the names of what can be linked to."""

    default_priority = 740  # before quotes are turned, and links to labels are resolved

    def apply(self) -> None:
        """Called by Sphinx for each page that it reads."""
        counts = dict.fromkeys(KINDS, 0)
        for cell in list(self.document.findall(nodes.container)):
            wanted = cell.get("cell_metadata") or {}
            if "caption" in wanted or "label" in wanted:
                self.caption(cell, wanted, counts)
        known = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        for name, explicit in self.document.nametypes.items():
            if explicit and self.document.nameids[name]:
                known.setdefault(name, (0, self.document.nameids[name], name))

    def caption(self, cell: nodes.container, wanted: dict, counts: dict[str, int]) -> None:
        """Wrap the outputs of a cell; a warning, which fails the build, where that cannot be."""
        chapter = chapter_of(self.env.docname)
        if problem := wrong(wanted, chapter, outputs := outputs_of(cell)):
            LOG.warning("%s", problem, location=cell)
            return
        kind = wanted["label"][:3]
        counts[kind] += 1
        figure = captioned(kind=kind, names=[wanted["label"]])
        number = f"{KINDS[kind]} {chapter}.{counts[kind]}:"
        caption = output_caption("", "", nodes.strong("", number), nodes.Text(" "))
        caption += inline(wanted["caption"])
        figure += [caption, *outputs.children] if kind == "tab" else [*outputs.children, caption]
        outputs.children = []
        outputs += figure
        self.document.note_explicit_target(figure, figure)


def chapter_of(docname: str) -> str | None:
    """The number of a chapter or the letter of an appendix, from its file; none of the others."""
    found = re.search(r"(?:^|/)(?:0?(\d+)|([a-z]))_[^/]*$", docname)
    return found and (found[1] or found[2].upper())


def outputs_of(cell: nodes.container) -> nodes.container | None:
    """The part of a cell that holds its outputs."""
    parts = (part for part in cell.children if isinstance(part, nodes.container))
    return next((part for part in parts if part["nb_element"] == "cell_code_output"), None)


def wrong(wanted: dict, chapter: str | None, outputs: nodes.container | None) -> str | None:
    """What keeps a cell from having the caption that it wants."""
    if not {"caption", "label"} <= wanted.keys():
        return "a cell needs both caption and label, or neither"
    if not LABEL.fullmatch(wanted["label"]):
        return f"label {wanted['label']!r} is not fig-… or tab-… in small letters"
    if chapter is None:
        return f"{wanted['label']}: captions are numbered by chapter, and this page has no number"
    return None if outputs else f"{wanted['label']}: the cell has no output"


def inline(text: str) -> list[nodes.Node]:
    """The nodes of a caption, in which `code` and $formulas$ may stand."""
    made = {"`": nodes.literal, "$": nodes.math}
    parts = re.split(r"(`[^`]+`|\$[^$]+\$)", text)
    return [
        made[part[0]]("", part[1:-1]) if part[0] in made else nodes.Text(part)
        for part in parts
        if part
    ]


def visit_captioned(writer, node: captioned) -> None:
    """Open the figure."""
    writer.body.append(writer.starttag(node, "figure", CLASS=f"captioned {node['kind']}"))


def depart_captioned(writer, _: captioned) -> None:
    """Close it."""
    writer.body.append("</figure>\n")


def visit_caption(writer, node: output_caption) -> None:
    """Open the caption; its text has a name, which a table is labelled by."""
    name = f"{node.parent['names'][0]}-says"
    writer.body.append(f'{writer.starttag(node, "figcaption", "")}<span id="{name}">')


def depart_caption(writer, node: output_caption) -> None:
    """Close it, with a link to the figure itself, as headings have one."""
    writer.body.append("</span>")
    writer.add_permalink_ref(node.parent, "Link to this place")
    writer.body.append("</figcaption>\n")


def visit_container(writer, node: nodes.container) -> None:
    """Open a box; a screen reader says whether code is in it or what the code put out."""
    label = PARTS.get(node.get("nb_element"))
    says = {"role": "group", "aria-label": label} if label else {}
    writer.body.append(writer.starttag(node, "div", CLASS="docutils container", **says))


def depart_container(writer, _: nodes.container) -> None:
    """Close it."""
    writer.body.append("</div>\n")


def visit_fold(writer, _: HideCodeCellNode) -> None:
    """Open the fold of a cell's code."""
    writer.body.append('<details class="show-code"><summary>show the code</summary>\n')


def depart_fold(writer, _: HideCodeCellNode) -> None:
    """Close it."""
    writer.body.append("</details>\n")


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.add_node(captioned, html=(visit_captioned, depart_captioned))
    app.add_node(output_caption, html=(visit_caption, depart_caption))
    app.add_node(nodes.container, override=True, html=(visit_container, depart_container))
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))
    app.add_transform(Captions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
