"""A live Keras model, walked along its own graph: tensors are told apart by being themselves."""

from dataclasses import dataclass, field

from lenet.keras_bridge.graph import (
    MANY,
    Functional,
    axes_turned,
    calls,
    constants,
    described,
    graph_of,
    handed_in,
    outputs,
    per_image,
    size,
    weights_of,
)  # fmt: skip
from lenet.keras_bridge.layers import Rules
from lenet.keras_bridge.turning import read_turned, turned_back
from lenet.keras_bridge.wiring import InputShapes, Wiring, check_names, fitted, given_shape
from lenet.layers import Layer, Shared
from lenet.layers.arguments import Shape, Shapes


def walked(graph: Functional, given: InputShapes | None, rules: Rules) -> Wiring:
    """All that a model's graph says, layer by layer; `given` are the shapes of open inputs."""
    walker = Walker(rules)
    turned = axes_turned(graph)
    names = [tensor.name for tensor in graph.inputs]
    check_names(given, names)
    came = []
    for number, tensor in enumerate(graph.inputs):
        shape = tuple(tensor.shape)[1:]
        own = given_shape(given, tensor.name, number)
        shape = () if shape == () and own is None else fitted(tensor.name, shape, own)
        value = walker.wiring.enter(shape or (1,), len(shape) in turned)
        walker.full[value] = (MANY, *shape)
        came.append(value)
    walker.walk(graph, came, "", frozen=False)
    return walker.wiring


