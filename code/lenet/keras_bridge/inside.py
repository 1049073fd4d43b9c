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
