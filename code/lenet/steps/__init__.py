"""The steps of one layer: formula, the numbers put in, the result.

`letters` says what the letters stand for. `steps_of` finds the steps of a kind of
layer, in the module that has the name of the layer's own.
"""

from lenet.steps import (
    adaptive,
    bordering,
    convolution,
    core,
    depthwise,
    early,
    foreign,
    letters,
    merging,
    normalization,
    pointwise,
    pooling,
    reshaping,
)
from lenet.steps.step import Line, Step, lines, steps_of

__all__ = [
    "Line", "Step", "adaptive", "bordering", "convolution", "core", "depthwise", "early",
    "foreign", "letters", "lines", "merging", "normalization", "pointwise", "pooling", "reshaping",
    "steps_of",
]  # fmt: skip
