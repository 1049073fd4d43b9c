"""Write the executed reference notebook of each chapter named: nbval's references.

    python tests/references.py chapters/02_building_blocks.md ...

Two chapters run at a time. A chapter that fails leaves its old reference alone.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent / "notebooks"


def executed(chapter: Path) -> nbformat.NotebookNode:
    """The chapter with its outputs, and nothing in it that changes by the run."""
    notebook = jupytext.read(chapter)
    NotebookClient(notebook, timeout=600, record_timing=False).execute()
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    return notebook


def write(chapter: Path) -> None:
    """One chapter's reference, written when all its cells have run."""
    notebook = executed(chapter)
    nbformat.write(notebook, NOTEBOOKS / f"{chapter.stem}.ipynb")
    print(f"wrote the reference of {chapter}", flush=True)


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, map(Path, sys.argv[1:])))
