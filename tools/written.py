"""The files of tests/provenance: a row for each number of a chapter's prose, in its order."""

import csv
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from prose import Number

FOLDER = Path(__file__).parents[1] / "tests/provenance"
SAID = "said"  # in the place of a cell: no output gives the number, a person says why it stands
CLAIM = "claim"  # in the place of a number: the row is that of a conclusion


class Row(NamedTuple):
    """A number, the words around it, the cell or source it comes from, what it is there."""

    number: str
    words: str
    where: str
    what: str


PLAIN = {"delimiter": "\t", "quoting": csv.QUOTE_NONE, "quotechar": None, "lineterminator": "\n"}
HEAD = Row("number", "words around it", "cell or source", "what it is there")


def load(name: str) -> tuple[Row, ...]:
    """The rows of a chapter's file; none if there is no file."""
    path = FOLDER / f"{name}.tsv"
    if not path.exists():
        return ()
    with path.open(newline="") as file:
        return tuple(Row(*row) for row in csv.reader(file, **PLAIN))[1:]


def save(name: str, rows: Iterable[Row]) -> None:
    """Write a chapter's file; none if it has no numbers."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.tsv"
    path.unlink(missing_ok=True)
    if rows:
        with path.open("w", newline="") as file:
            csv.writer(file, **PLAIN).writerows([HEAD, *rows])


class Pairing:
    """Which row belongs to which number.

    First those with the same number and words, as they follow each other; then, between
    these, those with the same words, and those with the same number; last, rows that moved.
    """

    def __init__(self, rows: tuple[Row, ...], numbers: tuple[Number, ...]) -> None:
        self.rows, self.found = rows, {}
        self.old = [(row.number, row.words) for row in rows]
        self.new = [(number.text, number.words) for number in numbers]
        olds, news = [], []
        matcher = SequenceMatcher(None, self.old, self.new, autojunk=False)
        for _, begin, end, start, stop in matcher.get_opcodes():
            gap = list(range(begin, end)), list(range(start, stop))
            for part in (slice(2), slice(1, 2), slice(1)):
                self.match(*gap, part)
            olds += gap[0]
            news += gap[1]
        for part in (slice(2), slice(1, 2)):
            self.match(olds, news, part, steady=False)
        self.gone = [rows[at] for at in olds]

    def match(self, olds: list[int], news: list[int], part: slice, steady: bool = True) -> None:
        """Pair what has the same number, the same words or both, in order."""
        for at in list(news):
            was = next((each for each in olds if self.old[each][part] == self.new[at][part]), None)
            if was is not None:
                self.found[at] = (self.rows[was], steady)
                olds.remove(was)
                news.remove(at)

    def __iter__(self):
        """For each number its row, or None, and whether that stands where it stood."""
        return (self.found.get(at, (None, False)) for at in range(len(self.new)))
