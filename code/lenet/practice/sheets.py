"""Sheets of problems and their keys as Markdown, as HTML that prints well, and as notebooks.

The same sheet gives the same bytes.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from lenet.derivation import derive
from lenet.practice.mistakes import Mistake
from lenet.practice.problems import Sheet
from lenet.practice.quantities import Quantity, Value
from lenet.practice.questions import Count, steps_of
from lenet.steps import lines
from lenet.table import Table, written

STYLE = (
    "body{font:12pt/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em}"
    "li,section{break-inside:avoid;margin:0 0 1.5em}.answer{margin:.5em 0 0}"
    "table{border-collapse:collapse;font-size:.85em}td,th{border:1px solid #777;"
    "padding:.2em .5em;text-align:left;vertical-align:top}"
    "@media print{body{margin:0;max-width:none}}@page{margin:2cm}"
)
LINE = "\\_" * 24
HOW = "Shapes are height×width×channels. A multiply-accumulate is a product added to a sum."


def recipe(sheet: Sheet) -> str:
    """How the sheet is made again."""
    parts = [f"--topic {','.join(sheet.topics)}", f"--level {sheet.level}"]
    return " ".join([*parts, f"--count {sheet.count}", f"--seed {sheet.seed}"])


def title(sheet: Sheet) -> str:
    """What stands on top of a sheet: its topics and whose it is."""
    whose = f" for {sheet.name}" if sheet.name else ""
    return f"Problems: {', '.join(sheet.topics)}{whose}"


def sheet_markdown(sheet: Sheet) -> str:
    """The problems, each with a line for the answer."""
    head = [f"# {_marked(title(sheet))}", HOW]
    items = [
        f"{p.id}. {_marked(p.text)}\n\n{' ' * len(p.id)}  Answer: {LINE}" for p in sheet.problems
    ]
    return "\n\n".join([*head, *items, f"<!-- {recipe(sheet)} -->"]) + "\n"


def sheet_html(sheet: Sheet) -> str:
    """The problems as a page that prints well; no script and nothing from elsewhere."""
    items = "\n".join(
        f'<li>{escape(p.text)}<p class="answer">Answer: ________________________</p></li>'
        for p in sheet.problems
    )
    return _page(title(sheet), f"<p>{HOW}</p>\n<ol>\n{items}\n</ol>\n<!-- {recipe(sheet)} -->")


def sheet_notebook(sheet: Sheet) -> str:
    """The problems as a notebook that answers are checked in."""
    start = (
        "from lenet.practice.problems import Sheet\n\n"
        f"sheet = Sheet({sheet.topics!r}, level={sheet.level}, count={sheet.count},\n"
        f"              seed={sheet.seed}, name={sheet.name!r})"
    )
    cells = [_text(f"# {_marked(title(sheet))}\n\n{HOW}"), _code(start)]
    for problem in sheet.problems:
        cells += [_text(f"**{problem.id}.** {_marked(problem.text)}")]
        cells += [_code(f"sheet.check({problem.id}, ...)  # the answer in place of the dots")]
    return _notebook(cells)


def key_markdown(sheet: Sheet) -> str:
    """The answers, the work, and which wrong answer tells which slip."""
    parts = [f"# Key to {_marked(title(sheet))}"]
    for problem in sheet.problems:
        parts += [f"## {problem.id}. {written(problem.answer)}", _marked(problem.text)]
        parts += ["\n".join(f"- {line}" for line in work(problem))]
        parts += [slips_table(problem).to_markdown()]
    return "\n\n".join([*parts, f"<!-- {recipe(sheet)} -->"]) + "\n"


def key_html(sheet: Sheet) -> str:
    """The key as a page."""
    parts = []
    for problem in sheet.problems:
        steps = "".join(f"<li>{escape(line)}</li>" for line in work(problem))
        parts.append(
            f"<section><h2>{problem.id}. {written(problem.answer)}</h2>\n"
            f"<p>{escape(problem.text)}</p>\n<ul>{steps}</ul>\n"
            f"{slips_table(problem)._repr_html_()}</section>"
        )
    return _page(f"Key to {title(sheet)}", "\n".join(parts) + f"\n<!-- {recipe(sheet)} -->")


def key_notebook(sheet: Sheet) -> str:
    """The key as a notebook of text."""
    return _notebook([_text(part) for part in re.split(r"\n\n(?=## )", key_markdown(sheet))])


def work(problem: Count) -> list[str]:
    """The steps that lead to the answer, from the derivations of all layers on the way."""
    told, number = [], 0
    for number, layer in enumerate(derive(problem.network), 1):
        here = problem.layer in (None, layer.row.name)
        wanted = steps_of(problem.asked, len(layer.row.output_shape) - 1, here)
        steps = tuple(step for step in layer.steps if step.quantity in wanted)
        told += [(f"layer {number}: ", line.text) for line in lines(steps)]
        if here and problem.layer:
            break
    last = [f"together: {written(problem.answer)}"] * (problem.layer is None)
    if problem.asked is Quantity.UNITS and problem.layer:  # which no derivation has as a step
        sides = "·".join(map(str, problem.cases[0].made))
        last = [f"units: {sides} = {written(problem.answer)}"]
    return [*(where * (number > 1) + text for where, text in told), *last]


def slips_table(problem: Count) -> Table:
    """Wrong answers, and the slips that lead to them."""
    told = sorted(problem.wrong.items(), key=lambda entry: _names(entry[1]))
    rows = [
        ("; ".join(_written(value) for value, _ in same), names)
        for names, same in groupby(told, key=lambda entry: _names(entry[1]))
    ]
    return Table(("wrong answer", "slip"), tuple(rows))


def _names(kinds: tuple[Mistake, ...]) -> str:
    return " or ".join(kind.name for kind in kinds)


def _written(value: Value) -> str:
    """A wrong answer, with a batch of any size as a word."""
    if isinstance(value, tuple) and value[0] is None:
        return f"batch×{written(value[1:])}"
    return written(value)


def _marked(text: str) -> str:
    """The text in Markdown, in which some signs would be marks."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", text)


