from dataclasses import replace

import numpy as np
import pytest
from bars import bars
from lenet import LENET1, LENET5_1998, LENET5_MODERN
from lenet.training import mnist
from lenet.training.loop import (
    OneCycle,
    chosen,
    distorted,
    moved,
    prepared,
    shift_errors,
    shuffled,
    train,
)
from lenet.training.runs import Distortion, MnistRecipe

OF_1998 = MnistRecipe(epochs=6, peak=0.01, batch_size=32, loss="equation 9")


def test_training_learns_and_a_seed_repeats():
    data, ticks = bars(), []
    runs = [train(LENET5_1998, OF_1998, data, 3, lambda: ticks.append(1))[0] for _ in range(2)]
    assert runs[0].test_errors == runs[1].test_errors and len(runs[0].test_errors) == 6
    assert runs[0].test_errors[-1] < 50 and len(ticks) == 12  # chance is 90
    assert len(runs[0].wrong) == round(runs[0].test_errors[-1] * len(data.y_test) / 100)
    assert all(data.y_test[index] == digit != answer for index, digit, answer in runs[0].wrong)


@pytest.mark.parametrize(
    ("network", "loss"),
    [(LENET5_MODERN, "cross-entropy"), (LENET5_MODERN, "squared error"), (LENET1, "softmax")],
)
def test_other_losses_learn_too(network, loss):
    recipe = MnistRecipe(epochs=6, peak=0.01, batch_size=32, loss=loss)
    assert train(network, recipe, bars())[0].test_errors[-1] < 50


def test_an_unknown_loss_is_refused():
    with pytest.raises(ValueError, match="squared error, softmax, cross-entropy, got 'hinge'"):
        train(LENET5_MODERN, MnistRecipe(1, 0.01, loss="hinge"), bars())


def test_the_training_of_1998_learns_too():
    recipe = MnistRecipe(
        3, batch_size=1, loss="equation 9", optimizer="Levenberg-Marquardt", start="2.4 / sqrt(F)"
    )
    assert train(LENET5_1998, recipe, bars())[0].test_errors[-1] < 50


def test_the_rate_rises_to_its_peak_and_falls_to_nothing():
    rates = [float(OneCycle(0.02, 100)(step)) for step in range(101)]
    assert rates[0] == rates[100] == 0 and rates[30] == max(rates) == pytest.approx(0.02)
    assert rates[:31] == sorted(rates[:31]) and rates[30:] == sorted(rates[30:], reverse=True)
    assert rates[15] == pytest.approx(0.01) and rates[65] == pytest.approx(0.01)


def test_a_digit_is_prepared_for_the_network_that_reads_it():
    images = bars().x_test[:1]
    assert prepared(images, OF_1998, LENET5_1998).shape == (1, 32, 32, 1)
    smaller = prepared(images, MnistRecipe(1, box=16), LENET5_MODERN)
    assert smaller.shape == (1, 32, 32, 1) and smaller.min() == pytest.approx(mnist.BACKGROUND)


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
    model = train(LENET5_1998, OF_1998, data)[1]
    images = mnist.prepare(data.x_test)
    errors = shift_errors(model, images, data.y_test, furthest=4)
    assert len(errors) == 5 and errors[0] < 50 and errors[4] > errors[0]


def test_fewer_digits_are_as_many_of_each_class_and_repeated():
    data = bars()
    recipe = MnistRecipe(1, 0.01, images_per_class=3)
    images, labels = chosen(data, recipe, seed=1)
    assert len(images) == len(data.x_train)
    counts = np.bincount(labels)
    assert counts.max() - counts.min() <= 3  # what remains of the last repetition
    everything, _ = chosen(data, MnistRecipe(1, 0.01), seed=1)
    assert everything is data.x_train
    numbered = replace(data, x_train=np.arange(320).reshape(-1, 1, 1, 1))
    used = [np.unique(chosen(numbered, recipe, seed)[0]) for seed in (1, 2)]
    assert all(len(some) <= 30 for some in used) and set(used[0]) != set(used[1])


def test_shuffled_pixels_are_the_same_pixels_in_one_other_order():
    images = np.random.default_rng(0).normal(size=(2, 4, 5, 1))
    found = shuffled(images)
    assert found.shape == images.shape and not (found == images).all()
    assert (np.sort(found.reshape(2, -1)) == np.sort(images.reshape(2, -1))).all()
    places = [np.flatnonzero(found[i] == images[i, 2, 3])[0] for i in range(2)]
    assert places[0] == places[1]
    assert (shuffled(images[:1]) == found[:1]).all()


def test_distortions_move_ink_but_neither_lose_it_nor_change_the_paper():
    image = np.full((64, 32, 32, 1), mnist.BACKGROUND, "float32")
    image[:, 12:20, 14:18] = mnist.FOREGROUND
    moved = np.asarray(distorted(image, Distortion()))
    assert moved.shape == image.shape
    assert moved.min() >= mnist.BACKGROUND - 1e-6
    assert moved[:, 0, 0] == pytest.approx(mnist.BACKGROUND)
    ink = (moved - mnist.BACKGROUND).sum(axis=(1, 2, 3)) / (image - mnist.BACKGROUND)[0].sum()
    assert ink.min() > 0.6 and ink.max() < 1.5
    assert len(np.unique(moved.round(4), axis=0)) == 64
    still = np.asarray(distorted(image, Distortion(0, 0, 0, 0)))
    assert still == pytest.approx(image, abs=1e-5)
