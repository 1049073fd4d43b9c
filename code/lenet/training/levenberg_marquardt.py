"""Stochastic diagonal Levenberg-Marquardt, the training of LeNet-5 in 1998.

One digit an update. Each weight has a rate of its own, eta/(mu + h), where h is
the mean curvature of the loss along that weight, estimated on 500 digits before
each pass: paper of 1998, p. 10 and appendix C. One thing had to be added here: h is
the highest estimate so far. Units saturate during the first pass, their curvatures
vanish, and the rates that follow destroy what was learnt.

A pass is one compiled loop. What the layers add up is written here once more, as products
of matrices: for one digit that is several times as fast as a convolution.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from lenet.keras_bridge import early
from lenet.keras_bridge.codes import CODES
from lenet.keras_bridge.quiet import keras, tf

MU, PATTERNS = 0.02, 500
RATES = (5e-4,) * 2 + (2e-4,) * 3 + (1e-4,) * 3 + (5e-5,) * 4 + (1e-5,) * 8  # one a pass

SQUASHING = (
    keras.layers.Conv2D, keras.layers.Dense, early.PartialConv2D, early.Subsampling2D,
)  # fmt: skip

Weights = list[list[tf.Tensor]]  # those of each layer but the last


def one_pass(
    model: keras.Sequential,
    images: np.ndarray,
    labels: np.ndarray,
    j: float = 1.0,
    new_order: bool = False,
    may_fall: bool = False,
) -> Callable[[], tuple[tf.Tensor, tf.Tensor]]:
    """A function that trains for one pass through the digits, with the rates of its turn.

    It gives the mean loss and the share of misread digits, each taken just before its
    update. The digits come in one order, drawn at first: appendix C. With `new_order`
    it is drawn before each pass; where curvatures `may_fall`, the last estimate holds.
    A `j` far below zero leaves equation 8. Raises ValueError for a model of other layers.
    """
    _check(model)
    images, labels, numbers = tf.constant(images), tf.constant(labels), tf.range(len(images))
    highest = [tf.zeros(variable.shape) for variable in model.trainable_variables]
    order, etas = [tf.random.shuffle(numbers)], iter(RATES)
    update_each = _updates(model, images, labels, j)

    def learn() -> tuple[tf.Tensor, tf.Tensor]:
        found = curvatures(model, tf.gather(images, order[0][:PATTERNS]), j)
        highest[:] = found if may_fall else map(tf.maximum, highest, found)
        eta = next(etas)
        rates = [eta / (MU + h) for h in highest]
        losses, missed = update_each(rates, order[0])
        if new_order:
            order[0] = tf.random.shuffle(numbers)
        return losses / len(images), missed / len(images)

    return learn


def curvatures(model: keras.Sequential, images: tf.Tensor, j: float = 1.0) -> list[tf.Tensor]:
    """For each trainable variable, the mean over the images of d2E/dw2 in Gauss-Newton's way.

    Backpropagation with everything squared: what a weight multiplies for the weights'
    share, weights for the inputs' share, slopes in between. A shared weight gets the sum
    over its units. The last layer holds the codes and no weights. Labels do not matter.
    """
    layers, weights = model.layers[:-1], _spread(model, model.trainable_variables)
    inputs, sums, state = [], [], images
    for layer, own in zip(layers, weights, strict=True):
        inputs.append(state)
        sums.append(_sums(layer, own, state))
        state = early.scaled_tanh(sums[-1]) if own else sums[-1]
    curvature, found = _output_curvature(state, j), []
    for layer, own, came, made in reversed([*zip(layers, weights, inputs, sums, strict=True)]):
        curvature *= tf.square(early.scaled_tanh_slope(made)) if own else 1.0
        multiplied = _seen(layer, came) ** 2
        found.insert(0, _pulled_back(curvature, own, partial(_weighted, seen=multiplied)))
        squared = partial(_sums, layer, [weight**2 for weight in own])
        curvature = _pulled_back(curvature, came, squared)
    return [total / len(images) for total in _gathered(model, found)]


def distances(model: keras.Sequential, weights: Weights, images: tf.Tensor) -> tf.Tensor:
    """What the model gives with these weights, (N, 10)."""
    state = images
    for layer, own in zip(model.layers[:-1], weights, strict=True):
        state = _sums(layer, own, state)
        state = early.scaled_tanh(state) if own else state
    return tf.reduce_sum((state[:, None] - CODES) ** 2, axis=-1)


def _updates(model: keras.Sequential, images: tf.Tensor, labels: tf.Tensor, j: float) -> Callable:
    """A function that updates the model digit by digit; it gives the sums of loss and misread."""
    variables = model.trainable_variables
    update_all = _compiled(partial(_update, model, early.rubbish_class_loss(j)))

    def update_each(rates: list[tf.Tensor], order: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        start, rates = _spread(model, variables), _spread(model, rates)
        weights, losses, misread = update_all(start, rates, order, images, labels)
        for variable, value in zip(variables, _gathered(model, weights), strict=True):
            variable.assign(value)
        return losses, misread

    return update_each


def _compiled(update: Callable) -> Callable:
    """`update` for one digit after another, as one loop without Python."""

    @tf.function(jit_compile=True)
    def update_all(weights: Weights, rates: Weights, order, images, labels):
        losses = misread = 0.0
        for number in order:
            weights, loss, missed = update(weights, rates, images[number], labels[number])
            losses, misread = losses + loss, misread + missed
        return weights, losses, misread

    return update_all


def _update(
    model: keras.Sequential, loss: Callable, weights: Weights, rates: Weights,
    image: tf.Tensor, label: tf.Tensor,
) -> tuple[Weights, tf.Tensor, tf.Tensor]:  # fmt: skip
    """The weights after one digit, and before it the loss, and 1 if it is misread."""
    with tf.GradientTape() as tape:
        tape.watch(weights)
        apart = distances(model, weights, image[None])
        value = loss(label, apart)[0]
    slopes = tape.gradient(value, weights)
    missed = tf.argmin(apart[0], output_type=tf.int32) != tf.cast(label, tf.int32)
    moved = tf.nest.map_structure(lambda w, rate, slope: w - rate * slope, weights, rates, slopes)
    return moved, value, tf.cast(missed, tf.float32)


def _check(model: keras.Sequential) -> None:
    *layers, last = model.layers
    other = [layer.name for layer in layers if not _fits(layer)]
    other += [last.name] * (not isinstance(last, early.RBF))
    if other:
        raise ValueError(
            f"layers {', '.join(other)} are not of 1998: this training knows Flatten, scaled_tanh "
            "on Dense, Subsampling2D and convolutions with stride 1 and no border, and RBF at last"
        )


def _fits(layer: keras.layers.Layer) -> bool:
    """Whether the layer's sums are those of `_weighted` and `_seen`."""
    if not isinstance(layer, SQUASHING):
        return isinstance(layer, keras.layers.Flatten)
    steps = getattr(layer, "pool_size", (1, 1))
    usual = {"strides": steps, "padding": "valid", "dilation_rate": (1, 1), "groups": 1}
    usual |= {"use_bias": True, "activation": early.scaled_tanh}
    return all(getattr(layer, name, value) == value for name, value in usual.items())


