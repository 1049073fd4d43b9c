"""The guards on the real book, and for each guard a case in which it must complain.

What the package must be like is in test_house, where the numbers come from in test_provenance.
"""

import importlib
import re
import subprocess
from pathlib import Path

import guards
import jupytext
import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
PAGES = sorted((ROOT / "_build/html/chapters").glob("*.html"))
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)


def reference(chapter: Path) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / f"tests/notebooks/{chapter.stem}.ipynb", as_version=4)


def notebook(*cells: tuple[str, str], ran: int | None = 1) -> nbformat.NotebookNode:
    """A small notebook of (source, what it printed)."""
    made = nbformat.v4.new_notebook()
    for source, printed in cells:
        out = nbformat.v4.new_output("stream", text=printed)
        made.cells.append(nbformat.v4.new_code_cell(source, outputs=[out], execution_count=ran))
    return made


def stems(pattern: str) -> set[str]:
    return {path.stem for path in ROOT.glob(pattern)}


def test_contents_chapters_twins_and_references_are_the_same_set():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    assert not guards.uneven(
        contents={Path(name).stem for name in listed},
        chapters=stems("chapters/*.md"),
        twins=stems("chapters/*.py"),
        references=stems("tests/notebooks/*.ipynb"),
    )


def test_a_missing_twin_is_found():
    assert guards.uneven(chapters={"a", "b"}, twins={"a"}) == ["b is missing in twins"]


@each_chapter
def test_twins_are_the_same_notebook(chapter):
    twin = chapter.with_suffix(".py")
    problems = guards.twins_differ(jupytext.read(chapter), jupytext.read(twin))
    assert not problems, f"{twin}: {problems}; write it with: make sync"


def test_twins_that_differ_in_one_digit_are_found():
    assert guards.twins_differ(notebook(("x = 61706", "")), notebook(("x = 61707", "")))


@each_chapter
def test_references_were_run_from_this_chapter(chapter):
    problems = guards.stale(jupytext.read(chapter), reference(chapter))
    assert not problems, f"{chapter}: {problems}; run it again with: make sync"


def chapter_with(prose: str, code: str) -> nbformat.NotebookNode:
    """A chapter of one paragraph and one cell."""
    made = notebook((code, ""), ran=None)
    made.cells.insert(0, nbformat.v4.new_markdown_cell(prose))
    return made


def test_a_change_of_prose_leaves_the_reference_as_it_is():
    ran = notebook(("1 + 1", "2"))
    assert not guards.stale(chapter_with("It has teh pixels.", "1 + 1"), ran)
    assert not guards.stale(chapter_with("It has the pixels.", "1 + 1"), ran)
    assert guards.stale(chapter_with("It has the pixels.", "1 + 2"), ran)


def test_a_reference_keeps_code_and_outputs_and_no_prose(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    chapters = importlib.import_module("chapters")
    chapter, ran = chapter_with("It has teh pixels.", "1 + 1"), notebook(("1 + 1", "2"))
    warned = nbformat.v4.new_output("stream", name="stderr", text="took 3 s")
    ran.cells[0].outputs.append(warned)
    chapter.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (cell,) = chapters.reference(chapter, ran).cells
    assert (cell.id, cell.source, cell.execution_count) == ("cell-0", "1 + 1", 1)
    assert [out.text for out in cell.outputs] == ["2"]


def test_a_stale_an_unexecuted_and_a_failed_reference_are_found():
    chapter = notebook(("1 + 1", ""))
    assert not guards.stale(chapter, notebook(("1 + 1", "2")))
    assert guards.stale(chapter, chapter_with("Prose does not belong here.", "1 + 1"))
    assert guards.stale(chapter, notebook(("1 + 2", "3")))
    assert guards.stale(chapter, notebook(("1 + 1", ""), ran=None))
    assert guards.stale(chapter, notebook())
    failed = notebook(("1 + 1", ""))
    failed.cells[0].outputs = [nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])]
    assert guards.stale(chapter, failed)


