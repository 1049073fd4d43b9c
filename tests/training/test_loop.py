import re
from dataclasses import replace

import numpy as np
import pytest
from bars import bars
from lenet import LENET1, LENET5_1998, LENET5_MODERN, Conv2D, Dense, Flatten, Network
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras
from lenet.training import digits, mnist
from lenet.training.experiments import Experiment
from lenet.training.loop import (
    OneCycle,
    answers_of,
    distorted,
    learner,
    moved,
    seconds_an_image,
    shift_errors,
    train,
    train_seeds,
)
from lenet.training.recipes import Distortion, Recipe

SMALL = Network((8, 8, 1), [Flatten(), Dense(10, activation="softmax")], name="softmax regression")
QUICK = Recipe(epochs=3)
OF_1998 = Recipe(6, 32, "AdamW", 0.01, loss="equation 9")


def experiment(network: Network, recipe: Recipe, *keeps: str) -> Experiment:
    return Experiment("a trial", network, recipe, keeps=keeps)


@pytest.fixture(scope="module")
def data():
    return digits.load((8, 8, 1))


@pytest.fixture(scope="module")
def record(data):
    return train_seeds(SMALL, data, QUICK, seeds=(0, 1))


def test_a_run_holds_a_number_for_each_epoch_and_each_digit_missed(record, data):
    assert (record.experiment.network, record.experiment.recipe) == (SMALL, QUICK)
    assert record.experiment.title == "softmax regression" and record.seeds == (0, 1)
    for run in record.runs:
        assert len(run.losses) == len(run.train_errors) == len(run.test_errors) == 3
        assert run.test_error == pytest.approx(100 * len(run.wrong) / 350, abs=0.01)
        assert all(data.y_test[index] == digit != answer for index, digit, answer in run.wrong)
        assert run.seconds > 0 and not run.shift_errors


def test_training_learns(record):
    for run in record.runs:
        assert run.losses[-1] < run.losses[0] and run.train_errors[-1] < run.train_errors[0]
        assert run.test_error < 60  # chance is 90


def test_a_seed_repeats_and_another_differs(record, data):
    again = train_seeds(SMALL, data, QUICK, seeds=[0]).runs[0]
    assert replace(again, seconds=0) == replace(record.runs[0], seconds=0)
    assert record.runs[1].losses != record.runs[0].losses


def test_losses_and_errors_while_training_are_those_of_the_batches(data):
    """With one batch an epoch, the first epoch shows the model before any update."""
    whole = Recipe(epochs=1, batch_size=1_415)
    run, model = train(experiment(SMALL, whole, "training"), data, seed=4)
    keras.utils.set_random_seed(4)
    fresh = to_keras(SMALL)
    shares = fresh.predict_on_batch(data.x_train)
    right = shares[np.arange(1_415), data.y_train]
    assert run.losses[0] == pytest.approx(-np.log(right).mean(), rel=1e-4)
    missed = answers_of(fresh, data.x_train) != data.y_train
    assert run.train_errors[0] == pytest.approx(100 * missed.mean(), abs=0.01)
    assert np.abs(model.get_weights()[0] - fresh.get_weights()[0]).max() > 0


def test_progress_is_shown(data, capfd):
    train_seeds(SMALL, data, Recipe(epochs=1), seeds=[5])
    told = capfd.readouterr().err
    assert "softmax regression, seed 5" in told and re.search(r"1/1 .*epoch", told)


def test_bars_are_learnt_and_a_seed_repeats():
    data, ticks = bars(), []
    trial = experiment(LENET5_1998, OF_1998, "wrong")
    runs = [train(trial, data, 3, lambda: ticks.append(1))[0] for _ in range(2)]
    assert runs[0].test_errors == runs[1].test_errors and len(runs[0].test_errors) == 6
    assert runs[0].test_error < 50 and len(ticks) == 12  # chance is 90
    assert len(runs[0].wrong) == round(runs[0].test_error * len(data.y_test) / 100)
    assert all(data.y_test[index] == digit != answer for index, digit, answer in runs[0].wrong)
    assert not runs[0].losses and not runs[0].shift_errors  # the experiment keeps none


@pytest.mark.parametrize(
    ("network", "loss"), [(LENET5_MODERN, "cross-entropy"), (LENET1, "softmax")]
)
def test_other_losses_learn_too(network, loss):
    recipe = Recipe(6, 32, "AdamW", 0.01, loss=loss)
    assert train(experiment(network, recipe), bars())[0].test_error < 50


def test_the_training_of_1998_learns_too():
    recipe = Recipe(
        3, 1, "Levenberg-Marquardt", learning_rate=None, loss="equation 9", start="2.4 / sqrt(F)"
    )
    run, _ = train(experiment(LENET5_1998, recipe, "training"), bars())
    assert run.test_error < 50 and run.losses[-1] < run.losses[0]
    assert run.train_errors[-1] < run.train_errors[0]


