"""The search as a reader uses it: from disk and from a server, by keyboard, on a phone."""

import re

import pytest
from browsing import SITE
from bs4 import BeautifulSoup

FIRST = {
    "61,706": "From 60,000 to 61,706",
    "61706": "From 60,000 to 61,706",
    "61 706": "From 60,000 to 61,706",
    "340,908": "LeNet-5 as published",
    "receptive field": "What one unit sees",
    "stride": "Stride: longer steps",
    "gradient": "The gradient is a slope",
    "AlexNet": "AlexNet: two halves",
    "44426": "Which LeNet is that?",
    "dilation": "Dilation: a kernel with holes",
    "bias": "Channels: a kernel is as deep as what it reads",
    "count_par": "Training: From a count to a model",
    "softmax": "Flatten, dense, softmax",
    "bars of parameters": "Parameters: LeNet-5",  # the alt text of a figure
    "61,7": "From 60,000 to 61,706",
    "61,": "From 60,000 to 61,706",
    "kernel": "A convolution by hand",
    "kernels": "A convolution by hand",
    "biases": "Channels: a kernel is as deep as what it reads",
    "receptive fields": "What one unit sees",
    "learning rate": "A step downhill",
    "losses": "One weight and its loss",
    "batch": "Batch, epoch, Adam",
    "subsampling": "C1 and S2",
    "parameter": "The bias",
    "seed": "LeNet-5, five times",
    "residual": "A shortcut past two layers",
    "MAC": "One layer, three numbers",
    "C3": "C3: not every map reads every map",
}


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.said = []
    page.on("console", lambda m: page.said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    page.close()


@pytest.mark.parametrize("query", FIRST)
def test_what_a_reader_types_leads_where_it_is_taught(page, query):
    page.goto(f"{SITE.as_uri()}/search.html?q={query.replace(' ', '+')}")
    assert FIRST[query] in page.locator("#results a").first.inner_text()
    assert page.locator("#results mark").count() and not page.said


def test_each_word_of_the_glossary_leads_to_the_chapter_that_its_entry_names(page):
    html = BeautifulSoup((SITE / "chapters/c_glossary.html").read_text(), "html.parser")
    wanted, names = {}, []
    for link in html.select(".headerlink"):
        link.decompose()
    for part in html.select("dl > dt, dl > dd"):
        if part.name == "dt":
            names.append(re.sub(r"\(.*\)", "", part.get_text()).strip())
            continue
        chapter = part.select_one("a:has(.std-doc)")["href"]
        wanted |= dict.fromkeys(names, f"chapters/{chapter}")
        names = []
    page.goto(f"{SITE.as_uri()}/search.html")
    first = "words => words.map((word) => search(word)[0]?.section.at.split('#')[0])"
    assert len(wanted) > 100
    assert dict(zip(wanted, page.evaluate(first, list(wanted)), strict=True)) == wanted


def test_a_plural_and_half_a_number_find_the_same_and_a_letter_stands_alone(page):
    page.goto(f"{SITE.as_uri()}/search.html")
    said = page.get_by_role("status")
    for one, other in {"kernel": "kernels", "class": "classes", "61,706": "61,70"}.items():
        shown = []
        for query in (one, other):
            page.get_by_label("Words, numbers").fill(query)
            shown.append(page.locator("#results a").all_inner_texts())
        assert set(shown[0]) <= set(shown[1]) and shown[0]
    page.get_by_label("Words, numbers").fill("n")
    assert {mark.lower() for mark in page.locator("#results mark").all_inner_texts()} == {"n"}
    assert int(said.inner_text().split()[0]) < 60


@pytest.mark.parametrize("query", ["modern", "size", "conv2d"])
def test_a_part_of_a_name_in_code_is_found(page, query):
    page.goto(f"{SITE.as_uri()}/search.html?q={query}")
    marks = page.locator("#results mark").all_inner_texts()
    assert marks and {mark.lower() for mark in marks} == {query}


def test_the_field_of_any_page_leads_to_the_results(page, server):
    page.goto(f"{server}chapters/04_parameters.html")
    page.get_by_label("Search the book").fill("60,000")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=60%2C000")
    assert "have 60,000" in page.get_by_role("status").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapters/*.html#*")
    assert not page.said


def test_what_is_typed_is_searched_at_once_and_stays_in_the_address(page):
    page.goto(f"{SITE.as_uri()}/search.html")
    assert page.get_by_role("status").inner_text() == ""
    page.keyboard.type("xyzzy")
    assert page.get_by_role("status").inner_text().startswith("Nothing has xyzzy.")
    assert page.url.endswith("?q=xyzzy") and page.locator("#results li").count() == 0
    page.get_by_label("Words, numbers").fill("<b>(")
    assert "<b>(" in page.get_by_role("status").inner_text() and not page.said


def test_a_solution_is_found_and_not_given_away(page):
    page.goto(f"{SITE.as_uri()}/search.html")
    hidden = page.evaluate("""() => {
        for (const section of BOOK) for (const number of (section.hidden.match(/\\d{4,}/g) ?? []))
            if (!section.all.includes(number)) return [number, section.title];
    }""")
    page.get_by_label("Words, numbers").fill(hidden[0])
    entry = page.locator("#results li", has=page.get_by_text(hidden[1])).first
    assert entry.locator("span").inner_text() == "In a solution."


def test_an_excerpt_has_whole_words(page):
    page.goto(f"{SITE.as_uri()}/search.html?q=kernel")
    words = page.evaluate("BOOK.map((section) => `${section.text} ${section.solution}`).join(' ')")
    words = {"…", "In", "a", "solution.", *words.split()}
    shown = page.locator("#results li > span").all_text_contents()
    assert len(shown) > 30 and not {word for text in shown for word in text.split()} - words


def test_the_page_fits_a_phone(page):
    page.goto(f"{SITE.as_uri()}/search.html?q=conv")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
