"""Small .keras files, written without Keras."""

import json
import zipfile
from pathlib import Path


def layer(kind: str, name: str, **config) -> dict:
    return {"module": "keras.layers", "class_name": kind, "config": {"name": name, **config}}


def sequential(*layers: dict, shape: tuple = (224, 224, 3)) -> dict:
    """What Keras writes down of a Sequential model."""
    image = layer("InputLayer", "image", batch_shape=[None, *shape])
    config = {"name": "small", "layers": [image, *layers]}
    return {"module": "keras", "class_name": "Sequential", "config": config}


CONV = layer("Conv2D", "conv", filters=6, kernel_size=[5, 5], activation="relu")
POOL = layer("GlobalAveragePooling2D", "pool", keepdims=False)
DENSE = layer("Dense", "dense", units=10, use_bias=True)


def written(path: Path, config: object) -> Path:
    """A .keras file that holds this description."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config if isinstance(config, str) else json.dumps(config))
    return path
