"""A Sphinx extension: tables that can be heard, and read on a phone.

Each table, of Markdown or in an output, gets what its author need not write. The first cell of
a row is the row's heading. A table whose cell has no caption says for a screen reader in which
section it stands. Each other cell knows its column's heading: on a phone, rows that are too wide
at the smallest type become cards, with the headings inside. All other tables are set only as
small as they must be; book.css reads how wide they are.
"""

from collections import Counter
from html import escape

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

PHONE = 328  # pixels for a table on a screen of 360
CHARACTER, GAP = 6.9, 6.4  # pixels of the smallest type, and of what is between two columns
LONG = 75  # characters of a row of prose in three columns or more that become a card


class Tables(SphinxTransform):
    """Puts headings and captions into the tables of a page."""

    default_priority = 735  # before captions are put around outputs

    def apply(self) -> None:
        """Called by Sphinx for each page that it reads."""
        seen = Counter()
        for node in list(self.document.findall(is_table)):
            seen[title := section_of(node)] += 1
            caption = title if seen[title] == 1 else f"{title}, table {seen[title]}"
            if isinstance(node, nodes.table):
                prepare(node, caption)
            else:
                made = prepared(node.astext(), caption, label_of(node))
                node.children = []
                node += nodes.Text(made)


def is_table(node: nodes.Node) -> bool:
    """Whether a node is a table of Markdown or an output with one."""
    if isinstance(node, nodes.raw):
        return node.get("format") == "html" and "<table" in node.astext()
    return isinstance(node, nodes.table)


def section_of(node: nodes.Node) -> str:
    """The title of the section in which something stands."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node[0].astext()


def label_of(node: nodes.Node) -> str | None:
    """The label of a numbered table, whose cell has its caption."""
    while node.parent and "cell_metadata" not in node:
        node = node.parent
    return node.get("cell_metadata", {}).get("label")


def prepare(table: nodes.table, caption: str) -> None:
    """Give a table of Markdown its row headings, its caption, and the labels of its cells."""
    rows = [list(row) for row in table.findall(nodes.row)]
    texts = [[cell.astext() for cell in row] for row in rows]
    table.insert(0, nodes.raw("", heard(caption), format="html"))
    table["classes"] += ["folds"] * folds(texts)
    for cells in rows:
        for column, cell in enumerate(cells):
            cell["label"] = texts[0][column] if column else ""


def prepared(html: str, caption: str, label: str | None) -> str:
    """The same for tables of an output, and their widths; `label` if their caption is there."""
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
        for cell in table.find_all(["th", "td"]):
            cell.string = cell.get_text().strip()
            cell.attrs = {"class": "text-right"} if "right" in cell.get("style", "") else {}
        texts = [[cell.get_text() for cell in row] for row in rows]
        for row in rows:
            name_cells(row, texts[0])
        if label:
            table["aria-labelledby"] = f"{label}-says"
        else:
            table.insert(0, BeautifulSoup(heard(caption), "html.parser"))
        table["style"] = f"--characters:{sum(widths(texts))};--columns:{len(texts[0])}"
        table.attrs |= {"class": "folds"} if folds(texts) else {}
    return str(soup)


def heard(caption: str) -> str:
    """A table's caption for a screen reader only."""
    return f'<caption class="for-ears">{escape(caption)}</caption>'


def name_cells(row: list[Tag], headings: list[str]) -> None:
    """Say of what each cell of a row is the heading, or which heading is its own."""
    if row[0].parent.parent.name == "thead":
        for cell in row:
            cell["scope"] = "col"
        return
    row[0].name, row[0]["scope"] = "th", "row"
    for cell, heading in zip(row[1:], headings[1:], strict=True):
        cell["data-label"] = heading


def widths(rows: list[list[str]]) -> list[int]:
    """How many characters each column needs when lines are broken between words."""
    return [
        max((len(word) for text in column for word in text.split()), default=0)
        for column in zip(*rows, strict=True)
    ]


def folds(rows: list[list[str]]) -> bool:
    """Whether the rows of a table become cards on a phone."""
    columns = list(zip(*rows, strict=True))
    prose = len(columns) > 2 and sum(max(map(len, column)) for column in columns) > LONG
    return prose or CHARACTER * sum(widths(rows)) + GAP * len(columns) > PHONE


def visit_entry(writer: HTML5Translator, cell: nodes.entry) -> None:
    """Open a cell: a heading of its column, of its row, or a cell that knows its column."""
    column, cell.parent.column = cell.parent.column, cell.parent.column + 1
    if isinstance(cell.parent.parent, nodes.thead):
        tag, says = ("th", {"scope": "col"}) if cell.astext() else ("td", {})
    elif column == 0:
        tag, says = "th", {"scope": "row"}
    else:
        tag, says = "td", {"data-label": cell["label"]}
    writer.body.append(writer.starttag(cell, tag, "", **says))
    writer.context.append(f"</{tag}>\n")


def depart_entry(writer: HTML5Translator, _: nodes.entry) -> None:
    """Close it."""
    writer.body.append(writer.context.pop())


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    app.add_transform(Tables)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
