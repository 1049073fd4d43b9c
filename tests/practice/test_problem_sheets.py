"""Sheets and keys as they are written: Markdown, HTML and notebooks."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from lenet.practice.problems import LEVELS, TOPICS, Sheet
from lenet.practice.sheets import FORMATS, files, roster, slips_table, slug, work
from lenet.table import written

SHEETS = [Sheet(tuple(TOPICS), level, 8, 7) for level in LEVELS]
NAMED = Sheet(("shapes",), 1, 2, 7, "A <b>*Ada*</b>")


def text_of(ending: str, sheet: Sheet, is_key: bool) -> str:
    return FORMATS[ending][is_key](sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"level {sheet.level}")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_sheet_has_every_problem_and_no_answer(ending, sheet):
    text = text_of(ending, sheet, False)
    plain = BeautifulSoup(text, "html.parser").get_text() if ending == ".html" else text
    for problem in sheet.problems:
        assert problem.text in plain
    bare = plain
    for problem in sheet.problems:
        bare = bare.replace(problem.text, "")
    for problem in sheet.problems:
        if isinstance(problem.answer, tuple) or problem.answer > 200:
            assert written(problem.answer) not in bare and str(problem.answer) not in bare


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"level {sheet.level}")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_key_has_answers_work_and_slips(ending, sheet):
    text = text_of(ending, sheet, True)
    plain = BeautifulSoup(text, "html.parser").get_text() if ending == ".html" else text
    for problem in sheet.problems:
        assert f"{problem.id}. {written(problem.answer)}" in plain
        for line in work(problem):
            said = line if ending == ".html" else line.replace("*", r"\*")
            assert said in plain
        for _, slip in slips_table(problem).rows:
            assert slip in plain


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"level {sheet.level}")
def test_the_work_ends_in_the_answer(sheet):
    for problem in sheet.problems:
        lines = work(problem)
        results = [re.split(r" = |: ", line)[-1] for line in lines]
        parts = problem.answer if isinstance(problem.answer, tuple) else (problem.answer,)
        assert {f"{part:,}" for part in parts} <= set(results), lines
        if problem.layer is None:
            assert lines[-1] == f"together: {problem.answer:,}"


def test_every_wrong_answer_stands_in_the_table_once():
    for problem in SHEETS[2].problems:
        told = [value for cell, _ in slips_table(problem).rows for value in cell.split("; ")]
        assert len(told) == len(set(told)) == len(problem.wrong)


@pytest.mark.parametrize("is_key", [False, True])
@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_sheet_gives_the_same_bytes_and_says_how_it_was_made(ending, is_key):
    made = [text_of(ending, Sheet(("work",), 2, 5, 3), is_key) for _ in range(2)]
    assert made[0] == made[1] and "\r" not in made[0]
    if ending != ".ipynb":
        assert "--topic work --level 2 --count 5 --seed 3" in made[0]


def test_a_notebook_is_valid_and_its_cells_check_answers():
    for is_key in (False, True):
        book = nbformat.reads(text_of(".ipynb", SHEETS[0], is_key), 4)
        nbformat.validate(book)
    cells = nbformat.reads(text_of(".ipynb", SHEETS[0], False), 4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    room = {}
    exec(code[0], room)
    assert room["sheet"] == SHEETS[0] and len(code) == 9
    assert repr(eval(code[1], room)).startswith("The answer is")
    right = SHEETS[0].problems[0].answer
    assert eval(code[1].replace("...", repr(right)), room)


def test_a_page_stands_alone_and_a_name_is_no_markup():
    page = text_of(".html", NAMED, False)
    soup = BeautifulSoup(page, "html.parser")
    assert soup.html["lang"] == "en" and "break-inside:avoid" in page
    assert not soup.find_all(["script", "link", "img", "b"]) and "http" not in page
    assert soup.h1.get_text() == "Problems: shapes for A <b>*Ada*</b>"
    assert r"A \<b\>\*Ada\*\</b\>" in text_of(".md", NAMED, False)


def test_problems_from_10_on_keep_their_line_for_the_answer():
    text = text_of(".md", Sheet(("shapes",), 1, 10, 7), False)
    assert "\n9. The input" in text and "\n\n   Answer: " in text
    assert re.search(r"\n10\. The input[^\n]*\n\n    Answer: ", text)


def test_a_file_for_each_name_and_each_key(tmp_path):
    sheets = [Sheet(("shapes",), 1, 2, 7, name) for name in ("Ada", "Émile Borel")]
    made = dict(files(sheets, str(tmp_path / "sheet.md"), str(tmp_path / "key.ipynb")))
    names = ["sheet-ada.md", "sheet-émile-borel.md", "key-ada.ipynb", "key-émile-borel.ipynb"]
    assert [path.name for path in made] == names
    with pytest.raises(ValueError, match=r"--out and --key are both 'a\.md'"):
        list(files(sheets, "a.md", "a.md"))


def test_a_roster_is_names_of_different_files():
    assert roster("Ada\n\n  Émile B. \n") == ["Ada", "Émile B."]
    assert slug("../../etc/passwd") == "etc-passwd" and slug("Ann Lee") == "ann-lee"
    for text, says in (
        ("\n \n", "the roster has no names; it needs one a line"),
        ("Ann Lee\nann-lee\n", "'Ann Lee' and 'ann-lee' would have the same file"),
        ("...\n", "the roster's '...' has no letter for the name of a file"),
    ):
        with pytest.raises(ValueError, match=re.escape(says)):
            roster(text)
