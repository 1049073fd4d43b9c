"""How a network learns: the loss of a weight, steps downhill, and what chance does to a count."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from lenet.descent import OneWeight
from lenet.plots.digits import digit_grid
from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, TEXT, Drawing, quiet
from lenet.training.runs import Run

FINE = 120  # pieces of a curve


def loss_curve(
    unit: OneWeight, weights: Sequence[float], slopes_at: Sequence[float] = ()
) -> Drawing:
    """The loss against the weight, a dot at each of `weights`, its slope drawn at some.

    A slope is a dashed line that touches the curve, with its number at the end.
    """
    losses = [unit.loss(weight) for weight in weights]
    told = ", ".join(f"{b:g} at {a:g}" for a, b in zip(weights, losses, strict=True))
    slopes = [f" Slope {unit.gradient(at):g} at {at:g}." for at in slopes_at]
    drawing = Drawing(420, 290, f"Loss against the weight: {told}.{''.join(slopes)}")
    axes = drawing.add_axes((0.14, 0.17, 0.83, 0.78))
    _curve(axes, unit, min(weights), max(weights))
    axes.plot(weights, losses, "o", color=ACCENT, markersize=7)
    for at in slopes_at:
        _touching(axes, unit, at)
    axes.set(xlabel="weight", ylabel="loss", ylim=(-0.08 * max(losses), 1.08 * max(losses)))
    quiet(axes)
    return drawing


def walks(unit: OneWeight, start: float, rates: Sequence[float], steps: int) -> Drawing:
    """Steps downhill on the loss curve, a panel for each rate; the dots are numbered.

    The panels lie below each other and have the same axes, so that what runs away is seen to.
    """
    paths = [unit.walk(start, rate, steps) for rate in rates]
    told = "; ".join(
        f"rate {rate:g}: {', '.join(f'{weight:.2f}' for weight in path)}"
        for rate, path in zip(rates, paths, strict=True)
    )
    height = 230 * len(rates) + 30
    drawing = Drawing(420, height, f"The weight before the first step and after each. {told}.")
    panels = drawing.subplots(len(rates), 1, sharex=True, sharey=True, squeeze=False).ravel()
    every = [weight for path in paths for weight in path]
    middle = unit.wanted / unit.input
    far = 1.1 * max(abs(weight - middle) for weight in every)
    for axes, rate, path in zip(panels, rates, paths, strict=True):
        _curve(axes, unit, middle - far, middle + far)
        _steps(axes, unit, path)
        axes.set_title(f"rate {rate:g}", fontsize=TEXT, color=INK, loc="left")
        axes.set_ylabel("loss")
        axes.margins(y=0.12)
        quiet(axes)
    panels[-1].set_xlabel("weight")
    drawing.subplots_adjust(0.15, 46 / height, 0.97, 1 - 28 / height, hspace=0.24)
    return drawing


def count_spread(counts: Sequence[int], xlabel: str) -> Drawing:
    """How often each count came up, as bars, with the mean marked."""
    often, mean = Counter(map(int, counts)), sum(counts) / len(counts)
    low, high = min(often), max(often)
    alt = f"{xlabel}: {len(counts):,} draws from {low} to {high}, mean {mean:.1f}."
    drawing = Drawing(420, 240, alt)
    axes = drawing.add_axes((0.14, 0.22, 0.83, 0.7))
    axes.bar(list(often), list(often.values()), width=0.8, color=ACCENT)
    axes.axvline(mean, color=INK, linewidth=2, linestyle="--")
    axes.set(xlabel=xlabel, ylabel="how often")
    axes.xaxis.get_major_locator().set_params(integer=True)
    quiet(axes)
    return drawing


def misread(images: np.ndarray, run: Run, most: int = 24) -> Drawing:
    """The first digits that a run misread, as a grid: "true → predicted", each framed.

    `images` are the test digits, (N, height, width, channels) from 0 to 1.
    """
    places, labels, answers = (list(part) for part in zip(*run.wrong[:most], strict=True))
    return digit_grid(images[places], labels, answers)


def _curve(axes: Axes, unit: OneWeight, low: float, high: float) -> None:
    weights = [low + (high - low) * piece / FINE for piece in range(FINE + 1)]
    axes.plot(weights, [unit.loss(weight) for weight in weights], color=MUTED, linewidth=1.6)


def _touching(axes: Axes, unit: OneWeight, at: float) -> None:
    """A dashed piece of the line that has the curve's slope at a weight."""
    slope, half = unit.gradient(at), 0.8
    ends = [at - half, at + half]
    line = [unit.loss(at) + slope * (end - at) for end in ends]
    axes.plot(ends, line, color=INK, linewidth=2, linestyle="--")
    low = slope < 0  # the end of the line that lies lower, and the side where nothing is
    axes.annotate(
        f"slope {slope:g}".replace("-", "−"), (ends[low], line[low]), (-7 if low else 7, 0),
        ha="right" if low else "left", va="center", textcoords="offset pixels",
        fontsize=SMALL, color=INK,
    )  # fmt: skip


def _steps(axes: Axes, unit: OneWeight, path: Sequence[float]) -> None:
    losses = [unit.loss(weight) for weight in path]
    axes.plot(path, losses, color=INK, linewidth=1, linestyle=":")
    axes.plot(path, losses, "o", color=ACCENT, markersize=7)
    for number, place in enumerate(zip(path, losses, strict=True)):
        axes.annotate(
            str(number), place, (0, -11 if number % 2 else 9), ha="center", va="center",
            textcoords="offset pixels", fontsize=SMALL, color=INK,
        )  # fmt: skip
