"""One source gives text, LaTeX and value: held to a reader of its own on any formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lenet.steps import formula
from reading import letters, worth

LETTERS = {"N": 7, "S": 2, "Kh": 3, "C12": 5, "weights": 40}


def bigger(parts):
    """A formula of two or three smaller ones, as it is written in `lenet.steps`."""
    two = st.tuples(parts, st.sampled_from("+-*/%"), parts).map(" ".join)
    pair = st.tuples(parts, parts).map(", ".join)
    calls = st.tuples(st.sampled_from(["max", "min"]), pair).map("{0[0]}({0[1]})".format)
    rounded = st.tuples(st.sampled_from(["floor", "ceil"]), parts).map("{0[0]}({0[1]})".format)
    return two | two.map("({})".format) | calls | rounded


sources = st.recursive(st.sampled_from([*LETTERS, "1", "2"]), bigger, max_leaves=6)


@given(sources)
def test_text_latex_and_value_agree(source):
    rounded = f"floor({source})"
    try:
        value = formula.value(rounded, LETTERS)
    except ZeroDivisionError:
        return
    assert worth(formula.text(rounded), LETTERS) == worth(formula.latex(rounded), LETTERS) == value
    assert worth(formula.text(rounded, LETTERS)) == worth(formula.latex(rounded, LETTERS)) == value
    assert letters(formula.text(rounded)) == letters(formula.latex(rounded))


@pytest.mark.parametrize(
    ("source", "text", "latex"),
    [
        ("floor((N - K) / S) + 1", "floor((N - K) / S) + 1",
         r"\left\lfloor \frac{N - K}{S} \right\rfloor + 1"),
        ("ceil(N / S)", "ceil(N / S)", r"\left\lceil \frac{N}{S} \right\rceil"),
        ("max((O - 1)*S + K - N, 0)", "max((O - 1)·S + K - N, 0)",
         r"\max((O - 1) \cdot S + K - N,\ 0)"),
        ("N + P - (O - 1)*S - K", "N + P - (O - 1)·S - K", r"N + P - (O - 1) \cdot S - K"),
        ("(N / S)*K", "(N / S)·K", r"\frac{N}{S} \cdot K"),
        ("K*(N / S)", "K·(N / S)", r"K \cdot \frac{N}{S}"),
        ("Kh*(C / G)*F", "Kh·(C / G)·F", r"K_h \cdot \frac{C}{G} \cdot F"),
        ("(N - 1)*S + K % 2", "(N - 1)·S + K % 2", r"(N - 1) \cdot S + K \bmod 2"),
        ("A - (B - C)", "A - (B - C)", "A - (B - C)"), ("(A - B) - C", "A - B - C", "A - B - C"),
        ("H*W / (A*B)", "H·W / (A·B)", r"\frac{H \cdot W}{A \cdot B}"),
        ("A*(B % C)", "A·(B % C)", r"A \cdot (B \bmod C)"),
        ("A*B % C", "(A·B) % C", r"(A \cdot B) \bmod C"),
        ("max(e1, e2) - min(s1, s2)", "max(e1, e2) - min(s1, s2)",
         r"\max(e_1,\ e_2) - \min(s_1,\ s_2)"),
        ("depthwise + pointwise", "depthwise + pointwise",
         r"\text{depthwise} + \text{pointwise}"),
    ],
)  # fmt: skip
def test_known_formulas(source, text, latex):
    assert formula.text(source) == text
    assert formula.latex(source) == latex


@pytest.mark.parametrize(
    ("name", "latex"),
    [("N", "N"), ("Kh", "K_h"), ("N1", "N_1"), ("C12", "C_{12}"), ("MACs", r"\text{MACs}")],
)
def test_letters_as_latex(name, latex):
    assert formula.latex_letter(name) == latex


def test_numbers_stand_in_the_place_of_letters():
    numbers = {"e": 3, "s": -2}
    assert formula.text("max(e, s) - 1", numbers) == "max(3, -2) - 1"
    assert formula.latex("e*2", numbers) == r"3 \cdot 2"


def test_what_is_no_whole_number_is_no_result():
    with pytest.raises(ValueError, match=r"^N / S with {'N': 7, 'S': 2} is 7/2, no whole number$"):
        formula.value("N / S", {"N": 7, "S": 2})
    with pytest.raises(KeyError, match="K"):
        formula.value("N - K", {"N": 7})
