"""Where the numbers of the prose come from: what is a number, what is found, what is refused.

Last, the real book is held to tests/provenance, and a sample of it is changed.
"""

# ruff: noqa: E402 (the tools are no package)

import sys
from pathlib import Path

import guards
import jupytext
import nbformat
import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))

import prose_mutants
import written
from outputs import places, sources
from prose import numbers_of, read
from provenance import CHAPTERS, Chapter, anew, compare, load
from written import Pairing, Row

TABLE = """<div><table><thead><tr><th>name</th><th>output</th><th>parameters</th></tr></thead>
<tbody><tr><td>C1</td><td>28×28×6</td><td>156</td></tr>
<tr><td>F6</td><td>84</td><td>10,164</td></tr>
<tr><td>total</td><td></td><td>61,706</td></tr></tbody></table></div>"""
PAGE = """# A page

## The table

The total is 61,706 parameters, and F6 has 10,164 of them.
C1 puts out 28×28×6.

```{code-cell} ipython3
trace.table("parameters")
```

## The errors

It misreads 0.83% on average, and the linear one 7.57%.

```{code-cell} ipython3
print("mean", mean)
```

**Exercise 1.**
*Predict* how many are missed.

#### Solution 1

All five runs missed 32 digits.

```{code-cell} ipython3
print("missed by", runs)
```

"""
SHOWN = [
    [nbformat.v4.new_output("display_data", {"text/html": TABLE})],
    [nbformat.v4.new_output("stream", text="mean 0.8283\nlinear: mean 7.566\n")],
    [nbformat.v4.new_output("stream", text="missed by 4 of 5: 24\nmissed by 5 of 5: 32\n")],
]


def chapter(text: str = PAGE, outputs: list = SHOWN, rows: tuple = (), cited: str = "") -> Chapter:
    """A small chapter with these outputs and these rows."""
    page = read(text)
    cells = [source for _, source in page.cells]
    found = places(cells, outputs) + sources({cited}, {"lecun1998": 1998})
    return Chapter("a", page, tuple(found), tuple(rows))


ROWS = tuple(anew(chapter())[0])


def changed(before: str, after: str, outputs: list = SHOWN) -> Chapter:
    """The small chapter with a change, and what was written down before it."""
    assert before in PAGE
    return chapter(PAGE.replace(before, after), outputs, ROWS)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("It has 33,058 weights, 3.7 times as many.", ["33,058", "3.7"]),
        ("$33{,}058 / 8890 = 3.72$ and 0.95%", ["33{,}058", "8890", "3.72", "0.95"]),
        ("Two maps, twenty-five pixels, nine thousand", ["Two", "twenty-five", "nine thousand"]),
        ("half, a third, nine tenths, twice, tenfold", "half,a third,nine tenths,twice,tenfold"),
        ("the third layer, one more, often, someone", []),
        ("LeNet-5, C1, Conv2D, a 1-D one, x86, H1", []),
        ("64×64×3 and 784-300-10 and 5 by 5", ["64×64×3", "784-300-10", "5", "5"]),
        ("`33,058` and [09](09_x.md) and {cite:p}`lecun1998` and <b title='3'>4</b>", ["4"]),
        ("[three](https://x.org/69) and https://x.org/90", ["three"]),
        ("(exercise-4-1)=", []),
        ("**Exercise 2.** As in Solution 3, figures 9, Python 3.11", []),
        ("$K^2 + x_3 - 2.4/F$ and $x_{10}$ and $n - 1$", ["2.4", "1"]),
        ("| four | 3.7 | 15 |", ["four", "3.7", "15"]),
    ],
)
def test_what_is_a_number(line, numbers):
    wanted = numbers.split(",") if isinstance(numbers, str) else numbers
    assert [number.text for number in numbers_of(line)] == wanted


def test_constants_are_those_of_formulas_with_letters():
    line = r"$n - 1$ and 1 and $2 \cdot 3$ and $\tfrac{2}{3} a$"
    assert [number.text for number in numbers_of(line) if number.constant] == ["1", "2"]
    assert [number.constant for number in numbers_of("f(x) = 2", maths=True)] == [True]


