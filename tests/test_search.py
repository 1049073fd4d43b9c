"""What the book's own search finds things in: the list of all sections."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from small_book import PICTURE, build, notebook

SITE = Path(__file__).parents[1] / "_build/html"
TEXT = (SITE / "search_index.js").read_text()
BOOK = json.loads(TEXT.removeprefix("const BOOK = ").removesuffix(";\n"))
PAGES = sorted({section["at"].partition("#")[0] for section in BOOK})


def soup(page: str) -> BeautifulSoup:
    html = BeautifulSoup((SITE / page).read_text(), "html.parser")
    for extra in html.select("svg, style, .headerlink, math, .letters, .bibtex-citation"):
        extra.decompose()
    return html


def found_on(page: str) -> str:
    """All that a page is found by."""
    return " ".join(
        f"{section['title']} {section.get('text', '')} {section.get('solution', '')}"
        for section in BOOK
        if section["at"].startswith(page)
    )


def test_all_pages_of_the_book_are_in_it_and_each_place_is_there():
    assert sorted(f"chapters/{path.name}" for path in (SITE / "chapters").glob("*.html")) == PAGES
    for page in PAGES:
        ids = {tag["id"] for tag in soup(page).select("[id]")}
        places = [section["at"] for section in BOOK if section["at"].startswith(page)]
        assert {place.partition("#")[2] for place in places} <= ids
        assert len(places) == len(set(places))


@pytest.mark.parametrize("page", PAGES)
def test_each_number_of_a_page_is_found_on_it(page):
    there = found_on(page)
    paragraphs = " ".join(part.get_text() for part in soup(page).select("article p, article td"))
    numbers = set(re.findall(r"\d[\d,.]*\d", paragraphs))
    assert not {number for number in numbers if number not in there}


def test_each_work_of_the_bibliography_is_in_it_once():
    page = "chapters/bibliography.html"
    labels = [label.get_text().strip("[]") for label in soup(page).select(".citation .label")]
    text = next(section["text"] for section in BOOK if section["at"].startswith(page))
    assert labels and [text.split().count(label) for label in labels] == [1] * len(labels)


def test_outputs_code_and_names_are_in_it_and_solutions_are_told_apart(tmp_path):
    pages = {
        "root_": "# Other",
        "page": notebook(
            "# Page\n\nA **stride** of two, $K_h$ high.",
            ({}, PICTURE),
            "## Exercise\n\nHow many?\n\n### Solution 4.1\n\nIt is 156.",
        ),
    }
    build(tmp_path, pages, "solutions", "search")
    text = (tmp_path / "_build/search_index.js").read_text()
    made = json.loads(text.removeprefix("const BOOK = ").removesuffix(";\n"))
    page, exercise = (section for section in made if section["page"] == "Page")
    assert page["explains"] == ["stride"] and "draw()" in page["text"] and "K_h" in page["text"]
    assert "156" in exercise["solution"] and "156" not in exercise["text"]
    assert exercise["text"].endswith("How many?") and exercise["title"] == "Exercise"


@pytest.mark.parametrize("page", PAGES)
def test_what_each_figure_shows_is_in_it(page):
    there = found_on(page)
    html = BeautifulSoup((SITE / page).read_text(), "html.parser")
    drawn = html.select(".lenet-figure:not(.widget *) svg[aria-label]")  # a widget can be used
    figures = [figure["aria-label"] for figure in drawn]
    figures += [image["alt"] for image in html.select("article img")]
    assert [figure for figure in figures if " ".join(figure.split()) not in there] == []
    assert "<Drawing" not in there


def test_a_word_of_the_glossary_is_taught_where_it_is_bold_or_on_top_or_first(tmp_path):
    page = "([Page](../page.md))"
    glossary = f"tap\n  One. {page}\n\nreach\nfield (of a unit)\n  Two. {page}"
    text = "# Page\n\nTaps.\n\n## First\n\nA field.\n\n## The tap\n\nOne.\n\n"
    pages = {
        "chapters/c_glossary": f"# Glossary\n\n```{{glossary}}\n{glossary}\n```\n",
        "page": f"{text}## Last\n\nA **field**.",
    }
    build(tmp_path, pages, "solutions", "search")
    text = (tmp_path / "_build/search_index.js").read_text()
    made = json.loads(text.removeprefix("const BOOK = ").removesuffix(";\n"))
    taught = {section["title"]: section["teaches"] for section in made if "teaches" in section}
    assert taught == {"The tap": ["tap"], "Last": ["reach", "field"]}


def test_nothing_in_it_changes_by_the_build():
    assert not re.search(r"0x[0-9a-f]{8,}|/tmp/|<[a-z]+ ", TEXT)
