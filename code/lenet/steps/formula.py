"""A formula, written once: its text, its LaTeX, and what it comes to, all from one source.

The source is an expression such as "floor((N - K) / S) + 1", with + - * / % and the
functions floor, ceil, max and min.
"""

import ast
import math
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

Numbers = Mapping[str, int]

TEXT = {ast.Add: "{} + {}", ast.Sub: "{} - {}", ast.Mult: "{}·{}", ast.Div: "{} / {}",
        ast.Mod: "{} % {}"}  # fmt: skip
LATEX = {ast.Add: "{} + {}", ast.Sub: "{} - {}", ast.Mult: r"{} \cdot {}",
         ast.Div: r"\frac{{{}}}{{{}}}", ast.Mod: r"{} \bmod {}"}  # fmt: skip
LATEX_CALLS = {
    "floor": r"\left\lfloor {} \right\rfloor", "ceil": r"\left\lceil {} \right\rceil",
    "max": r"\max({})", "min": r"\min({})",
}  # fmt: skip
LOOSE = (ast.Add, ast.Sub)  # bind less than all others
COMPUTED = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: Fraction, ast.Mod: lambda a, b: a % b,
    "floor": math.floor, "ceil": math.ceil, "max": max, "min": min,
}  # fmt: skip


def value(source: str, numbers: Numbers) -> int:
    """What the formula comes to with these numbers for its letters, exactly.

    Raises ValueError where that is no whole number, KeyError for a letter without number.

    >>> value("floor((N - K) / S) + 1", {"N": 32, "K": 5, "S": 1})
    28
    """
    result = _value(_parsed(source), numbers)
    if result != int(result):
        raise ValueError(f"{source} with {dict(numbers)} is {result}, no whole number")
    return int(result)


def text(source: str, numbers: Numbers | None = None) -> str:
    """The formula as plain text, with its letters or with numbers in their place.

    >>> text("(N - 1)*S + 2"), text("(N - 1)*S + 2", {"N": 14, "S": 2})
    ('(N - 1)·S + 2', '(14 - 1)·2 + 2')
    """
    return _text(_parsed(source), numbers)


def latex(source: str, numbers: Numbers | None = None) -> str:
    r"""The formula as LaTeX, with its letters or with numbers in their place.

    >>> print(latex("ceil(N / S)"), latex("Kh*weights"))
    \left\lceil \frac{N}{S} \right\rceil K_h \cdot \text{weights}
    """
    return _latex(_parsed(source), numbers)


def latex_letter(name: str) -> str:
    r"""A letter as LaTeX: Kh as K_h, C12 as C_{12}, a word as \text{word}.

    >>> latex_letter("Kh"), latex_letter("C12"), latex_letter("weights")
    ('K_h', 'C_{12}', '\\text{weights}')
    """
    if len(name) == 1:
        return name
    subscript = re.fullmatch(r"(\w)(\d+|[a-z])", name)
    if not subscript:
        return rf"\text{{{name}}}"
    letter, index = subscript.groups()
    return f"{letter}_{index}" if len(index) == 1 else f"{letter}_{{{index}}}"


@lru_cache(maxsize=1024)
def _parsed(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _value(node: ast.expr, numbers: Numbers) -> int | Fraction:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return numbers[node.id]
        case ast.Call():
            return COMPUTED[node.func.id](*(_value(part, numbers) for part in node.args))
        case ast.BinOp():
            sides = _value(node.left, numbers), _value(node.right, numbers)
            return COMPUTED[type(node.op)](*sides)


def _text(node: ast.expr, numbers: Numbers | None) -> str:
    match node:
        case ast.Constant():
            return str(node.value)
        case ast.Name():
            return str(numbers[node.id]) if numbers else node.id
        case ast.Call():
            return f"{node.func.id}({', '.join(_text(part, numbers) for part in node.args)})"
        case ast.BinOp():
            left = _beside(node.op, node.left, _text(node.left, numbers))
            right = _beside(node.op, node.right, _text(node.right, numbers), on_the_right=True)
            return TEXT[type(node.op)].format(left, right)


def _latex(node: ast.expr, numbers: Numbers | None) -> str:
    match node:
        case ast.Constant():
            return str(node.value)
        case ast.Name():
            return str(numbers[node.id]) if numbers else latex_letter(node.id)
        case ast.Call():
            parts = r",\ ".join(_latex(part, numbers) for part in node.args)
            return LATEX_CALLS[node.func.id].format(parts)
        case ast.BinOp():
            left, right = _latex(node.left, numbers), _latex(node.right, numbers)
            if not _is(node, ast.Div):  # a fraction's bar holds its sides together
                left = _beside(node.op, node.left, left, held=(ast.Div,))
                right = _beside(node.op, node.right, right, on_the_right=True, held=(ast.Div,))
            return LATEX[type(node.op)].format(left, right)


def _beside(
    op: ast.operator, node: ast.expr, side: str, on_the_right: bool = False, held: tuple = ()
) -> str:
    """A side of an operator, in brackets where it would be read otherwise without them.

    `held` are operators that need none.
    """
    if _is(node, *held):
        return side
    if _is(node, *LOOSE):
        needed = not isinstance(op, LOOSE) or (on_the_right and isinstance(op, ast.Sub))
    elif _is(node, ast.Mult):
        needed = isinstance(op, ast.Mod) or (on_the_right and isinstance(op, ast.Div))
    else:
        needed = _is(node, ast.Div, ast.Mod) and not isinstance(op, LOOSE)
    return f"({side})" if needed else side


def _is(node: ast.expr, *ops: type[ast.operator]) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ops)
