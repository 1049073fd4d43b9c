"""What training gave: curves, spreads and lines of errors."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, TEXT, WIDEST, Drawing, quiet
from lenet.training.runs import Record

ROW = 46  # a row of dots with its title above
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
    drawing = Drawing(WIDEST, 290, f"Error in percent against epoch {told} {ends}.")
    axes = drawing.add_axes((0.12, 0.17, 0.69, 0.78))
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
    height = 230 * rows
    drawing = Drawing(WIDEST, height, f"Test error in percent against epoch. {ends}.")
    panels = drawing.subplots(rows, 2, sharey=True, squeeze=False).ravel()
    for axes, record in zip(panels, records, strict=False):
        _panel(axes, record)
    for axes in panels[::2]:
        axes.set_ylabel("error in percent")
    for axes in panels[len(records) :]:
        axes.set_visible(False)
    drawing.subplots_adjust(0.12, 48 / height, 0.98, 1 - 40 / height, wspace=0.12, hspace=0.65)
    return drawing


def error_spread(*records: Record) -> Drawing:
    """Each run's test error as a dot, a row for each record, the mean as a bar."""
    height = ROW * len(records) + 56
    drawing = Drawing(WIDEST, height, f"Test errors in percent: {'; '.join(map(_told, records))}.")
    axes = _rows_of_dots(drawing, records, height)
    for row, record in enumerate(records):
        axes.plot([np.mean(record.test_errors)] * 2, [row - 0.2, row + 0.2], color=INK, linewidth=2)
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
    height = ROW * len(records) + 80
    drawing = Drawing(WIDEST, height, f"Test errors on MNIST in percent. {told}.")
    axes = _rows_of_dots(drawing, records, height)
    for row, error in enumerate(printed):
        axes.plot([error] * 2, [row - 0.2, row + 0.2], color=INK, linewidth=3)
    axes.set_xscale("log")
    _ticks(axes.xaxis, PERCENT)
    axes.lines[0].set_label("a run")
    axes.lines[-1].set_label("printed in 1998")
    axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=SMALL,
        labelcolor=INK, handlelength=1, borderaxespad=0,
    )  # fmt: skip
    return drawing


def error_lines(
    lines: Mapping[str, Sequence[Sequence[float]]],
    places: Sequence[float],
    xlabel: str,
    log: bool = False,
) -> Drawing:
    """Mean error at each place as a line, and a band from the lowest run to the highest.

    `lines` has, for each label, a list of errors in percent at each place. Lines
    differ in dashes as well as in colour; their labels stand above.
    """
    told = "; ".join(
        f"{label} from {np.mean(errors[0]):.1f} to {np.mean(errors[-1]):.1f}"
        for label, errors in lines.items()
    )
    legend = 20 * len(lines) + 8
    height = 300 + legend
    drawing = Drawing(WIDEST, height, f"Mean test error in percent against {xlabel}: {told}.")
    axes = drawing.add_axes((0.13, 50 / height, 0.84, 240 / height))
    for (label, errors), style in zip(lines.items(), STYLES, strict=False):
        means = [float(np.mean(some)) for some in errors]
        lowest, highest = ([end(some) for some in errors] for end in (min, max))
        axes.fill_between(places, lowest, highest, color=style["color"], alpha=0.25, linewidth=0)
        axes.plot(places, means, marker="o", markersize=4, linewidth=1.8, label=label, **style)
    axes.set(xlabel=xlabel, ylabel="test error in percent", yscale="log")
    if log:
        axes.set_xscale("log")
        _ticks(axes.xaxis, _apart(places), "{x:,.0f}")
    _ticks(axes.yaxis, (*PERCENT, 20, 50, 90))
    quiet(axes)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=SMALL, labelcolor=INK,
        handlelength=3.5, labelspacing=0.4, borderaxespad=0.3,
    )  # fmt: skip
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
    title = "\n".join(textwrap.wrap(record.experiment.title, 24))
    axes.set_title(title, fontsize=SMALL, color=INK, loc="left")
    axes.set(xlabel="epoch", yscale="log", ylim=(0.45, 12))
    axes.xaxis.get_major_locator().set_params(integer=True)
    _ticks(axes.yaxis, PERCENT)
    quiet(axes)


def _rows_of_dots(drawing: Drawing, records: Sequence[Record], height: int) -> Axes:
    """Axes with a row for each record: its title, and below it a dot for each run."""
    axes = drawing.add_axes((0.03, 46 / height, 0.94, ROW * len(records) / height))
    for row, record in enumerate(records):
        errors = record.test_errors
        axes.plot(errors, [row] * len(errors), "o", color=ACCENT, markersize=8, alpha=0.55)
        axes.text(
            0, row - 0.46, record.experiment.title, transform=axes.get_yaxis_transform(),
            va="center", fontsize=SMALL, color=INK,
        )  # fmt: skip
    axes.set(xlabel="test error in percent", ylim=(len(records) - 0.6, -0.75), yticks=[])
    quiet(axes)
    axes.spines["left"].set_visible(False)
    return axes


def _apart(places: Sequence[float]) -> list[float]:
    """Those of the places that are far enough from the next one to be written below a log axis."""
    kept, least = [places[-1]], (places[-1] / places[0]) ** 0.12
    for place in reversed(places[:-1]):
        if kept[0] / place > least:
            kept.insert(0, place)
    return kept


def _ticks(axis: Axis, ticks: Sequence[float], form: str = "{x:g}") -> None:
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(StrMethodFormatter(form))
