"""Where each number of the prose comes from, written down in tests/provenance.

    python tools/provenance.py                    say what is not as written down
    python tools/provenance.py sync               write it down; refuse what only looks right
    python tools/provenance.py sync --move 04:123 let the numbers of line 123 go elsewhere
    python tools/provenance.py list 04            each number of a chapter and its place

A file has a row for each number, in the order of the text: the number, the words around it,
the cell (its last line) or the source, and what the number is there. While the words stay,
so does the place: if it does not give the number any more, that is an error, and only
--move lets `sync` look for another place. Where the words changed, `sync` looks anew.

A number that no output can give may be declared: write a row for it with "said" as
its cell and the reason as what it is. The row keeps while number and words do.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import written
from outputs import Place, places_of
from prose import Number, Page, read
from written import SAID, Pairing, Row

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
SMALL = "the and for with from that this has are was its all one not but typed print"
KINDS = {"output": 0, "count": 1, "typed": 1, "ratio": 2}  # the lower, the better
TOO_FAR = 9  # the rank of a place that only happens to have the same number
CONSTANTS = [Place((n,), "formula", "formula", f"constant {n}", "") for n in (0, 1, 2)]
CLOSE = 15  # lines: a quotient that has none of the sentence's words must be as near
AWAY = 40  # lines: a cited source counts as an output as far away
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
        """The lower, the better: same section, then above, then below; then kind and words."""
        same = shared(number, place)
        if number.constant:
            return (0 if place.kind == "formula" else 1,)
        if place.kind == "source":
            cited = place.where in number.sentence
            dated = place.what.startswith("year")
            small = number.values[0] < 100 and not number.places
            tier = 0 if cited or dated or same > small else TOO_FAR if small else 2
            return (tier, 0, 0, -same - cited, 0, AWAY)
        line = self.page.cells[place.cell][0]
        here, there = self.page.section(number.line), self.page.section(line)
        tier = 0 if here == there else 1 if there < here else 3
        after = line - number.line
        if place.kind == "ratio" and (tier or (not same and abs(after) > CLOSE)):
            tier = TOO_FAR
        return (tier, abs(here - there), KINDS[place.kind], -same, max(after, 0), abs(after))

    def plain(self, number: Number, place: Place) -> bool:
        """Whether a place says so much that a reader can be sent there."""
        if place.cell < 0 or number.places or max(number.values) >= 100 or shared(number, place):
            return True
        line = self.page.cells[place.cell][0]
        near = self.page.section(number.line) == self.page.section(line)
        return near and (place.kind == "count" or not number.text.isalpha())


def shared(number: Number, place: Place) -> int:
    """How many words a number's sentence and the name of a place have in common."""
    return len(words_of(number.sentence) & words_of(f"{place.what} {place.says}"))


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
    return Chapter(path.stem, page, found, written.load(path.stem))


def compare(chapter: Chapter) -> list[str]:
    """What a chapter says that is not as written down."""
    problems, pairs = [], Pairing(chapter.rows, chapter.page.numbers)
    for number, (row, steady) in zip(chapter.page.numbers, pairs, strict=True):
        start = f"{chapter.name}:{number.line}: "
        if row is None:
            place = chapter.find(number)
            now = f"would be {describe(place)}" if place else "no output and no source gives it"
            problems.append(f"{start}{number.text} in {number.words!r} is not written down; {now}")
        elif row.number != number.text:
            problems.append(f"{start}was {row.number}, is now {number.text}, in {number.words!r}")
        elif not steady:
            problems.append(f"{start}{number.text} in {number.words!r} has moved")
        elif row.where != SAID and not chapter.gives(row, number):
            now = chapter.find(number)
            problems.append(
                f"{start}{number.text} was {row.what!r} of {row.where!r}, which does not give it;"
                f" now {describe(now) if now else 'nothing gives it'}"
            )
    return problems + [f"{chapter.name}: {r.number} in {r.words!r} is gone" for r in pairs.gone]


