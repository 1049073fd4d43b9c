"""`to_keras` undoes `from_keras`: generated models, all of keras.applications, and every kind.

`make fuzz` takes more than 1,000 models, and every application, both ways.
"""

import os
from collections import Counter
from dataclasses import MISSING, fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer
from keras_models import drawn_model, layers_inside, weightless, wiring
from lenet import Network
from lenet import layers as kinds
from lenet.architectures import NETWORKS
from lenet.keras_bridge.layers import HANDED_ON
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
    again = from_keras(model).trace().total
    asked["not derived"] += bool(again.unknown)
    assert again == total or (again.unknown and again.parameters == total.parameters)
    assert wiring(model) == reads_of(network)


def test_generated_graphs_are_built():
    asked.clear()
    check_one_graph()
    print(dict(asked))
    assert asked["graphs"] >= 2 * MODELS and asked["not derived"] <= 0.1 * asked["graphs"], asked


APPLICATIONS = tuple(name for name in dir(keras.applications) if name[0].isupper())
OPEN = (224, 224, 3)
# Every third in `make test`: these take half a minute already.
BOTH_WAYS = APPLICATIONS if MODELS >= 1000 else APPLICATIONS[::3]


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_models_of_keras_applications_come_back(name):
    with weightless():
        model = getattr(keras.applications, name)(weights=None)
        check_both_ways(model, OPEN if None in model.input_shape[1:] else None)


@pytest.mark.parametrize(
    "middle",
    [
        [keras.layers.BatchNormalization(epsilon=0.3), keras.layers.LeakyReLU(0.4)],
        [keras.layers.ReLU(max_value=0.5, threshold=0.1), keras.layers.Dropout(0.2)],
        [keras.layers.LayerNormalization(epsilon=0.5, rms_scaling=True), keras.layers.ELU(0.3)],
        [keras.layers.RMSNormalization(epsilon=0.5), keras.layers.GroupNormalization(2, epsilon=1)],
        [keras.layers.Rescaling([0.1, 0.2, 0.3, 0.4], 3.0), keras.layers.Softmax(axis=[1, 2])],
        [keras.layers.Normalization(mean=[1, 2, 3, 4], variance=[1, 2, 3, 4])],
        [keras.layers.UpSampling2D(2, interpolation="bilinear"), keras.layers.UnitNormalization(2)],
        [keras.layers.Resizing(5, 9, interpolation="nearest", crop_to_aspect_ratio=True)],
        [keras.layers.Conv2D(4, 3, activation=keras.layers.LeakyReLU(0.4)), keras.layers.PReLU()],
        [keras.layers.Activation("gelu"), keras.layers.CenterCrop(3, 4)],
        [LayerScale(0.3, 4), StochasticDepth(0.3), keras.layers.SpatialDropout2D(0.3)],
    ],
    ids=lambda layers: "-".join(type(layer).__name__ for layer in layers),
)
def test_what_changes_no_count_is_handed_on_and_says_the_same(middle):
    inner = keras.Sequential(middle, name="inner")
    model = keras.Sequential([keras.Input((7, 8, 4)), inner, keras.layers.Dense(3, name="last")])
    again = to_keras(from_keras(model))
    for path, layer in layers_inside(model).items():
        theirs, ours = layer.get_config(), again.get_layer(path.replace("/", ".")).get_config()
        for name in theirs.keys() - {"name", "axis", "center"}:  # an axis has two numbers
            plain = isinstance(theirs[name], (bool, int, float, str))
            assert not plain or ours[name] == theirs[name], name
    check_predictions(model, again)


def test_a_sum_with_a_scale_comes_back():
    one, other = keras.Input((4, 3)), keras.Input((4, 3))
    model = keras.Model([one, other], CustomScaleLayer(0.17, name="sum")([one, other]))
    again = to_keras(from_keras(model))
    assert again.get_layer("sum").scale == 0.17
    check_predictions(model, again)


@keras.saving.register_keras_serializable("my")
def swoosh(x):
    return x * keras.ops.sigmoid(x)


def unregistered(x):
    return 2 * x


def test_activations_of_your_own_are_found_where_they_are_registered():
    image = keras.Input((4, 3))
    model = keras.Model(image, keras.layers.Dense(2, activation=swoosh)(image))
    network = from_keras(model)
    assert network.layers[0].activation == "my>swoosh"
    assert to_keras(network).layers[-1].activation is swoosh
    network = from_keras(keras.Model(image, keras.layers.Dense(2, activation=unregistered)(image)))
    assert network.layers[0].activation == "own>unregistered"
    with pytest.raises(ValueError, match=r"nobody knows .*_serializable\('own', 'unr"):
        to_keras(network)


