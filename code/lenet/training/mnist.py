"""MNIST for the reproduction of 1998: read, checked, prepared.

60,000 digits to learn from and 10,000 to test, made from two NIST collections:
LeCun, Bottou, Bengio and Haffner 1998, section III-A. Copyright Y. LeCun and C.
Cortes, CC BY-SA 3.0 according to Keras. Neither the book nor its tests need it.
"""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import ndimage

from lenet.network import Network
from lenet.training.arrays import Expected, arrays_of, most_bytes
from lenet.training.checks import OF_MNIST
from lenet.training.digits import Data, fewer, shuffled
from lenet.training.files import read_bytes
from lenet.training.processes import Workers
from lenet.training.recipes import BOX_OF_MNIST as BOX
from lenet.training.recipes import Recipe

VARIABLE = "LENET_MNIST"
BACKGROUND, FOREGROUND = -0.1, 1.175
CHECKSUMS = dict(OF_MNIST)  # the same in every container
ARRAYS = {
    "x_train": Expected((60_000, 28, 28), "uint8"),
    "y_train": Expected((60_000,), "uint8"),
    "x_test": Expected((10_000, 28, 28), "uint8"),
    "y_test": Expected((10_000,), "uint8"),
}
ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
OF_THE_FILE = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
REMEDY = f"Set {VARIABLE} to a whole mnist.npz; without it Keras downloads one."


def load() -> Data:
    """The grey levels (N, 28, 28, 1), uint8, and the labels, as published.

    Read from the file that the variable LENET_MNIST names; without it from Keras's own
    copy, which Keras downloads once. Raises FileNotFoundError, ValueError or OSError, with
    the remedy, for a file that is missing, cut, or other, however it was made, and where
    nothing can be downloaded.
    """
    path = Path(os.environ.get(VARIABLE) or _of_keras())
    arrays = _read(path)
    for name, expected in CHECKSUMS.items():
        found = hashlib.sha256(arrays[name].tobytes()).hexdigest()
        if found != expected:
            raise ValueError(
                f"{name} of {path} is not MNIST's: its SHA-256 is "
                f"{found[:12]}..., not {expected[:12]}.... {REMEDY}"
            )
    x_train, x_test = (arrays[name][..., np.newaxis] for name in ("x_train", "x_test"))
    return Data(x_train, arrays["y_train"], x_test, arrays["y_test"])


def prepare(images: np.ndarray, border: int = 2) -> np.ndarray:
    """Grey levels 0 to 255 as float32 from -0.1 to 1.175, with a border of background.

    `images` are (N, height, width, 1); each side grows by twice the border.

    >>> prepare(np.array([[[[0], [255]]]], "uint8"), border=0).ravel().round(3).tolist()
    [-0.10000000149011612, 1.1749999523162842]
    """
    levels = to_1998(images.astype("float32"), ink=255)
    sides = ((0, 0), (border, border), (border, border), (0, 0))
    return np.pad(levels, sides, constant_values=BACKGROUND).astype("float32")


def to_1998(images: np.ndarray, ink: float = 1) -> np.ndarray:
    """Images from 0 for paper to `ink`, in the paper's levels: from -0.1 to 1.175.

    Of any shape. The source: LeCun, Bottou, Bengio and Haffner 1998, section II-B.

    >>> to_1998(np.array([0, 0.5, 1])).round(4).tolist()
    [-0.1, 0.5375, 1.175]
    """
    return BACKGROUND + (FOREGROUND - BACKGROUND) / ink * images


def from_1998(levels: np.ndarray) -> np.ndarray:
    """The way back from the paper's levels, for pictures: from 0 for paper to 1 for ink.

    Of any shape.

    >>> from_1998(np.array([-0.1, 0.5375, 1.175])).round(4).tolist()
    [0.0, 0.5, 1.0]
    """
    return (levels - BACKGROUND) / (FOREGROUND - BACKGROUND)


