"""The calls in Keras's description of a functional model: who reads whom, in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lenet.keras_bridge.operations import constants
from lenet.keras_bridge.order import in_turn


class History(NamedTuple):
    """Where a tensor comes from: a layer, which use of it, and which of its outputs."""

    name: str
    use: int
    output: int


@dataclass
class Call:
    """One use of a layer: what it reads, and the shapes that Keras wrote down of its outputs."""

    config: dict
    reads: list
    written: tuple = ()
    shapes_read: tuple = ()
    number: int = 0
    node: Mapping | None = None

    def output(self, number: int) -> History:
        """The name of one of its outputs."""
        return History(name_of(self.config), self.number, number)

    @cached_property
    def constants(self) -> Mapping[str, object]:
        """What it was called with besides tensors."""
        return constants(self.node) if self.node else {}


def is_model(config: dict) -> bool:
    """Whether these are layers in an order, and not one layer."""
    return "layers" in config["config"]


def name_of(config: dict) -> str:
    """The layer's name. Raises ValueError for what is none, or cannot be printed in a line."""
    name = config["config"].get("name", config.get("name"))
    if not isinstance(name, str) or not name or not name.isprintable():
        raise ValueError(f"the name of a layer must be a word, got {name!r}")
    return name


def by_name(layers: list) -> dict[str, dict]:
    """The layers by their names; raises ValueError where two have the same."""
    named = {}
    for layer in layers:
        name = name_of(layer)
        if name in named:
            raise ValueError(f"two layers are called {name!r}: nobody knows which one is read")
        named[name] = layer
    return named


def check_flag(config: Mapping) -> bool:
    """Whether training changes the layer."""
    flag = config.get("trainable", True)
    if flag is None or isinstance(flag, bool):
        return flag is not False
    raise ValueError(f"trainable must be true or false, got {flag!r}")


def in_order(config: dict, given: Iterable[History]) -> Iterator[Call]:
    """The calls of a functional model, each behind those that it reads, else as they stand.

    Raises ValueError, naming a layer, where some wait for what never comes.
    """
    calls = _calls(config)
    reads = [call.reads for call in calls]
    makes = [[call.output(n) for n in range(len(call.written))] for call in calls]
    done = set()
    for number in in_turn(reads, makes, given):
        done.add(number)
        yield calls[number]
    for number, call in enumerate(calls):
        if number not in done:
            raise ValueError(
                f"layer {name_of(call.config)!r} reads something that is not in the model"
            )


def _calls(config: dict) -> list[Call]:
    """Every use of every layer, with the shapes that were written down of what it puts out."""
    found, written = [], defaultdict(dict)
    for layer in by_name(config["layers"]).values():
        if layer["class_name"] == "InputLayer":
            continue
        for number, node in enumerate(layer["inbound_nodes"]):
            tensors = list(_tensors([node["args"], node.get("kwargs", {})]))
            reads = [_history(tensor["keras_history"]) for tensor in tensors]
            shapes = tuple(tensor.get("shape") for tensor in tensors)
            for history, shape in zip(reads, shapes, strict=True):
                written[history[:2]][history.output] = shape
            found.append(Call(layer, reads, (), shapes, number, node))
    for history in outputs(config):
        written[history[:2]].setdefault(history.output, None)
    for call in found:
        call.written = _in_a_row(written[call.output(0)[:2]])
    return found


def _in_a_row(written: dict[int, object]) -> tuple:
    """The shapes of outputs 0, 1, ...; an output that nobody reads has none."""
    last = max(written, default=0)
    if last > len(written) + 1000:
        raise ValueError(f"a layer has {last:,} outputs, of which {len(written)} are read")
    return tuple(written.get(number) for number in range(last + 1))


def outputs(config: dict) -> list[History]:
    """What a functional model puts out. Keras counts uses of a model inside from 1 here."""
    inside = {name_of(c) for c in config["layers"] if "input_layers" in c["config"]}
    found = []
    for history in histories(config["output_layers"]):
        moved = history.use - 1 if history.name in inside and history.use else history.use
        found.append(history._replace(use=moved))
    return found


def handed_in(call: Call, reads: list[int], names: list[str]) -> list[int]:
    """The values of a call in the order of a model's inputs: those in a dict go by name."""
    args = call.node["args"] if call.node else ()
    first = args[0] if args else None
    keyed = isinstance(first, dict) and "class_name" not in first
    keys = sorted(first) if keyed else ()
    if keyed and set(keys) == set(names) and len(keys) == len(reads):
        return [reads[keys.index(name)] for name in names]
    if len(reads) != len(names):
        raise ValueError(
            f"{name_of(call.config)!r} has {len(names)} inputs, and reads {len(reads)}"
        )
    return list(reads)


def histories(value) -> list[History]:
    """All histories in a list, a list of lists or a dictionary of them, in its names' order."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [_history(value)]
    return [history for item in value for history in histories(item)]


def _tensors(value) -> Iterator[dict]:
    """What is said of each tensor among the arguments of a call, in Keras's order of names."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            yield value["config"]
            return
        value = [value[key] for key in sorted(value)]
    if isinstance(value, list):
        for item in value:
            yield from _tensors(item)


def _history(value: list) -> History:
    fits = isinstance(value, list) and [type(part) for part in value] == [str, int, int]
    if not fits or min(value[1:]) < 0:
        raise ValueError(f"a tensor comes from [layer, use, output], got {value!r}")
    return History(*value)
