"""What is said of a slip, letter by letter."""

import pytest
from lenet import parse
from lenet.slips import NotationError, code, shortened, visible


@pytest.mark.parametrize(
    ("text", "start", "length", "says"),
    [
        ("32x32x1: conw 6", 9, 4, "no\n  32x32x1: conw 6\n           ^^^^"),
        ("conv", 0, 0, "no\n  conv\n  ^"),
        ("conv", 5, 0, "no\n  conv\n       ^"),  # behind the end, where more is expected
        ("a\tb", 2, 1, "no\n  a\\u0009b\n         ^"),
        ("a\tb", 1, 1, "no\n  a\\u0009b\n   ^^^^^^"),
        ("x" * 100, 99, 1, f"no\n  {'x' * 100}\n  {' ' * 99}^"),
        ("x" * 101, 0, 2, f"no\n  {'x' * 50}...\n  ^^"),
        ("x" * 101, 60, 2, f"no\n  ...{'x' * 91}\n  {' ' * 53}^^"),
        ("x" * 200, 60, 999, f"no\n  ...{'x' * 100}...\n  {' ' * 53}{'^' * 50}"),
        ("x" * 200, 50, 1, f"no\n  {'x' * 100}...\n  {' ' * 50}^"),
        ("x" * 200, 51, 1, f"no\n  ...{'x' * 100}...\n  {' ' * 53}^"),
        ("x" * 200, 150, 1, f"no\n  ...{'x' * 100}\n  {' ' * 53}^"),
    ],
)
def test_the_mark_is_under_the_place(text, start, length, says):
    slip = NotationError(text, start, length, "no")
    assert str(slip) == says
    assert slip.start == start and isinstance(slip, ValueError)


def test_a_problem_is_shown_not_obeyed():
    assert str(NotationError("", 0, 0, "a\x1bb")) == "a\\u001bb\n  \n  ^"


@pytest.mark.parametrize(
    ("letter", "written"),
    [("\x1b", "\\u001b"), ("\uffff", "\\uffff"), ("\U000e0001", "\\U000e0001")],
)
def test_a_character_by_its_number(letter, written):
    assert code(letter) == written
    assert visible(f"5×5{letter}é") == f"5×5{written}é"
    assert visible("5×5 é") == "5×5 é" and code("\U00010000") == "\\U00010000"


def test_a_long_word_is_cut():
    assert shortened("w" * 100) == "w" * 100
    assert shortened("w" * 1_001) == f"{'w' * 30}... (1,001 characters)"


def test_a_slip_is_told_where_it_is_read():
    with pytest.raises(NotationError) as caught:
        parse("32x32x1: conv 6 5, tanh 3")
    assert caught.value.start == 19
