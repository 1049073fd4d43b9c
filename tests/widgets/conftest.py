"""A page in which the widgets' scripts run without the book around them."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests/browser"), str(ROOT / "tools")]
from test_pages import CHROMIUM, FLAGS  # noqa: E402


@pytest.fixture(scope="module")
def page():
    if CHROMIUM is None:
        pytest.skip("no Chromium is here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page()
        browser.close()


@pytest.fixture(scope="module")
def with_scripts(page):
    """Loads scripts of `_widgets` into the page, in this order."""

    def load(*names: str):
        for name in names:
            page.add_script_tag(path=ROOT / "_widgets" / name)
        return page

    return load