def test_the_one_that_a_rule_adds_or_takes_away_is_a_constant():
    line = "7 − 3 + 1 = 5, ⌊2.5⌋ + 1, (16 − 1) · 2; the +1 of it; 1 pixel, +1 and −1, 1 + 2, 1/16"
    ones = [number for number in numbers_of(line) if number.text == "1"]
    assert [number.constant for number in ones] == [True] * 4 + [False] * 5


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-five", (25,)),
        ("nine thousand", (9000,)),
        ("a third", (1 / 3,)),
        ("nine tenths", (0.9,)),
        ("tenfold", (10,)),
        ("28×28×6", (28, 28, 6)),
        ("1{,}474{,}560", (1_474_560,)),
    ],
)
def test_what_a_number_is_worth(text, values):
    (number,) = numbers_of(text)
    assert number.values == pytest.approx(values)


def test_code_headers_and_options_are_no_prose():
    page = read("---\nversion: 0.13\n---\n\n# 7\n\n```{code-cell} ipython3\n:tags: [x]\n\n8\n```\n")
    assert [number.text for number in page.numbers] == ["7"]
    assert page.cells == ((7, "8"),)


def test_the_numbers_of_a_caption_are_prose():
    options = (
        "---\ntags: [x5]\ncaption: It has 3 taps,\n  and 62 pixels\nlabel: fig-9\n---\n\nx = 8\n"
    )
    page = read("# A\n\n```{code-cell} ipython3\n" + options + "```\n\nFigure 4.1 and table 4.2.\n")
    assert [(number.text, number.line) for number in page.numbers] == [("3", 6), ("62", 7)]
    assert page.cells == ((3, "x = 8"),)


@pytest.mark.parametrize(
    ("number", "where", "what"),
    [
        ("61,706", 'trace.table("parameters")', "total, parameters"),
        ("10,164", 'trace.table("parameters")', "F6, parameters"),
        ("28×28×6", 'trace.table("parameters")', "C1, output"),
        ("0.83", 'print("mean", mean)', "mean …"),
        ("7.57", 'print("mean", mean)', "linear: mean …"),
        ("32", 'print("missed by", runs)', "missed by # of #: … (2)"),
        ("five", 'print("missed by", runs)', "missed by # of …: #"),
    ],
)
def test_where_a_number_comes_from(number, where, what):
    (row,) = [row for row in ROWS if row.number == number]
    assert (row.where, row.what) == (where, what)


def found(text: str, **how) -> list[tuple[str, str]]:
    """Where the numbers of a text come from."""
    rows, refused = anew(chapter(text, **how))
    assert not refused
    return [(row.where, row.what) for row in rows]


def test_the_same_section_is_first_then_the_nearest_above_then_below():
    cell = "```{{code-cell}} ipython3\n{}\n```\n\n"
    one, two, three = (cell.format(name) for name in ("one()", "two()", "three()"))
    outs = [[nbformat.v4.new_output("stream", text="42\n")] for _ in range(3)]
    text = f"## A\n\n{one}## B\n\n{two}## C\n\nIt is 42.\n\n## D\n\n{three}"
    assert found(text, outputs=outs) == [("two()", "…")]
    assert found(text.replace("## D\n\n", ""), outputs=outs) == [("three()", "…")]
    outs[:2] = [[], []]
    assert found(text, outputs=outs) == [("three()", "…")]


