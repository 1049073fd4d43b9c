"""A small network, one of each kind that counting tools tell apart, and one of every kind."""

import re

from lenet import AveragePooling2D, Conv2D, Dense, Network, layers
from lenet.layers import (
    Activation,
    AveragePooling1D,
    AveragePooling3D,
    BatchNormalization,
    Conv1D,
    Conv2DTranspose,
    Conv3D,
    DepthwiseConv2D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    LayerNormalization,
    MaxPooling1D,
    Passing,
    PointwiseDense,
    SeparableConv2D,
    UpSampling2D,
)

SMALL = Network(
    (16, 16, 3),
    [
        Conv2D(8, 3, use_bias=False),
        BatchNormalization(),
        Activation("relu"),
        DepthwiseConv2D(3),
        AveragePooling2D(2),
        Conv2D(4, 1),
        BatchNormalization(center=False, scale=False),
        GlobalAveragePooling2D(),
        Dense(10, activation="softmax"),
    ],
)
KINDS = [
    Network(shape, [layer])
    for shape, layer in (
        ((30, 2), Conv1D(4, 3)),
        ((10, 10, 10, 2), Conv3D(4, 3)),
        ((9, 9, 3), SeparableConv2D(5, 3)),
        ((7, 7, 3), Conv2DTranspose(5, 4, 2)),
        ((28, 4), BatchNormalization()),
        ((12,), LayerNormalization()),
        ((12,), LayerNormalization(center=False, scale=False)),
        ((28, 4), AveragePooling1D(2)),
        ((8, 8, 8, 4), AveragePooling3D(2)),
        ((14, 4), GlobalAveragePooling1D()),
        ((4, 4, 4, 4), GlobalAveragePooling3D()),
        ((28, 4), MaxPooling1D(2)),
        ((6, 6, 4), UpSampling2D(2)),
        ((6, 6, 4), UpSampling2D(2, interpolation="bilinear")),
        ((7, 7, 5), Activation("softmax")),
        ((7, 7, 5), Activation("sigmoid")),
        ((7, 5), PointwiseDense(3)),
        ((7, 7, 5), Passing("Dropout")),
    )
]

FLAT, STEPS, MAP, VOLUME = (12,), (12, 6), (8, 8, 6), (6, 6, 6, 2)
SHAPES = {"1": STEPS, "2": MAP, "3": VOLUME}  # by the digit in a kind's name
ARGUMENTS = {  # by the name without its number of axes
    "Conv": (4, 3), "ConvTranspose": (4, 3, 2), "DepthwiseConv": (3,), "SeparableConv": (4, 3),
    "LocallyConnected": (4, 3), "PartialConv": (((0, 1), (2,)), 3),
    "MaxPooling": (2,), "AveragePooling": (2,), "Subsampling": (2,),
    "AdaptiveMaxPooling": (2,), "AdaptiveAveragePooling": (2,),
    "Dense": (10,), "PointwiseDense": (10,), "RBF": (10,), "Shared": (layers.Flatten(),),
    "Activation": ("tanh",), "Elementwise": ("multiply",), "Passing": ("Dropout",),
    "Dot": ((1, 1),), "Permute": ((2, 1, 3),), "RepeatVector": (3,), "Reshape": ((4, -1),),
    "Resizing": (4, 4), "CenterCrop": (4, 4), "RandomCrop": (4, 4), "Foreign": ("LSTM", (4,), 500),
}  # fmt: skip
ON_FEATURES = {"Dense", "RBF", "RepeatVector", "Dot"}


def one_of_each() -> dict[str, Network]:
    """Every kind of `lenet.layers` by its name, alone in a network."""
    return {kind: _alone(kind) for kind in layers.__all__ if kind != "Layer"}


def _alone(kind: str) -> Network:
    stem, digit = re.fullmatch(r"(.*?)(?:(\d)D(?:Transpose)?)?", kind).groups()
    stem += "Transpose" * kind.endswith("Transpose")
    more = {"groups": 2} if kind == "GroupNormalization" else {}
    layer = getattr(layers, kind)(*ARGUMENTS.get(stem, ()), **more)
    shape = SHAPES[digit] if digit else FLAT if kind in ON_FEATURES else MAP
    return Network(shape, layer, reads=[(-1, -1)] if layer.merges else None)
