"""One layer of Keras's description of a model as a layer of ours.

Most have the same name and the same arguments. What differs stands in `SPECIAL`.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace

from lenet import layers as kinds
from lenet.layers.arguments import Shape
from lenet.layers import Layer
from lenet.layers.arguments import Shapes

Rules = Mapping[str, Callable[[dict, Shape], Layer]]

PACKAGES = ("keras", "lenet")  # whose layers are known by name
ONE_FUNCTION = ("ReLU", "LeakyReLU", "ELU", "Softmax", "UnitNormalization")
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
OPERATIONS_ON_TWO = {
    "Add": "Add", "Subtract": "Subtract", "Multiply": "Multiply", "Maximum": "Maximum",
    "Minimum": "Minimum", "Divide": "Multiply", "TrueDivide": "Multiply",
}  # fmt: skip
OPERATIONS_ON_ONE = (
    "Relu", "Relu6", "Sigmoid", "HardSigmoid", "Tanh", "Softmax", "LogSoftmax", "Silu",
    "HardSilu", "Gelu", "Elu", "Selu", "LeakyRelu", "Softplus", "Softsign", "Exp", "Log",
    "Sqrt", "Square", "Absolute", "Abs", "Negative", "Power", "Clip", "Identity",
)  # fmt: skip


def read_layer(config: dict, name: str, shapes: Shapes, rules: Rules) -> Layer:
    """The layer, called `name`, that Keras describes so; it reads these shapes.

    `rules` come first. Raises ValueError for a kind without a rule, and what the
    layer raises for its arguments.
    """
    kind, arguments = config["class_name"], config["config"]
    if kind in rules:
        made = rules[kind](arguments, shapes[0] if len(shapes) == 1 else shapes)
    elif str(config.get("module") or "").split(".")[0] not in PACKAGES:
        raise ValueError(unknown(kind))
    elif config["module"].startswith("keras.src.ops"):
        made = _operation(kind, shapes)
    else:
        made = _known(kind, _read(arguments), shapes)
    return replace(made, name=name, trainable=bool(arguments.get("trainable", True)))


def unknown(kind: str) -> str:
    """What to say and to do about a kind of layer that has no rule here."""
    if kind == "Lambda":
        return "a Lambda holds code, which is not read: use a layer that has a name"
    return (
        f"no rule for {kind}: give one, as in from_keras(model, rules={{{kind!r}: "
        "lambda config, shape: lenet.layers.Dense(config['units'])})"
    )


def _known(kind: str, config: dict, shapes: Shapes) -> Layer:
    """The layer that Keras calls so; its arguments have Keras's names."""
    if config.get("data_format", "channels_last") != "channels_last":
        raise ValueError("channels come first; build the model with channels_last")
    rank = len(shapes[0])
    if kind in SPECIAL:
        return SPECIAL[kind](config, rank)
    if kind in HANDED_ON:
        return kinds.Passing(kind)
    if kind in ONE_FUNCTION:
        return kinds.Activation(kind)
    make = getattr(kinds, kind, None)
    if make is None or kind not in kinds.__all__ or kind in ("Layer", "Shared", "Passing"):
        raise ValueError(unknown(kind))
    return _made(make, config)


def _made(make: type[Layer], config: dict, **changes) -> Layer:
    names = {entry.name for entry in fields(make)} - {"name", "trainable"}
    return make(**{name: config[name] for name in names & config.keys()} | changes)


def _operation(kind: str, shapes: Shapes) -> Layer:
    """A sum, a product or a function that was written without a layer, as in x + y."""
    if kind in OPERATIONS_ON_TWO and len(shapes) == 2:
        return getattr(kinds, OPERATIONS_ON_TWO[kind])()
    if len(shapes) == 1 and (kind in OPERATIONS_ON_TWO or kind in OPERATIONS_ON_ONE):
        return kinds.Activation(kind.lower())  # with a constant, or of one value
    raise ValueError(unknown(kind))


def _normalizing(kind: str) -> Callable[[dict, int], Layer]:
    def make(config: dict, rank: int) -> Layer:
        axis = config.get("axis", -1)
        ends = tuple(_from_end(a, rank) for a in (axis if isinstance(axis, tuple) else (axis,)))
        root = config.get("rms_scaling", False)
        flags = {
            "center": config.get("center", False) and not root,
            "scale": config.get("scale", True) or root,
        }
        make = getattr(kinds, kind)
        return _made(make, config, axis=ends[0] if len(ends) == 1 else ends, **flags)

    return make


def _dense(config: dict, rank: int) -> Layer:
    return _made(kinds.Dense if rank == 1 else kinds.PointwiseDense, config)


def _standardizing(config: dict, rank: int) -> Layer:
    axes = tuple(_from_end(axis, rank) for axis in config.get("axis") or ())
    return kinds.Standardizing(axis=axes, adapted=config.get("mean") is None)


def _dot(config: dict, rank: int) -> Layer:
    axes = config["axes"]
    pair = axes if isinstance(axes, tuple) else (axes, axes)
    return kinds.Dot(tuple(axis % (rank + 1) for axis in pair), normalize=config["normalize"])


SPECIAL: dict[str, Callable[[dict, int], Layer]] = {
    "Dense": _dense,
    "Normalization": _standardizing,
    "Dot": _dot,
    "Activation": lambda config, rank: kinds.Activation(config["activation"] or "linear"),
    "PReLU": lambda config, rank: kinds.PReLU(shared_axes=config["shared_axes"] or ()),
    "Concatenate": lambda config, rank: kinds.Concatenate(axis=_from_end(config["axis"], rank)),
    "LayerScale": lambda config, rank: kinds.ChannelScale(),
    "CustomScaleLayer": lambda config, rank: kinds.Add(),
    "CenterCrop": lambda config, rank: kinds.Resizing(config["height"], config["width"]),
    "RandomCrop": lambda config, rank: kinds.Resizing(config["height"], config["width"]),
    **{kind: _normalizing(kind) for kind in (
        "BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization",
    )},
}  # fmt: skip


def _from_end(axis: int, rank: int) -> int:
    """An axis counted from the end; Keras may count from the batch axis, which is 0."""
    return axis - rank - 1 if axis >= 0 else axis


def _read(config: dict) -> dict:
    """The arguments with tuples for lists, and activations by name."""
    read = {name: _as_tuple(value) for name, value in config.items()}
    if "activation" in read:
        read["activation"] = _activation(config["activation"])
    return read


def _as_tuple(value):
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _activation(value) -> str | None:
    """A function's name, whether Keras wrote the name or an object."""
    if isinstance(value, dict):
        inner = value.get("config")
        value = inner if isinstance(inner, str) else value.get("class_name")
    if isinstance(value, str):
        value = value.split(">")[-1]  # a registered name has its package before it
    return None if value == "linear" else value
