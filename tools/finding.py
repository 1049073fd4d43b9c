"""Where a number can come from: which places give it, and which of them is the best."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import written
from outputs import Place, places_of
from prose import Number, Page, read
from written import CLAIM, Row

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
SMALL = "the and for with from that this has are was its all one not but typed print"
KINDS = {"output": 0, "count": 1, "typed": 1, "ratio": 2}  # the lower, the better
TOO_FAR = 9  # the rank of a place that only happens to have the same number
CONSTANTS = [Place((n,), "formula", "formula", f"constant {n}", "") for n in (0, 1, 2)]
CLOSE = 15  # lines: a quotient that has none of the sentence's words must be as near
AWAY = 40  # lines: a cited source counts as an output as far away
SIDES = re.compile(r"(\S*) ?(?<![A-Za-z])[_…](?![A-Za-z]) ?(\S*)")  # of a number's own place
ROWS = "rows of the table"  # the one length that words count without naming it
ROUGHLY = 0.1  # how far a share or a multiple in words may be from what an output gives


@dataclass(frozen=True)
class Chapter:
    """A chapter, where its numbers can come from, and what is written down."""

    name: str
    page: Page
    found: tuple[Place, ...]
    rows: tuple[Row, ...]

    def gives(self, row: Row, number: Number) -> Place | None:
        """The place that a row names, if it gives the number."""
        for place in self.found:
            if (place.where, place.what) == (row.where, row.what) and fits(number, place):
                return place
        return None

    def find(self, number: Number) -> Place | None:
        """The best place for a number: near, an output, and named with the sentence's words."""
        fitting = [place for place in self.found if fits(number, place)]
        ranked = [(self.rank(number, place), at) for at, place in enumerate(fitting)]
        best, at = min(ranked, default=((TOO_FAR,), 0))
        return fitting[at] if best[0] < TOO_FAR else None

    def rank(self, number: Number, place: Place) -> tuple:
        """The lower, the better: same section, then above, then below; then words and kind."""
        same, around = shared(number, place), beside(number, place)
        if number.constant:
            return (0 if place.kind == "formula" else 1,)
        if place.kind == "source":
            small = number.values[0] < 100 and not number.places
            cited = place.where in number.sentence and (same > 0 or not small)
            dated = place.what.startswith("year")
            enough = 1 if number.places or number.values[0] >= 1000 else 2
            tier = 0 if cited or dated or same >= enough else TOO_FAR if small else 2
            tier = tier if place.values == number.values else TOO_FAR  # as printed, not rounded
            return (tier, 0, -around, 0, -same - cited, 0, AWAY)
        line = self.page.cells[place.cell][0]
        here, there = self.page.section(number.line), self.page.section(line)
        tier = 0 if here == there else 1 if there < here else 3
        after = line - number.line
        if place.kind == "ratio":
            tier = TOO_FAR if tier or (not same and abs(after) > CLOSE) else tier
        elif not same and number.text.isalpha() and (tier or place.what != ROWS):
            tier = TOO_FAR  # words such as "two" are common: it must be two of the same
        away = abs(here - there)
        return (tier, away, -around, KINDS[place.kind], -same, max(after, 0), abs(after))

    def plain(self, number: Number, place: Place) -> bool:
        """Whether a place says so much that a reader can be sent there."""
        if (
            number.constant
            or place.cell < 0
            or number.places
            or max(number.values) >= 100
            or shared(number, place)
        ):
            return True
        line = self.page.cells[place.cell][0]
        near = self.page.section(number.line) == self.page.section(line)
        return near and not number.text.isalpha()


def shared(number: Number, place: Place) -> int:
    """How many words a number's sentence and the name of a place have in common."""
    return len(words_of(number.sentence) & words_of(f"{place.what} {place.says}"))


def beside(number: Number, place: Place) -> int:
    """How many words around a number stand around it there too; twice those that touch it."""
    here, there = SIDES.search(number.words), SIDES.search(place.what)
    touching = zip(here.groups(), there.groups(), strict=True) if here and there else ()
    alike = sum(one == other != "" for one, other in touching)
    return alike + len(words_of(number.words) & words_of(place.what))


def fits(number: Number, place: Place) -> bool:
    """Whether a place gives a number: whole ones exactly, decimals rounded as the text has them."""
    if place.kind == "formula":
        return number.constant and place.values == number.values
    if number.roughly:
        return abs(place.values[0] / number.values[0] - 1) <= ROUGHLY
    if place.kind == "ratio" or (place.kind == "count" and not number.text.isalpha()):
        return False
    there = place.values[: len(number.values)]  # of a shape, the channels may be left out
    if len(there) < len(number.values) or len(number.values) == 1 < len(place.values):
        return False
    if number.places and not place.decimal:
        return False
    first = round(there[0], number.places) if number.places else there[0]
    return (first, *there[1:]) == number.values


@cache
def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what a number is, without endings."""
    words = re.findall(r"[A-Za-z]\w*\d|[A-Za-z]{3,}", text)
    return frozenset(word.lower().removesuffix("s") for word in words).difference(SMALL.split())


def load(path: Path, text: str | None = None) -> Chapter:
    """A chapter as it stands, or with another text and the same outputs."""
    page = read(path.read_text() if text is None else text)
    found = (*places_of(path, ROOT), *CONSTANTS)
    rows = tuple(row for row in written.load(path.stem) if row.number != CLAIM)
    return Chapter(path.stem, page, found, rows)
