"""For teachers: a plan of lessons, what a chapter needs of a machine, what exposes a slip."""

from dataclasses import dataclass

from lenet.practice.book import BOOK
from lenet.practice.questions import Question
from lenet.table import Table


@dataclass(frozen=True)
class Lesson:
    """What is done in a lesson and after it; the minutes are a proposal."""

    week: int
    chapters: str
    in_class: str
    minutes: int
    at_home: str
    minutes_at_home: int


LESSONS = (
    Lesson(1, "01, 02", "one convolution by hand, on paper", 90, "the rest of 02", 60),
    Lesson(1, "02, 03", "windows on a line, drawn on the board", 90, "exercises of 02 and 03", 90),
    Lesson(1, "03, 04", "fields; the two networks of the post", 90, "a sheet of level 2", 90),
    Lesson(2, "05", "Table I, C5, what was printed", 90, "exercises of 05", 60),
    Lesson(2, "06", "one weight by hand, then shared taps", 90, "the training of 06", 60),
    Lesson(2, "07", "same parameters, same MACs, shuffled pixels", 90, "exercises of 07", 90),
    Lesson(3, "08, 11", "draw until a network breaks", 90, "exercises of 08", 60),
    Lesson(3, "09", "what a spread of five runs can say", 90, "a project", 120),
    Lesson(3, "10", "one network each, counted and shown", 90, "the project's report", 120),
)

# Seconds of processor and MB at most to run the code of a chapter, imports included, on two cores
# of a server in 2026. They tell the light chapters from the heavy ones, not what yours will take.
SIZES = {
    "01": (2, 120), "02": (4, 190), "03": (2, 120), "04": (2, 120),
    "05": (2, 120), "06": (38, 920), "07": (78, 2310), "08": (12, 830),
    "09": (14, 1230), "10": (7, 2210), "11": (6, 730), "A": (5, 680),
    "B": (2, 80),
}  # fmt: skip


def plan() -> Table:
    """Three weeks of three lessons, with minutes in class and at home.

    >>> plan().rows[-1]
    ('all', '', '', 810, '', 750)
    """
    rows = [tuple(vars(lesson).values()) for lesson in LESSONS]
    spent = [sum(column) for column in zip(*((row[3], row[5]) for row in rows), strict=True)]
    total = ("all", "", "", spent[0], "", spent[1])
    headers = ("week", "chapters", "in class", "minutes", "at home", "minutes there")
    return Table(headers, (*rows, total), has_total=True)


def sizes() -> Table:
    """What the code of each chapter takes: seconds of processor, and MB of memory at most.

    >>> [row[0] for row in sizes().rows if row[2] < 200]
    ['01', '02', '03', '04', '05', 'B']
    """
    rows = tuple((chapter, *size) for chapter, size in SIZES.items())
    return Table(("chapter", "seconds", "MB"), rows)


def exposed(least: int = 1) -> Table:
    """The slips that at least so many questions of the book expose, the most exposed first.

    A question exposes a slip whose wrong answer no other slip gives. The table names the first
    such question, and how many there are.

    >>> next(row for row in exposed().rows if row[0] == "bias forgotten")[1]
    '04.2'
    """
    found: dict[str, list[Question]] = {}
    for question in BOOK.values():
        names = {kinds[0].name for kinds in question.wrong.values() if len(kinds) == 1}
        for name in sorted(names):
            found.setdefault(name, []).append(question)
    often = sorted(found.items(), key=lambda item: -len(item[1]))
    rows = tuple((n, q[0].id, q[0].text, len(q)) for n, q in often if len(q) >= least)
    return Table(("slip", "question", "which asks", "exposed by"), rows)
