"""The questions of the book as assignments, one a chapter, for otter-grader and for nbgrader.

python tools/assignments.py    into _build/assignments; needs no page, no TensorFlow, no network

`otter/NN_topic.ipynb` and `nbgrader/source/NN_topic/NN_topic.ipynb` are for who teaches: each
question with its points, its key and its test, in the form that the grader asks for. They are
notebooks alone, so they are written without a grader; whichever of the two is installed then makes
of them what a class is handed. A test asks `lenet.practice`, which names the slip behind a wrong
answer and never tells the right one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import nbformat
from lenet.practice.book import BOOK
from lenet.practice.checking import place
from lenet.practice.questions import ON_THE_WAY, Count, Question
from lenet.practice.reckonings import Estimate
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"
OUT = ROOT / "_build/assignments"
BIN = Path(sys.executable).parent
START = "from lenet.practice import check"
STUB = "# Put your answer in place of the dots."
COURSE = f"""\
c = get_config()
c.CourseDirectory.course_id = "lenet"
c.ClearSolutions.code_stub = {{"python": "{STUB}"}}
"""
WITHOUT = (
    'No grader is here: .venv/bin/pip install -e ".[otter]" or ".[nbgrader]" brings one. '
    "The notebooks with key and tests are written, in {}; what a class is handed is not."
)


# Nobody can know what was measured: to guess it well earns no points.
GRADED = [question for question in BOOK.values() if not isinstance(question, Estimate)]


def points(question: Question) -> int:
    """The points of a question: 1 for one formula, 2 for several steps, 3 for a whole network.

    >>> [points(BOOK[number]) for number in ("04.3", "04.6", "04.9")]
    [1, 2, 3]
    """
    if not isinstance(question, Count):  # a ratio, a gradient, a loss
        return 2
    return 3 if len(question.cases) > 1 else 1 + (question.asked in ON_THE_WAY)


def chapters() -> dict[str, list[Question]]:
    """The questions of each chapter that has some, by the name of its file: 04_parameters."""
    files = {path.stem[:2]: path.stem for path in CHAPTERS.glob("[01]*.md")}
    return {
        files[chapter]: list(asked)
        for chapter, asked in groupby(GRADED, key=lambda question: question.id[:2])
    }


def variable(question: Question) -> str:
    """The name under which an answer is given: that of 04.6 is answer_04_6."""
    return f"answer_{question.id.replace('.', '_')}"


def key(question: Question) -> str:
    """The line that gives the right answer."""
    return f"{variable(question)} = {question.answer!r}"


def judge(question: Question) -> str:
    """The line that judges an answer: it gives a reply, which is true where the answer is right."""
    return f'check("{question.id}", {variable(question)})'


def opening(name: str, asked: list[Question]) -> str:
    """What an assignment begins with: its title, and how one answers."""
    title = (CHAPTERS / f"{name}.md").read_text(encoding="utf-8").partition("\n# ")[2]
    return (
        f"# Chapter {int(name[:2])}: {title.partition(chr(10))[0]}\n\n"
        f"{len(asked)} questions, {sum(map(points, asked))} points. "
        "Put each answer in place of the dots, and run the cell below it: "
        "a wrong answer is told which slip leads to it, where one does. "
        "A number with decimals need only agree within 2 %."
    )


def text(question: Question) -> str:
    """The question as a reader sees it."""
    worth = points(question)
    return (
        f"## Question {question.id} ({worth} point{'s' * (worth > 1)})\n\n{question.text}\n\n"
        f"The answer is {question.wanted}. What it is about stands in {place(question)}."
    )


def otter(name: str, asked: list[Question]) -> NotebookNode:
    """An assignment as a notebook from which `otter assign` makes the others."""
    config = f"# ASSIGNMENT CONFIG\nname: {name}\ninit_cell: true\nexport_cell: false"
    cells = [new_raw_cell(f"{config}\ncheck_all_cell: false\ngenerate: {{pdf: false}}")]
    cells += [new_markdown_cell(opening(name, asked)), new_code_cell(START)]
    for question in asked:
        cells += otter_cells(question)
    return finished(cells)


def otter_cells(question: Question) -> Iterator[NotebookNode]:
    """A question between the marks of otter-grader; its test is the output of a cell."""
    named = f"name: q{question.id.replace('.', '_')}\npoints: {points(question)}"
    right = new_output("execute_result", {"text/plain": "Right."}, execution_count=1)
    yield new_raw_cell(f"# BEGIN QUESTION\n{named}")
    yield new_markdown_cell(text(question))
    yield new_raw_cell("# BEGIN SOLUTION")
    yield new_code_cell(f"{key(question)} # SOLUTION")
    yield new_raw_cell("# END SOLUTION")
    yield new_raw_cell("# BEGIN TESTS")
    yield new_code_cell(judge(question), outputs=[right], execution_count=1)
    yield new_raw_cell("# END TESTS")
    yield new_raw_cell("# END QUESTION")


def nbgrader(name: str, asked: list[Question]) -> NotebookNode:
    """An assignment as a notebook that `nbgrader generate_assignment` reads."""
    start = new_code_cell(START, metadata=role("start"))
    cells = [new_markdown_cell(opening(name, asked), metadata=role("opening")), start]
    for question in asked:
        cells += nbgrader_cells(question)
    return finished(cells)


def nbgrader_cells(question: Question) -> Iterator[NotebookNode]:
    """A question with what nbgrader must know in the cells' metadata."""
    own, number = variable(question), question.id.replace(".", "_")
    solved = f"{own} = ...\n### BEGIN SOLUTION\n{key(question)}\n### END SOLUTION"
    judged = f"reply = {judge(question)}\nassert reply, reply\nreply"
    yield new_markdown_cell(text(question), metadata=role(f"text_{number}"))
    yield new_code_cell(solved, metadata=role(own, solution=True, locked=False))
    tested = role(f"test_{number}", grade=True, points=points(question))
    yield new_code_cell(judged, metadata=tested)


