"""What units of a Keras model really see: inputs are changed one by one, and what moves is noted.

Nothing here asks `Layer.window` or `lenet.view`.
"""

import numpy as np
from lenet import Network
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras

# Up, a change gets through a maximum; down, and with channels against each other, through
# a softmax before that: for even and for odd channels.
CHANGES = ((1e6, 1e6), (-1e6, -1e6), (1e6, -1e6), (-1e6, 1e6))


def moved(network: Network) -> list[np.ndarray]:
    """For each layer, which places of the input move which units, as (*places, *output).

    All channels of a place are changed at once; of features, each by itself.
    """
    built = to_keras(network)
    outputs = {operation.name: operation.output for operation in operations_of(built)}
    model = keras.Model(built.inputs, [outputs[layer.name] for layer in network.layers])
    set_weights(model)
    sides = network.input_shape[:-1] or network.input_shape
    images = [changed_images(network.input_shape, sides, seed) for seed in (1, 2)]
    values = [model([batch], training=False) for batch in images]
    if len(network.layers) == 1:
        values = [[value] for value in values]
    return [moves_in(layers, sides) for layers in zip(*values, strict=True)]


def operations_of(model: keras.Model) -> list:
    """The layers, and the operations that are none."""
    return getattr(model, "operations", model.layers)


def set_weights(model: keras.Model) -> None:
    """Positive weights, so that nothing cancels, and small ones, so that nothing saturates."""
    rng = np.random.default_rng(0)
    for variable in model.variables:
        if "seed" in variable.name:
            continue
        terms = 10 if variable.name == "bias" else np.prod(variable.shape[:-1])
        variable.assign(rng.uniform(0.2, 0.8, variable.shape) / terms)


def changed_images(shape: tuple, sides: tuple, seed: int) -> np.ndarray:
    """The image as it is, then with each place changed in each of the ways."""
    rng = np.random.default_rng(seed)
    image = rng.uniform(1, 2, shape)
    images = [image]
    for change in CHANGES:
        for place in np.ndindex(*sides):
            other = image.copy()
            other[place] += np.resize(change, image[place].shape) * rng.uniform(0.5, 1)
            images.append(other)
    return np.stack(images).astype("float32")


def moves_in(batches: list, sides: tuple) -> np.ndarray:
    """Whether a place moved a unit of one layer, on any image and in any direction."""
    found = False
    for batch in map(np.asarray, batches):
        near = np.abs(batch[1:] - batch[:1]) <= 3e-6 * np.maximum(np.abs(batch[:1]), 0.4)
        far = ~near  # also where it is no number any more
        found |= far.reshape(len(CHANGES), *sides, *batch.shape[1:]).any(0)
    return found


def extents(moves: np.ndarray, rank: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Along each axis the first and the last place that moves each unit, and whether any does."""
    found = []
    for axis in range(rank):
        along = moves.any(tuple(other for other in range(rank) if other != axis))
        last = len(along) - 1 - along[::-1].argmax(0)
        found.append((along.argmax(0), last, along.any(0)))
    return found
