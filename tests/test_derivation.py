import math

import pytest
from hypothesis import given
from lenet import (
    LENET5_MODERN,
    POST_CODE,
    RBF,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected2D,
    MaxPooling2D,
    Network,
    PartialConv2D,
    Subsampling2D,
    derive,
)
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

EVERY_KIND = [
    Conv2D(6, 3, padding="same", dilation_rate=2, groups=2, name="grouped"),
    Subsampling2D(2, name="subsampled"),
    PartialConv2D(((0, 1), (2, 3, 5)), 3, shared_bias=False, name="partial"),
    LocallyConnected2D(2, (2, 1), name="unshared"),
    MaxPooling2D((3, 2), name="pooled"),
    Flatten(name="flat"),
    Dense(3, use_bias=False, name="dense"),
    RBF(2, name="codes"),
]
EVERY_KIND_TEXT = """\
grouped (Conv2D): 12×9×4 → 12×9×6
  kernel span, height: D·(k - 1) + 1 = 2·(3 - 1) + 1 = 5
  output height: ceil(N / S) = ceil(12 / 1) = 12
  padding, height: max((O - 1)·S + K - N, 0) = max((12 - 1)·1 + 5 - 12, 0) = 4
  kernel span, width: D·(k - 1) + 1 = 2·(3 - 1) + 1 = 5
  output width: ceil(N / S) = ceil(9 / 1) = 9
  padding, width: max((O - 1)·S + K - N, 0) = max((9 - 1)·1 + 5 - 9, 0) = 4
  weights: Kh·Kw·(C / G)·F = 3·3·(4 / 2)·6 = 108
  biases: F = 6
  parameters: weights + biases = 108 + 6 = 114
  connections: H·W·parameters = 12·9·114 = 12,312
  MACs: H·W·weights = 12·9·108 = 11,664
  receptive field: r + (K - 1)·j = 1 + (5 - 1)·1 = 5
  jump: j·S = 1·1 = 1

subsampled (Subsampling2D): 12×9×6 → 6×4×6
  output height: floor((N - K) / S) + 1 = floor((12 - 2) / 2) + 1 = 6
  output width: floor((N - K) / S) + 1 = floor((9 - 2) / 2) + 1 = 4
  dropped columns: N + P - (O - 1)·S - K = 9 + 0 - (4 - 1)·2 - 2 = 1
  weights: C = 6
  biases: C = 6
  parameters: weights + biases = 6 + 6 = 12
  connections: H·W·C·(Kh·Kw + 1) = 6·4·6·(2·2 + 1) = 720
  MACs: 0
  receptive field: r + (K - 1)·j = 5 + (2 - 1)·1 = 6
  jump: j·S = 1·2 = 2

partial (PartialConv2D): 6×4×6 → 4×2×2
  output height: floor((N - K) / S) + 1 = floor((6 - 3) / 1) + 1 = 4
  output width: floor((N - K) / S) + 1 = floor((4 - 3) / 1) + 1 = 2
  weights: Kh·Kw·L = 3·3·5 = 45
  biases: H·W·F = 4·2·2 = 16
  parameters: weights + biases = 45 + 16 = 61
  MACs: H·W·weights = 4·2·45 = 360
  connections: MACs + H·W·F = 360 + 4·2·2 = 376
  receptive field: r + (K - 1)·j = 6 + (3 - 1)·2 = 10
  jump: j·S = 2·1 = 2

unshared (LocallyConnected2D): 4×2×2 → 3×2×2
  output height: floor((N - K) / S) + 1 = floor((4 - 2) / 1) + 1 = 3
  output width: floor((N - K) / S) + 1 = floor((2 - 1) / 1) + 1 = 2
  weights: H·W·Kh·Kw·C·F = 3·2·2·1·2·2 = 48
  biases: H·W·F = 3·2·2 = 12
  parameters: weights + biases = 48 + 12 = 60
  MACs: weights = 48
  connections: MACs + H·W·F = 48 + 3·2·2 = 60
  receptive field, height: r + (K - 1)·j = 10 + (2 - 1)·2 = 12
  jump, height: j·S = 2·1 = 2
  receptive field, width: r + (K - 1)·j = 10 + (1 - 1)·2 = 10
  jump, width: j·S = 2·1 = 2

pooled (MaxPooling2D): 3×2×2 → 1×1×2
  output height: floor((N - K) / S) + 1 = floor((3 - 3) / 3) + 1 = 1
  output width: floor((N - K) / S) + 1 = floor((2 - 2) / 2) + 1 = 1
  parameters: 0
  connections: H·W·C·Kh·Kw = 1·1·2·3·2 = 12
  MACs: 0
  receptive field, height: r + (K - 1)·j = 12 + (3 - 1)·2 = 16
  jump, height: j·S = 2·3 = 6
  receptive field, width: r + (K - 1)·j = 10 + (2 - 1)·2 = 12
  jump, width: j·S = 2·2 = 4

flat (Flatten): 1×1×2 → 2
  features: H·W·C = 1·1·2 = 2
  parameters: 0
  MACs: 0

dense (Dense): 2 → 3
  weights: N·U = 2·3 = 6
  biases: 0
  parameters: weights + biases = 6 + 0 = 6
  connections: weights + biases = 6 + 0 = 6
  MACs: N·U = 2·3 = 6
  receptive field, height: r + (K - 1)·j = 16 + (1 - 1)·6 = 16
  jump, height: j·S = 6·1 = 6
  receptive field, width: r + (K - 1)·j = 12 + (1 - 1)·4 = 12
  jump, width: j·S = 4·1 = 4

codes (RBF): 3 → 2
  parameters: 0
  fixed: N·U = 3·2 = 6
  connections: N·U = 3·2 = 6
  MACs: N·U = 3·2 = 6
  receptive field, height: r + (K - 1)·j = 16 + (1 - 1)·6 = 16
  jump, height: j·S = 6·1 = 6
  receptive field, width: r + (K - 1)·j = 12 + (1 - 1)·4 = 12
  jump, width: j·S = 4·1 = 4"""
