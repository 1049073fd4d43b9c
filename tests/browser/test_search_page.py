"""The search as a reader uses it: from disk and from a server, by keyboard, on a phone."""

import pytest
from test_pages import CHROMIUM, SITE, browser, pytestmark, server  # noqa: F401

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
    "bias": "Parameters: The bias",
    "count_par": "Training: From a count to a model",
    "softmax": "Flatten, dense, softmax",
}


@pytest.fixture
def page(browser):  # noqa: F811
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


@pytest.mark.parametrize("query", ["modern", "size", "conv2d"])
def test_a_part_of_a_name_in_code_is_found(page, query):
    page.goto(f"{SITE.as_uri()}/search.html?q={query}")
    marks = page.locator("#results mark").all_inner_texts()
    assert marks and {mark.lower() for mark in marks} == {query}


def test_the_field_of_any_page_leads_to_the_results(page, server):  # noqa: F811
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


def test_the_page_fits_a_phone(page):
    page.goto(f"{SITE.as_uri()}/search.html?q=conv")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