def test_a_figure_a_cited_source_a_year_the_code_and_the_size_of_a_table_count_too():
    drawing = "<svg aria-label='bars: Conv1 162, FC 31,360; sums: FC 7'></svg>"
    outs = [[nbformat.v4.new_output("display_data", {"text/html": drawing})]]
    cell = "\n\n```{code-cell} ipython3\ndraw(17)\n```\n"
    assert found("FC has 31,360." + cell, outputs=outs) == [("draw(17)", "bars: Conv1 #, FC …")]
    assert found("There are 17." + cell, outputs=outs) == [("draw(17)", "typed: draw(…)")]
    assert found("So it was in 1998.", outputs=[]) == [("lecun1998", "year of LeNet-5 in print")]
    (place,) = found("It has 340,908 connections.", outputs=[], cited="lecun1998")
    assert place[0] == "lecun1998" and place[1].startswith("connections")
    assert anew(chapter("It has 340,908 connections.", []))[1]  # the page does not cite it
    table = [[nbformat.v4.new_output("display_data", {"text/html": TABLE})]]
    assert found("Two layers." + cell, outputs=table) == [("draw(17)", "rows of the table")]


def shown(*texts: str) -> tuple[str, list]:
    """A cell for each text that it prints, and these outputs."""
    cells = "".join(f"\n```{{code-cell}} ipython3\ndraw({at})\n```\n" for at in range(len(texts)))
    return cells, [[nbformat.v4.new_output("stream", text=text)] for text in texts]


def test_words_right_beside_a_number_decide_before_what_kind_of_place_it_is():
    cells, outs = shown("6 inputs, 4 units\n")
    cells = cells.replace("draw(0)", "units = kinds * 6\ndraw(0)")
    ((_, what),) = found("Such units are of 6 kinds.\n" + cells, outputs=outs)
    assert what == "typed: units = kinds * …"
    cells, outs = shown("64 kernels, 5 maps\n", "conv2 with 5 kernels\n")
    ((where, _),) = found("All maps of conv2 come from 5 kernels.\n" + cells, outputs=outs)
    assert where == "draw(1)"


def test_a_number_word_comes_from_where_the_same_things_are_counted():
    cells, outs = shown("2 lines\n", "3\n3\n")
    assert found("Two lines follow.\n" + cells, outputs=outs) == [("draw(0)", "… lines")]
    assert anew(chapter("Two ideas follow.\n" + cells, outs))[1]
    assert anew(chapter("## A\n" + cells + "## B\n\nThese two look alike.", outs))[1]


def test_a_small_number_beside_a_citation_is_not_from_there_unless_words_say_so():
    text = "It has {} reasons {{cite:p}}`lecun1998`."
    assert anew(chapter(text.format("two"), [], cited="lecun1998"))[1]
    assert anew(chapter(text.format(2), [], cited="lecun1998"))[1]
    days = "It took {} days of training {{cite:p}}`lecun1998`."
    ((_, what),) = found(days.format(2), outputs=[], cited="lecun1998")
    assert what.startswith("days of training, at least")


def test_what_a_source_printed_is_not_rounded():
    text = "The largest rate of a weight is about {} {{cite:p}}`lecun1998`."
    ((_, what),) = found(text.format(0.016), outputs=[], cited="lecun1998")
    assert what.startswith("largest rate of a weight")
    assert not [what for _, what in found(text.format(0.02), outputs=[], cited="lecun1998")
                if what.startswith("largest")]  # fmt: skip


@pytest.mark.parametrize("wrong", ["61,705", "61.706", "61,706.5", "617,060"])
def test_whole_numbers_are_compared_exactly(wrong):
    assert anew(chapter(PAGE.replace("61,706", wrong)))[1]


@pytest.mark.parametrize("wrong", ["0.82", "0.829", "0.9"])
def test_decimals_are_the_outputs_rounded(wrong):
    assert not anew(chapter(PAGE.replace("0.83", "0.828")))[1]
    assert anew(chapter(PAGE.replace("0.83", wrong)))[1]


def test_a_whole_number_in_an_output_gives_no_decimal():
    outs = [[nbformat.v4.new_output("stream", text="5 of 10.0\n")]]
    cell = "\n\n```{code-cell} ipython3\ndraw()\n```\n"
    assert anew(chapter("It misread 5.0% of them." + cell, outs))[1]
    assert found("It misread 10.0% of 10." + cell, outputs=outs) == [("draw()", "# of …")] * 2


