import pytest
from lenet import Conv2D, Dense, Flatten, Network
from lenet.training import digits
from lenet.training.bundled import seconds_an_image, train, train_seeds
from lenet.training.results import Recipe, Result, spread

SMALL = Network((8, 8, 1), [Flatten(), Dense(10, activation="softmax")], name="softmax regression")
QUICK = Recipe(epochs=3)


@pytest.fixture(scope="module")
def data():
    return digits.load((8, 8, 1))


@pytest.fixture(scope="module")
def runs(data):
    return train_seeds(SMALL, data, QUICK, seeds=(0, 1))


def test_a_result_holds_a_number_for_each_epoch_and_each_test_digit(runs, data):
    for seed, run in enumerate(runs):
        assert (run.network, run.seed, run.recipe) == ("softmax regression", seed, QUICK)
        assert len(run.losses) == len(run.train_errors) == len(run.test_errors) == 3
        wrong = sum(a != b for a, b in zip(run.predictions, data.y_test, strict=True))
        assert run.test_error == pytest.approx(100 * wrong / 350, abs=0.01)
        assert run.seconds > 0


def test_training_learns(runs):
    for run in runs:
        assert run.losses[-1] < run.losses[0]
        assert run.test_error < 60  # chance is 90


def test_a_seed_repeats_and_another_differs(runs, data):
    again = train(SMALL, data, QUICK, seed=0)
    assert again.losses == runs[0].losses and again.predictions == runs[0].predictions
    assert runs[1].losses != runs[0].losses


def test_the_error_is_that_of_the_last_epoch_not_of_the_best():
    run = Result("n", 0, QUICK, (1.0,) * 3, (0.0,) * 3, (9.0, 2.0, 5.0), (), 1.0)
    assert run.test_error == 5.0


def test_progress_is_shown(data, capfd):
    train(SMALL, data, Recipe(epochs=1))
    assert "softmax regression, seed 0" in capfd.readouterr().err


def test_spread_tells_mean_and_ends():
    def runs_of(*errors):
        return [Result("n", 0, QUICK, (), (), (error,), (), 1.0) for error in errors]

    row = spread(runs_of(4.0, 6.0, 8.0)).rows[0]
    assert row == ("n", 3, "6.0%", "4.0%", "8.0%")


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda d: train(SMALL, digits.load((32, 32, 1))), ValueError,
         r"data of shape \(32, 32, 1\) does not fit the input \(8, 8, 1\)"),
        (lambda d: train(SMALL, d, seed=-1), ValueError, "seed must be at least 0, got -1"),
        (lambda d: Recipe(epochs=0), ValueError, "epochs must be at least 1, got 0"),
        (lambda d: Recipe(batch_size=1.5), TypeError, "batch_size .* got 1.5"),
        (lambda d: Recipe(learning_rate=0), ValueError, "learning_rate must be above 0, got 0"),
    ],
)  # fmt: skip
def test_errors(call, error, says, data):
    with pytest.raises(error, match=says):
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
