"""What of Keras's description of a layer is plain: numbers, words, and names of functions.

Objects that a description holds (initializers, regularizers, policies) are left out: no
number depends on them, and to read them would be to run what a file names.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from re import sub

from lenet.layers import Layer
from lenet.layers.arguments import ACTIVATIONS

COMMON = frozenset(("name", "trainable", "options"))  # what every layer of ours has
LEFT_OUT = COMMON | {
    "batch_input_shape", "batch_shape", "build_config", "data_format", "dtype",
    "quantization_config",
}  # fmt: skip
OF_WEIGHTS = ("_initializer", "_regularizer", "_constraint")
UNREGISTERED = "own"  # the package of a function that is registered in none


def as_tuple(value):
    """Tuples for lists, also inside."""
    return tuple(map(as_tuple, value)) if isinstance(value, (list, tuple)) else value


def is_plain(value) -> bool:
    """Whether a value is a number, a word, True, False or None, or a tuple of such.

    >>> is_plain((0.5, "nearest", None)), is_plain({"class_name": "Zeros"})
    (True, False)
    """
    if isinstance(value, (tuple, list)):
        return all(map(is_plain, value))
    return value is None or isinstance(value, (bool, int, float, str))


@cache
def own_names(kind: type[Layer]) -> frozenset[str]:
    """The arguments of a kind of layer, but for those that every layer has."""
    return frozenset(entry.name for entry in fields(kind)) - COMMON


def options_of(config: Mapping, kind: type[Layer]) -> dict[str, object]:
    """Keras's plain arguments that the kind of layer does not have: they change no count.

    >>> from lenet.layers import Passing
    >>> options_of({"name": "drop", "rate": 0.2, "dtype": "float32"}, Passing)
    {'rate': 0.2}
    """
    left = {
        name: as_tuple(value)
        for name, value in config.items()
        if is_plain(value) and name not in LEFT_OUT and not name.endswith(OF_WEIGHTS)
    }
    more = _arguments_of_activation(config.get("activation"))
    return {name: left[name] for name in left.keys() - own_names(kind)} | more


def activation_name(value) -> str | None:
    """A function's name, whether Keras wrote the name or an object.

    A function of one's own has its package before it, and "own" where it is registered
    in none. None for no function, or the one that changes nothing.

    >>> activation_name("tanh"), activation_name({"class_name": "function", "config": "swoosh"})
    ('tanh', 'own>swoosh')
    """
    if isinstance(value, Mapping):
        value = _name_of_object(value)
    if not isinstance(value, str) or value == "linear":
        return None if value == "linear" else value
    if not value.isprintable():
        raise ValueError(f"activation must be a word, got {value!r}")
    package, _, name = value.rpartition(">")
    if name in ACTIVATIONS and package in ("", "lenet", "keras"):
        return name
    return value if package else f"{UNREGISTERED}>{name}"


def _name_of_object(value: Mapping):
    """What Keras calls a function, or a layer that is used like one."""
    if isinstance(value.get("config"), str):
        return value["config"]
    if value.get("module") == "keras.layers":
        return f"keras>{value.get('class_name')}"
    return value.get("registered_name") or value.get("class_name")


def _arguments_of_activation(value) -> dict[str, tuple]:
    """Arguments of a layer that is used as a function, such as LeakyReLU(0.1)."""
    if not isinstance(value, Mapping) or not isinstance(value.get("config"), Mapping):
        return {}
    plain = options_of(value["config"], Layer)
    return {"activation_arguments": tuple(plain.items())} if plain else {}


def snake(name: str) -> str:
    """HardSigmoid as hard_sigmoid, the way Keras names the functions of its operations."""
    return sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def from_end(axis: int, rank: int) -> int:
    """An axis counted from the end; Keras may count from the batch axis, which is 0.

    >>> from_end(3, rank=3), from_end(-1, rank=3)
    (-1, -1)
    """
    if isinstance(axis, bool) or not isinstance(axis, int):
        raise TypeError(f"axis must be a whole number, got {axis!r}")
    return axis - rank - 1 if axis >= 0 else axis
