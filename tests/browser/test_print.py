"""What a page is on paper: light, without its frame, and with the solutions that are open."""

import pytest
from browsing import SITE

DARK, LIGHT = "dark", "light"
COLOURS = """() => [...document.querySelectorAll("body, pre, pre span, a, .lenet-figure svg")].map(
    tag => { const {color, backgroundColor} = getComputedStyle(tag);
             return [tag.tagName, color, backgroundColor].join(" "); })"""


@pytest.fixture
def paper(browser):
    """Opens a chapter as it is printed where the reader likes light or dark screens."""
    contexts = []

    def opened(scheme=LIGHT):
        contexts.append(browser.new_context(color_scheme=scheme))
        page = contexts[-1].new_page()
        page.goto((SITE / "chapters/03_output_shapes.html").as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        page.emulate_media(media="print")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_colours_are_light_whatever_the_theme(paper):
    colours = paper(DARK).evaluate(COLOURS)
    assert colours == paper(LIGHT).evaluate(COLOURS) and len(colours) > 100
    assert colours[0].startswith("BODY ") and colours[0].endswith("rgb(255, 255, 255)")


def test_a_heading_stays_with_what_follows_and_code_with_its_output(paper):
    after = "tag => getComputedStyle(tag).breakAfter"
    page = paper()
    for kind in ("h2", ".cell_input"):
        assert {tag.evaluate(after) for tag in page.query_selector_all(f"article {kind}")} == {
            "avoid"
        }


def test_a_solution_is_printed_where_it_is_open(paper):
    page = paper()
    solution = page.locator("details.solution").first
    inside = solution.locator(":scope > :not(summary)").first
    assert not inside.is_visible()
    solution.evaluate("tag => tag.open = true")
    assert inside.is_visible()


def test_the_frame_of_the_page_is_not_printed(paper):
    page = paper()
    for frame in (".page-header", ".chapters", ".downloads", "button.copy"):
        assert page.locator(frame).count() and not page.locator(frame).first.is_visible()
