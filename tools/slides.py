"""The chapters as slides: a deck of reveal.js each, cut from the built pages.

python tools/slides.py    _build/slides, from the pages of `make book`; it needs no network

A slide has what stands up to the next prompt or the end of a cell's output. What follows a prompt
comes step by step, and so does each output. Solutions stay out. reveal.js comes with the package
sphinx-revealjs, of which nothing else is used.
"""

import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from math import ceil
from pathlib import Path

import student
from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build/html"
OUT = ROOT / "_build/slides"
REVEAL = ("dist/reveal.js", "dist/reveal.css", "LICENSE")
STYLES = ("_static/page.css", "_static/book.css", "_slides/deck.css")
# What only a page has a use for: links to headings, folds, targets, scripts and their places.
EXTRA = ".headerlink, details.show-code, details.letters, span[id]:empty, script, .guess, #slips"
HEADINGS = ("h1", "h2", "h3")
FULL, LINE = 14, 68  # the lines of a slide, and the letters of a line, both about
DRAWING = 9  # the lines that a drawing takes
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="page.css">
<link rel="stylesheet" href="book.css">
<link rel="stylesheet" href="deck.css">
</head>
<body>
<div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal/reveal.js"></script>
<script src="deck.js"></script>
</body>
</html>
"""


def deck(page: str) -> str:
    """The deck of a chapter's page."""
    soup = BeautifulSoup(student.unsolved_page(page), "html.parser")
    for extra in soup.article.select(EXTRA):
        extra.decompose()
    for link in soup.article.select("a:not([href^=http])"):
        link.unwrap()
    slides = "\n".join(f"<section>{''.join(map(str, parts))}</section>" for parts in cut(soup))
    return PAGE.format(title=soup.title.get_text(), slides=slides)


def cut(soup: BeautifulSoup) -> Iterator[list[Tag]]:
    """The slides of a page: each a heading and what stands below it."""
    heading, parts = None, []
    for block, following in pairwise([*blocks(soup.article.section), None]):
        if block.name in HEADINGS:
            if parts:
                yield [heading, *parts]
            heading, parts = block, []
            continue
        if parts and begins(block, following, parts):
            yield [heading, *parts]
            parts = []
        step(block, parts)
        parts.append(block)
    yield [heading, *parts]


def blocks(section: Tag) -> Iterator[Tag]:
    """What a section consists of, in order, the sections and gates inside of it too."""
    for part in section.find_all(recursive=False):
        if part.name == "section" or "gate" in part.get("class", ()):
            yield from blocks(part)
        else:
            yield part


def begins(block: Tag, following: Tag | None, parts: list[Tag]) -> bool:
    """Whether a block begins a slide: one is full, or a prompt or what leads to code comes next."""
    if sum(map(lines, [*parts, block])) > FULL:
        return not is_prompt(parts[-1])
    leads = is_prompt(block) or (following and (is_prompt(following) or is_cell(following)))
    return bool(leads) and block.name == "p" and any(map(is_cell, parts))


def is_cell(block: Tag) -> bool:
    """Whether a block is a cell with its output."""
    return "cell" in block.get("class", ())


def is_prompt(block: Tag) -> bool:
    """Whether a block asks for a guess."""
    return block.name == "p" and block.get_text().lstrip().startswith("Predict")


def step(block: Tag, parts: list[Tag]) -> None:
    """Make a block appear as a step where one came before it, or a prompt; else only its output."""
    asked = bool(parts) and is_prompt(parts[-1])
    code, stepped = block.select_one(".cell_input"), any("fragment" in str(part) for part in parts)
    if stepped or (asked and not code):
        block["class"] = [*block.get("class", ()), "fragment"]
    elif code:
        for output in block.select(".cell_output"):
            output["class"] = [*output["class"], "fragment"]


def lines(block: Tag) -> int:
    """About how many lines a block takes on a slide."""
    if drawings := len(block.select("svg")):
        return DRAWING * drawings
    if rows := len(block.select("tr")):
        return rows + 2
    formulas = len(block.select("ul.formulas > li"))
    return formulas + sum(ceil(len(line) / LINE) for line in block.get_text().splitlines())


def reveal() -> Path | None:
    """The folder of reveal.js, or None where it is not installed."""
    found = find_spec("sphinx_revealjs")
    return found and Path(found.origin).parent / "_static/revealjs"


def write(out: Path, library: Path) -> list[str]:
    """Write a deck for each numbered chapter into a folder, and give back their names."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "reveal").mkdir(parents=True)
    for name in REVEAL:
        shutil.copyfile(library / name, out / "reveal" / Path(name).name)
    for name in (*STYLES, "_slides/deck.js"):
        shutil.copyfile(ROOT / name, out / Path(name).name)
    pages = sorted(SITE.glob("chapters/[01][0-9]_*.html"))
    for page in pages:
        (out / page.name).write_text(deck(page.read_text()))
    return [page.name for page in pages]


def main() -> int:
    """Write the decks; 1 where there are no pages, or no reveal.js."""
    library = reveal()
    if library is None:
        print("No reveal.js is here: .venv/bin/pip install -r requirements.txt brings it.")
        return 1
    if not (SITE / "index.html").exists():
        print("No pages are here yet: make book builds them.")
        return 1
    names = write(OUT, library)
    print(f"{len(names)} decks are in {OUT.relative_to(ROOT)}; open {names[0]}, or another one.")
    print("Arrows go on and back, and add ?print-pdf to the address to print one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
