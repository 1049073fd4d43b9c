"""The layers of 1998 against NumPy loops that follow the paper's words."""

import numpy as np
import pytest
from lenet import LENET1, LENET5_1998, LENET5_MODERN, TABLE_I, ZIPCODE_1989
from lenet.keras_bridge import early, local
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras

rng = np.random.default_rng(0)


def built(layer, *shape):
    """The layer with random weights, and an input of that shape."""
    inputs = rng.normal(size=(2, *shape)).astype("float32")
    layer(inputs)
    layer.set_weights([rng.normal(size=w.shape).astype("float32") for w in layer.weights])
    return inputs, [np.asarray(w) for w in layer.weights]


def test_partial_convolution_follows_the_table():
    layer = early.PartialConv2D(TABLE_I, (5, 5), activation=early.scaled_tanh)
    inputs, (kernel, bias) = built(layer, 7, 6, 6)
    assert kernel.size == 1_500 and bias.size == 16
    links = iter(range(60))
    for out, reads in enumerate(TABLE_I):
        numbers = [next(links) for _ in reads]
        for row, column in ((0, 0), (2, 1)):
            window = inputs[:, row : row + 5, column : column + 5]
            total = bias[out] + sum(
                (window[..., m] * kernel[..., link]).sum(axis=(1, 2))
                for m, link in zip(reads, numbers, strict=True)
            )
            expected = 1.7159 * np.tanh(2 / 3 * total)
            assert np.asarray(layer(inputs))[:, row, column, out] == pytest.approx(
                expected, abs=1e-4
            )


def test_a_map_does_not_see_what_its_row_leaves_out():
    layer = early.PartialConv2D(TABLE_I, (5, 5))
    inputs, _ = built(layer, 5, 5, 6)
    before = np.asarray(layer(inputs))
    inputs[..., 3] += 1
    changed = np.abs(np.asarray(layer(inputs)) - before).max(axis=(0, 1, 2)) > 1e-6
    assert changed.tolist() == [3 in row for row in TABLE_I]


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_locally_connected_units_have_weights_of_their_own(padding):
    layer = local.LocallyConnected2D(4, (3, 2), (2, 1), padding, activation="tanh")
    inputs, (kernel, bias) = built(layer, 6, 5, 2)
    after = int(padding == "same")  # a row below, a column to the right
    inputs_seen = np.pad(inputs, ((0, 0), (0, after), (0, after), (0, 0)))
    found = np.asarray(layer(inputs))
    for place, (row, column) in enumerate(np.ndindex(found.shape[1:3])):
        window = inputs_seen[:, 2 * row : 2 * row + 3, column : column + 2].reshape(2, -1)
        expected = np.tanh(window @ kernel[place] + bias[row, column])
        assert found[:, row, column] == pytest.approx(expected, abs=1e-5)


def test_subsampling_adds_multiplies_and_squashes():
    layer = early.Subsampling2D((2, 2), activation=early.scaled_tanh)
    inputs, (coefficient, bias) = built(layer, 5, 4, 3)
    sums = inputs[:, :4].reshape(2, 2, 2, 2, 2, 3).sum(axis=(2, 4))
    expected = 1.7159 * np.tanh(2 / 3 * (sums * coefficient + bias))
    assert np.asarray(layer(inputs)) == pytest.approx(expected, abs=1e-5)


def test_rbf_units_are_squared_distances_to_the_codes():
    layer = early.RBF(10)
    inputs = rng.normal(size=(3, 84)).astype("float32")
    expected = ((inputs[:, None] - early.CODES) ** 2).sum(axis=2)
    assert np.asarray(layer(inputs)) == pytest.approx(expected, rel=1e-4)
    assert not layer.trainable_weights
    with pytest.raises(ValueError, match="units must be 10, one a code, got 11"):
        early.RBF(11)
    with pytest.raises(ValueError, match="a code has 84 dots, but 83 inputs come"):
        early.RBF(10)(inputs[:, :83])


def test_codes_are_ten_different_bitmaps_of_plus_and_minus_one():
    assert early.CODES.shape == (10, 84) and set(early.CODES.flat) == {-1, 1}
    apart = (early.CODES[:, None] != early.CODES).sum(axis=2) + 84 * np.eye(10)
    assert apart.min() >= 5


