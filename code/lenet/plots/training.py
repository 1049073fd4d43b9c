"""What training gave: curves, spreads and lines of errors, digits as read, confusions."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from lenet.plots.drawing import ACCENT, INK, LINE, MUTED, SMALL, TEXT, Drawing, quiet, write
from lenet.training.runs import Record

PITCH, TILE = 82, 70  # of digits in a grid, in pixels
BOX = 34  # a cell of a confusion matrix
PERCENT = (0.5, 1, 2, 5, 10)  # ticks
STYLES = (  # told apart in grey too
    {"color": ACCENT, "linestyle": "-"},
    {"color": INK, "linestyle": "--"},
    {"color": ACCENT, "linestyle": ":"},
    {"color": MUTED, "linestyle": "-."},
)


def training_curves(record: Record) -> Drawing:
    """Error against epoch, one thin line a run: training dashed, test solid."""
    runs, last = record.runs, record.test_errors
    told = f"for {len(runs)} runs of {record.experiment.title}. After the last epoch the test error"
    ends = f"is {min(last):.1f} to {max(last):.1f}"
    drawing = Drawing(680, 320, f"Error in percent against epoch {told} {ends}.")
    axes = drawing.add_axes((0.09, 0.16, 0.79, 0.78))
    _curves(axes, (run.train_errors for run in runs), color=MUTED, linestyle="--", linewidth=1)
    _curves(axes, (run.test_errors for run in runs), color=ACCENT, linewidth=1.6)
    epochs, trained = len(runs[0].test_errors), [run.train_errors[-1] for run in runs]
    for word, errors, colour in (("test", last, ACCENT), ("training", trained, MUTED)):
        end = 1.02 * epochs, np.mean(errors)
        axes.text(*end, word, color=colour, va="center", fontsize=TEXT)
    axes.set(xlabel="epoch", ylabel="error in percent", xlim=(1, epochs))
    axes.set_ylim(-0.5, max(max(run.test_errors) for run in runs) * 1.08)
    axes.xaxis.get_major_locator().set_params(integer=True)
    quiet(axes)
    return drawing


def error_curves(*records: Record) -> Drawing:
    """Test error against epoch, a panel for each record and a thin line for each run.

    A dashed line shows the paper's error, where the experiment reproduces one.
    """
    ends = "; ".join(f"{_told(record)} at the end" for record in records)
    rows = -(-len(records) // 2)
    drawing = Drawing(680, 240 * rows + 20, f"Test error in percent against epoch. {ends}.")
    panels = drawing.subplots(rows, 2, sharey=True, squeeze=False).ravel()
    for axes, record in zip(panels, records, strict=False):
        _panel(axes, record)
    for axes in panels[::2]:
        axes.set_ylabel("error in percent")
    for axes in panels[len(records) :]:
        axes.set_visible(False)
    drawing.subplots_adjust(0.09, 0.52 / rows / 2.6, 0.98, 1 - 0.3 / rows / 2.6, 0.08, 0.45)
    return drawing


def error_spread(*records: Record) -> Drawing:
    """Each run's test error as a dot, a row for each record, the mean as a bar."""
    height = 44 * len(records) + 60
    drawing = Drawing(680, height, f"Test errors in percent: {'; '.join(map(_told, records))}.")
    axes = _rows_of_dots(drawing, records, height)
    for row, record in enumerate(records):
        axes.plot([np.mean(record.test_errors)] * 2, [row - 0.3, row + 0.3], color=INK, linewidth=2)
    axes.set_xlim(0, 1.08 * max(max(record.test_errors) for record in records))
    return drawing


def errors_beside_paper(records: Iterable[Record]) -> Drawing:
    """Each run's test error as a dot, and the error that the paper printed as a bar.

    A row for each record whose experiment reproduces one of the paper's.
    """
    records = [record for record in records if record.experiment.reproduces]
    printed = [record.experiment.reproduces.error for record in records]
    told = "; ".join(
        f"{_told(record)}, printed {error}" for record, error in zip(records, printed, strict=True)
    )
    height = 34 * len(records) + 84
    drawing = Drawing(680, height, f"Test errors on MNIST in percent. {told}.")
    axes = _rows_of_dots(drawing, records, height)
    for row, error in enumerate(printed):
        axes.plot([error] * 2, [row - 0.32, row + 0.32], color=INK, linewidth=3)
    axes.set_xscale("log")
    _ticks(axes.xaxis, PERCENT)
    ours = float(np.mean(records[0].test_errors))
    for x, word, colour in ((printed[0], "printed", INK), (ours, "ours", MUTED)):
        axes.text(x, -0.62, word, ha="center", va="bottom", color=colour, fontsize=SMALL)
    return drawing


