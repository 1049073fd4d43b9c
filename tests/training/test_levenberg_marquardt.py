from functools import partial

import numpy as np
import pytest
from lenet import LENET5_1998, LENET5_MODERN, Conv2D, Dense, Flatten, Network, Subsampling2D
from lenet.keras_bridge import early
from lenet.keras_bridge.early import rubbish_class_loss
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras, tf
from lenet.layers import RBF, PartialConv2D
from lenet.training import digits, levenberg_marquardt
from lenet.training.recipes import PASSES_OF_1998


def network(*layers):
    """These layers between an image of 6 by 6 and the codes."""
    last = (Dense(84, activation="scaled_tanh", name="F6"), RBF(10, name="Output"))
    return Network((6, 6, 1), [*layers, Flatten(name="Flatten"), *last])


C1 = Conv2D(2, 3, activation="scaled_tanh", name="C1")
S2 = Subsampling2D(2, activation="scaled_tanh", name="S2")


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    return to_keras(network(C1, S2))


@pytest.fixture(scope="module")
def lenet5():
    """LeNet-5 of 1998 from a start where no unit sleeps, and 200 of the bundled digits."""
    keras.utils.set_random_seed(2)
    model, data = to_keras(LENET5_1998), digits.load()
    early.widen(model, 0.6)
    return model, (data.x_train[:200] * 1.275 - 0.1).astype("float32"), data.y_train[:200]


IMAGES = np.random.default_rng(0).normal(size=(3, 6, 6, 1)).astype("float32")


def values(model):
    return [variable.numpy() for variable in model.trainable_variables]


def slopes(model, image, label, j=1.0):
    """The loss of one digit and its gradient, as Keras's layers have them."""
    with tf.GradientTape() as tape:
        value = rubbish_class_loss(j)(label, model(image))
    return value, tape.gradient(value, [v.value for v in model.trainable_variables])


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
            expected["S2/coefficient"][m] += h * over.sum() ** 2  # added first, then multiplied
            expected["S2/bias"][m] += h
            for r, c in np.ndindex(2, 2):
                place = (2 * row + r, 2 * column + c)
                h_c1 = h * s2.coefficient.numpy()[m] ** 2 * c1_slope[(*place, m)] ** 2
                patch = image[place[0] : place[0] + 3, place[1] : place[1] + 3, 0]
                expected["C1/kernel"][..., 0, m] += h_c1 * patch**2
                expected["C1/bias"][m] += h_c1
    for path, h in found.items():
        assert h.numpy() == pytest.approx(expected[path] / len(IMAGES), rel=1e-3), path


def test_a_table_of_links_has_the_curvatures_of_the_full_convolution():
    """The full one has zeros where the table has no link."""
    table = ((0,), (1, 0), (1,))
    linked = to_keras(network(C1, PartialConv2D(table, 2, activation="scaled_tanh", name="C3")))
    full = to_keras(network(C1, Conv2D(3, 2, activation="scaled_tanh", name="C3")))
    links = [(channel, m) for m, row in enumerate(table) for channel in row]
    kernel, bias = linked.get_layer("C3").get_weights()
    spread = np.zeros((2, 2, 2, 3), "float32")
    for link, (channel, m) in enumerate(links):
        spread[..., channel, m] = kernel[..., link]
    full.get_layer("C3").set_weights([spread, bias])
    for name in ("C1", "F6"):
        full.get_layer(name).set_weights(linked.get_layer(name).get_weights())
    of_links, expected = (
        levenberg_marquardt.curvatures(model, tf.constant(IMAGES)) for model in (linked, full)
    )
    expected[2] = np.stack([expected[2].numpy()[..., c, m] for c, m in links], axis=-1)
    for h, other in zip(of_links, expected, strict=True):
        assert np.asarray(h) == pytest.approx(np.asarray(other), rel=1e-4)


def test_distances_are_those_of_the_keras_model(lenet5):
    model, images, _ = lenet5
    weights = levenberg_marquardt._spread(model, model.trainable_variables)
    found = levenberg_marquardt.distances(model, weights, tf.constant(images))
    assert found.numpy() == pytest.approx(np.asarray(model(images)), rel=1e-4, abs=1e-4)


def test_what_is_left_over_at_the_end_of_a_map_is_not_added():
    model = to_keras(network(Subsampling2D(4, activation="scaled_tanh")))
    weights = levenberg_marquardt._spread(model, model.trainable_variables)
    found = levenberg_marquardt.distances(model, weights, tf.constant(IMAGES))
    assert found.numpy() == pytest.approx(np.asarray(model(IMAGES)), rel=1e-4)


