"""What counts as a conclusion, and that each is borne by a line that a cell prints."""
# ruff: noqa: E402 (the tools are no package)

import sys
from pathlib import Path

import guards
import jupytext
import nbformat
import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))

import provenance
import written
from conclusions import conclusions, unborne
from finding import CHAPTERS, Chapter
from outputs import places
from prose import read
from written import CLAIM, Row

PAGE = """# A page

**The smaller one wins.**
**C5** is a layer, and **bold** words are words.
It falls from 2.31% to 0.87%.

**Exercise 1.**

```{code-cell} ipython3
table()
```

```{code-cell} ipython3
print("the smaller wins:", wins)
```

## The conclusion

| claim | so |
|---|---|
| it is faster | it is not |
"""
TABLE = [nbformat.v4.new_output("stream", text="mean 2.310 and 0.8712\n")]
WINS = [nbformat.v4.new_output("stream", text="the  smaller wins: True\n1 of 2 seconds\n")]
PRINTS = 'print("the smaller wins:", wins)'
BOLD = Row(CLAIM, "The smaller one wins.", PRINTS, "the smaller wins: True")
FAST = Row(CLAIM, "| it is faster | it is not |", PRINTS, "1 of 2 seconds")


def problems(*rows: Row, text: str = PAGE, outputs=(TABLE, WINS)) -> list[str]:
    """What is wrong with the conclusions of the small page."""
    page = read(text)
    sources = [source for _, source in page.cells]
    chapter = Chapter("a", page, tuple(places(sources, list(outputs))), ())
    printed = {source: "".join(out.text for out in outs)
               for source, outs in zip(sources, outputs, strict=True)}  # fmt: skip
    printed = {name: " ".join(printed_text.split()) for name, printed_text in printed.items()}
    return unborne(chapter, text, list(rows), printed)


def test_what_is_a_conclusion():
    found = [(each.line, each.words, each.measured) for each in conclusions(PAGE, read(PAGE))]
    assert found == [
        (3, "The smaller one wins.", False),
        (5, "It falls from 2.31% to 0.87%.", True),
        (21, "| it is faster | it is not |", False),
    ]


def test_all_borne():
    assert problems(BOLD, FAST) == []


def test_a_conclusion_without_a_cell_is_found():
    assert problems(FAST) == ["a:3: no cell is named that bears 'The smaller one wins.'"]
    assert [each[:4] for each in problems()] == ["a:3:", "a:21"]


def test_percentages_must_come_from_one_cell():
    apart = (
        [nbformat.v4.new_output("stream", text="mean 2.310\n")],
        [
            *WINS,
            nbformat.v4.new_output("stream", text="mean 0.8712\n"),
        ],
    )
    (problem,) = problems(BOLD, FAST, outputs=apart)
    assert problem.startswith("a:5: no cell is named that bears 'It falls")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (BOLD._replace(what="the smaller wins: False"), "does not print"),
        (BOLD._replace(what="the smaller wins"), "neither true or false nor two numbers"),
        (BOLD._replace(where="print(1)"), "no cell ends in"),
    ],
)
def test_a_row_that_does_not_hold_is_found(row, why):
    (problem,) = problems(row, FAST)
    assert problem.startswith("a:3:") and why in problem


def test_an_output_that_turned_is_found():
    turned = [nbformat.v4.new_output("stream", text="the smaller wins: False\n1 of 2 seconds\n")]
    assert len(problems(BOLD, FAST, outputs=(TABLE, turned))) == 1


def test_a_sentence_that_changed_is_found_twice():
    assert problems(BOLD, FAST, text=PAGE.replace("smaller one wins", "larger one wins")) == [
        "a:3: no cell is named that bears 'The larger one wins.'",
        "a: 'The smaller one wins.' is gone",
    ]


def test_a_reason_will_do_where_nothing_is_concluded():
    assert not problems(BOLD._replace(where=written.SAID, what="only a heading"), FAST)


def test_sync_keeps_the_rows_that_a_person_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    written.save("a", [BOLD])
    text = "Nothing to count."
    provenance.sync(Chapter("a", read(text), (), ()), set())
    assert written.load("a") == (BOLD,)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_conclusion_is_printed_by_its_cell(path):
    reference = nbformat.read(ROOT / f"tests/notebooks/{path.stem}.ipynb", as_version=4)
    if guards.stale(jupytext.read(path), reference):
        pytest.skip("the reference is not of this chapter: make sync")
    assert not provenance.concluded(path)
