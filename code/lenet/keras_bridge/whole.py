"""A Keras model whose graph is code: one row for all of it."""

from collections.abc import Mapping

from lenet.keras_bridge.graph import MANY, per_image, size, weights_of
from lenet.keras_bridge.quiet import keras
from lenet.keras_bridge.wiring import InputShapes, Wiring, is_shape
from lenet.layers.arguments import checked_shape
from lenet.network import Network


def in_one_row(model: keras.Model, given: InputShapes | None = None) -> Network:
    """One `Foreign` row: what Keras counts, and the shape that it puts out when called.

    `given` is the shape of its input, several, or a dict of them as its call expects;
    without it the shape that it was built with. Raises ValueError where nobody knows it.
    """
    shapes = _shapes(model, given)
    asked = keras.tree.map_shape_structure(lambda s: keras.KerasTensor((MANY, *s)), shapes)
    try:
        spec = model(asked)
    except Exception as error:  # Keras has no one error for it
        said = str(error).strip().partition("\n")[0]
        raise ValueError(f"{model.name!r} cannot be called with {shapes}: {said}") from None
    wiring = Wiring()
    flat = keras.tree.flatten(asked)
    reads = tuple(wiring.enter(per_image(tuple(tensor.shape))) for tensor in flat)
    outs = [tuple(tensor.shape) for tensor in keras.tree.flatten(spec)]
    counts = tuple(map(size, weights_of(model, frozen=False)))
    kind = type(model).__name__
    wiring.add_foreign(kind, model.name, reads, tuple(map(per_image, outs)), counts)
    return wiring.network(model.name, "a Keras model")


def _shapes(model: keras.Model, given: InputShapes | None):
    """The shapes to call it with, in the structure that it asks for, without the batch axis."""
    if isinstance(given, Mapping):
        return {name: checked_shape("input_shape", shape) for name, shape in given.items()}
    if given is not None:
        several = [] if is_shape(given) else given
        return [checked_shape("input_shape", shape) for shape in several] or checked_shape(
            "input_shape", given
        )
    if getattr(model, "inputs", None):
        built = keras.tree.map_structure(lambda tensor: tensor.shape, model.inputs)
    else:
        built = (model.get_build_config() or {}).get("input_shape") if model.built else None
    if not built:
        raise ValueError(
            f"{type(model).__name__} is a class of its own, whose graph only its code knows: "
            "say what it reads, as in input_shape=(224, 224, 3)"
        )
    shapes = keras.tree.map_shape_structure(lambda shape: tuple(shape)[1:], built)
    if any(side is None for side in keras.tree.flatten(shapes)):
        raise ValueError(
            f"{model.name!r} has the open shape {shapes}: "
            "say how large it is, as in input_shape=(224, 224, 3)"
        )
    return shapes
