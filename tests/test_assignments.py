"""Assignments: valid notebooks whose tests give the key full marks and wrong answers their slip."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from lenet.practice import check, forget
from lenet.practice.book import BOOK
from lenet.practice.checking import NEUTRAL
from lenet.practice.reckonings import Estimate
from small_book import TOOLS

sys.path.append(str(TOOLS))
import assignments

ANSWER = re.compile(r"^(answer_(\d\d)_(\d+)) = .*$", re.MULTILINE)
REMEDY = 'no grader is here: .venv/bin/pip install -e ".[otter,nbgrader]" brings both'
needs = {
    grader: pytest.mark.skipif(grader not in assignments.installed(), reason=REMEDY)
    for grader in ("otter", "nbgrader")
}
BLOCKED = "import sys; sys.modules |= dict.fromkeys(('tensorflow', 'keras', 'numpy'))"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """All assignments, as they are written without a grader."""
    out = tmp_path_factory.mktemp("assignments")
    assignments.write(out)
    return out


def notebooks(made: Path, grader: str) -> dict[str, nbformat.NotebookNode]:
    """The notebooks of one grader by their chapters."""
    paths = sorted((made / grader).rglob("*.ipynb"))
    return {path.stem[:2]: nbformat.read(path, as_version=4) for path in paths}


def wrong_answers(question) -> list:
    """Three of them: those of slips first, and then numbers that no slip leads to."""
    unknown = [-7654321, -7654322, -7654323]
    if isinstance(question.answer, tuple):
        unknown = [(*question.answer, number) for number in unknown]
    return [*question.wrong, *unknown][:3]


def judged(cell: nbformat.NotebookNode, given) -> tuple[bool, str]:
    """Whether an answer gets the points of a test, and what is said: as the grader runs it."""
    forget()
    source = cell.source
    names = {"check": check, re.search(r"answer_\w+", source)[0]: given}
    if cell.outputs:  # of otter-grader: a doctest
        said = repr(eval(source, names))
        return said == cell.outputs[0].data["text/plain"], said
    try:
        exec(source, names)
    except AssertionError as failed:
        return False, str(failed)
    return True, "Right."


def judges(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """The cell that judges each question."""
    asks = re.compile(r'check\("(\d\d\.\d+)"')
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {found[1]: cell for cell in cells if (found := asks.search(cell.source))}


@pytest.mark.parametrize("grader", ["otter", "nbgrader"])
def test_every_question_of_the_book_is_in_a_valid_notebook_of_its_chapter(made, grader):
    asked = []
    for chapter, notebook in notebooks(made, grader).items():
        nbformat.validate(notebook)
        tested = list(judges(notebook))
        assert all(number.startswith(f"{chapter}.") for number in tested)
        shown = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert all(BOOK[number].text in shown for number in tested)
        asked += tested
    assert asked == [question.id for question in assignments.GRADED]


@pytest.mark.parametrize("grader", ["otter", "nbgrader"])
def test_the_key_is_right_and_each_of_three_wrong_answers_is_told_its_slip(made, grader):
    for notebook in notebooks(made, grader).values():
        source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        solved = {f"{a}.{b}": m for m, a, b in re.findall(r"^(answer_(\d\d)_(\d+)) ", source, re.M)}
        names = {}
        exec("\n".join(re.findall(r"^answer_\w+ = .*$", source, re.M)), names)
        for number, cell in judges(notebook).items():
            assert judged(cell, names[solved[number]]) == (True, "Right.")
            for given in wrong_answers(BOOK[number]):
                points, said = judged(cell, given)
                assert not points, (number, given)
                assert names_the_slip(BOOK[number], given, said), (number, given, said)
                assert not tells(BOOK[number], said), (number, said)


def names_the_slip(question, given, said: str) -> bool:
    """Whether a wrong answer is told its slip: by name, as one of several, or as none known."""
    causes = question.wrong.get(given, ())
    if len(causes) == 1:
        return said == f"Not yet: {causes[0].name}. {causes[0].said}"
    return said.startswith("Not yet.\n") and (NEUTRAL in said) == bool(causes)


def tells(question, said: str) -> bool:
    """Whether the right answer stands in what is said of a wrong one."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?", re.sub(r"(?<=\d)[, ](?=\d{3})", "", said))
    right = question.answer if isinstance(question.answer, tuple) else (question.answer,)
    return any(str(part) in numbers for part in right)


@pytest.mark.parametrize("given", [..., None, "many", (1, 2, 3, None)])
@pytest.mark.parametrize("grader", ["otter", "nbgrader"])
def test_an_answer_of_another_type_gets_no_points_and_is_told_the_type(made, grader, given):
    for notebook in notebooks(made, grader).values():
        for number, cell in judges(notebook).items():
            points, said = judged(cell, given)
            assert not points and f"The answer is {BOOK[number].wanted}" in said


def test_points_go_by_what_must_be_done_and_both_graders_give_the_same(made):
    one = {question.id: assignments.points(question) for question in assignments.GRADED}
    measured = {number for number, question in BOOK.items() if isinstance(question, Estimate)}
    assert measured and not measured & set(one) and measured | set(one) == set(BOOK)
    assert (one["03.1"], one["04.6"], one["06.4"], one["04.9"]) == (1, 2, 2, 3)
    for grader in ("otter", "nbgrader"):
        for chapter, notebook in notebooks(made, grader).items():
            text = "\n".join(cell.source for cell in notebook.cells)
            here = {number: worth for number, worth in one.items() if number[:2] == chapter}
            assert f"{len(here)} questions, {sum(here.values())} points." in text
            told = re.findall(r"## Question ([\d.]+) \((\d) point", text)
            assert {number: int(worth) for number, worth in told} == here
            assert given_points(notebook) == list(here.values())


