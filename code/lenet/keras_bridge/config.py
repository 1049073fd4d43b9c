"""From Keras's own description of a model to a `Network`, without Keras.

A description is what `model.to_json()` holds and what a .keras file keeps as
config.json: names, numbers and who reads whom. It is read as data. Nothing that it
names is imported or run, so a file from elsewhere can at worst be refused.
"""

import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lenet.keras_bridge.layers import Rules, read_layer
from lenet.keras_bridge.operations import constants
from lenet.layers import Layer, Shared
from lenet.layers.arguments import Shape
from lenet.network import Network

LONGEST_CONFIG = 64 * 2**20  # bytes; the longest of keras.applications has one million


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
    uses: Counter = field(default_factory=Counter)

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
        inputs = [name for name, _, _ in _histories(config["input_layers"])]
        layers = {_name(layer): layer for layer in config["layers"]}
        came = came or tuple(self._input(layers[name]["config"]) for name in inputs)
        values = {(name, 0, 0): value for name, value in zip(inputs, came, strict=True)}
        waiting = [
            (layer, number, node)
            for layer in config["layers"]
            if layer["class_name"] != "InputLayer"
            for number, node in enumerate(layer["inbound_nodes"])
        ]
        while waiting:  # one round, where layers stand after what they read
            left = [use for use in waiting if not self._used(*use, values, prefix)]
            if len(left) == len(waiting):
                raise ValueError(
                    f"layer {_name(left[0][0])!r} reads something that is not in the model"
                )
            waiting = left
        return [values[history] for history in _histories(config["output_layers"])]

    def _used(self, layer: dict, number: int, node: dict, values: dict, prefix: str) -> bool:
        """Call a layer, if all that it reads is there."""
        tensors = list(_tensors([node["args"], node.get("kwargs", {})]))
        histories = [_history(tensor["keras_history"]) for tensor in tensors]
        if not all(history in values for history in histories):
            return False
        came = tuple(values[history] for history in histories)
        for value, tensor in zip(came, tensors, strict=True):
            self._compare(value, tensor.get("shape"))
        made = self._call(layer, came, prefix, constants(node))
        for tensor_number, value in enumerate(made):
            values[_name(layer), number, tensor_number] = value
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

    def _call(
        self, config: dict, came: tuple[int, ...], prefix: str, given: Mapping | None = None
    ) -> list[int]:
        """Use a layer or a model once more; the values that it puts out."""
        path = prefix + _name(config)
        if _is_model(config):
            return self.model(config, came, f"{path}/")
        shapes = tuple(self.shapes[value] for value in came)
        try:
            layer = self.known.get(path) or read_layer(
                config, path, shapes, self.rules, given or {}
            )
            output = layer.output_shape(shapes if layer.merges else shapes[0])
        except (ValueError, TypeError) as error:
            raise ValueError(f"layer {path!r}: {error}") from None
        self.uses[path] += 1
        again = self.uses[path] > 1
        self.known[path] = layer
        self.layers.append(Shared(layer, name=f"{path}, use {self.uses[path]}") if again else layer)
        self.reads.append(came)
        self.shapes[len(self.layers) - 1] = output
        return [len(self.layers) - 1]


def own_class(kind: str) -> str:
    """What to say and to do about a model whose graph is code."""
    return (
        f"{kind} is a class of its own, whose graph only its code knows: "
        "build the model as Sequential or functional"
    )


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
