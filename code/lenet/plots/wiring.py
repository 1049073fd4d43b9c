"""Who reads whom, for inputs in a row: dense, local and shared layers."""

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, SURFACE, WIDEST, Drawing, write

LEFT, INPUTS_AT, UNITS_AT = 66, 22, 138  # pixels
STYLES = ((ACCENT, "-", 2.2), (INK, "--", 1.4), (MUTED, ":", 2.2))  # one a shared weight
KINDS = ("dense", "local", "shared")


def wiring(kind: str, inputs: int = 6, reads: int = 3) -> Drawing:
    """Lines from inputs in a row to one unit for each window, and how many weights they have.

    `kind` "dense": each unit reads every input; "local": `reads` neighbours, each line with
    a weight of its own, numbered; "shared": the same, and the weights a, b, c of every unit.
    ValueError where `kind` is none of these, or more is read than there is.

    >>> wiring("shared", inputs=6, reads=3)
    <Drawing: 6 inputs, 4 units, shared: 12 lines, 3 weights.>
    """
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    if not 1 <= reads <= inputs:
        raise ValueError(f"a unit reads 1 to {inputs} inputs, not {reads}")
    units = inputs - reads + 1
    pairs = [(at, unit) for unit in range(units) for at in _read(kind, unit, inputs, reads)]
    weights = reads if kind == "shared" else len(pairs)
    note = f"{len(pairs)} lines, {weights} weights"
    step = min(48, (WIDEST - LEFT - 8) / inputs)
    drawing = Drawing(
        LEFT + step * inputs + 8, UNITS_AT + 58, f"{inputs} inputs, {units} units, {kind}: {note}."
    )
    axes = drawing.sheet()
    for number, (at, unit) in enumerate(pairs):
        _line(axes, kind, (at, unit), reads, number, step)
    _ends(axes, inputs, units, reads, step)
    write(axes, LEFT + step * inputs / 2, UNITS_AT + 42, note)
    return drawing


def _read(kind: str, unit: int, inputs: int, reads: int) -> range:
    """The inputs that a unit reads, counted from 0."""
    return range(inputs) if kind == "dense" else range(unit, unit + reads)


def _unit_x(unit: int, reads: int, step: float) -> float:
    """A unit stands below the middle of its window."""
    return LEFT + step * (unit + reads / 2)


def _line(
    axes: Axes, kind: str, pair: tuple[int, int], reads: int, number: int, step: float
) -> None:
    """A line from an input to a unit, with the name of its weight where it has one."""
    at, unit = pair
    start, end, tap = LEFT + step * (at + 0.5), _unit_x(unit, reads, step), at - unit
    colour, dash, width = (ACCENT, "-", 1.8) if unit == 1 else (MUTED, "-", 1)
    if kind == "shared":
        colour, dash, width = STYLES[tap % len(STYLES)]
    axes.plot([start, end], [INPUTS_AT, UNITS_AT], dash, color=colour, linewidth=width, zorder=1)
    name = {"dense": "", "local": str(number + 1), "shared": chr(ord("a") + tap)}[kind]
    if name:
        part = 0.48 if tap % 2 else 0.34  # of the line: neighbours stand on two heights
        x, y = end + part * (start - end), UNITS_AT + part * (INPUTS_AT - UNITS_AT)
        axes.add_patch(Rectangle((x - 8, y - 7), 16, 14, facecolor=SURFACE, linewidth=0, zorder=2))
        write(axes, x, y, name, SMALL)


def _ends(axes: Axes, inputs: int, units: int, reads: int, step: float) -> None:
    """The inputs as squares, the units as circles."""
    how = {"facecolor": SURFACE, "edgecolor": INK, "linewidth": 1.2, "zorder": 3}
    write(axes, LEFT - 6, INPUTS_AT, "inputs", SMALL, ha="right", color=MUTED)
    write(axes, LEFT - 6, UNITS_AT, "units", SMALL, ha="right", color=MUTED)
    for at in range(inputs):
        x = LEFT + step * (at + 0.5)
        axes.add_patch(Rectangle((x - 11, INPUTS_AT - 11), 22, 22, **how))
    for unit in range(units):
        axes.add_patch(Circle((_unit_x(unit, reads, step), UNITS_AT), 12, **how))
