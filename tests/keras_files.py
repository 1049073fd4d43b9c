"""Small .keras files, written without Keras."""

import json
import zipfile
from itertools import pairwise
from pathlib import Path


def layer(kind: str, name: str, **config) -> dict:
    return {"module": "keras.layers", "class_name": kind, "config": {"name": name, **config}}


def sequential(*layers: dict, shape: tuple = (224, 224, 3)) -> dict:
    """What Keras writes down of a Sequential model."""
    image = layer("InputLayer", "image", batch_shape=[None, *shape])
    config = {"name": "small", "layers": [image, *layers]}
    return {"module": "keras", "class_name": "Sequential", "config": config}


def functional(*layers: dict, output: str) -> dict:
    """What Keras writes down of a functional model, cut to what counts."""
    image = {**layer("InputLayer", "image", batch_shape=[None, 8, 8, 1]), "inbound_nodes": []}
    config = {"name": "graph", "layers": [image, *layers]}
    config |= {"input_layers": ["image", 0, 0], "output_layers": [output, 0, 0]}
    return {"module": "keras", "class_name": "Functional", "config": config}


def tensor(name: str, shape: list | None = None, use: int = 0) -> dict:
    """What Keras writes down of something that a layer reads."""
    config = {"shape": shape, "keras_history": [name, use, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def reading(made: dict, *names: str, shape: list | None = None) -> dict:
    """The layer, in a functional model where it reads these."""
    node = {"args": [[tensor(name, shape) for name in names]], "kwargs": {}}
    return {**made, "inbound_nodes": [node]}


def chain(length: int, in_order: bool = True) -> list[dict]:
    """flat0, flat1, ...: each reads the one before, and stands behind it or before."""
    names = ["image", *(f"flat{number}" for number in range(length))]
    layers = [reading(layer("Flatten", name), before) for before, name in pairwise(names)]
    return layers if in_order else layers[::-1]


CONV = layer("Conv2D", "conv", filters=6, kernel_size=[5, 5], activation="relu")
POOL = layer("GlobalAveragePooling2D", "pool", keepdims=False)
DENSE = layer("Dense", "dense", units=10, use_bias=True)


def written(path: Path, config: object) -> Path:
    """A .keras file that holds this description."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config if isinstance(config, str) else json.dumps(config))
    return path
