"""Each page against the bounds of make audit, as far as no other program is needed."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))
from audit import bounds, visits
from audit.pages import pages, served


@pytest.fixture(scope="module")
def site():
    with served() as site:
        yield site


@pytest.mark.parametrize("page", pages())
def test_a_page_asks_nobody_logs_nothing_fits_and_is_accessible(browser, site, page):
    found = visits.measures(browser, page, site, quick=True)
    assert {"host", "log", "light", "dark", "forced", "wide", "boxes"} <= set(found)
    assert bounds.failures(page, found) == []


@pytest.mark.parametrize("colours", visits.COLOURS)
def test_the_results_of_a_search_are_accessible(browser, site, colours):
    with visits.visit(browser, "search.html?q=bias", site) as page:
        assert page.locator("#results li").count() > 1
        assert visits.axe(page, colours) == []


def faults(browser, tmp_path, body: str, head: str = "") -> dict:
    """The faults that the quick audit finds in a page with this body."""
    parts = f'<title>A page</title><meta name="viewport" content="width=device-width">{head}'
    text = f'<!doctype html><html lang="en"><head>{parts}</head><body>{body}</body></html>'
    (tmp_path / "page.html").write_text(text)
    here = f"{tmp_path.as_uri()}/"
    found = visits.measures(browser, "page.html", here, here, quick=True)
    return {column: faults for column, faults in found.items() if faults}


GOOD = "<main><h1>Weights</h1><p>There are 61,706.</p>{}</main>"


@pytest.mark.parametrize(
    ("inside", "column", "said"),
    [
        ('<script src="http://localhost:9/x.js"></script>', "host", "http://localhost:9/x.js"),
        ("<script>throw Error('no net')</script>", "log", "no net"),
        ('<p style="width: 999px">wide</p>', "wide", "px too wide at 360 px"),
        ('<p style="color: #999">pale</p>', "light", "color-contrast, 1 of them, as at p"),
        ("<h4>Too deep</h4>", "light", "heading-order"),
        (
            "<style>@media (prefers-color-scheme: dark) { p { color: #888 } }</style>",
            "dark",
            "color-contrast, 1 of them, as at p",
        ),
        (
            "<style>@media (forced-colors: active) { p { forced-color-adjust: none;"
            " color: #888; background: #777 } }</style>",
            "forced",
            "color-contrast, 1 of them, as at p",
        ),
    ],
)
def test_each_fault_is_seen(browser, tmp_path, inside, column, said):
    assert faults(browser, tmp_path, GOOD.format("")) == {}
    assert said in str(faults(browser, tmp_path, GOOD.format(inside))[column])


def test_boxes_that_scroll_on_a_phone_are_counted(browser, tmp_path):
    box = '<pre id="c1" tabindex="0" style="overflow: auto">' + "1" * 99 + "</pre>"
    assert faults(browser, tmp_path, GOOD.format(box)) == {"boxes": ["pre. in #c1"]}


def test_a_text_that_looks_like_another_is_asked_for_once(browser):
    page = browser.new_page()
    page.set_content("<p>One</p><p>Two</p><p><b>Three</b></p><p hidden>Four</p>")
    page.evaluate(visits.SAMPLE)
    assert page.locator("[data-sample]").all_inner_texts() == ["One", "Three"]
    page.close()