def test_the_rate_of_adam_is_constant_and_its_peak_is_that_of_adamw(data):
    """The first step of Adam moves each weight by the rate; one cycle starts from nothing."""
    for optimizer, low, high in (("Adam", 0.0099, 0.0101), ("AdamW", 0.0, 0.0)):
        model = to_keras(SMALL)
        before = model.get_weights()[0]
        recipe = Recipe(1, 1_415, optimizer, 0.01)
        learner(model, recipe, data.x_train, data.y_train)()
        assert low <= np.abs(model.get_weights()[0] - before).max() <= high


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda d: train_seeds(SMALL, digits.load((32, 32, 1))),
         r"data of shape \(32, 32, 1\) does not fit the input \(8, 8, 1\)"),
        (lambda d: train_seeds(SMALL, d, seeds=[-1]), "seed must be at least 0, got -1"),
        (lambda d: train_seeds(SMALL, d, seeds=[]), "seeds must be at least one"),
        (lambda d: train_seeds(SMALL, d, Recipe(box=16)), "box must be 20, got 16: only MNIST's"),
        (lambda d: train_seeds(SMALL, d, Recipe(batch_size=1_416)),
         "batch_size must be at most 1415, the digits, got 1416"),
    ],
)  # fmt: skip
def test_errors(call, says, data):
    with pytest.raises(ValueError, match=says):
        call(data)


def test_seconds_are_an_image_and_larger_networks_take_longer():
    small = Network((8, 8, 1), [Flatten(), Dense(10, activation="softmax")], name="small")
    large = Network(
        (64, 64, 1),
        [Conv2D(16, 9, activation="relu"), Flatten(), Dense(10, activation="softmax")],
        name="large",
    )
    seconds = seconds_an_image([small, large], images=256, turns=3)
    assert list(seconds) == ["small", "large"]
    for of_small, of_large in zip(seconds["small"], seconds["large"], strict=True):
        assert 0 < 3 * of_small < of_large < 1


def test_the_rate_rises_to_its_peak_and_falls_to_nothing():
    rates = [float(OneCycle(0.02, 100)(step)) for step in range(101)]
    assert rates[0] == rates[100] == 0 and rates[30] == max(rates) == pytest.approx(0.02)
    assert rates[:31] == sorted(rates[:31]) and rates[30:] == sorted(rates[30:], reverse=True)
    assert rates[15] == pytest.approx(0.01) and rates[65] == pytest.approx(0.01)


@pytest.mark.parametrize("way", [(0, 0), (2, 0), (-2, 0), (0, 1), (3, -1)])
def test_moved_pixels_arrive_and_background_comes_in(way):
    image = np.full((1, 9, 9, 1), mnist.BACKGROUND)
    image[0, 4, 4] = 1
    found = moved(image, *way)[0, ..., 0]
    assert found[4 + way[0], 4 + way[1]] == 1
    assert (found == mnist.BACKGROUND).sum() == 80
    gone = moved(image, 5, 0)
    assert gone.shape == image.shape and (gone == mnist.BACKGROUND).all()


def test_a_bar_moved_into_the_next_class_is_missed():
    data = bars()
    run, model = train(experiment(LENET5_1998, OF_1998, "shifts"), data)
    images = mnist.prepare(data.x_test)
    errors = shift_errors(model, images, data.y_test, furthest=4)
    assert len(errors) == 5 and errors[0] < 50 and errors[4] > errors[0]
    assert len(run.shift_errors) == 9 and run.shift_errors[:5] == errors
    assert run.shift_errors[0] == run.test_error


def test_distortions_move_ink_but_neither_lose_it_nor_change_the_paper():
    image = np.full((64, 32, 32, 1), mnist.BACKGROUND, "float32")
    image[:, 12:20, 14:18] = mnist.FOREGROUND
    moved = np.asarray(distorted(image, Distortion(), mnist.BACKGROUND))
    assert moved.shape == image.shape
    assert moved.min() >= mnist.BACKGROUND - 1e-6
    assert moved[:, 0, 0] == pytest.approx(mnist.BACKGROUND)
    ink = (moved - mnist.BACKGROUND).sum(axis=(1, 2, 3)) / (image - mnist.BACKGROUND)[0].sum()
    assert ink.min() > 0.6 and ink.max() < 1.5
    assert len(np.unique(moved.round(4), axis=0)) == 64
    still = np.asarray(distorted(image, Distortion(0, 0, 0, 0), mnist.BACKGROUND))
    assert still == pytest.approx(image, abs=1e-5)
