"""Digits as a network reads them: side by side with their labels, and counted by confusions."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.plots.drawing import ACCENT, LINE, MUTED, SMALL, TEXT, WIDEST, Drawing, write

PITCH, BETWEEN = 82, 8  # of digits in a grid, in pixels
BOX = 34  # a cell of a confusion matrix


def digit_grid(
    images: np.ndarray,
    labels: Sequence[int],
    predictions: Sequence[int] | None = None,
    columns: int = 8,
) -> Drawing:
    """Digits with their labels; with predictions, "true → predicted", wrong ones framed.

    `images` are (N, height, width, channels) from 0 to 1; the first channel is shown.
    """
    captions, wrong = [str(label) for label in labels], [False] * len(labels)
    if predictions is not None:
        wrong = np.not_equal(labels, predictions)
        captions = [f"{true} → {guess}" for true, guess in zip(labels, predictions, strict=True)]
    rows, columns = -(-len(images) // columns), min(columns, len(images))
    pitch = min(PITCH, (WIDEST - 4) // columns)
    tile, below = pitch - BETWEEN, 26
    width, height = columns * pitch + 4, rows * (tile + below) + 4
    drawing = Drawing(width, height, f"Scanned digits, labelled {', '.join(captions)}.")
    axes = drawing.sheet()
    for number, (image, caption) in enumerate(zip(images, captions, strict=True)):
        corner = 6 + number % columns * pitch, 4 + number // columns * (tile + below)
        _tile(axes, corner, tile, image[..., 0], wrong[number])
        write(axes, corner[0] + tile / 2, corner[1] + tile + 12, caption, SMALL)
    axes.set(xlim=(0, width), ylim=(height, 0))  # imshow has moved them
    return drawing


def confusion(labels: Sequence[int], predictions: Sequence[int]) -> Drawing:
    """How often each digit (row) was read as each digit (column); mistakes tinted."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (np.asarray(labels), np.asarray(predictions)), 1)
    wrong = counts * (1 - np.eye(10, dtype=int))
    told = [f"{a} read as {b} {wrong[a, b]} times" for a, b in zip(*np.nonzero(wrong), strict=True)]
    left, top, side = 74, 46, 10 * BOX + 10
    drawing = Drawing(left + side, top + side, f"Confusions: {', '.join(told) or 'none'}.")
    axes = drawing.sheet()
    write(axes, left + 5 * BOX, 12, "read as", color=MUTED)
    write(axes, 14, top + 5 * BOX, "digit", color=MUTED, rotation=90)
    for digit in range(10):
        write(axes, left - 16, top + (digit + 0.5) * BOX, str(digit))
        write(axes, left + (digit + 0.5) * BOX, top - 14, str(digit))
    for (true, guess), count in np.ndenumerate(counts):
        tint = 0.4 * count / max(wrong.max(), 1) + 0.15 if wrong[true, guess] else 0
        _count(axes, (left + guess * BOX, top + true * BOX), count, tint)
    return drawing


def _tile(
    axes: Axes, corner: tuple[float, float], tile: float, image: np.ndarray, wrong: bool
) -> None:
    """An image as large as fits the tile, framed where it was misread."""
    x, y = (edge + tile / 2 for edge in corner)
    high, wide = tile / 2 * np.array(image.shape) / max(image.shape)
    place = {"extent": (x - wide, x + wide, y + high, y - high), "aspect": "auto"}
    axes.imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="none", **place)
    if wrong:
        frame = {"fill": False, "edgecolor": ACCENT, "linewidth": 3}
        axes.add_patch(Rectangle(corner, tile, tile, **frame))


def _count(axes: Axes, corner: tuple[float, float], count: int, tint: float) -> None:
    if tint:
        axes.add_patch(Rectangle(corner, BOX, BOX, facecolor=ACCENT, alpha=tint, linewidth=0))
    axes.add_patch(Rectangle(corner, BOX, BOX, fill=False, edgecolor=LINE, linewidth=0.8))
    if count:
        how = {"size": TEXT} if tint else {"size": SMALL, "color": MUTED}
        write(axes, corner[0] + BOX / 2, corner[1] + BOX / 2, str(count), **how)