def test_every_page_was_built():
    assert {page.stem for page in PAGES} == stems("chapters/*.md"), "build them with: make book"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_image_says_what_it_shows(page):
    assert not guards.silent_images(page.read_text())


@pytest.mark.parametrize(
    "image",
    [
        '<img src="a.png">',
        '<img src="a.png" alt="../_images/a.png">',
        '<div class="lenet-figure"><svg role="img"></svg></div>',
    ],
)
def test_a_silent_image_is_found(image):
    assert guards.silent_images(image)


@each_chapter
def test_cells_run_anywhere(chapter):
    cells = guards.code_cells(jupytext.read(chapter))
    problems = {cell.source[:50]: guards.bad_cell(cell.source) for cell in cells}
    assert not {start: found for start, found in problems.items() if found}


@pytest.mark.parametrize(
    "source",
    ["x = 1;", 'open("../data.csv")', "open('chapters/x.md')", "x" * 80],
)
def test_a_bad_cell_is_found(source):
    assert guards.bad_cell(source)
    assert not guards.bad_cell("x = 1")


@each_chapter
def test_cells_are_short_enough_to_be_followed(chapter):
    assert not guards.long_cells(jupytext.read(chapter))


def test_a_long_cell_is_found():
    lines = ["from a import (\n    b,\n)\nimport c\n", *(f"x = {n}\n" for n in range(8))]
    eight, nine = "\n".join(lines), "\n".join([*lines, "x"])
    assert not guards.long_cells(notebook((eight, "")))
    assert guards.long_cells(notebook((nine, ""))) == [
        "x = 0 has 9 lines, at most 8 are to be read"
    ]
    folded = notebook(("x = 1\n" * 3, ""), ("x = 1\n" * 4, ""))
    for cell in folded.cells:
        cell.metadata["tags"] = ["hide-input"]
    assert guards.long_cells(folded) == ["folded: x = 1 has 4 lines, at most 3 are to be read"]


@each_chapter
def test_links_have_words_since_jupyterlab_shows_nothing_else(chapter):
    assert "[](" not in chapter.read_text()


@each_chapter
def test_walks_end_in_exercises_with_solutions(chapter):
    text = chapter.read_text()
    if re.match(r"\d\d_|[ab]_", chapter.stem):
        assert not guards.bad_exercises(guards.number_of(chapter.stem), text)
        words = ("*Predict", "*Compute", "*Explain*")
        assert all(text.count(word) >= 3 for word in words)
    assert text.count("<details") == text.count("</details>")


EXERCISE = """(exercise-{0}-{1})=
### Exercise {0}.{1}

*Predict* it.

+++ {{"jp-MarkdownHeadingCollapsed": true}}

#### Solution {0}.{1}

+++

It is 7.

+++

"""


def test_exercises_that_are_not_as_all_are_found():
    good = "".join(EXERCISE.format(4, at) for at in range(1, 6))
    assert not guards.bad_exercises("4", good)
    assert not guards.bad_exercises("A", good.replace("4.", "A.").replace("e-4-", "e-a-"))
    assert guards.bad_exercises("5", good)
    assert guards.bad_exercises("4", "".join(EXERCISE.format(4, at) for at in range(1, 5)))
    for old, new in (
        ("(exercise-4-2)=\n", ""),
        ("e-4-2", "e-4-1"),
        ("### Exercise 4.2", "## Exercise 4.2"),
        ("### Exercise 4.2", "### Exercise 4.3"),
        ("Solution 4.2", "Solution 4.1"),
        ('{"jp-MarkdownHeadingCollapsed": true}', ""),
        ("#### Solution", "### Solution"),
        ("Solution 4.2\n\n+++", "Solution 4.2"),
        ("It is 7.", "#### More\n\nIt is 7."),
        ("*Predict* it.", ""),
    ):
        assert guards.bad_exercises("4", good.replace(old, new)), (old, new)