def test_a_source_with_few_words_in_common_comes_after_the_outputs_above():
    outs = [[nbformat.v4.new_output("stream", text="units 120\n")]]
    text = "## A\n\n```{code-cell} ipython3\ndraw()\n```\n\n## B\n\nFor 120 units."
    assert found(text, outputs=outs, cited="lecun1998") == [("draw()", "units …")]
    named = text.replace("units.", "units before the output of LeNet-4.")
    ((where, _),) = found(named, outputs=outs, cited="lecun1998")
    assert where == "lecun1998"


def test_a_number_as_written_down_is_not_reported():
    assert compare(chapter(rows=ROWS)) == []
    assert anew(chapter(rows=ROWS)) == (list(ROWS), [])


SAME_WORDS = [
    ("61,706", "61,707"),  # nothing gives it
    ("61,706", "156"),  # another cell of the table does
    ("61,706", "32"),  # another number of the page
    ("0.83%", "7.57%"),
    ("All five", "All four"),  # a number word, which the output has too
    ("28×28×6", "28×28×7"),
]


@pytest.mark.parametrize(("before", "after"), SAME_WORDS)
def test_a_wrong_a_swapped_number_and_a_number_word_are_reported_and_refused(before, after):
    wrong = changed(before, after)
    assert any("was " in problem and "is now " in problem for problem in compare(wrong))
    assert anew(wrong)[1]


def test_a_report_names_the_line_what_it_was_and_what_it_is_now():
    (problem,) = compare(changed("61,706", "61,707"))
    assert problem.startswith("a:5: was 61,706, is now 61,707")


def test_a_mended_typo_is_not_reported_and_is_written_down():
    mended = changed("It misreads 0.83% on average", "It misread 0.83% in the mean")
    assert compare(mended) == []
    rows, refused = anew(mended)
    assert not refused and [row[2:] for row in rows] == [row[2:] for row in ROWS]


def test_a_line_that_moved_without_a_change_of_words_is_reported():
    line = "It misreads 0.83% on average, and the linear one 7.57%.\n"
    moved = chapter(PAGE.replace(line, "").replace("C1 puts", line + "C1 puts"), rows=ROWS)
    assert [p for p in compare(moved) if "has moved" in p]
    assert not anew(moved)[1]  # the numbers are still those of the same output


def test_a_line_that_moved_to_another_output_is_refused():
    line = "The total is 61,706 parameters, and F6 has 10,164 of them.\n"
    again = [*SHOWN[:2], [*SHOWN[0], *SHOWN[2]]]
    last = "All five runs missed 32 digits.\n"
    text = PAGE.replace(line, "").replace(last, last + line)
    refused = anew(chapter(text, again, ROWS))[1]
    assert len(refused) == 2 and "was 61,706, 'total, parameters' of 'trace" in refused[0]


def test_a_removed_output_is_reported_and_refused():
    gone = changed("61,706", "61,706", [[], *SHOWN[1:]])
    assert any("nothing gives it" in problem for problem in compare(gone))
    assert len(anew(gone)[1]) == 3


def test_an_output_that_changed_is_reported_until_the_text_follows():
    outs = [SHOWN[0], [nbformat.v4.new_output("stream", text="mean 0.7\nlinear: mean 7.566")]]
    assert compare(changed("0.83", "0.83", [*outs, SHOWN[2]]))
    followed = changed("0.83", "0.70", [*outs, SHOWN[2]])
    assert compare(followed) and not anew(followed)[1]


def test_words_that_changed_let_a_number_go_elsewhere():
    rewritten = changed("The total is 61,706 parameters", "One layer, C1, has 156 parameters")
    assert compare(rewritten)
    rows, refused = anew(rewritten)
    assert not refused and rows[0].what == "C1, parameters"


def test_a_move_that_is_named_is_let_through():
    moved = changed("61,706", "156")
    assert anew(moved)[1] and not anew(moved, {5})[1]
    assert anew(moved, {6})[1]


