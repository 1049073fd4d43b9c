"""Keras's own models against the networks after LeNet, layer by layer."""

import pytest
from lenet.imagenet import MOBILENET, RESNET50, VGG16
from lenet.keras_bridge.model import from_keras
from lenet.keras_bridge.quiet import keras

MODELS = {"MobileNet": MOBILENET, "ResNet50": RESNET50, "VGG16": VGG16}
RENAMED = {"global_average_pooling2d": "mean", "conv_preds": "predictions"}


@pytest.fixture(params=MODELS, scope="module")
def both(request):
    model = getattr(keras.applications, request.param)(weights=None)
    return MODELS[request.param], from_keras(model)


def numbers(network):
    """What each layer that counts anything counts, by its name."""
    return {
        RENAMED.get(row.name, row.name): (row.weights, row.biases, row.fixed, row.macs)
        for row in network.trace()
        if row.weights
    }


def test_each_layer_counts_what_keras_has(both):
    ours, theirs = both
    assert numbers(ours) == numbers(theirs)


def test_the_totals_and_what_the_end_sees_are_equal(both):
    ours, theirs = (network.trace() for network in both)
    assert ours.total.parameters == theirs.total.parameters
    assert ours.total.macs == theirs.total.macs
    assert ours.rows[-1].receptive_field == theirs.rows[-1].receptive_field
