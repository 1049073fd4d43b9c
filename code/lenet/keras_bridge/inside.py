"""What goes on inside a Keras model: what each layer puts out for an image."""

import numpy as np

from lenet.keras_bridge.quiet import keras


def outputs(model: keras.Sequential, images: np.ndarray) -> dict[str, np.ndarray]:
    """What each layer puts out for these images, by the layer's name.

    `images` are (N, height, width, channels), and so are the maps of a layer; rows of
    units are (N, units).

    >>> from lenet.architectures import LENET5_1998
    >>> from lenet.keras_bridge.model import to_keras
    >>> made = outputs(to_keras(LENET5_1998), np.zeros((2, 32, 32, 1)))
    >>> made["C1"].shape, made["F6"].shape
    ((2, 28, 28, 6), (2, 84))
    """
    opened = keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})
    return opened.predict_on_batch(np.asarray(images, "float32"))


def surest(distances: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Of each class the image that is nearest to the code of its own class: (classes,) indices.

    `distances` are (N, classes), `labels` (N,). Raises ValueError for a class without images.

    >>> surest(np.array([[3, 9], [1, 9], [9, 4]]), np.array([0, 0, 1])).tolist()
    [1, 2]
    """
    found = []
    for label, column in enumerate(distances.T):
        (mine,) = np.nonzero(labels == label)
        if not len(mine):
            raise ValueError(f"labels must hold every class, but none of them is {label}")
        found.append(mine[column[mine].argmin()])
    return np.array(found)


def refused(distances: np.ndarray, labels: np.ndarray, error: float) -> int:
    """How many images must be refused so that at most `error` percent of the rest are misread.

    The least sure are refused first: those with the smallest gap between the distances to
    the two nearest codes. `distances` are (N, classes), `labels` (N,).

    >>> refused(np.array([[1, 9], [4, 5], [9, 2]]), np.array([0, 1, 1]), error=0)
    1
    """
    nearest, second = np.sort(distances, axis=1)[:, :2].T
    least_sure_first = np.argsort(second - nearest, kind="stable")
    misread = (distances.argmin(axis=1) != labels)[least_sure_first]
    left = misread[::-1].cumsum()[::-1]  # misread among those from here on
    allowed = left <= error / 100 * np.arange(len(labels), 0, -1)
    return int(np.argmax(allowed)) if allowed.any() else len(labels)
