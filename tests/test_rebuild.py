"""A small book built again and again: what is read, what is written, what is warned of."""

import os
import sys
from io import StringIO
from pathlib import Path

import pytest
from small_book import TOOLS
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

SETTINGS = {
    "extensions": ["myst_nb", "rebuild"],
    "root_doc": "root",
    "html_theme": "basic",
    "nb_execution_mode": "off",
}
ROOT = "# Root\n\n```{toctree}\none\ntwo\n```\n"


@pytest.fixture
def book(tmp_path):
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    for name, text in {"root": ROOT, "one": "# First\n", "two": "# Second\n"}.items():
        (tmp_path / f"{name}.md").write_text(text)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/links.py").write_text("LINKS = 1\n")
    return tmp_path


def build(book: Path) -> tuple[list[str], str]:
    """The pages that a build read, and what it warned of."""
    read, warned, out = [], StringIO(), book / "_build"
    with docutils_namespace():
        places = (book, None, out / "html", out / "doctrees")
        app = Sphinx(*places, "html", SETTINGS, status=None, warning=warned)
        app.connect("env-before-read-docs", lambda app, env, names: read.extend(names))
        app.build()
    return sorted(read), warned.getvalue()


def files(book: Path) -> dict[str, bytes]:
    site = book / "_build/html"
    found = (path for path in site.rglob("*") if path.is_file())
    return {str(path.relative_to(site)): path.read_bytes() for path in found}


def edit(path: Path, text: str) -> None:
    """A source that says something else, and is not newer than it was."""
    before = path.stat().st_mtime
    path.write_text(text)
    os.utime(path, (before, before))


def test_the_second_build_reads_nothing_and_has_the_same_bytes(book):
    assert build(book) == (["one", "root", "two"], "")
    first = files(book)
    assert "?v=" in first["one.html"].decode().split("mystnb.")[1].split('"')[0]
    assert build(book) == ([], "")
    assert files(book) == first


def test_a_change_is_read_alone_and_shows_on_other_pages(book):
    build(book)
    first = files(book)
    edit(book / "two.md", "# Another\n")
    assert build(book) == (["two"], "")
    assert b"Another" in files(book)["one.html"]
    edit(book / "two.md", "# Second\n")
    build(book)
    assert files(book) == first


def test_what_pages_share_changes_all_and_leaves_nothing_behind(book):
    build(book)
    (book / "_build/html/old.html").write_text("a page of an earlier book")
    edit(book / "tools/links.py", "LINKS = 2\n")
    assert build(book) == (["one", "root", "two"], "")
    assert "old.html" not in files(book)


def test_what_was_warned_of_is_warned_of_again(book):
    (book / "two.md").write_text("# Second\n\n```{nonsense}\n```\n")
    _, first = build(book)
    assert "nonsense" in first
    assert build(book) == (["one", "root", "two"], first)
