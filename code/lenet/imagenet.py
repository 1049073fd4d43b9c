"""Four networks that came after LeNet: they tell 1,000 kinds of photograph apart.

Their layers have the names that Keras or Caffe gives them. What has nothing to count is
left out: dropout, and AlexNet's response normalisation.
"""

from collections.abc import Iterator

from lenet.layers import (
    Activation,
    Add,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
    ReLU,
    ZeroPadding2D,
)
from lenet.network import Network

CLASSES = 1_000

ALEXNET = Network(
    (227, 227, 3),
    [
        Conv2D(96, 11, 4, activation="relu", name="conv1"),
        MaxPooling2D(3, 2, name="pool1"),
        Conv2D(256, 5, padding="same", groups=2, activation="relu", name="conv2"),
        MaxPooling2D(3, 2, name="pool2"),
        Conv2D(384, 3, padding="same", activation="relu", name="conv3"),
        Conv2D(384, 3, padding="same", groups=2, activation="relu", name="conv4"),
        Conv2D(256, 3, padding="same", groups=2, activation="relu", name="conv5"),
        MaxPooling2D(3, 2, name="pool5"),
        Flatten(),
        Dense(4_096, activation="relu", name="fc6"),
        Dense(4_096, activation="relu", name="fc7"),
        Dense(CLASSES, activation="softmax", name="fc8"),
    ],
    name="AlexNet",
    source="Krizhevsky, Sutskever and Hinton 2012, section 3.5; with the input of 227 by 227 "
    "that gives its second layer the size that it prints.",
)


def _vgg16() -> Iterator[Layer]:
    """Five blocks of two or three convolutions, each ended by a pooling; three dense layers."""
    for block, (filters, count) in enumerate(((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), 1):
        for number in range(1, count + 1):
            name = f"block{block}_conv{number}"
            yield Conv2D(filters, 3, padding="same", activation="relu", name=name)
        yield MaxPooling2D(2, name=f"block{block}_pool")
    yield Flatten()
    yield Dense(4_096, activation="relu", name="fc1")
    yield Dense(4_096, activation="relu", name="fc2")
    yield Dense(CLASSES, activation="softmax", name="predictions")


VGG16 = Network(
    (224, 224, 3), _vgg16(), name="VGG-16",
    source="Simonyan and Zisserman 2015, table 1, configuration D.",
)  # fmt: skip


class _Branching:
    """Layers in the making, and what each of them reads."""

    def __init__(self):
        self.layers: list[Layer] = []
        self.reads: list[tuple[int, ...]] = []

    def put(self, layer: Layer, *reads: int) -> int:
        """Add a layer that reads these, or the one before; its number."""
        self.reads.append(reads or (len(self.layers) - 1,))
        self.layers.append(layer)
        return len(self.layers) - 1

    def relu(self, name: str) -> int:
        return self.put(Activation("relu", name=name))

    def normed(self, name: str, conv: Layer, *reads: int) -> int:
        """Add a convolution and its batch norm; the number of the norm."""
        self.put(conv, *reads)
        return self.put(BatchNormalization(name=f"{name}_bn"))

    def conv(self, name: str, filters: int, size: int, strides: int = 1, *reads: int) -> int:
        """Add a padded convolution and its batch norm; the number of the norm."""
        layer = Conv2D(filters, size, strides, padding="same", name=f"{name}_conv")
        return self.normed(name, layer, *reads)

    def bottleneck(self, name: str, filters: int, strides: int, projects: bool) -> None:
        """1 by 1, 3 by 3, 1 by 1, and a sum with what came in, which a 1 by 1 may fit to it."""
        came = len(self.layers) - 1
        self.conv(f"{name}_1", filters, 1, strides)
        self.relu(f"{name}_1_relu")
        self.conv(f"{name}_2", filters, 3)
        self.relu(f"{name}_2_relu")
        made = self.conv(f"{name}_3", 4 * filters, 1)
        if projects:
            came = self.conv(f"{name}_0", 4 * filters, 1, strides, came)
        self.put(Add(name=f"{name}_add"), came, made)
        self.relu(f"{name}_out")


def _resnet50() -> _Branching:
    """A convolution, sixteen bottlenecks in four stages, a mean and a dense layer."""
    made = _Branching()
    made.put(ZeroPadding2D(3, name="conv1_pad"))
    made.normed("conv1", Conv2D(64, 7, 2, name="conv1_conv"))
    made.relu("conv1_relu")
    made.put(ZeroPadding2D(1, name="pool1_pad"))
    made.put(MaxPooling2D(3, 2, name="pool1_pool"))
    for stage, (filters, count) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 2):
        for block in range(1, count + 1):
            strides = 2 if block == 1 and stage > 2 else 1
            made.bottleneck(f"conv{stage}_block{block}", filters, strides, projects=block == 1)
    made.put(GlobalAveragePooling2D(name="avg_pool"))
    made.put(Dense(CLASSES, activation="softmax", name="predictions"))
    return made


_MADE = _resnet50()
RESNET50 = Network(
    (224, 224, 3), _MADE.layers, reads=_MADE.reads, name="ResNet-50",
    source="He, Zhang, Ren and Sun 2016, table 1, 50 layers; with biases, as Keras has it.",
)  # fmt: skip

_STAGES = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1_024, 2),
           (1_024, 1))  # fmt: skip


def _mobilenet(separable: bool) -> Iterator[Layer]:
    """A convolution, thirteen separable ones or as many full ones, a mean and a dense layer."""
    yield Conv2D(32, 3, 2, padding="same", use_bias=False, name="conv1")
    yield from _norm_and_relu("conv1")
    for number, (filters, strides) in enumerate(_STAGES, 1):
        name = f"conv_pw_{number}"
        if separable:
            deep = f"conv_dw_{number}"
            yield DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=deep)
            yield from _norm_and_relu(deep)
            yield Conv2D(filters, 1, use_bias=False, name=name)
        else:
            yield Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name)
        yield from _norm_and_relu(name)
    yield GlobalAveragePooling2D(name="mean")
    yield Dense(CLASSES, activation="softmax", name="predictions")


def _norm_and_relu(name: str) -> Iterator[Layer]:
    yield BatchNormalization(name=f"{name}_bn")
    yield ReLU(name=f"{name}_relu")


MOBILENET = Network(
    (224, 224, 3), _mobilenet(separable=True), name="MobileNet",
    source="Howard and others 2017, table 1.",
)  # fmt: skip
FULL_MOBILENET = Network(
    (224, 224, 3), _mobilenet(separable=False), name="MobileNet of full convolutions",
    source="Howard and others 2017, table 4: MobileNet with full convolutions.",
)  # fmt: skip

# By the names of the shell, as in `lenet.architectures.NETWORKS`.
LATER = {"alexnet": ALEXNET, "vgg16": VGG16, "resnet50": RESNET50, "mobilenet": MOBILENET}
