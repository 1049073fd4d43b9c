"""One run on MNIST: a network, a recipe, a seed; a whole epoch is one call into TensorFlow."""

import time
from collections.abc import Callable

import numpy as np

from lenet.keras_bridge import early
from lenet.keras_bridge.early import rubbish_class_loss, softmax_loss, squared_error
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras, tf
from lenet.network import Network
from lenet.training import levenberg_marquardt, mnist
from lenet.training.runs import Distortion, MnistRecipe, Run


def train(
    network: Network,
    recipe: MnistRecipe,
    data: mnist.Data,
    seed: int = 0,
    tick: Callable[[], None] = lambda: None,
) -> tuple[Run, keras.Sequential]:
    """One run on all training digits, tested after each epoch; `tick` is called after each."""
    keras.utils.set_random_seed(seed)
    model, start = to_keras(network), time.perf_counter()
    images, labels = chosen(data, recipe, seed)
    learn = learner(model, recipe, prepared(images, recipe, network), labels)
    x_test, errors = prepared(data.x_test, recipe, network), []
    for _ in range(recipe.epochs):
        learn()
        answers = answers_of(model, x_test)
        errors.append(_percent(answers != data.y_test))
        tick()
    missed = np.flatnonzero(answers != data.y_test)
    wrong = tuple((int(index), int(data.y_test[index]), int(answers[index])) for index in missed)
    return Run(seed, tuple(errors), wrong, round(time.perf_counter() - start, 1)), model


def answers_of(model: keras.Sequential, images: np.ndarray) -> np.ndarray:
    """The class of each image: the nearest code, or the largest output."""
    decide = np.argmin if isinstance(model.layers[-1], early.RBF) else np.argmax
    return decide(model.predict_on_batch(images), axis=1)


def shift_errors(
    model: keras.Sequential, images: np.ndarray, labels: np.ndarray, furthest: int = 8
) -> tuple[float, ...]:
    """Errors in percent with the images moved by 0 to `furthest` pixels, mean of four ways."""
    errors = []
    for far in range(furthest + 1):
        ways = ((far, 0), (-far, 0), (0, far), (0, -far))
        answers = (answers_of(model, moved(images, *way)) for way in ways)
        errors.append(_percent([answer != labels for answer in answers]))
    return tuple(errors)


def moved(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Images (N, height, width, 1) moved by whole pixels, background coming in."""
    far, (height, width) = max(abs(down), abs(right)), images.shape[1:3]
    sides = ((0, 0), (far, far), (far, far), (0, 0))
    wider = np.pad(images, sides, constant_values=mnist.BACKGROUND)
    return wider[:, far - down : far - down + height, far - right : far - right + width]


def chosen(data: mnist.Data, recipe: MnistRecipe, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The training digits of a recipe, as many as there are in all, and their labels."""
    if recipe.images_per_class is None:
        return data.x_train, data.y_train
    order = np.random.default_rng(seed).permutation(len(data.y_train))
    few = np.concatenate(
        [order[data.y_train[order] == digit][: recipe.images_per_class] for digit in range(10)]
    )
    all_of_them = np.resize(few, len(order))
    return data.x_train[all_of_them], data.y_train[all_of_them]


def prepared(images: np.ndarray, recipe: MnistRecipe, network: Network) -> np.ndarray:
    """Grey levels as the recipe and the network's input want them."""
    if recipe.box != mnist.BOX:
        images = mnist.shrink(images, recipe.box)
    images = mnist.prepare(images, border=(network.input_shape[0] - images.shape[1]) // 2)
    return shuffled(images) if recipe.shuffled else images


def shuffled(images: np.ndarray) -> np.ndarray:
    """The pixels of every image in one other order, always the same."""
    pixels = images.reshape(len(images), -1)
    order = np.random.default_rng(1998).permutation(pixels.shape[1])
    return pixels[:, order].reshape(images.shape)


def distorted(images: tf.Tensor, distortion: Distortion) -> tf.Tensor:
    """Each image (height, width, 1) moved, scaled, squeezed and sheared by chance."""
    count, side = tf.shape(images)[0], images.shape[1]

    def any_up_to(most: float) -> tf.Tensor:
        return tf.random.uniform([count], -most, most)

    size, squeeze = any_up_to(distortion.scale), any_up_to(distortion.squeeze)
    wide, high, shear = tf.exp(size + squeeze), tf.exp(size - squeeze), any_up_to(distortion.shear)
    centre, nothing = (side - 1) / 2, tf.zeros([count])
    right = centre - (wide + shear) * centre + any_up_to(distortion.shift)
    down = centre - high * centre + any_up_to(distortion.shift)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([wide, shear, right, nothing, high, down, nothing, nothing], 1),
        output_shape=[side, side],
        fill_value=mnist.BACKGROUND,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """From nothing up to the peak in 30% of the steps and back, along two half cosines."""

    def __init__(self, peak: float, steps: int):
        self.peak, self.steps = peak, steps

    def __call__(self, step):
        step, rise = tf.cast(step, tf.float32), 0.3 * self.steps
        up = tf.minimum(step / rise, 1.0)
        down = tf.maximum((step - rise) / (self.steps - rise), 0.0)
        return self.peak * (1 - tf.cos(np.pi * up)) * (1 + tf.cos(np.pi * down)) / 4

    def get_config(self):
        return {"peak": self.peak, "steps": self.steps}


def learner(
    model: keras.Sequential, recipe: MnistRecipe, images: np.ndarray, labels: np.ndarray
) -> Callable[[], None]:
    """A function that trains for one epoch."""
    if recipe.start == "2.4 / sqrt(F)":
        early.widen(model)
    if recipe.optimizer == "Levenberg-Marquardt":
        return levenberg_marquardt.one_pass(model, images, labels, recipe.j)
    return _adamw_epoch(model, recipe, images, labels)


def _adamw_epoch(
    model: keras.Sequential, recipe: MnistRecipe, images: np.ndarray, labels: np.ndarray
) -> Callable[[], None]:
    """Whole batches only, drawn anew each time."""
    batch_size, steps = recipe.batch_size, len(images) // recipe.batch_size
    rate = OneCycle(recipe.peak, steps * recipe.epochs)
    optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay)
    optimizer.build(model.trainable_variables)
    loss = _loss(recipe)
    images, labels = tf.constant(images), tf.constant(labels)

    @tf.function
    def epoch() -> None:
        order = tf.random.shuffle(tf.range(len(images)))
        for step in tf.range(steps):
            chosen = order[step * batch_size : (step + 1) * batch_size]
            batch = tf.gather(images, chosen)
            if recipe.distortion:
                batch = distorted(batch, recipe.distortion)
            with tf.GradientTape() as tape:
                value = tf.reduce_mean(loss(tf.gather(labels, chosen), model(batch, training=True)))
            optimizer.apply(tape.gradient(value, model.trainable_variables))

    return epoch


def _loss(recipe: MnistRecipe) -> Callable:
    losses = {
        "equation 9": rubbish_class_loss(recipe.j, recipe.temperature),
        "squared error": squared_error,
        "softmax": softmax_loss(recipe.temperature),
        "cross-entropy": keras.losses.sparse_categorical_crossentropy,
    }
    if recipe.loss not in losses:
        raise ValueError(f"loss must be one of {', '.join(losses)}, got {recipe.loss!r}")
    return losses[recipe.loss]


def _percent(wrong) -> float:
    return round(100 * float(np.mean(wrong)), 2)
