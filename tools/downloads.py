"""A Sphinx extension: each chapter as a file to take along, which runs elsewhere too.

`downloads/` gets the notebook with its outputs, and the same notebook as Markdown and as a script.
The first cell of each says what to install where the package is missing: from an index, or from
the book's repository once `lenet_repository` in _config.yml names it. Then links open a chapter in
Colab, from the branch onto which .github/workflows/book.yml puts these notebooks, and in Binder.
"""

from pathlib import Path

import jupytext
import nbformat
from sphinx.application import Sphinx

import chapters

ROOT = Path(__file__).parents[1]
FOLDER = "downloads"
BRANCH = "notebooks"  # has the notebooks with outputs, for Colab
PACKAGE = "lenet-by-the-numbers"
FIRST = """\
try:
    import lenet
except ModuleNotFoundError:
    raise SystemExit("This chapter needs its package: pip install {}") from None\
"""
KINDS = {  # how a file is called on the page, and jupytext's name of its format
    ".ipynb": ("Notebook with outputs", "ipynb"),
    ".md": ("Markdown", "md:myst"),
    ".py": ("Script", "py:percent"),
}


def first_cell(repository: str) -> str:
    """The code that says what to install."""
    return FIRST.format(f"git+{repository.rstrip('/')}" if repository else PACKAGE)


def portable(notebook: nbformat.NotebookNode, first: str) -> nbformat.NotebookNode:
    """The notebook with the first cell before its code, and nothing that changes by the run."""
    cells = [nbformat.v4.new_code_cell(first), *notebook.cells]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    metadata = {"kernelspec": dict(notebook.metadata["kernelspec"])}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def write(app: Sphinx, pagename: str, template: str, context: dict, doctree) -> None:
    """Write the files of a page that is a notebook, and say where they are."""
    chapter = ROOT / f"{pagename}.md"
    if doctree is None or not chapter.exists() or "jupytext:" not in chapter.read_text()[:99]:
        return
    ran = chapters.cached(chapter) or jupytext.read(chapter)
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    whole = portable(ran, first_cell(app.config.lenet_repository))
    context["downloads"] = []
    for ending, (kind, fmt) in KINDS.items():
        name = chapter.stem + ending
        jupytext.write(whole, folder / name, fmt=fmt)
        href = context["pathto"](f"{FOLDER}/{name}", 1)
        context["downloads"].append({"kind": kind, "name": name, "href": href})
    context["launch"] = launchers(app.config.lenet_repository, chapter.stem)


def launchers(repository: str, stem: str) -> list[dict[str, str]]:
    """Where a chapter can be opened in a browser: nowhere without the repository's address.

    >>> [place["name"] for place in launchers("https://github.com/me/book", "04_parameters")]
    ['Colab', 'Binder']
    """
    owner = repository.rstrip("/").removeprefix("https://github.com/")
    if not repository:
        return []
    colab = f"https://colab.research.google.com/github/{owner}/blob/{BRANCH}"
    binder = f"https://mybinder.org/v2/gh/{owner}/main?urlpath=lab/tree/chapters"
    return [
        {"name": "Colab", "href": f"{colab}/{stem}.ipynb"},
        {"name": "Binder", "href": f"{binder}/{stem}.md"},
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_config_value("lenet_repository", "", "html")
    app.connect("html-page-context", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
