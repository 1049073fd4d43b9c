"""Questions of the exercises: one exercise of each chapter is checked."""

from lenet.architectures import LENET5_1998
from lenet.descent import OneWeight
from lenet.layers import Conv1D, Conv2D, Dense, DepthwiseConv2D
from lenet.network import Network
from lenet.practice.book.counts import TWICE_AS_LARGE, wide
from lenet.practice.book.learning import gradient_slips, step_slips
from lenet.practice.quantities import Quantity as Q
from lenet.practice.questions import Count
from lenet.practice.reckonings import Reckoning

MAPS, SIDE, KERNEL = 12, 8, 5  # of H1 in the network that read zip codes
UNIT, START, RATE = OneWeight(input=3, wanted=9), 2, 0.01
DIGITS, BATCH = 60_000, 128
PAIR = Network(
    (28, 28, 40),
    [
        DepthwiseConv2D(5, padding="same", use_bias=False, name="depthwise"),
        Conv2D(80, 1, use_bias=False, name="mix"),
    ],
)
ORDINARY = Network((28, 28, 40), Conv2D(80, 5, padding="same", use_bias=False, name="ordinary"))

BY_HAND = (
    Reckoning(
        "01.1", "How many weights does H1 have?", MAPS * KERNEL**2,
        (
            ("maps forgotten", "You counted one map. How many are there?", KERNEL**2),
            ("sharing forgotten", "You gave each unit weights of its own. Who shares?",
             MAPS * SIDE**2 * KERNEL**2),
            ("one side of the window taken", "You took one side of the window. How many pixels "
             "are in it?", MAPS * KERNEL),
        ),
        ("How many weights does one window have?", "How many maps have one?"),
        prompt="how many weights does H1 have", solution="Exercise 1.1",
    ),
    Reckoning(
        "01.2", "And how many biases?", MAPS * SIDE**2,
        (
            ("a bias for each map", "You gave each map one bias. Who has one here?", MAPS),
            ("maps forgotten", "You counted one map. How many are there?", SIDE**2),
            ("one side of the map taken", "You took one side of a map. How many units are in it?",
             MAPS * SIDE),
        ),
        ("How many units does one map have?",),
        prompt="how many weights does H1 have", solution="Exercise 1.1",
    ),
    Count(
        "02.9", "How many weights does a layer with 4 filters of 5 by 5 on 6 maps have?",
        Q.WEIGHTS, Network((14, 14, 6), Conv2D(4, 5, use_bias=False, name="layer")), "layer",
        prompt="how many weights does it have", solution="Exercise 2.3",
        told=("A kernel is as deep as what it reads.", "How many kernels are there?"),
    ),
    Count(
        "03.19", "A kernel of 5 moves by 3 over 28 pixels: how many windows are there?",
        Q.HEIGHT, Network((28, 1), Conv1D(1, 5, 3)), "conv1d",
        prompt="a kernel of 5 moves by 3 over 28 pixels", solution="Exercise 3.1",
    ),
    Count(
        "04.10", "A dense layer of 10 units reads 50 numbers: how many parameters does it have?",
        Q.PARAMETERS, Network((50,), Dense(10, name="dense")), "dense",
        prompt="a dense layer of 10 units reads 50 numbers", solution="Exercise 4.1",
    ),
    Count(
        "05.9", "How many connections does S4 have?", Q.CONNECTIONS, LENET5_1998, "S4",
        prompt="how many connections do S4 and C5 have", solution="Exercise 5.4",
    ),
    Count(
        "05.10", "And how many does C5 have?", Q.CONNECTIONS, LENET5_1998, "C5",
        prompt="how many connections do S4 and C5 have", solution="Exercise 5.4",
    ),
)  # fmt: skip

LEARNING = (
    Reckoning(
        "06.13", "What is its loss?", UNIT.loss(START),
        (
            ("not squared", "That is the error. What does the loss do to it?", 3 * START - 9),
            ("wanted forgotten", "You squared the output. How far is it from what it should be?",
             (3 * START) ** 2),
        ),
        ("What does the unit give, and how far is that from what it should?",),
        prompt="what are its loss", solution="Exercise 6.1",
    ),
    Reckoning(
        "06.14", "What is its gradient?", UNIT.gradient(START),
        gradient_slips(UNIT, START),
        ("The gradient is twice the error times the input.",),
        prompt="what are its loss", solution="Exercise 6.1",
    ),
    Reckoning(
        "06.15", "What is its weight after one step?", UNIT.walk(START, RATE, 1)[-1],
        step_slips(UNIT, START, RATE),
        ("The new weight is the weight minus the rate times the gradient.",),
        prompt="what are its loss", solution="Exercise 6.1",
    ),
)  # fmt: skip

LATER = (
    Count(
        "07.6", "How many weights does it then have?", Q.WEIGHTS, TWICE_AS_LARGE, "Conv1",
        prompt="how many weights does it then have", solution="Exercise 7.1",
    ),
    Count(
        "07.7", "And how many MACs?", Q.MACS, TWICE_AS_LARGE, "Conv1",
        prompt="how many weights does it then have", solution="Exercise 7.1",
    ),
    Count(
        "08.5", "How wide is the map of C5 for an image that is 100 pixels wide?",
        Q.WIDTH, wide(100), "C5",
        prompt="how wide is the map of C5 for an image", solution="Exercise 8.2",
    ),
    Reckoning(
        "09.8", "How many updates does ours make in a pass over 60,000 digits?", DIGITS // BATCH,
        (
            ("rest counted for a batch", "You counted what is left over as a batch. Is it one?",
             -(-DIGITS // BATCH)),
            ("an update for each digit", "So many the paper's training makes.", DIGITS),
            ("rest taken for the answer", "So many digits are left over.", DIGITS % BATCH),
        ),
        ("How many whole batches of 128 are there?",),
        prompt="how many updates does ours make", solution="Exercise 9.5",
    ),
    Count(
        "10.16", "How many weights does the depthwise layer have?", Q.WEIGHTS, PAIR, "depthwise",
        prompt="how many weights do the two layers have", solution="Exercise 10.1",
        told=("Each map has one kernel of its own.",),
    ),
    Count(
        "10.17", "And how many the layer of 1 by 1?", Q.WEIGHTS, PAIR, "mix",
        prompt="how many weights do the two layers have", solution="Exercise 10.1",
    ),
    Count(
        "10.18", "And one ordinary layer in their place?", Q.WEIGHTS, ORDINARY, "ordinary",
        prompt="how many weights do the two layers have", solution="Exercise 10.1",
    ),
    Count(
        "11.3", "How many places of C5 are there?", Q.WIDTH, wide(96), "C5",
        prompt="how many places of C5 are there", solution="Exercise 11.2",
    ),
)  # fmt: skip

QUESTIONS = (*BY_HAND, *LEARNING, *LATER)
