"""The reader that derivations are held to is itself held to known formulas."""

from fractions import Fraction

import pytest
from reading import letters, numbers_of, words, worth


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("floor((32 - 5) / 2) + 1", 14), ("ceil(7 / 2)", 4), ("9 - 2 - 3", 4), ("2 + 3·4", 14),
        ("max(3, 7, 5) - min(-2, 0)", 9), ("3·(4 / 2)·6", 36), ("14·2 + 3 % 2 + 1", 30),
        (r"\left\lfloor \frac{32 - 5}{2} \right\rfloor + 1", 14),
        (r"\left\lceil \frac{7}{2} \right\rceil", 4), (r"3 \cdot \frac{4}{2} \cdot 6", 36),
        (r"\max(3,\ 7) - \min(-2,\ 0)", 9), (r"2{,}400 + 1", 2401), (r"5 \bmod 3 + 1", 3),
        ("1 / 2", Fraction(1, 2)), (r"\frac{\frac{1}{2}}{3}", Fraction(1, 6)),
    ],
)  # fmt: skip
def test_known_formulas(formula, value):
    assert worth(formula) == value


def test_letters_are_the_same_in_text_and_latex():
    assert letters("Kh·weights + C12") == letters(r"K_h \cdot \text{weights} + C_{12}")
    assert letters("floor(N / S)") == {"N", "S"}
    assert worth(r"K_h \cdot \text{weights}", {"Kh": 2, "weights": 3}) == 6


def test_each_letter_has_its_number():
    assert numbers_of("max(e1, e2) - min(s1, s2)", "max(3, 1) - min(-2, 0)") == {
        "e1": 3, "e2": 1, "s1": -2, "s2": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "numbers"),
    [("N + N", "1 + 2"), ("N + S", "1 - 2"), ("N", "1 + 1"), ("floor(N)", "ceil(1)")],
)
def test_a_formula_that_is_not_the_same_is_found(formula, numbers):
    with pytest.raises(AssertionError):
        numbers_of(formula, numbers)


@pytest.mark.parametrize("formula", ["2 ^ 3", "(2 + 3", "2 3", r"\max(2"])
def test_what_is_no_formula_is_not_read(formula):
    with pytest.raises((AssertionError, ValueError)):
        worth(formula)


def test_words():
    assert words(r"\left\lceil \frac{N}{2} \right\rceil") == [
        "ceil", "(", "frac", "{", "N", "}", "{", "2", "}", ")",
    ]  # fmt: skip
