"""What the package gives to the widgets of the pages: formulas, messages, weights, pictures.

The scripts in `_widgets` put numbers into formulas and evaluate them; what the formulas are, and
what is said of them, is written here from the package, at build.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import widget_builder
import widget_layers
import widget_networks
import widget_pictures
from lenet import LENET5_1998, LENET5_MODERN, plots
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
    later: Mapping[str, Callable[[], str]] = field(
        default_factory=dict
    )  # scripts, loaded when asked


def sources(*files: str) -> dict[str, Callable[[], str]]:
    """Scripts as they are."""
    folder = Path(__file__).parents[1] / "_widgets"
    return {name: (folder / name).read_text for name in files}


def weights_of(*networks: str) -> dict[str, Callable[[], str]]:
    """The scripts with the weights of these networks."""
    return {f"weights/{name}.js": partial(widget_networks.weights, name) for name in networks}


SHARED = ("shared/widget.css", "shared/widget.js")
WIDGETS = {
    "windows": Widget(
        (
            *SHARED, "shared/formula.js", "shared/layers.js", "shared/code.js",
            "windows/windows.css",
            "windows/drawings.js", "windows/windows.js", "windows/answer.js",
        ),
        widget_layers.windows,
        lambda: plots.windows_on_line(8, 3, stride=3),
    ),
    "builder": Widget(
        (
            *SHARED, "shared/formula.js", "shared/layers.js", "builder/builder.css",
            "builder/slips.js", "builder/notation.js", "builder/chain.js", "builder/table.js",
            "builder/blanks.js", "builder/editor.js", "builder/bars.js", "builder/found.js",
            "builder/builder.js",
        ),
        widget_builder.builder,
        lambda: plots.compare_bars([LENET5_MODERN, widget_builder.rival_of_modern()]),
        later={
            **sources("shared/code.js", "builder/export.js"),
            "builder/answers.js": widget_builder.answers_script,
        },
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
        later=weights_of("lenet5-1998"),
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
        later=weights_of(*widget_networks.NETWORKS),
    ),
}  # fmt: skip
