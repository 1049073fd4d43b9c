"""What the tests of the widgets share."""

import pytest


@pytest.fixture
def opening(browser):
    """Opens a page of a site; nothing may be logged, and nothing asked of others."""
    contexts, said = [], []

    def open_(site, name, **how):
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()
        page.asked = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda r: page.asked.append(r.url))
        page.on(
            "request", lambda r: None if r.url.startswith((site, "data:")) else said.append(r.url)
        )
        page.goto(site + name)
        return page

    yield open_
    assert not said
    for context in contexts:
        context.close()
