"""`to_keras` undoes `from_keras`: generated models, all of keras.applications, and every kind.

`make fuzz` takes more than 1,000 models, and every application, both ways.
"""

import os
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from any_layer import any_on_shapes, layers_on_shapes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keras_models import drawn_model, layers_inside, wiring
from lenet import Network
from lenet import layers as kinds
from lenet.architectures import NETWORKS
from lenet.keras_bridge.model import from_keras, to_keras
from lenet.keras_bridge.quiet import keras
from lenet.layers import Layer, Shared
from lenet.notation import parse
from networks import graphs

MODELS = int(os.environ.get("LENET_FUZZ_MODELS", "40"))
long = settings(suppress_health_check=list(HealthCheck), deadline=None)
asked = Counter()


def pointed(layer: Layer) -> Layer:
    """The layer with points for strokes in its names."""
    name = layer.name and layer.name.replace("/", ".")
    inner = {"layer": pointed(layer.layer)} if isinstance(layer, Shared) else {}
    return replace(layer, name=name, **inner)


def said(network: Network) -> dict:
    """All that a network says of each layer, by name: layers may change their order."""
    names = {n: pointed(layer).name for n, layer in enumerate(network.layers)}
    found = {}
    for row, layer, reads in zip(network.trace().rows, network.layers, network.reads, strict=True):
        numbers = (row.weights, row.biases, row.parameters, row.fixed, row.connections, row.macs)
        found[pointed(layer).name] = (
            pointed(layer), dict(layer.options), [names.get(n, n) for n in reads],
            row.input_shape, row.output_shape, numbers, row.receptive_field,
        )  # fmt: skip
    return found


def used_name(layer: Layer, network: Network) -> str:
    """The layer's name, or that of the layer that it is one more use of."""
    if not isinstance(layer, Shared):
        return layer.name
    unnamed = {replace(other, name=None): other.name for other in reversed(network.layers)}
    return layer.layer.name or unnamed[layer.layer]


def reads_of(network: Network) -> Counter:
    """Every use of every layer with the names of what it reads."""
    names = {n: used_name(layer, network) for n, layer in enumerate(network.layers)}
    names |= {-1 - n: f"input {n}" for n in range(len(network.inputs))}
    return Counter(
        (names[number], tuple(names[n] for n in reads))
        for number, reads in enumerate(network.reads)
    )


def pointed_uses(uses: Counter) -> Counter:
    return Counter({
        (name.replace("/", "."), tuple(n.replace("/", ".") for n in read)): times
        for (name, read), times in uses.items()
    })  # fmt: skip


def check_both_ways(model: keras.Model, input_shape=None) -> keras.Model:
    """The model built again, after everything that can be said of both was compared."""
    network = from_keras(model, input_shape)
    again = to_keras(network)
    back = from_keras(again)
    assert said(back) == said(network)
    assert back.inputs == network.inputs
    assert back.trace().total == network.trace().total
    uses = wiring(model)
    assert uses == reads_of(network)
    assert wiring(again) == pointed_uses(uses)
    asked["models"] += 1
    asked["layers"] += len(network.layers)
    return again


def check_predictions(model: keras.Model, again: keras.Model) -> None:
    """Weights copied over by name, both say the same of the same images."""
    theirs = layers_inside(model)
    for path, layer in theirs.items():
        weights = [w + 0.1 * np.arange(w.size).reshape(w.shape) % 0.7 for w in layer.get_weights()]
        if weights and path.replace("/", ".") in {made.name for made in again.layers}:
            layer.set_weights(weights)
            again.get_layer(path.replace("/", ".")).set_weights(weights)
    rng = np.random.default_rng(0)
    images = [rng.normal(size=(2, *image.shape[1:])).astype("float32") for image in model.inputs]
    images = images if len(images) > 1 else images[0]
    expected, found = (
        np.asarray((out if isinstance(out, list) else [out])[-1])
        for out in (model(images, training=False), again(images, training=False))
    )
    assert found == pytest.approx(expected, rel=1e-4, abs=1e-4, nan_ok=True)


@settings(long, max_examples=MODELS)
@given(st.data())
def check_one_model(data):
    model = drawn_model(data.draw)
    again = check_both_ways(model)
    if asked["models"] <= 20:
        check_predictions(model, again)


def test_generated_models_come_back():
    asked.clear()
    check_one_model()
    print(dict(asked))
    assert asked["models"] >= 0.9 * MODELS, asked


@settings(long, max_examples=3 * MODELS)
@given(graphs(most=5, size=7))
def check_one_graph(network):
    try:
        model = to_keras(network)
    except ValueError as error:
        assert "has no Keras form" in str(error)
        asked["refused"] += 1
        return
    asked["graphs"] += 1
    total = network.trace().total
    assert model.count_params() == total.parameters + total.fixed
    assert sum(np.prod(w.shape) for w in model.trainable_weights) == total.parameters
    assert from_keras(model).trace().total == total
    assert wiring(model) == reads_of(network)


def test_generated_graphs_are_built():
    asked.clear()
    check_one_graph()
    print(dict(asked))
    assert asked["graphs"] >= 2 * MODELS, asked


APPLICATIONS = tuple(name for name in dir(keras.applications) if name[0].isupper())
OPEN = (224, 224, 3)
# In `make test` every third; MobileNetV3's layers have strokes in their names, of which Keras
# makes models of its own only when it reads them.
BOTH_WAYS = APPLICATIONS if MODELS >= 1000 else APPLICATIONS[::3]


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_models_of_keras_applications_come_back(name):
    with keras.StatelessScope(initialize_variables=False):  # shapes, and no memory for weights
        model = getattr(keras.applications, name)(weights=None)
        check_both_ways(model, OPEN if None in model.input_shape[1:] else None)
