import lenet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lenet import LENET5_MODERN, POST_CODE, POST_TABLE, notation
from lenet.layers.arguments import ACTIVATIONS
from lenet.notation import KINDS, WORDS, NotationError, parse

LINES = {
    "64x64x3: conv 6 3x3 relu, maxpool 2, conv 16 4x4 relu, maxpool 2, flatten,"
    " dense 10 softmax": POST_TABLE,
    "64x64x3: conv 6 3 relu, maxpool 2, conv 16 3 relu, maxpool 2, flatten,"
    " dense 120 relu, dense 84 relu, dense 10 softmax": POST_CODE,
    "32x32x1:conv 6 5 tanh,avgpool 2,conv 16 5 tanh,avgpool 2,conv 120 5 tanh,flatten,"
    "dense 84 tanh,dense 10 softmax": LENET5_MODERN,
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_says_what_the_python_says(line):
    expected, found = LINES[line].trace(), parse(line).trace()
    assert found.total == expected.total
    assert [row.output_shape for row in found.rows] == [row.output_shape for row in expected.rows]
    kinds = [(type(row.layer), getattr(row.layer, "activation", None)) for row in found.rows]
    assert kinds == [
        (type(row.layer), getattr(row.layer, "activation", None)) for row in expected.rows
    ]


def test_every_option_reaches_its_argument():
    (layer,) = parse(
        "9x9x4: conv 6 5x3 stride 2x1 dilation 1 groups 2 same nobias as C1 relu"
    ).layers
    assert (layer.kernel_size, layer.strides, layer.dilation_rate) == ((5, 3), (2, 1), (1, 1))
    assert (layer.groups, layer.padding, layer.use_bias) == (2, "same", False)
    assert (layer.name, layer.activation) == ("C1", "relu")
    assert parse("9x9x1: maxpool 3 stride 2 valid").layers[0].strides == (2, 2)
    assert parse("84: rbf 10").layers[0].units == 10


SLIPS = {  # line: (place of the mark, what is said)
    "": (0, "expected an input shape and a colon"),
    "32x32x1": (7, "expected an input shape and a colon"),
    "32x32x1:": (8, "expected a layer: conv, local"),
    "32x32: conv 6 5": (0, "expected HEIGHTxWIDTHxCHANNELS or FEATURES, got 32x32"),
    " 0x3x3: flatten": (1, "got 0x3x3"),
    "32x32x1: conw 6 5": (9, "'conw' is no layer; did you mean conv?"),
    "32x32x1: 9": (9, "'9' is no layer; there are conv, local"),
    "32x32x1: conv 6": (16, "conv needs filters and kernel_size: no kernel_size here"),
    "32x32x1: conv 6x6": (14, "expected a count such as 6 for filters, got '6x6'"),
    "32x32x1: conv 6x6 5": (14, "expected a count such as 6 for filters, got '6x6'"),
    "32x32x1: conv 6 5x": (16, "expected a size such as 5 or 5x3 for kernel_size, got '5x'"),
    "32x32x1: conv 6 5 tnah": (18, "'tnah' is not known here; did you mean tanh?"),
    "32x32x1: conv 6 5 rleu": (18, "'rleu' is not known here; did you mean relu?"),
    "32x32x1: dropout options": (17, "'options' is not known here"),
    "32x32x1: conv 6 5 stride": (25, "expected a size here"),
    "32x32x1: conv 6 5 as": (21, "expected a name here"),
    "32x32x1: conv 6 5,": (18, "expected a layer: conv"),
    "32x32x1: conv 6 5,, flatten": (18, "expected a layer: conv"),
    "32x32x1: maxpool 2 nobias": (19, "maxpool takes no 'nobias'"),
    "32x32x1: conv 6 5 relu tanh": (23, "activation is said twice"),
    "32x32x1: conv 6 5, conv 6 50": (19, "conv does not fit: kernel_size 50"),
    "32x32x1: dense 10": (9, "dense does not fit: Dense needs a flat input"),
    "32x32x1: conv 6 5 groups 4": (9, "groups"),
    "8: dense 3 as a, dense 3 as a": (2, "layer names must differ, got a more than once"),
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_shown_where_it_is(line):
    place, says = SLIPS[line]
    with pytest.raises(NotationError) as caught:
        parse(line)
    problem, shown, mark = str(caught.value).split("\n")
    assert says in problem and shown == f"  {line}"
    assert caught.value.start == place and mark.index("^") == place + 2


words = st.sampled_from([*KINDS, *WORDS, "6", "5x5", "2", ",", ":", "32x32x1", "x", "-1", "é"])


@given(st.lists(words, max_size=9).map(" ".join) | st.text(max_size=30))
def test_nonsense_never_breaks_out(text):
    """Either a network comes out, or an error with a mark inside the line or at its end."""
    try:
        network = parse(text)
    except NotationError as error:
        assert 0 <= error.start <= len(text) + 1
    else:
        assert network.source == text


def test_the_help_names_every_kind_and_word():
    for word in (*KINDS, *notation.SIZED, *notation.PLAIN, "as"):
        assert word in notation.__doc__


def test_layers_of_later_years_have_words_too():
    line = "32x32x3: pad 2, separable 8 3 same, batchnorm, depthwise 3 nobias, upsample 2, "
    line += "convtranspose 4 2 stride 2, dropout, globalavgpool, dense 10"
    network = parse(line)
    assert [row.output_shape for row in network.trace().rows] == [
        (36, 36, 3), (36, 36, 8), (36, 36, 8), (34, 34, 8), (68, 68, 8), (136, 136, 4),
        (136, 136, 4), (4,), (10,),
    ]  # fmt: skip
    assert network.trace().total.fixed == 16
    assert [layer.name for layer in network.layers[-3:]] == [
        "dropout", "global_average_pooling2d", "dense",
    ]  # fmt: skip


@pytest.mark.parametrize("word", KINDS)
def test_every_layer_of_the_notation_can_be_imported_from_lenet(word):
    make, _ = KINDS[word]
    layer = getattr(make, "func", make)
    assert getattr(lenet, layer.__name__) is layer and layer.__name__ in lenet.__all__


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_that_layers_know_has_its_word(activation):
    assert parse(f"8: dense 3 {activation}").layers[0].activation == activation


def test_of_a_long_line_what_is_around_the_slip_is_shown():
    line = "9x9x1: " + "conv 1 1, " * 50 + "conw 1 1" + ", conv 1 1" * 50
    with pytest.raises(NotationError) as caught:
        parse(line)
    _, shown, mark = str(caught.value).split("\n")
    assert shown.startswith("  ...") and shown.endswith("...") and len(shown) < 120
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "conw"
    with pytest.raises(NotationError) as caught:
        parse("9x9x1: " + "conv 1 1, " * 50 + "conv 1")
    _, shown, mark = str(caught.value).split("\n")
    assert shown.endswith("conv 1") and mark.index("^") == len(shown) + 1


def test_what_a_terminal_would_obey_is_shown_with_the_mark_below_it():
    with pytest.raises(NotationError) as caught:
        parse("8: dense\t3 \x1b[2J")
    assert str(caught.value).split("\n")[1:] == [
        r"  8: dense\u00093 \u001b[2J",
        "                  ^^^^^^^^^",
    ]