FLAT_TEXT = """\
flat (Flatten): 3 → 3
  features: N = 3
  parameters: 0
  MACs: 0

dense (Dense): 3 → 2
  weights: N·U = 3·2 = 6
  biases: U = 2
  parameters: weights + biases = 6 + 2 = 8
  connections: weights + biases = 6 + 2 = 8
  MACs: N·U = 3·2 = 6
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·1 = 1"""
LATEX = (
    r"$$\begin{aligned} & \text{weights} \\ & \quad = K_h \cdot K_w \cdot \frac{C}{G} \cdot F \\ "
    r"& \quad = 3 \cdot 3 \cdot \frac{4}{2} \cdot 6 = \mathbf{108} \\[6pt] "
    r"& \text{biases} \\ & \quad = F \\ & \quad =  \mathbf{6} \end{aligned}$$"
)


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


def test_every_kind_of_layer_shows_its_work():
    network = Network((12, 9, 4), EVERY_KIND)
    assert str(derive(network)) == EVERY_KIND_TEXT
    assert derive(network)["grouped"].only("weights", "biases")._repr_latex_() == LATEX


def test_features_have_one_axis():
    layers = [Flatten(name="flat"), Dense(2, name="dense")]
    assert str(derive(Network((3,), layers))) == FLAT_TEXT


def test_asking_for_what_is_not_there_lists_what_is():
    with pytest.raises(KeyError, match="no 'C9'; there are C1, S2"):
        derive(LENET5_MODERN)["C9"]


def test_a_layer_without_a_derivation_is_an_error_not_a_silence():
    row = LENET5_MODERN.trace().rows[0]
    with pytest.raises(NotImplementedError, match="no derivation is known for Layer"):
        steps_of(Layer(), row)
