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
Conclusions have rows too, at the end of the file: conclusions.py says which.
"""

import argparse
import sys
from pathlib import Path

import written
from conclusions import unborne
from finding import CHAPTERS, ROOT, Chapter, load
from outputs import Place, printed_by
from prose import Number
from written import CLAIM, SAID, Pairing, Row


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
    if same_words and not moving and new != row[2:] and not renamed(chapter, row, number, place):
        was = f"{row.number}, {row.what!r} of {row.where!r}"
        return f"{number.text} in {number.words!r} was {was}, would be {describe(place)}"
    return new


def renamed(chapter: Chapter, row: Row, number: Number, place: Place) -> bool:
    """Whether a number stands where it stood, in a cell or under a label that was edited."""
    places = {(each.where, each.what) for each in chapter.found}
    if row.where == place.where:
        return row.number == number.text and row[2:] not in places
    gone = row.where not in {where for where, _ in places}
    new = place.where not in {each.where for each in chapter.rows}
    return gone and new and place.what == row.what


def sync(chapter: Chapter, moving: set[int]) -> list[str]:
    """Write down what is true; what is refused keeps its old row, and is returned."""
    rows, refused = anew(chapter, moving)
    written.save(chapter.name, [*rows, *claims(chapter.name)])
    return refused


def claims(name: str) -> list[Row]:
    """The rows that a person wrote for the conclusions of a chapter."""
    return [row for row in written.load(name) if row.number == CLAIM]


def concluded(path: Path) -> list[str]:
    """What is wrong with the conclusions of a chapter."""
    return unborne(load(path), path.read_text(), claims(path.stem), printed_by(path, ROOT))


def summary(chapters: list[Chapter]) -> str:
    """How many numbers are written down, and how many of them prove little."""
    rows = said = alike = 0
    for chapter in chapters:
        pairs = zip(chapter.page.numbers, Pairing(chapter.rows, chapter.page.numbers), strict=True)
        for number, (row, _) in pairs:
            place = chapter.gives(row, number) if row else None
            rows += row is not None
            said += row is not None and row.where == SAID
            alike += place is not None and not chapter.plain(number, place)
    return (
        f"{rows:,} numbers written down: {said} are declared to be said, and the place of"
        f" {alike} only has the same number, so that the page does not mark them."
    )


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
    for path in chosen:
        chapter = load(path)
        at = [each.partition(":") for each in asked.move]
        moving = {int(line) for name, _, line in at if chapter.name.startswith(name)}
        if asked.do == "list":
            print(*listed(chapter), sep="\n")
        else:
            problems += sync(chapter, moving) if asked.do == "sync" else compare(chapter)
            problems += concluded(path)
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
