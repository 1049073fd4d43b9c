"""What a live Keras model says of itself: its graph, its calls, its shapes and its numbers."""

from collections.abc import Iterator
from math import prod

from keras.src.models.functional import Functional

from lenet.keras_bridge.layers import PACKAGES, Rules
from lenet.keras_bridge.order import in_turn
from lenet.keras_bridge.quiet import keras
from lenet.keras_bridge.turning import axes_with_channels_first
from lenet.layers.arguments import Shape

MANY = 10_007  # a prime number of images: an axis that it divides has the images in it
PLAIN = (bool, int, float, str)


def graph_of(model) -> Functional | None:
    """The graph that the model is; None where it has none, or its own code in place of it."""
    if isinstance(model, keras.Sequential):
        return model._functional if type(model).call is keras.Sequential.call else None
    has_graph = isinstance(model, Functional) and type(model).call is Functional.call
    return model if has_graph else None


def calls(graph: Functional) -> Iterator:
    """Every call in the graph, as Keras's node, each behind those that it reads."""
    places = {id(operation): place for place, operation in enumerate(graph.operations)}
    nodes = [n for some in graph._nodes_by_depth.values() for n in some if not n.is_input]
    nodes.sort(key=lambda node: (places[id(node.operation)], _number(node)))
    reads = [list(map(id, node.input_tensors)) for node in nodes]
    makes = [list(map(id, node.outputs)) for node in nodes]
    return (nodes[number] for number in in_turn(reads, makes, map(id, graph.inputs)))


def _number(node) -> int:
    """Which call of its operation it is."""
    return node.outputs[0]._keras_history.node_index


def handed_in(node, graph: Functional) -> list:
    """The tensors of a call of the graph, in the order of its inputs."""
    arguments = node.arguments
    given = arguments.args[0] if arguments.args else next(iter(arguments.kwargs.values()))
    if isinstance(given, dict) and not isinstance(graph._inputs_struct, dict):
        return [given.get(tensor.name) for tensor in graph.inputs]
    return keras.tree.flatten(given)


def axes_turned(graph: Functional) -> set[int]:
    """How many axes those maps have that are kept with their channels first."""
    found = set()
    for operation in graph.operations:
        inner = graph_of(operation)
        if inner is not None:
            found |= axes_turned(inner)
        elif hasattr(operation, "data_format"):
            config = {"data_format": operation.data_format}
            found |= axes_with_channels_first([(type(operation).__name__, config)])
    return found


def described(operation, frozen: bool, rules: Rules) -> dict:
    """What a file would say of a layer or an operation; of one's own class only for a rule."""
    kind, module = type(operation).__name__, type(operation).__module__
    if module.split(".")[0] not in PACKAGES and kind not in rules:
        raise ValueError(f"{kind} is no layer of Keras")
    try:
        config = dict(operation.get_config())
    except NotImplementedError:
        config = {}
    config["name"] = operation.name
    config["trainable"] = bool(getattr(operation, "trainable", True)) and not frozen
    return {"class_name": kind, "module": module, "config": config}


def constants(node) -> dict[str, object]:
    """The plain values of one call, by the names that keras.ops has for two arguments."""
    given = enumerate(node.arguments.args, 1)
    return {f"x{place}": value for place, value in given if isinstance(value, PLAIN)}


def size(variables: list) -> int:
    """The numbers in all variables together."""
    return sum(prod(variable.shape) for variable in variables)


def weights_of(operation, frozen: bool) -> tuple[list, list]:
    """The variables that training changes by their gradient, and those that it does not."""
    trained = list(getattr(operation, "trainable_weights", ()))
    fixed = list(getattr(operation, "non_trainable_weights", ()))
    return ([], trained + fixed) if frozen else (trained, fixed)


def outputs(node, full: dict[int, tuple], reads: dict[int, int]) -> list[tuple]:
    """Keras's shapes of what a call puts out for MANY images.

    `full` are such shapes of values, `reads` the value of each tensor that it reads, by
    its id.
    """
    operation = node.operation
    recorded = [tuple(tensor.shape) for tensor in node.outputs]
    is_open = any(None in shape[1:] or not shape for shape in recorded)
    aligned = all(full[value][:1] == (MANY,) for value in reads.values())
    ours = type(operation).__module__.split(".")[0] == "keras"
    is_code = isinstance(operation, keras.layers.Lambda) or not isinstance(operation, keras.Layer)
    if aligned and ours and not is_code and not is_open:
        return [(MANY, *shape[1:]) for shape in recorded]
    try:
        return _computed(node, full, reads)
    except Exception:  # Keras has no one error for it
        if is_open:
            raise
        return [(MANY, *shape[1:]) for shape in recorded]


def _computed(node, full: dict[int, tuple], reads: dict[int, int]) -> list[tuple]:
    filled = {
        id(tensor): keras.KerasTensor(full[reads[id(tensor)]], dtype=tensor.dtype)
        for tensor in node.input_tensors
    }
    args, kwargs = node.arguments.fill_in(filled)
    spec = node.operation.compute_output_spec(*args, **kwargs)
    shapes = [tuple(tensor.shape) for tensor in keras.tree.flatten(spec)]
    if any(None in shape for shape in shapes) or len(shapes) != len(node.outputs):
        raise ValueError(f"the shape stays open: {shapes}")
    return shapes


def per_image(full: tuple) -> Shape:
    """The part of a shape for MANY images that belongs to one of them; (1,) for a number.

    >>> per_image((10_007, 8, 3)), per_image((8, 10_007, 3)), per_image((70_049, 32))
    ((8, 3), (8, 3), (7, 32))
    """
    if full[:1] == (MANY,):
        return full[1:] or (1,)
    sides = [side // MANY if side and side % MANY == 0 else side for side in full]
    kept = [now for now, before in zip(sides, full, strict=True) if (now, before) != (1, MANY)]
    return tuple(kept) or (1,)
