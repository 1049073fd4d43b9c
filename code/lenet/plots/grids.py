"""Operations on pictures small enough to compute by hand, every number written in."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.arithmetic import dropped, effective_kernel, output_size, pad_widths
from lenet.plots.drawing import ACCENT, INK, LINE, MUTED, SMALL, TEXT, WIDEST, Drawing, quiet, write

CELL, GAP, TOP = 38, 30, 42  # pixels: the largest cell, between two grids, and for a title
NOTE, NOTE_LINE = 56, 20  # characters in a line of a note, and its height
Span = tuple[slice, slice]


def grids(
    arrays: Sequence[np.ndarray],
    titles: Sequence[str],
    signs: Sequence[str] = (),
    marks: Sequence[Span | None] = (),
    note: str = "",
    alt: str = "Numbers: ",
) -> Drawing:
    """Number grids side by side, with `signs` between them and a `note` below.

    `arrays` are two-dimensional; NaN leaves a cell empty. `marks` frames a part
    of each, as a pair of slices. A number above 0 is tinted, one below 0 is hatched.
    Who hears the drawing hears `alt`; where that ends in a colon, all numbers follow.
    """
    arrays = [np.atleast_2d(np.asarray(array, dtype=float)) for array in arrays]
    columns, parts = sum(array.shape[1] for array in arrays), -(-len(note) // NOTE)
    lines = textwrap.wrap(note, len(note) // parts + 6) if note else []
    gaps = (len(arrays) + 1) * GAP
    cell = min(CELL, (WIDEST - gaps) // columns)
    height = max(array.shape[0] for array in arrays) * cell
    width = max(columns * cell + gaps, min(WIDEST, 8 * len(note) + 20))
    alt = f"{alt}{'; '.join(map(_told, titles, arrays))}." if alt.endswith(": ") else alt
    drawing = Drawing(width, TOP + height + 14 + NOTE_LINE * len(lines), alt)
    axes, x = drawing.sheet(), (width - columns * cell - gaps) / 2 + GAP
    for number, (array, title) in enumerate(zip(arrays, titles, strict=True)):
        rows, cols = array.shape
        top = TOP + (height - rows * cell) / 2
        _grid(axes, array, (x, top), cell, marks[number] if number < len(marks) else None)
        lines_above = "\n".join(textwrap.wrap(title, (cols * cell + GAP) // 8))
        write(axes, x + cols * cell / 2, top - 7, lines_above, va="bottom", color=MUTED)
        x += cols * cell
        if number < len(signs):
            write(axes, x + GAP / 2, TOP + height / 2, signs[number], 18)
        x += GAP
    for number, line in enumerate(lines):
        write(axes, width / 2, TOP + height + 20 + NOTE_LINE * number, line)
    return drawing


def convolution_step(image: np.ndarray, kernel: np.ndarray, row: int, column: int) -> Drawing:
    """One output of a convolution: the window, the kernel, all products and their sum.

    `image` and `kernel` are two-dimensional; `row` and `column` name the output.
    Outputs that come later, in reading order, are left empty.
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    high, wide = kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    output = (windows * kernel).sum(axis=(2, 3)).astype(float)
    output.flat[row * output.shape[1] + column + 1 :] = np.nan
    window = windows[row, column]
    products = [f"{_plain(a)}·{_factor(b)}" for a, b in zip(window.flat, kernel.flat, strict=True)]
    note = f"{' + '.join(products)} = {_plain(output[row, column])}"
    return grids(
        [image, kernel, output],
        ["input", "kernel", "output"],
        signs=["∗", "="],
        marks=[_span(row, column, high, wide), None, _span(row, column, 1, 1)],
        note=note,
        alt=f"A {high} by {wide} kernel on row {row}, column {column} of the input: {note}.",
    )