def describe(place: Place) -> str:
    """A place in words."""
    return f"{place.what!r} of {place.where!r}"


def anew(chapter: Chapter, moving: set[int] = frozenset()) -> tuple[list[Row], list[str]]:
    """The rows that are true of a chapter now, and what must not be written down."""
    rows, refused = [], []
    pairs = Pairing(chapter.rows, chapter.page.numbers)
    for number, (row, steady) in zip(chapter.page.numbers, pairs, strict=True):
        made = place_of(chapter, number, row, steady, number.line in moving)
        if isinstance(made, str):
            refused.append(f"{chapter.name}:{number.line}: {made}")
            rows += [row] if row else []
        else:
            rows.append(Row(number.text, number.words, *made))
    return rows, refused


def place_of(chapter: Chapter, number: Number, row: Row | None, steady: bool, moving: bool):
    """Where and what a number is; a text that says why not, where it must not be written."""
    same_words = row is not None and row.words == number.words
    if row and row.where == SAID and row.number == number.text:
        return row.where, row.what
    if same_words and steady and chapter.gives(row, number):
        return row.where, row.what
    place = chapter.find(number)
    if place is None:
        return f"no output and no source gives {number.text} in {number.words!r}"
    new = (place.where, place.what)
    if same_words and not moving and new != row[2:] and not renamed(chapter, row, place):
        was = f"{row.number}, {row.what!r} of {row.where!r}"
        return f"{number.text} in {number.words!r} was {was}, would be {describe(place)}"
    return new


def renamed(chapter: Chapter, row: Row, place: Place) -> bool:
    """Whether a place is the written one, in a cell whose last line was edited."""
    gone = row.where not in {each.where for each in chapter.found}
    new = place.where not in {each.where for each in chapter.rows}
    return gone and new and place.what == row.what


def sync(chapter: Chapter, moving: set[int]) -> list[str]:
    """Write down what is true; what is refused keeps its old row, and is returned."""
    rows, refused = anew(chapter, moving)
    written.save(chapter.name, rows)
    return refused


def summary(chapters: list[Chapter]) -> str:
    """How many numbers come from what."""
    places = [(row.where, row.what) for chapter in chapters for row in chapter.rows]
    said = sum(where == SAID for where, _ in places)
    return f"{len(places):,} numbers written down, {said} of them declared to be said."


def options() -> argparse.Namespace:
    """What the command line says."""
    title, examples = __doc__.split("\n", 1)
    parser = argparse.ArgumentParser(
        description=title, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("do", nargs="?", choices=("check", "sync", "list"), default="check")
    parser.add_argument("chapters", nargs="*", help="such as 04; all if none is named")
    parser.add_argument("--move", nargs="+", default=[], metavar="04:123", help="let these go")
    return parser.parse_args()


def main() -> int:
    """Check, write or list; 1 if anything is wrong."""
    asked = options()
    chosen = [path for path in CHAPTERS if path.stem.startswith(tuple(asked.chapters) or "")]
    problems = []
    for chapter in map(load, chosen):
        at = [each.partition(":") for each in asked.move]
        moving = {int(line) for name, _, line in at if chapter.name.startswith(name)}
        if asked.do == "list":
            print(*listed(chapter), sep="\n")
        else:
            problems += sync(chapter, moving) if asked.do == "sync" else compare(chapter)
    print(*problems, sep="\n", file=sys.stderr, end="\n" if problems else "")
    print(summary([load(path) for path in chosen]))
    return bool(problems)


def listed(chapter: Chapter) -> list[str]:
    """Each number of a chapter, and the place that would be found for it."""
    found = [(number, chapter.find(number)) for number in chapter.page.numbers]
    return [
        f"{chapter.name}:{number.line}: {number.text} in {number.words!r}: "
        + (describe(place) if place else "nothing")
        for number, place in found
    ]


if __name__ == "__main__":
    sys.exit(main())
