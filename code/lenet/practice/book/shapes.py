"""Questions of the chapters on building blocks and on output shapes."""

from lenet.architectures import FNN_12288_120_84_10, LENET5_MODERN, POST_CODE, POST_TABLE
from lenet.layers import Conv1D, Conv2D, LocallyConnected2D, MaxPooling1D, MaxPooling2D
from lenet.network import Network
from lenet.practice.quantities import Quantity as Q
from lenet.practice.questions import Count
from lenet.practice.reckonings import Reckoning

IMAGE = (64, 64, 3)
LOCAL = Network(IMAGE, LocallyConnected2D(6, 3, name="local"))
TWO_CHANNELS = Network((3, 3, 2), Conv2D(1, 2, name="kernel"))
PICTURE = ((0, 1, 2, 0, 0),) * 3 + ((0, 0, 1, 2, 0),) * 2
SMALL = Network(
    (12, 12, 1),
    [Conv2D(1, 3, name="first"), MaxPooling2D(2, name="pool"), Conv2D(1, 3, name="second")],
)


def _edge(row: int, column: int) -> int:
    """What the kernel of the chapter, right column minus left, makes of a window."""
    return sum(line[column + 2] - line[column] for line in PICTURE[row : row + 3])


def _line(pixels: int, layer) -> Network:
    return Network((pixels, 1), layer)


BUILDING_BLOCKS = (
    Count(
        "02.1", "How many weights do 120 units need that each read an image of 64×64×3?",
        Q.WEIGHTS, FNN_12288_120_84_10, "FC1",
        prompt="how many weights do 120 units need", solution="Why not connect everything?",
        told=("Each unit has a weight for each of the 64 · 64 · 3 numbers.",),
    ),
    Count(
        "02.2", "Windows of 3 by 3 on an image of 64×64×3, and 6 kinds of unit at each place: "
        "how many units are there?", Q.UNITS, LOCAL, "local",
        prompt="how many units are there, and how many weights?", solution="Look nearby",
        told=("Where do the first and the last window of a row begin? The same goes for columns.",),
    ),
    Count(
        "02.3", "How many weights do these units have, each with its own?",
        Q.WEIGHTS, LOCAL, "local",
        prompt="how many units are there, and how many weights?", solution="Look nearby",
        told=("Each unit reads 3 · 3 · 3 numbers. How many units are there?",),
    ),
    Count(
        "02.4", "How many MACs does a convolution with 6 kernels of 3 by 3 cost on 64×64×3?",
        Q.MACS, POST_TABLE, "Conv1",
        prompt="how many MACs does the convolution cost", solution="What sharing does not save",
        told=("There are 3 · 3 · 3 · 6 weights, and each is used at 62 · 62 places.",),
    ),
    Count(
        "02.5", "How many MACs does a dense layer of 120 units cost on 64×64×3?",
        Q.MACS, FNN_12288_120_84_10, "FC1",
        prompt="how many MACs does the convolution cost", solution="What sharing does not save",
        told=("A dense layer uses each weight once.",),
    ),
    Reckoning(
        "02.6", "What does the kernel give one pixel further to the right?", _edge(0, 1),
        (
            ("kernel turned round", "You took left minus right. Where are the kernel's minuses?",
             -_edge(0, 1)),
            ("kernel not moved", "That is the window before. Which column comes in on the right, "
             "and which leaves on the left?", _edge(0, 0)),
            ("kernel moved down", "You moved the kernel down. To the right, the rows stay.",
             _edge(1, 0)),
        ),
        ("Each row gives its right pixel minus its left one.", "Three rows give the same."),
        prompt="the next output before you look", solution="A convolution by hand",
    ),
    Count(
        "02.7", "How many weights does a kernel of 2 by 2 have that reads two channels?",
        Q.WEIGHTS, TWO_CHANNELS, "kernel",
        prompt="how many weights does the kernel have, and how many maps come out?",
        solution="Channels: a kernel is as deep as what it reads",
        told=("The kernel has a slice of 2 by 2 for each channel.",),
    ),
    Count(
        "02.8", "How many maps does this one kernel make?", Q.CHANNELS, TWO_CHANNELS, "kernel",
        prompt="how many weights does the kernel have, and how many maps come out?",
        solution="Channels: a kernel is as deep as what it reads",
        told=("What the slices make is added up.",),
    ),
)  # fmt: skip

