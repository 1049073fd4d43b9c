"""A Sphinx extension: the solution of an exercise is a closed fold in the page.

In a chapter a solution is a heading, `#### Solution 4.1`, in a cell of its own, with all that
follows up to the next heading of an exercise. The cell's metadata says that the heading is
collapsed (`jp-MarkdownHeadingCollapsed`, JupyterLab's own word): so JupyterLab opens the notebook
with all cells of the solution hidden, and one click shows them.
"""

import re
from collections.abc import Iterable, Iterator

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

HEADING = re.compile(r"#### (Solution \S+)")
NEXT = re.compile(r"(\(.*\)=\n)?#{1,4} ")  # what starts a cell with which a solution ends


class solution(nodes.General, nodes.Element):
    """What stands in a fold; `title` is what the fold says when it is closed."""


class Solutions(SphinxTransform):
    """Makes folds of the sections that are solutions."""

    default_priority = 730  # before captions and prompts are sought

    def apply(self) -> None:
        """Called by Sphinx for each page that it reads."""
        for section in list(self.document.findall(nodes.section)):
            if HEADING.fullmatch(f"#### {section[0].astext()}"):
                title, *inside = section.children
                fold = solution("", *inside, title=title.astext(), ids=section["ids"])
                section.parent.replace(section, fold)
                self.document.ids |= dict.fromkeys(fold["ids"], fold)


def visit(writer, node: solution) -> None:
    """The start of a fold in HTML."""
    writer.body.append(writer.starttag(node, "details", CLASS="solution"))
    writer.body.append(f"<summary>{node['title']}</summary>\n")


def depart(writer, node: solution) -> None:
    """The end of a fold in HTML."""
    writer.body.append("</details>\n")


def told_apart(
    cells: Iterable[nbformat.NotebookNode],
) -> Iterator[tuple[str, nbformat.NotebookNode]]:
    """Each cell of a notebook, with the name of the solution that it is part of, or ""."""
    name = ""
    for cell in cells:
        if cell.cell_type == "markdown" and NEXT.match(cell.source):
            heading = HEADING.fullmatch(cell.source)
            name = heading[1] if heading else ""
        yield name, cell


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_node(solution, html=(visit, depart))
    app.add_transform(Solutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
