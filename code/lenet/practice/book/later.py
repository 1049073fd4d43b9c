"""Questions of the chapter on what came after LeNet."""

from lenet.arithmetic import output_size
from lenet.imagenet import ALEXNET, RESNET50, VGG16
from lenet.layers import (
    Add,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
)
from lenet.network import Network
from lenet.practice.quantities import Quantity as Q
from lenet.practice.questions import Count
from lenet.practice.reckonings import Reckoning

PLAIN_224 = Network((224, 224, 3), Conv2D(96, 11, 4, name="conv1"))
THREE_SMALL = Network((32, 32, 64), [Conv2D(64, 3, use_bias=False)] * 3)
SHORT_VGG = Network(
    (224, 224, 3), [*VGG16.layers[:18], GlobalAveragePooling2D(), Dense(1000, name="dense")]
)
WIDE = Network((56, 56, 256), Conv2D(256, 3, padding="same")).trace().total
NARROW = [Conv2D(64, 1), Conv2D(64, 3, padding="same"), Conv2D(256, 1)]
NARROW = Network((56, 56, 256), NARROW).trace().total
NORM = Network((56, 56, 64), BatchNormalization(name="norm"))
CONV = Conv2D(16, 3, padding="same", use_bias=False)
BLOCK = Network(
    (32, 32, 16),
    [CONV, BatchNormalization(), CONV, BatchNormalization(), Add()],
    reads=[(-1,), (0,), (1,), (2,), (3, -1)],
)
FULL = Network((112, 112, 64), Conv2D(128, 3, padding="same", use_bias=False, name="full"))
APART = Network(
    (112, 112, 64),
    [
        DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise"),
        Conv2D(128, 1, use_bias=False, name="mix"),
    ],
)
ZEROS = next(n for n in range(9) if output_size(224 + n, 11, stride=4) == 55)

QUESTIONS = (
    Count(
        "10.1", "At how many places along 224 pixels does a kernel of 11 stand that moves by 4?",
        Q.HEIGHT, PLAIN_224, "conv1",
        prompt="at how many places along 224 pixels", solution="AlexNet: 224 or 227 pixels?",
    ),
    Reckoning(
        "10.2", "What is the smallest number of zeros that gives 224 pixels 55 places?", ZEROS,
        (
            ("rest taken for what is missing", "That is what is left over. How much is missing "
             "to a whole step?", (224 - 11) % 4),
            ("whole step added", "You added a whole step. Some of it is there already.", 4),
        ),
        ("How many steps lead to the last place?", "How many pixels do these steps need?"),
        prompt="how many zeros of padding", solution="AlexNet: 224 or 227 pixels?",
    ),
    Count(
        "10.3", "How many weights does AlexNet's second layer have, with 256 kernels of 5 by 5?",
        Q.WEIGHTS, ALEXNET, "conv2",
        prompt="the weights of the second layer", solution="AlexNet: two halves",
    ),
    Count(
        "10.4", "How many parameters does conv3 have, with 384 kernels of 3 by 3 on 256 maps?",
        Q.PARAMETERS, ALEXNET, "conv3",
        prompt="the parameters of `conv3`", solution="AlexNet: two halves",
    ),
    Count(
        "10.5", "How many weights do three layers of 3 by 3 have without biases, each from 64 maps "
        "to 64?", Q.WEIGHTS, THREE_SMALL,
        prompt="which way has more weights", solution="VGG-16: small kernels only",
    ),
    Count(
        "10.6", "How many parameters does VGG-16 have with one dense layer of 1000 units on the "
        "means of its maps?", Q.PARAMETERS, SHORT_VGG, instead=VGG16,
        prompt="what is left of 138,357,544", solution="Global average pooling",
    ),
    Reckoning(
        "10.7", "What comes out of a place with 2, 0 and 1 for the weights 1, −1 and 3?",
        1 * 2 + -1 * 0 + 3 * 1,
        (
            ("weights added alone", "You added the weights. What is each multiplied by?",
             1 - 1 + 3),
            ("values added alone", "You added the values. What is each multiplied by?", 2 + 0 + 1),
            ("nothing times a weight counted", "One of the values is nothing. What does its "
             "weight add?", 1 * 2 - 1 + 3),
        ),
        ("Multiply value and weight of each map, and add the products.",),
        prompt="what comes out.", solution="A kernel of 1 by 1",
    ),
    Reckoning(
        "10.8", "How many times fewer weights does the bottleneck have?",
        WIDE.weights / NARROW.weights,
        (
            ("ratio upside down", "You divided the other way round. Which has more?",
             NARROW.weights / WIDE.weights),
            ("small kernels forgotten", "The layers of a single place have weights too.",
             WIDE.weights / (3 * 3 * 64 * 64)),
        ),
        ("Add up the three layers of the bottleneck first.",),
        prompt="how many times fewer weights", solution="A kernel of 1 by 1",
    ),
    Count(
        "10.9", "How many numbers of a norm on 64 maps are trained?", Q.PARAMETERS, NORM, "norm",
        prompt="for 64 maps: how many numbers", solution="Batch normalisation",
    ),
    Count(
        "10.10", "And how many are kept but not trained?", Q.FIXED, NORM, "norm",
        prompt="for 64 maps: how many numbers", solution="Batch normalisation",
    ),
    Count(
        "10.11", "How many parameters of the block are trained?", Q.PARAMETERS, BLOCK,
        prompt="the block reads and makes 16 maps", solution="A shortcut past two layers",
    ),
    Count(
        "10.12", "How many weights does the shortcut from 256 maps to 512 have?",
        Q.WEIGHTS, RESNET50, "conv3_block1_0_conv",
        prompt="how many weights it has in the bottleneck", solution="A shortcut past two layers",
    ),
    Count(
        "10.13", "How many weights does one layer of 3 by 3 from 64 maps to 128 have?",
        Q.WEIGHTS, FULL, "full",
        prompt="the weights of both ways", solution="Depthwise separable convolution",
    ),
    Count(
        "10.14", "How many weights does the depthwise layer have?", Q.WEIGHTS, APART, "depthwise",
        prompt="the weights of both ways", solution="Depthwise separable convolution",
        told=("Each map has one kernel of its own.",),
    ),
    Count(
        "10.15", "And how many the layer of 1 by 1 after it?", Q.WEIGHTS, APART, "mix",
        prompt="the weights of both ways", solution="Depthwise separable convolution",
    ),
)  # fmt: skip
