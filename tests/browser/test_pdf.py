"""The book as one PDF: tags, bookmarks, alt texts, and solutions at the end."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from browsing import SITE, need_chromium
from bs4 import BeautifulSoup
from pypdf import PdfReader

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import pdf


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    need_chromium()
    patch = pytest.MonkeyPatch()
    out = tmp_path_factory.mktemp("pdf") / "book.pdf"
    patch.setattr(pdf, "OUT", out)
    joined = SITE / "chapters/.joined-for-a-test.html"
    joined.write_text(pdf.book(), encoding="utf-8")
    try:
        pdf.printed(joined)
        pdf.tag_formulas(out)
    finally:
        joined.unlink()
        patch.undo()
    return PdfReader(out)


@pytest.fixture(scope="module")
def joined():
    return BeautifulSoup(pdf.book(), "html.parser")


def elements(node, kinds: dict) -> dict:
    """The structure elements of a PDF by their kinds."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for inner in node:
            elements(inner, kinds)
    elif isinstance(node, dict):
        if "/S" in node:
            kinds.setdefault(node["/S"], []).append(node)
        if "/K" in node:
            elements(node["/K"], kinds)
    return kinds


def test_it_is_tagged_and_each_figure_says_what_it_shows(printed):
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    kinds = elements(root["/StructTreeRoot"]["/K"], {})
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/Figure", "/Link"} <= set(kinds)
    drawings = [figure for figure in kinds["/Figure"] if figure.get("/Alt", "").strip()]
    assert len(drawings) > 50
    for figure in kinds["/Figure"]:  # one with a caption has its drawing or table inside
        inside = elements(figure["/K"], {})
        assert figure in drawings or {"/Figure", "/Table"} & set(inside)


def test_formulas_are_tagged_as_such_and_say_what_the_page_says(printed, joined):
    kinds = elements(printed.trailer["/Root"]["/StructTreeRoot"]["/K"], {})
    texts = Counter(formula["/Alt"] for formula in kinds["/Formula"])
    shown = Counter(formula["alttext"] for formula in joined.select("math"))
    assert len(shown) > 100 and texts == shown
    assert not any(
        figure["/Alt"].startswith(pdf.FORMULA) for figure in kinds["/Figure"] if "/Alt" in figure
    )


def test_each_page_of_the_book_has_a_bookmark(printed, joined):
    bookmarks = []

    def walk(outline):
        for mark in outline:
            walk(mark) if isinstance(mark, list) else bookmarks.append(mark.title)

    walk(printed.outline)
    for heading in joined.select("article h1"):
        words = heading.get_text(" ").split()
        assert any(mark.split() == words or mark.replace(" ", "") == "".join(words)
                   for mark in bookmarks), words  # fmt: skip
    assert printed.metadata.title == "LeNet by the Numbers"


def test_links_lead_to_places_that_are_there_and_ids_are_unique(joined):
    ids = [tag["id"] for tag in joined.select("[id]")]
    assert len(ids) == len(set(ids))
    inner = [link["href"][1:] for link in joined.select('a[href^="#"]')]
    assert len(inner) > 1000 and not set(inner) - set(ids)


def test_solutions_stand_at_the_end_only(joined):
    *pages, end = joined.select("article")
    solutions = end.select("h2")
    built = sum(
        page.read_text().count('<details class="solution"')
        for page in (SITE / "chapters").glob("*.html")
        if not page.name.startswith(".")
    )
    assert len(solutions) == built > 20
    assert not any(page.select("details.solution") for page in pages)
