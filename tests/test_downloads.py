"""The files that a page offers: they are the chapter, run elsewhere, and say what is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from small_book import TOOLS

sys.path.append(str(TOOLS))
import downloads

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build/html"
CHAPTERS = [path for path in sorted((ROOT / "chapters").glob("*.md")) if path.stem != "c_glossary"]
CHAPTERS = [path for path in CHAPTERS if "jupytext:" in path.read_text()[:99]]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_page_offers_three_files_which_are_the_chapter(chapter):
    page = BeautifulSoup((SITE / f"chapters/{chapter.stem}.html").read_text(), "html.parser")
    links = page.select("nav.downloads a[download]")
    assert [link["download"] for link in links] == [
        f"{chapter.stem}{ending}" for ending in (".ipynb", ".md", ".py")
    ]
    expected = [cell.source for cell in jupytext.read(chapter).cells]
    for link in links:
        first, *others = jupytext.read(SITE / "chapters" / link["href"]).cells
        assert first.source == downloads.first_cell("")
        assert [cell.source for cell in others] == expected
    assert not page.select("nav.downloads a:not([download])")  # no repository is named


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_the_notebook_has_its_outputs(chapter):
    made = nbformat.read(SITE / f"downloads/{chapter.stem}.ipynb", 4)
    reference = nbformat.read(ROOT / f"tests/notebooks/{chapter.stem}.ipynb", 4)
    code = [cell for cell in made.cells if cell.cell_type == "code"][1:]
    assert [len(cell.outputs) for cell in code] == [len(cell.outputs) for cell in reference.cells]
    nbformat.validate(made)


def test_the_script_of_a_chapter_runs_in_an_empty_folder(tmp_path):
    script = SITE / "downloads/03_output_shapes.py"
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0 and "7 pixels: 3 windows" in ran.stdout, ran.stderr


def test_where_the_package_is_missing_the_first_cell_says_what_to_install(tmp_path):
    script = SITE / "downloads/03_output_shapes.py"
    environment = {**os.environ, "PYTHONPATH": ""}
    ran = subprocess.run(
        [sys.executable, "-I", "-S", script], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == "This chapter needs its package: pip install lenet-by-the-numbers\n"
    name = re.search(r'^name = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    assert ran.stderr.strip().endswith(f"pip install {name}")


def test_with_a_repository_links_open_files_that_are_in_it():
    colab, binder = downloads.launchers("https://github.com/me/book/", "04_parameters")
    assert colab["href"].endswith("/github/me/book/blob/notebooks/04_parameters.ipynb")
    assert "/me/book/main?" in binder["href"]
    assert (ROOT / re.search(r"lab/tree/(.*)", binder["href"])[1]).exists()
    assert downloads.launchers("", "04_parameters") == []


def test_the_notebooks_for_colab_are_pushed_whole_onto_their_branch():
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    kept = [step["with"] for step in workflow["jobs"]["test"]["steps"] if "with" in step]
    assert {"name": "notebooks", "path": "_build/html/downloads/*.ipynb"} in kept
    push = workflow["jobs"]["notebooks"]
    assert push["needs"] == "test" and push["if"] == "github.event_name == 'push'"
    assert f"git init --initial-branch={downloads.BRANCH}" in push["steps"][-1]["run"]


def test_with_a_repository_the_package_comes_from_it():
    assert 'pip install git+https://github.com/me/book")' in downloads.first_cell(
        "https://github.com/me/book/"
    )


def test_how_to_cite_says_what_the_package_says():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert cited["version"] == project["version"] and cited["license"] == project["license"]
    assert cited["title"] == project["description"].rstrip(".")
    footer = BeautifulSoup((SITE / "chapters/index.html").read_text(), "html.parser").footer
    assert f"Version {cited['version']} of {cited['date-released']}" in footer.get_text()
