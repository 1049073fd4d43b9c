"""Generated Keras layers and models, and what Keras says of them: nothing here asks the bridge."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

from any_layer import same_shape, small
from hypothesis import strategies as st
from keras.src.backend.common.global_state import set_global_attribute
from lenet import layers as kinds
from lenet.keras_bridge.quiet import keras
from lenet.layers import Layer


@contextmanager
def weightless() -> Iterator[None]:
    """Models made inside have shapes and no memory for weights.

    Keras keeps a list of their weights, and would make them all, 15 GB for its applications,
    as soon as any later model makes its own: the list is emptied.
    """
    with keras.StatelessScope(initialize_variables=False):
        yield
    set_global_attribute("uninitialized_variables", [])


def twin(layer: Layer) -> keras.layers.Layer:
    """The layer as Keras has it, written down here once more: the oracle of `from_keras`."""
    named = {entry.name for entry in fields(layer)} - {"name", "trainable", "options"}
    arguments = {name: getattr(layer, name) for name in named}
    kind = type(layer).__name__
    match layer:
        case kinds.PointwiseDense():
            kind = "Dense"
        case kinds.Passing():
            kind, arguments = layer.what, {"rate": 0.5}
        case kinds.Rescaling():
            arguments = {"scale": 0.5}
        case kinds.RMSNormalization():
            arguments = {"axis": layer.axis}
        case kinds.Normalization():
            arguments = {"axis": layer.axis[0]}
        case kinds.LayerNormalization():
            arguments["axis"] = list(layer.axes)
        case kinds.ZeroPadding1D() | kinds.Cropping1D() | kinds.UpSampling1D():
            (name,) = {"padding", "cropping", "size"} & arguments.keys()
            arguments[name] = arguments[name][0]
    return getattr(keras.layers, kind)(**arguments)


MERGES = ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract", "Concatenate")


def drawn_model(draw) -> keras.Model:
    """A graph of up to nine layers with branches, shared layers, frozen ones, models in it."""
    sides = draw(st.tuples(st.integers(6, 12), st.integers(6, 12)))
    images = [keras.Input((*sides, 2)) for _ in range(draw(st.sampled_from([1, 1, 2])))]
    made = list(images)
    for _ in range(draw(st.integers(2, 9))):
        made.append(_one_more(draw, made))
    pooled = keras.layers.GlobalAveragePooling2D()(made[-1])
    output = keras.layers.Dense(draw(small))(pooled)
    return keras.Model(images if len(images) > 1 else images[0], output)


def _one_more(draw, made: list):
    """One more tensor, from one or two of those that are there."""
    read = draw(st.sampled_from(made))
    alike = [other for other in made if other.shape == read.shape]
    other = draw(st.sampled_from(alike))
    return draw(st.sampled_from(WAYS))(draw, read, other)


def _conv(draw):
    conv = keras.layers.Conv2D(draw(small), draw(st.sampled_from([1, 3])), padding="same")
    conv.trainable = draw(st.booleans())
    return conv


def _merged(draw, read, other):
    return getattr(keras.layers, draw(st.sampled_from(MERGES)))()([read, other])


def _computed(draw, read, other):
    ways = [
        read + other, keras.ops.relu(read * 2.0), 1 - read, keras.ops.clip(read, -1, 1),
        keras.ops.softmax(read), -read, read / 3, keras.ops.leaky_relu(other, 0.3),
    ]  # fmt: skip
    return draw(st.sampled_from(ways))


def _excited(draw, read, other):
    squeezed = keras.layers.GlobalAveragePooling2D(keepdims=True)(read)
    return keras.layers.Multiply()([read, squeezed])


def _shared(draw, read, other):
    conv = _conv(draw)
    return keras.layers.Concatenate()([conv(read), conv(other)])


def _inner(draw, read, other):
    """A model of two layers, used twice; one that joins what it reads, in a second model."""
    norm = keras.layers.BatchNormalization(trainable=draw(st.booleans()), epsilon=0.1)
    inner = keras.Sequential([_conv(draw), norm])
    if draw(st.booleans()):
        return keras.layers.Add()([inner(read), inner(other)])
    one, two = keras.Input(read.shape[1:]), keras.Input(read.shape[1:])
    joined = keras.Model([one, two], keras.layers.Maximum()([inner(one), 2.0 * inner(two)]))
    return joined([other, read])


def _layered(draw, read, other):
    layer = twin(draw(same_shape(2) | st.just(kinds.ZeroPadding2D(1))))
    conv = _conv(draw)
    try:
        return layer(conv(read))
    except ValueError:  # groups that do not divide the channels
        return conv(read)


def _dropped(draw, read, other):
    make = draw(st.sampled_from([keras.layers.Dropout, keras.layers.GaussianNoise]))
    return make(draw(st.sampled_from([0.1, 0.2])))(read)


WAYS = [
    _layered, _layered, _merged, _computed, _excited, _shared, _inner, _dropped,
]  # fmt: skip


def wiring(model: keras.Model) -> Counter:
    """Every use of every layer with the names of what it reads, from Keras's own graph."""
    uses = Counter()
    _walk(model, "", [f"input {n}" for n in range(len(model.inputs))], uses)
    return uses


def _walk(model: keras.Model, prefix: str, inputs: list[str], uses: Counter) -> list[str]:
    """Count the uses in a model that reads these; the names of what it puts out."""
    graph = getattr(model, "_functional", model)
    names = {id(tensor): name for tensor, name in zip(graph.inputs, inputs, strict=True)}
    for depth in sorted(graph._nodes_by_depth, reverse=True):
        for node in graph._nodes_by_depth[depth]:
            if node.is_input:
                continue
            read = [names[id(tensor)] for tensor in node.arguments.keras_tensors]
            path = prefix + node.operation.name
            made = [path]
            if isinstance(node.operation, keras.Model):
                made = _walk(node.operation, f"{path}/", read, uses)
            else:
                uses[path, tuple(read)] += 1
            names |= {id(out): name for out, name in zip(node.outputs, made, strict=True)}
    return [names[id(tensor)] for tensor in graph.outputs]


def layers_inside(model: keras.Model, prefix: str = "") -> dict[str, keras.layers.Layer]:
    """All layers, those of models inside too, by their paths."""
    found = {}
    for layer in model.layers:
        path = prefix + layer.name
        inside = isinstance(layer, keras.Model)
        found |= layers_inside(layer, f"{path}/") if inside else {path: layer}
    return found


class Doubling(keras.layers.Layer):
    """A layer that only its owner knows."""

    def call(self, inputs):
        return 2 * inputs


class OfItsOwn(keras.Model):
    """A model whose graph is in its code."""

    def __init__(self, width=3, **more):
        super().__init__(**more)
        self.dense = keras.layers.Dense(width)

    def call(self, inputs):
        return self.dense(inputs)


def counts(model: keras.Model) -> tuple[int, int]:
    """Keras's trainable and non-trainable parameters, as its summary prints them."""
    model.summary(print_fn=(lines := []).append)
    found = [line.split(":")[1].split("(")[0] for line in "".join(lines).splitlines()
             if "rainable params" in line]  # fmt: skip
    trainable, fixed = (int(number.replace(",", "")) for number in found)
    return trainable, fixed
