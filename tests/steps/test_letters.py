"""What the letters of the formulas stand for: all of them, only those shown, in plain words."""

import re

import pytest
from known_layers import KNOWN
from known_networks import NETWORKS
from lenet import Conv2D, Network, derive
from lenet.steps.letters import MEANINGS, key, meanings

WORDS = {"weights", "biases", "parameters", "MACs", "depthwise", "pointwise"}


WHOLE = """
letter    what it stands for
--------  ----------------------------------------------------------------------------
N         inputs along one axis, pixels or others; of a dense layer all its inputs
N1, N2    the same side of each layer that is read, or one side after the other
O         size of what goes out along one axis; with windows, their number
O1, O2    the sizes that were asked for
k         taps of the kernel along one axis
K         pixels that the kernel or window spans along one axis
S         stride: how far a window moves to its next place
D         dilation: the distance between two taps
P         zeros put around the input, both sides together
A         pixels added or taken off at the start, or added by a transposed convolution
B         pixels added or taken off at the end
Kt        length of the kernel
Kz        depth of the kernel
Kh        height of the kernel
Kw        width of the kernel
C         channels that come in
C1, C2    channels of each layer that is read
F         filters, and so the channels that go out
G         groups of channels
M         kernels for each channel
L         links from map to map
Q         products of one sum
U         units
I         layers that are read
R         numbers kept for each channel
T         length of what goes out
Z         depth of what goes out
H         height of what goes out, or of the maps that are put in one row
W         width of what goes out, or of the maps that are put in one row
t         length of what comes in
z         depth of what comes in
h         height of what comes in
w         width of what comes in
Lt        pixels that all windows read along the length
Lz        pixels that all windows read along the depth
Lh        pixels that all windows read along the height
Lw        pixels that all windows read along the width
r         receptive field of the layer before
j         jump of the layer before: pixels of the image between two neighbours
s1, s2    the first pixel that each way to the image sees
e1, e2    the pixel behind the last that each way sees
floor     rounded down to a whole number: ⌊ ⌋
ceil      rounded up to a whole number: ⌈ ⌉
max       the largest of them
min       the smallest of them
%         what a division leaves over: mod
""".strip()


def every_formula() -> set[str]:
    """The formulas of layers of every kind."""
    alone = [
        Network(shape, layer, reads=[(-1, -1)] if layer.merges else None)
        for layer, shape, *_ in KNOWN
        if not isinstance(shape[0], tuple)
    ]
    return {
        step.formula
        for network in [*alone, *NETWORKS.values()]
        for layer in derive(network)
        for step in layer.steps
    }


def test_every_letter_has_a_meaning_and_none_is_left_over():
    names = set(re.findall(r"[A-Za-z]\w*|%", " ".join(every_formula()))) - WORDS
    assert {re.sub(r"\d+$", "n", name) for name in names} == MEANINGS.keys()


def test_every_meaning_is_said_once():
    assert len(set(MEANINGS.values())) == len(MEANINGS)


def test_the_whole_key_reads_well():
    assert repr(key(every_formula())) == WHOLE


def test_a_derivation_has_the_letters_that_it_shows_and_no_others():
    layer = Conv2D(4, 3, strides=2, padding="same", groups=2)
    steps = derive(Network((8, 8, 2), layer))
    assert [letter for letter, _ in steps["conv2d"].only("weights").key().rows] == [
        "Kh", "Kw", "C", "F", "G",
    ]  # fmt: skip
    letters = [letter for letter, _ in steps.key().rows]
    assert letters == [letter for letter, _ in steps["conv2d"].key().rows]
    assert {"N", "S", "O", "F", "r", "ceil", "max"} < set(letters)
    assert not {"D", "k", "U", "floor"} & set(letters)
    assert steps["conv2d"].only("biases").key().headers == ("letter", "what it stands for")


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        (["weights + biases", "0", "1"], {}),
        (["N1 + N2"], {"N1, N2": MEANINGS["Nn"]}),
        (["max(e1, e2) - min(s1, s2)"], {
            "s1, s2": "the first pixel that each way to the image sees",
            "e1, e2": "the pixel behind the last that each way sees",
            "max": "the largest of them",
            "min": "the smallest of them",
        }),
    ],
)  # fmt: skip
def test_letters_with_an_index_stand_together_and_words_are_none(formulas, expected):
    assert meanings(formulas) == expected