def _page(name: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(name)}</title>\n'
        f"<style>{STYLE}</style>\n<h1>{escape(name)}</h1>\n{body}\n</html>\n"
    )


def _text(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict:
    empty = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": {}, "source": source, **empty}


def _notebook(cells: list[dict]) -> str:
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells, 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {
        "cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


FORMATS: dict[str, tuple[Callable[[Sheet], str], Callable[[Sheet], str]]] = {
    ".md": (sheet_markdown, key_markdown),
    ".html": (sheet_html, key_html),
    ".ipynb": (sheet_notebook, key_notebook),
}


def writer(path: str, is_key: bool) -> Callable[[Sheet], str]:
    """What writes a file of that ending. Raises ValueError where nothing does."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise ValueError(f"{path!r} must end in {', '.join(FORMATS)}")
    return FORMATS[ending][is_key]


def files(sheets: list[Sheet], out: str, key: str | None) -> Iterator[tuple[Path, str]]:
    """The path and the text of each sheet and each key; a name goes into the path."""
    if key is not None and Path(key) == Path(out):
        raise ValueError(f"--out and --key are both {out!r}")
    for is_key, path in ((False, out), (True, key)):
        write = writer(path, is_key) if path is not None else None
        for sheet in sheets if write else ():
            yield _named(Path(path), sheet.name), write(sheet)


def _named(path: Path, name: str) -> Path:
    return path.with_stem(f"{path.stem}-{slug(name)}") if name else path


def slug(name: str) -> str:
    """A name as a part of the name of a file.

    >>> slug("Ada King, Countess of Lovelace")
    'ada-king-countess-of-lovelace'
    """
    return re.sub(r"\W+", "-", name.lower()).strip("-_")[:60]


def roster(text: str) -> list[str]:
    """The names, one a line. Raises ValueError for none, and for two with the same file name."""
    names = [line.strip() for line in text.splitlines() if line.strip()]
    if not names:
        raise ValueError("the roster has no names; it needs one a line")
    taken: dict[str, str] = {}
    for name in names:
        here = slug(name)
        if not here:
            raise ValueError(f"the roster's {name[:30]!r} has no letter for the name of a file")
        if here in taken:
            raise ValueError(
                f"the roster's {taken[here][:30]!r} and {name[:30]!r} would have the same file"
            )
        taken[here] = name
    return names
