"""Questions of the chapters that count: parameters, LeNet-5 of 1998, comparing, looking inside."""

from math import tanh

from lenet.architectures import (
    LENET5_1998,
    LENET5_LEDGER,
    LENET5_MODERN,
    POST_CODE,
    POST_FNN,
    POST_TABLE,
)
from lenet.layers import Conv2D, PartialConv2D
from lenet.network import Network
from lenet.practice.quantities import Quantity as Q
from lenet.practice.questions import Count
from lenet.practice.reckonings import Reckoning

ONE_KERNEL = Network((64, 64, 3), Conv2D(1, 3, name="kernel"))
TWICE_AS_LARGE = Network((128, 128, 3), POST_TABLE.layers)
LINKED = Network((14, 14, 3), PartialConv2D(((0, 1), (0, 1, 2)), 5, name="linked"))
TABLE, CODE, FNN = (network.trace().total for network in (POST_TABLE, POST_CODE, POST_FNN))
BEFORE, AFTER = (network.trace() for network in LENET5_LEDGER[:2])
UPSIDE_DOWN = "You divided the other way round. Which of the two has more?"


def wide(width: int) -> Network:
    """LeNet-5 up to C5 on an image of 32 rows and so many columns."""
    return Network((32, width, 1), LENET5_1998.layers[:5])


def _squashed(a: float) -> float:
    return 1.7159 * tanh(2 / 3 * a)


PARAMETERS = (
    Count(
        "04.1", "How many weights does one kernel of 3 by 3 have on a colour image?",
        Q.WEIGHTS, ONE_KERNEL, "kernel",
        prompt="how many weights does one kernel have?", solution="One kernel",
        told=("A kernel is as deep as what it reads.",),
    ),
    Count(
        "04.2", "How many numbers does Conv1 learn with its biases?",
        Q.PARAMETERS, POST_TABLE, "Conv1",
        prompt="how many numbers does the layer learn", solution="The bias",
    ),
    Count(
        "04.3", "How many weights does Conv2 of the post's table have, with 16 kernels of 4 by 4?",
        Q.WEIGHTS, POST_TABLE, "Conv2", instead=POST_CODE,
        prompt="its weights: which depth", solution="The second convolution",
    ),
    Count(
        "04.4", "How many weights does the dense layer of the post's table have?",
        Q.WEIGHTS, POST_TABLE, "FC",
        prompt="its weights.", solution="The dense layer",
    ),
    Reckoning(
        "04.5", "How many times as many parameters does the post's code have as its table?",
        CODE.parameters / TABLE.parameters,
        (
            ("ratio upside down", UPSIDE_DOWN, TABLE.parameters / CODE.parameters),
            ("MACs taken for parameters", "You compared the work. What is learnt?",
             CODE.macs / TABLE.macs),
            ("difference taken for a factor", "You subtracted. By what is one multiplied?",
             float(CODE.parameters - TABLE.parameters)),
        ),
        ("Which layer has nearly all the parameters, in each of them?",
         "Compare the units of the layer after Flatten."),
        prompt="by which factor does that change", solution="Where the parameters are",
    ),
    Count(
        "04.6", "How many parameters does C3 have: 16 filters of 5 by 5 that read 6 maps?",
        Q.PARAMETERS, LENET5_MODERN, "C3", prompt="C3: kernels of 5 by 5", solution="LeNet-5",
    ),
    Count(
        "04.7", "How many MACs does C3 cost, whose output is 10 by 10?",
        Q.MACS, LENET5_MODERN, "C3", prompt="the MACs of C3", solution="LeNet-5",
    ),
    Count(
        "04.8", "How many weights does the dense layer have when the image is 128 by 128?",
        Q.WEIGHTS, TWICE_AS_LARGE, "FC", instead=POST_TABLE,
        prompt="what becomes of the weights of each layer?",
        solution="What depends on the size of the image",
    ),
    Count(
        "04.9", "How many parameters does the network of this line have?",
        Q.PARAMETERS, POST_TABLE, instead=POST_CODE,
        prompt="which network of this chapter is this", solution="Your own network",
    ),
)  # fmt: skip

