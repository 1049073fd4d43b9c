"""The text of each page against the bounds of make audit, and the table that it prints."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import chromium
from audit import __main__ as audit
from audit import bounds, markup, npm
from audit.bounds import COLUMNS
from audit.pages import SITE, pages

GOOD = {column.name: column.limit if column.least else 0 for column in COLUMNS}


@pytest.mark.parametrize("page", pages())
def test_ids_links_alt_texts_tags_and_weights(page):
    found = markup.measures(page)
    assert {"ids", "links", "alt", "tags", "1st", "2nd"} <= set(found)
    assert bounds.failures(page, found) == []


@pytest.fixture
def faults(tmp_path):
    """The faults that are found in a page with this body; beside it there is b.html#there."""
    (tmp_path / "b.html").write_text('<p id="there">')

    def found(body: str) -> dict:
        page = tmp_path / "a.html"
        page.write_text(
            f"<!doctype html><html><head><title>A</title></head><body>{body}</body></html>"
        )
        markup.ids.cache_clear()
        markup.soup.cache_clear()
        measures = markup.measures(str(page))
        return {
            name: faults for name, faults in measures.items() if isinstance(faults, list) and faults
        }

    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p id="a"></p><b id="a"></b>', {"ids": ["#a"]}),
        ('<a href="c.html"></a>', {"links": ["c.html"]}),
        ('<a href="b.html#nowhere"></a>', {"links": ["b.html#nowhere"]}),
        ('<a href="#nowhere"></a>', {"links": ["#nowhere"]}),
        ('<img src="lost.png" alt="">', {"links": ["lost.png"]}),
        ('<svg><g clip-path="url(#lost)"/></svg>', {"links": ["#lost"]}),
        ('<img src="b.html">', {"alt": ['<img src="b.html"/>']}),
        ('<svg role="img"></svg>', {"alt": ['<svg role="img"></svg>']}),
        ("<p><div></div></p>", {"tags": ["unexpected-end-tag in line 1"]}),
        ("<div>", {"tags": ["expected-one-end-tag-but-got-another in line 1"]}),
    ],
)
def test_a_fault_is_seen(faults, body, expected):
    assert faults(body) == expected


def test_what_is_right_is_let_through(faults):
    links = '<a href="b.html#there"></a> <a href="https://a.b/c#d"></a> <a href="#id-1"></a>'
    images = '<img src="b.html" alt=""><svg id="id-1" role="img" aria-label="C1"></svg>'
    assert faults(f"{links}{images}<p>x<p>y") == {}


