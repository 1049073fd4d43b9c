"""What a class is handed: a zip of notebooks without solutions, the package, data and pages.

python tools/student.py    lenet-by-the-numbers-light.zip and -full.zip in _build, after `make book`

The light one has the notebooks that only count, and needs no TensorFlow; the full one has all.
Both have all pages, and `00_start` says whether everything is there. Where the text of a solution
is found in one, there is no zip.
"""

import html
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import jupytext
import nbformat
import stick
import wheels
from bs4 import BeautifulSoup
from solutions import told_apart

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"
SITE = ROOT / "_build/html"
OUT = ROOT / "_build"
KINDS = {"light": "0[1-5]_*.md", "full": "[01][0-9]_*.md"}
PACKAGE = (".py", ".json", ".npz")  # what the package consists of
LEFT_OUT = ("downloads", ".buildinfo", ".done")  # of the pages: notebooks with solutions, marks
RUN = 8  # words of a solution in a row that give it away
README = """\
To read: open pages/index.html in a browser.
To run:  pip install -r requirements.txt jupyterlab jupytext
         jupyter lab 00_start.ipynb
Without a network, with a folder of wheels beside this file:
         pip install --no-index --find-links wheels -r requirements.txt jupyterlab jupytext
Code is BSD-3-Clause, text and figures are CC BY 4.0; see LICENSE.
"""


def write(folder: Path, kind: str) -> None:
    """Write all that a zip of a kind has into a folder."""
    names = [path.stem for path in sorted(CHAPTERS.glob(KINDS[kind]))]
    save(jupytext.read(ROOT / "tools/start.md"), folder / "00_start")
    for name in names:
        notebook = jupytext.read(CHAPTERS / f"{name}.md")
        notebook.cells = [linked(cell, names) for cell in without_solutions(notebook.cells)]
        save(notebook, folder / name)
    for path in (ROOT / "code/lenet").rglob("*"):
        if path.suffix in PACKAGE:
            copy(path, folder / path.relative_to(ROOT / "code"))
    for path in SITE.rglob("*"):
        if path.is_file() and path.relative_to(SITE).parts[0] not in LEFT_OUT:
            copy(path, folder / "pages" / path.relative_to(SITE))
    copy(ROOT / "LICENSE", folder / "LICENSE")
    needed = wheels.requirements(light=kind == "light")
    (folder / "requirements.txt").write_text("\n".join(needed) + "\n")
    (folder / "README.txt").write_text(README)


def without_solutions(cells: Iterable[nbformat.NotebookNode]) -> Iterator[nbformat.NotebookNode]:
    """The cells of a chapter; in place of each solution an empty one, for the reader's own."""
    for name, group in groupby(told_apart(cells), key=itemgetter(0)):
        if name:
            yield nbformat.v4.new_code_cell("# Your work")
        else:
            yield from (cell for _, cell in group)


def linked(cell: nbformat.NotebookNode, names: list[str]) -> nbformat.NotebookNode:
    """The cell, its links to chapters that are not among the notebooks leading to their pages."""

    def place(link: re.Match) -> str:
        return link[0] if link[1] in names else f"](pages/chapters/{link[1]}.html"

    if cell.cell_type == "markdown":
        cell.source = re.sub(r"\]\((\w+)\.md", place, cell.source)
    return cell


def save(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook and its Markdown, which Jupytext keeps alike where it is installed."""
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    notebook.metadata = {
        "kernelspec": notebook.metadata["kernelspec"],
        "jupytext": {"formats": "ipynb,md:myst"},
    }
    for fmt in ("ipynb", "md:myst"):
        jupytext.write(notebook, path.with_suffix(f".{fmt.split(':')[0]}"), fmt=fmt)


def copy(path: Path, to: Path) -> None:
    """Copy a file; a page and the index of the search without solutions."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.name == "search_index.js":
        to.write_text(unsolved_index(path.read_text()))
    elif path.suffix == ".html":
        to.write_text(unsolved_page(path.read_text()))
    else:
        shutil.copyfile(path, to)


@cache
def unsolved_page(page: str) -> str:
    """A page without its solutions, what numbers say of them, and the notebooks that have them."""
    soup = BeautifulSoup(page, "html.parser")
    for extra in soup.select("details.solution, nav.downloads"):
        extra.decompose()
    for link in soup.select('a[href^="#"]'):
        if link["href"] != "#" and not soup.find(id=link["href"][1:]):
            link.unwrap()
    return str(soup)


def unsolved_index(script: str) -> str:
    """The index of the search without what it has of solutions."""
    start, listed = script.rstrip(";\n").split("=", 1)
    sections = [{k: v for k, v in s.items() if k != "solution"} for s in json.loads(listed)]
    return f"{start}= {json.dumps(sections, ensure_ascii=False, separators=(',', ':'))};\n"


def leaks(folder: Path) -> list[str]:
    """The files of a folder that have words of a solution, and the words.

    A solution is known by its words, without the chapters' markup: eight in a row, not all of
    them numbers, that stand in a solution of a chapter or its page, and nowhere outside of one,
    give it away.
    """
    secret = secrets()
    found = {path: runs(text(path)) & secret for path in sorted(folder.rglob("*"))}
    return [
        f"{path.relative_to(folder)} has of a solution: {' '.join(min(words))}"
        for path, words in found.items()
        if words
    ]


@cache
def secrets() -> set[tuple[str, ...]]:
    """All runs of words that only solutions have."""
    inside, outside = set(), set()
    for path in CHAPTERS.glob("*.md"):
        for name, cell in told_apart(jupytext.read(path).cells):
            (inside if name else outside).update(runs(cell.source))
    for path in SITE.glob("chapters/*.html"):  # these have the outputs too
        soup = BeautifulSoup(path.read_text(), "html.parser")
        inside |= set().union(*(runs(fold.get_text()) for fold in soup.select("details.solution")))
        for fold in soup.select("details.solution"):
            fold.decompose()
        outside |= runs(soup.get_text())
    return {run for run in inside - outside if not "".join(run).isdigit()}


def runs(text: str) -> set[tuple[str, ...]]:
    """Each few words of a text that follow one another.

    >>> runs("C1 has 6 · 25 = 150 weights, 6 biases.")
    {('c1', 'has', '6', '25', '150', 'weights', '6', 'biases')}
    """
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def text(path: Path) -> str:
    """All that a file says: of a page what is seen and what is in its tags."""
    if path.is_dir() or path.suffix in (".png", ".npz", ".ico", ".inv"):
        return ""
    said = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return html.unescape(re.sub("<[^>]*>", "", said)) + said
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in nbformat.reads(said, as_version=4).cells)
    return said


def main() -> int:
    """Write the zips; 1 where there are no pages, or a solution is in one."""
    if not (SITE / "index.html").exists():
        print("No pages are here yet: make book builds them.")
        return 1
    for kind in KINDS:
        out = OUT / f"lenet-by-the-numbers-{kind}.zip"
        out.unlink(missing_ok=True)
        with TemporaryDirectory() as folder:
            write(Path(folder), kind)
            if told := leaks(Path(folder)):
                print(*told, sep="\n", file=sys.stderr)
                return 1
            stick.write(Path(folder), out)
        print(f"{out.relative_to(ROOT)}, {out.stat().st_size / 1e6:.1f} MB, is ready to hand out.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
