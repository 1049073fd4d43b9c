"""What the scripts know of layers: the lines of each one's derivation, formulas, messages."""

from itertools import product

from lenet import arithmetic
from lenet.derivation import derive
from lenet.layers import (
    RBF,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Layer,
    LocallyConnected2D,
    MaxPooling2D,
    PartialConv2D,
    Passing,
    Reshape,
    SeparableConv2D,
    Subsampling2D,
    UpSampling2D,
    ZeroPadding2D,
    base,
    convolution,
    early,
    reshaping,
)
from lenet.network import snake
from lenet.steps import common, formula

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
    "flatten": "PyTorch puts a map in a row channel by channel, Keras place by place: the counts "
    "are the same, the order is not.",
    "ours": "Keras has not all of these layers, or not this activation; lenet brings its own.",
}
# A map and a row of features on which each line of a derivation is there, what is dropped too.
MAP, FEATURES = (20, 25, 4), (100,)
FAR = {"strides": 5}
OF_WINDOWS = ("Conv2D", "MaxPooling2D", "AveragePooling2D")


def windows() -> dict:
    """What the widget of windows is given: three kinds of layers."""
    return rules(*OF_WINDOWS)


def rules(*kinds: str) -> dict:
    """How layers are derived, of these kinds or of all.

    The letters of an axis, the lines of each variant, what is said of what does not fit.
    """
    drawn = [(layer, shape) for layer, shape in samples() if not kinds or layer.kind in kinds]
    return {
        "span": common.SPAN,
        "output": {padding: common.OUTPUT[padding] for padding in PADDINGS},
        "padding": {"valid": "0", "same": common.PADDING["same"]},
        "before": "floor(P / 2)",
        "constants": {
            "M": DepthwiseConv2D(1).depth_multiplier,
            "R": BatchNormalization().statistics,
        },
        "seen": [
            [pattern, formula.text(source)]
            for pattern, source in zip(common.SEEN, (common.FIELD, common.JUMP), strict=True)
        ],
        "kinds": {layer.kind: facts(layer, shape) for layer, shape in drawn},
        "steps": {variant(layer, shape): steps(layer, shape) for layer, shape in drawn},
        "notes": NOTES,
        "messages": {
            "fits": arithmetic.DOES_NOT_FIT,
            "taps": arithmetic.TAPS,
            "dilated": arithmetic.DILATED_TAPS,
            "groups": arithmetic.NO_GROUPS,
            "features": base.NEEDS_FEATURES,
            "map": base.NEEDS_MAP,
            "both": convolution.ONE_OF_BOTH,
            "no_map": early.NO_MAP,
            "not_filled": reshaping.NOT_FILLED,
        },
    }


def samples() -> list[tuple[Layer, tuple[int, ...]]]:
    """A layer and a shape for each list of lines that there is."""
    maps: list[Layer] = []
    for padding, bias in product(PADDINGS, (True, False)):
        how = {"padding": padding, "use_bias": bias, "dilation_rate": 2, **FAR}
        maps += [Conv2D(6, 2, groups=groups, **how) for groups in (1, 2)]
        maps += [DepthwiseConv2D(2, **how), SeparableConv2D(6, 2, **how)]
        maps += [Conv2DTranspose(6, 2, padding=padding, use_bias=bias, **FAR)]
        partly = PartialConv2D(((0,), (1,)), 2, padding=padding, shared_bias=bias, **FAR)
        maps += [partly, LocallyConnected2D(6, 2, padding=padding, **FAR)]
        pools = (MaxPooling2D, AveragePooling2D, Subsampling2D)
        maps += [pool(2, padding=padding, **FAR) for pool in pools]
    maps += [GlobalMaxPooling2D(), GlobalAveragePooling2D(), ZeroPadding2D(2), UpSampling2D(2)]
    maps += [Reshape((25, 20, 4))]
    rows = [Dense(10), Dense(10, use_bias=False), RBF(10), Reshape((5, 5, 4))]
    either = [BatchNormalization(), Passing("Dropout"), Flatten()]
    on_maps = [(layer, MAP) for layer in (*maps, *either)]
    return on_maps + [(layer, FEATURES) for layer in (*rows, *either)]


def variant(layer: Layer, shape: tuple[int, ...]) -> str:
    """The name of its list of lines, which the script makes in the same way."""
    padding = getattr(layer, "padding", None)
    words = {
        padding: padding in PADDINGS,
        "groups": getattr(layer, "groups", 1) > 1,
        "without bias": not getattr(layer, "use_bias", True),
        "bias of each unit": not getattr(layer, "shared_bias", True),
        "features": len(shape) == 1,
    }
    return " ".join([layer.kind, *(word for word, holds in words.items() if holds)])


def facts(layer: Layer, shape: tuple[int, ...]) -> dict:
    """The axes that it needs, what a unit reads, and how Keras begins a name for it."""
    return {"rank": layer.rank, "reads": reads(layer, shape), "stem": snake(layer.kind)}


def reads(layer: Layer, shape: tuple[int, ...]) -> str:
    """What one unit reads along an axis: a window, itself, all, or what nobody knows."""
    found = layer.window(shape)
    if found is None:
        return "unknown"
    if hasattr(layer, "taps"):
        return "window"
    return "itself" if all(window.size == 1 for window in found) else "all"


def steps(layer: Layer, shape: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """The lines of its derivation: pattern of the name, axis, formula; not what its units see."""
    (derived,) = derive(layer, shape)
    return [
        (step.pattern, step.axis, step.formula)
        for step in derived.steps
        if step.pattern not in common.SEEN
    ]
