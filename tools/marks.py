"""A Sphinx extension: numbers of the prose link to the output that they come from.

A number that tests/provenance knows becomes `<a class="from">` to the cell's output, to
the cell if it is typed there, or to the bibliography's entry; its title says what it is
there. Left plain are numbers in headings, formulas, code and links, those that are
declared to be said, and those whose place only happens to have the same number.
"""

from difflib import SequenceMatcher

from docutils import nodes
from finding import CHAPTERS, Chapter, load
from outputs import Place
from prose import Number, numbers_of
from sphinx.application import Sphinx
from written import Pairing

PLAIN = (
    nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.title, nodes.raw,
    nodes.reference, nodes.term, nodes.comment,
)  # fmt: skip


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give the cells of a chapter their anchors, and its numbers their links."""
    path = {f"chapters/{each.stem}": each for each in CHAPTERS}.get(docname)
    if path is None or app.builder.name not in ("html", "dirhtml"):
        return
    chapter = load(path)
    shown = anchors(doctree)
    stops = {**bibliography(app, docname), **shown}
    texts = [node for node in doctree.findall(nodes.Text) if not is_plain(node)]
    inside = [(node, number) for node in texts for number in numbers_in(node)]
    known = places_in_order(chapter, [number for _, number in inside])
    links: dict[int, list[tuple[Number, nodes.reference]]] = {}  # equal texts are equal keys
    for (node, found), pair in zip(inside, known, strict=True):
        if pair and (link := link_to(chapter, *pair, stops)):
            links.setdefault(id(node), []).append((found, link))
    for node in texts:
        if found := links.get(id(node)):
            node.parent.replace(node, linked(node, found))


def anchors(doctree: nodes.document) -> dict[tuple[int, bool], str]:
    """Name the code cells and their outputs; the target of each, typed or not."""
    targets = {}
    cells = (node for node in doctree.findall(nodes.container) if is_cell(node, "cell_code"))
    for at, cell in enumerate(cells):
        cell["ids"].append(f"cell-{at}")
        targets[at, True] = targets[at, False] = f"#cell-{at}"
        for output in cell.children:
            if is_cell(output, "cell_code_output"):
                output["ids"].append(f"output-{at}")
                targets[at, False] = f"#output-{at}"
    return targets


def is_cell(node: nodes.Node, kind: str) -> bool:
    """Whether a node is a part of this kind of an executed cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == kind


def bibliography(app: Sphinx, docname: str) -> dict[str, str]:
    """Where each cited work stands."""
    works = app.env.get_domain("cite").citations
    return {
        work.key: app.builder.get_relative_uri(docname, work.bibliography_key.docname)
        + f"#{work.citation_id}"
        for work in works
    }


def is_plain(node: nodes.Text) -> bool:
    """Whether a text is to be left as it is."""
    above = node.parent
    while above is not None:
        if isinstance(above, PLAIN) or is_cell(above, "cell_code"):
            return True
        above = above.parent
    return False


def numbers_in(node: nodes.Text) -> list[Number]:
    """The numbers of a text, as in the chapter's source."""
    return numbers_of(node.astext().replace("\n", " "))


def places_in_order(chapter: Chapter, found: list[Number]) -> list[tuple[Number, Place] | None]:
    """For each number of the page, the number of the source and the place written down."""
    rows = list(Pairing(chapter.rows, chapter.page.numbers))
    source = [number.text for number in chapter.page.numbers]
    matcher = SequenceMatcher(None, [each.text for each in found], source, autojunk=False)
    known: list[tuple[Number, Place] | None] = [None] * len(found)
    for start, begin, size in matcher.get_matching_blocks():
        for step in range(size):
            number, (row, _) = chapter.page.numbers[begin + step], rows[begin + step]
            place = chapter.gives(row, number) if row else None
            known[start + step] = (number, place) if place else None
    return known


def link_to(chapter: Chapter, number: Number, place: Place, stops: dict) -> nodes.reference | None:
    """A link that says where a number comes from; none if the place says too little."""
    target = stops.get(place.where if place.cell < 0 else (place.cell, place.kind == "typed"))
    if target is None or not chapter.plain(number, place):
        return None
    says = title_of(chapter, number, place)
    return nodes.reference(
        "", number.text, refuri=target, internal=True, classes=["from"], reftitle=says
    )


def title_of(chapter: Chapter, number: Number, place: Place) -> str:
    """What a place is, and where on the page."""
    if place.cell < 0:
        return f"{place.says}: see the bibliography"
    side = "above" if chapter.page.cells[place.cell][0] < number.line else "below"
    if place.form in ("typed", "printed"):
        return f"{place.form} {side}: {place.says}"
    return f"{place.says}, {place.form} {side}" if place.form else f"{place.says} {side}"


def linked(node: nodes.Text, found: list[tuple[Number, nodes.reference]]) -> list[nodes.Node]:
    """The parts of a text with its links in their places."""
    text, parts, at = node.astext(), [], 0
    for number, link in found:
        parts += [nodes.Text(text[at : number.start]), link]
        at = number.stop
    return [*parts, nodes.Text(text[at:])]


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.connect("doctree-resolved", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
