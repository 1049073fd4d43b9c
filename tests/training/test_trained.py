"""The trained networks that come with the package, without MNIST where there is none."""

import os

import numpy as np
import pytest
from lenet import FNN_1024_58_32_10, LENET5_1998, TABLE_I
from lenet.keras_bridge.inside import refused
from lenet.keras_bridge.quiet import keras
from lenet.training import digits, mnist
from lenet.training.loop import answers_of
from lenet.training.reproduce import trained
from lenet.training.runs import RECORDS, load_records

IMAGES = mnist.prepare(mnist.like_mnist(digits.load((8, 8, 1)).x_test[:3]))
# What the kept weights make of these three digits: mean and standard deviation of each
# layer's outputs. When the weights are made anew, these are too.
STORED = {
    "C1": (0.0570, 0.5054),
    "S2": (-0.1668, 0.7624),
    "C3": (0.0427, 1.1897),
    "S4": (-0.0925, 0.9138),
    "C5": (0.0296, 1.4345),
    "Flatten": (0.0296, 1.4345),
    "F6": (-0.0818, 0.8528),
    "Output": (97.5624, 50.5035),
}


@pytest.fixture(scope="module")
def model():
    return trained()


@pytest.fixture(scope="module")
def found(model):
    inside = keras.Model(model.inputs, [layer.output for layer in model.layers])
    outputs = inside.predict_on_batch(IMAGES)
    return {layer.name: out for layer, out in zip(model.layers, outputs, strict=True)}


def test_there_are_60000_trained_numbers_and_840_fixed_ones(model):
    assert sum(w.numpy().size for w in model.trainable_weights) == 60_000
    assert sum(w.numpy().size for w in model.non_trainable_weights) == 840
    assert (RECORDS / "lenet5-1998.npz").stat().st_size <= 260_000
    rows = LENET5_1998.trace().rows
    assert [layer.count_params() for layer in model.layers] == [
        row.parameters + row.fixed for row in rows
    ]


def test_the_outputs_are_those_of_the_papers_sums(model, found):
    """A forward pass in NumPy, by the words of the paper, from the same numbers."""
    with np.load(RECORDS / "lenet5-1998.npz", allow_pickle=False) as file:
        w = dict(file)
    tables = {"C1": ((0,),) * 6, "C3": TABLE_I, "C5": (tuple(range(16)),) * 120}
    state = IMAGES.astype("float64")
    for name in ("C1", "S2", "C3", "S4", "C5"):
        if name in tables:
            kernel = w[f"{name}/kernel"]
            squares = kernel if name == "C3" else kernel.reshape(5, 5, -1)
            state = convolved(state, squares, tables[name], by_input=name == "C5")
        else:
            n, height, width, maps = state.shape
            blocks = state.reshape(n, height // 2, 2, width // 2, 2, maps)
            state = blocks.sum(axis=(2, 4)) * w[f"{name}/coefficient"]
        state = 1.7159 * np.tanh(2 / 3 * (state + w[f"{name}/bias"]))
        assert found[name] == pytest.approx(state, abs=1e-4), name
    state = state.reshape(3, 120) @ w["F6/kernel"] + w["F6/bias"]
    state = 1.7159 * np.tanh(2 / 3 * state)
    assert found["F6"] == pytest.approx(state, abs=1e-4)
    distances = ((state[:, None] - w["Output/codes"].T) ** 2).sum(axis=2)
    assert found["Output"] == pytest.approx(distances, rel=1e-3)


def convolved(state, squares, table, by_input):
    """Each map the sum of its squares of 25 weights over the maps that its row names."""
    n, height, width, _ = state.shape
    out = np.zeros((n, height - 4, width - 4, len(table)))
    links = [(channel, m) for m, row in enumerate(table) for channel in row]
    for number, (channel, m) in enumerate(links):
        square = squares[..., channel * len(table) + m if by_input else number]
        for row, column in np.ndindex(5, 5):
            window = state[:, row : row + height - 4, column : column + width - 4, channel]
            out[..., m] += square[row, column] * window
    return out


def test_the_outputs_are_the_stored_ones(found):
    assert found.keys() == STORED.keys()
    for name, (mean, deviation) in STORED.items():
        assert found[name].mean() == pytest.approx(mean, abs=2e-3), name
        assert found[name].std() == pytest.approx(deviation, abs=2e-3), name


def test_the_answers_of_the_fully_connected_rival_are_those_of_its_sums():
    model, state = trained("fnn-1024-58-32-10"), IMAGES.reshape(3, 1024).astype("float64")
    with np.load(RECORDS / "fnn-1024-58-32-10.npz", allow_pickle=False) as file:
        w = dict(file)
    assert sum(array.size for array in w.values()) == FNN_1024_58_32_10.trace().total.parameters
    for name in ("FC1", "FC2"):
        state = np.tanh(state @ w[f"{name}/kernel"] + w[f"{name}/bias"])
    powers = np.exp(state @ w["Output/kernel"] + w["Output/bias"])
    expected = powers / powers.sum(axis=1, keepdims=True)
    assert model.predict_on_batch(IMAGES) == pytest.approx(expected, abs=1e-5)


needs_mnist = pytest.mark.skipif(
    mnist.VARIABLE not in os.environ,
    reason="LENET_MNIST is not set: LENET_MNIST=mnist.npz make test reads MNIST from there",
)


@needs_mnist
def test_the_recorded_errors_are_the_errors_on_mnist(model):
    data = mnist.load()
    images = mnist.prepare(data.x_test)
    for name, made in (("lenet5-1998", model), ("fnn-1024-58-32-10", trained("fnn-1024-58-32-10"))):
        wrong = 100 * np.mean(answers_of(made, images) != data.y_test)
        assert wrong == pytest.approx(load_records()[name].runs[0].test_error, abs=0.02), name
    distances = np.concatenate([model.predict_on_batch(some) for some in np.split(images, 10)])
    assert refused(distances, data.y_test, error=0.5) == pytest.approx(58, abs=3)


@needs_mnist
def test_how_many_test_digits_lose_ink_when_they_move():
    """In each of the four directions, in an image with a margin of 2 around MNIST's 28 by 28."""
    ink = mnist.load().x_test > 0
    sides = []
    for along in (ink.any(axis=2), ink.any(axis=1)):
        sides += [along.argmax(axis=1) + 2, along[:, ::-1].argmax(axis=1) + 2]
    lost = {far: 100 * np.mean(np.array(sides) < far) for far in (2, 3, 4, 8)}
    assert lost == pytest.approx({2: 0, 3: 0.3, 4: 3, 8: 60}, abs=0.5)
    assert lost[3] == pytest.approx(0.3, abs=0.05)