def error_lines(
    lines: Mapping[str, Sequence[Sequence[float]]],
    places: Sequence[float],
    xlabel: str,
    log: bool = False,
) -> Drawing:
    """Mean error at each place as a line, and a band from the lowest run to the highest.

    `lines` has, for each label, a list of errors in percent at each place. Lines
    differ in dashes as well as in colour, and carry their labels at the end.
    """
    told = "; ".join(
        f"{label} from {np.mean(errors[0]):.1f} to {np.mean(errors[-1]):.1f}"
        for label, errors in lines.items()
    )
    drawing = Drawing(680, 360, f"Mean test error in percent against {xlabel}: {told}.")
    axes = drawing.add_axes((0.09, 0.15, 0.66, 0.8))
    for errors, style in zip(lines.values(), STYLES, strict=False):
        means = [float(np.mean(some)) for some in errors]
        lowest, highest = ([end(some) for some in errors] for end in (min, max))
        axes.fill_between(places, lowest, highest, color=style["color"], alpha=0.25, linewidth=0)
        axes.plot(places, means, marker="o", markersize=4, linewidth=1.8, **style)
    axes.set(xlabel=xlabel, ylabel="test error in percent", yscale="log")
    if log:
        axes.set_xscale("log")
        _ticks(axes.xaxis, places, "{x:,.0f}")
    _ticks(axes.yaxis, (*PERCENT, 20, 50, 90))
    quiet(axes)
    _label_ends(axes, {label: float(np.mean(errors[-1])) for label, errors in lines.items()})
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
    captions, wrong = [str(label) for label in labels], [False] * len(labels)
    if predictions is not None:
        wrong = np.not_equal(labels, predictions)
        captions = [f"{true} → {guess}" for true, guess in zip(labels, predictions, strict=True)]
    rows, columns = -(-len(images) // columns), min(columns, len(images))
    width, height = columns * PITCH + 4, rows * (TILE + 28) + 4
    drawing = Drawing(width, height, f"Scanned digits, labelled {', '.join(captions)}.")
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


def _told(record: Record) -> str:
    errors = record.test_errors
    return f"{record.experiment.title}: {min(errors):.2f} to {max(errors):.2f}"


def _curves(axes: Axes, lines: Iterable[Sequence[float]], **how) -> None:
    """A line for each run, from epoch 1 on."""
    for errors in lines:
        axes.plot(range(1, len(errors) + 1), errors, **how)


def _panel(axes: Axes, record: Record) -> None:
    _curves(axes, (run.test_errors for run in record.runs), color=ACCENT, linewidth=1.2)
    if record.experiment.reproduces:
        printed = record.experiment.reproduces.error
        axes.axhline(printed, color=INK, linewidth=1.4, linestyle="--")
    axes.set_title(record.experiment.title, fontsize=TEXT, color=INK, loc="left")
    axes.set(xlabel="epoch", yscale="log", ylim=(0.45, 12))
    _ticks(axes.yaxis, PERCENT)
    quiet(axes)


def _rows_of_dots(drawing: Drawing, records: Sequence[Record], height: int) -> Axes:
    """Axes with a row for each record, titles at the left and a dot for each run."""
    titles = [record.experiment.title for record in records]
    left = (7.4 * max(map(len, titles)) + 14) / 680
    axes = drawing.add_axes((left, 46 / height, 0.97 - left, 1 - 76 / height))
    for row, record in enumerate(records):
        errors = record.test_errors
        axes.plot(errors, [row] * len(errors), "o", color=ACCENT, markersize=8, alpha=0.55)
    axes.set_yticks(range(len(titles)), titles)
    axes.set(xlabel="test error in percent", ylim=(len(titles) - 0.5, -0.5))
    quiet(axes)
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=12)
    return axes


def _ticks(axis: Axis, ticks: Sequence[float], form: str = "{x:g}") -> None:
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(StrMethodFormatter(form))


def _label_ends(axes: Axes, ends: Mapping[str, float]) -> None:
    """A label to the right of each line's end, moved apart where ends are close."""
    low, high = np.log(axes.get_ylim())
    place = -1.0
    for number, (label, end) in sorted(enumerate(ends.items()), key=lambda item: item[1][1]):
        place = max((np.log(end) - low) / (high - low), place + 0.065)
        axes.text(
            1.02, place, label, transform=axes.transAxes, va="center", fontsize=12,
            color=STYLES[number]["color"],
        )  # fmt: skip


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
