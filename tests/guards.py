"""The guards of the book and the package: each takes what it checks, and gives back what is wrong.

They take texts and notebooks rather than reading the project, so that a test
can hand them something broken and see them complain.
"""

import ast
import re
from collections.abc import Iterable
from importlib.util import resolve_name
from statistics import median

import nbformat
from bs4 import BeautifulSoup
from jupytext.compare import NotebookDifference, compare_notebooks

# What each room of the package may import: a module is in the innermost room that is named
# here, and else in the core. `training.runs` is one of its own since plots read nothing else.
COLLAPSED = '+++ {"jp-MarkdownHeadingCollapsed": true}\n\n'
MAY_IMPORT = {
    "core": {"core"},
    "__main__": {"core", "counting", "keras_bridge", "practice"},
    "counting": {"core", "counting"},
    "practice": {"core", "practice"},
    "keras_bridge": {"core", "keras_bridge"},
    "training": {"core", "keras_bridge", "training", "training.runs"},
    "training.runs": {"core", "training"},
    "plots": {"core", "plots", "training.runs"},
}
LONGEST_CELL, LONGEST_FOLDED_CELL = 8, 3  # lines that a reader has to follow
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 250, 35, 10  # lines


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


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The cells of a notebook that are run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def stale(chapter: nbformat.NotebookNode, reference: nbformat.NotebookNode) -> list[str]:
    """Cells of a reference that are not the chapter's code cells, were not run, or failed."""
    cells = code_cells(chapter)
    if len(cells) != len(reference.cells):
        return [f"{len(cells)} code cells, and {len(reference.cells)} cells in the reference"]
    problems = []
    for number, (cell, ran) in enumerate(zip(cells, reference.cells, strict=True)):
        start = f"code cell {number} ({cell.source[:40]!r})"
        tags = [c.metadata.get("tags", []) for c in (cell, ran)]
        if cell.source != ran.source or tags[0] != tags[1]:
            problems.append(f"{start} is not what the reference has: {ran.source[:40]!r}")
        if not ran.get("execution_count"):
            problems.append(f"{start} was not run")
        if any(out.output_type == "error" for out in ran.get("outputs", [])):
            problems.append(f"{start} failed")
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
    return [
        f"{module} imports {name}"
        for name in sorted(imported(module, source))
        if room(name) not in allowed
    ]


