"""From Keras's own description of a model to a `Network`, without Keras.

A description is what `model.to_json()` holds and what a .keras file keeps as
config.json: names, numbers and who reads whom. It is read as data. Nothing that it
names is imported or run, so a file from elsewhere can at worst be refused.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from lenet import layers as kinds
from lenet.arguments import Shape
from lenet.layers import Layer, Shared
from lenet.network import Network, Shapes

Rules = Mapping[str, Callable[[dict, Shape], Layer]]

PACKAGES = ("keras", "lenet")  # whose layers are known by name
LONGEST_CONFIG = 64 * 2**20  # bytes; the longest of keras.applications has one million
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


def read_file(path: str | Path, input_shape: Shape | None = None) -> Network:
    """The network that a .keras file describes; its weights are not read.

    Raises ValueError, with the remedy, for a file that is cut, too long or no .keras
    file, and what `read_config` raises.
    """
    path = Path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("config.json").file_size > LONGEST_CONFIG:
                raise ValueError(f"{path}: config.json is longer than {LONGEST_CONFIG:,} bytes")
            config = json.loads(archive.read("config.json"))
    except KeyError:
        raise ValueError(f"{path} holds no config.json: it is no .keras file") from None
    except FileNotFoundError:
        raise ValueError(f"there is no file {path}") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise ValueError(
            f"{path} cannot be read ({error}): it is cut or no .keras file; "
            f"write one with model.save('model.keras')"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: config.json is no JSON ({error})") from None
    return read_config(config, input_shape, source=str(path.name))


def read_config(
    config: dict, input_shape: Shape | None = None, rules: Rules | None = None, source: str = ""
) -> Network:
    """The network that Keras's description of a model stands for.

    `input_shape` says how large the image is where the model leaves it open. `rules`
    has, for the name of a class that is not known here, a function of its config and
    the shape that comes in, which returns a layer. Models inside the model are laid
    open, their layers named with a stroke: "stem/conv". A layer that is used again
    is a `Shared`, its numbers counted once.

    Raises ValueError naming the layer for a kind that is not known, for what cannot
    be read, and where a shape is not the one that Keras wrote down.
    """
    reader = _Reader(input_shape, rules or {})
    try:
        name = str(config["config"].get("name", "model"))
        if not _is_model(config):
            raise ValueError(own_class(config["class_name"]))
        reader.model(config, ())
        shapes = tuple(reader.inputs)
        return Network(
            shapes[0] if len(shapes) == 1 else shapes,
            tuple(reader.layers),
            name=name,
            source=source,
            reads=tuple(reader.reads),
        )
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(
            f"this is no description of a Keras model: {type(error).__name__} {error}"
        ) from None


@dataclass
class _Reader:
    """Layers in the order in which they are called, and what each reads.

    Values are numbered as in `Network.reads`: layers from 0, inputs -1, -2, ...
    """

    input_shape: Shape | None
    rules: Rules
    inputs: list[Shape] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    reads: list[tuple[int, ...]] = field(default_factory=list)
    shapes: dict[int, Shape] = field(default_factory=dict)
    known: dict[str, Layer] = field(default_factory=dict)

    def model(self, config: dict, came: tuple[int, ...], prefix: str = "") -> list[int]:
        """Lay a model open that reads these values; the values that it puts out."""
        if "input_layers" not in config["config"]:
            return [self._sequential(config, came, prefix)]
        return self._functional(config["config"], came, prefix)

    def _sequential(self, config: dict, came: tuple[int, ...], prefix: str) -> int:
        chain = list(config["config"]["layers"])
        if chain and chain[0]["class_name"] == "InputLayer":
            first = chain.pop(0)
            came = came or (self._input(first["config"]),)
        elif not came:
            shape = (config.get("build_config") or {}).get("input_shape")
            came = (self._input({"name": "input", "batch_shape": shape}),)
        for layer in chain:
            came = tuple(self._call(layer, came, prefix))
        return came[0]

    def _functional(self, config: dict, came: tuple[int, ...], prefix: str) -> list[int]:
        values: dict[tuple, int] = {}
        names = [name for name, _, _ in _histories(config["input_layers"])]
        given = dict(zip(names, came, strict=False))
        waiting = []
        for layer in config["layers"]:
            name = layer["name"] if "name" in layer else layer["config"]["name"]
            if layer["class_name"] != "InputLayer":
                waiting += [(name, n, layer, node) for n, node in enumerate(layer["inbound_nodes"])]
        inputs = {_name(layer): layer for layer in config["layers"]}
        for name in names:
            known = name in given
            values[name, 0, 0] = given[name] if known else self._input(inputs[name]["config"])
        while waiting:
            left = [call for call in waiting if not self._called(*call, values, prefix)]
            if len(left) == len(waiting):
                raise ValueError(f"layer {left[0][0]!r} reads something that is not in the model")
            waiting = left
        return [values[history] for history in _histories(config["output_layers"])]

    def _called(
        self, name: str, number: int, layer: dict, node: dict, values: dict, prefix: str
    ) -> bool:
        """Call a layer if all that it reads is there."""
        tensors = list(_tensors([node["args"], node.get("kwargs", {})]))
        histories = [_history(tensor["keras_history"]) for tensor in tensors]
        if not all(history in values for history in histories):
            return False
        came = tuple(values[history] for history in histories)
        for value, tensor in zip(came, tensors, strict=True):
            self._compare(value, tensor.get("shape"))
        for tensor_number, value in enumerate(self._call(layer, came, prefix)):
            values[name, number, tensor_number] = value
        return True

    def _compare(self, value: int, written: list | None) -> None:
        """Our shape with the one that Keras wrote down, where it wrote one."""
        ours, theirs = self.shapes[value], tuple((written or [])[1:])
        fits = len(ours) == len(theirs) and all(
            b in (None, a) for a, b in zip(ours, theirs, strict=True)
        )
        if written and not fits:
            name = self.layers[value].name if value >= 0 else "the input"
            raise ValueError(f"{name!r}: Keras has the shape {theirs}, the rules here {ours}")

    def _input(self, config: dict) -> int:
        shape = tuple((config.get("batch_shape") or (None, None))[1:])
        if self.input_shape and not self.inputs:
            shape = _fitted(config["name"], shape, tuple(self.input_shape))
        if not shape or None in shape:
            raise ValueError(
                f"the input {config['name']!r} has the open shape {shape}: "
                "say how large it is, as in input_shape=(224, 224, 3)"
            )
        self.inputs.append(shape)
        self.shapes[-len(self.inputs)] = shape
        return -len(self.inputs)

    def _call(self, config: dict, came: tuple[int, ...], prefix: str) -> list[int]:
        """Use a layer or a model once more; the values that it puts out."""
        path = prefix + _name(config)
        if _is_model(config):
            return self.model(config, came, f"{path}/")
        shapes = tuple(self.shapes[value] for value in came)
        try:
            layer = self.known.get(path) or self._layer(config, path, shapes)
            output = layer.output_shape(shapes if layer.merges else shapes[0])
        except (ValueError, TypeError) as error:
            raise ValueError(f"layer {path!r}: {error}") from None
        uses = sum(1 for other in self.layers if isinstance(other, Shared) and other.layer is layer)
        again = path in self.known
        self.known[path] = layer
        self.layers.append(Shared(layer, name=f"{path}, use {uses + 2}") if again else layer)
        self.reads.append(came)
        self.shapes[len(self.layers) - 1] = output
        return [len(self.layers) - 1]

    def _layer(self, config: dict, path: str, shapes: Shapes) -> Layer:
        kind, arguments = config["class_name"], config["config"]
        if kind in self.rules:
            made = self.rules[kind](arguments, shapes[0] if len(shapes) == 1 else shapes)
        elif str(config.get("module") or "").split(".")[0] not in PACKAGES:
            raise ValueError(unknown(kind))
        elif config["module"].startswith("keras.src.ops"):
            made = _operation(kind, shapes)
        else:
            made = _known(kind, _read(arguments), shapes)
        return replace(made, name=path, trainable=bool(arguments.get("trainable", True)))


def own_class(kind: str) -> str:
    """What to say and to do about a model whose graph is code."""
    return (
        f"{kind} is a class of its own, whose graph only its code knows: "
        "build the model as Sequential or functional"
    )


def unknown(kind: str) -> str:
    """What to say and to do about a kind of layer that has no rule here."""
    if kind == "Lambda":
        return "a Lambda holds code, which is not read: use a layer that has a name"
    return (
        f"no rule for {kind}: give one, as in from_keras(model, rules={{{kind!r}: "
        "lambda config, shape: lenet.layers.Dense(config['units'])}})"
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


def _is_model(config: dict) -> bool:
    """Whether these are layers in an order, and not one layer."""
    return "layers" in config["config"]


def _name(config: dict) -> str:
    return config["config"]["name"]


def _tensors(value) -> Iterator[dict]:
    """What is said of each tensor among the arguments of a call, in their order."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            yield value["config"]
            return
        value = [value[key] for key in value]
    if isinstance(value, list):
        for item in value:
            yield from _tensors(item)


def _histories(value) -> Iterator[tuple[str, int, int]]:
    """All (layer, use, output) in a list, a list of lists or a dictionary of them."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if value and isinstance(value[0], str):
        yield _history(value)
        return
    for item in value:
        yield from _histories(item)


def _history(value: list) -> tuple[str, int, int]:
    name, use, output = value
    return name, use, output


def _fitted(name: str, open_shape: tuple, given: Shape) -> Shape:
    """The shape that is given, where it agrees with what the model says."""
    fits = not open_shape or len(open_shape) == len(given)
    if not fits or any(b not in (None, a) for a, b in zip(given, open_shape, strict=False)):
        raise ValueError(f"input_shape {given} does not fit {name!r}, which has {open_shape}")
    return given
