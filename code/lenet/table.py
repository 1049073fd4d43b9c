"""A table that prints aligned, and shows itself in notebooks and in Markdown."""

from dataclasses import dataclass

import tabulate


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
        rows = self._cells()
        if self.has_total:
            rows.insert(-1, tabulate.SEPARATING_LINE)
        return self._render("simple", rows)

    def _repr_html_(self) -> str:
        kind = "lenet-table has-total" if self.has_total else "lenet-table"
        table = self._render("html", self._cells())
        return f'<div class="{kind}">{table}</div>'

    def to_markdown(self) -> str:
        """The table in Markdown, as code hosts read it."""
        return self._render("pipe", self._cells())

    def _cells(self) -> list[list[str]]:
        return [[written(value) for value in row] for row in self.rows]

    def _render(self, style: str, rows: list) -> str:
        sides = [
            "left" if all(isinstance(cell, str | None) for cell in column) else "right"
            for column in zip(*self.rows, strict=True)
        ]
        return tabulate.tabulate(rows, self.headers, style, colalign=sides, disable_numparse=True)


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