def imported(module: str, source: str) -> set[str]:
    """What `lenet.<module>` imports from the package, each name without `lenet.`.

    A package is named with its `.__init__`, since a dot means itself to it. An
    import counts wherever it stands: in a function, or `if TYPE_CHECKING`.
    """
    package = f"lenet.{module}".rpartition(".")[0]
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            start = resolve_name("." * node.level + (node.module or ""), package)
            names |= {f"{start}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.removeprefix("lenet.") for name in names if name.startswith("lenet.")}


def room(module: str) -> str:
    """The room of the package that a module, or a name in it, belongs to."""
    within = (module.rsplit(".", dots)[0] for dots in range(module.count(".") + 1))
    return next(filter(MAY_IMPORT.__contains__, within), "core")


def long_modules(sources: dict[str, str]) -> list[str]:
    """Modules, given as path and source, that have too many lines."""
    lengths = {path: len(source.splitlines()) for path, source in sources.items()}
    return [f"{path} has {n} lines" for path, n in lengths.items() if n > LONGEST_MODULE]


def long_functions(sources: dict[str, str]) -> list[str]:
    """Functions that have too many lines, and their median where that is too high."""
    lengths = [found for path, source in sources.items() for found in _functions(path, source)]
    problems = [f"{name} has {n} lines" for name, n in lengths if n > LONGEST_FUNCTION]
    middle = median(n for _, n in lengths)
    return problems + [f"the median function has {middle} lines"] * (middle > MEDIAN_FUNCTION)


def _functions(path: str, source: str) -> Iterable[tuple[str, int]]:
    """Each function's place, and its lines from `def` to the last, docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            says = node.body[0] if ast.get_docstring(node) is not None else None
            skipped = says.end_lineno - says.lineno + 1 if says else 0
            lines = node.end_lineno - node.lineno + 1 - skipped
            yield f"{path}:{node.lineno} {node.name}", lines


def number_of(stem: str) -> str | None:
    """The number of a chapter, or the letter of an appendix, from the name of its file."""
    found = re.match(r"(?:0?(\d+)|([a-z]))_", stem)
    return found and (found[1] or found[2].upper())


def bad_exercises(chapter: str, text: str) -> list[str]:
    """Exercises that are not a target, a heading with the next number, a text and a solution.

    The solution's heading is a cell of its own, which JupyterLab shows collapsed.
    """
    start = re.compile(r"^(\(.*\)=\n)?#+ +Exercise (\S+)\n", re.MULTILINE)
    found = list(start.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    least, most = (5, 8) if chapter.isdigit() and int(chapter) <= 10 else (3, 8)
    problems = [] if least <= len(found) <= most else [f"has {len(found)} exercises"]
    for at, (match, end) in enumerate(zip(found, ends, strict=False), 1):
        number, body = match[2], text[match.end() : end]
        if number != f"{chapter}.{at}" or not match[0].endswith(f"### Exercise {number}\n"):
            problems.append(f"{match[0]!r} is not ### Exercise {chapter}.{at}")
        if match[1] != f"(exercise-{number.lower().replace('.', '-')})=\n":
            problems.append(f"exercise {number} has no target above it, but {match[1]!r}")
        asked, _, solved = body.partition(f"{COLLAPSED}#### Solution {number}\n\n")
        if body.count("# Solution") != 1 or not solved.startswith(("+++\n", "```{code-cell}")):
            problems.append(f"exercise {number} has no single, collapsed Solution {number}")
        elif not asked.strip():
            problems.append(f"exercise {number} asks nothing")
        elif re.search("^#{1,4} ", re.sub("^```.*?^```", "", solved, flags=re.S | re.M), re.M):
            problems.append(f"solution {number} is cut off by a heading")
    return problems


def bad_captions(notebooks: dict[str, nbformat.NotebookNode]) -> list[str]:
    """Captions and labels of the book that are incomplete, used twice or badly written."""
    problems, seen = [], {}
    for name, notebook in notebooks.items():
        for cell in code_cells(notebook):
            label, caption = (cell.metadata.get(key) for key in ("label", "caption"))
            if label is None and caption is None:
                continue
            here = f"{name}: {label}"
            if not label or not caption:
                problems.append(f"{here}: {caption!r} needs both label and caption")
                continue
            if not re.fullmatch(r"(fig|tab)-[a-z0-9-]+", label):
                problems.append(f"{here} does not start with fig- or tab-")
            if label in seen:
                problems.append(f"{here} is used in {seen[label]} already")
            if not re.match("[A-Z`$]", caption) or caption.endswith("."):
                problems.append(f"{here}: a caption has a capital and no full stop: {caption!r}")
            seen[label] = name
    return problems


def lost_links(notebooks: dict[str, nbformat.NotebookNode]) -> list[str]:
    """Links of the prose to a label or a target that its page does not have."""
    proses = {name: prose(notebook) for name, notebook in notebooks.items()}
    known = {
        name: set(re.findall(r"^\((.+)\)=$", proses[name], re.MULTILINE))
        | {cell.metadata.get("label") for cell in code_cells(notebook)}
        for name, notebook in notebooks.items()
    }
    return [
        f"{name} refers to {page or name}#{label}, which is not there"
        for name, text in proses.items()
        for page, label in re.findall(r"\]\((?:(\w+)\.md)?#([^)\s]+)\)", text)
        if label not in known.get(page or name, ())
    ]


def glossary_entries(text: str) -> dict[tuple[str, ...], str]:
    """The names of each entry of the glossary, in small letters, and its definition."""
    block = text.partition("```{glossary}\n")[2].partition("```")[0]
    entries = {}
    for entry in filter(str.strip, block.split("\n\n")):
        lines = entry.strip("\n").splitlines()
        names = [line.strip("`").lower() for line in lines if not line.startswith(" ")]
        names = [re.sub(r" \(.*\)$", "", name) for name in names]
        entries[tuple(names)] = " ".join(line.strip() for line in lines if line[0] == " ")
    return entries


def bad_entries(glossary: str, chapters: dict[str, str]) -> list[str]:
    """Entries that name no chapter, or one that has not the word, or not where it is bold."""
    problems = []
    for names, says in glossary_entries(glossary).items():
        linked = re.findall(r"\]\((\w+)\.md\)", says)
        problems += [f"{names[0]} names no chapter"] * (not linked)
        for chapter in set(linked) & chapters.keys():
            text = " ".join(chapters[chapter].lower().split())
            if not any(singular(name) in text for name in names):
                problems.append(f"{names[0]} is not in {chapter}, which it names")
        bold = [c for c, text in chapters.items() if terms(text) & set(map(singular, names))]
        if bold and not set(bold) & set(linked):
            problems.append(f"{names[0]} is explained in {' and '.join(bold)}, and names {linked}")
    return problems


def unlisted(glossary: str, chapters: dict[str, str]) -> list[str]:
    """Terms in bold that the glossary has not."""
    known = {singular(name) for names in glossary_entries(glossary) for name in names}
    return [
        f"{term} of {chapter} is not in the glossary"
        for chapter, text in chapters.items()
        for term in sorted(terms(text) - known)
    ]


def terms(text: str) -> set[str]:
    """What a chapter has in bold to explain it, in small letters and as a singular.

    A sentence or a label in bold ends in a full stop, a question mark or a colon; what has
    digits, begins with "the" or is the word "one" is stressed, not explained.
    """
    bold = re.findall(r"\*\*([^*\n]+)\*\*", text)
    words = [found for found in bold if not re.search(r"[.?!:]$|\d", found)]
    return {singular(w) for w in words if w != "one" and not w.lower().startswith("the ")}


def singular(name: str) -> str:
    """A word in small letters and without the s of a plural."""
    return re.sub(r"(?<![aius])s$", "", name.lower())


def prose(notebook: nbformat.NotebookNode) -> str:
    """All that a notebook says between its code cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def long_cells(notebook: nbformat.NotebookNode) -> list[str]:
    """Code cells that have too many lines, imports and blank ones not counted; fewer if folded."""
    problems = []
    for cell in code_cells(notebook):
        folded = "hide-input" in cell.metadata.get("tags", [])
        most, lines = LONGEST_FOLDED_CELL if folded else LONGEST_CELL, own_lines(cell.source)
        if len(lines) > most:
            start = f"{'folded: ' * folded}{lines[0][:50]}"
            problems.append(f"{start} has {len(lines)} lines, at most {most} are to be read")
    return problems


def own_lines(source: str) -> list[str]:
    """The lines of a cell that are neither blank nor part of an import."""
    imports = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    numbered = enumerate(source.splitlines(), 1)
    return [line for number, line in numbered if line.strip() and number not in imports]


def bad_cell(source: str) -> list[str]:
    """What nbval or another folder would trip over in a code cell."""
    problems = []
    if source.rstrip().endswith(";"):
        problems.append("ends in a semicolon, which nbval does not honour")
    if re.search(r"""["'](\.\.?/|(chapters|code|tests|_build)/)""", source):
        problems.append("names a path relative to a folder")
    long = [line for line in source.splitlines() if len(line) > 79]
    return problems + [f"is wider than a page: {line[:40]}..." for line in long]
