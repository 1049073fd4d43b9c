"""From a `Network` to Keras. The layers have Keras's argument names, so nothing is renamed."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from lenet.network import Network


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """TensorFlow greets from C++ on importing, past every setting: close its channel."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # the same for its later remarks
logging.getLogger("tensorflow").setLevel(logging.ERROR)  # no remarks on retracing
with _silent_stderr():
    import keras


def to_keras(network: Network) -> keras.Sequential:
    """A Keras model of the same layers, names and shapes, freshly initialised.

    Its `count_params()` is the trace's parameter total. Raises what Keras raises
    for what Keras does not build: strides with dilation, an unknown activation.

    >>> from lenet.architectures import LENET5_MODERN
    >>> to_keras(LENET5_MODERN).count_params()
    61706
    """
    model = keras.Sequential([keras.Input(network.input_shape)])
    for layer in network.layers:
        model.add(getattr(keras.layers, type(layer).__name__)(**asdict(layer)))
    return model
