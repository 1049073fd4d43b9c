import hashlib

import numpy as np
import pytest
from lenet.training import mnist

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
    with pytest.raises(ValueError, match="cannot be read as"):
        mnist.load()
    monkeypatch.setenv(mnist.VARIABLE, str(file.parent / "nowhere.npz"))
    with pytest.raises(FileNotFoundError, match="does not exist"):
        mnist.load()


def test_a_pickle_in_the_file_is_not_run(file):
    np.savez(file, **ARRAYS | {"y_test": np.array([print, len], dtype=object)})
    with pytest.raises(ValueError, match="cannot be read as"):
        mnist.load()


def test_prepared_digits_have_the_papers_levels_and_border():
    image = np.zeros((1, 28, 28, 1), "uint8")
    image[0, 5, 6] = 255
    ready = mnist.prepare(image)
    assert ready.shape == (1, 32, 32, 1) and ready.dtype == "float32"
    assert ready[0, 7, 8, 0] == pytest.approx(1.175)
    assert ready[0, 0, 0, 0] == ready[0, 10, 10, 0] == pytest.approx(-0.1)