def given_points(notebook: nbformat.NotebookNode) -> list[int]:
    """What the grader reads: a line of a raw cell, or the metadata of a test."""
    cells = notebook.cells
    raw = [int(n) for cell in cells for n in re.findall(r"^points: (\d)$", cell.source, re.M)]
    roles = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return raw or [role["points"] for role in roles if role.get("grade")]


def test_ids_are_unique_and_the_same_book_gives_the_same_bytes(made, tmp_path):
    assignments.write(tmp_path)
    files = [path for path in made.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert path.read_bytes() == (tmp_path / path.relative_to(made)).read_bytes()
    for notebook in notebooks(made, "nbgrader").values():
        ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells]
        assert len(set(ids)) == len(ids)


def test_they_are_written_and_judged_where_only_counting_is_possible(tmp_path):
    code = f"{BLOCKED}; import assignments, pathlib; assignments.write(pathlib.Path('.'))"
    where = {"PYTHONPATH": os.pathsep.join(map(str, (TOOLS, TOOLS.parent / "code")))}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=where, check=True)
    cells = notebooks(tmp_path, "nbgrader")["04"].cells
    code = "\n".join([BLOCKED, *(cell.source for cell in cells if cell.cell_type == "code")])
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=where, check=True)


def test_without_a_grader_one_line_says_what_brings_it_and_keys_are_there(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(assignments, "ROOT", tmp_path)
    monkeypatch.setattr(assignments, "OUT", tmp_path / "made")
    monkeypatch.setattr(assignments, "BIN", tmp_path)
    assert assignments.main() == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and '.venv/bin/pip install -e ".[otter]"' in said
    assert (tmp_path / "made/otter/04_parameters.ipynb").exists()


def test_a_grader_that_is_there_makes_each_assignment(tmp_path, monkeypatch, capsys):
    grader = tmp_path / "nbgrader"
    grader.write_text('#!/bin/sh\nmkdir -p "release/$2"\n')
    grader.chmod(0o755)
    monkeypatch.setattr(assignments, "ROOT", tmp_path)
    monkeypatch.setattr(assignments, "OUT", tmp_path / "made")
    monkeypatch.setattr(assignments, "BIN", tmp_path)
    assert assignments.main() == 0
    handed = {path.name for path in (tmp_path / "made/nbgrader/release").iterdir()}
    assert handed == set(assignments.chapters())
    assert "nbgrader" in capsys.readouterr().out


def fill(handed: Path, to: Path, try_: int | None) -> None:
    """A student's answers: right ones, or each question's wrong one of that number."""
    notebook = nbformat.read(handed, as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        if found := ANSWER.match(cell.source):
            question = BOOK[f"{found[2]}.{found[3]}"]
            assert assignments.key(question) not in text
            given = question.answer if try_ is None else wrong_answers(question)[try_]
            cell.source = f"{found[1]} = {given!r}"
    to.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, to)


def slips_told(chapter: str, try_: int, said: str) -> bool:
    """Whether all that has a name is told by it."""
    for question in assignments.GRADED:
        causes = question.wrong.get(wrong_answers(question)[try_], ())
        if question.id[:2] == chapter and len(causes) == 1 and causes[0].name not in said:
            return False
    return True


@needs["otter"]
def test_otter_grader_gives_full_marks_to_the_key_and_none_but_the_slip_to_others(tmp_path):
    name = "04_parameters"
    assignments.write(tmp_path)
    assignments.hand_out(tmp_path, "otter", [name])
    dist = tmp_path / f"otter/dist/{name}"
    (autograder,) = dist.glob("autograder/*.zip")
    for try_ in (None, 0, 1, 2):
        out = tmp_path / f"graded-{try_}"
        fill(dist / f"student/{name}.ipynb", out / f"{name}.ipynb", try_)
        assignments.run(out, "otter", "run", "-a", autograder, "-o", out, f"{name}.ipynb")
        tests = json.loads((out / "results.json").read_text())["tests"]
        scores = [one["score"] / one["max_score"] for one in tests if one.get("max_score")]
        assert scores == [float(try_ is None)] * len(assignments.chapters()[name])
        assert try_ is None or slips_told("04", try_, json.dumps(tests, ensure_ascii=False))


@needs["nbgrader"]
def test_nbgrader_gives_full_marks_to_the_key_and_none_but_the_slip_to_others(tmp_path):
    name = "04_parameters"
    assignments.write(tmp_path)
    assignments.hand_out(tmp_path, "nbgrader", [name])
    course = tmp_path / "nbgrader"
    for try_ in (None, 0, 1, 2):
        to = course / f"submitted/try-{try_}/{name}/{name}.ipynb"
        fill(course / f"release/{name}/{name}.ipynb", to, try_)
    for command in (["autograde", name, "--create"], ["generate_feedback", name], ["export"]):
        assignments.run(course, "nbgrader", *command)
    with (course / "grades.csv").open() as graded:
        rows = {row["student_id"]: row for row in csv.DictReader(graded)}
    for try_ in (None, 0, 1, 2):
        row = rows[f"try-{try_}"]
        assert float(row["score"]) == (float(row["max_score"]) if try_ is None else 0)
        said = (course / f"feedback/try-{try_}/{name}/{name}.html").read_text()
        assert try_ is None or slips_told("04", try_, said)
