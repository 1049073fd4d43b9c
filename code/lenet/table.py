"""A table that prints aligned, and shows itself in notebooks, in Markdown and in LaTeX."""

import re
from collections.abc import Callable
from dataclasses import dataclass

SYMBOLS = {  # what LaTeX has no short escape for
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Rows of cells below `headers`; with `has_total` the last row is a total.

    Whole numbers get thousands commas, others two decimals; tuples are written as shapes (28×28×6)
    and set to the right with them.

    >>> print(Table(("layer", "output", "weights"), (("C1", (28, 28, 6), 150),)))
    layer      output    weights
    -------  --------  ---------
    C1        28×28×6        150
    """

    headers: tuple[str, ...]
    rows: tuple[tuple, ...]
    has_total: bool = False

    def __repr__(self) -> str:
        header, *rows = self._texts(str)
        rule = ["-" * len(cell) for cell in header]
        if self.has_total:
            rows.insert(-1, rule)
        return "\n".join("  ".join(cells).rstrip() for cells in (header, rule, *rows))

    def _repr_html_(self) -> str:
        from html import escape  # the shell needs none

        header, *rows = self._texts(escape)
        kind = "lenet-table has-total" if self.has_total else "lenet-table"
        body = "\n".join(self._html_row("td", cells) for cells in rows)
        return (
            f'<div class="{kind}"><table>\n<thead>\n{self._html_row("th", header)}\n</thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )

    def to_markdown(self) -> str:
        r"""The table in Markdown, as code hosts read it; a | in a cell is written \|."""
        header, *rows = self._texts(lambda text: text.replace("|", r"\|"))
        rule = [
            f"{'-' * (len(cell) + 1)}:" if right else f":{'-' * (len(cell) + 1)}"
            for cell, right in zip(header, self._to_the_right(), strict=True)
        ]
        lines = [f"| {' | '.join(cells)} |" for cells in (header, *rows)]
        return "\n".join((lines[0], f"|{'|'.join(rule)}|", *lines[1:]))

    def to_latex(self) -> str:
        r"""The table in LaTeX, with the rules of the package booktabs.

        >>> print(Table(("layer", "weights"), (("conv2d_1", 2_400),)).to_latex())
        \begin{tabular}{lr}
        \toprule
        layer     &   weights \\
        \midrule
        conv2d\_1 &     2,400 \\
        \bottomrule
        \end{tabular}
        """
        header, *rows = [rf"{' & '.join(cells)} \\" for cells in self._texts(escaped)]
        if self.has_total:
            rows.insert(-1, r"\midrule")
        sides = "".join("r" if right else "l" for right in self._to_the_right())
        lines = [rf"\begin{{tabular}}{{{sides}}}", r"\toprule", header, r"\midrule", *rows]
        return "\n".join((*lines, r"\bottomrule", r"\end{tabular}"))

    def _texts(self, escape: Callable[[str], str]) -> list[tuple[str, ...]]:
        """The header and the rows as text, with cells as wide as their column."""
        lines = [[escape(written(value)) for value in row] for row in (self.headers, *self.rows)]
        columns = map(_padded, zip(*lines, strict=True), self._to_the_right())
        return list(zip(*columns, strict=True))

    def _to_the_right(self) -> list[bool]:
        """Of each column, whether it has cells that are no words."""
        columns = zip(self.headers, *self.rows, strict=True)
        return [any(not isinstance(v, str | None) for v in values) for _, *values in columns]

    def _html_row(self, tag: str, cells: tuple[str, ...]) -> str:
        styles = [' style="text-align: right;"' * right for right in self._to_the_right()]
        filled = (
            f"<{tag}{style}>{cell}</{tag}>" for style, cell in zip(styles, cells, strict=True)
        )
        return f"<tr>{''.join(filled)}</tr>"


def written(value) -> str:
    """A cell's text: 33058 as 33,058, (62, 62, 6) as 62×62×6, 0.8 as 0.80, None as nothing.

    >>> written(33058), written((62, 62, 6)), written(0.8), written(None)
    ('33,058', '62×62×6', '0.80', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return ", ".join(map(written, value))
        return "×".join(f"{number:,}" for number in value)
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _padded(column: tuple[str, ...], right: bool) -> list[str]:
    """Texts as wide as the widest, the first of which is a header and gets two places more."""
    width = max(len(column[0]) + 2, *map(len, column))
    return [text.rjust(width) if right else text.ljust(width) for text in column]


def escaped(text: str) -> str:
    r"""A text as LaTeX sets it letter by letter: conv2d_1 as conv2d\_1.

    >>> print(escaped("conv2d_1 & 100%"))
    conv2d\_1 \& 100\%
    """
    return re.sub(r"[\\{}$&#^_%~<>]", lambda found: SYMBOLS.get(found[0], "\\" + found[0]), text)
