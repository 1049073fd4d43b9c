"""The pages as one zip: all of them, the same bytes each time, and readable where unpacked."""

import os
import sys
import zipfile

import pytest
from small_book import TOOLS

sys.path.append(str(TOOLS))
import stick


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "html"
    (site / "chapters").mkdir(parents=True)
    for name in ("index.html", "chapters/b.html", "chapters/a.html", ".buildinfo"):
        (site / name).write_text(f"<p>{name}", encoding="utf-8")
    return site


def test_all_pages_are_in_it_and_no_hidden_file(site, tmp_path):
    stick.write(site, tmp_path / "book.zip")
    with zipfile.ZipFile(tmp_path / "book.zip") as made:
        names = ["book/chapters/a.html", "book/chapters/b.html", "book/index.html"]
        assert made.namelist() == names
        assert made.read("book/chapters/a.html") == b"<p>chapters/a.html"
        modes = {entry.external_attr >> 16 for entry in made.infolist()}
    assert modes == {0o100644}


def test_the_same_pages_give_the_same_bytes_whenever_they_were_written(site, tmp_path):
    first, second = tmp_path / "first/book.zip", tmp_path / "second/book.zip"
    for out, seconds in ((first, 1_000_000_000), (second, 1_700_000_000)):
        out.parent.mkdir()
        for path in site.rglob("*.html"):
            os.utime(path, (seconds, seconds))
        stick.write(site, out)
    assert first.read_bytes() == second.read_bytes()


def test_without_pages_it_says_what_builds_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stick, "SITE", tmp_path)
    assert stick.main() == 1
    assert capsys.readouterr().out == "No pages are here yet: make book builds them.\n"