def test_the_loss_is_equation_9():
    distances = rng.uniform(0, 4, size=(5, 10)).astype("float32")
    labels = np.array([3, 1, 4, 1, 5])
    for j, scale in ((1.0, 1.0), (10.0, 0.1)):
        loss = np.asarray(early.rubbish_class_loss(j, scale)(labels, distances))
        y = distances * scale
        expected = y[range(5), labels] + np.log(np.exp(-j) + np.exp(-y).sum(axis=1))
        assert loss == pytest.approx(expected, rel=1e-5)


def test_the_softmax_loss_is_equation_9_with_targets_for_codes():
    outputs = rng.uniform(-1.7, 1.7, size=(5, 10)).astype("float32")
    labels = np.array([3, 1, 4, 1, 5])
    distances = ((outputs[:, None] - (2 * np.eye(10) - 1)) ** 2).sum(axis=2).astype("float32")
    expected = np.asarray(early.rubbish_class_loss(np.inf)(labels, distances))
    loss = np.asarray(early.softmax_loss()(labels, outputs))
    assert loss == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_squashing_keeps_plus_and_minus_one():
    assert np.asarray(early.scaled_tanh(np.array([-1.0, 0.0, 1.0]))) == pytest.approx(
        [-1, 0, 1], abs=1e-4
    )


def test_initial_weights_lie_within_2_4_over_the_inputs():
    model = to_keras(LENET5_1998)
    bounds = {"C1": 2.4 / 25, "S2": 2.4 / 4, "C5": 2.4 / 400, "F6": 2.4 / 120}
    for name, bound in bounds.items():
        for weight in model.get_layer(name).weights:
            assert np.abs(weight).max() <= bound
    assert np.abs(model.get_layer("C5").kernel).max() > 0.99 * bounds["C5"]
    kernel = np.abs(model.get_layer("C3").kernel)
    assert kernel[..., 0].max() <= 2.4 / 75 and kernel[..., -6:].max() <= 2.4 / 150


@pytest.mark.parametrize(
    "network", [LENET5_1998, LENET1, ZIPCODE_1989], ids=lambda network: network.name
)
def test_the_models_have_the_shapes_and_counts_of_the_trace(network):
    model = to_keras(network)
    for layer, row in zip(model.layers, network.trace().rows, strict=True):
        assert layer.name == row.name and layer.output.shape[1:] == row.output_shape
        trained = sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
        assert (trained, layer.count_params() - trained) == (row.parameters, row.fixed)


def test_c5_is_a_convolution_and_gives_a_larger_map_on_a_larger_image():
    front = to_keras(LENET5_1998).layers[:5]
    for side, expected in ((32, 1), (36, 2), (48, 5)):
        maps = np.zeros((1, side, side, 1), "float32")
        for layer in front:
            maps = layer(maps)
        assert maps.shape == (1, expected, expected, 120)


def test_a_saved_model_comes_back_the_same(tmp_path):
    model = to_keras(LENET5_1998)
    model.save(tmp_path / "lenet5.keras")
    again = keras.saving.load_model(tmp_path / "lenet5.keras", safe_mode=True)
    image = rng.normal(size=(1, 32, 32, 1)).astype("float32")
    assert np.asarray(again(image)) == pytest.approx(np.asarray(model(image)), rel=1e-4)


def test_widened_weights_fill_their_new_range():
    model = to_keras(LENET5_1998)
    before = [variable.numpy() for variable in model.trainable_variables]
    early.widen(model)
    for variable, old in zip(model.trainable_variables, before, strict=True):
        layer = model.get_layer(variable.path.split("/")[-2])
        factors = variable.numpy() / old
        if layer.name == "C3" and variable.name == "kernel":
            reads = [len(row) for row in TABLE_I for _ in row]
            assert factors == pytest.approx(np.sqrt(25 * np.array(reads)) + 0 * factors, rel=1e-4)
        elif layer.name != "C3":
            inputs = {"C1": 25, "S2": 4, "S4": 4, "C5": 400, "F6": 120}[layer.name]
            assert factors == pytest.approx(inputs**0.5 + 0 * factors, rel=1e-4)


def test_widening_leaves_other_starts_alone():
    model = to_keras(LENET5_MODERN)
    before = [variable.numpy() for variable in model.trainable_variables]
    early.widen(model)
    for variable, old in zip(model.trainable_variables, before, strict=True):
        assert (variable.numpy() == old).all()
