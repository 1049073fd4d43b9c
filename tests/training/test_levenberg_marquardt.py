import numpy as np
import pytest
from lenet import Conv2D, Dense, Flatten, Network, Subsampling2D
from lenet.keras_bridge.early import rubbish_class_loss
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras, tf
from lenet.layers import RBF
from lenet.training import levenberg_marquardt
from lenet.training.recipes import PASSES_OF_1998

NETWORK = Network(
    (6, 6, 1),
    [
        Conv2D(2, 3, activation="scaled_tanh", name="C1"),
        Subsampling2D(2, activation="scaled_tanh", name="S2"),
        Flatten(name="Flatten"),
        Dense(84, activation="scaled_tanh", name="F6"),
        RBF(10, name="Output"),
    ],
)


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    return to_keras(NETWORK)


IMAGES = np.random.default_rng(0).normal(size=(3, 6, 6, 1)).astype("float32")


@pytest.mark.parametrize("distance", [0.1, 1.0, 20.0])
def test_the_output_curvature_is_the_second_derivative_of_the_loss(distance):
    codes = levenberg_marquardt.CODES
    state = tf.constant(codes[[3, 8]] * (1 - 0.01 * distance))

    def loss_along(x):
        distances = tf.reduce_sum((x[:, None, :] - codes) ** 2, axis=-1)
        return tf.reduce_sum(rubbish_class_loss(j=2.0)(tf.constant([3, 5]), distances))

    with tf.GradientTape() as outer:
        outer.watch(state)
        with tf.GradientTape() as inner:
            inner.watch(state)
            value = loss_along(state)
        slope = inner.gradient(value, state)
    hessian = outer.jacobian(slope, state).numpy()
    expected = [np.diag(hessian[i, :, i]) for i in range(2)]
    found = levenberg_marquardt._output_curvature(state, j=2.0).numpy()
    assert found == pytest.approx(np.array(expected), abs=2e-3) and found.min() >= 0


def test_curvatures_are_those_of_an_explicit_jacobian(model):
    """F6 by its jacobian; S2 and C1 by that of their sums, then window by window."""
    c1, s2, _, f6, _ = model.layers
    found = dict(
        zip(
            (v.path.split("/", 1)[1] for v in model.trainable_variables),
            levenberg_marquardt.curvatures(model, tf.constant(IMAGES)),
            strict=True,
        )
    )
    expected = {path: np.zeros(h.shape) for path, h in found.items()}
    for image in IMAGES:
        first = tf.constant(image[None])
        squashed = c1(first)
        second = s2(squashed)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(second)
            state = f6(tf.reshape(second, [1, -1]))
        d = levenberg_marquardt._output_curvature(state, j=1.0).numpy()[0]
        kernel, bias = (tape.jacobian(state, v.value).numpy()[0] for v in (f6.kernel, f6.bias))
        expected["F6/kernel"] += np.einsum("j,jiu->iu", d, kernel**2)
        expected["F6/bias"] += np.einsum("j,ju->u", d, bias**2)
        along = tape.jacobian(state, second).numpy()[0, :, 0]
        slope = 1.7159 * 2 / 3 - 2 / 3 / 1.7159 * second.numpy()[0] ** 2
        s2_sums = np.einsum("j,jrcm->rcm", d, along**2) * slope**2
        c1_slope = 1.7159 * 2 / 3 - 2 / 3 / 1.7159 * squashed.numpy()[0] ** 2
        for row, column, m in np.ndindex(s2_sums.shape):
            h, window = s2_sums[row, column, m], slice(2 * row, 2 * row + 2)
            over = squashed.numpy()[0, window, 2 * column : 2 * column + 2, m]
            expected["S2/coefficient"][m] += h * (over**2).sum()
            expected["S2/bias"][m] += h
            for r, c in np.ndindex(2, 2):
                place = (2 * row + r, 2 * column + c)
                h_c1 = h * s2.coefficient.numpy()[m] ** 2 * c1_slope[(*place, m)] ** 2
                patch = image[place[0] : place[0] + 3, place[1] : place[1] + 3, 0]
                expected["C1/kernel"][..., 0, m] += h_c1 * patch**2
                expected["C1/bias"][m] += h_c1
    for path, h in found.items():
        assert h.numpy() == pytest.approx(expected[path] / len(IMAGES), rel=1e-3), path


def test_one_pass_moves_each_weight_by_its_own_rate(model, monkeypatch):
    """With one digit a pass is one step, and the step is eta/(mu + h) times the slope."""
    images, labels = IMAGES[:1], np.array([7])
    monkeypatch.setattr(levenberg_marquardt, "RATES", (0.01,))
    before = [variable.numpy() for variable in model.trainable_variables]
    h = levenberg_marquardt.curvatures(model, tf.constant(images))
    missed = float(np.argmin(model(images)) != 7)
    with tf.GradientTape() as tape:
        value = rubbish_class_loss()(tf.constant(labels), model(images))
    slopes = tape.gradient(value, [v.value for v in model.trainable_variables])
    before_it = levenberg_marquardt.one_pass(model, images, labels)()
    assert [float(number) for number in before_it] == [pytest.approx(float(value[0])), missed]
    for variable, old, curvature, slope in zip(
        model.trainable_variables, before, h, slopes, strict=True
    ):
        step = 0.01 / (0.02 + curvature) * slope
        assert variable.numpy() - old == pytest.approx(-step.numpy(), abs=1e-6)


def test_a_curvature_that_vanishes_does_not_raise_the_rate(model, monkeypatch):
    """The second pass takes the higher of two estimates, here one of nothing."""
    images, labels = IMAGES[:1], np.array([7])
    monkeypatch.setattr(levenberg_marquardt, "RATES", (0.01, 0.01))
    honest = levenberg_marquardt.curvatures
    learn = levenberg_marquardt.one_pass(model, images, labels)
    h = honest(model, tf.constant(images))
    learn()
    monkeypatch.setattr(
        levenberg_marquardt, "curvatures", lambda *_: [0 * curvature for curvature in h]
    )
    before = [variable.numpy() for variable in model.trainable_variables]
    with tf.GradientTape() as tape:
        value = rubbish_class_loss()(tf.constant(labels), model(images))
    slopes = tape.gradient(value, [v.value for v in model.trainable_variables])
    learn()
    for variable, old, curvature, slope in zip(
        model.trainable_variables, before, h, slopes, strict=True
    ):
        step = 0.01 / (0.02 + curvature) * slope
        assert variable.numpy() - old == pytest.approx(-step.numpy(), abs=1e-6)


def test_there_is_a_rate_for_each_pass_that_a_recipe_may_have():
    assert len(levenberg_marquardt.RATES) == PASSES_OF_1998
