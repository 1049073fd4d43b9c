"""One run: an experiment's data are prepared, its model learns for its epochs, and is tested.

A whole epoch is one call into TensorFlow.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from tqdm import tqdm

from lenet.arithmetic import whole
from lenet.keras_bridge import early
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras, tf
from lenet.network import Network
from lenet.training import levenberg_marquardt, mnist
from lenet.training.digits import Data
from lenet.training.experiments import Experiment
from lenet.training.recipes import STARTS, Distortion, Recipe
from lenet.training.runs import Record, Run

Epoch = Callable[[], tuple[tf.Tensor, tf.Tensor]]  # gives the mean loss and the share misread


def train_seeds(
    network: Network, data: Data, recipe: Recipe | None = None, seeds: Iterable[int] = range(5)
) -> Record:
    """One run a seed with the same recipe, `Recipe()` if none is given; kept in no file.

    Shows a progress bar on stderr for each. Raises what `train` raises.
    """
    recipe, keeps = recipe or Recipe(), ("training", "wrong")
    made, runs = Experiment(network.name, network, recipe, seeds=tuple(seeds), keeps=keeps), []
    for seed in made.seeds:
        title = f"{network.name}, seed {seed}"
        with tqdm(total=recipe.epochs, desc=title, unit="epoch") as bar:
            runs.append(train(made, data, seed, bar.update)[0])
    return Record(made, tuple(runs))


def train(
    experiment: Experiment,
    data: Data,
    seed: int = 0,
    tick: Callable[[], object] = lambda: None,
) -> tuple[Run, keras.Sequential]:
    """One run on all training digits, tested after each epoch, and the trained model.

    A seed repeats a run to the last bit on one machine; on another the last digits
    differ. `tick` is called after each epoch. Raises ValueError where the images do not
    fit the network or the recipe.
    """
    network, recipe = experiment.network, experiment.recipe
    keras.utils.set_random_seed(whole("seed", seed, minimum=0))
    model, start = to_keras(network), time.perf_counter()
    data = mnist.ready(data, network, recipe, seed)
    learn = learner(model, recipe, data.x_train, data.y_train)
    epochs = []
    for _ in range(recipe.epochs):
        loss, misread = learn()
        answers = answers_of(model, data.x_test)
        epochs.append((float(loss), _percent(misread), _percent(answers != data.y_test)))
        tick()
    losses, train_errors, test_errors = zip(*epochs, strict=True)
    seconds, kept = round(time.perf_counter() - start, 1), {}
    if "training" in experiment.keeps:
        kept |= {"losses": losses, "train_errors": train_errors}
    if "wrong" in experiment.keeps:
        kept["wrong"] = _missed(data.y_test, answers)
    if "shifts" in experiment.keeps:
        kept["shift_errors"] = shift_errors(model, data.x_test, data.y_test)
    return Run(seed, test_errors, seconds, **kept), model


def learner(
    model: keras.Sequential, recipe: Recipe, images: np.ndarray, labels: np.ndarray
) -> Epoch:
    """A function that trains the model for one epoch, and gives mean loss and share misread.

    Whole batches only, drawn anew each time. Raises ValueError where there is none.
    """
    if STARTS[recipe.start]:
        early.widen(model, STARTS[recipe.start])
    if recipe.batch_size > len(images):
        raise ValueError(
            f"batch_size must be at most {len(images)}, the digits, got {recipe.batch_size}"
        )
    if recipe.optimizer == "Levenberg-Marquardt":
        return levenberg_marquardt.one_pass(model, images, labels, recipe.j)
    update = _updates(model, recipe, images)
    return _epoch(update, recipe.batch_size, tf.constant(images), tf.constant(labels))


def answers_of(model: keras.Sequential, images: np.ndarray) -> np.ndarray:
    """The class of each image: the nearest code, or the largest output."""
    return np.asarray(_decided(model, model.predict_on_batch(images)))


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
    """Images (N, height, width, channels) moved by whole pixels; their darkest level comes in."""
    far, (height, width) = max(abs(down), abs(right)), images.shape[1:3]
    sides = ((0, 0), (far, far), (far, far), (0, 0))
    wider = np.pad(images, sides, constant_values=images.min())
    return wider[:, far - down : far - down + height, far - right : far - right + width]


def distorted(images: tf.Tensor, distortion: Distortion, background: float) -> tf.Tensor:
    """Each image (side, side, channels) moved, scaled, squeezed and sheared by chance."""
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
        fill_value=background,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def seconds_an_image(
    networks: Iterable[Network], images: int = 512, turns: int = 5
) -> dict[str, tuple[float, float]]:
    """For each network by name, median seconds to train on one image and to answer for one.

    Images are noise in batches of 128; the networks take turns, so that whatever
    slows the machine slows them all. Meant for ratios: the seconds are this machine's.
    """
    makers = [_timed(network, images) for network in networks]
    rounds = [[(learn(), answer()) for _, learn, answer in makers] for _ in range(turns + 1)]
    medians = np.median(np.array(rounds[1:]), axis=0) / images
    return {name: tuple(pair) for (name, *_), pair in zip(makers, medians.tolist(), strict=True)}


class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """From nothing up to the peak in 30% of the steps and back, along two half cosines."""

    def __init__(self, peak: float, steps: int):
        self.peak, self.steps = peak, steps

    def __call__(self, step):
        step, rise = tf.cast(step, tf.float32), 0.3 * self.steps
        up = tf.minimum(step / rise, 1.0)
        down = tf.maximum((step - rise) / (self.steps - rise), 0.0)
        return self.peak * (1 - tf.cos(np.pi * up)) * (1 + tf.cos(np.pi * down)) / 4


def _epoch(update: Callable, batch_size: int, images: tf.Tensor, labels: tf.Tensor) -> Epoch:
    steps = len(images) // batch_size

    @tf.function
    def epoch() -> tuple[tf.Tensor, tf.Tensor]:
        order = tf.random.shuffle(tf.range(len(images)))
        losses = misread = 0.0
        for step in tf.range(steps):
            chosen = order[step * batch_size : (step + 1) * batch_size]
            loss, wrong = update(tf.gather(images, chosen), tf.gather(labels, chosen))
            losses, misread = losses + loss, misread + wrong
        return losses / steps, misread / steps

    return epoch


def _updates(model: keras.Sequential, recipe: Recipe, images: np.ndarray) -> Callable:
    """A function that makes one update from a batch, and gives its loss and share misread."""
    optimizer, loss = _optimizer(recipe, len(images) // recipe.batch_size), _loss(recipe)
    optimizer.build(model.trainable_variables)
    background = float(images.min())

    def update(batch: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        if recipe.distortion:
            batch = distorted(batch, recipe.distortion, background)
        with tf.GradientTape() as tape:
            outputs = model(batch, training=True)
            value = tf.reduce_mean(loss(labels, outputs))
        optimizer.apply(tape.gradient(value, model.trainable_variables))
        misread = _decided(model, outputs) != tf.cast(labels, tf.int64)
        return value, tf.reduce_mean(tf.cast(misread, tf.float32))

    return update


def _optimizer(recipe: Recipe, steps: int) -> keras.optimizers.Optimizer:
    """`steps` are the updates of an epoch."""
    if recipe.optimizer == "Adam":
        return keras.optimizers.Adam(recipe.learning_rate)
    rate = OneCycle(recipe.learning_rate, steps * recipe.epochs)
    return keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay)


def _loss(recipe: Recipe) -> Callable:
    """Of labels (N,) and the network's outputs (N, 10), a number for each digit."""
    if recipe.loss == "equation 9":
        return early.rubbish_class_loss(recipe.j, recipe.temperature)
    if recipe.loss == "softmax":
        return early.softmax_loss()
    return keras.losses.sparse_categorical_crossentropy


def _decided(model: keras.Sequential, outputs: tf.Tensor) -> tf.Tensor:
    nearest = isinstance(model.layers[-1], early.RBF)
    return tf.argmin(outputs, axis=1) if nearest else tf.argmax(outputs, axis=1)


def _missed(labels: np.ndarray, answers: np.ndarray) -> tuple[tuple[int, int, int], ...]:
    """Index, digit and answer of each test digit misread."""
    return tuple(
        (int(i), int(labels[i]), int(answers[i])) for i in np.flatnonzero(answers != labels)
    )


def _timed(network: Network, images: int) -> tuple[str, Callable, Callable]:
    """The name, and the seconds of one epoch and of all answers as functions."""
    model, rng = to_keras(network), np.random.default_rng(0)
    noise = rng.random((images, *network.input_shape), "float32")
    learn = learner(model, Recipe(1, 128), noise, rng.integers(0, 10, images))

    def seconds(work: Callable) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    answer = partial(model.predict_on_batch, noise)
    return network.name, partial(seconds, learn), partial(seconds, answer)


def _percent(wrong) -> float:
    return round(100 * float(np.mean(wrong)), 2)
