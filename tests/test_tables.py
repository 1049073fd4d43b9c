"""Tables say of what each cell is, and which of them become cards on a phone."""

from pathlib import Path

import pytest
import small_book
from bs4 import BeautifulSoup
from lenet import LENET5_MODERN
from lenet.table import Table
from small_book import TOOLS, notebook

SITE = Path(__file__).parents[1] / "_build/html"
PAGES = sorted((SITE / "chapters").glob("*.html"))
MARKDOWN = "| | fvcore | thop |\n|---|--:|---|\n| bias | 0 | |\n| mean | $n$ | 4 |"
WIDE = Table(("name", *(f"a column {at}" for at in range(9))), (("C1", *[10**6] * 9),))
TRACE = LENET5_MODERN.trace().table("output_shape", "weights")


@pytest.fixture(scope="module")
def tables():
    import sys

    sys.path.append(str(TOOLS))
    import tables

    return tables


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    numbered = {"caption": "All of it", "label": "tab-all"}
    page = notebook(
        f"# Layers\n\n{MARKDOWN}\n\n## Wide & high",
        ({}, WIDE._repr_html_()),
        ({}, TRACE._repr_html_()),
        (numbered, TRACE._repr_html_()),
    )
    folder = tmp_path_factory.mktemp("book")
    pages, warned = small_book.build(folder, {"04_x": page}, "cells", "tables")
    assert not warned
    return pages["04_x"].find_all("table")


def test_the_first_cell_of_a_row_is_its_heading_and_others_know_their_column(built):
    for table, rows in zip(built, (2, 1, 9, 9), strict=True):
        first, *rest = table.find_all("tr")
        headings = [cell.get_text() for cell in first.find_all(["th", "td"])]
        assert all(cell["scope"] == "col" for cell in first.find_all("th"))
        assert len(rest) == rows
        for row in rest:
            assert row.th["scope"] == "row" and row.th is row.find(["th", "td"])
            assert [cell["data-label"] for cell in row.find_all("td")] == headings[1:]


def test_an_empty_cell_above_the_row_headings_is_no_heading(built):
    assert [cell.name for cell in built[0].thead.find_all(["th", "td"])] == ["td", "th", "th"]


def test_numbers_stay_at_the_right(built):
    assert built[0].find_all("td")[1]["class"] == ["text-right"]
    assert all(cell["class"] == ["text-right"] for cell in built[2].find_all("td"))


def test_a_table_is_named_by_its_section_or_by_its_own_caption(built):
    names = [table.caption and table.caption.get_text() for table in built]
    assert names == ["Layers", "Wide & high", "Wide & high, table 2", None]
    page = built[3].find_parent("figure")
    said = page.find(id=built[3]["aria-labelledby"]).get_text()
    assert said == "Table 4.1: All of it"


def test_only_rows_that_are_wider_than_a_phone_fold(built):
    assert ["folds" in table.get("class", []) for table in built] == [False, True, False, False]


def test_a_table_says_how_wide_it_is(tables):
    rows = [["name", "output"], ["max pooling", "14×14×6"], ["C1", ""]]
    assert tables.widths(rows) == [7, 7]  # pooling, 14×14×6: lines are broken between words
    made = BeautifulSoup(tables.prepared(TRACE._repr_html_(), "All", None), "html.parser")
    assert made.table["style"] == "--characters:15;--columns:2"  # Flatten, 10×10×16


@pytest.mark.parametrize(
    ("row", "fold"),
    [
        (["x" * 43, "x"], False),
        (["x" * 46, "x"], True),
        (["some words of prose in a cell"] * 3, True),
        (["some words of prose in a cell", "and some more words of prose in a cell"], False),
    ],
)
def test_what_is_too_wide_or_too_long_folds(tables, row, fold):
    assert tables.folds([["a"] * len(row), row]) == fold


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_table_of_the_book_has_a_name_of_its_own_and_headings(page):
    html = BeautifulSoup(page.read_text(), "html.parser")
    names = []
    for table in html.main.find_all("table"):
        label = table.get("aria-labelledby")
        names.append((html.find(id=label) if label else table.caption).get_text())
        assert all(row.find("th", scope="row") for row in table.tbody.find_all("tr"))
    assert len(names) == len(set(names)) and all(names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_code_and_outputs_say_which_they_are(page):
    html = BeautifulSoup(page.read_text(), "html.parser")
    for kind, label in (("cell_input", "Code"), ("cell_output", "Output")):
        for part in html.select(f".{kind}"):
            assert (part["role"], part["aria-label"]) == ("group", label)
