"""The numbers of a chapter's prose: where each stands, what it is worth, the words around it.

A number is written in digits ("33,058", "0.95%", "64×64×3", "784-300-10") or in words
("two", "twenty-five", "half", "a third", "twice", "tenfold"). These are no numbers:

- what stands in code, in a link's target, in a link to a chapter, in a tag or a role;
- a digit that belongs to a name: LeNet-5, C1, Conv2D, 1-D, and what a word of NAMED is
  before, as in Exercise 2 or Python 3.11;
- "one", and ordinals: "third" counts after "a" or a number word only;
- exponents and indices of formulas.
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

UNITS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
UNITS += " sixteen seventeen eighteen nineteen twenty"
WORDS = {word: value for value, word in enumerate(UNITS.split(), 2)}
TENS = "thirty forty fifty sixty seventy eighty ninety"
WORDS |= {word: 10 * value for value, word in enumerate(TENS.split(), 3)}
POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
PARTS = "half third quarter fifth sixth seventh eighth ninth tenth"
SHARES = {word: 1 / part for part, word in enumerate(PARTS.split(), 2)}
NAMED = "exercise solution figure table equation appendix section chapter page seed python keras"

_ANY = "|".join(sorted(WORDS, key=len, reverse=True))
_SHARE = "|".join(word for word in SHARES if word != "half")
_DIGITS = r"\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d+\.\d+|\d+"
TOKEN = re.compile(
    rf"""
    (?<![\w.,^_])(?<![A-Za-z]-)(?<!\^\{{)(?<!_\{{)           # no part of a name or an index
    (?:(?P<row>\d+(?:[×-]\d+)+)|(?P<digits>{_DIGITS}))
    (?![\w]|\.\d|,\d{{3}}|-[A-Z]\b)
    | \b(?:
        (?:(?P<count>{_ANY}|an?|one)[ ](?P<share>{_SHARE})s?)
      | (?P<half>half)
      | (?P<twice>twice|(?P<fold>{_ANY}|hundred|thousand)fold)
      | (?:(?<=factor[ ]of[ ])(?P<factor>))?
        (?P<word>(?:{_ANY})(?:-(?:{_ANY}))?(?:[ ](?:hundred|thousand|million)s?)?
          |(?:hundred|thousand|million)\b)(?P<times>(?=[ ]times\b))?
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
SECTION = re.compile(r"#{1,3} |\*\*Exercise")  # a solution belongs to its exercise
NOT_PROSE = re.compile(
    r"^\([\w-]+\)=$|\{[\w:]+\}`[^`]*`|`[^`]*`|\[[^\]]*\]\([^)]*\.md[^)]*\)|(?<=\])\([^)]*\)"
    r"|<[^>]*>|https?://\S+"
)
OPTIONS = re.compile(r"\A(?:---\n(?:.*\n)*?---\n|(?::.*\n)+)\n?")  # of a code cell, above it
STEP = re.compile(r"[\d)⌋}] ([+−] |[+-] ?)$|\b[Tt]he [+]( |$)")  # before the 1 of N - K + 1
READER = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(dollarmath_plugin)


@dataclass(frozen=True)
class Number:
    """A number of the prose; `values` has one for each part of a shape, else one.

    `places` are its decimals. `roughly` says that it is a share or a multiple in words,
    which an output need give to a tenth only; `constant` that it is the 0, 1 or 2 of a
    formula with letters. `words` are those around it, "_" for itself
    and "#" for other numbers; `sentence` is its line.
    """

    text: str
    values: tuple[float, ...]
    places: int
    roughly: bool
    line: int
    start: int
    words: str
    sentence: str
    constant: bool = False

    @property
    def stop(self) -> int:
        """The column after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Page:
    """A chapter as read: its numbers, its code cells by line, where sections begin, its prose."""

    numbers: tuple[Number, ...]
    cells: tuple[tuple[int, str], ...]
    sections: tuple[int, ...]
    prose: frozenset[int] = frozenset()

    def is_prose(self, line: int) -> bool:
        """Whether a line is read as prose."""
        return line in self.prose

    def section(self, line: int) -> int:
        """The number of the section that a line is in; an exercise is one of its own."""
        return sum(start <= line for start in self.sections)


def read(chapter: str) -> Page:
    """What stands in a chapter's text."""
    lines = chapter.splitlines()
    numbers, cells, sections, prose = [], [], [], set()
    for token in READER.parse(chapter):
        if token.type == "fence" and token.info.startswith("{code-cell}"):
            cells.append((token.map[0] + 1, source_of(token.content)))
            block = [token.map[0] + 1 + at for at in caption_of(token.content)]
            numbers += [found for at in block for found in numbers_of(lines[at], at + 1)]
        elif token.type == "fence" and token.info.startswith(("{glossary}", "{warning}")):
            block = range(token.map[0] + 1, token.map[1] - 1)
            numbers += [found for at in block for found in numbers_of(lines[at], at + 1)]
        elif token.type in ("inline", "math_block"):
            block = range(*token.map)
            prose.update(at + 1 for at in block)
            sections += [at + 1 for at in block if SECTION.match(lines[at])]
            maths = token.type == "math_block"
            numbers += [found for at in block for found in numbers_of(lines[at], at + 1, maths)]
    unique = {(each.line, each.start): each for each in numbers}  # a table's cells share a line
    ordered = tuple(unique[at] for at in sorted(unique))
    return Page(ordered, tuple(cells), tuple(sections), frozenset(prose))


def source_of(content: str) -> str:
    """A code cell's source without the options on top of it."""
    return OPTIONS.sub("", content).rstrip("\n")


def caption_of(content: str) -> range:
    """The lines of a code cell, counted from 0, on which its caption stands."""
    options = OPTIONS.match(content)
    found = options and re.search(r"^caption:.*\n(?:[ ]+.*\n)*", options[0], re.MULTILINE)
    start = content[: found.start()].count("\n") if found else 0
    return range(start, start + found[0].count("\n")) if found else range(0)


def numbers_of(line: str, number: int = 1, maths: bool = False) -> list[Number]:
    """The numbers of one line, in order."""
    shown = NOT_PROSE.sub(lambda match: " " * len(match[0]), line)
    formulas = [(0, len(line))] if maths else [m.span() for m in re.finditer(r"\$[^$]+\$", shown)]
    spans = [
        span for span in formulas if re.search(r"(?<![\\A-Za-z])[A-Za-z]", shown[slice(*span)])
    ]
    found = []
    for match in TOKEN.finditer(shown):
        constant = match[0] in "012" and any(a <= match.start() < b for a, b in spans)
        constant |= match[0] == "1" and re.search(STEP, shown[: match.start()]) is not None
        if not is_name(shown, match):
            around = words_around(shown, match)
            place = (number, match.start(), around, line.strip())
            found.append(Number(match[0], *worth(match), *place, constant))
    return found


def is_name(line: str, match: re.Match) -> bool:
    """Whether a match is part of a name, as in Exercise 2."""
    before = re.search(r"([A-Za-z]+)\.?\**[ ]$", line[: match.start()])
    named = before and before[1].lower().removesuffix("s") in NAMED.split()
    return bool(named and match["digits"])


def worth(match: re.Match) -> tuple[tuple[float, ...], int, bool]:
    """The values of a match, its decimals, and whether it is said roughly."""
    if match["row"]:
        return tuple(map(float, re.split("[×-]", match[0]))), 0, False
    if match["digits"]:
        return (value(match[0]),), len(match[0].partition(".")[2]), False
    text = match[0].lower()
    if match["share"]:
        return (WORDS.get(match["count"].lower(), 1) * SHARES[match["share"].lower()],), 0, True
    if match["half"] or match["twice"]:
        fold = match["fold"] and match["fold"].lower()
        return (0.5 if match["half"] else {**WORDS, **POWERS}.get(fold, 2),), 0, True
    total = 0
    for word in re.split("[ -]", text):
        power = POWERS.get(word.removesuffix("s"))
        total = max(total, 1) * power if power else total + WORDS[word]
    return (total,), 0, match["times"] is not None or match["factor"] is not None


def value(text: str) -> float:
    """What digits are worth."""
    return float(text.replace("{,}", "").replace(",", ""))


def words_around(line: str, match: re.Match, reach: int = 4) -> str:
    """Up to four words on each side of a match, "_" for itself and "#" for other numbers."""
    before, after = line[: match.start()], line[match.end() :]
    left = TOKEN.sub("#", before).split(" ")
    right = TOKEN.sub("#", after).split(" ")
    left = [word for word in left[:-1] if word][-reach:] + left[-1:]
    right = right[:1] + [word for word in right[1:] if word][:reach]
    return (" ".join(left) + "_" + " ".join(right)).strip()


def replaced(chapter: str, number: Number, text: str) -> str:
    """The chapter with another text in a number's place."""
    lines = chapter.splitlines(keepends=True)
    line = lines[number.line - 1]
    lines[number.line - 1] = line[: number.start] + text + line[number.stop :]
    return "".join(lines)
