"""From Keras's own description of a model to a `Network`, without Keras.

A description is what `model.to_json()` holds and what a .keras file keeps as
config.json: names, numbers and who reads whom. It is read as data. Nothing that it
names is imported or run, so a file from elsewhere can at worst be refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lenet.keras_bridge.described import (
    Call,
    History,
    by_name,
    check_flag,
    handed_in,
    histories,
    in_order,
    is_model,
    name_of,
    outputs,
)  # fmt: skip
from lenet.keras_bridge.files import read_members
from lenet.keras_bridge.layers import Rules
from lenet.keras_bridge.turning import axes_with_channels_first, read_turned
from lenet.keras_bridge.unread import foreign, hold, refuse_changed
from lenet.keras_bridge.wiring import InputShapes, Wiring, check_names, fitted, given_shape
from lenet.layers import Layer, Shared
from lenet.layers.arguments import Shapes
from lenet.network import Network

LONGEST_LINE = 1_000  # letters of an error


def read_file(
    path: str | Path, input_shape: InputShapes | None = None, rules: Rules | None = None
) -> Network:
    """The network that a .keras file describes, its parameters held to the weights in it.

    A layer of Keras that has no rule here, such as LSTM, is a `Foreign` row where the
    file says its shape and has its weights. Raises ValueError, with the remedy, for a
    file that is damaged, too long or no .keras file, and what `read_config` raises.
    """
    path = Path(path)
    config, held = read_members(path)
    try:
        return read_config(config, input_shape, rules, source=path.name, held=held)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


def read_config(
    config: dict,
    input_shape: InputShapes | None = None,
    rules: Rules | None = None,
    source: str = "",
    held: Mapping[str, int] | None = None,
) -> Network:
    """The network that Keras's description of a model stands for.

    `input_shape` says how large an input is where the model leaves it open: one shape, a
    tuple of them, or a dict by the inputs' names. `rules` has, for the name of a class
    that is not known here, a function of its config and the shape that comes in, which
    returns a layer. `held` are the numbers of each layer's weights, by its path. Models
    inside the model are laid open, their layers named with a stroke: "stem/conv". A
    layer that is used again is a `Shared`, its numbers counted once.

    Raises ValueError naming the layer for a kind that is not known, for what cannot
    be read, and where shape or numbers are not those that Keras wrote down.
    """
    reader = _Reader(input_shape, rules or {}, held)
    try:
        if not is_model(config):
            raise ValueError(own_class(config["class_name"]))
        name = name_of({"config": {"name": "model", **config["config"]}})
        reader.start(config)
        return reader.wiring.network(name, source)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        said = f"this is no description of a Keras model: {type(error).__name__} {error}"
        raise ValueError(_one_line(said)) from None
    except ValueError as error:
        raise ValueError(_one_line(str(error))) from None


def _one_line(said: str) -> str:
    """What is said, in one line that any terminal can show, whatever the file has in it."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in said[: LONGEST_LINE + 1])
    return plain if len(plain) <= LONGEST_LINE else f"{plain[:LONGEST_LINE]} ..."


def own_class(kind: str) -> str:
    """What to say and to do about a model whose graph is code."""
    return (
        f"{kind} is a class of its own, whose graph only its code knows: "
        "build the model as Sequential or functional, or load it and call from_keras(model)"
    )


