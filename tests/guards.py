"""The guards of the book: each takes what it checks and gives back what is wrong.

They take texts and notebooks rather than reading the project, so that a test
can hand them something broken and see them complain.
"""

import ast
import re
from collections.abc import Iterable

import nbformat
from bs4 import BeautifulSoup
from jupytext.compare import NotebookDifference, compare_notebooks

# What each room of the package may import. The core is what stands in no folder, layers and steps.
MAY_IMPORT = {
    "core": {"core"},
    "__main__": {"core", "counting", "keras_bridge"},
    "counting": {"core", "counting"},
    "practice": {"core", "practice"},
    "keras_bridge": {"core", "keras_bridge"},
    "training": {"core", "keras_bridge", "training"},
    "plots": {"core", "plots", "training.runs"},
}
WINGS = set(MAY_IMPORT) - {"core"}
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\w.,])\d+(?:\.\d+)?")


def uneven(**folders: Iterable[str]) -> list[str]:
    """The names that one folder has and another lacks."""
    everything = set().union(*folders.values())
    return [
        f"{name} is missing in {folder}"
        for folder, names in folders.items()
        for name in sorted(everything - set(names))
    ]


def twins_differ(source: nbformat.NotebookNode, twin: nbformat.NotebookNode) -> list[str]:
    """Where a chapter's two notebooks are not the same notebook."""
    try:
        compare_notebooks(twin, source, "py:percent")
    except NotebookDifference as difference:
        return [str(difference)]
    return []


def stale(chapter: nbformat.NotebookNode, reference: nbformat.NotebookNode) -> list[str]:
    """Cells of a reference that are not the chapter's, were not run, or failed."""
    if len(chapter.cells) != len(reference.cells):
        return [f"{len(chapter.cells)} cells, and {len(reference.cells)} in the reference"]
    problems = []
    for number, (cell, ran) in enumerate(zip(chapter.cells, reference.cells, strict=True)):
        start = f"cell {number} ({cell.source[:40]!r})"
        tags = [c.metadata.get("tags", []) for c in (cell, ran)]
        if cell.source != ran.source or tags[0] != tags[1]:
            problems.append(f"{start} is not what the reference has: {ran.source[:40]!r}")
        if ran.cell_type == "code" and not ran.execution_count:
            problems.append(f"{start} was not run")
        if any(out.output_type == "error" for out in ran.get("outputs", [])):
            problems.append(f"{start} failed")
    return problems


def output_text(notebook: nbformat.NotebookNode) -> str:
    """All that a notebook's outputs say, alternative texts of figures included."""
    parts = []
    for cell in notebook.cells:
        for out in cell.get("outputs", []):
            data = out.get("data", {"text/plain": out.get("text", "")})
            parts += [_plain(kind, "".join(text)) for kind, text in data.items()]
    return "\n".join(parts)


def unproved(chapter: str, outputs: str, code: str, sourced: set[int]) -> list[str]:
    """Numbers of a chapter's prose that no output and no cited source has.

    From three digits on, with a thousands comma or a decimal point, a number has
    to be in an output or sourced; of two digits, it may also be in the code.
    A decimal may be an output's number rounded.
    """
    shown = {_value(text) for text in NUMBER.findall(outputs)} | sourced
    typed = shown | {_value(text) for text in NUMBER.findall(code)}
    problems = []
    for number, line in _prose(chapter):
        for text in NUMBER.findall(line):
            places = len(text.partition(".")[2])
            known = typed if _value(text) < 100 and not places else shown
            if _value(text) < 10 and not places:
                continue
            if not any(round(value, places) == _value(text) for value in known):
                problems.append(f"line {number}: no output gives {text}: {line.strip()[:70]}")
    return problems


def silent_images(page: str) -> list[str]:
    """Images and drawings of an HTML page that say nothing to who cannot see them."""
    soup = BeautifulSoup(page, "html.parser")
    problems = []
    for image in soup.find_all("img"):
        alt = image.get("alt", "")
        if len(alt) < 8 or re.search(r"\.(png|svg|jpe?g)$", alt):
            problems.append(f"image {image.get('src')} has the alt text {alt!r}")
    for drawing in soup.select(".lenet-figure svg"):
        label = drawing.get("aria-label", "")
        if drawing.get("role") != "img" or len(label) < 8:
            problems.append(f"a drawing has the label {label!r}")
    return problems


def forbidden_imports(module: str, source: str) -> list[str]:
    """Imports of `lenet.<module>` from rooms that its own room may not import."""
    allowed = MAY_IMPORT[room(module)]
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "lenet":
            path = node.module.partition(".")[2]
            names |= {f"{path}.{alias.name}".strip(".") for alias in node.names}
        if isinstance(node, ast.Import):
            names |= {a.name[6:] for a in node.names if a.name.startswith("lenet.")}
    return [
        f"{module} imports {name}"
        for name in sorted(names)
        if room(name) not in allowed
        and not any(f"{name}.".startswith(f"{one}.") for one in allowed - WINGS)
    ]


def room(module: str) -> str:
    """The room of the package that a module, or a name in it, belongs to."""
    first = module.split(".")[0]
    return first if first in WINGS else "core"


def bad_cell(source: str) -> list[str]:
    """What nbval or another folder would trip over in a code cell."""
    problems = []
    if source.rstrip().endswith(";"):
        problems.append("ends in a semicolon, which nbval does not honour")
    if re.search(r"""["'](\.\.?/|(chapters|code|tests|_build)/)""", source):
        problems.append("names a path relative to a folder")
    if len(source.strip().splitlines()) > 15:
        problems.append("has more than 15 lines")
    long = [line for line in source.splitlines() if len(line) > 79]
    return problems + [f"is wider than a page: {line[:40]}..." for line in long]


def _prose(chapter: str) -> Iterable[tuple[int, str]]:
    """Numbered lines outside code, with inline code, citations, links and tags removed."""
    fenced = header = False
    for number, line in enumerate(chapter.splitlines(), 1):
        if line == "---" and (number == 1 or header):
            header = number == 1
        elif line.startswith("```"):
            fenced = not fenced and line.startswith(("```{code-cell}", "```python"))
        elif not fenced and not header:
            line = re.sub(r"\{[\w:]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+", " ", line)
            yield number, line.replace("{,}", ",")


def _plain(kind: str, text: str) -> str:
    if kind == "text/html":
        soup = BeautifulSoup(text, "html.parser")
        labels = [drawing.get("aria-label", "") for drawing in soup.find_all("svg")]
        return "\n".join([soup.get_text(" "), *labels])
    return text.replace("{,}", ",")


def _value(text: str) -> float:
    return float(text.replace(",", ""))
