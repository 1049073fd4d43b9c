"""The questions of the book, by chapter and number: one for each number that a reader predicts.

What is no number is not asked here.
"""

from lenet.practice.book import counts, exercises, later, learning, measured, shapes
from lenet.practice.questions import Question

_ALL = (
    *shapes.QUESTIONS, *counts.QUESTIONS, *learning.QUESTIONS, *measured.QUESTIONS,
    *later.QUESTIONS, *exercises.QUESTIONS,
)  # fmt: skip
BOOK: dict[str, Question] = {
    question.id: question
    for question in sorted(_ALL, key=lambda q: tuple(map(int, q.id.split("."))))
}


def of_chapter(chapter: str) -> list[Question]:
    """The questions of a chapter in their order: of_chapter("04")."""
    return [question for question in BOOK.values() if question.id.startswith(f"{chapter}.")]


def find(number: str) -> Question:
    """The question of that id. Raises TypeError for no text, ValueError where there is none.

    >>> find("04.6").answer
    2416
    """
    if not isinstance(number, str):
        raise TypeError(f'a question is named by a text such as "04.3", got {number!r}')
    chapter, _, place = number.strip().partition(".")
    name = f"{chapter.zfill(2)}.{place.lstrip('0')}"
    if name in BOOK:
        return BOOK[name]
    here = of_chapter(chapter.zfill(2))
    known = (
        f"chapter {int(chapter)} has {here[0].id} to {here[-1].id}"
        if here
        else f"they go from {next(iter(BOOK))} to {list(BOOK)[-1]}"
    )
    raise ValueError(f"no question {number[:20]!r}; {known}")
