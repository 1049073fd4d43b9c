"""Networks that have every kind of step, for their derivations to be looked at."""

from dataclasses import replace

from lenet import Network
from lenet.layers import (
    RBF,
    Activation,
    AdaptiveMaxPooling2D,
    Add,
    BatchNormalization,
    Concatenate,
    Conv1D,
    Conv1DTranspose,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Conv3DTranspose,
    Cropping2D,
    Dense,
    DepthwiseConv2D,
    Dot,
    Flatten,
    GlobalAveragePooling2D,
    GroupNormalization,
    LayerNormalization,
    LayerScale,
    LocallyConnected2D,
    MaxPooling2D,
    MaxPooling3D,
    Multiply,
    Normalization,
    PartialConv2D,
    Passing,
    Permute,
    PointwiseDense,
    PReLU,
    RepeatVector,
    Reshape,
    Resizing,
    SeparableConv2D,
    Shared,
    Subsampling2D,
    UpSampling2D,
    ZeroPadding2D,
    ZeroPadding3D,
)


def shown(shape, *layers, reads=None) -> Network:
    """A network whose layers need no other name than their number."""
    named = [replace(layer, name=f"{n}") for n, layer in enumerate(layers)]
    return Network(shape, named, reads=reads)


NETWORKS = {
    "one axis": shown(
        (8, 2), Conv1D(3, 3, 2, padding="causal"), Conv1DTranspose(2, 3, 2), LayerNormalization(),
        PReLU(), PointwiseDense(2), Flatten(), RepeatVector(2), Passing("Dropout"),
    ),
    "three axes": shown((4, 4, 4, 2), Conv3D(1, (1, 2, 3), trainable=False), Flatten()),
    "turned round": shown(
        (5, 7, 2),
        Conv2DTranspose(3, 2, 3, padding="same", use_bias=False),
        Conv2DTranspose(1, 3, 2, padding="same", output_padding=1),
        Conv2DTranspose(1, 3, 2, output_padding=(0, 1)),
    ),
    "channel by channel": shown(
        (9, 9, 2), DepthwiseConv2D(3, depth_multiplier=2),
        SeparableConv2D(5, 3, trainable=False), GlobalAveragePooling2D(), PointwiseDense(3),
    ),
    "normalised": shown(
        (6, 6, 6), PointwiseDense(5), BatchNormalization(scale=False),
        BatchNormalization(renorm=True, trainable=False), PReLU(shared_axes=(1, 2)),
        LayerScale(trainable=False), GroupNormalization(groups=1, center=False),
        Normalization(adapted=True), Normalization(), Activation("relu"),
        LayerNormalization(axis=(-3, -1)),
    ),
    "moved": shown(
        (6, 5, 2), ZeroPadding2D(((0, 1), (2, 3))), Cropping2D(1), UpSampling2D((2, 1)),
        Resizing(4, 3), AdaptiveMaxPooling2D((2, 3)), Permute((3, 1, 2)), Reshape((3, -1)),
        Reshape((2, 1, 2, 1, 3)),
    ),
    "bordered alike": shown((6, 6, 1), ZeroPadding2D(2), Cropping2D(1)),
    "alike along three axes": shown(
        (9, 9, 9, 1), MaxPooling3D(), Conv3DTranspose(1, 2), ZeroPadding3D(1),
    ),
    "early": shown(
        (12, 9, 4),
        Conv2D(6, 3, padding="same", dilation_rate=2, groups=2),
        Subsampling2D(2),
        PartialConv2D(((0, 1), (2, 3, 5)), 3, shared_bias=False),
        LocallyConnected2D(2, (2, 1)),
        MaxPooling2D((3, 2)),
        Flatten(),
        Dense(3, use_bias=False),
        RBF(2),
    ),
    "stretched": shown(
        (6, 5, 2), GlobalAveragePooling2D(keepdims=True), Conv2D(2, 1), Multiply(), Flatten(),
        Dense(3), Shared(Dense(3)), reads=[(-1,), (0,), (-1, 1), (2,), (3,), (3,)],
    ),
    "several": shown(
        ((4, 4, 2), (4, 4, 3)), Conv2D(2, 3, padding="same"),
        Shared(Conv2D(2, 3, padding="same")), Add(), Concatenate(), GlobalAveragePooling2D(),
        GlobalAveragePooling2D(), Dot((1, 1)), Concatenate(axis=-2),
        reads=[(-1,), (0,), (1, -1), (2, -2), (0,), (1,), (4, 5), (0, 1)],
    ),
}  # fmt: skip
