"""The numbers that a chapter can point to: what its cells printed and typed, what others printed.

A number of a table is named by its row and column, one of a printed line or a figure's
text by the words around it, "…" for itself and "#" for other numbers. A cell is named
by the last line of its source, so that its number on the page may change.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import permutations
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup, Tag
from lenet.paper import COMPARISON, EVENTS, PRINTED
from prose import read, value

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?(?:e-?\d+)?"
ROW = re.compile(r"(?<![\w.-])\d+(?:[×x-]\d+)+(?![\w])|\(\d+(?:, \d+)+\)|\d+(?: \* \d+)+")
SINGLE = re.compile(rf"(?<![\w.])(?<![A-Za-z]-)(?:{_NUMBER})(?!\w)")
TYPED = re.compile(r"(?<![\w.-])(?:\d[\d_]*(?:\.\d+)?)(?![\w.])|(?<=\d[x×])\d+|\d+(?=[x×]\d)")
LONG, WIDE = 60, 120  # characters of what is written down, and of what readers see
AXES = ("height", "width", "channels")
MANY = 12  # numbers: of more, no quotients are formed


@dataclass(frozen=True)
class Place:
    """Where a number can come from: a cell, or -1 for a source of the bibliography.

    `where` and `what` are written down and stay the same when other numbers change;
    `says` and `form` are for readers. `kind` is output, source, count, ratio or typed.
    """

    values: tuple[float, ...]
    kind: str
    where: str
    what: str
    says: str
    cell: int = -1
    form: str = "printed"
    decimal: bool = False  # whether it has a decimal point there
    part: str = ""  # places with the same part can be compared: a column, a printed line


def names_of(sources: list[str]) -> list[str]:
    """A name for each code cell: its last statement, cut, and numbered where that repeats."""
    seen, names = Counter(), []
    for source in sources:
        last = ast.get_source_segment(source, ast.parse(source).body[-1]) if source else "empty"
        last = " ".join(last.split())[:LONG]
        seen[last] += 1
        names.append(last if seen[last] == 1 else f"{last} ({seen[last]})")
    return names


def places(sources: list[str], outputs: list[list[dict]]) -> list[Place]:
    """All places of a chapter's cells, given what each has as source and as outputs."""
    found = []
    for cell, (name, source, outs) in enumerate(
        zip(names_of(sources), sources, outputs, strict=True)
    ):
        shown = [place for out in outs for place in output_places(out)]
        typed = [
            place
            for line in source.splitlines()
            for place in line_places(re.sub(r":[^{}:]*\}", "}", line), "typed", line, TYPED)
        ]
        typed = [replace(place, form="typed") for place in typed]
        every = [*shown, *ratios(shown), *typed]
        found += numbered([replace(each, where=name, cell=cell) for each in every])
    return found


def numbered(found: list[Place]) -> list[Place]:
    """The same places, told apart where several of a cell have one name."""
    seen, apart = Counter(), []
    for place in found:
        key = (place.where, place.what)
        seen[key] += 1
        again = f"{place.what} ({seen[key]})" if seen[key] > 1 else place.what
        apart.append(replace(place, what=again))
    return apart


def output_places(out: dict) -> Iterator[Place]:
    """The places of one output: a table, a drawing's text, or printed lines."""
    data = out.get("data", {})
    if "text/html" not in data:
        yield from printed_places(text_of(out).splitlines())
        return
    soup = BeautifulSoup("".join(data["text/html"]), "html.parser")
    for table in soup.find_all("table"):
        yield from table_places(table)
    for drawing in soup.find_all("svg"):
        for phrase in re.split(r"; |\. |, (?=\d+ read as)", drawing.get("aria-label", "")):
            for place in line_places(phrase, "output", phrase):
                yield replace(place, form="in the figure")


def printed_places(lines: list[str]) -> Iterator[Place]:
    """The numbers of printed lines; an indented line belongs to the one before that is not."""
    head = ""
    for line in lines:
        indented = line != line.lstrip()
        head = head if indented else line.partition(" ")[0]
        full = f"{head}, {line.strip()}" if indented and head else line
        yield from line_places(full, "output", full)
    if len(lines) > 1:
        yield Place((len(lines),), "count", "", "lines printed", "lines printed", form="")


def table_places(table: Tag) -> Iterator[Place]:
    """A table's numbers, each named by its row and its column, and the size of the table."""
    first, *rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    heads = Counter(row[0] for row in rows)
    for row in rows:
        texts = [text for text in row[1:] if text and not SINGLE.search(text)]
        head = " ".join([row[0], *texts]) if heads[row[0]] > 1 else row[0]
        for at, (column, text) in enumerate(zip(first, row, strict=False)):
            yield from cell_places(text, f"{head}, {column}" if at else column, column)
    body = [row for row in rows if row[0] != "total"]
    for what, size in (("rows", len(body)), ("columns", len(first) - 1)):
        named = f"{what} of the table"
        yield Place((size,), "count", "", named, named, form="")


def cell_places(text: str, label: str, column: str) -> Iterator[Place]:
    """The numbers of a table's cell; those of a shape are named by their axes too."""
    found = list(line_places(text, "output", label))
    shape = len(found) > 1 and len(found[0].values) == len(found) - 1 <= len(AXES)
    names = ["", *(f", {axis}" for axis in AXES)] if shape else [""] * len(found)
    for place, axis in zip(found, names, strict=False):
        named = label + axis
        yield replace(place, what=named, says=named, form="in the table", part=column + axis)


