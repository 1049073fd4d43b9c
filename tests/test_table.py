import pytest
from lenet.table import Table, escaped, written


def test_a_total_is_set_apart():
    table = Table(("name", "count"), (("a", 1), ("b", 2_000), ("total", 2_001)), has_total=True)
    lines = str(table).splitlines()
    assert lines[-2] == lines[1] and lines[-1].endswith("2,001")
    assert table._repr_html_().startswith('<div class="lenet-table has-total">')
    assert Table(("n",), ((1,),))._repr_html_().startswith('<div class="lenet-table">')
    assert table.to_markdown().splitlines()[1] == "|:-------|--------:|"


def test_html_escapes_what_could_be_markup():
    assert "<b>" not in Table(("name",), (("<b>",),))._repr_html_()


def test_cells_as_written():
    assert [written(x) for x in (1_234, (3, 1_000), None, "x")] == ["1,234", "3×1,000", "", "x"]


def test_a_bar_in_a_name_does_not_end_a_cell_in_markdown():
    lines = Table(("a|b", "n"), (("c|d", 1),)).to_markdown().splitlines()
    assert lines == [r"| a\|b   |   n |", "|:-------|----:|", r"| c\|d   |   1 |"]


def test_latex_has_the_rules_of_booktabs_and_numbers_to_the_right():
    table = Table(("name", "count"), (("conv2d_1 & a", 1), ("total", 2_001)), has_total=True)
    assert [line.split() for line in table.to_latex().splitlines()] == [
        [r"\begin{tabular}{lr}"],
        [r"\toprule"],
        ["name", "&", "count", r"\\"],
        [r"\midrule"],
        [r"conv2d\_1", r"\&", "a", "&", "1", r"\\"],
        ["total", "&", "2,001", r"\\"],
        [r"\bottomrule"],
        [r"\end{tabular}"],
    ]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a_b^c", r"a\_b\textasciicircum{}c"),
        (r"\~", r"\textbackslash{}\textasciitilde{}"),
        ("{100%} $ #1 & <2>", r"\{100\%\} \$ \#1 \& \textless{}2\textgreater{}"),
        ("28×28×6", "28×28×6"),
    ],
)
def test_every_letter_of_a_name_is_set_by_latex_as_it_is(text, latex):
    assert escaped(text) == latex


def test_columns_are_as_wide_as_the_widest_cell_and_words_stand_to_the_left():
    table = Table(("name", "output", "n"), (("a", (28, 28, 6), None), ("long name", None, 0.5)))
    assert repr(table).splitlines() == [
        "name         output     n",
        "---------  --------  ----",
        "a           28×28×6",
        "long name            0.50",
    ]
    assert '<td style="text-align: right;"> 28×28×6</td>' in table._repr_html_()


def test_a_table_without_rows_is_its_header():
    assert repr(Table(("a", "b"), ())) == "a    b\n---  ---"
