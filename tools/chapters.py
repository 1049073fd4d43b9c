"""Run the chapters, two at a time, for the pages and for the tests.

    python tools/chapters.py               run what changed, into the book's cache
    python tools/chapters.py references    the same, then write tests/notebooks:
                                           the code cells and their outputs

Pages and references come from the same run. A chapter that fails is named with
its error, and leaves its old reference alone.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import DEVNULL
from threading import Lock

import jupytext
import nbformat
from jupyter_cache import get_cache
from jupyter_cache.cache.main import CacheBundleIn
from jupyter_cache.readers import get_reader
from lenet.practice.teaching import SIZES
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).parents[1]


def seconds(chapter: Path) -> int:
    """About how long its code takes."""
    return SIZES.get(chapter.stem.partition("_")[0].upper(), (0, 0))[0]


# The longest first, so that two processes end at about one time.
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"), key=seconds, reverse=True)
CACHE = get_cache(ROOT / "_build/.jupyter_cache")
READ = get_reader({"type": "plugin", "name": "myst_nb_md"})  # as the book reads them
one_at_a_time = Lock()  # the cache is a database of one file


def cached(chapter: Path) -> nbformat.NotebookNode | None:
    """The chapter with the outputs that the cache has for exactly these cells."""
    with one_at_a_time:
        try:
            return CACHE.merge_match_into_notebook(READ(str(chapter)))[1]
        except KeyError:
            return None


def run(chapter: Path) -> str | None:
    """Execute a chapter into the cache unless it is there; the error if it fails."""
    if cached(chapter):
        return None
    print(f"running {chapter.name}", flush=True)
    notebook, start = READ(str(chapter)), time.perf_counter()
    # Without coalescing, a line printed in two parts would be shown as two lines.
    client = NotebookClient(
        notebook, timeout=600, coalesce_streams=True, record_timing=False,
        resources={"metadata": {"path": chapter.parent}},
    )  # fmt: skip
    try:
        client.execute(stderr=DEVNULL)
    except CellExecutionError as error:
        return f"{chapter.relative_to(ROOT)} failed:\n{error}"
    took = time.perf_counter() - start
    with one_at_a_time:
        bundle = CacheBundleIn(notebook, str(chapter), data={"execution_seconds": took})
        CACHE.cache_notebook_bundle(bundle, overwrite=True)
    print(f"ran {chapter.name} in {took:.0f} s", flush=True)
    return None


def reference(chapter: nbformat.NotebookNode, ran: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The code cells of a chapter with the outputs of its run.

    Prose and captions stay out, so that a mended typo leaves the reference as it is; so do
    warnings and all else that changes by the run.
    """
    cells = code_cells(chapter)
    for number, (cell, source) in enumerate(zip(cells, code_cells(ran), strict=True)):
        cell.id = f"cell-{number}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k not in ("caption", "label")}
        cell.execution_count = source.execution_count
        cell.outputs = [out for out in source.outputs if out.get("name") != "stderr"]
    metadata = {"kernelspec": chapter.metadata["kernelspec"]}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The cells of a notebook that are run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def main(arguments: list[str]) -> int:
    """Run all chapters, and write their references if asked to; 1 if any failed."""
    if arguments not in ([], ["references"]):
        print(__doc__)
        return 2
    with ThreadPoolExecutor(2) as pool:
        errors = list(filter(None, pool.map(run, CHAPTERS)))
    print(*errors, sep="\n", file=sys.stderr, end="")
    if arguments and not errors:
        for chapter in CHAPTERS:
            made = reference(jupytext.read(chapter), cached(chapter))
            nbformat.write(made, ROOT / f"tests/notebooks/{chapter.stem}.ipynb")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