def like_mnist(images: np.ndarray) -> np.ndarray:
    """The bundled digits, (N, 8, 8, 1) from 0 to 1, as MNIST would have them: (N, 28, 28, 1).

    Each is enlarged to the box of 20 pixels along cubic splines, in the middle of
    an empty sheet, with grey levels 0 to 255. Their strokes stay thicker than
    MNIST's, and wide where the writer's were narrow: each fills its square.

    >>> from lenet.training import digits
    >>> like_mnist(digits.load((8, 8, 1)).x_test).shape
    (350, 28, 28, 1)
    """
    factor, margin = BOX / images.shape[1], (28 - BOX) // 2
    larger = ndimage.zoom(images, (1, factor, factor, 1), order=3, mode="nearest", grid_mode=True)
    sides = ((0, 0), (margin, margin), (margin, margin), (0, 0))
    return np.pad(np.rint(255 * larger.clip(0, 1)).astype("uint8"), sides)


def shrink(images: np.ndarray, box: int) -> np.ndarray:
    """Images (N, side, side, 1) about their centre, the digits' box of 20 pixels made `box`.

    A new pixel is the mean of the old ones under it, weighted by a triangle twice
    as wide as it is, which is what keeps thin strokes. Sides stay, margins grow.

    >>> image = np.zeros((1, 28, 28, 1)); image[:, 4:24, 4:24] = 255
    >>> int((shrink(image, 16) > 127).sum())
    256
    """
    side, step = images.shape[1], BOX / box
    place = np.arange(side) - (side - 1) / 2
    weights = np.maximum(0, 1 - abs(place[:, None] * step - place) / step)
    weights /= weights.sum(axis=1, keepdims=True).clip(1)
    return (weights @ images[..., 0] @ weights.T)[..., np.newaxis]


def ready(data: Data, network: Network, recipe: Recipe, seed: int = 0) -> Data:
    """The digits as the recipe and the network's input want them.

    MNIST's raw grey levels get the paper's levels and a border; other images are taken
    as they are. Raises ValueError where those do not fit.
    """
    if recipe.images_per_class:
        data = fewer(data, recipe.images_per_class, seed)
    ready = _drawn if data.raw else _as_they_are
    x_train, x_test = (ready(images, network, recipe) for images in (data.x_train, data.x_test))
    if recipe.shuffled:
        x_train, x_test = shuffled(x_train), shuffled(x_test)
    return replace(data, x_train=x_train, x_test=x_test)


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        return arrays_of(read_bytes(path, most_bytes(ARRAYS)), ARRAYS)
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{VARIABLE} names {path}, which does not exist. {REMEDY}"
        ) from None
    except ValueError as error:
        raise ValueError(f"{path} cannot be read as mnist.npz: {error}. {REMEDY}") from None


def _of_keras() -> str:
    """Where Keras keeps its mnist.npz, downloaded if it is not there yet.

    Another process asks Keras, since an import of TensorFlow cannot be interrupted.
    """
    workers = Workers()
    try:
        return workers.call(_download)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise OSError(f"MNIST could not be downloaded: {reason}. {REMEDY}") from None
    finally:
        workers.stop()


def _download(tick) -> str:
    from lenet.keras_bridge.quiet import keras

    return keras.utils.get_file("mnist.npz", ORIGIN, file_hash=OF_THE_FILE)


def _drawn(images: np.ndarray, network: Network, recipe: Recipe) -> np.ndarray:
    """Grey levels in the paper's levels, the digits' box as large as the recipe's."""
    if recipe.box != BOX:
        images = shrink(images, recipe.box)
    return prepare(images, border=(network.input_shape[0] - images.shape[1]) // 2)


def _as_they_are(images: np.ndarray, network: Network, recipe: Recipe) -> np.ndarray:
    shape = images.shape[1:]
    if shape != network.input_shape:
        raise ValueError(
            f"data of shape {shape} does not fit the input {network.input_shape} of "
            f"{network.name}: load it with digits.load({network.input_shape})"
        )
    if recipe.box != BOX:
        raise ValueError(f"box must be {BOX}, got {recipe.box}: only MNIST's digits have one")
    return images
