"""How much the start of the weights decides: an error at each size of the start."""

from collections.abc import Mapping, Sequence
from statistics import mean

from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from lenet.plots.drawing import ACCENT, INK, LINE, SMALL, WIDEST, Drawing, quiet

PERCENT = (0.5, 1, 2, 5, 10, 20, 50, 90)  # ticks


def errors_at_starts(errors: Mapping[float, Sequence[float]], xlabel: str) -> Drawing:
    """Each run's validation error as a dot above its start, a line through the means.

    `errors` has, for each start, the errors in percent of the runs from it.
    """
    means = {start: mean(errors[start]) for start in sorted(errors)}
    told = ", ".join(f"{value:.2f} at {start}" for start, value in means.items())
    drawing = Drawing(WIDEST, 300, f"Validation error in percent against {xlabel}: {told}.")
    axes = drawing.add_axes((0.13, 0.18, 0.84, 0.74))
    axes.plot(list(means), list(means.values()), color=LINE, linewidth=2, zorder=1)
    for start in means:
        places = [start] * len(errors[start])
        axes.plot(places, errors[start], "o", color=ACCENT, markersize=8, alpha=0.55)
        axes.annotate(
            f"{means[start]:.2f}", (start, max(errors[start])), (0, 9), ha="center",
            textcoords="offset pixels", fontsize=SMALL, color=INK,
        )  # fmt: skip
    axes.set(xlabel=xlabel, ylabel="error in percent", yscale="log")
    lowest, highest = (end(map(end, errors.values())) for end in (min, max))
    axes.set_ylim(0.8 * lowest, 1.6 * highest)
    axes.xaxis.set_major_locator(FixedLocator(list(means)))
    axes.yaxis.set_major_locator(FixedLocator(PERCENT))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    quiet(axes)
    return drawing