def _spread(model: keras.Sequential, values: Sequence) -> Weights:
    """The values of the variables by layer; what a table of links leaves out is there as zero."""
    rest, spread = iter(values), []
    for layer in model.layers[:-1]:
        own = [tf.convert_to_tensor(next(rest)) for _ in layer.trainable_variables]
        if isinstance(layer, early.PartialConv2D):
            own[0] = tf.reshape(own[0] @ layer.placement, layer.full_shape)
        spread.append(own)
    return spread


def _gathered(model: keras.Sequential, spread: Weights) -> list[tf.Tensor]:
    """What `_spread` has spread, one for each variable again."""
    gathered = []
    for layer, own in zip(model.layers[:-1], spread, strict=True):
        if isinstance(layer, early.PartialConv2D):
            full = tf.reshape(own[0], [*layer.kernel_size, -1])
            own = [full @ layer.placement.T, own[1]]
        gathered += own
    return gathered


def _sums(layer: keras.layers.Layer, weights: list[tf.Tensor], state: tf.Tensor) -> tf.Tensor:
    return _weighted(weights, _seen(layer, state))


def _seen(layer: keras.layers.Layer, state: tf.Tensor) -> tf.Tensor:
    """What the layer's weights multiply, for each place: (N, height, width, all of a window)."""
    if isinstance(layer, keras.layers.Flatten):
        return tf.reshape(state, [len(state), -1])
    if isinstance(layer, early.Subsampling2D):
        return _added(state, *layer.pool_size)
    if isinstance(layer, keras.layers.Dense):
        return state
    return _patches(state, *layer.kernel_size)


def _weighted(weights: list[tf.Tensor], seen: tf.Tensor) -> tf.Tensor:
    """What the units add up, not squashed: a coefficient a map, or a product of matrices."""
    if not weights:
        return seen
    kernel, bias = weights
    if len(kernel.shape) == 1:
        return kernel * seen + bias
    kernel = tf.reshape(kernel, [seen.shape[-1], -1])
    sums = tf.reshape(seen, [-1, seen.shape[-1]]) @ kernel
    return tf.reshape(sums, [*seen.shape[:-1], kernel.shape[-1]]) + bias


def _patches(state: tf.Tensor, rows: int, columns: int) -> tf.Tensor:
    """All that a window shows, for each of its places."""
    high, wide = state.shape[1] - rows + 1, state.shape[2] - columns + 1
    if (high, wide) == (1, 1):
        return tf.reshape(state, [len(state), 1, 1, -1])
    in_a_row = tf.concat([state[:, :, c : c + wide] for c in range(columns)], axis=-1)
    return tf.concat([in_a_row[:, r : r + high] for r in range(rows)], axis=-1)


def _added(state: tf.Tensor, rows: int, columns: int) -> tf.Tensor:
    """The sum of each window, side by side; what is left over at the ends is dropped."""
    high, wide = state.shape[1] // rows, state.shape[2] // columns
    whole = state[:, : high * rows, : wide * columns]
    windows = tf.reshape(whole, [len(state), high, rows, wide, columns, state.shape[-1]])
    return tf.reduce_sum(windows, axis=[2, 4])


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


def _pulled_back(upstream: tf.Tensor, sources, function: Callable):
    """The gradient of `function(sources)` for the sources, from this gradient of its value."""
    with tf.GradientTape() as tape:
        tape.watch(sources)
        made = function(sources)
    return tape.gradient(made, sources, output_gradients=upstream)
