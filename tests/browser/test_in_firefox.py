"""Each widget in Firefox, by its mouse and its keyboard, from disk and served."""

import pytest
from browsing import SITE
from firefox import ENTER, FIREFOX, Firefox

pytestmark = pytest.mark.skipif(
    FIREFOX is None, reason="no Firefox is here: apt-get install firefox-esr"
)
# Said of a formula that is drawn before its end has come; test_maths holds what is in a page.
HALF_READ = "Invalid markup: Incorrect number of children for <m"
WINDOWS, BUILDER = "#widget-windows", "#widget-builder"


@pytest.fixture(scope="module")
def firefox():
    with Firefox() as browser:
        yield browser


@pytest.fixture(params=["disk", "served"])
def opened(request, firefox):
    """Opens a chapter; nothing may be logged, and nothing asked of others."""
    disk = request.param == "disk"
    site = f"{SITE.as_uri()}/" if disk else request.getfixturevalue("server")
    firefox.open("about:blank")  # so that nothing of the page before comes late
    firefox.said.clear()
    firefox.asked.clear()

    def open_(page: str) -> Firefox:
        firefox.open(f"{site}chapters/{page}.html")
        return firefox

    yield open_
    firefox.run("1")  # what was still on its way has come
    assert not [text for text in firefox.said if not text.startswith(HALF_READ)]
    assert not [url for url in firefox.asked if not url.startswith((site, "about:", "data:"))]


def test_windows(opened):
    page = opened("03_output_shapes")
    page.press(WINDOWS, "Show me")
    page.wait_for("2 windows along each side", f"{WINDOWS} .windows-answer")
    page.press(WINDOWS, "same")
    page.wait_for("3 windows along each side", f"{WINDOWS} .windows-answer")


def test_builder(opened):
    page = opened("04_parameters")
    page.press(BUILDER, "Start from:")
    page.type("lenet1" + ENTER)
    page.wait_for("2,578", f'{BUILDER} [data-cell="total/parameters"]')
    page.press(BUILDER, "In one line:")
    page.run(f"document.querySelector('{BUILDER} .builder-line input').select()")
    page.type("32x32x1: conw 6 5" + ENTER)
    page.wait_for("'conw' is no layer; did you mean conv?", f"{BUILDER} pre.widget-error")


def test_convolution(opened):
    page = opened("02_building_blocks")
    page.press("#widget-convolution", "Step")
    page.press("#widget-convolution", "Step")
    page.wait_for("sum: (−1) + (−1) + (−1) + 0 = −3", "#widget-convolution .widget-live")


def test_step(opened):
    page = opened("06_training")
    page.press("#widget-step", "Step")
    page.wait_for("the weight is 1.8", "#widget-step .widget-live")


def test_playground(opened):
    page = opened("11_playground")
    page.press("#widget-playground", "Draw a 3")
    page.wait_for("LeNet-5 answers 3", "#widget-playground .playground-answer")


def test_unit(opened):
    page = opened("05_lenet5_1998")
    page.run("document.querySelector('#widget-unit').scrollIntoView()")
    page.wait_for("The unit", "#widget-unit .unit-sentence")