def role(name: str, **what) -> dict:
    """What nbgrader must know of a cell; one of which nothing is said can be read alone."""
    fixed = {"grade": False, "solution": False, "task": False, "locked": True}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **fixed, **what}}


def finished(cells: list[NotebookNode]) -> NotebookNode:
    """A notebook of these cells; the same cells give the same bytes."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    language = {"name": "python"}
    return nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "language_info": language}
    )


def write(out: Path) -> None:
    """Write the assignments of both graders into a folder."""
    for name, asked in chapters().items():
        course = out / "nbgrader/source" / name
        course.mkdir(parents=True)
        (out / "otter").mkdir(exist_ok=True)
        nbformat.write(otter(name, asked), out / f"otter/{name}.ipynb")
        nbformat.write(nbgrader(name, asked), course / f"{name}.ipynb")
    (out / "nbgrader/nbgrader_config.py").write_text(COURSE)


def hand_out(out: Path, grader: str, names: list[str]) -> None:
    """Let a grader make what a class is handed. Raises CalledProcessError where it cannot."""
    for name in names:
        if grader == "otter":
            run(out / grader, "otter", "assign", f"{name}.ipynb", f"dist/{name}")
        else:
            run(out / grader, "nbgrader", "generate_assignment", name, "--create")


def run(folder: Path, grader: str, *arguments: str | Path) -> None:
    """Call a grader in a folder; nbgrader itself calls a program that pip put beside it."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [BIN / grader, *arguments], cwd=folder, env={**os.environ, "PATH": path}, check=True,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def installed() -> list[str]:
    """The graders that are there, beside this Python."""
    return [grader for grader in ("otter", "nbgrader") if shutil.which(grader, path=str(BIN))]


def main() -> int:
    """Write all that can be written here; 2 where no grader is there to make the rest."""
    shutil.rmtree(OUT, ignore_errors=True)
    write(OUT)
    where = OUT.relative_to(ROOT)
    if not installed():
        print(WITHOUT.format(where), file=sys.stderr)
        return 2
    total = sum(map(points, GRADED))
    print(f"{len(chapters())} assignments with {len(GRADED)} questions, {total} points:")
    for grader in installed():
        try:
            hand_out(OUT, grader, list(chapters()))
        except subprocess.CalledProcessError as failed:
            print(f"{grader} made no assignment:\n{failed.output}", file=sys.stderr)
            return 1
        made = {"otter": "dist/*/student", "nbgrader": "release"}[grader]
        print(f"{where}/{grader}: keys and tests, and what a class is handed in {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
