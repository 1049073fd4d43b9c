"""The extension that turns prompts into questions: what it puts into a page, and what it leaves."""

import gzip
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lenet.practice.book import BOOK, of_chapter
from small_book import PICTURE, build, notebook

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "_build/html/chapters").glob("*.html"))
SHARE = 6_000  # bytes of script and style, compressed


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    chapter = notebook(
        "# Small\n\n## One kernel\n\n*Predict: how many weights does one kernel have?*\n\nNot 9.",
        ({}, PICTURE),
        "So it is.\n\n*Predict: is that <b>true</b>?*\n\nYes.\n\n### Inside\n\nOpen.\n\n"
        "## The bias\n\n*Predict* by yourself.\n\nOpen too.",
    )
    made, warned = build(
        tmp_path_factory.mktemp("book"),
        {"chapters/04_small": chapter, "chapters/b_other": "# Other\n\n*Predict: what?*\n\nOpen."},
        "cells",
        "practice",
    )
    assert not warned
    return made


def test_what_follows_a_prompt_is_behind_a_gate_up_to_the_next(pages):
    gates = pages["chapters/04_small"].select(".gate")
    assert [gate.get_text(" ", strip=True).split(" ")[0] for gate in gates] == ["Not", "Yes."]
    assert gates[0].svg and "So it is." in gates[0].get_text()
    outside = pages["chapters/04_small"].find(string="Open.").find_parent(class_="gate")
    assert outside is None and "Open too." not in "".join(g.get_text() for g in gates)


def test_a_prompt_with_a_question_brings_its_table_and_another_only_a_place(pages):
    asked, bare = pages["chapters/04_small"].select(".guess")
    assert asked.find_previous_sibling().get_text().startswith("Predict: how many weights")
    (one,) = json.loads(asked["data-ask"])
    assert (one["id"], one["kind"], one["right"]) == ("04.1", "whole", "27")
    said = json.loads(pages["chapters/04_small"].select_one("#slips")["data-said"])
    assert said[one["wrong"]["28"]].startswith("bias counted where it should not be. ")
    assert said[one["wrong"]["9"]].startswith("More than one slip")
    assert one["hints"][-1] == "It is worked out in chapter 4, under “One kernel”, right below."
    assert json.loads(bare["data-ask"]) == []


def test_only_chapters_are_changed(pages):
    assert not pages["chapters/b_other"].select(".gate, .guess, #slips")


def test_script_and_style_are_small():
    both = b"".join((ROOT / f"_static/practice.{kind}").read_bytes() for kind in ("js", "css"))
    assert len(gzip.compress(both, 9, mtime=0)) <= SHARE


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_built_page_loads_the_script_where_it_asks_and_has_all_its_questions(path):
    soup = BeautifulSoup(path.read_text(), "html.parser")
    places = soup.select(".guess")
    loads = bool(soup.select('script[src*="practice.js"]'))
    assert loads == (bool(places) or path.stem == "index")
    asked = [one["id"] for place in places for one in json.loads(place["data-ask"])]
    assert asked == [question.id for question in of_chapter(path.stem[:2])]
    for place in places:
        in_exercise = place.find_parent("section").find("details", "solution", recursive=False)
        assert (place.find_next_sibling().get("class") == ["gate"]) != bool(in_exercise)


def test_the_landing_page_has_the_places_of_the_map():
    if not PAGES:
        pytest.fail("no pages are here: make book builds them")
    soup = BeautifulSoup((PAGES[0].parent / "index.html").read_text(), "html.parser")
    rows = json.loads(soup.select_one("#progress")["data-chapters"])
    assert [number for *_, ids in rows for number in ids] == list(BOOK)
    assert all((PAGES[0].parent / href).exists() for _, _, href, _ in rows)
