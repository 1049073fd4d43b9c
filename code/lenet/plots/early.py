"""What only the networks of 1998 have: their squashing function."""

import numpy as np

from lenet.plots.drawing import ACCENT, INK, MUTED, WIDEST, Drawing, quiet


def squashing_curve() -> Drawing:
    """1.7159 tanh(2a/3) from -5 to 5, its two points at 1 and -1, and what it never passes."""
    sums = np.linspace(-5, 5, 101)
    drawing = Drawing(
        WIDEST, 260, "1.7159 tanh(2a/3) rises from −1.7 to 1.7. It passes −1 at −1 and 1 at 1, "
        "is steep between them, and flat beyond 4 and −4.",
    )  # fmt: skip
    axes = drawing.add_axes((0.12, 0.2, 0.85, 0.74))
    axes.axhline(1.7159, color=MUTED, linestyle="--", linewidth=1)
    axes.axhline(-1.7159, color=MUTED, linestyle="--", linewidth=1)
    axes.plot(sums, 1.7159 * np.tanh(2 * sums / 3), color=ACCENT, linewidth=2.2)
    axes.plot([-1, 1], [-1, 1], "o", color=INK, markersize=7)
    axes.set(xticks=range(-5, 6), yticks=range(-2, 3), xlabel="sum a", ylabel="f(a)")
    axes.set_ylim(-2.1, 2.1)
    quiet(axes)
    return drawing
