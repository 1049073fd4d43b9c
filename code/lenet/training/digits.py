"""Real scanned digits that need no network: scikit-learn's bundled 1,797.

They are the test part of "Optical Recognition of Handwritten Digits", E.
Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, doi
10.24432/C50P49, licensed CC BY 4.0. Each image is 8 by 8: the counts (0 to 16)
of dark pixels in 4 by 4 blocks of a bitmap of 32 by 32. They are not MNIST.
"""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.datasets import load_digits

from lenet.arithmetic import whole

ATTRIBUTION = (
    "Digits: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, "
    "UCI Machine Learning Repository, 1998, doi 10.24432/C50P49, CC BY 4.0."
)
# The file keeps each writer's digits together; the scikit-learn course of INRIA
# ("Sample grouping") reads off where writers change. From here on, others write.
FIRST_OF_OTHER_WRITERS = 1415
TEST_PER_CLASS = 35


@dataclass(frozen=True)
class Data:
    """Images (N, height, width, channels) and labels (N,).

    Those of scikit-learn are float32 from 0 to 1, ready for a network; those of MNIST are
    raw, uint8 from 0 to 255.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    @property
    def raw(self) -> bool:
        """Whether the images are grey levels as scanned, from which a recipe makes its own.

        >>> load((8, 8, 1)).raw
        False
        """
        return self.x_train.dtype == "uint8"

    def __repr__(self) -> str:
        train, test, shape = len(self.x_train), len(self.x_test), self.x_train.shape[1:]
        return f"{train:,} digits to train on, {test:,} to test, each {'×'.join(map(str, shape))}"


def load(shape: tuple[int, int, int] = (32, 32, 1)) -> Data:
    """The digits, enlarged to `shape`, in a fixed split.

    The 1,415 training digits and the 350 test digits (35 of each class) come
    from different writers, so that the test tells about a new hand. Each of the
    8 by 8 pixels becomes a block, and each channel is a copy: nothing is
    invented. 32 digits, which would make the test classes uneven, are not used.

    `shape` is (height, width, channels). Raises ValueError where height or
    width is not a multiple of 8.

    >>> load()
    1,415 digits to train on, 350 to test, each 32×32×1
    """
    height, width, channels = (whole("shape", size) for size in shape)
    if height % 8 or width % 8:
        raise ValueError(f"shape must be multiples of 8 high and wide, got {height} by {width}")
    bunch = load_digits()
    blocks = np.ones((height // 8, width // 8), dtype="float32")
    images = np.kron(bunch.images.astype("float32") / 16, blocks)[..., np.newaxis]
    images, labels = np.repeat(images, channels, axis=-1), bunch.target.astype("int64")
    train, test = slice(FIRST_OF_OTHER_WRITERS), _even_test(labels)
    return Data(images[train], labels[train], images[test], labels[test])


def shuffled(images: np.ndarray) -> np.ndarray:
    """The pixels of every image in one other order, always the same."""
    pixels = images.reshape(len(images), -1)
    order = np.random.default_rng(1998).permutation(pixels.shape[1])
    return pixels[:, order].reshape(images.shape)


def fewer(data: Data, images_per_class: int, seed: int) -> Data:
    """As many digits to train on, made of the first of each class in the seed's order.

    Each of them comes again and again; the test digits stay.

    >>> few = fewer(load((8, 8, 1)), images_per_class=3, seed=0)
    >>> len(few.x_train), len(np.unique(few.x_train, axis=0))
    (1415, 30)
    """
    order = np.random.default_rng(seed).permutation(len(data.y_train))
    few = [order[data.y_train[order] == digit][:images_per_class] for digit in range(10)]
    again = np.resize(np.concatenate(few), len(order))
    return replace(data, x_train=data.x_train[again], y_train=data.y_train[again])


def mixed(data: Data, seed: int = 0) -> Data:
    """The same digits, training and test dealt out anew by chance: every hand on both sides.

    As many for each as before.

    >>> mixed(load((8, 8, 1)))
    1,415 digits to train on, 350 to test, each 8×8×1
    """
    images = np.concatenate([data.x_train, data.x_test])
    labels = np.concatenate([data.y_train, data.y_test])
    order = np.random.default_rng(seed).permutation(len(labels))
    train, test = order[: len(data.y_train)], order[len(data.y_train) :]
    return Data(images[train], labels[train], images[test], labels[test])


def _even_test(labels: np.ndarray) -> np.ndarray:
    """The first 35 of each class among the other writers, in the file's order."""
    later = np.arange(FIRST_OF_OTHER_WRITERS, len(labels))
    each = [later[labels[later] == digit][:TEST_PER_CLASS] for digit in range(10)]
    return np.sort(np.concatenate(each))