def line_places(line: str, kind: str, says: str, pattern: re.Pattern = SINGLE) -> Iterator[Place]:
    """The numbers of one line, each named by the words around it."""
    short = " ".join(says.split())[:WIDE]
    for match in ROW.finditer(line):
        values = tuple(float(part) for part in re.findall(r"\d+", match[0]))
        yield Place(values, kind, "", label(line, match, kind), short, part=line)
    for match in pattern.finditer(line):
        number = (value(match[0].replace("_", "")),)
        named, point = label(line, match, kind), "." in match[0]
        yield Place(number, kind, "", named, short, part=line, decimal=point)


def label(line: str, match: re.Match, kind: str) -> str:
    """A line's text with "…" for this number and "#" for the others, shortened around it."""
    before = SINGLE.sub("#", line[: match.start()])
    after = SINGLE.sub("#", line[match.end() :])
    if len(before) + len(after) > LONG:
        before = re.sub(r"^\S*\s", "", before[-LONG // 2 :]) if len(before) > LONG // 2 else before
        after = re.sub(r"\s\S*$", "", after[: LONG // 2]) if len(after) > LONG // 2 else after
    text = " ".join(f"{before}…{after}".split())
    return f"typed: {text}" if kind == "typed" else text


def ratios(shown: list[Place]) -> Iterator[Place]:
    """Quotients of two numbers of one column, one line, or of one name on several lines."""
    parts = defaultdict(list)
    for place in shown:
        if place.part and len(place.values) == 1:
            for part in {place.part, place.what}:
                parts[part].append(place)
    for part in parts.values():
        for above, below in permutations(part, 2) if len(part) <= MANY else ():
            (over,), (under,) = above.values, below.values
            if under and over and over != under:
                what = f"{above.what} : {below.what}"
                says = f"{over:,.6g} / {under:,.6g}, {what}"
                yield Place((over / under,), "ratio", "", what, says)


def sources(cited: set[str], years: dict[str, int]) -> list[Place]:
    """What the works that a page cites print, and the years of all works and events."""
    found = [
        Place(
            (number.value,), "source", number.source, f"{number.what} {number.where}".strip(),
            f"{number.what}, {number.where}".rstrip(", "), decimal=isinstance(number.value, float),
        )
        for number in PRINTED
    ]  # fmt: skip
    for row in COMPARISON:
        what = f"{row.method} {row.inputs}".strip()
        named = f"{what}, test error in percent"
        found.append(Place((row.error,), "source", "lecun1998", named, named, decimal=True))
    found = [place for place in found if place.where in cited]
    dated = [(event.source, event.year, f"year of {event.what}") for event in EVENTS]
    dated += [(key, year, "year of the work") for key, year in years.items()]
    for key, year, what in sorted(dated, key=lambda each: each[0] not in cited):
        found.append(Place((year,), "source", key, what, what))
    return numbered(found)


def reference_outputs(sources: list[str], reference: nbformat.NotebookNode) -> list[list[dict]]:
    """The outputs of each cell, from a reference that may lack some of the cells."""
    ran = [cell.source for cell in reference.cells]
    outs = [cell.get("outputs", []) for cell in reference.cells]
    if len(ran) == len(sources):
        return outs
    matched = [[] for _ in sources]
    for old, new, size in SequenceMatcher(None, ran, sources, autojunk=False).get_matching_blocks():
        matched[new : new + size] = outs[old : old + size]
    return matched


@cache
def places_of(chapter: Path, root: Path) -> tuple[Place, ...]:
    """All places of a chapter: its cells with their reference outputs, and what it cites."""
    cited = re.findall(r"\{cite:\w+\}`([^`]*)`", chapter.read_text())
    keys = set(re.split(r"[,\s]+", ",".join(cited)))
    years = years_of((root / "chapters/references.bib").read_text())
    return (*places(*cells_of(chapter, root)), *sources(keys, years))


def cells_of(chapter: Path, root: Path) -> tuple[list[str], list[list[dict]]]:
    """The source and the outputs of each code cell."""
    cells = [source for _, source in read(chapter.read_text()).cells]
    reference = nbformat.read(root / f"tests/notebooks/{chapter.stem}.ipynb", as_version=4)
    return cells, reference_outputs(cells, reference)


def printed_by(chapter: Path, root: Path) -> dict[str, str]:
    """What each cell printed, by its name."""
    cells, outputs = cells_of(chapter, root)
    texts = ("\n".join(map(text_of, outs)) for outs in outputs)
    return dict(zip(names_of(cells), texts, strict=True))


def text_of(out: dict) -> str:
    """An output as text."""
    return "".join(out.get("data", {}).get("text/plain", out.get("text", "")))


def years_of(bibliography: str) -> dict[str, int]:
    """The year of each work."""
    works = re.findall(r"@\w+\{(\w+),(.*?)\n\}", bibliography, re.DOTALL)
    years = {key: re.search(r"year\s*=\s*\{(\d+)\}", rest) for key, rest in works}
    return {key: int(year[1]) for key, year in years.items() if year}
