"""A deck in a real browser: it needs nothing from elsewhere, goes on step by step, and prints."""

import os
import sys
from io import BytesIO
from pathlib import Path

import guards
import pytest
from browsing import SITE
from bs4 import BeautifulSoup
from pypdf import PdfReader

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import slides
import student
from audit import visits

NAMES = ("04_parameters", "08_inside_lenet")
STATE = "JSON.stringify([Reveal.getState().indexh, Reveal.getState().indexf])"
# What is to come is still in the page, but nobody sees it.
SEEN = """() => [...Reveal.getCurrentSlide().children]
    .filter(part => getComputedStyle(part).visibility == "visible").map(part => part.innerText)"""
TOO_LONG = """() => [...document.querySelectorAll(".slides > section")].filter(slide => {
    slide.style.display = "block";
    return slide.scrollHeight > 700; }).map(slide => slide.innerText)"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """The folder of the decks of two chapters."""
    site, out = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("out")
    (site / "chapters").mkdir()
    for name in NAMES:
        page = (SITE / f"chapters/{name}.html").read_bytes()
        (site / f"chapters/{name}.html").write_bytes(page)
    library = slides.reveal()
    if library is None and "CI" not in os.environ:
        pytest.skip("no reveal.js is here: .venv/bin/pip install -r requirements.txt brings it")
    patch = pytest.MonkeyPatch()
    patch.setattr(slides, "SITE", site)
    assert slides.write(out, library) == [f"{name}.html" for name in NAMES]
    patch.undo()
    return out


@pytest.fixture
def opened(browser, decks):
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.goto(f"{decks.as_uri()}/04_parameters.html")
        page.wait_for_function("Reveal.isReady()")
        yield page


def parts(decks: Path, name: str) -> tuple[BeautifulSoup, BeautifulSoup]:
    """The text of a chapter's page without solutions, and its deck."""
    page = BeautifulSoup((SITE / f"chapters/{name}.html").read_text(), "html.parser").article
    for fold in page.select("details, .headerlink"):
        fold.decompose()
    return page, BeautifulSoup((decks / f"{name}.html").read_text(), "html.parser").body


@pytest.mark.parametrize("name", NAMES)
def test_from_disk_a_deck_needs_nothing_and_logs_nothing(browser, decks, name):
    with visits.visit(browser, f"{name}.html", f"{decks.as_uri()}/") as page:
        assert (page.others, page.errors) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_drawings_and_formulas_keep_what_is_read_aloud(decks, name):
    page, deck = parts(decks, name)
    here, there = (
        [tag.get("aria-label") or tag["alttext"] for tag in soup.select("svg[role=img], math")]
        for soup in (page, deck)
    )
    assert here == there and len(here) > 20
    assert guards.silent_images(str(deck)) == []


@pytest.mark.parametrize("name", NAMES)
def test_all_that_the_page_says_is_on_a_slide_and_no_solution(decks, name):
    page, deck = parts(decks, name)
    text = "".join(deck.get_text().split())
    for block in page.select("p, li, pre, td, figcaption"):
        assert "".join(block.get_text().split()) in text
    assert student.leaks(decks) == []


def test_the_right_arrow_goes_through_every_slide_and_step_and_the_left_one_back(opened):
    steps = opened.evaluate(
        "Reveal.getTotalSlides() + new Set([...document.querySelectorAll('.fragment')]).size"
    )
    seen = [opened.evaluate(STATE)]
    while not opened.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
        opened.keyboard.press("ArrowRight")
        seen.append(opened.evaluate(STATE))
    assert len(seen) == len(set(seen)) == steps > 40
    opened.keyboard.press("ArrowLeft")
    assert opened.evaluate(STATE) == seen[-2]


def test_a_prompt_comes_first_and_its_answer_in_steps(opened):
    opened.keyboard.press("ArrowRight")
    asked = "Predict: how many weights does one kernel have?"
    assert opened.evaluate(SEEN)[-1] == asked
    opened.keyboard.press("ArrowRight")
    opened.wait_for_function(f"({SEEN})().at(-1).startsWith('It is not 9.')")
    opened.keyboard.press("ArrowRight")
    opened.wait_for_function(f"({SEEN})().at(-1).trimEnd().endsWith('27')")


def test_each_slide_of_the_chapter_fits(opened):
    assert opened.evaluate(TOO_LONG) == []


def test_printed_each_slide_is_a_page_with_all_its_steps(opened, decks):
    total = opened.evaluate("Reveal.getTotalSlides()")
    opened.goto(f"{decks.as_uri()}/04_parameters.html?print-pdf")
    opened.wait_for_function("document.querySelectorAll('.pdf-page').length > 1")
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    pages = PdfReader(BytesIO(printed)).pages
    assert len(pages) == total
    text = " ".join(pages[1].extract_text().split())
    assert "It is not 9." in text and "27" in text


def test_steps_and_slides_of_a_small_page():
    cell = '<div class="cell"><div class="cell_input">c</div><div class="cell_output">o</div></div>'
    page = (
        f"<title>T</title><article><section><h1>One</h1><p>Begin.</p>{cell}<p>So.</p>"
        f'<p>Now <a href="x.html">more</a>.</p><p>Predict it.</p>'
        f'<div class="guess">?</div><div class="gate"><p>It is 4.</p>{cell}</div><h2>Two</h2>'
        f"<section><p>Predict.</p>{cell}</section></section></article>"
    )
    shown = [
        [part["class"] if part.get("class") else part.get_text() for part in slide.find_all(True)]
        for slide in BeautifulSoup(slides.deck(page), "html.parser").select("section")
    ]
    output = [["cell"], ["cell_input"], ["cell_output", "fragment"]]
    later = [["cell", "fragment"], ["cell_input"], ["cell_output"]]
    assert shown == [
        ["One", "Begin.", *output, ["fragment"]],
        ["One", "Now more.", "Predict it.", ["fragment"], *later],
        ["Two", "Predict.", *output],
    ]


def test_without_a_library_or_pages_it_says_what_brings_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(slides, "SITE", tmp_path)
    monkeypatch.setattr(slides, "reveal", lambda: tmp_path)
    assert slides.main() == 1
    assert capsys.readouterr().out == "No pages are here yet: make book builds them.\n"
    monkeypatch.setattr(slides, "reveal", lambda: None)
    assert slides.main() == 1
    assert capsys.readouterr().out.startswith("No reveal.js is here: ")
