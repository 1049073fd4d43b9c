"""Layers whose maps have their channels first, read as if they had them last."""

import re
from collections.abc import Iterable, Mapping

from lenet.keras_bridge.layers import HANDED_ON, Rules, read_layer
from lenet.keras_bridge.operations import ON_ONE, WITH_A_CONSTANT
from lenet.keras_bridge.plain import activation_name, from_end
from lenet.layers import Layer
from lenet.layers.arguments import Shape, Shapes

FIRST, LAST = "channels_first", "channels_last"
WITH_AXES = (
    "BatchNormalization", "Concatenate", "GroupNormalization", "LayerNormalization",
    "LogSoftmax", "Normalization", "Softmax", "Sparsemax", "UnitNormalization",
)  # fmt: skip
ANY_ORDER = (
    "Activation", "Add", "Average", "ELU", "LeakyReLU", "Maximum", "Minimum", "Multiply",
    "PReLU", "ReLU", "Rescaling", "Subtract", *HANDED_ON, *ON_ONE, *WITH_A_CONSTANT,
)  # fmt: skip
FIRST_OR_LAST = (
    "channels come first, and {} cannot be turned here: build the model with channels_last"
)
ALONG_CHANNELS = ("glu", "log_softmax", "softmax", "sparsemax")


def axes_with_channels_first(layers: Iterable[tuple[str, Mapping]]) -> set[int]:
    """How many axes the maps have that layers, given by kind and config, read channels first.

    >>> axes_with_channels_first([("Conv2D", {"data_format": "channels_first"})])
    {3}
    """
    kinds = [kind for kind, config in layers if config.get("data_format") == FIRST]
    return {int(digit) + 1 for kind in kinds for digit in re.findall(r"(\d)D", kind)}


def read_turned(
    config: dict, name: str, shapes: Shapes, turned: list[bool], rules: Rules, given: Mapping
) -> tuple[Layer, bool]:
    """The layer, and whether it puts out a map that Keras has with the channels first.

    `shapes` have the channels last, `turned` says which of them Keras has otherwise.
    Raises ValueError for what cannot be read so, and what `read_layer` raises.
    """
    kind, arguments = config["class_name"], config["config"]
    if not isinstance(kind, str) or not kind.isprintable():
        raise ValueError(f"class_name must be a word, got {kind!r}")
    rank = len(shapes[0]) if shapes else 0
    if not any(turned):
        if kind not in rules and arguments.get("data_format") == FIRST and kind != "Flatten":
            raise ValueError(FIRST_OR_LAST.format(kind))
        return read_layer(config, name, shapes, rules, given), False
    if kind not in rules:
        if not all(turned) or {len(shape) for shape in shapes} != {rank}:
            raise ValueError(FIRST_OR_LAST.format(kind))
        config = {**config, "config": _with_channels_last(kind, arguments, rank)}
    layer = read_layer(config, name, shapes, rules, given)
    out = layer.output_shape(shapes if layer.merges else shapes[0])
    return layer, len(out) == rank


def turned_back(shape: Shape, turned: bool) -> Shape:
    """A shape of ours as Keras has it."""
    return (shape[-1], *shape[:-1]) if turned else shape


def _with_channels_last(kind: str, config: dict, rank: int) -> dict:
    """The arguments of the same layer on maps with the channels last."""
    if activation_name(config.get("activation")) in ALONG_CHANNELS:
        raise ValueError(FIRST_OR_LAST.format(kind))
    if "data_format" in config and (kind == "Flatten" or config["data_format"] == FIRST):
        return {**config, "data_format": LAST}
    if kind in WITH_AXES and config.get("axis", -1) is not None:
        return {**config, "axis": _turned_axes(config.get("axis", -1), rank)}
    if kind == "PReLU":
        shared = config.get("shared_axes") or ()
        return {**config, "shared_axes": [_turned(axis, rank) + rank + 1 for axis in shared]}
    if kind in ANY_ORDER and config.get("data_format", FIRST) == FIRST:
        return config
    raise ValueError(FIRST_OR_LAST.format(kind))


def _turned_axes(axis, rank: int):
    if isinstance(axis, (list, tuple)):
        return [_turned(one, rank) for one in axis]
    return _turned(axis, rank)


def _turned(axis: int, rank: int) -> int:
    """The axis, counted from the end, after the first has become the last."""
    place = from_end(axis, rank) + rank
    return -1 if place == 0 else place - 1 - rank
