from dataclasses import replace

import numpy as np
import pytest
from bars import bars
from lenet.training import digits
from sklearn.datasets import load_digits


def test_the_split_is_fixed_even_and_without_overlap():
    data = digits.load((8, 8, 1))
    assert len(data.x_train) == 1_415 and len(data.x_test) == 350
    assert np.bincount(data.y_test).tolist() == [35] * 10
    shares = np.bincount(data.y_train) / len(data.y_train)
    assert abs(shares - 0.1).max() < 0.003
    train = {image.tobytes() for image in data.x_train}
    assert not train & {image.tobytes() for image in data.x_test}
    again = digits.load((8, 8, 1))
    assert (again.x_test == data.x_test).all() and (again.y_train == data.y_train).all()


def test_test_digits_come_from_later_in_the_file_than_all_training_digits():
    images = load_digits().images / 16
    data = digits.load((8, 8, 1))
    assert (data.x_train[..., 0] == images[:1_415]).all()
    later = {image.astype("float32").tobytes() for image in images[1_415:]}
    assert all(image.tobytes() in later for image in data.x_test)


@pytest.mark.parametrize("shape", [(32, 32, 1), (64, 64, 3), (16, 24, 2)])
def test_enlarging_repeats_pixels_and_channels(shape):
    small, large = digits.load((8, 8, 1)), digits.load(shape)
    assert large.x_train.shape[1:] == shape and large.x_train.dtype == "float32"
    assert large.x_train.min() == 0 and large.x_train.max() == 1
    down, across = shape[0] // 8, shape[1] // 8
    for channel in range(shape[2]):
        for row, column in ((0, 0), (down - 1, across - 1)):
            picked = large.x_test[:, row::down, column::across, channel]
            assert (picked == small.x_test[..., 0]).all()


@pytest.mark.parametrize(
    ("shape", "error", "says"),
    [
        ((28, 28, 1), ValueError, "multiples of 8 high and wide, got 28 by 28"),
        ((32.0, 32, 1), TypeError, "shape must be a whole number, got 32.0"),
        ((32, 32, 0), ValueError, "shape must be at least 1, got 0"),
    ],
)
def test_errors(shape, error, says):
    with pytest.raises(error, match=says):
        digits.load(shape)


def test_the_source_is_named():
    assert "Alpaydin" in digits.ATTRIBUTION and "CC BY 4.0" in digits.ATTRIBUTION


def test_fewer_digits_are_as_many_of_each_class_and_repeated():
    data = bars()
    few = digits.fewer(data, 3, seed=1)
    assert len(few.x_train) == len(data.x_train) and few.x_test is data.x_test
    counts = np.bincount(few.y_train)
    assert counts.max() - counts.min() <= 3  # what remains of the last repetition
    numbered = replace(data, x_train=np.arange(320).reshape(-1, 1, 1, 1))
    used = [np.unique(digits.fewer(numbered, 3, seed).x_train) for seed in (1, 2)]
    assert all(len(some) <= 30 for some in used) and set(used[0]) != set(used[1])


def test_shuffled_pixels_are_the_same_pixels_in_one_other_order():
    images = np.random.default_rng(0).normal(size=(2, 4, 5, 1))
    found = digits.shuffled(images)
    assert found.shape == images.shape and not (found == images).all()
    assert (np.sort(found.reshape(2, -1)) == np.sort(images.reshape(2, -1))).all()
    places = [np.flatnonzero(found[i] == images[i, 2, 3])[0] for i in range(2)]
    assert places[0] == places[1]
    assert (digits.shuffled(images[:1]) == found[:1]).all()


def test_mixed_digits_are_the_same_digits_dealt_out_anew():
    data = digits.load((8, 8, 1))
    mixed = digits.mixed(data, seed=3)
    assert len(mixed.x_train) == 1_415 and len(mixed.y_test) == 350

    def all_of(some):
        images, labels = (some.x_train, some.x_test), (some.y_train, some.y_test)
        pairs = zip(np.concatenate(images), np.concatenate(labels), strict=True)
        return sorted((image.tobytes(), label) for image, label in pairs)

    assert all_of(mixed) == all_of(data)
    before = {image.tobytes() for image in data.x_test}
    again = sum(image.tobytes() in before for image in mixed.x_test)
    assert 40 < again < 100  # 350 of 1,765 by chance: about 69
    assert (digits.mixed(data, seed=3).y_test == mixed.y_test).all()
    assert (digits.mixed(data, seed=4).y_test != mixed.y_test).any()
