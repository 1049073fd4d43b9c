import json
from dataclasses import replace
from statistics import mean

import numpy as np
import pytest
from lenet import mnist, reproduction
from lenet.digits import Data
from lenet.reproduction import Distortion, MnistRecipe, Run

rng = np.random.default_rng(0)
QUICK = MnistRecipe(epochs=2, peak=0.01, batch_size=32)


@pytest.fixture
def data(monkeypatch):
    """Bars that stand for ten classes: small, and easy to tell apart."""
    labels = rng.integers(0, 10, 320).astype("uint8")
    images = np.zeros((320, 28, 28, 1), "uint8")
    for image, label in zip(images, labels, strict=True):
        image[2 + 2 * label : 6 + 2 * label] = 255
    made = Data(images, labels, images[:64], labels[:64])
    monkeypatch.setattr(mnist, "load", lambda: made)
    return made


@pytest.fixture
def rows(monkeypatch):
    network = reproduction.ROWS["lenet5-1998"][0]
    distorted = MnistRecipe(epochs=1, peak=0.01, batch_size=32, distortion=Distortion())
    monkeypatch.setattr(
        reproduction, "ROWS", {"plain": (network, QUICK, 2), "distorted": (network, distorted, 1)}
    )


def test_training_learns_and_a_seed_repeats(data):
    network = reproduction.ROWS["lenet5-1998"][0]
    recipe = MnistRecipe(epochs=6, peak=0.01, batch_size=32)
    first, again = (reproduction.train(network, recipe, data, seed=3) for _ in range(2))
    assert first.test_errors == again.test_errors and len(first.test_errors) == 6
    assert first.test_errors[-1] < 50  # chance is 90


def test_what_is_finished_is_kept_and_not_run_again(data, rows, tmp_path, monkeypatch):
    runs = reproduction.reproduce(["plain", "distorted"], tmp_path)
    next(runs)
    runs.close()  # as Ctrl-C would
    assert [run.seed for run in reproduction.load_records(tmp_path)["plain"].runs] == [0]
    seeds = []
    honest = reproduction.train

    def noted(network, recipe, data, seed):
        seeds.append(seed)
        return honest(network, recipe, data, seed)

    monkeypatch.setattr(reproduction, "train", noted)
    list(reproduction.reproduce(["plain", "distorted"], tmp_path))
    assert seeds == [1, 0]
    assert list(reproduction.reproduce(["plain", "distorted"], tmp_path)) == []
    record = reproduction.load_records(tmp_path)["plain"]
    assert record.recipe == QUICK and len(record.test_errors) == 2
    assert not list(tmp_path.glob("*.part"))


def test_runs_of_another_recipe_are_not_taken_over(data, rows, tmp_path, monkeypatch):
    list(reproduction.reproduce(["distorted"], tmp_path))
    network, old, seeds = reproduction.ROWS["distorted"]
    new = replace(old, peak=0.005)
    monkeypatch.setitem(reproduction.ROWS, "distorted", (network, new, seeds))
    made = list(reproduction.reproduce(["distorted"], tmp_path))
    assert len(made) == 1 and made[0].recipe == new and len(made[0].runs) == 1


def test_quick_keeps_nothing(data, rows, tmp_path):
    made = list(reproduction.reproduce(["plain"], tmp_path, quick=True))
    assert len(made) == 1 and not list(tmp_path.iterdir())


def test_distortions_move_ink_but_neither_lose_it_nor_change_the_paper():
    image = np.full((64, 32, 32, 1), mnist.BACKGROUND, "float32")
    image[:, 12:20, 14:18] = mnist.FOREGROUND
    moved = np.asarray(reproduction.distorted(image, Distortion()))
    assert moved.shape == image.shape
    assert moved.min() >= mnist.BACKGROUND - 1e-6 and moved[:, 0, 0] == pytest.approx(
        mnist.BACKGROUND
    )
    ink = (moved - mnist.BACKGROUND).sum(axis=(1, 2, 3)) / (image - mnist.BACKGROUND)[0].sum()
    assert ink.min() > 0.6 and ink.max() < 1.5
    assert len(np.unique(moved.round(4), axis=0)) == 64
    still = np.asarray(reproduction.distorted(image, Distortion(0, 0, 0, 0)))
    assert still == pytest.approx(image, abs=1e-5)


def test_an_error_is_that_of_the_last_epoch():
    record = reproduction.Record("r", "n", QUICK, (Run(0, (9.0, 1.0, 2.0), 1.0),), {}, {})
    assert record.test_errors == (2.0,)


def test_the_command_line_names_rows_and_refuses_others(data, rows, capsys):
    assert reproduction.main(["--list"]) == 0
    assert capsys.readouterr().out.split() == ["plain", "distorted"]
    with pytest.raises(SystemExit):
        reproduction.main(["nonsense"])
    assert "no row 'nonsense'; there are plain, distorted" in capsys.readouterr().err


BOUNDS = {"lenet5-1998": 0.90, "lenet5-1998-distorted": 0.70}  # mean test error, in percent


@pytest.mark.parametrize("row", reproduction.load_records())
def test_committed_records_are_whole_and_within_their_bounds(row):
    record = reproduction.load_records()[row]
    network, recipe, seeds = reproduction.ROWS[row]
    assert record.recipe == recipe and record.network == network.name
    assert [run.seed for run in record.runs] == list(range(seeds))
    assert all(len(run.test_errors) == recipe.epochs for run in record.runs)
    assert record.data == mnist.CHECKSUMS
    assert mean(record.test_errors) <= BOUNDS[row]
    assert json.loads((reproduction.RECORDS / f"{row}.json").read_text())["row"] == row
