"""A table that prints aligned, and shows itself in notebooks, in Markdown and in LaTeX."""

import re
from dataclasses import dataclass

import tabulate

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
        rows = self._texts()
        if self.has_total:
            rows.insert(-1, tabulate.SEPARATING_LINE)
        return self._render("simple", rows)

    def _repr_html_(self) -> str:
        kind = "lenet-table has-total" if self.has_total else "lenet-table"
        return f'<div class="{kind}">{self._render("html", self._texts())}</div>'

    def to_markdown(self) -> str:
        r"""The table in Markdown, as code hosts read it; a | in a cell is written \|."""
        barred = Table(tuple(_barred(header) for header in self.headers), self.rows)
        return barred._render("pipe", [[_barred(text) for text in row] for row in self._texts()])

    def to_latex(self) -> str:
        r"""The table in LaTeX, with the rules of the package booktabs.

        >>> print(Table(("layer", "weights"), (("conv2d_1", 2_400),)).to_latex())
        \begin{tabular}{lr}
        \toprule
         layer    &   weights \\
        \midrule
         conv2d\_1 &     2,400 \\
        \bottomrule
        \end{tabular}
        """
        return self._render("latex_booktabs", self._texts())

    def _texts(self) -> list[list[str]]:
        return [[written(value) for value in row] for row in self.rows]

    def _render(self, style: str, rows: list) -> str:
        """Columns of words to the left, all others to the right."""
        sides = [
            "left" if all(isinstance(cell, str | None) for cell in column) else "right"
            for column in zip(*self.rows, strict=True)
        ]
        return tabulate.tabulate(rows, self.headers, style, colalign=sides, disable_numparse=True)


def _barred(text: str) -> str:
    return text.replace("|", r"\|")


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


def escaped(text: str) -> str:
    r"""A text as LaTeX sets it letter by letter: conv2d_1 as conv2d\_1.

    >>> print(escaped("conv2d_1 & 100%"))
    conv2d\_1 \& 100\%
    """
    return re.sub(r"[\\{}$&#^_%~<>]", lambda found: SYMBOLS.get(found[0], "\\" + found[0]), text)
