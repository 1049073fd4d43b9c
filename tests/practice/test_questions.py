"""Questions about layers that no chain of LeNet has, and about whole networks, by hand."""

import pytest
from lenet import LENET5_MODERN, POST_CODE, POST_TABLE, Network
from lenet.layers import (
    BatchNormalization,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    SeparableConv2D,
    ZeroPadding2D,
)
from lenet.practice.checking import diagnosis
from lenet.practice.quantities import Quantity as Q
from lenet.practice.questions import Count, reveals
from lenet.practice.reckonings import Estimate, Reckoning


def of_layer(asked, layer, came, **more) -> Count:
    return Count("0.0", "How many?", asked, Network(came, layer), more.pop("named", None), **more)


def named(question: Count, value) -> list[str]:
    return sorted(mistake.name for mistake in question.wrong.get(value, ()))


@pytest.mark.parametrize(
    ("asked", "layer", "came", "right", "wrong"),
    [
        (  # 4·4·3·8 weights at 14·14 places that come in; 28·28 go out
            Q.MACS, Conv2DTranspose(8, 4, 2, padding="same"), (14, 14, 3), 384 * 196,
            {384 * 784: "output grid for input grid", 128 * 196: "depth of the kernel forgotten"},
        ),
        (
            Q.WEIGHTS, DepthwiseConv2D(3), (8, 8, 16), 9 * 16,
            {9 * 16 * 16: "groups ignored", 3 * 16: "side of the kernel not squared"},
        ),
        (
            Q.PARAMETERS, BatchNormalization(), (8, 8, 16), 32,
            {64: "fixed numbers counted as learnt", 16: "bias forgotten"},
        ),
        (
            Q.SHAPE, ZeroPadding2D(2), (28, 30, 1), (32, 34, 1),
            {
                (30, 32, 1): "padding counted once", (36, 38, 1): "padding counted twice",
                (28, 30, 1): "padding forgotten",
            },
        ),
        (Q.HEIGHT, Conv1D(1, 3, padding="causal"), (9, 1), 9, {7: "padding forgotten"}),
        (Q.DROPPED, Conv2D(1, 3, 4), (10, 9, 1), 3, {2: "size of the window left out"}),
        (Q.PADDING, Conv2D(1, 5, padding="same"), (9, 9, 1), 4, {2: "padding counted once"}),
        (Q.PARAMETERS, SeparableConv2D(8, 3), (9, 9, 4), 76, {68: "bias forgotten"}),
        (Q.SHAPE, GlobalAveragePooling2D(), (7, 7, 512), (512,), {(None, 512): "batch counted"}),
        (Q.FIELD, Conv2D(1, 3, dilation_rate=2), (9, 9, 1), 5, {}),
    ],
)  # fmt: skip
def test_other_layers(asked, layer, came, right, wrong):
    question = of_layer(asked, layer, came)
    assert question.answer == right
    for value, name in wrong.items():
        assert named(question, value) == [name], value


def test_what_depends_on_the_map_before_a_flatten():
    layers = [Conv2D(4, 3, name="conv"), Flatten(), Dense(10, name="dense")]
    question = Count("0.0", "?", Q.WEIGHTS, Network((8, 7, 1), layers), "dense")
    assert question.answer == 6 * 5 * 4 * 10
    assert named(question, 6 * 5 * 10) == ["one map taken for all"]
    assert named(question, 6 * 4 * 10) == ["one side taken for the grid"]
    assert named(question, (6 * 5) ** 2 * 4 * 10) == ["spatial size squared twice"]


def test_a_whole_network_is_the_sum_and_a_slip_is_made_in_every_layer():
    question = Count("0.0", "?", Q.PARAMETERS, LENET5_MODERN)
    assert question.answer == 61706
    assert named(question, 61706 - (6 + 16 + 120 + 84 + 10)) == ["bias forgotten"]
    flat = 25 * 6 + 25 * 16 + 25 * 120 + 10080 + 840 + 236
    assert named(question, flat) == ["depth of the kernel forgotten"]