def test_weights_are_without_figures_and_a_second_page_brings_only_its_own(tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<p>text</p>")
    light = markup.weight({page})
    page.write_text("<p>text</p><svg>" + "".join(map(str, range(9999))) + "</svg>")
    assert markup.weight({page}) == light
    second = markup.loads("genindex.html")
    assert second - markup.loads(markup.FIRST) == {SITE / "genindex.html"}
    assert {path.name for path in second} > {"page.css", "book.css", "page.js"}


def test_a_bound_says_what_is_measured_and_the_first_faults():
    assert bounds.failures("a.html", GOOD) == []
    faults = ["pre in #a", "pre in #b", "pre in #c", "pre in #d"] * 3
    assert bounds.failures("a.html", GOOD | {"boxes": faults, "perf": 0.96, "LCP": 1.8}) == [
        "a.html: Lighthouse's performance, mobile: 0.96, at least 0.97",
        "a.html: boxes that scroll sideways at 360 px: 12, at most 10: "
        "pre in #a; pre in #b; pre in #c; and 9 more",
    ]
    assert bounds.failures("search.html", {"2nd": 99.0}) == []


def test_a_line_of_the_table_marks_what_is_not_met():
    row = audit.table({"a.html": GOOD | {"perf": 0.5, "ids": ["#a"]}, "b.html": {}}).splitlines()
    assert [cell for cell in row[2].split() if "!" in cell] == ["!0.50", "!1"]
    assert row[3].split() == ["b"] + ["–"] * len(COLUMNS)
    assert row[4].split()[:4] == ["bound", "≤0", "≤0", "≥0.97"]


def test_pages_are_chosen_by_their_first_letters():
    assert pages(["03", "search"]) == ["chapters/03_output_shapes.html", "search.html"]
    with pytest.raises(ValueError, match="no page starts with 'xyz'; there are: 404 01_history"):
        pages(["03", "xyz"])


@pytest.fixture
def auditing(monkeypatch):
    """The audit without a browser: each page measures what is given."""

    def run(measures: dict, *argv: str) -> int:
        monkeypatch.setattr(chromium, "PATH", "chromium")
        monkeypatch.setattr(audit, "measured", lambda names, *_: dict.fromkeys(names, measures))
        return audit.main([*argv])

    return run


def test_the_exit_code_says_whether_all_bounds_are_met(auditing, capsys):
    assert auditing(GOOD, "--quick", "404") == 0
    assert "Every bound is met." in capsys.readouterr().out
    assert auditing(GOOD | {"alt": ["<img>"]}, "--quick", "404") == 1
    assert "404.html: images that do not say what they show: 1, at most 0: <img>" in (
        capsys.readouterr().out
    )


def test_what_cannot_be_measured_says_how_to_get_it(auditing, capsys, monkeypatch):
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    without = {name: value for name, value in GOOD.items() if name != "HTML"}
    assert auditing(without, "404") == 0
    said = capsys.readouterr().out
    assert "Not measured: Java is not here" in said and "install default-jre-headless" in said
    monkeypatch.setattr(chromium, "PATH", None)
    assert audit.main([]) == 1
    assert capsys.readouterr().out == (
        "No Chromium is here, which opens the pages: sudo apt-get install chromium\n"
    )


def test_an_unknown_page_is_one_line(auditing, capsys):
    assert auditing(GOOD, "xyz") == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_help_has_examples(capsys):
    with pytest.raises(SystemExit):
        audit.main(["--help"])
    assert 'make audit PAGES="03 07"' in capsys.readouterr().out


def test_lighthouse_is_asked_several_times_and_the_medians_count(monkeypatch):
    runs = iter([{"perf": 0.9, "LCP": 3.0}, {"perf": 1.0, "LCP": 1.0}, {"perf": 0.98, "LCP": 1.2}])
    monkeypatch.setattr(npm, "visit", lambda url: next(runs))
    assert npm.lighthouse("http://localhost/", 3) == {"perf": 0.98, "LCP": 1.2}


def test_what_npm_brings_is_pinned_with_its_sums():
    wanted = json.loads((npm.HERE / "package.json").read_text())["dependencies"]
    lock = json.loads((npm.HERE / "package-lock.json").read_text())["packages"]
    assert lock.pop("")["dependencies"] == wanted
    assert all(package["integrity"] for package in lock.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_npm_is_asked_once_and_says_so_before(monkeypatch, tmp_path, capsys):
    asked = []

    def run(command, cwd, check):
        assert "from the network" in capsys.readouterr().out
        asked.append(command[:2])
        (cwd / "node_modules").mkdir()
        (cwd / "node_modules/.package-lock.json").write_text("{}")

    monkeypatch.setattr(npm, "PLACE", tmp_path / "audit")
    monkeypatch.setattr(npm.subprocess, "run", run)
    npm.install()
    npm.install()
    assert asked == [["npm", "ci"]] and capsys.readouterr().out == ""


def test_errors_of_the_nu_checker_go_to_their_pages(monkeypatch):
    names = ["index.html", "chapters/index.html"]
    errors = [{"url": f"file:{SITE}/{names[1]}", "message": "Stray tag.", "lastLine": 7}]
    printed = SimpleNamespace(stdout=json.dumps({"messages": errors}))
    monkeypatch.setattr(npm.subprocess, "run", lambda *_, **__: printed)
    assert npm.invalid(names) == {"index.html": [], "chapters/index.html": ["Stray tag. (line 7)"]}


def test_a_program_that_fails_is_named(auditing, capsys, monkeypatch):
    auditing(GOOD, "404")
    failed = subprocess.CalledProcessError(1, ["/a/b/lighthouse"], stderr="no page")
    monkeypatch.setattr(audit, "measured", lambda *_: (_ for _ in ()).throw(failed))
    assert audit.main(["404"]) == 1
    assert "lighthouse failed: no page" in capsys.readouterr().out
