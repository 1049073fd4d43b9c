"""How far one unit of each layer sees, drawn along one line through the network."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from lenet.layers.base import Window
from lenet.network import Network
from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, Drawing, write
from lenet.view import Axis, View

LEFT, RIGHT = 66, 70  # what stands beside the rows, in pixels
ROW, BOX, REACH = 64, 18, 22  # from row to row, the height of a unit, from line to line below


class _Row(NamedTuple):
    """Units side by side: what they see, and what one of them reads of the row below."""

    name: str
    seen: Axis
    window: Window


def field_growth(network: Network) -> Drawing:
    """A row of units for each layer with maps, and what the first unit of each reads and sees.

    The rows stand above the pixels of one line through the image, each unit above the
    middle of what it sees. The first unit of each row is filled, and a wedge leads to the
    units of the row below that it reads. The lines under the pixels are what these first
    units see of the image. Rows end where the maps do.

    Raises ValueError for a network whose layers do not follow one another, that has no
    maps, or in which no one field holds for all units of a layer.
    """
    rows = _rows(network)
    pixels, *above = rows
    first = min(row.seen.start for row in rows)
    past = max(row.seen.far_end for row in rows)
    pitch = max(8, min(22, 300 // (past - first)))
    told = "; ".join(f"a unit of {row.name} sees {row.seen.field} of them" for row in above)
    drawing = Drawing(
        LEFT + (past - first) * pitch + RIGHT,
        ROW * len(above) + BOX + 30 + REACH * len(above),
        f"{pixels.seen.extent} pixels on a line: {told}.",
    )
    sheet = _Sheet(drawing.sheet(), LEFT - first * pitch, pitch, 8 + ROW * len(above))
    for number in range(len(rows)):
        sheet.row(rows, number)
    for number, row in enumerate(above):
        sheet.reach(row, number)
    return drawing


def _rows(network: Network) -> list[_Row]:
    """The pixels, then each layer that has maps, along the last axis of the image."""
    if not network.is_chain or len(network.input_shape) == 1:
        raise ValueError(f"{network.name} must be layers in a row that read a map")
    pixels = View.of_image(network.input_shape).axes[-1]
    rows = [_Row("pixels", pixels, Window(1))]
    for row in network.trace():
        if len(row.output_shape) == 1:
            break
        windows = row.before[0].windows(row.layer, row.input_shape) if row.seen else None
        if windows is None:
            raise ValueError(f"no one field holds for all units of {row.name}")
        rows.append(_Row(row.name, row.seen.axes[-1], windows[-1]))
    if len(rows) == 1:
        raise ValueError(f"{network.name} has no layer with maps")
    return rows


class _Sheet(NamedTuple):
    """Where to draw: the left edge of pixel 0, the width of a pixel, the top of the pixels."""

    axes: Axes
    left: float
    pitch: float
    bottom: float

    def top(self, number: int) -> float:
        """The top of a row; row 0 is the pixels."""
        return self.bottom - ROW * number

    def middle(self, seen: Axis, unit: int) -> float:
        """Where a unit stands: above the middle of what it sees."""
        return self.left + (seen.start + unit * seen.jump + seen.field / 2) * self.pitch

    def row(self, rows: list[_Row], number: int) -> None:
        """One row of units with its name and numbers, and the wedge of its first unit."""
        name, seen, _ = rows[number]
        reads = rows[number + 1].window if number + 1 < len(rows) else Window(0)
        for unit in range(min(0, reads.start), seen.extent):
            is_read = reads.start <= unit < reads.start + reads.size
            self._unit(seen, unit, number, 1 if number and unit == 0 else 0.35 * is_read)
        if number:
            self._wedge(rows[number - 1].seen, rows[number], number)
        y = self.top(number) + BOX / 2
        end = self.left + max(row.seen.far_end for row in rows) * self.pitch
        write(self.axes, LEFT - 10, y, name, ha="right", color=MUTED)
        says = _size(seen, number)
        for line, text in enumerate(says):
            place = y + 14 * (line - (len(says) - 1) / 2)
            write(self.axes, end + 8, place, text, SMALL, ha="left", color=MUTED)

    def _unit(self, seen: Axis, unit: int, number: int, tint: float) -> None:
        """A unit as a box, dotted where it is padding."""
        wide, edge = self.pitch - 2, (INK, "-") if unit >= 0 else (MUTED, ":")
        corner = self.middle(seen, unit) - wide / 2, self.top(number)
        filled = {"facecolor": ACCENT, "alpha": tint, "linewidth": 0}
        frame = {"fill": False, "edgecolor": edge[0], "linestyle": edge[1], "linewidth": 0.8}
        for how in (filled, frame):
            self.axes.add_patch(Rectangle(corner, wide, BOX, **how))

    def _wedge(self, below: Axis, row: _Row, number: int) -> None:
        """From the first unit down to the span of units below that it reads."""
        half, window = (self.pitch - 2) / 2, row.window
        ends = [self.middle(below, n) for n in (window.start, window.start + window.size - 1)]
        tip, y, foot = self.middle(row.seen, 0), self.top(number) + BOX, self.top(number - 1)
        corners = [(tip - half, y), (ends[0] - half, foot), (ends[1] + half, foot), (tip + half, y)]
        self.axes.add_patch(Polygon(corners, facecolor=ACCENT, alpha=0.16, linewidth=0))

    def reach(self, row: _Row, number: int) -> None:
        """A line under the pixels as long as what the first unit of a row sees."""
        y = self.bottom + BOX + 20 + REACH * number
        start, end = (self.left + place * self.pitch for place in (row.seen.start, row.seen.end))
        self.axes.plot([start + 1, end - 1], [y, y], color=ACCENT, linewidth=3)
        write(self.axes, LEFT - 10, y, row.name, ha="right", color=MUTED)
        write(self.axes, end + 6, y, f"sees {row.seen.field}", SMALL, ha="left")


def _size(seen: Axis, number: int) -> list[str]:
    """How many units a row has, and how far what neighbours see lies apart, in two lines."""
    if not number:
        return [f"{seen.extent} pixels"]
    return ["1 unit"] if seen.extent == 1 else [f"{seen.extent} units", f"jump {seen.jump}"]