NOTEBOOKS = {chapter.stem: jupytext.read(chapter) for chapter in CHAPTERS}


def test_captions_and_labels_are_whole_and_no_link_is_lost():
    assert not guards.bad_captions(NOTEBOOKS)
    assert not guards.lost_links(NOTEBOOKS)


def captioned(prose: str = "", **metadata: str) -> nbformat.NotebookNode:
    """A page of a paragraph and a cell with this metadata."""
    made = chapter_with(prose, "draw()")
    made.cells[1].metadata.update(metadata)
    return made


def test_a_caption_or_label_that_is_not_as_all_is_found():
    good = {"caption": "How it grows", "label": "fig-growth"}
    assert not guards.bad_captions({"a": captioned(**good), "b": captioned()})
    twice = {"a": captioned(**good), "b": captioned(**good)}
    assert guards.bad_captions(twice) == ["b: fig-growth is used in a already"]
    for change in (
        {"caption": ""},
        {"label": ""},
        {"label": "growth"},
        {"caption": "How it grows."},
        {"caption": "how it grows"},
    ):
        assert guards.bad_captions({"a": captioned(**good | change)}), change


def test_a_link_to_nothing_is_found():
    there = captioned("(exercise-4-1)=\n# A", caption="A", label="fig-a")
    links = "[x](#fig-b) [y](a.md#fig-a) [z](a.md#exercise-4-1) [w](a.md) [v](b.md#w)"
    lost = guards.lost_links({"a": there, "b": captioned(links)})
    assert [line.split(",")[0] for line in lost] == ["b refers to b#fig-b", "b refers to b#w"]


GLOSSARY = (ROOT / "chapters/c_glossary.md").read_text()


def test_the_glossary_has_each_term_and_each_entry_names_where_it_is_explained():
    chapters = {path.stem: path.read_text() for path in CHAPTERS if path.stem[0].isdigit()}
    assert not guards.unlisted(GLOSSARY, chapters)
    assert not guards.bad_entries(GLOSSARY, chapters)


def test_a_missing_term_and_a_bad_entry_are_found():
    said = {"tap": "One place.\n  See [A](01_a.md).", "step (of training)\n`rate`": "[A](01_a.md)"}
    listed = "\n\n".join(f"{name}\n  {text}" for name, text in said.items())
    glossary = "```{glossary}\n" + listed + "\n```"
    chapters = {"01_a": "**Taps** and **Rate**, **one** of **7 taps**. **A claim.** **The rest**"}
    assert not guards.unlisted(glossary, chapters)
    assert not guards.bad_entries(glossary, chapters)
    more = {**chapters, "02_b": "A **loss**."}
    assert guards.unlisted(glossary, more) == ["loss of 02_b is not in the glossary"]
    entry = "```{glossary}\nloss\n  How wrong it is. %s\n```"
    for link, complaint in (
        ("", "loss names no chapter"),
        ("([A](01_a.md))", "loss is not in 01_a, which it names"),
        ("([A](01_a.md))", "loss is explained in 02_b, and names ['01_a']"),
    ):
        assert complaint in guards.bad_entries(entry % link, more)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_chapters_have_the_number_of_their_file(page):
    heading = BeautifulSoup(page.read_text(), "html.parser").select_one("article h1")
    number = heading.find(class_="section-number")
    expected = guards.number_of(page.stem) if page.stem[0].isdigit() else None
    assert (number and number.get_text().strip()) == (expected and str(expected))


def test_an_old_python_gets_one_clear_line(tmp_path):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    run = subprocess.run(
        ["make", "book", "PYTHON=false"], cwd=tmp_path, text=True, capture_output=True, check=False
    )
    assert run.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in run.stderr
    assert "Traceback" not in run.stderr and not (tmp_path / ".venv").exists()