def test_an_edited_cell_keeps_its_numbers_under_its_new_name():
    edited = changed('trace.table("parameters")', "trace.table()")
    assert len(compare(edited)) == 3 and not anew(edited)[1]


def test_an_edited_label_keeps_its_number_if_the_cell_still_gives_it():
    outs = [nbformat.v4.new_output("stream", text="average 0.8283\nlinear: mean 7.566\n")]
    edited = chapter(PAGE, [SHOWN[0], outs, SHOWN[2]], ROWS)
    assert len(compare(edited)) == 1 and not anew(edited)[1]
    assert anew(changed("0.83", "7.57", [SHOWN[0], outs, SHOWN[2]]))[1]


def test_an_earlier_cell_put_in_changes_nothing():
    cell = "```{code-cell} ipython3\nnew()\n```\n\n"
    text = PAGE.replace("## The table", cell + "## The table")
    assert compare(chapter(text, [[], *SHOWN], ROWS)) == []


def test_what_is_declared_to_be_said_keeps_while_number_and_words_do():
    text = PAGE.replace("# A page", "# A page of ninety words")
    assert anew(chapter(text, rows=ROWS))[1]
    said = Row("ninety", "# A page of _ words", written.SAID, "counted by hand")
    assert compare(chapter(text, rows=(said, *ROWS))) == []
    rows, refused = anew(chapter(text, rows=(*ROWS, said)))  # the row may be written anywhere
    assert rows[0] == said and not refused
    other = text.replace("ninety", "eighty")
    wrong = chapter(other, rows=(said, *ROWS))
    assert compare(wrong) and anew(wrong)[1]


def test_files_come_back_as_they_were_written(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    assert written.load("a") == ()
    written.save("a", ROWS)
    assert written.load("a") == ROWS
    assert (
        '61,706\tThe total is _ parameters, and F6 has\ttrace.table("parameters")'
        in (tmp_path / "a.tsv").read_text()
    )


def test_rows_are_paired_in_order():
    pairs = list(Pairing(ROWS[1:], chapter().page.numbers))
    assert pairs[0] == (None, False)
    assert pairs[1:] == [(row, True) for row in ROWS[1:]]


def is_stale(path: Path) -> bool:
    """Whether a chapter's reference is of another version; test_book reports that."""
    reference = nbformat.read(ROOT / f"tests/notebooks/{path.stem}.ipynb", as_version=4)
    return bool(guards.stale(jupytext.read(path), reference))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_number_comes_from_where_it_is_written_down_to_come_from(path):
    if is_stale(path):
        pytest.skip("the reference is not of this chapter: make sync")
    problems = compare(load(path))
    assert not problems, "\n".join([*problems, "If the text is right: make sync"])


def test_few_numbers_are_only_said():
    rows = [row for path in CHAPTERS for row in load(path).rows]
    said = [row for row in rows if row.where == written.SAID]
    assert len(rows) > 900 and len(said) <= 0.08 * len(rows)
    assert all(len(row.what) > 10 for row in said), "each has a reason"


def test_changes_of_the_prose_are_noticed():
    chapters = [path for path in CHAPTERS if not is_stale(path)]
    every, missed = prose_mutants.survivors(chapters, sample=60)
    assert len(every) == 60
    assert len(missed) <= 1, "\n".join(map(str, missed))


def test_a_change_that_nothing_notices_is_told(capsys, monkeypatch):
    (change, *_) = prose_mutants.changes(chapter())
    assert change.kind == "digit" and change.after != "61,706"
    assert prose_mutants.verdict([change] * 1000, []) == 0
    assert prose_mutants.verdict([change] * 1000, [change]) == 1
    assert "Not noticed: a:5: digit, 61,706 to" in capsys.readouterr().out
    monkeypatch.setattr(prose_mutants, "anew", lambda chapter: ([], []))
    assert not prose_mutants.noticed(chapter(rows=ROWS), PAGE, change, set())
