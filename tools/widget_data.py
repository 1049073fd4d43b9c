"""What the package gives to the widgets of the pages: formulas, messages, weights, pictures.

The scripts in `_widgets` put numbers into formulas and evaluate them; what the formulas are, and
what is said of them, is written here from the package, at build.
"""

from collections.abc import Callable
from dataclasses import dataclass

import widget_layers
import widget_networks
import widget_pictures
from lenet import LENET5_1998, plots
from lenet.descent import FORMULAS, OneWeight
from lenet.plots import Drawing


def one_step() -> dict:
    """The formulas of a step, and the weight and the line of chapter 06."""
    return {
        "formulas": FORMULAS,
        "unit": {"input": 2, "wanted": 6},
        "shared": {"inputs": [1, 2, 0, 3, 1], "taps": [1, 2, -1], "wanted": [4, 0, 3]},
    }


@dataclass(frozen=True)
class Widget:
    """The files that a page with it loads, what its script is given, its picture on paper."""

    files: tuple[str, ...]
    data: Callable[[], dict]
    picture: Callable[[], Drawing]
    weights: tuple[str, ...] = ()  # networks whose weights its script loads when it is opened


SHARED = ("shared/widget.css", "shared/widget.js")
WIDGETS = {
    "windows": Widget(
        (
            *SHARED, "shared/formula.js", "shared/layers.js", "windows/windows.css",
            "windows/code.js", "windows/drawings.js", "windows/windows.js", "windows/answer.js",
        ),
        widget_layers.windows,
        lambda: plots.windows_on_line(8, 3, stride=3),
    ),
    "convolution": Widget(
        (
            *SHARED, "shared/maps.js", "shared/picture.css", "shared/picture.js",
            "convolution/convolution.css", "convolution/arithmetic.js", "convolution/grid.js",
            "convolution/convolution.js", "convolution/steps.js", "convolution/board.js",
        ),
        widget_pictures.convolution,
        lambda: plots.convolution_step(
            widget_pictures.STROKE, widget_pictures.RISES, row=1, column=2
        ),
    ),
    "step": Widget(
        (
            *SHARED, "shared/formula.js", "step/step.css", "step/descent.js", "step/step.js",
            "step/shared.js",
        ),
        one_step,
        lambda: plots.walks(OneWeight(input=2, wanted=6), start=1, rates=[0.05, 0.3], steps=2),
    ),
    "unit": Widget(
        (
            *SHARED, "shared/formula.js", "shared/forward.js", "shared/maps.js",
            "shared/picture.css", "shared/picture.js", "playground/digit.js", "unit/unit.css",
            "unit/reads.js", "unit/unit.js", "unit/view.js",
        ),
        widget_networks.unit,
        widget_pictures.fields,
        weights=("lenet5-1998",),
    ),
    "playground": Widget(
        (
            *SHARED, "shared/formula.js", "shared/forward.js", "shared/maps.js",
            "playground/playground.css", "playground/digit.js", "playground/pad.js",
            "playground/answers.js", "playground/shifts.js", "playground/wide.js",
            "playground/networks.js", "playground/playground.js", "playground/result.js",
        ),
        widget_networks.playground,
        lambda: plots.network_maps(LENET5_1998),
        weights=tuple(widget_networks.NETWORKS),
    ),
}  # fmt: skip