def test_a_network_that_is_easily_taken_for_another():
    whole = Count("0.0", "?", Q.PARAMETERS, POST_TABLE, instead=POST_CODE)
    assert named(whole, 388502) == ["another network taken for this one"]
    layer = Count("0.0", "?", Q.WEIGHTS, POST_TABLE, "Conv2", instead=POST_CODE)
    assert named(layer, 3 * 3 * 6 * 16) == ["another network taken for this one"]
    other = Count("0.0", "?", Q.WEIGHTS, POST_TABLE, "FC", instead=POST_CODE)
    assert "another network taken for this one" not in {
        mistake.name for kinds in other.wrong.values() for mistake in kinds
    }


def test_the_shape_of_a_network_is_that_of_its_last_layer():
    question = Count("0.0", "?", Q.SHAPE, LENET5_MODERN)
    assert question.answer == (10,)


@pytest.mark.parametrize(
    ("asked", "layer"), [(Q.FIELD, Flatten()), (Q.PADDING, Flatten()), (Q.WIDTH, Flatten())]
)
def test_what_a_layer_does_not_have_cannot_be_asked(asked, layer):
    came = (4, 4, 2)
    question = of_layer(asked, layer, came)
    if asked is Q.FIELD:
        assert question.answer == 1
    else:
        with pytest.raises(ValueError, match=r"layer 'flatten' \(Flatten\) has no"):
            assert question.answer


def test_two_slips_that_give_the_same_number_are_both_named_and_one_that_is_right_is_not():
    square = Count("0.0", "?", Q.WEIGHTS, Network((9, 9, 3), Conv2D(2, 3, name="c")), "c")
    assert named(square, 18) == ["depth of the kernel forgotten", "side of the kernel not squared"]
    grey = Count("0.0", "?", Q.WEIGHTS, Network((9, 9, 1), Conv2D(2, 3, name="c")), "c")
    assert grey.answer == 18 and 18 not in grey.wrong


def test_hints_come_from_the_derivation_and_stop_before_the_answer():
    c3 = Count("0.0", "?", Q.WEIGHTS, LENET5_MODERN, "C3")
    assert c3.hints[1:] == ("The formula is Kh·Kw·C·F.", "With numbers: 5·5·6·16.")
    one = Count("0.0", "?", Q.BIASES, LENET5_MODERN, "C3")  # the numbers are the answer
    assert one.hints[1:] == ("The formula is F.",)


def test_hints_that_are_told_stand_in_place_of_the_formula_and_do_not_give_the_answer_either():
    told = ("How deep is it?", "It is 2,400.")
    c3 = Count("0.0", "?", Q.WEIGHTS, LENET5_MODERN, "C3", told=told)
    assert c3.hints[1:] == told[:1]


def test_a_line_that_has_the_answer_in_it_reveals_it():
    assert reveals("With numbers: 2·2,400.", 2400) and reveals("28 by 28", (28, 28, 6))
    assert not reveals("With numbers: 24·100.", 2400) and not reveals("as 2400 or so", 240)


def test_a_reckoning_has_its_own_answer_and_slips():
    question = Reckoning("0.0", "?", 8.47, (("upside down", "Turn it.", 1 / 8.47),), ("Divide.",))
    assert question.causes(0.118)[0].name == "upside down" and not question.causes(7.0)
    assert question.hints == ("Divide.",)


def test_an_estimate_is_right_when_it_is_near_and_else_too_low_or_too_high():
    ways = (("guessing", "So would anybody.", 90.0), ("near it", "Not counted.", 12.0))
    question = Estimate("0.0", "?", 8.8, ways, ("Few.",), near=(6, 13))
    assert [question.accepts(value) for value in (5.99, 6, 8.8, 13, 13.01)] == [0, 1, 1, 1, 0]
    assert (
        question.praise == "Near enough: it is 8.8." and Reckoning("0", "?", 1).praise == "Right."
    )
    assert [question.blame(value) for value in (5, 14)] == [
        "Not yet: too low.",
        "Not yet: too high.",
    ]
    assert list(question.wrong) == [90.0]
    said = [diagnosis(question, given).lines for given in ("9", "90", "5", "(1, 2)")]
    assert said[:3] == [(question.praise,), ("Not yet: guessing. So would anybody.",),
                        ("Not yet: too low.",)]  # fmt: skip
    assert said[3][0].startswith("That is a shape.")
