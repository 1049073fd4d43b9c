"""Stochastic diagonal Levenberg-Marquardt, the training of LeNet-5 in 1998.

One digit an update. Each weight has a rate of its own, eta/(mu + h), where h is
the mean curvature of the loss along that weight, estimated on 500 digits before
each pass: paper of 1998, p. 10 and appendix C. Two things had to be added here. The
weights start within 2.4/sqrt(F), see `lenet.keras_bridge.early.widen`: from 2.4/F the first
pass diverges. And h is the highest estimate so far: units saturate during the first
pass, their curvatures vanish, and the rates that follow destroy what was learnt.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from lenet.keras_bridge.early import CODES, rubbish_class_loss, scaled_tanh, scaled_tanh_slope
from lenet.keras_bridge.quiet import keras, tf

MU, PATTERNS = 0.02, 500
RATES = (5e-4,) * 2 + (2e-4,) * 3 + (1e-4,) * 3 + (5e-5,) * 4 + (1e-5,) * 8  # one a pass


def one_pass(
    model: keras.Sequential, images: np.ndarray, labels: np.ndarray, j: float = 1.0
) -> Callable[[], tuple[tf.Tensor, tf.Tensor]]:
    """A function that trains for one pass through the digits, with the rates of its turn.

    It gives the mean loss and the share of misread digits, each taken just before its update.
    """
    images, variables = tf.constant(images), model.trainable_variables
    rates = [tf.Variable(tf.zeros(variable.shape)) for variable in variables]
    highest = [tf.zeros(variable.shape) for variable in variables]
    etas = iter(RATES)
    update_each = _updates(_update(model, rates, j), images, tf.constant(labels))

    def learn() -> tuple[tf.Tensor, tf.Tensor]:
        chosen = tf.random.shuffle(tf.range(len(images)))[:PATTERNS]
        eta = next(etas)
        found = curvatures(model, tf.gather(images, chosen), j)
        highest[:] = map(tf.maximum, highest, found)
        for rate, h in zip(rates, highest, strict=True):
            rate.assign(eta / (MU + h))
        return update_each()

    return learn


def curvatures(model: keras.Sequential, images: tf.Tensor, j: float = 1.0) -> list[tf.Tensor]:
    """For each trainable variable, the mean over the images of d2E/dw2 in Gauss-Newton's way.

    Backpropagation with everything squared: inputs for the weights' share, weights
    for the inputs' share, slopes in between. A shared weight gets the sum over its
    connections. The last layer holds the codes and no weights. Labels do not matter.
    """
    *layers, _ = model.layers
    inputs, sums, state = [], [], images
    for layer in layers:
        inputs.append(state)
        sums.append(_sums(layer, layer.trainable_variables, state))
        state = scaled_tanh(sums[-1]) if layer.trainable_variables else sums[-1]
    curvature, found = _output_curvature(state, j), []
    for layer, came, made in zip(layers[::-1], inputs[::-1], sums[::-1], strict=True):
        if not layer.trainable_variables:
            curvature = tf.reshape(curvature, tf.shape(came))
            continue
        curvature *= tf.square(scaled_tanh_slope(made))
        weights = [tf.convert_to_tensor(variable) for variable in layer.trainable_variables]
        squares = [weight**2 for weight in weights]
        found = _pulled_back(curvature, weights, partial(_sums, layer, inputs=came**2)) + found
        curvature = _pulled_back(curvature, came, partial(_sums, layer, squares))
    return [sum_over_images / len(images) for sum_over_images in found]


def _update(model: keras.Sequential, rates: list[tf.Variable], j: float) -> Callable:
    """A function that takes one step for one digit; it gives the loss, and 1 if misread."""
    loss, variables = rubbish_class_loss(j), model.trainable_variables

    @tf.function(jit_compile=True)  # for one digit at a time a third faster
    def update(image: tf.Tensor, label: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            distances = model(image)
            value = loss(label, distances)
        slopes = tape.gradient(value, variables)
        for variable, rate, slope in zip(variables, rates, slopes, strict=True):
            variable.assign_sub(rate * slope)
        missed = tf.argmin(distances, axis=1) != tf.cast(label, tf.int64)
        return value[0], tf.cast(missed[0], tf.float32)

    return update


def _updates(update: Callable, images: tf.Tensor, labels: tf.Tensor) -> Callable:
    """A function that takes a step for each digit, in an order drawn anew each time."""

    @tf.function
    def update_each() -> tuple[tf.Tensor, tf.Tensor]:
        order = tf.random.shuffle(tf.range(len(images)))
        losses = missed = 0.0
        for pattern in tf.range(len(images)):
            chosen = order[pattern : pattern + 1]
            value, wrong = update(tf.gather(images, chosen), tf.gather(labels, chosen))
            losses, missed = losses + value, missed + wrong
        return losses / len(images), missed / len(images)

    return update_each


def _output_curvature(state: tf.Tensor, j: float) -> tf.Tensor:
    """d2E/dx2 of equation 9 along each input x of the codes, exactly; never negative.

    With p_i the share of digit i in the sum of equation 9 and p_0 that of the
    rubbish class: 2 p_0 plus the variance, under these shares, of 2 (x - code).
    """
    gaps = 2 * (state[:, None, :] - CODES)
    distances = tf.reduce_sum(gaps**2, axis=-1) / 4
    rubbish = tf.fill([len(state), 1], tf.constant(j, tf.float32))
    shares = tf.nn.softmax(-tf.concat([distances, rubbish], axis=1))
    p, p_0 = shares[:, :-1, None], shares[:, -1:]
    return 2 * p_0 + tf.reduce_sum(p * gaps**2, 1) - tf.reduce_sum(p * gaps, 1) ** 2


def _sums(layer: keras.layers.Layer, weights: list, inputs: tf.Tensor) -> tf.Tensor:
    """What the layer's units add up from these inputs with these weights, not squashed."""
    squash, layer.activation = getattr(layer, "activation", None), keras.activations.linear
    sums, _ = layer.stateless_call(weights, [], inputs)
    layer.activation = squash
    return sums


def _pulled_back(upstream: tf.Tensor, sources, function: Callable):
    """The gradient of `function(sources)` for the sources, from this gradient of its value."""
    with tf.GradientTape() as tape:
        tape.watch(sources)
        made = function(sources)
    return tape.gradient(made, sources, output_gradients=upstream)
