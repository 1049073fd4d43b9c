"""What the package gives to the widgets of the pages: formulas, messages, weights, pictures.

The scripts in `_widgets` put numbers into formulas and evaluate them; what the formulas are, and
what is said of them, is written here from the package, at build.
"""

from collections.abc import Callable
from dataclasses import dataclass

import widget_networks
import widget_pictures
from lenet import LENET5_1998, arithmetic, plots
from lenet.derivation import derive
from lenet.descent import FORMULAS, OneWeight
from lenet.layers import AveragePooling2D, Conv2D, Layer, MaxPooling2D
from lenet.plots import Drawing
from lenet.steps import common

PADDINGS = ("valid", "same")
NOTES = {  # what to know of a layer in Keras and in PyTorch
    "same": "Both give the same shape and count the same; PyTorch puts the channels first.",
    "refused": "Keras refuses a stride above 1 together with a dilation above 1; PyTorch does not.",
    "word": 'PyTorch takes padding="same" only with a stride of 1; with a longer one, '
    "the zeros of each side are a number.",
    "pooling": 'PyTorch\'s pooling does not know padding="same"; it is given a number.',
    "odd": "Keras puts the odd zero after the pixels. Here PyTorch puts as many on both sides, "
    "so a layer that pads comes first.",
    "mean": "Keras takes the mean of the real pixels only; PyTorch counts the zeros of the "
    "padding too, unless it is told not to.",
    "no_mean": "Keras puts the odd place after the pixels and leaves it out of the mean; "
    "PyTorch's AvgPool2d can only do so with as many on both sides.",
}
# Layers and a map on which each line of a derivation is there, what is dropped included.
SAMPLE = (20, 25, 4)
ANY = {"strides": 5}


def layer_rules() -> dict:
    """How a layer with windows is derived: the letters of an axis, and its lines by variant."""
    return {
        "span": common.SPAN,
        "output": {padding: common.OUTPUT[padding] for padding in PADDINGS},
        "padding": {"valid": "0", "same": common.PADDING["same"]},
        "before": "floor(P / 2)",
        "steps": {name: steps(layer) for name, layer in variants().items()},
        "notes": NOTES,
        "messages": {
            "fits": arithmetic.DOES_NOT_FIT,
            "taps": arithmetic.TAPS,
            "dilated": arithmetic.DILATED_TAPS,
            "groups": arithmetic.NO_GROUPS,
        },
    }


def variants() -> dict[str, Layer]:
    """A layer for each list of lines, by the name that the script makes of its arguments."""
    found = {}
    for padding in PADDINGS:
        for kind in (MaxPooling2D, AveragePooling2D):
            found[f"{kind.__name__} {padding}"] = kind(2, padding=padding, **ANY)
        for groups in (1, 2):
            for bias in (True, False):
                name = f"Conv2D {padding}{' groups' * (groups > 1)}{' without bias' * (not bias)}"
                found[name] = Conv2D(
                    6, 2, padding=padding, dilation_rate=2, groups=groups, use_bias=bias, **ANY
                )
    return found


def steps(layer: Layer) -> list[tuple[str, str, str]]:
    """The lines of its derivation: pattern of the name, axis, formula."""
    (derived,) = derive(layer, SAMPLE)
    return [(step.pattern, step.axis, step.formula) for step in derived.steps]


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
        layer_rules,
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
