"""Formulas as MathML: all of the book's, and that nothing of them is lost."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from known_layers import KNOWN
from lenet import LENET5_1998, LENET5_MODERN, POST_CODE, Network, derive
from small_book import PICTURE, TOOLS, build, notebook

sys.path.append(str(TOOLS))
import maths

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
IN_TEXT = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+)\$", re.DOTALL)


def formulas() -> list[str]:
    """All LaTeX of the chapters' text and of their outputs."""
    found = []
    for chapter in CHAPTERS:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", chapter.read_text(), flags=re.DOTALL)
        found += [one or other for one, other in IN_TEXT.findall(text)]
        reference = ROOT / f"tests/notebooks/{chapter.stem}.ipynb"
        for cell in nbformat.read(reference, 4).cells:
            outputs = [output.get("data", {}) for output in cell.outputs]
            found += [data["text/latex"].strip("$\n") for data in outputs if "text/latex" in data]
    return sorted(set(found))


FORMULAS = formulas()
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
         "munderover": 3}  # fmt: skip
NETWORKS = [  # of one layer, of each kind
    Network(shape, layer, reads=[(-1, -1)] if layer.merges else None)
    for layer, shape, *_ in KNOWN
    if not isinstance(shape[0], tuple)
]
NO_VALUE = r"\\begin\{aligned\}|\\end\{aligned\}|\\\\\[6pt\]|\\(?!text|mathrm)[a-zA-Z]+"


def tokens(tex: str) -> str:
    """Digits and letters of a formula in their order; ReLU is no command."""
    return re.sub(r"[^0-9a-zA-Z]", "", re.sub(NO_VALUE, " ", tex.replace("\\text", "").replace(
        "\\mathrm", "")))  # fmt: skip


def shown(tex: str) -> BeautifulSoup:
    return BeautifulSoup(maths.html_of(tex, display=True), "html.parser")


def test_the_book_has_formulas_of_all_kinds():
    together = " ".join(FORMULAS)
    assert len(FORMULAS) > 100
    for command in ("begin{aligned}", "frac", "lfloor", "left", "sqrt", "sum", "mathbf", "text"):
        assert "\\" + command in together


@pytest.mark.parametrize("tex", FORMULAS)
def test_digits_and_letters_of_a_formula_are_all_there_in_their_order(tex):
    html = shown(tex)
    text = html.get_text()
    assert not re.search(r"[\\&{}$]|6pt", text)
    for name in ("log", "tanh", "max", "mod", "percent"):
        text = text.replace(name, "")
    assert re.sub(r"[^0-9a-zA-Z]", "", text) == tokens(tex)
    assert all(part["alttext"].strip() for part in html.select("math"))


@pytest.mark.parametrize("network", [LENET5_1998, LENET5_MODERN, POST_CODE], ids=lambda n: n.name)
def test_each_line_of_a_derivation_is_an_item_of_a_list(network):
    for layer in derive(network):
        tex = layer._repr_latex_().strip("$\n")
        items = shown(tex).select("ul.formulas > li")
        assert len(items) == tex.count(r"\\") + 1
        further = [item.get("class") == ["further"] for item in items]
        assert not further[0] and (any(further) or "0" in items[0].get_text())


def test_a_number_with_thousands_is_one_token_and_bold_stays():
    number = shown(r"\mathbf{1{,}234{,}567} = 61{,}706").select("mn")
    assert [n.get_text() for n in number] == ["1,234,567", "61,706"]
    assert number[0]["class"] == ["strong"]


@pytest.mark.parametrize(
    ("tex", "cut"),
    [
        ("a = b = c", ["a", "= b", "= c"]),
        (r"\frac{a = b}{c} \approx (d = e)", [r"\frac{a = b}{c}", r"\approx (d = e)"]),
        ("= 5", ["= 5"]),
        ("N - K", ["N - K"]),
    ],
)
def test_a_formula_is_cut_before_relation_signs_outside_of_brackets(tex, cut):
    assert maths.parts(tex) == cut


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\left\lfloor\frac{N}{S}\right\rfloor + 1", "floor of N over S end floor plus 1"),
        (r"\sqrt{F}", "root of F"),
        ("(x - w)^2", "( x minus w ) to the power 2"),
        (r"K_h \cdot 61{,}706", "K sub h times 61,706"),
    ],
)  # fmt: skip
def test_a_formula_says_in_words_what_it_is(tex, words):
    assert shown(tex).math["alttext"] == words


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.layers[0].kind)
def test_a_derivation_of_any_layer_can_be_set(network):
    derivation = derive(network)
    page = shown(derivation._repr_latex_().strip("$\n"))
    assert not re.search(r"[\\&{}]|6pt", page.get_text())
    (layer,) = derivation
    assert page.select_one("mtext.strong").get_text() == layer.row.name


def test_lines_after_a_gap_stand_apart():
    page = shown(r"\begin{aligned} & a \\ & \quad = 1 \\[6pt] & b \\ & \quad = 2 \end{aligned}")
    kinds = [" ".join(item.get("class", [])) for item in page.select("li")]
    assert kinds == ["", "further", "apart", "further"] and page.ul["role"] == "list"


def test_a_minus_belongs_to_its_number_after_a_sign_and_stands_between_two_otherwise():
    minus = shown(r"2 \cdot (-4) - 1 = -16").find_all("mo", string="−")
    assert [sign.get("form") for sign in minus] == ["prefix", None, "prefix"]


def test_outputs_in_markdown_and_captions_and_the_glossary_have_formulas(tmp_path):
    page = notebook("# X\n\n```{glossary}\nfield\n  As long as $r_1$.\n```",
                    "```{eval-rst}\n.. py:function:: area(side)\n\n   :math:`s^2`\n```",
                    ({"caption": "Of $K_h$", "label": "fig-x"}, PICTURE))  # fmt: skip
    out = nbformat.v4.new_output("display_data", {"text/markdown": "It is $m_1$."})
    page.cells.append(nbformat.v4.new_code_cell("show()", outputs=[out]))
    pages, warned = build(tmp_path, {"04_x": page}, "cells")
    assert not warned and "mathjax" not in str(pages["04_x"]).lower()
    for place, text in [("dl.glossary", "r1"), ("dl.py", "s2"), ("figcaption", "Kh"),
                        (".cell_output p", "m1")]:  # fmt: skip
        assert [math.get_text() for math in pages["04_x"].select(f"{place} math")] == [text]


@pytest.mark.parametrize("tex", [
    r"\nosuch{3}", r"a & b", r"\frac{1}", "x^", "{", r"a \\[6pt] b", r"a \oplus b",
    r"\begin{cases} a \end{cases}",
])  # fmt: skip
def test_what_is_not_known_fails_the_build_with_page_and_formula(tmp_path, tex):
    _, warned = build(tmp_path, {"bad": f"# Bad\n\nSee ${tex}$ here."})
    assert "bad.md" in warned and tex in warned


def test_pages_have_formulas_and_no_tex():
    page = (ROOT / "_build/html/chapters/03_output_shapes.html").read_text()
    html = BeautifulSoup(page, "html.parser")
    assert len(html.select("article math")) > 30
    assert not re.search(r"\\\(|\\\[|\\frac", html.article.get_text())


@pytest.mark.parametrize("path", sorted((ROOT / "_build/html/chapters").glob("*.html")))
def test_each_element_of_a_formula_has_as_many_parts_as_it_must(path):
    html = BeautifulSoup(path.read_text(), "html.parser")
    for element in html.find_all(PARTS):
        assert len(element.find_all(recursive=False)) == PARTS[element.name], element
