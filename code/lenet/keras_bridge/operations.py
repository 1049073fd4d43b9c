"""Sums, products and functions that a model has without a layer, as in `x + y` or `2 * x`."""

from collections.abc import Mapping

from lenet import layers as kinds
from lenet.keras_bridge.plain import from_end, options_of, snake
from lenet.layers import Layer
from lenet.layers.arguments import Shapes

ON_TWO = {
    "Add": "Add", "Subtract": "Subtract", "Multiply": "Multiply", "Maximum": "Maximum",
    "Minimum": "Minimum", "Divide": "Divide", "TrueDivide": "Divide",
}  # fmt: skip
WITH_A_CONSTANT = (*ON_TWO, "Power")
ON_ONE = (
    "Absolute", "Celu", "Clip", "Cos", "Elu", "Exp", "Expm1", "Gelu", "HardShrink",
    "HardSigmoid", "HardSilu", "HardTanh", "LeakyRelu", "Log", "Log1p", "LogSigmoid", "Negative",
    "Reciprocal", "Relu", "Relu6", "Selu", "Sigmoid", "Sign", "Silu", "Sin", "SoftShrink",
    "Softplus", "Softsign", "SparsePlus", "SparseSigmoid", "Sqrt", "Square", "Squareplus", "Tanh",
    "TanhShrink", "Threshold",
)  # fmt: skip
ALONG_CHANNELS = {"LogSoftmax": "log_softmax", "Sparsemax": "sparsemax"}


def constants(node: Mapping) -> dict[str, object]:
    """The constants of one call, by the names that keras.ops has for two arguments.

    >>> constants({"args": [2.0, {"class_name": "__keras_tensor__"}]})
    {'x1': 2.0}
    """
    return {
        f"x{place}": value
        for place, value in enumerate(node["args"], 1)
        if not isinstance(value, (Mapping, list)) and value is not None
    }


def read_operation(
    kind: str, config: Mapping, shapes: Shapes, given: Mapping[str, object]
) -> Layer | None:
    """The operation as a layer of ours, its constants `given` in the options; None if unknown.

    >>> read_operation("Multiply", {}, ((28, 28, 6),), {"x2": 2.0}).options
    {'x2': 2.0}
    """
    if len(shapes) == 2 and kind in ON_TWO and not given:
        return getattr(kinds, ON_TWO[kind])()
    if kind == "Concatenate" and len(shapes) > 1:
        return kinds.Concatenate(axis=from_end(config.get("axis", -1), len(shapes[0])))
    if len(shapes) != 1:
        return None
    if kind in WITH_A_CONSTANT and len(given) == 1:
        return kinds.Elementwise(snake(kind), options=given)
    if kind in ON_ONE and not given:
        options = options_of(config, kinds.Elementwise)
        return kinds.Elementwise(snake(kind), options=options)
    if kind in ("Reshape", "Transpose"):
        return _moved(kind, config)
    return _along_an_axis(kind, config.get("axis", -1), len(shapes[0]))


def _moved(kind: str, config: Mapping) -> Layer | None:
    """The same values in another shape or order, where the images stay apart."""
    name, first = ("newshape", -1) if kind == "Reshape" else ("axes", 0)
    sides = config.get(name)
    if not isinstance(sides, (list, tuple)) or len(sides) < 2 or sides[0] != first:
        return None
    make = kinds.Reshape if kind == "Reshape" else kinds.Permute
    return make(tuple(sides[1:]))


def _along_an_axis(kind: str, axis, rank: int) -> Layer | None:
    """A function that looks at more than one value."""
    if not isinstance(axis, int):
        return None
    if kind == "Softmax":
        return kinds.Softmax(axis=from_end(axis, rank))
    if kind in ALONG_CHANNELS and from_end(axis, rank) == -1:
        return kinds.Activation(ALONG_CHANNELS[kind])
    return None
