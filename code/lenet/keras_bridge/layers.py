"""One layer of Keras's description of a model as a layer of ours."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lenet import layers as kinds
from lenet.keras_bridge.forms import READ, with_arguments
from lenet.keras_bridge.operations import read_operation
from lenet.keras_bridge.plain import activation_name, as_tuple, options_of
from lenet.layers import Layer
from lenet.layers.arguments import Shape, Shapes

Rules = Mapping[str, Callable[[dict, Shape], Layer]]

PACKAGES = ("keras", "lenet")  # whose layers are known by name
OURS_ONLY = (
    "Divide", "Elementwise", "Foreign", "Layer", "Passing", "PointwiseDense", "Shared",
)  # fmt: skip
RANDOM = (
    "Brightness", "ColorDegeneration", "ColorJitter", "Contrast", "ElasticTransform", "Erasing",
    "Flip", "GaussianBlur", "Grayscale", "Hue", "Invert", "Perspective", "Posterization",
    "Rotation", "Saturation", "Sharpness", "Shear", "Translation", "Zoom",
)  # fmt: skip
HANDED_ON = (  # what comes in goes out, when the network is used
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout",
    "GaussianNoise", "AlphaDropout", "ActivityRegularization", "Identity", "Masking",
    "StochasticDepth", *(f"Random{what}" for what in RANDOM),
)  # fmt: skip


def read_layer(
    config: dict, name: str, shapes: Shapes, rules: Rules, constants: Mapping[str, object]
) -> Layer:
    """The layer, called `name`, that Keras describes so; it reads these shapes.

    `rules` come first; `constants` are what an operation was called with besides. What
    Keras says in plain values and no count depends on is kept in `options`. Raises
    ValueError for a kind without a rule, and what the layer raises for its arguments.
    """
    kind, arguments = config["class_name"], config["config"]
    module = str(config.get("module") or "")
    more = {}
    if kind in rules:
        layer = _ruled(rules[kind], arguments, shapes)
    elif module.startswith("keras.src.ops"):
        layer = read_operation(kind, arguments, shapes, constants)
    elif module.split(".")[0] in PACKAGES:
        layer = _of_kind(kind, _read(arguments), len(shapes[0]))
        more = {"options": options_of(arguments, type(layer))} if layer else {}
    else:
        layer = None
    if layer is None:
        raise ValueError(unknown(kind))
    return replace(layer, name=name, trainable=bool(arguments.get("trainable", True)), **more)


def unknown(kind: str) -> str:
    """What to say and to do about a kind of layer that has no rule here."""
    if kind == "Lambda":
        return "a Lambda holds code, which is not read: use a layer that has a name"
    return (
        f"no rule for {kind}, and a file does not say enough of it: load the model, and "
        "from_keras(model) counts it; or give its shape and its parameters, as in "
        f"read_file('model.keras', rules={{{kind!r}: "
        f"lambda config, shape: lenet.layers.Foreign({kind!r}, (64,), 1000)}})"
    )


def _ruled(rule: Callable[[dict, Shape], Layer], config: dict, shapes: Shapes) -> Layer:
    """What a rule says; a foreign layer reads as many as Keras's does."""
    layer = rule(config, shapes[0] if len(shapes) == 1 else shapes)
    return replace(layer, inputs=len(shapes)) if isinstance(layer, kinds.Foreign) else layer


def _of_kind(kind: str, config: dict, rank: int) -> Layer | None:
    if kind in HANDED_ON:
        return kinds.Passing(kind)
    if kind in READ:
        return READ[kind](config, rank)
    if kind not in kinds.__all__ or kind in OURS_ONLY:
        return None
    return with_arguments(getattr(kinds, kind), config)


def _read(config: dict) -> dict:
    """The arguments with tuples for lists, and activations by name."""
    read = {name: as_tuple(value) for name, value in config.items()}
    if "activation" in read:
        read["activation"] = activation_name(config["activation"])
    return read
