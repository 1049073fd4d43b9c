"""Records of runs on MNIST beside the errors printed in 1998."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from lenet.paper import COMPARISON, Compared
from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, TEXT, Drawing, quiet
from lenet.training.runs import Record

TICKS = (0.5, 1, 2, 5, 10)  # percent
STYLES = (  # told apart in grey too
    {"color": ACCENT, "linestyle": "-"},
    {"color": INK, "linestyle": "--"},
    {"color": ACCENT, "linestyle": ":"},
    {"color": MUTED, "linestyle": "-."},
)


def errors_beside_paper(records: Mapping[str, Record]) -> Drawing:
    """For each row that was run again: the printed error as a bar, each of our runs as a dot."""
    rows = [entry for entry in COMPARISON if entry.row in records]
    names = [f"{entry.method}{', ' + entry.inputs if entry.inputs else ''}" for entry in rows]
    errors = [records[entry.row].test_errors for entry in rows]
    told = "; ".join(
        f"{name}: printed {entry.error}, ours {min(ours)} to {max(ours)}"
        for name, entry, ours in zip(names, rows, errors, strict=True)
    )
    height = 34 * len(rows) + 84
    drawing = Drawing(680, height, f"Test errors on MNIST in percent. {told}.")
    axes = drawing.add_axes((0.23, 48 / height, 0.74, 1 - 84 / height))
    for place, (entry, ours) in enumerate(zip(rows, errors, strict=True)):
        axes.plot([entry.error] * 2, [place - 0.32, place + 0.32], color=INK, linewidth=3)
        axes.plot(ours, [place] * len(ours), "o", color=ACCENT, markersize=8, alpha=0.55)
    axes.set_yticks(range(len(rows)), names)
    axes.set(xlabel="test error in percent", xscale="log", ylim=(len(rows) - 0.5, -0.5))
    _percent(axes.xaxis)
    quiet(axes)
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=12)
    _key(axes, rows[0], errors[0])
    return drawing


def error_curves(
    records: Sequence[Record], titles: Sequence[str], printed: Sequence[float]
) -> Drawing:
    """Test error against epoch, a panel for each record and a thin line for each run.

    A dashed line shows the error that `printed` has for the panel.
    """
    ends = "; ".join(
        f"{title}: {min(record.test_errors)} to {max(record.test_errors)} at the end"
        for title, record in zip(titles, records, strict=True)
    )
    rows = -(-len(records) // 2)
    drawing = Drawing(680, 240 * rows + 20, f"Test error in percent against epoch. {ends}.")
    panels = drawing.subplots(rows, 2, sharey=True, squeeze=False).ravel()
    for axes, record, title, error in zip(panels, records, titles, printed, strict=False):
        for run in record.runs:
            axes.plot(
                range(1, len(run.test_errors) + 1), run.test_errors, color=ACCENT, linewidth=1.2
            )
        axes.axhline(error, color=INK, linewidth=1.4, linestyle="--")
        axes.set_title(title, fontsize=TEXT, color=INK, loc="left")
        axes.set(xlabel="epoch", yscale="log", ylim=(0.45, 12))
        _percent(axes.yaxis)
        quiet(axes)
    for axes in panels[::2]:
        axes.set_ylabel("error in percent")
    for axes in panels[len(records) :]:
        axes.set_visible(False)
    drawing.subplots_adjust(0.09, 0.52 / rows / 2.6, 0.98, 1 - 0.3 / rows / 2.6, 0.08, 0.45)
    return drawing


def _percent(axis: Axis, ticks: Sequence[float] = TICKS) -> None:
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(StrMethodFormatter("{x:g}"))


def _key(axes: Axes, first: Compared, ours: Sequence[float]) -> None:
    """What the marks mean, told on the first row."""
    for x, word, colour in ((first.error, "printed", INK), (float(np.mean(ours)), "ours", MUTED)):
        axes.text(x, -0.62, word, ha="center", va="bottom", color=colour, fontsize=SMALL)


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
        axes.xaxis.set_major_locator(FixedLocator(places))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    _percent(axes.yaxis, (*TICKS, 20, 50, 90))
    quiet(axes)
    _label_ends(axes, {label: float(np.mean(errors[-1])) for label, errors in lines.items()})
    return drawing


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
