"""The small changes that `make mutation` tries, found in the syntax tree of a module."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

PAIRS = (
    (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.And, ast.Or), (ast.BitAnd, ast.BitOr),
    (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot), (ast.Break, ast.Continue),
    ("min", "max"), ("any", "all"), ("floor", "ceil"),
)  # fmt: skip
OTHER = {
    **{one: other for pair in PAIRS for one, other in (pair, pair[::-1])},
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
# What is swapped in the text of a formula; a hyphen has no spaces around it.
SWAPS = [
    {"floor": "ceil", "ceil": "floor"},
    {"max": "min", "min": "max"},
    {" + ": " - ", " - ": " + "},
    {"·": " / ", "*": " / ", " / ": "*", r"\cdot": "/"},
    *({one: other, other: one} for one, other in ("NS", "HW", "CF", "KP")),
]
SKIPPED = {"annotation", "returns", "format_spec"}  # fields of a node
TYPES = {"Callable", "Iterator", "tuple", "dict", "list"}  # a name for Callable[...] is no code
NOTHING = "*()"
# A part that is dropped, one that becomes None, one that is negated: by where it stands.
DROPPED = {(ast.Tuple, "elts"), (ast.List, "elts"), (ast.Set, "elts")}
EMPTIED = {
    (ast.Return, "value"), (ast.Yield, "value"), (ast.Assign, "value"), (ast.Expr, "value"),
    (ast.AnnAssign, "value"), (ast.Call, "args"), (ast.Dict, "values"), (ast.Lambda, "body"),
}  # fmt: skip
NEGATED = {(ast.If, "test"), (ast.IfExp, "test"), (ast.While, "test"), (ast.comprehension, "ifs")}


@dataclass(frozen=True)
class Mutant:
    """A module with one change: what has changed, and the whole source."""

    file: str
    line: int
    name: str
    before: str
    after: str
    source: bytes

    def __str__(self) -> str:
        sides = (("-", self.before), ("+", self.after))
        marked = (f"  {sign} {line}" for sign, text in sides for line in text.split("\n"))
        return "\n".join([f"{self.file}:{self.line} {self.name}", *marked])


def mutants(file: str, source: bytes) -> Iterator[Mutant]:
    """Every mutant of a module."""
    lines = source.splitlines(keepends=True)
    for name, node, text in _texts_below(ast.parse(source), (), None):
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        before, after = b"".join(lines[first : last + 1]), start + text.encode() + end
        changed = b"".join([*lines[:first], after, *lines[last + 1 :]])
        if text != NOTHING or _compiles(changed):
            yield Mutant(file, node.lineno, name, _stripped(before), _stripped(after), changed)


def _stripped(lines: bytes) -> str:
    return "\n".join(map(str.strip, lines.decode().strip().split("\n")))


def _compiles(source: bytes) -> bool:
    """Not so where an element that is dropped stands in parentheses of its own."""
    try:
        return bool(compile(source, "", "exec"))
    except SyntaxError:
        return False


def _texts_below(parent: ast.AST, names: tuple, text_around: ast.JoinedStr | None) -> Iterator:
    """For every change: names of what it is in, the node that is written anew, its new text.

    A part of an f-string is written with all of it: Python 3.11 does not know where it stands.
    """
    for field, value in ast.iter_fields(parent):
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if field in SKIPPED or not isinstance(node, ast.AST) or _left_alone(node):
                continue
            within, whole = (*names, *_names(node)), text_around or node
            for new in _changes(parent, field, node):
                parts = [*value[:index], new, *value[index + 1 :]] if value is not node else new
                setattr(parent, field, parts)
                text = ast.unparse(whole if text_around else new)
                setattr(parent, field, value)
                yield ".".join(within), whole, text
            inside = whole if isinstance(whole, ast.JoinedStr) else None
            yield from _texts_below(node, within, inside)


def _left_alone(node: ast.AST) -> bool:
    """Imports, docstrings, `strict` of zip, sizes of caches, __all__, scripts, names of types."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()):
            return True
        case ast.keyword("strict" | "maxsize"):
            return True
        case ast.Assign([ast.Name("__all__" | "__doc__")]) | ast.If(
            ast.Compare(ast.Name("__name__"))
        ):
            return True
        case ast.Assign(_, ast.Subscript(ast.Name(name))):
            return name in TYPES
    return False


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)):
            return [name]
    return []


def _changes(parent: ast.AST, field: str, node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of `node`."""
    place = type(parent), field
    if isinstance(node, ast.Constant) and isinstance(parent, ast.JoinedStr):
        return  # its texts change together
    if not (isinstance(parent, ast.Compare) and ast.unparse(node) == "None"):
        yield from _by_kind(node)
    if place in DROPPED and not isinstance(getattr(parent, "ctx", None), ast.Store):
        yield ast.Starred(ast.Tuple([]))
    if place == (ast.Call, "keywords") and node.arg:
        yield ast.keyword(None, ast.Dict([], []))
    if place == (ast.YieldFrom, "value"):
        yield ast.Tuple([])
    if place in EMPTIED and not isinstance(node, ast.Constant | ast.JoinedStr):
        yield ast.Constant(None)
    if place in NEGATED and not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _by_kind(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Constant(value):
            return [ast.Constant(other) for other in _values(value)]
        case ast.JoinedStr(parts):
            texts = [part.value for part in parts if isinstance(part, ast.Constant)]
            changed = _texts("\0".join(texts)) if texts else []
            return [_with_texts(parts, text.split("\0")) for text in changed]
        case ast.FormattedValue(value, conversion, spec) if spec or conversion != -1:
            return [ast.FormattedValue(value, -1)]
        case ast.Compare(ops=ops):
            one_each = ([*ops[:n], OTHER[type(op)](), *ops[n + 1 :]] for n, op in enumerate(ops))
            return [_with(node, ops=changed) for changed in one_each]
        case ast.BinOp() | ast.BoolOp() | ast.AugAssign() if type(node.op) in OTHER:
            return [_with(node, op=OTHER[type(node.op)]())]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            return [operand]
        case ast.Name(name, ast.Load()) if name in OTHER:
            return [ast.Name(OTHER[name])]
        case ast.Break() | ast.Continue():
            return [OTHER[type(node)]()]
    return []


def _with(node: ast.AST, **fields) -> ast.AST:
    changed = copy.copy(node)
    vars(changed).update(fields)
    return changed


def _with_texts(parts: list[ast.AST], texts: list[str]) -> ast.JoinedStr:
    left = iter(texts)
    return ast.JoinedStr(
        [ast.Constant(next(left)) if isinstance(part, ast.Constant) else part for part in parts]
    )


def _values(value) -> list:
    if value is None:
        return [1]
    if isinstance(value, str):
        return _texts(value)
    if isinstance(value, bool):
        return [not value]
    return [] if value is ... else [value + 1]


def _texts(text: str) -> list[str]:
    """A formula with one thing swapped; any other text in other letters or digits."""
    swapped = [_swapped(text, swap) for swap in SWAPS]
    digits = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text)
    others = [each for each in (text.swapcase(), digits, f"{text}X") if each != text]
    return [each for each in swapped if each != text] or others[:1]


def _swapped(text: str, swap: dict[str, str]) -> str:
    """A letter is swapped where it stands alone."""
    pattern = "|".join(map(re.escape, swap))
    if all(len(letter) == 1 and letter.isalpha() for letter in swap):
        pattern = f"(?<![A-Za-z])({pattern})(?![A-Za-z0-9])"
    return re.sub(pattern, lambda found: swap[found[0]], text)
