r"""Reads formulas, in plain text or in LaTeX, and says what they come to.

The tests' own reader: nothing of `lenet.steps` is asked. Both ways of writing become the
same words first: `\left\lfloor N \right\rfloor` and `floor(N)` are floor, (, N, ).
"""

import math
import re
from collections.abc import Mapping
from fractions import Fraction

WORDS = re.compile(
    r"\\left\\l(?:floor|ceil)|\\right\\r(?:floor|ceil)|\\text\{\w+\}|\\[a-z]+|,\\ |"
    r"[A-Za-z]_(?:\{\w+\}|\w)|[A-Za-z]\w*|\d+(?:\{,\}\d{3})*|[-+·/%(),{}]|\s+|(?P<strange>.)"
)
MEANS = {
    r"\left\lfloor": ["floor", "("], r"\right\rfloor": [")"], r"\left\lceil": ["ceil", "("],
    r"\right\rceil": [")"], r"\cdot": ["*"], "·": ["*"], r"\bmod": ["%"], r"\max": ["max"],
    r"\min": ["min"], r"\frac": ["frac"], ",\\ ": [","],
}  # fmt: skip
FUNCTIONS = {"floor": math.floor, "ceil": math.ceil, "max": max, "min": min}
BINARY = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "/": lambda a, b: a / b, "%": lambda a, b: a % b,
}  # fmt: skip


def words(formula: str) -> list[str]:
    r"""The formula's words, the same for text and LaTeX; K_h and \text{weights} are letters too."""
    found = []
    for match in WORDS.finditer(formula):
        assert match["strange"] is None, f"{match[0]!r} in {formula!r}"
        word = match[0]
        if word.strip():
            found += MEANS.get(word) or [_letter(word)]
    return found


def _letter(word: str) -> str:
    if word.startswith(r"\text{"):
        return word[6:-1]
    return re.sub(r"_\{?(\w+)\}?", r"\1", word).replace("{,}", "")


def letters(formula: str) -> set[str]:
    """What stands for a number in it."""
    return {word for word in words(formula) if is_letter(word)}


def is_letter(word: str) -> bool:
    return word[0].isalpha() and word not in (*FUNCTIONS, "frac")


def worth(formula: str, numbers: Mapping[str, Fraction | int] = {}) -> Fraction:
    """What the formula comes to, with these numbers for its letters."""
    reader = Reader(words(formula), numbers)
    value = reader.sum()
    assert not reader.words, f"{reader.words} is left of {formula!r}"
    return value


def numbers_of(formula: str, with_numbers: str) -> dict[str, Fraction]:
    """The number of each letter, from the same formula written with letters and with numbers."""
    left, found = words(with_numbers), {}
    for word in words(formula):
        sign = -1 if is_letter(word) and left[0] == "-" else 1
        left = left[1:] if sign < 0 else left
        if is_letter(word):
            number = sign * Fraction(left[0])
            assert found.setdefault(word, number) == number, f"two numbers for {word}"
        else:
            assert word == left[0], f"{formula!r} is not {with_numbers!r}"
        left = left[1:]
    assert not left, f"{formula!r} is not {with_numbers!r}"
    return found


class Reader:
    """Reads words from the front."""

    def __init__(self, words: list[str], numbers: Mapping):
        self.words, self.numbers = words, numbers

    def next(self, *expected: str) -> str:
        word, *self.words = self.words
        assert not expected or word in expected, f"{word!r} stands where {expected} should"
        return word

    def sum(self) -> Fraction:
        return self.chain(self.product, "+", "-")

    def product(self) -> Fraction:
        return self.chain(self.single, "*", "/", "%")

    def chain(self, read, *signs: str) -> Fraction:
        value = read()
        while self.words and self.words[0] in signs:
            value = BINARY[self.next()](value, read())
        return value

    def single(self) -> Fraction:
        word = self.next()
        if word == "-":
            return -self.single()
        if word == "(":
            return self.until(self.sum(), ")")
        if word == "frac":
            above, below = self.braced(), self.braced()
            return above / below
        if word in FUNCTIONS:
            return Fraction(FUNCTIONS[word](*self.arguments()))
        return Fraction(self.numbers[word] if is_letter(word) else word)

    def arguments(self) -> list[Fraction]:
        self.next("(")
        found = [self.sum()]
        while self.next(",", ")") == ",":
            found.append(self.sum())
        return found

    def braced(self) -> Fraction:
        self.next("{")
        return self.until(self.sum(), "}")

    def until(self, value: Fraction, end: str) -> Fraction:
        self.next(end)
        return value
