"""What the playground is given: the layers of its two networks, their weights, its digits."""

import base64
import json
from math import cos, pi, prod, sin

from lenet import FNN_1024_58_32_10, LENET5_1998
from lenet.keras_bridge.codes import CODES
from lenet.layers import Layer
from lenet.network import Network
from lenet.training import mnist
from lenet.training.compact import compact
from lenet.training.recipes import BOX_OF_MNIST
from lenet.training.runs import load_records

NETWORKS = {"lenet5-1998": LENET5_1998, "fnn-1024-58-32-10": FNN_1024_58_32_10}
SQUASHING = "1.7159·tanh(2/3·sum)"
GIVEN = ("kernel_size", "filters", "table", "activation")


def playground() -> dict:
    """Layers, codes, errors on MNIST's test digits, the paper's levels, digits to start from."""
    records = load_records()
    return {
        "networks": {name: layers(network) for name, network in NETWORKS.items()},
        "errors": {name: records[name].runs[0].test_error for name in NETWORKS},
        "parameters": {name: made.trace().total.parameters for name, made in NETWORKS.items()},
        "levels": [mnist.BACKGROUND, mnist.FOREGROUND],
        "box": BOX_OF_MNIST,
        "digits": DIGITS,
    }


def unit() -> dict:
    """What "What a unit sees" is given: LeNet-5's layers with their maps and fields, digits."""
    trace = LENET5_1998.trace()
    found = layers(LENET5_1998)
    for layer in found:
        row = trace[layer["name"]]
        height, width, maps = (1, 1, *row.output_shape)[-3:]
        axis = row.seen.axes[0]
        layer |= {"height": height, "width": width, "maps": maps, "squashing": SQUASHING}
        layer["field"] = {"size": axis.field, "jump": axis.jump, "start": axis.start}
    return {"layers": found, "levels": [mnist.BACKGROUND, mnist.FOREGROUND], "digits": DIGITS}


def layers(network: Network) -> list[dict]:
    """The layers of a network as its script is given them; a Flatten of one place is none."""
    return [
        {**given(row.layer, row.name, row.input_shape), "output": row.output_shape}
        for row in network.trace()
        if row.layer.kind != "Flatten" or prod(row.input_shape[:-1]) > 1
    ]


def given(layer: Layer, name: str, came: tuple[int, ...]) -> dict:
    """A layer with those of its arguments that a forward pass needs."""
    found = {key: getattr(layer, key) for key in GIVEN if getattr(layer, key, None) is not None}
    codes = {"codes": CODES.astype(int).tolist()} if layer.kind == "RBF" else {}
    return {"name": name, "kind": layer.kind, "channels": came[-1], **found, **codes}


def weights(name: str) -> str:
    """The script with the weights of a network."""
    arrays = {
        key: {
            "step": steps.step,
            "packed": base64.b64encode(steps.numbers.astype("<i2").tobytes()).decode(),
        }
        for key, steps in compact(name).items()
    }
    start = "/* Written at build from lenet/training/records, 16 bits a weight. */"
    return f"{start}\nWeights.take({json.dumps(name)}, {json.dumps(arrays)});\n"


def arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> list:
    """Points of a part of an ellipse about (x, y); angles in turns, from the right downwards."""
    turns = [start + (end - start) * step / 14 for step in range(15)]
    return [
        [round(x + wide * cos(2 * pi * a), 3), round(y + high * sin(2 * pi * a), 3)] for a in turns
    ]


# Ten digits for whoever cannot draw: strokes in a square from 0 to 1, drawn for this book.
DIGITS = [
    [arc(0.5, 0.5, 0.26, 0.38, -0.25, 0.77)],
    [[[0.4, 0.24], [0.54, 0.12], [0.5, 0.5], [0.47, 0.88]]],
    [[*arc(0.48, 0.32, 0.22, 0.2, -0.5, 0.1), [0.5, 0.6], [0.24, 0.87], [0.5, 0.84], [0.78, 0.86]]],
    [[*arc(0.46, 0.3, 0.2, 0.18, -0.45, 0.25), *arc(0.46, 0.68, 0.24, 0.2, -0.25, 0.42)]],
    [[[0.34, 0.12], [0.25, 0.55], [0.76, 0.52]], [[0.66, 0.2], [0.6, 0.55], [0.56, 0.9]]],
    [[[0.72, 0.13], [0.36, 0.14], [0.32, 0.46], *arc(0.47, 0.66, 0.24, 0.22, -0.3, 0.38)]],
    [[[0.62, 0.12], [0.42, 0.3], [0.3, 0.55], *arc(0.48, 0.69, 0.2, 0.19, -0.55, 0.5)]],
    [[[0.24, 0.18], [0.5, 0.16], [0.75, 0.14], [0.6, 0.42], [0.48, 0.65], [0.42, 0.9]]],
    [
        [
            *arc(0.5, 0.31, 0.19, 0.18, 0.0, -0.75),
            *arc(0.5, 0.69, 0.22, 0.2, -0.25, 0.75),
            *arc(0.5, 0.31, 0.19, 0.18, 0.25, 0.0),
        ]
    ],
    [[*arc(0.49, 0.32, 0.2, 0.19, -0.05, -1.0), [0.67, 0.4], [0.62, 0.65], [0.56, 0.9]]],
]
