"""Change each number of the prose, one at a time, and see whether its provenance notices.

    python tools/prose_mutants.py                 over the whole book
    python tools/prose_mutants.py 04 --sample 50  fifty of chapter 04

Two changes are made to each number: one digit (of a number word, the word) becomes another,
and another number of the same page takes its place. A change is noticed if `make sync`
refuses to write it down; whatever sync refuses, `make test` reports. Nothing is written.
What stays unnoticed must be in SURVIVORS with a reason, unless the same output gives the
other number too, so that the changed text is as true: "3.7 times" and "about four times".
"""

import argparse
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from finding import CHAPTERS, Chapter, load
from prose import POWERS, SHARES, WORDS, Number, read, replaced
from provenance import anew, compare

SURVIVORS = Path(__file__).parents[1] / "tests/prose_survivors.toml"
ASKED = {"digit": 99, "swap": 95}  # percent
CHOICES = {**WORDS, **POWERS, **SHARES}


@dataclass(frozen=True)
class Change:
    """A number of a chapter, and what takes its place; `kind` is digit or swap."""

    chapter: str
    number: Number
    kind: str
    after: str
    reason: str = ""  # why nothing need notice it

    def __str__(self) -> str:
        where = f"{self.chapter}:{self.number.line}"
        return f"{where}: {self.kind}, {self.number.text} to {self.after} in {self.number.words!r}"

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by, so that lines may move."""
        return self.chapter, self.number.words, self.number.text, self.after


def changes(chapter: Chapter) -> Iterator[Change]:
    """Both changes of each number, the same ones each time."""
    numbers = chapter.page.numbers
    for at, number in enumerate(numbers):
        chance = random.Random(f"{chapter.name} {at}")
        yield Change(chapter.name, number, "digit", other_digit(number.text, chance))
        others = [each.text for each in numbers if each.values != number.values]
        if others:
            yield Change(chapter.name, number, "swap", chance.choice(others))


def other_digit(text: str, chance: random.Random) -> str:
    """A number with one digit changed; a number word with one word changed."""
    if digits := [match.start() for match in re.finditer(r"\d", text)]:
        at = chance.choice(digits)
        return (
            text[:at] + chance.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]
        )
    if text.lower() == "half":
        return chance.choice(["a third", "a quarter"])
    word = chance.choice(re.findall(r"[a-z]+", text.lower()))
    alike = next((kind for kind in (WORDS, POWERS, SHARES) if word in kind), WORDS)
    after = chance.choice([each for each in alike if each != word])
    return re.sub(rf"\b{word}\b", after, text, count=1, flags=re.IGNORECASE)


def complaints(chapter: Chapter) -> set[str]:
    """What must not be written down, if a test reports something too."""
    return set(anew(chapter)[1]) if compare(chapter) else set()


def noticed(chapter: Chapter, text: str, change: Change, before: set[str]) -> bool:
    """Whether a change of the text brings a complaint that was not there before."""
    page = read(replaced(text, change.number, change.after))
    return bool(complaints(replace(chapter, page=page)) - before)


def is_true(chapter: Chapter, text: str, change: Change) -> bool:
    """Whether the output that a number comes from gives the changed one too."""
    at = change.number
    page = read(replaced(text, at, change.after))
    rows = (row for row in chapter.rows if (row.number, row.words) == (at.text, at.words))
    new = (each for each in page.numbers if (each.line, each.start) == (at.line, at.start))
    return any(chapter.gives(row, number) for row in rows for number in new)


def survivors(chapters: list[Path], sample: int | None = None) -> tuple[list[Change], list[Change]]:
    """All changes that were tried, and those that nothing noticed though they are wrong."""
    texts = {path.stem: path.read_text() for path in chapters}
    loaded = {path.stem: sound(load(path)) for path in chapters}
    before = {name: complaints(chapter) for name, chapter in loaded.items()}
    every = [change for chapter in loaded.values() for change in changes(chapter)]
    if sample:
        every = random.Random(0).sample(every, min(sample, len(every)))
    missed = []
    for change in every:
        chapter, text = loaded[change.chapter], texts[change.chapter]
        if not noticed(chapter, text, change, before[change.chapter]):
            true = "the same output gives it" if is_true(chapter, text, change) else ""
            missed.append(replace(change, reason=true))
    return every, missed


def sound(chapter: Chapter) -> Chapter:
    """A chapter with all written down as it is now, so that a change is all that is new."""
    return replace(chapter, rows=tuple(anew(chapter)[0]))


def verdict(every: list[Change], missed: list[Change]) -> int:
    """Say what was not noticed; 0 if that is little, and each has a reason."""
    listed = tomllib.loads(SURVIVORS.read_text()) if SURVIVORS.exists() else {}
    known = {
        tuple(entry[part] for part in ("chapter", "words", "before", "after")): entry["reason"]
        for entry in listed.get("survivor", [])
    }
    reasons = [change.reason or known.get(change.key) for change in missed]
    for change, reason in zip(missed, reasons, strict=True):
        print(f"Not noticed: {change}: {reason or 'no reason'}")
    bad = not all(reasons)
    short = False
    for kind, asked in ASKED.items():
        total = sum(change.kind == kind for change in every)
        caught = total - sum(change.kind == kind for change in missed)
        percent = 100 * caught / total if total else 100
        short |= percent < asked
        print(f"{kind}: {caught:,} of {total:,} noticed, {percent:.1f} % (asked: {asked} %).")
    return int(bad or short)


def main() -> int:
    """Change, look, judge."""
    title, examples = __doc__.split("\n", 1)
    parser = argparse.ArgumentParser(
        description=title, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("chapters", nargs="*", help="such as 04; all if none is named")
    parser.add_argument("--sample", type=int, metavar="N", help="try N of them")
    asked = parser.parse_args()
    chosen = [path for path in CHAPTERS if path.stem.startswith(tuple(asked.chapters) or "")]
    return verdict(*survivors(chosen, asked.sample))


if __name__ == "__main__":
    sys.exit(main())
