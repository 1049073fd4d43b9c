"""What is inside a network: its maps for an image, its filters, what a unit sees."""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.plots.drawing import ACCENT, LINE, MUTED, SMALL, WIDEST, Drawing, Picker, write

GAP, CAPTION = 8, 20  # between maps and below them, in pixels
SCALE, SCALE_HIGH = 140, 44  # width of the strip of greys, and the room for it
DASHED = 12  # pixels from which on a number is large enough for a dash


def maps(
    array: np.ndarray, captions: Sequence[str] | None = None, size: int = 70, columns: int = 8,
    limit: float | None = None, of: str = "",
) -> Drawing:  # fmt: skip
    """Maps side by side: white is the highest value, black the lowest, mid-grey is zero.

    `array` is (height, width, maps); `size` the height of a map in pixels, where that fits; all
    maps have the same scale, from -`limit` to `limit`, by default the largest value,
    and the strip below shows it. Numbers that are large enough on the page have a dash
    if they are negative. `of` says of what the maps are, for who does not see them.
    """
    height, width, count = array.shape
    captions = captions or [str(number) for number in range(count)]
    limit = limit or float(np.abs(array).max()) or 1.0
    columns = min(columns, count)
    size = min(size, ((WIDEST - GAP) / columns - GAP) * height / width)
    wide = size * width / height
    shown = np.moveaxis(array, -1, 0).astype(float)
    if size / height >= DASHED:
        shown = np.stack([_dashed(one, limit) for one in shown])
    pixel = size / shown.shape[1]
    across, down = max(1, int(GAP / pixel)), ceil((CAPTION + GAP) / pixel)  # between maps
    rows = -(-count // columns)
    ends = f"from {_plain(array.min())} to {_plain(array.max())}"
    told = f"{count} map{'s' * (count > 1)} of {height} by {width} values {ends}"
    told = f"{of}{': ' * bool(of)}{told}: {', '.join(captions)}."
    right, next_row = wide + across * pixel, size + down * pixel
    below = 4 + rows * next_row
    sheet = columns * right + 2 * GAP - across * pixel, SCALE + 60
    drawing = Drawing(max(sheet), below + SCALE_HIGH, told)
    axes, left = drawing.sheet(), GAP + max(0, (sheet[1] - sheet[0]) / 2)
    grid = _side_by_side(shown, columns, across, down)
    _picture(axes, grid, (left, 4, grid.shape[1] * pixel, grid.shape[0] * pixel), limit)
    for number, caption in enumerate(captions):
        x, y = left + number % columns * right, 4 + number // columns * next_row
        _frame(axes, (x, y, wide, size))
        write(axes, x + wide / 2, y + size + 11, caption, size=SMALL)
    _scale(axes, max(sheet) / 2, below + 8, limit)
    _whole_sheet(drawing, axes)
    return drawing


def maps_by_digit(layer: str, outputs: np.ndarray, **options) -> Picker:
    """The maps that a layer makes of each digit, one digit at a time.

    `outputs` is (digits, height, width, maps), in the order of the digits from 0 on; all
    else is as for `maps`.
    """
    drawings = {
        str(digit): maps(output, of=f"{layer} of a {digit}", **options)
        for digit, output in enumerate(outputs)
    }
    return Picker(f"{layer} of the digit", drawings)


def receptive_fields(image: np.ndarray, fields: Mapping[str, int], size: int = 288) -> Drawing:
    """The square of an image (height, width) that one unit in the middle of each layer sees."""
    side = image.shape[0]
    told = ", ".join(f"{name} {field} by {field}" for name, field in fields.items())
    drawing = Drawing(size + 140, size + 8, f"What a unit sees of {side} by {side} pixels: {told}.")
    axes, pixel = drawing.sheet(), size / side
    _picture(axes, image, (4, 4, size, size), float(np.abs(image).max()))
    _frame(axes, (4, 4, size, size))
    place = 0.0
    for name, field in sorted(fields.items(), key=lambda item: -item[1]):
        left = top = 4 + (side - field) // 2 * pixel
        span, place = field * pixel, max(place + 24, top + 8)
        frame = {"fill": False, "edgecolor": ACCENT, "linewidth": 2.5}
        axes.add_patch(Rectangle((left, top), span, span, **frame))
        axes.plot([left + span, size + 16], [top, place], color=ACCENT, linewidth=1.2)
        write(axes, size + 22, place, f"{name}: {field} × {field}", ha="left")
    _whole_sheet(drawing, axes)
    return drawing


def _picture(axes: Axes, values: np.ndarray, place: tuple, limit: float) -> None:
    """Values from -limit to limit, as a picture at (x, y, width, height); NaN shows nothing."""
    x, y, wide, high = place
    where = {"extent": (x, x + wide, y + high, y), "aspect": "auto", "interpolation": "none"}
    axes.imshow(values, cmap="gray", vmin=-limit, vmax=limit, **where)


def _frame(axes: Axes, place: tuple) -> None:
    """A thin frame at (x, y, width, height)."""
    x, y, wide, high = place
    axes.add_patch(Rectangle((x, y), wide, high, fill=False, edgecolor=LINE, linewidth=0.8))


def _side_by_side(shown: np.ndarray, columns: int, across: int, down: int) -> np.ndarray:
    """All maps in one picture, which takes fewer bytes than one each; NaN between them."""
    count, height, width = shown.shape
    rows = -(-count // columns)
    cells = np.full((rows * columns, height + down, width + across), np.nan)
    cells[:count, :height, :width] = shown
    grid = cells.reshape(rows, columns, *cells.shape[1:]).swapaxes(1, 2)
    return grid.reshape(rows * (height + down), columns * (width + across))[:-down, :-across]


def _dashed(values: np.ndarray, limit: float) -> np.ndarray:
    """Each number as 9 by 9, and a white dash in each that is negative."""
    larger = np.kron(values, np.ones((9, 9)))
    for row, column in np.argwhere(values < 0):
        larger[9 * row + 4, 9 * column + 2 : 9 * column + 7] = limit
    return larger


def _scale(axes: Axes, middle: float, y: float, limit: float) -> None:
    """The greys from -limit to limit with their values, about a middle."""
    left = middle - SCALE / 2
    _picture(axes, np.linspace(-limit, limit, 101)[None], (left, y, SCALE, 10), limit)
    _frame(axes, (left, y, SCALE, 10))
    for part, value in ((0, -limit), (0.5, 0.0), (1, limit)):
        write(axes, left + part * SCALE, y + 22, _plain(value), size=SMALL, color=MUTED)


def _plain(value: float) -> str:
    """At most one decimal, with a real minus sign; no minus before zero."""
    return f"{round(float(value), 1) + 0.0:g}".replace("-", "−")


def _whole_sheet(drawing: Drawing, axes: Axes) -> None:
    """The sheet's own limits again: imshow has moved them."""
    width, height = drawing.get_size_inches() * 72
    axes.set(xlim=(0, width), ylim=(height, 0))