@dataclass
class _Reader:
    """Reads a description into a wiring. `known` has each layer and its path, by config."""

    given: InputShapes | None
    rules: Rules
    held: Mapping[str, int] | None
    wiring: Wiring = field(default_factory=Wiring)
    known: dict[int, tuple[Layer | None, str]] = field(default_factory=dict)
    turned: set[int] = field(default_factory=set)

    def start(self, config: dict) -> None:
        """Read a model that nothing comes into from outside."""
        self.turned = axes_with_channels_first(_all_layers(config))
        inputs = list(_inputs(config))
        check_names(self.given, [name for name, _ in inputs])
        came = []
        for number, (name, shape) in enumerate(inputs):
            shape = fitted(name, shape, given_shape(self.given, name, number))
            came.append(self.wiring.enter(shape, len(shape) in self.turned))
        self._model(config, came, "", frozen=False)

    def _model(self, config: dict, came: list[int], prefix: str, frozen: bool) -> list[int]:
        """Lay a model open that reads these values; the values that it puts out."""
        frozen = frozen or not check_flag(config["config"])
        if "input_layers" in config["config"]:
            return self._functional(config["config"], came, prefix, frozen)
        return self._sequential(config["config"]["layers"], came, prefix, frozen)

    def _sequential(self, chain: list, came: list[int], prefix: str, frozen: bool) -> list[int]:
        by_name(chain)
        if chain and chain[0]["class_name"] == "InputLayer":
            chain = chain[1:]
        for number, layer in enumerate(chain):
            after = chain[number + 1] if number + 1 < len(chain) else {}
            written = (after.get("build_config") or {}).get("input_shape")
            came = self._use(Call(layer, [None] * len(came), (written,)), came, prefix, frozen)
        return came

    def _functional(self, config: dict, came: list[int], prefix: str, frozen: bool) -> list[int]:
        names = [history.name for history in histories(config["input_layers"])]
        values = {History(n, 0, 0): v for n, v in zip(names, came, strict=True)}
        for call in in_order(config, values.keys()):
            reads = [values[history] for history in call.reads]
            for value, shape in zip(reads, call.shapes_read, strict=True):
                self._compare(value, shape)
            made = self._use(call, reads, prefix, frozen)
            values |= {call.output(number): value for number, value in enumerate(made)}
        return [values[history] for history in outputs(config)]

    def _compare(self, value: int, written: list | None) -> None:
        """Our shape with the one that Keras wrote down, where it wrote one."""
        ours, theirs = self.wiring.keras_shape(value), tuple((written or [])[1:])
        fits = len(ours) == len(theirs) and all(
            b in (None, a) for a, b in zip(ours, theirs, strict=True)
        )
        if written and not fits:
            name = self.wiring.layers[value].name if value >= 0 else "the input"
            raise ValueError(f"{name!r}: Keras has the shape {theirs}, the rules here {ours}")

    def _use(self, call: Call, reads: list[int], prefix: str, frozen: bool) -> list[int]:
        """Use a layer or a model once more; the values that it puts out."""
        path = prefix + name_of(call.config)
        if is_model(call.config):
            self.wiring.enter_model()
            handed = handed_in(call, reads, [name for name, _ in _inputs(call.config)])
            return self._model(call.config, handed, f"{path}/", frozen)
        first, called = self.known.get(id(call.config), (None, path))
        try:
            if first is not None:
                return self._again(first, called, call, reads)
            return self._new(call, path, tuple(reads), frozen)
        except (ValueError, TypeError) as error:
            raise ValueError(f"layer {path!r}: {error}") from None

    def _new(self, call: Call, path: str, reads: tuple[int, ...], frozen: bool) -> list[int]:
        """A layer that is used for the first time, or that is foreign."""
        config = {**call.config["config"], "trainable": check_flag(call.config["config"])}
        config["trainable"] &= not frozen
        described = {**call.config, "config": config}
        refuse_changed(described)
        shapes = self.wiring.read(reads)
        turned = [value in self.wiring.turned for value in reads]
        try:
            layer, turns = read_turned(described, path, shapes, turned, self.rules, call.constants)
        except ValueError as error:
            numbers = self.held and self.held.get(path)
            used = id(call.config) in self.known
            shapes, counts = foreign(described, call.written, shapes, numbers, error)
            self.known[id(call.config)] = None, path
            name = self.wiring.called(path)
            kind = call.config["class_name"]
            return self.wiring.add_foreign(kind, name, reads, shapes, (0, 0) if used else counts)
        came = shapes if layer.merges else shapes[0]
        counts = layer.counts(came)
        hold(self.held, path, counts)
        self.known[id(call.config)] = layer, path
        self.wiring.called(path)
        return [self.wiring.add(layer, reads, counts.output_shape, turns)]

    def _again(self, layer: Layer, path: str, call: Call, reads: list[int]) -> list[int]:
        """One more use of a layer that is derived."""
        shapes: Shapes = self.wiring.read(reads)
        shape = layer.output_shape(shapes if layer.merges else shapes[0])
        in_turned = any(value in self.wiring.turned for value in reads)
        turned = in_turned and len(shape) == len(shapes[0])
        shared = Shared(layer, name=self.wiring.called(path))
        return [self.wiring.add(shared, tuple(reads), shape, turned)]


def _inputs(config: dict) -> Iterator[tuple[str, tuple]]:
    """The name and the shape, which may be open, of each input of a model."""
    layers = config["config"]["layers"]
    if "input_layers" in config["config"]:
        named = by_name(layers)
        for history in histories(config["config"]["input_layers"]):
            yield history.name, _sides(named[history.name]["config"].get("batch_shape"))
    elif layers and layers[0]["class_name"] == "InputLayer":
        yield name_of(layers[0]), _sides(layers[0]["config"].get("batch_shape"))
    else:
        yield "input", _sides((config.get("build_config") or {}).get("input_shape"))


def _sides(shape: list | None) -> tuple:
    return tuple((shape or (None, None))[1:])


def _all_layers(config: dict) -> Iterator[tuple[str, Mapping]]:
    """The kind and the arguments of every layer, in models inside too."""
    for layer in config["config"]["layers"]:
        yield layer["class_name"], layer["config"]
        if is_model(layer):
            yield from _all_layers(layer)
