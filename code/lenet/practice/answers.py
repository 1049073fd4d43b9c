"""Reading an answer as people write it: 61706, "61,706", (28, 28, 6), "28×28×6"."""

import operator
import re
from enum import StrEnum

from lenet.practice.quantities import Value

SPACES = " \u00a0\u2009\u202f"  # an ordinary, a no-break, a thin and a narrow no-break space
GROUPED = re.compile(rf"[0-9]{{1,3}}(?:([,_'{SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?|\.[0-9]+")
LONGEST = 60  # characters of an answer


class Wanted(StrEnum):
    """The type of an answer, as it is told to who gave another."""

    WHOLE = "a whole number, such as 1234 or 1,234"
    NUMBER = "a number, with a point before the decimals, such as 12.5"
    SHAPE = "a shape, such as (height, width, channels) or height×width×channels"
    FEATURES = "a number of features, such as 1234 or (1234,)"


class Unreadable(ValueError):
    """An answer that is not of the type that is wanted."""


def wanted(answer: Value) -> Wanted:
    """The type that an answer must have to be compared with the right one."""
    if isinstance(answer, tuple):
        return Wanted.SHAPE if len(answer) > 1 else Wanted.FEATURES
    return Wanted.WHOLE if isinstance(answer, int) else Wanted.NUMBER


def read(given, kind: Wanted) -> Value:
    """The answer as a number or a tuple. Raises Unreadable where it is of another type.

    >>> read("61,706", Wanted.WHOLE), read("6.1706e4", Wanted.WHOLE)
    (61706, 61706)
    >>> read("28 x 28 x 6", Wanted.SHAPE)
    (28, 28, 6)
    """
    if hasattr(given, "tolist"):  # of NumPy, which is not loaded for this
        given = given.tolist()
    value = _from_text(given, kind) if isinstance(given, str) else _from_value(given)
    if value is None:
        raise Unreadable(f"The answer is {kind}.")
    return _fitted(value, kind)


def _fitted(value: Value, kind: Wanted) -> Value:
    """The value in the type that is wanted, where it is one."""
    if kind in (Wanted.SHAPE, Wanted.FEATURES):
        if kind is Wanted.FEATURES and isinstance(value, int):
            return (value,)
        if isinstance(value, tuple):
            return value
        raise Unreadable(f"That is one number. The answer is {kind}.")
    if isinstance(value, tuple):
        raise Unreadable(f"That is a shape. The answer is {kind}.")
    if kind is Wanted.WHOLE and not isinstance(value, int):
        raise Unreadable(f"That has decimals. The answer is {kind}.")
    return value


def _from_value(given) -> Value | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, tuple | list):
        sides = tuple(None if side is None else _from_value(side) for side in given)
        proper = all(side is None or isinstance(side, int) for side in sides)
        return sides if sides and proper and sides[-1] is not None else None
    if isinstance(given, float):
        return _number(repr(given)) if abs(given) < 1e18 else None
    try:
        return operator.index(given)
    except TypeError:
        return None


def _from_text(text: str, kind: Wanted) -> Value | None:
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    number = _number(text)
    if number is None or (kind is Wanted.SHAPE and GROUPED.fullmatch(text)):
        sides = _sides(text)
        if sides and number is not None:
            raise Unreadable(
                "That may be one number or several. Put brackets around a shape, or × between."
            )
        return number if sides is None else sides
    return number


def _number(text: str) -> int | float | None:
    """The number that a text is; a whole one is an int, however it is written."""
    sign, digits = (-1, text[1:].lstrip()) if text[:1] in ("-", "−") else (1, text)
    if GROUPED.fullmatch(digits):
        return sign * int(re.sub(r"\D", "", digits))
    if re.fullmatch("[0-9]+", digits):
        return sign * int(digits)
    if not PLAIN.fullmatch(digits):
        return None
    value = float(digits)
    return sign * (int(value) if value.is_integer() and value < 1e18 else value)


def _sides(text: str) -> tuple[int | None, ...] | None:
    """The numbers of a shape: between × or x with or without commas in them, or between commas."""
    bare = re.sub(r"^[(\[]\s*|\s*,?\s*[)\]]$", "", text)
    parts = [part.strip() for part in re.split(r"[×xX*]", bare)]
    if len(parts) == 1:
        parts = [part.strip() for part in re.split(r"[,;]|\s+", re.sub(r"\s*,\s*", ",", bare))]
    sides = tuple(None if part.lower() in ("none", "batch") else _number(part) for part in parts)
    good = all(
        part.lower() in ("none", "batch") or isinstance(side, int)
        for part, side in zip(parts, sides, strict=True)
    )
    bracketed = bare != text
    return sides if good and sides[-1] is not None and (len(sides) > 1 or bracketed) else None


def same(one: Value, other: Value) -> bool:
    """Whether two answers are equal; numbers with decimals need only agree within 2 %."""
    if isinstance(one, float) or isinstance(other, float):
        if isinstance(one, tuple) or isinstance(other, tuple):
            return False
        return abs(one - other) <= 0.02 * min(abs(one), abs(other))
    return one == other
