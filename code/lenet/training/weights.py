"""Trained weights: the file that keeps them, and a model that has them again."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lenet.network import Network
from lenet.training.arrays import Expected, arrays_of, most_bytes
from lenet.training.files import read_bytes

if TYPE_CHECKING:
    from lenet.keras_bridge.quiet import keras


def write(weights: dict[str, np.ndarray], path: Path) -> str:
    """Writes the arrays, whole or not at all; the SHA-256 of the file."""
    archive = BytesIO()
    np.savez(archive, **weights)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(archive.getvalue())
    part.replace(path)
    return hashlib.sha256(archive.getvalue()).hexdigest()


def short_name(variable: "keras.Variable") -> str:
    """The layer and the variable, as in "C1/kernel"."""
    return "/".join(variable.path.split("/")[-2:])


def model(network: Network, path: Path, checksum: str) -> "keras.Sequential":
    """The network in Keras with the weights of a file that has this SHA-256.

    Raises FileNotFoundError where there is no file, ValueError where it is another one,
    lacks an array, or has one of another shape or type, or a number that is not finite.
    """
    from lenet.keras_bridge.model import to_keras

    made = to_keras(network)
    expected = {
        short_name(variable): Expected(tuple(variable.shape), str(variable.dtype))
        for variable in made.variables
    }
    archive = read_bytes(path, most_bytes(expected))
    found = hashlib.sha256(archive).hexdigest()
    if found != checksum:
        raise ValueError(f"it has the SHA-256 {found[:12]}..., not {checksum[:12]}...")
    arrays = arrays_of(archive, expected)
    for variable in made.variables:
        variable.assign(_finite(short_name(variable), arrays))
    return made


def _finite(name: str, arrays: dict[str, np.ndarray]) -> np.ndarray:
    if not np.isfinite(arrays[name]).all():
        raise ValueError(f"its array {name} has numbers that are not finite")
    return arrays[name]
