"""A small network, and one of each kind of layer that counting tools tell apart."""

from lenet import AveragePooling2D, Conv2D, Dense, Network
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