LENET5 = (
    Count(
        "05.1", "How many connections does C1 have?", Q.CONNECTIONS, LENET5_1998, "C1",
        prompt="C1 has 6 maps of 28 by 28 units", solution="What the paper counts",
    ),
    Count(
        "05.2", "How many parameters does C1 have?", Q.PARAMETERS, LENET5_1998, "C1",
        prompt="C1 has 6 maps of 28 by 28 units", solution="What the paper counts",
    ),
    Reckoning(
        "05.3", "How many pixels lie from the first centre to the last?", (10 - 1) * 2,
        (
            ("units counted for steps", "You counted the units. How many steps lie between the "
             "first and the last?", 10 * 2),
            ("jump ignored", "You took neighbours to lie a single pixel apart.", 10 - 1),
            ("field taken for the distance", "That is what one unit sees.", 14),
        ),
        ("How many steps are there from the first unit to the last?", "How long is a step?"),
        prompt="a unit of C3 sees 14 by 14 pixels", solution="The input: why 32 by 32?",
    ),
    Count(
        "05.4", "How many parameters does S2 have?", Q.PARAMETERS, LENET5_1998, "S2",
        prompt="the parameters of S2, and its connections", solution="C1 and S2",
    ),
    Count(
        "05.5", "How many connections does S2 have?", Q.CONNECTIONS, LENET5_1998, "S2",
        prompt="the parameters of S2, and its connections", solution="C1 and S2",
    ),
    Count(
        "05.6", "How many weights does the layer of this small table have, with kernels of 5 by 5?",
        Q.WEIGHTS, LINKED, "linked",
        prompt="with kernels of 5 by 5, how many weights",
        solution="C3: not every map reads every map",
    ),
    Reckoning(
        "05.7", "By how much does the output grow when the sum goes from 0 to 1?",
        _squashed(1) - _squashed(0),
        (
            ("factor outside forgotten", "What is the tanh multiplied by?", tanh(2 / 3)),
            ("factor inside forgotten", "What is the sum multiplied by, before the tanh?",
             1.7159 * tanh(1)),
            ("limit taken for the value", "That is what the output comes near to.", 1.7159),
        ),
        ("Put both sums into the formula, and subtract.",),
        prompt="by how much does the output grow", solution="Squashing",
    ),
    Reckoning(
        "05.8", "How many parameters go when S2 and S4 become pooling without parameters?",
        BEFORE.total.parameters - AFTER.total.parameters,
        (
            ("bias forgotten", "You counted the coefficients. What else does each map have?",
             BEFORE["S2"].weights + BEFORE["S4"].weights),
            ("one layer forgotten", "That is one of the layers alone.",
             BEFORE["S2"].parameters),
            ("one layer forgotten", "That is one of the layers alone.",
             BEFORE["S4"].parameters),
        ),
        ("What does a map of S2 learn?", "How many maps does S2 have, and how many S4?"),
        prompt="S2 and S4 become pooling", solution="From 60,000 to 61,706",
    ),
)  # fmt: skip

COMPARING = (
    Reckoning(
        "07.1", "How many times as many weights does the fully connected network have?",
        FNN.weights / TABLE.weights,
        (
            ("ratio upside down", UPSIDE_DOWN, TABLE.weights / FNN.weights),
            ("MACs taken for weights", "You compared the work.", FNN.macs / TABLE.macs),
        ),
        ("Add up the column of the weights in each table.",),
        prompt="both ratios before you look", solution="Count both",
    ),
    Reckoning(
        "07.2", "How many times as many MACs does the convolutional network cost?",
        TABLE.macs / FNN.macs,
        (
            ("ratio upside down", UPSIDE_DOWN, FNN.macs / TABLE.macs),
            ("weights taken for MACs", "You compared what is learnt.",
             TABLE.weights / FNN.weights),
        ),
        ("Add up the column of the MACs in each table.",),
        prompt="both ratios before you look", solution="Count both",
    ),
)  # fmt: skip

INSIDE = (
    Count(
        "08.1", "How many pixels of a row does a unit of S4 see?", Q.FIELD, LENET5_1998, "S4",
        prompt="the field of S4", solution="What a unit sees",
    ),
    Count(
        "08.4", "How wide is the map of C5 when the image is 64 pixels wide?",
        Q.WIDTH, wide(64), "C5",
        prompt="the width of the C5 map", solution="The same network on a wider image",
    ),
)  # fmt: skip

QUESTIONS = (*PARAMETERS, *LENET5, *COMPARING, *INSIDE)
