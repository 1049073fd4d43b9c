"""The conclusions of a chapter, and the printed lines that bear them.

A conclusion is a sentence in bold, a row of the table under a heading with "conclusion" in
it, or a sentence that sets two percentages with decimals beside each other. Two percentages
need nothing more if one cell gives both. Each of the others has a row in the chapter's file of
tests/provenance, written by a person: "claim", how the sentence begins, the cell, and a line
that this cell prints, with True or False or two numbers in it; or "said" and the reason.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from outputs import SINGLE, Place
from prose import Number, Page
from written import SAID, Row

BOLD = re.compile(r"\*\*([A-Z][^*]*[.])\*\*")
PERCENT = re.compile(r"\d+\.\d+%")
LONG = 60  # characters of a conclusion that it is known by


class Conclusion(NamedTuple):
    """A line, how the sentence begins, and whether two percentages are all that it says."""

    line: int
    words: str
    measured: bool


def conclusions(text: str, page: Page) -> Iterator[Conclusion]:
    """The conclusions of a chapter, in order."""
    lines = dict(enumerate(text.splitlines(), 1))
    concluding = False
    for at, line in lines.items():
        if at in page.sections:
            concluding = line.startswith("#") and "conclusion" in line.lower()
        if concluding and line.startswith("| ") and lines.get(at - 1, "").startswith("|"):
            yield Conclusion(at, " ".join(line.split())[:LONG], False)
        if page.is_prose(at):
            found = [match[1] for match in BOLD.finditer(line)]
            for words in found:
                if not words.startswith("Exercise"):
                    yield Conclusion(at, words[:LONG], False)
            if len(set(PERCENT.findall(line))) > 1:
                yield Conclusion(at, line[:LONG].strip(), True)


def unborne(chapter, text: str, rows: list[Row], printed: dict[str, str]) -> list[str]:
    """Conclusions of a chapter that no cell bears, and rows that do not hold."""
    name, page, problems, used = chapter.name, chapter.page, [], set()
    for at, words, measured in conclusions(text, page):
        mine = [row for row in rows if row.words == words]
        used.update(mine)
        if not mine and not (measured and side_by_side(page, at, chapter.found)):
            problems.append(f"{name}:{at}: no cell is named that bears {words!r}")
        problems += [f"{name}:{at}: {why}" for row in mine if (why := broken(row, printed))]
    return problems + [f"{name}: {row.words!r} is gone" for row in rows if row not in used]


def side_by_side(page: Page, line: int, found: Iterable[Place]) -> bool:
    """Whether one cell, or one source, gives all percentages of a line."""
    numbers = [each for each in page.numbers if each.line == line and each.places]
    cells = [{place.where for place in found if gives(place, number)} for number in numbers]
    return bool(numbers) and bool(set.intersection(*cells))


def gives(place: Place, number: Number) -> bool:
    """Whether an output, or a source, gives a decimal."""
    return (
        place.kind in ("output", "source")
        and round(place.values[0], number.places) == number.values[0]
    )


def broken(row: Row, printed: dict[str, str]) -> str:
    """What is wrong with a row; nothing if its cell prints what it says."""
    if row.where == SAID:
        return ""
    if row.where not in printed:
        return f"no cell ends in {row.where!r}, which is to bear {row.words!r}"
    if row.what not in " ".join(printed[row.where].split()):
        return f"{row.where!r} does not print {row.what!r}, which is to bear {row.words!r}"
    if not re.search(r"\b(True|False)\b", row.what) and len(SINGLE.findall(row.what)) < 2:
        return f"{row.what!r} is neither true or false nor two numbers"
    return ""