@dataclass
class Walker:
    """Adds what a graph says to a wiring. `full` are Keras's shapes of values for MANY images.

    `known` has the layer, None where it is not derived, and the path of each operation,
    by its id; `counted` are the ids of all variables that are in a row already.
    """

    rules: Rules
    wiring: Wiring = field(default_factory=Wiring)
    full: dict[int, tuple] = field(default_factory=dict)
    known: dict[int, tuple[Layer | None, str]] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)

    def walk(self, graph: Functional, came: list[int], prefix: str, frozen: bool) -> list[int]:
        """Lay a graph open that reads these values; the values that it puts out."""
        values = dict(zip(map(id, graph.inputs), came, strict=True))
        for node in calls(graph):
            made = self._use(node, values, prefix + node.operation.name, frozen)
            values |= dict(zip(map(id, node.outputs), made, strict=True))
        return [values[id(tensor)] for tensor in graph.outputs]

    def _use(self, node, values: dict[int, int], path: str, frozen: bool) -> list[int]:
        inner = graph_of(node.operation)
        if inner is not None:
            handed = [values.get(id(tensor)) for tensor in handed_in(node, inner)]
            if self._fit(handed, inner):
                return self.walk(inner, handed, f"{path}/", frozen or not node.operation.trainable)
        reads = {id(tensor): values[id(tensor)] for tensor in node.input_tensors}
        return self._layer(node, reads, path, frozen)

    def _fit(self, handed: list, inner: Functional) -> bool:
        """Whether the model inside reads these values as they are."""
        if None in handed or len(handed) != len(inner.inputs):
            return False
        ranks = [len(self.full[value]) for value in handed]
        return ranks == [len(tensor.shape) for tensor in inner.inputs]

    def _layer(self, node, values: dict[int, int], path: str, frozen: bool) -> list[int]:
        """One call as a layer that is derived, or as one that Keras counts."""
        operation = node.operation
        reads = tuple(values[id(tensor)] for tensor in node.input_tensors)
        own, fresh = self._count(operation, frozen)
        try:
            layer, turned = self._derived(node, reads, path, frozen)
            reads = reads if layer.merges else reads[:1]
            shape = self._checked(node, layer, reads, own, turned)
            if fresh not in (own, (0, 0)):
                raise ValueError("some of its numbers are counted already")
        except Exception as error:  # get_config may be anybody's
            if type(operation).__name__ in self.rules:
                raise ValueError(f"layer {path!r}: {error}") from None
            return self._foreign(node, values, path, fresh, error)
        named = self._named(layer, operation, path, fresh == own)
        value = self.wiring.add(named, reads, shape, turned)
        self.full[value] = (MANY, *turned_back(shape, turned))
        return [value, *self._more(node, values, path)]

    def _count(self, operation, frozen: bool) -> tuple[tuple[int, int], tuple[int, int]]:
        """Trained and fixed numbers: all of the operation, and those in no row so far."""
        both = weights_of(operation, frozen)
        fresh = [[one for one in some if id(one) not in self.counted] for some in both]
        self.counted.update(id(one) for some in both for one in some)
        return tuple(map(size, both)), tuple(map(size, fresh))

    def _derived(self, node, reads: tuple, path: str, frozen: bool) -> tuple[Layer, bool]:
        """The layer as one of ours, and whether its map has the channels first in Keras."""
        if any(self.full[value][:1] != (MANY,) for value in reads):
            raise ValueError("the images are not along the first axis")
        turned = [value in self.wiring.turned for value in reads]
        said = described(node.operation, frozen, self.rules)
        shapes = self.wiring.read(reads)
        layer, turns = read_turned(said, path, shapes, turned, self.rules, constants(node))
        if not layer.merges and len(set(reads)) > 1:
            raise ValueError(f"{layer.kind} reads one layer, got {len(reads)}")
        return layer, turns

    def _checked(self, node, layer: Layer, reads: tuple, own: tuple, turned: bool) -> Shape:
        """The shape that comes out, after numbers and shape were held to the live layer's."""
        came = self.wiring.read(reads)
        shape = _check_counts(layer, came if layer.merges else came[0], own)
        ours, theirs = turned_back(shape, turned), tuple(node.outputs[0].shape)[1:]
        fits = len(ours) == len(theirs) and all(
            b in (None, a) for a, b in zip(ours, theirs, strict=True)
        )
        if not fits:
            raise ValueError(f"Keras has the shape {theirs}, the rules here {ours}")
        return shape

    def _named(self, layer: Layer, operation, path: str, new: bool) -> Layer:
        """The layer, or one more use of it or of its numbers."""
        first, called = self.known.setdefault(id(operation), (layer, path))
        name = self.wiring.called(called)
        if name == path:
            return layer if new else Shared(layer, name=path)
        return Shared(first or layer, name=name)

    def _foreign(self, node, values: dict, path: str, counts: tuple, error) -> list[int]:
        """A row for each tensor that the layer puts out, with Keras's own numbers."""
        shapes = self._shapes(node, values, f"layer {path!r}: {error}")
        _, called = self.known.setdefault(id(node.operation), (None, path))
        return self._add_foreign(node, values, self.wiring.called(called), shapes, counts)

    def _more(self, node, values: dict, path: str) -> list[int]:
        """The tensors behind the first that a derived layer puts out."""
        if len(node.outputs) == 1:
            return []
        shapes = self._shapes(node, values, f"layer {path!r}")[1:]
        return self._add_foreign(node, values, path, shapes, (0, 0), first=2)

    def _add_foreign(self, node, values, name, shapes, counts, first: int = 1) -> list[int]:
        reads = tuple(values[id(tensor)] for tensor in node.input_tensors)
        what = type(node.operation).__name__
        images = tuple(map(per_image, shapes))
        made = self.wiring.add_foreign(what, name, reads, images, counts, first)
        self.full |= dict(zip(made, shapes, strict=True))
        return made

    def _shapes(self, node, values: dict, where: str) -> Shapes:
        try:
            return tuple(outputs(node, self.full, values))
        except Exception as error:  # Keras has no one error for it
            said = str(error).strip().partition("\n")[0]
            raise ValueError(f"{where}; Keras says: {said}") from None


def _check_counts(layer: Layer, came: Shape | Shapes, own: tuple[int, int]) -> Shape:
    """The shape that comes out; raises where our numbers are not the live layer's."""
    counts = layer.counts(came)
    trained = counts.numbers if layer.trainable else 0
    ours = trained, counts.numbers + counts.fixed - trained
    for what, mine, theirs in zip(("trainable", "fixed"), ours, own, strict=True):
        if mine != theirs:
            raise ValueError(f"Keras counts {theirs:,} {what} parameters, the rules here {mine:,}")
    return counts.output_shape
