"""The questions of the book stand where the chapters ask them, and are answered there."""

import re
from pathlib import Path
from statistics import mean

import nbformat
import pytest
from lenet.practice.book import BOOK, find
from lenet.practice.reckonings import Estimate
from lenet.table import written
from lenet.training.runs import load_records

ROOT = Path(__file__).parents[2]
CHAPTERS = {path.stem[:2]: path for path in sorted((ROOT / "chapters").glob("[01]*.md"))}


def section(question) -> str:
    """The text of the chapter from the heading to which the question points."""
    text = CHAPTERS[question.id[:2]].read_text()
    head = re.search(rf"^##+ {re.escape(question.solution)}$", text, re.MULTILINE)
    assert head, f"{question.id}: no heading {question.solution!r}"
    after = text[head.end() :]
    return re.split(r"^##+ ", after, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("number", BOOK)
def test_a_question_is_asked_in_the_section_that_answers_it(number):
    question = BOOK[number]
    prompts = re.findall(r"^\*Predict.*\*$", section(question), re.MULTILINE)
    assert sum(question.prompt in prompt for prompt in prompts) == 1, question.prompt


@pytest.mark.parametrize("number", BOOK)
def test_the_chapter_has_the_answer(number):
    """In its text or in an output below the heading, written as there."""
    question = BOOK[number]
    path = ROOT / "tests/notebooks" / f"{CHAPTERS[question.id[:2]].stem}.ipynb"
    outputs = [str(cell.get("outputs")) for cell in nbformat.read(path, 4).cells]
    text = section(question) + "".join(outputs)
    right = question.answer
    forms = {written(right), str(right)}
    if isinstance(right, float):
        forms = (
            {f"{right:.0f}%"} | {f"{right:.{digits}f}" for digits in (1, 2, 3)} | {f"{right:.6f}"}
        )
    elif isinstance(right, int):
        forms.add(str(right).replace("-", "−"))
    assert any(form in text for form in forms), forms


MEASURED = {  # where the outputs of a chapter say what was measured
    "06.9": r"other writers, mean: ([\d.]+)",
    "06.10": r"mixed, each run: \([\d.]+, ([\d.]+)\)",
    "06.11": r"standard deviation ([\d.]+) digits",
    "06.12": r"fields by chance: mean ([\d.]+)",
    "07.4": r" 10 a class: ([\d.]+)% and",
    "07.5": r" 10 a class: [\d.]+% and ([\d.]+)%",
    "08.2": r"C1, moved by 4: largest difference ([\d.]+)",
    "08.3": r"moved by (\d): read as 3, .*\nmoved by \d: read as [^3]",
    "09.1": r"mean 94.5, standard deviation ([\d.]+)",
    "09.6": r"missed by at least one run: (\d+)",
    "09.7": r"missed by 5 of 5: (\d+)",
}


@pytest.mark.parametrize("number", MEASURED)
def test_what_was_measured_is_what_the_chapter_measures(number):
    path = ROOT / "tests/notebooks" / f"{CHAPTERS[number[:2]].stem}.ipynb"
    outputs = [
        output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])
    ]
    said = "\n".join("".join(output.get("text", "")) for output in outputs)
    (measured,) = set(re.findall(MEASURED[number], said))
    assert BOOK[number].answer == pytest.approx(float(measured), rel=0.01, abs=1e-6)
    assert BOOK[number].accepts(float(measured))


def test_what_was_measured_beforehand_is_what_the_records_say():
    records = load_records()

    def error(name: str) -> float:
        return mean(records[name].test_errors)

    plain, lenet5 = error("lenet5-1998"), records["lenet5-1998"]
    alone, with_recipe = error("lenet5-1998-only-distorted"), error("lenet5-1998-distorted")
    best = mean(min(run.test_errors) for run in lenet5.runs)
    measured = {
        "07.3": error("lenet5-unshared"), "09.2": plain - best,
        "09.3": 100 * (plain - alone) / (plain - with_recipe),
    }  # fmt: skip
    for number, value in measured.items():
        assert BOOK[number].answer == pytest.approx(value, rel=0.02, abs=1e-6)
    assert {n for n, q in BOOK.items() if isinstance(q, Estimate)} == {*MEASURED, *measured} - {
        "08.2"
    }


def test_a_slip_of_an_estimate_is_not_near_enough():
    for question in BOOK.values():
        if isinstance(question, Estimate):
            assert not any(question.accepts(value) for _, value in question.slips), question.id


def test_an_exercise_of_each_chapter_is_checked():
    checked = {q.id[:2]: q.solution for q in BOOK.values() if q.solution.startswith("Exercise")}
    assert list(checked) == list(CHAPTERS)
    assert all(int(name.split()[1].split(".")[0]) == int(of) for of, name in checked.items())


def test_numbers_are_without_gaps_and_every_counting_chapter_asks():
    by_chapter = {}
    for number in BOOK:
        chapter, _, place = number.partition(".")
        by_chapter.setdefault(chapter, []).append(int(place))
    assert list(by_chapter) == [f"{n:02}" for n in range(1, 12)]
    assert all(places == list(range(1, len(places) + 1)) for places in by_chapter.values())


@pytest.mark.parametrize("number", BOOK)
def test_a_question_says_what_it_asks_and_no_hint_tells(number):
    question = BOOK[number]
    assert question.text.endswith("?") and find(number) is question
    assert question.hints and question.solution
    for kinds in question.wrong.values():
        assert not any(re.search(r"\d", kind.name + kind.said) for kind in kinds)
    parts = question.answer if isinstance(question.answer, tuple) else (question.answer,)
    for line in question.hints:
        assert not set(map(str, parts)) & set(re.findall(r"[-−]?\d[\d.]*", line.replace(",", "")))


def test_nearly_every_question_knows_a_slip():
    without = [number for number, question in BOOK.items() if not question.wrong]
    assert without == ["10.10"]
