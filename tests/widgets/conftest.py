"""A page in which the widgets' scripts run without the book around them."""

import pytest
from browsing import ROOT, browser  # noqa: F401


@pytest.fixture(scope="module")
def page(browser):  # noqa: F811
    return browser.new_page()


@pytest.fixture(scope="module")
def with_scripts(page):
    """Loads scripts of `_widgets` into the page, in this order."""

    def load(*names: str):
        for name in names:
            page.add_script_tag(path=ROOT / "_widgets" / name)
        return page

    return load
