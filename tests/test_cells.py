"""What the book does with code cells: numbered captions, links to them, folds."""

import nbformat
import pytest
import small_book
from lenet import Conv2D, derive
from small_book import PICTURE, TABLE, notebook

LINE = {"caption": "Windows on a line with $K$ taps", "label": "fig-line"}
GROWTH = {"caption": "How the field grows", "label": "tab-growth"}
MORE = {"caption": "The post's `POST_CODE`", "label": "fig-more"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two chapters and an appendix; each refers to what stands in the first."""
    links = "See [this](#fig-line), [that](#tab-growth) and [one](#exercise-4-1)."
    first = ["# Parameters", (LINE, PICTURE), (GROWTH, TABLE), (MORE, PICTURE), links]
    first += ["(exercise-4-1)=\n## Exercise 4.1", ({"tags": ["hide-input"]}, TABLE)]
    away = "# Other\n\n[There](04_parameters.ipynb#tab-growth) and "
    away += "[here](04_parameters.ipynb#exercise-4-1)."
    pages = {
        "chapters/04_parameters": notebook(*first),
        "chapters/10_after": notebook(away, ({**LINE, "label": "fig-after"}, PICTURE)),
        "chapters/a_words": notebook("# Words", ({**GROWTH, "label": "tab-words"}, TABLE)),
    }
    return small_book.build(tmp_path_factory.mktemp("book"), pages, "cells")


def caption(page, label: str) -> str:
    return page.find(id=label).find("figcaption", recursive=False).get_text().removesuffix("¶")


def test_captions_are_numbered_by_chapter_and_kind(built):
    pages, warned = built
    assert not warned
    page = pages["chapters/04_parameters"]
    assert caption(page, "fig-line") == "Figure 4.1: Windows on a line with K taps"
    assert caption(page, "tab-growth") == "Table 4.1: How the field grows"
    assert caption(page, "fig-more") == "Figure 4.2: The post’s POST_CODE"
    assert caption(pages["chapters/10_after"], "fig-after").startswith("Figure 10.1: ")
    assert caption(pages["chapters/a_words"], "tab-words").startswith("Table A.1: ")


def test_a_table_has_its_caption_above_a_figure_below(built):
    page = built[0]["chapters/04_parameters"]
    names = {
        label: [part.name for part in page.find(id=label).find_all(["figcaption", "svg", "table"])]
        for label in ("fig-line", "tab-growth")
    }
    assert names == {"fig-line": ["svg", "figcaption"], "tab-growth": ["figcaption", "table"]}
    assert page.find(id="fig-line").name == page.find(id="tab-growth").name == "figure"


def test_links_lead_there_from_the_page_and_from_another(built):
    def links(page):
        return [a["href"] for a in page.select("p a.reference")]

    pages, _ = built
    assert links(pages["chapters/04_parameters"]) == ["#fig-line", "#tab-growth", "#exercise-4-1"]
    there = ["04_parameters.html#tab-growth", "04_parameters.html#exercise-4-1"]
    assert links(pages["chapters/10_after"]) == there


def test_folded_code_is_a_line_that_says_what_it_is(built):
    fold = built[0]["chapters/04_parameters"].find("details", class_="show-code")
    assert fold.summary.get_text() == "show the code" and not fold.summary.attrs
    assert not fold.has_attr("open") and "draw" in fold.pre.get_text()


@pytest.mark.parametrize(
    ("page", "metadata", "html", "complaint"),
    [
        ("04_x", {"caption": "No label"}, TABLE, "both caption and label"),
        ("04_x", {"label": "tab-x"}, TABLE, "both caption and label"),
        ("04_x", {"caption": "Odd", "label": "table-x"}, TABLE, "'table-x' is not fig-… or tab-…"),
        ("04_x", GROWTH, "", "tab-growth: the cell has no output"),
        ("index", GROWTH, TABLE, "tab-growth: captions are numbered by chapter"),
    ],
)
def test_a_cell_that_cannot_have_its_caption_is_warned_of(
    tmp_path, page, metadata, html, complaint
):
    _, warned = small_book.build(tmp_path, {page: notebook("# X", (metadata, html))}, "cells")
    assert complaint in warned


@pytest.mark.parametrize("link", ["#fig-missing", "05_y.ipynb#fig-missing"])
def test_a_link_to_a_label_that_is_not_there_is_warned_of(tmp_path, link):
    pages = {"04_x": notebook(f"# X\n\n[this]({link})"), "05_y": notebook("# Y", (LINE, PICTURE))}
    _, warned = small_book.build(tmp_path, pages, "cells")
    assert "fig-missing" in warned and "not found" in warned


def test_a_derivation_says_what_its_letters_mean(tmp_path):
    layer = derive(Conv2D(6, 5), (32, 32, 1))["conv2d"].only("weights", "output height")
    latex, text = layer._repr_latex_(), repr(layer)
    page = notebook("# C1")
    for plain in (text, "no derivation"):
        shown = {"text/latex": latex, "text/plain": plain}
        out = nbformat.v4.new_output("display_data", shown)
        page.cells.append(nbformat.v4.new_code_cell("derive()", outputs=[out]))
    page.cells[1].metadata.update(LINE)
    pages, warned = small_book.build(tmp_path, {"04_x": page}, "cells", "derivations")
    (fold,) = pages["04_x"].select("details.letters")
    assert not warned and fold.summary.get_text() == "what the letters mean"
    said = [(dt.get_text(), dt.find_next("dd").get_text()) for dt in fold.find_all("dt")]
    assert said[2:4] == [("S", "stride: how far a window moves to its next place"), (
        "Kh", "height of the kernel")]  # fmt: skip
    assert [letter for letter, _ in said] == ["N", "K", "S", "Kh", "Kw", "C", "F", "⌊ ⌋"]
    assert said[-1] == ("⌊ ⌋", "rounded down to a whole number")  # the sign stands once
    assert str(fold.find_all("dt")[3]) == "<dt><i>K<sub>h</sub></i></dt>"
    assert fold.find_parent("figure").find_all(recursive=False)[-1].name == "figcaption"