def test_one_pass_through_two_hundred_digits_is_two_hundred_steps_with_keras(lenet5):
    """With rates of their own, in the order drawn, loss and misread taken before each step."""
    model, images, labels = lenet5
    start, j = values(model), 3.0
    h = levenberg_marquardt.curvatures(model, tf.constant(images), j)
    rates = [levenberg_marquardt.RATES[0] / (levenberg_marquardt.MU + one) for one in h]
    tf.random.set_seed(7)
    loss, misread = levenberg_marquardt.one_pass(model, images, labels, j)()
    found = values(model)
    for variable, value in zip(model.trainable_variables, start, strict=True):
        variable.assign(value)
    tf.random.set_seed(7)
    step, losses, wrong = tf.function(partial(slopes, model, j=j)), [], []
    for n in tf.random.shuffle(tf.range(200)).numpy():
        wrong.append(np.argmin(model(images[n : n + 1])) != labels[n])
        value, along = step(tf.constant(images[n : n + 1]), tf.constant(labels[n : n + 1]))
        losses.append(float(value[0]))
        for variable, rate, slope in zip(model.trainable_variables, rates, along, strict=True):
            variable.assign_sub(rate * slope)
    assert [float(loss), float(misread)] == [
        pytest.approx(np.mean(losses), rel=1e-5),
        pytest.approx(np.mean(wrong)),
    ]
    for variable, before, after in zip(model.trainable_variables, start, found, strict=True):
        furthest = float(np.abs(variable.numpy() - before).max())
        assert after == pytest.approx(variable.numpy(), abs=1e-4 * furthest), variable.path


def steps_of(model, h, along):
    return [0.01 / (0.02 + one) * slope.numpy() for one, slope in zip(h, along, strict=True)]


def test_each_weight_has_the_rate_of_its_highest_curvature_so_far(model, monkeypatch):
    """With one digit a pass is one step; before the second pass the estimate is nothing."""
    images, labels = IMAGES[:1], np.array([7])
    monkeypatch.setattr(levenberg_marquardt, "RATES", (0.01, 0.01))
    h = levenberg_marquardt.curvatures(model, tf.constant(images))
    learn = levenberg_marquardt.one_pass(model, images, labels)
    for _ in range(2):
        before, missed = values(model), float(np.argmin(model(images)) != 7)
        value, along = slopes(model, images, labels)
        assert [float(n) for n in learn()] == [pytest.approx(float(value[0]), rel=1e-4), missed]
        for after, old, step in zip(values(model), before, steps_of(model, h, along), strict=True):
            assert after - old == pytest.approx(-step, abs=1e-6)
        monkeypatch.setattr(
            levenberg_marquardt, "curvatures", lambda *_: [tf.zeros_like(one) for one in h]
        )


def test_where_curvatures_may_fall_the_last_estimate_holds(model, monkeypatch):
    monkeypatch.setattr(levenberg_marquardt, "RATES", (0.01, 0.01))
    estimates = iter([1.0, 0.0])

    def curvatures(model, *_):
        h = next(estimates)
        return [tf.fill(variable.shape, h) for variable in model.trainable_variables]

    monkeypatch.setattr(levenberg_marquardt, "curvatures", curvatures)
    seen = spied(monkeypatch)
    learn = levenberg_marquardt.one_pass(model, IMAGES, np.arange(3), may_fall=True)
    learn(), learn()
    rates = [float(rates[0].numpy().max()) for rates, _ in seen]
    assert rates == pytest.approx([0.01 / 1.02, 0.01 / 0.02])


def spied(monkeypatch):
    """The rates and the order of each pass, none of which is made."""
    seen = []

    def updates(*_):
        return lambda rates, order: seen.append((rates, order.numpy().tolist())) or (0.0, 0.0)

    monkeypatch.setattr(levenberg_marquardt, "_updates", updates)
    return seen


@pytest.mark.parametrize("new_order", [False, True])
def test_the_order_is_drawn_once_or_before_each_pass(model, monkeypatch, new_order):
    seen = spied(monkeypatch)
    images = np.zeros((50, 6, 6, 1), "float32")
    learn = levenberg_marquardt.one_pass(model, images, np.zeros(50), new_order=new_order)
    learn(), learn()
    (_, first), (_, second) = seen
    assert sorted(first) == sorted(second) == list(range(50)) != first
    assert (first != second) == new_order


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (LENET5_MODERN, "C1, S2, C3, S4, C5, F6, Output"),
        (network(Conv2D(2, 3, strides=2, activation="scaled_tanh", name="C1")), "C1"),
        (network(Conv2D(2, 3, padding="same", activation="scaled_tanh", name="C1"), S2), "C1"),
        (network(Conv2D(2, 3, activation="tanh", name="C1"), S2), "C1"),
        (network(C1, Subsampling2D(2, strides=1, activation="scaled_tanh", name="S2")), "S2"),
    ],
)
def test_other_layers_are_refused(made, names):
    with pytest.raises(ValueError, match=f"layers {names} are not of 1998"):
        levenberg_marquardt.one_pass(to_keras(made), IMAGES, np.arange(3))


def test_there_is_a_rate_for_each_pass_that_a_recipe_may_have():
    assert len(levenberg_marquardt.RATES) == PASSES_OF_1998
