"""What a class is handed: no solution in it, the same bytes twice, and it runs without a network.

The light zip's notebooks are run whole where TensorFlow and Keras cannot be imported: so the
chapters that count are held to do without.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jupytext
import nbformat
import pytest
from small_book import TOOLS

sys.path.append(str(TOOLS))
import stick
import student
import wheels

ROOT = TOOLS.parent
HEADING = "#### Solution 1.1"
COUNTING = ["01_history", "02_building_blocks", "03_output_shapes", "04_parameters"]
COUNTING += ["05_lenet5_1998"]
# A namespace without a network, where the system lets one be made.
OFFLINE = [shutil.which("unshare") or "false", "--map-root-user", "--net"]
if subprocess.run([*OFFLINE, "true"], capture_output=True).returncode:
    OFFLINE = []
RUN_ALL = """
import sys
from pathlib import Path
sys.modules |= {"tensorflow": None, "keras": None}
import nbformat
from IPython.core.interactiveshell import InteractiveShell
import lenet
assert Path(lenet.__file__).is_relative_to(Path.cwd()), lenet.__file__
for path in sorted(Path().glob("*.ipynb")):
    shell, sources = InteractiveShell(), []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            sources.append(cell.source)
            shell.run_cell(cell.source).raise_error()
    print("ran", path.stem, len(sources))