OUTPUT_SHAPES = (
    Count(
        "03.1", "At how many places does a kernel of 3 fit on 7 pixels?",
        Q.HEIGHT, _line(7, Conv1D(1, 3)), "conv1d",
        prompt="at how many places does it fit?", solution="Windows on a line",
        told=("Where does the first window begin, and where the last?",),
    ),
    Count(
        "03.2", "How many windows of 3 are there on 7 pixels with a stride of 2?",
        Q.HEIGHT, _line(7, Conv1D(1, 3, 2)), "conv1d",
        prompt="the number of windows before you count them", solution="Stride: longer steps",
        told=("How much room is left beside the kernel, and how many steps is that?",),
    ),
    Count(
        "03.3", "How many are there on 8 pixels?", Q.HEIGHT, _line(8, Conv1D(1, 3, 2)), "conv1d",
        prompt="does one more window fit?", solution="Stride: longer steps",
        told=("How much room is left beside the kernel? Half a step is not taken.",),
    ),
    Count(
        "03.4", "How many pooling windows of 2 fit on 6 pixels?",
        Q.HEIGHT, _line(6, MaxPooling1D(2)), "max_pooling1d",
        prompt="how many windows of 2 fit on 6 pixels, and how many on 7?",
        solution="Pooling: windows that touch",
    ),
    Count(
        "03.5", "And how many fit on 7?", Q.HEIGHT, _line(7, MaxPooling1D(2)), "max_pooling1d",
        prompt="how many windows of 2 fit on 6 pixels, and how many on 7?",
        solution="Pooling: windows that touch",
    ),
    Reckoning(
        "03.6", "How many layers with a kernel of 3 can follow one another on 20 pixels?",
        (20 - 1) // 2,
        (
            ("whole kernel taken off", "You took the whole kernel off each time. How many pixels "
             "does a layer really cost?", 20 // 3),
            ("one layer too many", "Is there still room for the kernel before the last of these?",
             20 // 2),
            ("one layer only", "That is how many windows the first layer has.", 20 - 3 + 1),
        ),
        ("How many pixels does one layer take away?",),
        prompt="a line has 20 pixels", solution="Padding: room at the edges",
    ),
    Count(
        "03.7", "A kernel of 3, a stride of 2 and same padding: how many windows do 7 pixels give?",
        Q.HEIGHT, _line(7, Conv1D(1, 3, 2, padding="same")), "conv1d",
        prompt="for a kernel of 3, a stride of 2 and", solution="Padding: room at the edges",
    ),
    Count(
        "03.8", "How many zeros does that take, on both sides together?",
        Q.PADDING, _line(7, Conv1D(1, 3, 2, padding="same")), "conv1d",
        prompt="for a kernel of 3, a stride of 2 and", solution="Padding: room at the edges",
    ),
    Count(
        "03.9", "At how many places do 3 taps fit on 7 pixels with a dilation of 2?",
        Q.HEIGHT, _line(7, Conv1D(1, 3, dilation_rate=2)), "conv1d",
        prompt="at how many places does such a kernel fit",
        solution="Dilation: a kernel with holes",
    ),
    Count(
        "03.10", "Which shape do 8 filters of 3 by 5 give that move by 1 down and by 2 across, on "
        "20 by 31 pixels in 3 colours?",
        Q.SHAPE, Network((20, 31, 3), Conv2D(8, (3, 5), (1, 2), name="conv")), "conv",
        prompt="the three numbers", solution="Two dimensions, and channels",
    ),
    Count(
        "03.11", "Which shape do 6 kernels of 3 by 3 give on 64×64×3?",
        Q.SHAPE, POST_TABLE, "Conv1",
        prompt="the shapes after the first convolution",
        solution="The post's network, layer by layer",
    ),
    Count(
        "03.12", "And which shape does pooling with a window of 2 make of it?",
        Q.SHAPE, POST_TABLE, "MaxPooling1",
        prompt="the shapes after the first convolution",
        solution="The post's network, layer by layer",
    ),
    Count(
        "03.13", "How high is the map that a kernel of 4 makes of 31 pixels?",
        Q.HEIGHT, POST_TABLE, "Conv2", instead=POST_CODE,
        prompt="a kernel of 4 on 31 pixels, then a window of 2",
        solution="The post's network, layer by layer",
    ),
    Count(
        "03.14", "And how high is it after a window of 2?", Q.HEIGHT, POST_TABLE, "MaxPooling2",
        prompt="a kernel of 4 on 31 pixels, then a window of 2",
        solution="The post's network, layer by layer",
    ),
    Count(
        "03.15", "Which shape comes out of Conv2 in the post's code?",
        Q.SHAPE, POST_CODE, "Conv2", instead=POST_TABLE,
        prompt="the shapes after `Conv2` and after `MaxPooling2`",
        solution="When it does not divide",
    ),
    Count(
        "03.16", "And which out of MaxPooling2?", Q.SHAPE, POST_CODE, "MaxPooling2",
        prompt="the shapes after `Conv2` and after `MaxPooling2`",
        solution="When it does not divide",
    ),
    Count(
        "03.17", "How many pixels of a row does a unit of the last layer see?",
        Q.FIELD, SMALL, "second",
        prompt="how many pixels does a unit of the last layer see?", solution="What one unit sees",
    ),
    Count(
        "03.18", "How many pixels of a row does a unit of C3 see?", Q.FIELD, LENET5_MODERN, "C3",
        prompt="a unit of S2 sees 6 pixels", solution="What one unit sees",
    ),
)  # fmt: skip

QUESTIONS = (*BUILDING_BLOCKS, *OUTPUT_SHAPES)
