"""Answers as people write them: what is read, and what is told of the wrong type."""

import numpy as np
import pytest
from lenet.practice.answers import Unreadable, Wanted, read, same, wanted

FEATURES, NUMBER, SHAPE, WHOLE = Wanted.FEATURES, Wanted.NUMBER, Wanted.SHAPE, Wanted.WHOLE


@pytest.mark.parametrize(
    "given",
    [
        61706, 61706.0, np.int64(61706), np.float64(61706), np.array(61706), "61706", " 61706 ",
        "61,706", "61 706", "61\u00a0706", "61\u2009706", "61\u202f706", "61'706", "61_706",
        "6.1706e4", "6.1706E+4", "61706.0",
    ],
)  # fmt: skip
def test_a_whole_number_in_any_spelling(given):
    assert read(given, WHOLE) == 61706
    assert isinstance(read(given, WHOLE), int)


@pytest.mark.parametrize(
    "given",
    [
        (28, 28, 6), [28, 28, 6], np.array([28, 28, 6]), (np.int64(28), 28.0, 6), "(28, 28, 6)",
        "[28,28,6]", "28×28×6", "28x28x6", "28 X 28 x 6", "28, 28, 6", "28,28,6", "28 28 6",
        "28;28;6", "28*28*6", "( 28 , 28 , 6 ,)",
    ],
)  # fmt: skip
def test_a_shape_in_any_spelling(given):
    assert read(given, SHAPE) == (28, 28, 6)


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("1,000×2×3", SHAPE, (1000, 2, 3)),
        ("(1, 470)", SHAPE, (1, 470)),
        ("(None, 28, 28, 6)", SHAPE, (None, 28, 28, 6)),
        ((None, 28, 28, 6), SHAPE, (None, 28, 28, 6)),
        ("batch x 28 x 28 x 6", SHAPE, (None, 28, 28, 6)),
        (400, FEATURES, (400,)),
        ("1,400", FEATURES, (1400,)),
        ("(400,)", FEATURES, (400,)),
        ((5, 5, 16), FEATURES, (5, 5, 16)),
        ("-16", WHOLE, -16),
        ("−16", WHOLE, -16),
        ("8.5", NUMBER, 8.5),
        (".5", NUMBER, 0.5),
        ("7.1e-5", NUMBER, 7.1e-5),
        ("14,040", NUMBER, 14040),
        (-2.5, NUMBER, -2.5),
    ],
)
def test_other_numbers_and_shapes(given, kind, value):
    assert read(given, kind) == value


NEITHER = ["", "many", None, True, object(), "1" * 99]


@pytest.mark.parametrize(
    ("given", "kind"),
    [(given, kind) for given in NEITHER for kind in Wanted]
    + [(given, kind) for given in ("6 1706", "61,70") for kind in (WHOLE, NUMBER)],
)
def test_what_is_neither_is_told_what_is_wanted(given, kind):
    with pytest.raises(Unreadable, match=r"The answer is|That is a shape"):
        read(given, kind)


@pytest.mark.parametrize(
    ("given", "kind", "says"),
    [
        ((28, 28, 6), WHOLE, "That is a shape. The answer is a whole number"),
        ("28×28×6", NUMBER, "That is a shape. The answer is a number"),
        (4704, SHAPE, "That is one number. The answer is a shape"),
        (61706.5, WHOLE, "That has decimals. The answer is a whole number"),
        ("61.706", WHOLE, "That has decimals. The answer is a whole number"),
        ("1,470", SHAPE, "That may be one number or several"),
        ("8,5", NUMBER, "That is a shape. The answer is a number, with a point before"),
        (float("nan"), WHOLE, "The answer is a whole number"),
        (float("inf"), NUMBER, "The answer is a number"),
        ((28.5, 3), SHAPE, "The answer is a shape"),
        ((), SHAPE, "The answer is a shape"),
    ],
)
def test_a_wrong_type_is_told_which_is_wanted(given, kind, says):
    with pytest.raises(Unreadable) as told:
        read(given, kind)
    assert str(told.value).startswith(says)


@pytest.mark.parametrize("kind", Wanted)
@pytest.mark.parametrize("text", ["1," * 5000, "9" * 10_000, " x" * 5000, "1e99", "(" * 60])
def test_a_long_or_broken_text_is_no_answer(text, kind):
    if text == "1e99" and kind is NUMBER:
        assert read(text, kind) == 1e99
    else:
        with pytest.raises(Unreadable):
            read(text, kind)


def test_the_type_of_an_answer():
    assert [wanted(a) for a in (6, 2.5, (28, 28, 6), (400,))] == [WHOLE, NUMBER, SHAPE, FEATURES]


def test_decimals_may_be_rounded_and_whole_numbers_may_not():
    assert same(8.5, 8.4706) and same(2.3, 2.302585) and same(-2.3, -2.302585)
    assert not same(8, 8.4706) and not same(-8.47, 8.47)
    assert not same(61705, 61706) and same(61706, 61706)
    assert same((28, 28, 6), (28, 28, 6)) and not same((28, 28, 6), 4704.0)
    assert same(0, 0) and not same(0, 0.5)
