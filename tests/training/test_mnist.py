import hashlib
from dataclasses import replace

import numpy as np
import pytest
from bars import bars
from lenet import LENET1, LENET5_1998, LENET5_MODERN
from lenet.training import digits, mnist
from lenet.training.arrays import Expected
from lenet.training.processes import Workers
from lenet.training.recipes import Recipe

rng = np.random.default_rng(0)
ARRAYS = {
    "x_train": rng.integers(0, 256, (6, 28, 28), "uint8"),
    "y_train": np.arange(6, dtype="uint8"),
    "x_test": rng.integers(0, 256, (2, 28, 28), "uint8"),
    "y_test": np.arange(2, dtype="uint8"),
}


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A small stand-in with its own checksums, named by the variable."""
    path = tmp_path / "mnist.npz"
    np.savez(path, **ARRAYS)
    sums = {name: hashlib.sha256(a.tobytes()).hexdigest() for name, a in ARRAYS.items()}
    monkeypatch.setattr(mnist, "CHECKSUMS", sums)
    shapes = {name: Expected(a.shape, "uint8") for name, a in ARRAYS.items()}
    monkeypatch.setattr(mnist, "ARRAYS", shapes)
    monkeypatch.setenv(mnist.VARIABLE, str(path))
    return path


def test_the_arrays_are_given_as_published(file):
    data = mnist.load()
    assert data.x_train.shape == (6, 28, 28, 1) and data.x_train.dtype == "uint8"
    assert (data.x_test[..., 0] == ARRAYS["x_test"]).all()
    assert (data.y_train == ARRAYS["y_train"]).all()


def test_one_changed_pixel_is_noticed(file):
    changed = {name: array.copy() for name, array in ARRAYS.items()}
    changed["x_test"][1, 2, 3] ^= 1
    np.savez(file, **changed)
    with pytest.raises(ValueError, match=r"x_test of .* is not MNIST's: its SHA-256 is"):
        mnist.load()


def test_a_cut_a_missing_and_a_foreign_file_get_a_remedy(file, monkeypatch):
    whole = file.read_bytes()
    for wrong in (whole[: len(whole) // 2], b"", b"not a file of numpy's"):
        file.write_bytes(wrong)
        with pytest.raises(ValueError, match=r"cannot be read as mnist.npz: .*LENET_MNIST"):
            mnist.load()
    np.savez(file, x_train=ARRAYS["x_train"])
    with pytest.raises(ValueError, match="it has no arrays y_train, where one was expected"):
        mnist.load()
    monkeypatch.setenv(mnist.VARIABLE, str(file.parent / "nowhere.npz"))
    with pytest.raises(FileNotFoundError, match="does not exist"):
        mnist.load()


def test_a_pickle_in_the_file_is_not_run(file):
    np.savez(file, **ARRAYS | {"y_test": np.array([print, len], dtype=object)})
    with pytest.raises(ValueError, match="cannot be read as"):
        mnist.load()


def test_without_the_variable_keras_is_asked_and_a_failure_has_a_remedy(file, monkeypatch):
    monkeypatch.delenv(mnist.VARIABLE)
    asked = []
    monkeypatch.setattr(Workers, "call", lambda self, work: asked.append(work) or str(file))
    assert mnist.load().x_test.shape == (2, 28, 28, 1) and asked == [mnist._download]

    def fails(self, work):
        raise RuntimeError("_download failed:\nTraceback\nURLError: no network\n")

    monkeypatch.setattr(Workers, "call", fails)
    with pytest.raises(OSError, match=r"not be downloaded: URLError: no network\. Set LENET_MNIST"):
        mnist.load()


def test_prepared_digits_have_the_papers_levels_and_border():
    image = np.zeros((1, 28, 28, 1), "uint8")
    image[0, 5, 6] = 255
    ready = mnist.prepare(image)
    assert ready.shape == (1, 32, 32, 1) and ready.dtype == "float32"
    assert ready[0, 7, 8, 0] == pytest.approx(1.175)
    assert ready[0, 0, 0, 0] == ready[0, 10, 10, 0] == pytest.approx(-0.1)


def test_the_papers_levels_of_a_picture_and_the_way_back():
    grey = np.array([0, 0.2, 0.6, 1], "float32")
    levels = mnist.to_1998(grey)
    assert levels.dtype == "float32"
    assert levels.tolist() == pytest.approx([-0.1, 0.155, 0.665, 1.175])
    assert mnist.from_1998(levels).tolist() == pytest.approx([0, 0.2, 0.6, 1], abs=1e-6)
    scanned = np.array([0, 51, 153, 255], "uint8")
    assert mnist.to_1998(scanned, ink=255).tolist() == pytest.approx(levels.tolist())
    image = scanned.reshape(1, 2, 2, 1)
    assert mnist.prepare(image, border=0).ravel().tolist() == pytest.approx(levels.tolist())
    assert mnist.from_1998(np.full((2, 3, 1), 1.175)).shape == (2, 3, 1)


def test_a_digit_is_prepared_for_the_network_that_reads_it():
    data = bars()
    for network, side in ((LENET5_1998, 32), (LENET1, 28)):
        ready = mnist.ready(data, network, Recipe())
        assert ready.x_train.shape == (320, side, side, 1) and ready.x_test.shape == (
            64,
            side,
            side,
            1,
        )
        assert ready.y_train is data.y_train
    assert (mnist.ready(data, LENET5_1998, Recipe()).x_test == mnist.prepare(data.x_test)).all()
    smaller = mnist.ready(data, LENET5_MODERN, Recipe(box=16)).x_test
    assert smaller.shape[1:] == (32, 32, 1) and smaller.min() == pytest.approx(mnist.BACKGROUND)
    assert (smaller > 0).sum() < (mnist.prepare(data.x_test) > 0).sum()


def test_a_recipe_chooses_and_shuffles():
    noise = np.random.default_rng(0).integers(0, 256, (320, 28, 28, 1), "uint8")
    data = replace(bars(), x_train=noise)
    usual = mnist.ready(data, LENET5_1998, Recipe())
    shuffled = mnist.ready(data, LENET5_1998, Recipe(shuffled=True))
    for was, now in ((usual.x_train, shuffled.x_train), (usual.x_test, shuffled.x_test)):
        assert (now == digits.shuffled(was)).all()
    few = [mnist.ready(data, LENET5_1998, Recipe(images_per_class=3), seed) for seed in (1, 2)]
    assert all(len(some.x_train) == 320 for some in few)
    assert (few[0].x_train == mnist.prepare(digits.fewer(data, 3, 1).x_train)).all()
    assert (few[0].x_train != few[1].x_train).any()


def test_other_digits_are_taken_as_they_are():
    data = digits.load((32, 32, 1))
    assert mnist.ready(data, LENET5_1998, Recipe()).x_train is data.x_train
