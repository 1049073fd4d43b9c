"""Keras as the oracle: what it builds has our shapes and our numbers of parameters."""

from collections import Counter

import numpy as np
import pytest
from any_layer import shapes
from hypothesis import given, settings
from keras_models import twin
from lenet import LENET5_1998, POST_CODE, Conv2D, Network
from lenet.architectures import NETWORKS
from lenet.keras_bridge.model import slid, to_keras
from lenet.keras_bridge.quiet import keras
from networks import layers, networks

asked = Counter()


@settings(max_examples=800)
@given(layers, shapes)
def check_one_layer(layer, shape):
    built = twin(layer)
    try:
        expected = layer.output_shape(shape)
    except ValueError:
        asked["refused"] += 1
        with pytest.raises(Exception):  # noqa: B017, PT011  Keras has no one error for it
            built(keras.KerasTensor((None, *shape)))
        return
    asked["agreed"] += 1
    assert built(keras.KerasTensor((None, *shape))).shape[1:] == expected
    assert built.count_params() == layer.weights(shape) + layer.biases(shape)


def test_keras_agrees_on_more_than_500_layers_and_refuses_what_we_refuse():
    asked.clear()
    check_one_layer()
    assert asked["agreed"] >= 500 and asked["refused"] >= 20, asked


@settings(max_examples=40)
@given(networks())
def test_whole_networks_agree(network):
    model = to_keras(network)
    for built, row in zip(model.layers, network.trace().rows, strict=True):
        assert built.output.shape[1:] == row.output_shape
        assert built.count_params() == row.parameters
    assert model.count_params() == network.trace().total.parameters


MODERN = [NETWORKS[name] for name in ("post-table", "post-code", "post-fnn", "lenet5-modern")]


@pytest.mark.parametrize("network", MODERN, ids=lambda network: network.name)
def test_named_networks_agree_with_kerass_summary(network):
    lines = []
    model = to_keras(network)
    model.summary(print_fn=lines.append, line_length=120)
    total = network.trace().total.parameters
    assert model.count_params() == total
    assert f"Total params: {total:,}" in "\n".join(lines)
    assert [layer.name for layer in model.layers] == [row.name for row in network.trace().rows]
    activations = [layer.activation for layer in network.layers if getattr(layer, "activation", 0)]
    built = [layer.activation.__name__ for layer in model.layers if hasattr(layer, "activation")]
    assert built == activations


def test_what_keras_does_not_build_it_says_itself():
    network = Network((20, 20, 1), [Conv2D(1, 3, strides=2, dilation_rate=2)])
    with pytest.raises(ValueError, match=r"'conv2d' \(Conv2D\) has no Keras form: .*strides"):
        to_keras(network)


def test_sliding_says_of_each_window_what_the_network_says_of_it():
    model = to_keras(LENET5_1998)
    wide = np.random.default_rng(0).normal(size=(1, 32, 44, 1)).astype("float32")
    windows = np.concatenate([wide[:, :, left : left + 32] for left in range(0, 13, 4)])
    found = slid(model, 44).predict_on_batch(wide)
    assert found.shape == (1, 1, 4, 10)
    assert found[0, 0] == pytest.approx(model.predict_on_batch(windows), rel=1e-4)


def test_what_cannot_slide_says_why():
    with pytest.raises(ValueError, match="width must be at least 32, got 31"):
        slid(to_keras(LENET5_1998), 31)
    with pytest.raises(ValueError, match=r"Flatten reads \(14, 14, 16\), not a map of one place"):
        slid(to_keras(POST_CODE), 80)