def pooling_step(array: np.ndarray, pool_size: int = 2) -> Drawing:
    """Maximum and mean of each window of a map, side by side with the map."""
    array = np.asarray(array)
    high, wide = (size // pool_size * pool_size for size in array.shape)
    tiles = array[:high, :wide].reshape(high // pool_size, pool_size, wide // pool_size, pool_size)
    return grids(
        [array, tiles.max(axis=(1, 3)), tiles.mean(axis=(1, 3))],
        ["map", "max pooling", "average pooling"],
        signs=["→", "or"],
        marks=[_span(0, 0, pool_size, pool_size), _span(0, 0, 1, 1), _span(0, 0, 1, 1)],
        alt=f"The maximum and the mean of each window of {pool_size} by {pool_size}: ",
    )


def activation_curves() -> Drawing:
    """tanh and ReLU from -3 to 3, side by side."""
    inputs = np.linspace(-3, 3, 61)
    drawing = Drawing(WIDEST, 200, "tanh bends from −1 to 1; ReLU is 0 below 0 and straight above.")
    for left, name, outputs in (
        (0.07, "tanh", np.tanh(inputs)),
        (0.57, "ReLU", np.maximum(inputs, 0)),
    ):
        axes = drawing.add_axes((left, 0.15, 0.41, 0.7))
        axes.plot(inputs, outputs, color=ACCENT, linewidth=2.2)
        axes.set_title(name, fontsize=TEXT, color=INK, loc="left")
        axes.set(xticks=range(-3, 4), yticks=range(-1, 4))
        quiet(axes)
    return drawing


def windows_on_line(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: str | int = "valid",
    dilation_rate: int = 1,
) -> Drawing:
    """Every window of a kernel on a line of pixels, one a row, and what is dropped.

    Arguments as for `lenet.arithmetic.output_size`.
    """
    how = (size, kernel_size, stride, padding, dilation_rate)
    count, lost, (before, after) = output_size(*how), dropped(*how), pad_widths(*how)
    total, left = before + size + after, 92
    box = min(30, (WIDEST - left - 98) / total)
    width = total * box + left + 98
    alt = f"{size} pixels"
    alt += f" with {before} zeros before and {after} after" if before + after else ""
    alt += f", kernel {kernel_size}, stride {stride}"
    alt += f", dilation {dilation_rate}" if dilation_rate > 1 else ""
    alt += f": {count} windows fit, {lost} pixels dropped."
    drawing = Drawing(width, 50 + 27 * count, alt)
    axes = drawing.sheet()
    write(axes, left - 10, 22, "pixels", ha="right", color=MUTED)
    for place in range(total):
        _pixel(axes, left + place * box, 8, box, place - before, size, place >= total - lost)
    for window in range(count):
        y = 44 + 27 * window
        write(axes, left - 10, y + 11, f"window {window + 1}", ha="right", color=MUTED)
        _taps(axes, left + window * stride * box, y, box, kernel_size, dilation_rate)
    if lost:
        write(axes, left + total * box + 10, 22, f"{lost} dropped", ha="left", color=MUTED)
    return drawing


def _grid(
    axes: Axes, array: np.ndarray, place: tuple[float, float], cell: float, mark: Span | None
) -> None:
    (x, y), largest = place, np.nanmax(np.abs(array)) or 1
    longest = max(len(_plain(value)) for value in array.flat)
    size = TEXT if cell == CELL and longest < 5 else SMALL
    for row, values in enumerate(array):
        for column, value in enumerate(values):
            corner = (x + column * cell, y + row * cell)
            _tint(axes, corner, cell, 0 if np.isnan(value) else value / largest)
            axes.add_patch(Rectangle(corner, cell, cell, fill=False, edgecolor=LINE, linewidth=1))
            if not np.isnan(value):
                write(axes, corner[0] + cell / 2, corner[1] + cell / 2, _plain(value), size)
    if mark:
        down, across = mark
        axes.add_patch(
            Rectangle(
                (x + across.start * cell, y + down.start * cell),
                (across.stop - across.start) * cell,
                (down.stop - down.start) * cell,
                fill=False,
                edgecolor=ACCENT,
                linewidth=2.6,
            )
        )


def _tint(axes: Axes, corner: tuple[float, float], cell: float, strength: float) -> None:
    """A cell's ground, from -1 to 1: accent above 0, hatched grey below, nothing at 0."""
    if strength:
        colour, strongest = (ACCENT, 0.45) if strength > 0 else (MUTED, 0.3)
        ground = {"facecolor": (*_rgb(colour), strongest * abs(strength)), "linewidth": 0}
        axes.add_patch(Rectangle(corner, cell, cell, **ground))
    if strength < 0:
        lines = {"fill": False, "edgecolor": MUTED, "hatch": "///", "linewidth": 0, "alpha": 0.55}
        axes.add_patch(Rectangle(corner, cell, cell, **lines))


def _pixel(axes: Axes, x: float, y: float, box: int, index: int, size: int, lost: bool) -> None:
    padded = not 0 <= index < size
    axes.add_patch(
        Rectangle(
            (x + 1.5, y),
            box - 3,
            28,
            fill=False,
            edgecolor=MUTED if padded or lost else INK,
            linestyle="--" if padded else "-",
            hatch="////" if lost else None,
            linewidth=1,
        )
    )
    if not lost:
        label = "0" if padded else str(index + 1)
        write(axes, x + box / 2, y + 14, label, color=MUTED if padded else INK)


def _taps(axes: Axes, x: float, y: float, box: int, kernel_size: int, dilation_rate: int) -> None:
    span = effective_kernel(kernel_size, dilation_rate)
    axes.plot([x + 3, x + span * box - 3], [y + 11, y + 11], color=ACCENT, linewidth=2)
    for tap in range(kernel_size):
        corner = (x + tap * dilation_rate * box + 1.5, y)
        axes.add_patch(Rectangle(corner, box - 3, 22, facecolor=ACCENT, linewidth=0))


def _told(title: str, array: np.ndarray) -> str:
    """A grid in words: its title, size and rows; what is left empty is not said."""
    rows = (" ".join(_plain(value) for value in row if not np.isnan(value)) for row in array)
    return f"{title}, {array.shape[0]} by {array.shape[1]}: {', '.join(filter(None, rows))}"


def _span(row: int, column: int, high: int, wide: int) -> Span:
    return slice(row, row + high), slice(column, column + wide)


def _plain(value: float) -> str:
    """3.0 as 3, -1 with a real minus sign."""
    return f"{value:g}".replace("-", "−")


def _factor(value: float) -> str:
    return f"({_plain(value)})" if value < 0 else _plain(value)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
