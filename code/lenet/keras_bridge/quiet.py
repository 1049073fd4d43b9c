"""Keras and TensorFlow, imported without what TensorFlow says on starting."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager


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
try:
    with _silent_stderr():
        import keras
        import tensorflow as tf
except ModuleNotFoundError as error:
    remedy = 'pip install "lenet-by-the-numbers[tensorflow]"'
    says = f"no {error.name} is here, which Keras models and training need: {remedy}"
    raise ModuleNotFoundError(says, name=error.name) from error
logging.getLogger("tensorflow").setLevel(logging.ERROR)  # no remarks on retracing

__all__ = ["keras", "tf"]
