"""Train a network with a fixed recipe and a seed, and keep what came out.

`load_records` gives the runs on MNIST that are kept with the package.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from tqdm import tqdm

from lenet.arithmetic import whole
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras
from lenet.network import Network
from lenet.training.digits import Data
from lenet.training.loop import learner
from lenet.training.results import Recipe, Result
from lenet.training.runs import MnistRecipe, load_records

__all__ = ["load_records", "seconds_an_image", "train", "train_seeds"]


def train(network: Network, data: Data, recipe: Recipe | None = None, seed: int = 0) -> Result:
    """One run: `network` built in Keras, trained on `data`, tested after each epoch.

    A seed repeats a run to the last bit on one machine; on another the last
    digits differ. Shows a progress bar on stderr. Raises ValueError where the
    images do not have the network's input shape.
    """
    _check_fit(network, data)
    recipe = recipe or Recipe()
    keras.utils.set_random_seed(whole("seed", seed, minimum=0))
    model = _compiled(network, recipe, len(data.x_train))
    start = time.perf_counter()
    history = _fitted(model, data, recipe, f"{network.name}, seed {seed}")
    seconds = time.perf_counter() - start
    scores = model(data.x_test, training=False)
    return Result(
        network=network.name,
        seed=seed,
        recipe=recipe,
        losses=tuple(history["loss"]),
        train_errors=_errors(history["accuracy"]),
        test_errors=_errors(history["val_accuracy"]),
        predictions=tuple(int(digit) for digit in np.argmax(scores, axis=1)),
        seconds=seconds,
    )


def train_seeds(
    network: Network, data: Data, recipe: Recipe | None = None, seeds: Iterable[int] = range(5)
) -> list[Result]:
    """One run a seed, the same recipe for all."""
    return [train(network, data, recipe, seed) for seed in seeds]


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


def _timed(network: Network, images: int) -> tuple[str, Callable, Callable]:
    """The name, and the seconds of one epoch and of all answers as functions."""
    model, rng = to_keras(network), np.random.default_rng(0)
    noise = rng.random((images, *network.input_shape), "float32")
    learn = learner(model, MnistRecipe(1, peak=0.001), noise, rng.integers(0, 10, images))

    def seconds(work: Callable) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    answer = partial(model.predict_on_batch, noise)
    return network.name, partial(seconds, learn), partial(seconds, answer)


def _compiled(network: Network, recipe: Recipe, images: int) -> keras.Sequential:
    model = to_keras(network)
    model.compile(
        keras.optimizers.Adam(recipe.learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=-(-images // recipe.batch_size),  # a quarter faster
    )
    return model


def _fitted(model: keras.Sequential, data: Data, recipe: Recipe, title: str) -> dict:
    """Loss and accuracies of each epoch, with a progress bar on the way."""
    with tqdm(total=recipe.epochs, desc=title, unit="epoch") as bar:
        tick = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: bar.update())
        return model.fit(
            data.x_train,
            data.y_train,
            batch_size=recipe.batch_size,
            epochs=recipe.epochs,
            validation_data=(data.x_test, data.y_test),
            validation_batch_size=len(data.x_test),
            verbose=0,
            callbacks=[tick],
        ).history


def _errors(accuracies: Iterable[float]) -> tuple[float, ...]:
    return tuple(100 * (1 - accuracy) for accuracy in accuracies)


def _check_fit(network: Network, data: Data) -> None:
    shape = data.x_train.shape[1:]
    if shape != network.input_shape:
        raise ValueError(
            f"data of shape {shape} does not fit the input {network.input_shape} of "
            f"{network.name}: load it with digits.load({network.input_shape})"
        )