@pytest.mark.parametrize("name", NETWORKS)
def test_named_networks_have_kerass_counts_and_come_back(name):
    network, model = NETWORKS[name], to_keras(NETWORKS[name])
    total = network.trace().total
    assert model.count_params() == total.parameters + total.fixed
    assert from_keras(model).layers == network.layers


def test_the_notations_dropout_and_batchnorm_are_built():
    model = to_keras(parse("32x32x1: conv 6 5 tanh, batchnorm, dropout, flatten, dense 10"))
    assert model.count_params() == 156 + 24 + 47050
    assert model.layers[2].rate == 0.5


PASSING = [kinds.Passing(what) for what in HANDED_ON if "3D" not in what and "1D" not in what]
ON_MAPS = {
    1: (8, 4), 2: (8, 8, 4), 3: (6, 6, 6, 4), 0: (84,), None: (8, 8, 3),
}  # fmt: skip
ARGUMENTS = {
    "target_shape": (-1,), "n": 2, "table": ((0, 1), (2,)), "what": "Dropout", "units": 10,
    "activation": "relu", "operation": "negative", "filters": 4, "kernel_size": 3,
    "output_size": 2, "height": 5, "width": 6, "dims": (2, 1, 3), "axes": (1, 1), "layer": None,
}  # fmt: skip


def simplest(kind: type[Layer]) -> Network:
    """A network of one layer of the kind, between nothing."""
    asked_for = [
        e.name for e in fields(kind) if e.default is MISSING and e.default_factory is MISSING
    ]
    arguments = {name: ARGUMENTS[name] for name in asked_for}
    if kind is kinds.RMSNormalization:
        arguments["center"] = False
    if kind is kinds.GroupNormalization:
        arguments["groups"] = 3
    if kind is kinds.Shared:
        return Network((8, 8, 3), [kinds.Flatten(name="a"), kinds.Shared(kinds.Flatten(name="a"))],
                       reads=[(-1,), (-1,)])  # fmt: skip
    shape = (84,) if kind is kinds.RepeatVector else ON_MAPS[kind.rank]
    if not kind.merges:
        return Network(shape, kind(**arguments))
    return Network((84,), [kinds.Dense(84), kind(**arguments)], reads=[(-1,), (-1, 0)])


WITHOUT_A_FORM = ("Foreign", "Layer")


@pytest.mark.parametrize("kind", [name for name in kinds.__all__ if name not in WITHOUT_A_FORM])
def test_every_kind_is_built_and_read_again(kind):
    network = simplest(getattr(kinds, kind))
    model = to_keras(network)
    total = network.trace().total
    assert model.count_params() == total.parameters + total.fixed
    back = from_keras(model)
    assert back.output_shape == network.output_shape and back.trace().total == total
    if kind != "Shared":
        assert said(back).keys() == said(network).keys()


@pytest.mark.parametrize("layer", PASSING, ids=lambda layer: layer.what)
def test_every_layer_that_hands_on_is_built_and_read_again(layer):
    network = Network((8, 8, 3), layer)
    assert from_keras(to_keras(network)).layers == network.layers


@pytest.mark.parametrize(
    ("layer", "says"),
    [
        (kinds.RMSNormalization(), "'rms_normalization' .* center=False and scale=True only"),
        (kinds.Elementwise("multiply"), "multiply needs its constant: say options={'x2': 2.0}"),
        (kinds.Elementwise("swoosh"), "there is no keras.ops.swoosh"),
        (kinds.Passing("Doubling"), "there is no keras.layers.Doubling"),
        (kinds.Passing("Dropout", options={"speed": 3}), "'dropout' .* no Keras form: .*speed"),
        (kinds.BatchNormalization(axis=(-1, -2)), "has no Keras form"),
        (kinds.Shared(kinds.PointwiseDense(3)), "put that one first"),
        (kinds.RBF(3), "units must be 10"),
        (kinds.Foreign("LSTM", (3,), 90), "only the numbers of LSTM are known"),
    ],
)
def test_what_has_no_keras_form_says_so(layer, says):
    shape = (84,) if isinstance(layer, kinds.RBF) else (8, 8, 3)
    with pytest.raises(ValueError, match=says):
        to_keras(Network(shape, layer))


def test_weights_that_nobody_asked_for_are_not_made_later():
    with weightless():
        image = keras.Input((4,))
        model = keras.Model(image, keras.layers.Dense(3)(image))
    made = []
    model.layers[1].kernel._deferred_initialize = lambda: made.append("kernel")
    with keras.StatelessScope(initialize_variables=True):
        pass
    assert not made
