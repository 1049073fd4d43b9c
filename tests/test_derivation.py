import math

import pytest
from hypothesis import given
from lenet import LENET5_MODERN, POST_CODE, Conv2D, Network, derive
from lenet.layers import Layer
from lenet.steps import steps_of
from networks import networks

NAMES = {
    "weights": "weights",
    "biases": "biases",
    "parameters": "parameters",
    "connections": "connections",
    "MACs": "macs",
}


def worth(numbers: str) -> int:
    """What a derivation's expression comes to, computed from its text alone."""
    return eval(  # only on texts that the package wrote in this test
        numbers.replace("·", "*"), {"floor": math.floor, "ceil": math.ceil, "max": max}
    )


@given(networks())
def test_every_step_comes_to_its_result_and_to_the_trace(network):
    for layer in derive(network):
        row = layer.row
        for step in layer.steps:
            assert worth(step.numbers) == step.result, step
            if step.quantity in NAMES:
                assert step.result == getattr(row, NAMES[step.quantity]), step
            if step.quantity.startswith("output height"):
                assert step.result == row.output_shape[0]
            if step.quantity == "output width":
                assert step.result == row.output_shape[1]
            if step.quantity.startswith("receptive field"):
                assert step.result in row.receptive_field


def test_formula_and_numbers_have_the_same_form():
    for layer in derive(POST_CODE):
        for step in layer.steps:
            assert step.formula.count("·") == step.numbers.count("·")
            assert step.formula.count("(") == step.numbers.count("(")


def test_what_a_floor_drops_is_told():
    steps = derive(POST_CODE)["MaxPooling2"]
    assert steps["dropped rows and columns"].result == 1
    assert "29 + 0 - (14 - 1)·2 - 2 = 1" in str(steps)
    with pytest.raises(KeyError, match="dropped"):
        derive(POST_CODE)["Conv1"]["dropped rows and columns"]


def test_axes_are_told_apart_only_where_they_differ():
    oblong = derive(Network((12, 9, 1), [Conv2D(1, 3, strides=(2, 1))]))["conv2d"]
    assert oblong["output height"].result == 5 and oblong["output width"].result == 7
    assert oblong["dropped rows"].result == 1
    assert derive(LENET5_MODERN)["C1"]["output height and width"].result == 28


def test_text_and_latex_of_a_layer():
    layer = derive(LENET5_MODERN)["C3"].only("weights", "biases")
    assert str(layer) == (
        "C3 (Conv2D): 14×14×6 → 10×10×16\n  weights: Kh·Kw·C·F = 5·5·6·16 = 2,400\n  biases: F = 16"
    )
    latex = layer._repr_latex_()
    assert latex.startswith("$$") and latex.endswith("$$")
    assert r"K_h \cdot K_w \cdot C \cdot F" in latex and r"\mathbf{2{,}400}" in latex
    assert latex.count("{") == latex.count("}")


def test_the_whole_network_in_one_text():
    text = str(derive(LENET5_MODERN))
    assert text.count("\n\n") == 7 and "48,120" in text
    assert derive(LENET5_MODERN)._repr_latex_().count(r"\textbf") == 8


def test_asking_for_what_is_not_there_lists_what_is():
    with pytest.raises(KeyError, match="no 'C9'; there are C1, S2"):
        derive(LENET5_MODERN)["C9"]


def test_a_layer_without_a_derivation_is_an_error_not_a_silence():
    row = LENET5_MODERN.trace().rows[0]
    with pytest.raises(NotImplementedError, match="no derivation is known for Layer"):
        steps_of(Layer(), row)
