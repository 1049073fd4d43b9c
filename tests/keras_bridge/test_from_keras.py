"""Keras as the oracle of `from_keras`: shapes and parameters of generated layers and models.

`make fuzz` has 10,000 layers and 1,000 models agree, `make test` fewer; graphs with layers
that are not derived are in `test_wiring`. What
`to_keras` makes of them again is held to Keras in `test_round_trip`.
"""

import json
import os
from collections import Counter

import pytest
from any_layer import layers_on_shapes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keras_models import counts, drawn_model, twin, weightless
from lenet import LENET5_1998, LENET5_MODERN, derive
from lenet.keras_bridge.config import read_file
from lenet.keras_bridge.model import from_keras, to_keras
from lenet.keras_bridge.quiet import keras
from lenet.layers import Dense, Foreign, PointwiseDense, SeparableConv1D, Shared

LAYERS = int(os.environ.get("LENET_FUZZ_LAYERS", "400"))
MODELS = int(os.environ.get("LENET_FUZZ_MODELS", "40"))
long = settings(suppress_health_check=list(HealthCheck), deadline=None)
asked = Counter()


def is_foreign(network) -> bool:
    """Whether some of it is not derived."""
    return any(isinstance(layer, Foreign) for layer in network.layers)


@settings(long, max_examples=LAYERS)
@given(layers_on_shapes())
def check_one_layer(case):
    layer, shape = case
    image = keras.Input(shape)
    try:
        output = twin(layer)(image)
    except Exception:
        asked["refused"] += 1  # Keras has no one error for it
        try:
            assert min(layer.output_shape(shape)) > 0
        except ValueError:
            return
        # Keras documents a causal SeparableConv1D, and 3.15 builds none.
        documented = isinstance(layer, SeparableConv1D) and layer.padding == "causal"
        asked["refused by Keras only"] += not documented
        return
    if 0 in output.shape:
        with pytest.raises(ValueError, match=r"fit|leaves nothing"):
            layer.output_shape(shape)
        return
    asked["agreed"] += 1
    model = keras.Model(image, output)
    network = from_keras(model)
    assert network.output_shape == output.shape[1:] == layer.output_shape(shape)
    assert not is_foreign(network)
    total, (trainable, fixed) = network.trace().total, counts(model)
    assert (total.parameters, total.fixed) == (trainable, fixed)
    own = layer.weights(shape) + layer.biases(shape)
    assert (own, layer.fixed(shape)) == (trainable, fixed)
    derive(network)


def test_generated_layers_of_every_kind_agree():
    asked.clear()
    check_one_layer()
    print(dict(asked), "layers")
    assert asked["agreed"] >= 0.75 * LAYERS, asked
    assert not asked["refused by Keras only"], asked


@settings(long, max_examples=MODELS)
@given(st.data())
def check_one_model(data):
    model = drawn_model(data.draw)
    network = from_keras(model)
    assert not is_foreign(network)
    asked["models"] += 1
    total = network.trace().total
    assert (total.parameters, total.fixed) == counts(model)
    ours = {row.name: row.output_shape for row in network.trace().rows}
    for operation in model.operations:
        if operation.name in ours:
            assert operation.output.shape[1:] == ours[operation.name]
    assert network.output_shape == model.output_shape[1:]
    for layer in derive(network):
        assert layer.steps


def test_generated_models_agree():
    asked.clear()
    check_one_model()
    print(asked["models"], "models")
    assert asked["models"] >= 0.9 * MODELS, asked


APPLICATIONS = tuple(name for name in dir(keras.applications) if name[0].isupper())


@pytest.mark.parametrize("name", APPLICATIONS)
def test_the_models_of_keras_applications_agree(name):
    with weightless():
        model = getattr(keras.applications, name)(weights=None)
        network = from_keras(model, (224, 224, 3) if None in model.input_shape[1:] else None)
        assert not is_foreign(network)
        total = network.trace().total
        assert total.parameters + total.fixed == model.count_params()
    ours = {row.name: row.output_shape for row in network.trace().rows}
    checked = [layer for layer in model.layers if layer.name in ours]
    assert len(checked) > 0.9 * len(model.layers) - 10
    for layer in checked:
        theirs = layer.output.shape[1:]
        assert len(theirs) == len(ours[layer.name])
        assert all(b in (None, a) for a, b in zip(ours[layer.name], theirs, strict=True))
    assert len(list(derive(network))) == len(network.layers)


@pytest.mark.parametrize("network", [LENET5_MODERN, LENET5_1998], ids=lambda n: n.name)
def test_there_and_back_again(network, tmp_path):
    model = to_keras(network)
    assert from_keras(model).layers == network.layers
    model.save(tmp_path / "lenet.keras")
    assert read_file(tmp_path / "lenet.keras").layers == network.layers


def test_a_layer_used_twice_is_counted_once():
    conv = keras.layers.Conv2D(4, 3, padding="same", name="conv")
    image = keras.Input((8, 8, 4))
    rows = from_keras(keras.Model(image, conv(conv(image)))).trace().rows
    assert [(row.name, row.parameters, row.macs) for row in rows] == [
        ("conv", 148, 9216), ("conv, use 2", 0, 9216),
    ]  # fmt: skip
    assert isinstance(rows[1].layer, Shared) and rows[1].receptive_field == (5, 5)


def test_several_inputs_and_outputs():
    one, other = keras.Input((8, 8, 1), name="one"), keras.Input((5,), name="other")
    flat = keras.layers.Flatten()(one)
    joined = keras.layers.Concatenate()([flat, other])
    model = keras.Model([one, other], [keras.layers.Dense(3)(joined), flat])
    network = from_keras(model)
    assert network.inputs == ((8, 8, 1), (5,))
    assert network.trace().total.parameters == 69 * 3 + 3 == model.count_params()


def test_dense_on_a_map_works_at_every_place():
    model = keras.Sequential([keras.Input((4, 4, 6)), keras.layers.Dense(3)])
    layer = from_keras(model).layers[0]
    assert type(layer) is PointwiseDense and from_keras(model).output_shape == (4, 4, 3)


def test_a_rule_that_miscounts_is_found_out():
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(2)])
    with pytest.raises(ValueError, match="Keras counts 12 trainable parameters, the rules here 18"):
        from_keras(model, rules={"Dense": lambda config, shape: Dense(3)})


def test_a_hostile_file_is_refused_and_its_code_stays_unrun(tmp_path):
    image = keras.Input((4,))
    model = keras.Model(image, keras.layers.Lambda(lambda x: x * 2, name="code")(image))
    model.save(tmp_path / "hostile.keras")
    with pytest.raises(ValueError, match="layer 'code': a Lambda holds code"):
        read_file(tmp_path / "hostile.keras")
    assert json.loads(model.to_json())["config"]["layers"][1]["class_name"] == "Lambda"