"""


@pytest.fixture(scope="module")
def light(tmp_path_factory):
    """The light zip, unpacked."""
    folder, out = tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("out")
    student.write(folder, "light")
    stick.write(folder, out / "light.zip")
    with zipfile.ZipFile(out / "light.zip") as made:
        made.extractall(out)
    return out / "light"


def run_all(folder: Path, python: list[str], path: str) -> list[str]:
    """What running all notebooks of a folder without a network says of them."""
    environment = {**os.environ, "PYTHONPATH": path, "MPLBACKEND": "Agg"}
    command = [*OFFLINE, *python, "-c", RUN_ALL]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert "All packages are here." in ran.stdout
    assert "lenet counts 61706" in ran.stdout
    return [line.split()[1] for line in ran.stdout.splitlines() if line.startswith("ran ")]


def test_the_light_one_runs_whole_without_a_network_and_without_tensorflow(light):
    assert run_all(light, [sys.executable], str(light)) == ["00_start", *COUNTING]


def test_the_light_one_runs_on_nothing_but_the_folder_of_wheels(light, tmp_path):
    if not wheels.OUT.exists():
        pytest.skip("no wheels are here: make wheels LIGHT=1")
    here = ["--no-index", "--find-links", wheels.OUT, "--target", tmp_path]
    needed = ["-r", light / "requirements.txt", "ipykernel", "nbformat"]
    subprocess.run([*OFFLINE, *wheels.PIP, "install", *here, *needed], check=True)
    python = [sys._base_executable, "-S"]
    assert run_all(light, python, f"{light}{os.pathsep}{tmp_path}") == ["00_start", *COUNTING]


def test_it_has_both_forms_of_each_notebook_the_package_and_the_pages(light):
    for name in ("00_start", *COUNTING):
        notebook = nbformat.read(light / f"{name}.ipynb", as_version=4)
        twin = jupytext.read(light / f"{name}.md")
        kinds = [[cell.cell_type for cell in made.cells] for made in (notebook, twin)]
        assert kinds[0] == kinds[1] and notebook.metadata["jupytext"]["formats"] == "ipynb,md:myst"
        assert not any(cell.get("outputs") for cell in notebook.cells)
    assert (light / "lenet/training/records/lenet5-1998.npz").exists()
    assert (light / "pages/index.html").exists() and not (light / "pages/downloads").exists()
    assert not any("tensorflow" in line for line in wheels.requirements(light=True))


def test_its_links_lead_to_what_is_in_it(light):
    for path in light.glob("*.md"):
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            assert "://" in link or (light / link).exists(), f"{path.name}: {link}"


def test_the_full_ones_cells_use_no_name_that_only_a_solution_made(tmp_path):
    names = sorted(path.stem for path in student.CHAPTERS.glob(student.KINDS["full"]))
    assert len(names) >= 10
    for name in names:
        notebook = jupytext.read(student.CHAPTERS / f"{name}.md")
        notebook.cells = list(student.without_solutions(notebook.cells))
        jupytext.write(notebook, tmp_path / f"{name}.py", fmt="py:percent")
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", tmp_path]
    checked = subprocess.run(ruff, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_the_same_sources_give_the_same_bytes(light, tmp_path, monkeypatch):
    page = tmp_path / "html/chapters/04_parameters.html"
    page.parent.mkdir(parents=True)
    page.write_bytes((student.SITE / "chapters/04_parameters.html").read_bytes())
    monkeypatch.setattr(student, "SITE", tmp_path / "html")
    student.unsolved_page.cache_clear()
    (tmp_path / "again").mkdir()
    student.write(tmp_path / "again", "light")
    files = [path for path in (tmp_path / "again").rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in files:
        first = light / path.relative_to(tmp_path / "again")
        assert path.read_bytes() == first.read_bytes(), first


def test_no_solution_is_in_it(light):
    assert student.leaks(light) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pages/a.html", "<p>Written <em>so</em> it has half as many weights, as the answer"),
        ("pages/b.html", '<a title="half as many weights, as the answer of all answers">64</a>'),
        ("pages/c.js", 'const BOOK = [{"text":"half as many weights, as the answer of all"}]'),
        ("d.md", "There are\nhalf as many weights, as the *answer* of all."),
        ("lenet/e.py", "# half as many weights, as the answer of all"),
        ("f.ipynb", nbformat.writes(nbformat.v4.new_notebook(cells=[
            nbformat.v4.new_markdown_cell("half as many\nweights, as the answer of all")]))),
    ],
)  # fmt: skip
def test_a_solution_that_slipped_in_is_found(tmp_path, monkeypatch, name, said):
    chapters, site, out = (tmp_path / part for part in ("chapters", "site/chapters", "out"))
    for folder in (chapters, site, (out / name).parent):
        folder.mkdir(parents=True, exist_ok=True)
    solution = "It has half as many weights, as the answer of all answers."
    parts = ("# A\n\nHow many weights has it?", HEADING, solution)
    cells = [nbformat.v4.new_markdown_cell(part) for part in parts]
    jupytext.write(nbformat.v4.new_notebook(cells=cells), chapters / "01_a.md", fmt="md:myst")
    monkeypatch.setattr(student, "CHAPTERS", chapters)
    monkeypatch.setattr(student, "SITE", site.parent)
    student.secrets.cache_clear()
    (out / "fine.md").write_text("How many weights has it? Find the answer.")
    assert student.leaks(out) == []
    (out / name).write_text(said)
    (found,) = student.leaks(out)
    student.secrets.cache_clear()
    assert found.startswith(f"{name} has of a solution: ") and " many weights as the " in found


def test_solutions_go_and_leave_an_empty_cell_and_other_folds():
    text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    fold = "<details><summary>More</summary>\n\nWords.\n\n</details>"
    again = "(exercise-1-2)=\n### Exercise 1.2\n\nAsked again."
    cells = [
        text(f"{fold}\n\nAsked."), text(HEADING), text("Answer."), code("answer"), text("Answer."),
        text(again), text("#### Solution 1.2"), text("4."), text("## End"), code("more"),
    ]  # fmt: skip
    kept = [cell.source for cell in student.without_solutions(cells)]
    own = "# Your work"
    assert kept == [f"{fold}\n\nAsked.", own, again, own, "## End", "more"]


def test_a_page_keeps_no_solution_and_no_number_that_tells_of_one():
    page = (
        '<p><a href="#output-1" title="printed below: 27 weights">27</a>'
        '<a href="#output-0" title="printed above: 3">3</a></p><div id="output-0">3</div>'
        '<details class="solution"><div id="output-1">27 weights</div></details>'
        '<nav class="downloads">x</nav>'
    )
    kept = '<p>27<a href="#output-0" title="printed above: 3">3</a></p><div id="output-0">3</div>'
    assert student.unsolved_page(page) == kept


def test_without_pages_or_with_a_solution_there_is_no_zip(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(student, "OUT", tmp_path)
    monkeypatch.setattr(student, "ROOT", tmp_path)
    monkeypatch.setattr(student, "write", lambda folder, kind: None)
    monkeypatch.setattr(student, "leaks", lambda folder: ["a.md has of a solution: 4"])
    old = tmp_path / "lenet-by-the-numbers-light.zip"
    old.write_text("an older one")
    assert student.main() == 1 and not old.exists()
    assert capsys.readouterr().err == "a.md has of a solution: 4\n"
    monkeypatch.setattr(student, "SITE", tmp_path)
    assert student.main() == 1
    assert capsys.readouterr().out == "No pages are here yet: make book builds them.\n"


def test_without_tensorflow_the_package_says_which_extra_brings_it():
    script = "import sys; sys.modules['keras'] = None; import lenet.keras_bridge.model"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ran.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: no keras is here, which Keras models and training need: "
        'pip install "lenet-by-the-numbers[tensorflow]"'
    )
