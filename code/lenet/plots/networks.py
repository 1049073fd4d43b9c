"""A network drawn as its maps, and its numbers as bars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.plots.drawing import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    SMALL,
    SURFACE,
    TEXT,
    WIDEST,
    Drawing,
    quiet,
    write,
)
from lenet.table import written
from lenet.trace import Row

DEPTH = 3  # pixels by which each map of a stack stands behind the one before
MOST_MAPS = 8
LARGEST = 58  # the height of the largest map
MIDDLE = 56  # the height on which all blocks are centred
TITLES = {"parameters": "parameters", "macs": "multiply-accumulates", "weights": "weights"}


def network_maps(network: Network) -> Drawing:
    """The network as stacks of maps and columns of units, with every shape below in two lines.

    Larger maps are drawn larger, and at most eight maps of a stack are shown.
    The small frame is what one unit of the next layer reads.
    """
    rows = [row for row in network.trace().rows if row.activations]
    shapes = [network.input_shape, *(row.output_shape for row in rows)]
    labels = ["Input", *(row.name for row in rows)]
    told = ", ".join(f"{a} {written(b)}" for a, b in zip(labels, shapes, strict=True))
    blocks = _blocks(labels, shapes)
    drawing = Drawing(blocks[-1].right + 4, 156, f"{network.name}: {told}.")
    axes = drawing.sheet()
    for block in blocks:
        write(axes, block.centre, 110, block.label)
        for line, text in enumerate(block.lines):
            write(axes, block.centre, 128 + 16 * line, text, SMALL, color=MUTED)
    for before, after, row in zip(blocks, blocks[1:], rows, strict=False):
        _link(axes, before, after, row)
    for block in blocks:
        _stack(axes, block)
    for before, row in zip(blocks, rows, strict=False):
        _window(axes, before, row)
    return drawing


def layer_bars(network: Network, quantities: Sequence[str] = ("parameters", "macs")) -> Drawing:
    """Each layer's numbers as bars, a panel a quantity, with its share of the total.

    `quantities` are names of a trace's columns that sum up. ValueError where one of them
    is not known of a layer.
    """
    rows = [row for row in network.trace().rows if row.parameters or row.macs]
    labels = [row.name for row in rows]
    values = {key: [getattr(row, key) for row in rows] for key in quantities}
    unknown = [row.name for row in rows if any(getattr(row, key) is None for key in quantities)]
    if unknown:
        raise ValueError(f"no bars for what is not known of {', '.join(unknown)}")
    return _bars(network.name, labels, values, shares=True)


def compare_bars(
    networks: Sequence[Network], quantities: Sequence[str] = ("parameters", "macs")
) -> Drawing:
    """The totals of several networks as bars, one panel a quantity."""
    totals = [network.trace().total for network in networks]
    values = {key: [getattr(total, key) for total in totals] for key in quantities}
    return _bars("Totals", [network.name for network in networks], values, shares=False)


def _bars(title: str, labels: list[str], values: dict[str, list[int]], shares: bool) -> Drawing:
    told = "; ".join(
        f"{TITLES.get(key, key)}: "
        + ", ".join(f"{label} {number:,}" for label, number in zip(labels, numbers, strict=True))
        for key, numbers in values.items()
    )
    panel = 27 * len(labels) + 42
    height = panel * len(values)
    drawing = Drawing(WIDEST, height, f"{title}, bars of {told}.")
    margin = (8 * max(map(len, labels)) + 14) / WIDEST
    for place, (key, numbers) in enumerate(values.items()):
        low = 1 - (place + 1) * panel / height
        axes = drawing.add_axes((margin, low, 0.98 - margin, (panel - 34) / height))
        axes.set_title(TITLES.get(key, key), fontsize=TEXT, color=INK, loc="left")
        axes.barh(range(len(labels)), numbers, color=ACCENT, height=0.55)
        axes.set(xlim=(0, 1.75 * max(numbers)), ylim=(len(labels) - 0.4, -0.6), xticks=[])
        axes.set_yticks(range(len(labels)), labels)
        for y, number in enumerate(numbers):
            share = f" ({_percent(number, sum(numbers))})" if shares else ""
            axes.text(
                number + 0.03 * max(numbers), y, f"{number:,}{share}", va="center", color=INK,
                fontsize=SMALL,
            )  # fmt: skip
        quiet(axes)
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(length=0)
    return drawing


def _percent(number: int, total: int) -> str:
    share = 100 * number / total
    return "under 0.1%" if 0 < share < 0.1 else f"{share:.1f}%"


@dataclass(frozen=True)
class _Block:
    """A drawn stack of maps, or a column of units: its front sheet, in pixels."""

    label: str
    shape: Shape
    right: float  # end of the strip of the drawing that the block has for itself
    centre: float
    width: float
    height: float

    @property
    def lines(self) -> list[str]:
        """The shape as it is written below: height and width, then how many maps."""
        return _lines(self.shape)

    @property
    def behind(self) -> float:
        """How far the stack reaches up and to the right of its front sheet."""
        return DEPTH * (min(self.shape[2], MOST_MAPS) - 1) if len(self.shape) == 3 else 0

    @property
    def corner(self) -> tuple[float, float]:
        return self.centre - (self.width + self.behind) / 2, MIDDLE - (
            self.height - self.behind
        ) / 2


def _blocks(labels: list[str], shapes: list[Shape]) -> list[_Block]:
    largest = max(max(shape[:2]) for shape in shapes if len(shape) == 3)
    blocks, right = [], 4.0
    for label, shape in zip(labels, shapes, strict=True):
        block = _Block(label, shape, 0, 0, *_sheet_size(shape, largest))
        longest = max(map(len, _lines(shape)))
        strip = max(block.width + block.behind + 10, 8 * len(label) + 2, 8 * longest + 6)
        right += strip
        blocks.append(replace(block, right=right, centre=right - strip / 2))
    return blocks


def _lines(shape: Shape) -> list[str]:
    """28×28×6 as 28×28 and ×6; the number of units alone."""
    return [written(shape[:2]), f"×{shape[2]}"] if len(shape) == 3 else [written(shape)]


def _sheet_size(shape: Shape, largest: int) -> tuple[float, float]:
    if len(shape) == 1:
        return 9, 18 + 10 * min(shape[0], 400) ** 0.33
    height, width, _ = shape
    return tuple(5 + (LARGEST - 5) * (side / largest) ** 0.8 for side in (width, height))


def _stack(axes: Axes, block: _Block) -> None:
    """The sheets from the back to the front, the front one tinted."""
    x, y = block.corner
    for offset in range(round(block.behind), -1, -DEPTH):
        place, size = (x + offset, y - offset), (block.width, block.height)
        axes.add_patch(Rectangle(place, *size, facecolor=SURFACE, edgecolor=INK, linewidth=0.8))
        axes.add_patch(Rectangle(place, *size, facecolor=ACCENT, alpha=0.16, linewidth=0))


def _link(axes: Axes, before: _Block, after: _Block, row: Row) -> None:
    """Thin lines from what one unit reads to that unit; from all of it for Dense."""
    x, y, wide, high = _framed(before, row)
    if len(after.shape) == 3:
        to_x, low = after.corner[0] + after.width / 2, after.corner[1] + after.height / 2
        ends = (low, low)
    else:
        to_x, ends = after.corner[0], (after.corner[1], after.corner[1] + after.height)
    for start, end in zip((y, y + high), ends, strict=True):
        axes.plot([x + wide, to_x], [start, end], color=MUTED, linewidth=0.8)


def _window(axes: Axes, before: _Block, row: Row) -> None:
    if len(before.shape) == 3 and len(row.output_shape) == 3:
        x, y, wide, high = _framed(before, row)
        axes.add_patch(
            Rectangle((x, y), wide, high, facecolor=SURFACE, edgecolor=ACCENT, linewidth=1.8)
        )


def _framed(before: _Block, row: Row) -> tuple[float, float, float, float]:
    """x, y, width and height of what one output unit reads, on the front sheet."""
    x, y = before.corner
    if len(before.shape) == 1 or len(row.output_shape) == 1:
        return x, y, before.width, before.height
    high, wide = (window.size for window in row.layer.window(before.shape)[:2])
    width = max(before.width * wide / before.shape[1], 4)
    height = max(before.height * high / before.shape[0], 4)
    return x + 0.5 * (before.width - width), y + 0.5 * (before.height - height), width, height


def connection_table(table: Sequence[Sequence[int]], channels: int) -> Drawing:
    """Which maps (rows) each map that goes out (column) reads, and the sums of both."""
    left, right, top = 54, 44, 46
    box = min(30, (WIDEST - left - right) / len(table))
    links = sum(map(len, table))
    told = "; ".join(f"{m} reads {', '.join(map(str, reads))}" for m, reads in enumerate(table))
    width, height = left + box * len(table) + right, top + box * channels + 42
    drawing = Drawing(width, height, f"Connection table with {links} links: {told}.")
    axes = drawing.sheet()
    write(axes, left + box * len(table) / 2, 12, "map that goes out", color=MUTED)
    write(axes, 14, top + box * channels / 2, "map that is read", color=MUTED, rotation=90)
    for row in range(channels):
        y = top + box * (row + 0.5)
        uses = sum(row in reads for reads in table)
        write(axes, left - 14, y, str(row))
        write(axes, left + box * len(table) + 22, y, str(uses), color=MUTED)
    for column, reads in enumerate(table):
        x = left + box * column
        write(axes, x + box / 2, top - 14, str(column))
        write(axes, x + box / 2, top + box * channels + 18, str(len(reads)), color=MUTED)
        for row in range(channels):
            corner = (x, top + box * row)
            _cross(axes, corner, box, row in reads)
    write(axes, left + box * len(table) + 22, top + box * channels + 18, str(links))
    return drawing


def _cross(axes: Axes, corner: tuple[float, float], box: int, linked: bool) -> None:
    face = {"facecolor": ACCENT, "alpha": 0.75} if linked else {"fill": False}
    axes.add_patch(Rectangle(corner, box, box, linewidth=0, **face))
    axes.add_patch(Rectangle(corner, box, box, fill=False, edgecolor=LINE, linewidth=1))
