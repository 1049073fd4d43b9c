"""The questions of the book stand where the chapters ask them, and are answered there."""

import re
from pathlib import Path

import nbformat
import pytest
from lenet.practice.book import BOOK, find
from lenet.table import written

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
        forms = {f"{right:.{digits}f}" for digits in (1, 2, 3)} | {f"{right:.6f}"}
    elif isinstance(right, int):
        forms.add(str(right).replace("-", "−"))
    assert any(form in text for form in forms), forms


def test_numbers_are_without_gaps_and_every_counting_chapter_asks():
    by_chapter = {}
    for number in BOOK:
        chapter, _, place = number.partition(".")
        by_chapter.setdefault(chapter, []).append(int(place))
    assert list(by_chapter) == [f"{n:02}" for n in range(2, 12)]
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
