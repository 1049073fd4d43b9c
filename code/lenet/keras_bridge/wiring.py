"""Layers in the order in which they are called, and who reads whom: what a `Network` is made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lenet.layers import Foreign, Layer
from lenet.layers.arguments import Shape, Shapes
from lenet.network import Network

MOST_LAYERS = 150_000  # models in models can have more than any memory holds
MOST_MODELS = 10_000  # uses of models inside
InputShapes = Shape | Sequence[Shape] | Mapping[str, Shape]


@dataclass
class Wiring:
    """The network so far. Values are numbered as in `Network.reads`: layers from 0, inputs -1, ...

    A value in `turned` is a map that Keras keeps with its channels first; its shape
    here has them last.
    """

    inputs: list[Shape] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    reads: list[tuple[int, ...]] = field(default_factory=list)
    shapes: dict[int, Shape] = field(default_factory=dict)
    turned: set[int] = field(default_factory=set)
    uses: Counter = field(default_factory=Counter)
    models: int = 0

    def enter(self, shape: Shape, turned: bool = False) -> int:
        """One more input; Keras's shape, a `turned` one with the channels first."""
        self.inputs.append(shape[1:] + shape[:1] if turned else shape)
        return self._keep(-len(self.inputs), self.inputs[-1], turned)

    def add(self, layer: Layer, reads: tuple[int, ...], shape: Shape, turned: bool = False) -> int:
        """One more layer, with the shape that it puts out."""
        if len(self.layers) == MOST_LAYERS:
            raise ValueError(
                f"the model has more than {MOST_LAYERS:,} layers, those inside counted"
            )
        self.layers.append(layer)
        self.reads.append(reads)
        return self._keep(len(self.layers) - 1, shape, turned)

    def enter_model(self) -> None:
        """One more use of a model inside."""
        self.models += 1
        if self.models > MOST_MODELS:
            raise ValueError(f"models inside are used more than {MOST_MODELS:,} times")

    def called(self, path: str) -> str:
        """The name of one more use of the layer that has this path."""
        self.uses[path] += 1
        return path if self.uses[path] == 1 else f"{path}, use {self.uses[path]}"

    def add_foreign(
        self,
        what: str,
        name: str,
        reads: tuple[int, ...],
        shapes: Shapes,
        counts: tuple[int, int],
        first: int = 1,
    ) -> list[int]:
        """A layer that Keras counts: a row for each tensor that it puts out, the first counts."""
        made = []
        for number, shape in enumerate(shapes, first):
            called = name if number == 1 else f"{name}, output {number}"
            trained, frozen = counts if number == 1 else (0, 0)
            layer = Foreign(what, shape, trained, frozen, len(reads), name=called)
            made.append(self.add(layer, reads, layer.shape))
        return made

    def read(self, values: Sequence[int]) -> Shapes:
        """The shapes of some values."""
        return tuple(self.shapes[value] for value in values)

    def keras_shape(self, value: int) -> Shape:
        """The shape as Keras has it."""
        shape = self.shapes[value]
        return (shape[-1], *shape[:-1]) if value in self.turned else shape

    def network(self, name: str, source: str) -> Network:
        """All of it, checked."""
        if not self.layers:
            raise ValueError("the model has no layer: what comes in goes out")
        shapes = tuple(self.inputs)
        return Network(
            shapes[0] if len(shapes) == 1 else shapes, tuple(self.layers), name=name,
            source=source, reads=tuple(self.reads),
        )  # fmt: skip

    def _keep(self, value: int, shape: Shape, turned: bool) -> int:
        self.shapes[value] = shape
        if turned:
            self.turned.add(value)
        return value


def is_shape(value) -> bool:
    """Whether it is one shape, and not several."""
    return isinstance(value, (tuple, list)) and not any(isinstance(s, (tuple, list)) for s in value)


def given_shape(given: InputShapes | None, name: str, number: int) -> Shape | None:
    """What the reader said of one input: by its name, by its place, or as the only one.

    >>> given_shape({"text": (7,)}, "text", 1), given_shape((8, 8, 1), "image", 0)
    ((7,), (8, 8, 1))
    """
    if given is None:
        return None
    if isinstance(given, Mapping):
        given = given.get(name)
    elif is_shape(given):
        given = given if number == 0 else None
    else:
        given = given[number] if number < len(given) else None
    return given and tuple(given)


def fitted(name: str, open_shape: tuple, given: Shape | None) -> Shape:
    """The shape of an input, with what is given where the model leaves it open."""
    shape = open_shape if given is None else given
    fits = not open_shape or len(open_shape) == len(shape)
    if not fits or any(b not in (None, a) for a, b in zip(shape, open_shape, strict=False)):
        raise ValueError(f"input_shape {given} does not fit {name!r}, which has {open_shape}")
    if not shape or None in shape:
        raise ValueError(
            f"the input {name!r} has the open shape {shape}: "
            "say how large it is, as in input_shape=(224, 224, 3)"
        )
    return shape


def check_names(given: InputShapes | None, names: Sequence[str]) -> None:
    """Raise for shapes of inputs that the model does not have."""
    there = f"the model has the inputs {', '.join(names)}"
    if isinstance(given, Mapping) and set(given) - set(names):
        raise ValueError(f"input_shape has {', '.join(map(str, given))}; {there}")
    if given is not None and not isinstance(given, (Mapping, tuple, list)):
        raise ValueError(f"input_shape must be a shape, a tuple of them or a dict, got {given!r}")
    if given and not isinstance(given, Mapping) and not is_shape(given) and len(given) > len(names):
        raise ValueError(f"input_shape has {len(given)} shapes; {there}")
