"""What the tests of pages and widgets share."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browsing import FROM_DISK, SITE, browser  # noqa: F401


@pytest.fixture(scope="module")
def server():
    """The address at which the pages are served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = functools.partial(Quiet, directory=str(SITE))
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def opening(browser):  # noqa: F811
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


@pytest.fixture
def opened(request, opening):
    """Opens a chapter with the widget of the tests, `PAGE` and `WIDGET`; the page and both."""

    def open_(site=FROM_DISK, query="", page=request.module.PAGE, **how):
        tab = opening(site, f"chapters/{page}.html{query}", **how)
        return tab, tab.locator(f"#widget-{request.module.WIDGET} .widget-live")

    return open_
