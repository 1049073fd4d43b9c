"""What training gave: curves, spreads, digits with predictions, confusions."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.plots.drawing import ACCENT, INK, LINE, MUTED, SMALL, TEXT, Drawing, quiet, write
from lenet.training.results import Result

PITCH, TILE = 82, 70  # of digits in a grid, in pixels
BOX = 34  # a cell of a confusion matrix


def training_curves(results: Sequence[Result]) -> Drawing:
    """Error against epoch, one thin line a run: training dashed, test solid."""
    last = [result.test_error for result in results]
    drawing = Drawing(
        680,
        320,
        f"Error in percent against epoch for {len(results)} runs of {results[0].network}. "
        f"After the last epoch the test error is {min(last):.1f} to {max(last):.1f}.",
    )
    axes = drawing.add_axes((0.09, 0.16, 0.79, 0.78))
    for result in results:
        epochs = range(1, len(result.test_errors) + 1)
        axes.plot(epochs, result.train_errors, color=MUTED, linestyle="--", linewidth=1)
        axes.plot(epochs, result.test_errors, color=ACCENT, linewidth=1.6)
    ends = {"test": (last, ACCENT), "training": ([r.train_errors[-1] for r in results], MUTED)}
    for label, (errors, colour) in ends.items():
        axes.text(
            epochs[-1] + 0.02 * len(epochs), np.mean(errors), label, color=colour, va="center",
            fontsize=13,
        )  # fmt: skip
    axes.set(xlabel="epoch", ylabel="error in percent", xlim=(1, len(epochs)))
    axes.set_ylim(-0.5, max(max(r.test_errors) for r in results) * 1.08)
    axes.xaxis.get_major_locator().set_params(integer=True)
    quiet(axes)
    return drawing


def error_spread(*groups: Sequence[Result]) -> Drawing:
    """Each run's test error as a dot, a row for each network, the mean as a bar."""
    names = [results[0].network for results in groups]
    errors = [[result.test_error for result in results] for results in groups]
    told = "; ".join(
        f"{name} {min(some):.1f} to {max(some):.1f}"
        for name, some in zip(names, errors, strict=True)
    )
    drawing = Drawing(680, 44 * len(groups) + 60, f"Test errors in percent: {told}.")
    left = (7.5 * max(map(len, names)) + 14) / 680
    foot = 46 / (44 * len(groups) + 60)
    axes = drawing.add_axes((left, foot, 0.97 - left, 0.98 - foot))
    for row, some in enumerate(errors):
        axes.plot(some, [row] * len(some), "o", color=ACCENT, markersize=8, alpha=0.55)
        axes.plot([np.mean(some)] * 2, [row - 0.3, row + 0.3], color=INK, linewidth=2)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="test error in percent", ylim=(len(names) - 0.5, -0.5))
    axes.set_xlim(0, 1.08 * max(map(max, errors)))
    quiet(axes)
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=12)
    return drawing


def digit_grid(
    images: np.ndarray,
    labels: Sequence[int],
    predictions: Sequence[int] | None = None,
    columns: int = 8,
) -> Drawing:
    """Digits with their labels; with predictions, "true → predicted", wrong ones framed.

    `images` are (N, height, width, channels) from 0 to 1; the first channel is shown.
    """
    if predictions is None:
        captions, wrong = [str(label) for label in labels], [False] * len(labels)
    else:
        pairs = list(zip(labels, predictions, strict=True))
        captions = [f"{true} → {guess}" for true, guess in pairs]
        wrong = [true != guess for true, guess in pairs]
    rows, columns = -(-len(images) // columns), min(columns, len(images))
    told = ", ".join(captions)
    width, height = columns * PITCH + 4, rows * (TILE + 28) + 4
    drawing = Drawing(width, height, f"Scanned digits, labelled {told}.")
    axes = drawing.sheet()
    for number, (image, caption) in enumerate(zip(images, captions, strict=True)):
        corner = 6 + number % columns * PITCH, 4 + number // columns * (TILE + 28)
        _tile(axes, corner, image[..., 0], wrong[number])
        write(axes, corner[0] + TILE / 2, corner[1] + TILE + 13, caption)
    axes.set(xlim=(0, width), ylim=(height, 0))  # imshow has moved them
    return drawing


def confusion(labels: Sequence[int], predictions: Sequence[int]) -> Drawing:
    """How often each digit (row) was read as each digit (column); mistakes tinted."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (np.asarray(labels), np.asarray(predictions)), 1)
    wrong = counts * (1 - np.eye(10, dtype=int))
    told = [f"{a} read as {b} {wrong[a, b]} times" for a, b in zip(*np.nonzero(wrong), strict=True)]
    left, top = 74, 46
    side = 10 * BOX + 10
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


def _tile(axes: Axes, corner: tuple[float, float], image: np.ndarray, wrong: bool) -> None:
    """An image as large as fits the tile, framed where it was misread."""
    x, y = (edge + TILE / 2 for edge in corner)
    high, wide = TILE / 2 * np.array(image.shape) / max(image.shape)
    place = {"extent": (x - wide, x + wide, y + high, y - high), "aspect": "auto"}
    axes.imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="none", **place)
    if wrong:
        frame = {"fill": False, "edgecolor": ACCENT, "linewidth": 3}
        axes.add_patch(Rectangle(corner, TILE, TILE, **frame))


def _count(axes: Axes, corner: tuple[float, float], count: int, tint: float) -> None:
    if tint:
        axes.add_patch(Rectangle(corner, BOX, BOX, facecolor=ACCENT, alpha=tint, linewidth=0))
    axes.add_patch(Rectangle(corner, BOX, BOX, fill=False, edgecolor=LINE, linewidth=0.8))
    if count:
        how = {"size": TEXT} if tint else {"size": SMALL, "color": MUTED}
        write(axes, corner[0] + BOX / 2, corner[1] + BOX / 2, str(count), **how)
