"""A small book built again and again: what is read, what is written, what is warned of.

`make same` does so with the whole book, in two folders.
"""

import os
import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest
from small_book import TOOLS
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

sys.path.append(str(TOOLS))
import same

SETTINGS = {
    "extensions": ["myst_nb", "rebuild"],
    "root_doc": "root",
    "html_theme": "basic",
    "nb_execution_mode": "off",
    "html_static_path": ["_static"],
    "exclude_patterns": ["tests"],
}
WORDS = "---\norphan: true\n---\n\n# Words\n"
ROOT = "# Root\n\n```{toctree}\none\ntwo\n```\n"


@pytest.fixture
def book(tmp_path):
    for name, text in {"root": ROOT, "one": "# First\n", "two": "# Second\n"}.items():
        (tmp_path / f"{name}.md").write_text(text)
    for folder in ("tools", "_static"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tools/links.py").write_text("LINKS = 1\n")
    return tmp_path


def build(book: Path, page_context=lambda *_: None) -> tuple[list[str], str]:
    """The pages that a build read, and what it warned of; what it calls for each that it writes."""
    read, warned, out = [], StringIO(), book / "_build"
    with docutils_namespace():
        places = (book, None, out / "html", out / "doctrees")
        app = Sphinx(*places, "html", SETTINGS, status=None, warning=warned)
        app.connect("env-before-read-docs", lambda app, env, names: read.extend(names))
        app.connect("html-page-context", page_context)
        app.builder.search = False  # the book has its own
        app.build()
    return sorted(read), warned.getvalue()


def files(book: Path) -> dict[str, bytes]:
    site = book / "_build/html"
    return {name: (site / name).read_bytes() for name in same.sums(site)}


def from_nothing(book: Path) -> dict[str, bytes]:
    shutil.rmtree(book / "_build")
    build(book)
    return files(book)


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


def test_another_folder_gives_the_same_bytes(book, tmp_path_factory):
    copy = shutil.copytree(book, tmp_path_factory.mktemp("a longer name") / "book")
    build(book)
    build(copy)
    assert same.differences(*(same.sums(each / "_build/html") for each in (book, copy))) == []
    assert ".buildinfo" not in files(book) and "one.html" in files(book)


def test_no_file_of_the_pages_names_the_folder_that_they_were_built_in():
    site, here = TOOLS.parent / "_build/html", str(TOOLS.parent).encode()
    assert [name for name in same.sums(site) if here in (site / name).read_bytes()] == []


def test_what_differs_is_named(tmp_path):
    first, other = tmp_path / "first", tmp_path / "other"
    for folder in (first, other):
        (folder / "chapters").mkdir(parents=True)
        (folder / "same.html").write_text("the same")
    (first / "chapters/a.html").write_text("one")
    (other / "chapters/a.html").write_text("two")
    (other / ".hidden").write_text("only here")
    assert same.differences(same.sums(first), same.sums(other)) == [".hidden", "chapters/a.html"]


def test_a_change_is_read_alone_and_shows_on_other_pages(book):
    build(book)
    first = files(book)
    edit(book / "two.md", "# Another\n")
    assert build(book) == (["two"], "")
    assert b"Another" in files(book)["one.html"]
    edit(book / "two.md", "# Second\n")
    build(book)
    assert files(book) == first


def test_words_change_their_page_alone_and_the_first_is_written_too(book):
    build(book)
    edit(book / "two.md", "# Second\n\nMore words.\n")
    written = []
    assert build(book, lambda app, name, *_: written.append(name)) == (["two"], "")
    assert set(written) & {"one", "root", "two"} == {"root", "two"}
    assert files(book) == from_nothing(book)


@pytest.mark.parametrize("changed", ["title", "target", "glossary", "style"])
def test_what_pages_know_of_each_other_writes_all(book, changed):
    (book / "_static/own.css").write_text("p {}")
    (book / "chapters").mkdir()
    (book / "chapters/c_glossary.md").write_text(WORDS)
    assert build(book)[1] == ""
    path, text = {
        "title": ("two.md", "# Another\n"),
        "target": ("two.md", "# Second\n\n(here)=\n## Section\n"),
        "glossary": ("chapters/c_glossary.md", f"{WORDS}\nMore.\n"),
        "style": ("_static/own.css", "p { color: red }"),
    }[changed]
    edit(book / path, text)
    written = []
    build(book, lambda app, name, *_: written.append(name))
    assert {"one", "root", "two"} <= set(written)
    assert files(book) == from_nothing(book)


def test_a_build_that_was_broken_off_is_made_good(book):
    build(book)
    edit(book / "two.md", "# Second\n\nMore words.\n")

    def stop(app, name, *_):
        if name == "root":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(book, stop)
    build(book)
    assert files(book) == from_nothing(book)


@pytest.mark.parametrize("folder, ending", [("notebooks", "ipynb"), ("provenance", "tsv")])
def test_what_a_page_is_held_to_is_a_source_of_it(book, folder, ending):
    path = book / f"tests/{folder}/two.{ending}"
    path.parent.mkdir(parents=True)
    path.write_text("1")
    build(book)
    path.write_text("2")
    assert build(book) == (["two"], "")


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
