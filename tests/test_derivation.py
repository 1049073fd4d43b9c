"""Derivations of networks: what one can ask of them, and how they print."""

import pytest
from lenet import LENET5_MODERN, POST_CODE, Network, derive
from lenet.layers import Conv2D, Dense, Flatten, MaxPooling2D
from lenet.steps import formula
from lenet.table import escaped

LATEX = (
    r"$$\begin{aligned} & \text{weights} \\ & \quad = K_h \cdot K_w \cdot \frac{C}{G} \cdot F \\ "
    r"& \quad = 3 \cdot 3 \cdot \frac{4}{2} \cdot 6 = \mathbf{108} \\[6pt] "
    r"& \text{biases} \\ & \quad = F \\ & \quad =  \mathbf{6} \end{aligned}$$"
)
OBLONG = """\
conv2d (Conv2D): 12×9×1 → 5×7×1
  output height: floor((N - K) / S) + 1 = floor((12 - 3) / 2) + 1 = 5
  output width: floor((N - K) / S) + 1 = floor((9 - 3) / 1) + 1 = 7
  dropped rows: N + P - (O - 1)·S - K = 12 + 0 - (5 - 1)·2 - 3 = 1
  output channels: F = 1
  weights: Kh·Kw·C·F = 3·3·1·1 = 9
  biases: F = 1
  parameters: weights + biases = 9 + 1 = 10
  MACs: H·W·weights = 5·7·9 = 315
  connections: H·W·parameters = 5·7·10 = 350
  activations: H·W·F = 5·7·1 = 35
  receptive field, height and width: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump, height: j·S = 1·2 = 2"""
FLAT = """\
flat (Flatten): 3 → 3
  output features: N = 3
  weights, biases, parameters, MACs, connections and activations: 0

dense (Dense): 3 → 2
  output features: U = 2
  weights: N·U = 3·2 = 6
  biases: U = 2
  parameters: weights + biases = 6 + 2 = 8
  MACs: N·U = 3·2 = 6
  connections: weights + biases = 6 + 2 = 8
  activations: U = 2
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3"""


def test_steps_are_asked_for_by_layer_and_quantity():
    steps = derive(POST_CODE)["MaxPooling2"]
    assert str(steps["dropped rows"]) == (
        "dropped rows: N + P - (O - 1)·S - K = 29 + 0 - (14 - 1)·2 - 2 = 1"
    )
    assert steps["dropped columns"].result == 1
    assert derive(LENET5_MODERN)["C1"]["output height"].result == 28


def test_asking_for_what_is_not_there_lists_what_is():
    with pytest.raises(KeyError, match="no 'C9'; there are C1, S2"):
        derive(LENET5_MODERN)["C9"]
    with pytest.raises(KeyError, match="no 'dropped rows'; there are output height, output width"):
        derive(POST_CODE)["Conv1"]["dropped rows"]


def test_axes_are_told_apart_where_they_differ_and_are_one_line_elsewhere():
    assert str(derive(Conv2D(1, 3, strides=(2, 1)), (12, 9, 1))) == OBLONG
    assert "  output height and width: floor(" in str(derive(LENET5_MODERN)["C1"])
    assert "  dropped rows and columns: N + P" in str(derive(POST_CODE)["MaxPooling2"])


def test_features_have_one_axis():
    layers = [Flatten(name="flat"), Dense(2, name="dense")]
    assert str(derive(Network((3,), layers))) == FLAT


def test_one_layer_is_derived_with_the_shape_that_comes_in():
    network = Network((32, 32, 1), Conv2D(6, 5))
    assert derive(Conv2D(6, 5), (32, 32, 1)) == derive(network)
    assert derive(Conv2D(6, 5, name="C1"), [32, 32, 1])["C1"]["weights"].result == 150


def test_a_layer_without_a_shape_or_with_one_that_does_not_fit_is_refused():
    says = r"^derive a Conv2D with the shape that comes in, as in derive\(layer, \(32, 32, 1\)\)$"
    with pytest.raises(TypeError, match=says):
        derive(Conv2D(6, 5))
    with pytest.raises(ValueError, match=r"^layer 'conv2d', input .* kernel_size 5 does not fit"):
        derive(Conv2D(6, 5), (4, 4, 1))


def test_text_and_latex_of_some_steps_of_a_layer():
    layer = derive(LENET5_MODERN)["C3"].only("weights", "biases")
    assert str(layer) == (
        "C3 (Conv2D): 14×14×6 → 10×10×16\n  weights: Kh·Kw·C·F = 5·5·6·16 = 2,400\n  biases: F = 16"
    )
    grouped = derive(Conv2D(6, 3, groups=2), (12, 9, 4))["conv2d"]
    assert grouped.only("weights", "biases")._repr_latex_() == LATEX
    assert [step.quantity for step in grouped.only("biases", "weights").steps] == [
        "biases", "weights",
    ]  # fmt: skip


def test_the_whole_network_in_one_text_and_one_display():
    derivation = derive(LENET5_MODERN)
    assert str(derivation) == "\n\n".join(map(str, derivation))
    assert "48,120" in str(derivation)
    latex = derivation._repr_latex_()
    assert latex.startswith(r"$$\begin{aligned} & \textbf{C1} \\[6pt] & \text{output height and")
    assert latex.endswith(r"\end{aligned}$$")
    assert latex.count(r"\textbf") == 8 and latex.count("{") == latex.count("}")


def test_a_derivation_can_be_looped_over_layer_by_layer():
    names = [layer.row.name for layer in derive(LENET5_MODERN)]
    assert names == [row.name for row in LENET5_MODERN.trace()]
    assert [layer.row for layer in derive(LENET5_MODERN)] == list(LENET5_MODERN.trace())


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("C1", "C1"), ("conv2d_1", r"conv2d\_1"), ("a & b", r"a \& b"), ("50%", r"50\%"),
        ("$x", r"\$x"), ("#1", r"\#1"), ("{a}", r"\{a\}"), ("a\\b", r"a\textbackslash{}b"),
        ("a^2", r"a\textasciicircum{}2"), ("~a", r"\textasciitilde{}a"),
        ("_&%$#{}\\^~", r"\_\&\%\$\#\{\}\textbackslash{}\textasciicircum{}\textasciitilde{}"),
    ],
)  # fmt: skip
def test_names_are_escaped(name, latex):
    assert escaped(name) == latex
    network = Network((9, 9, 1), [Flatten(name=name)])
    assert rf"\textbf{{{latex}}}" in derive(network)._repr_latex_()


def test_names_that_were_given_by_number_are_escaped():
    network = Network((9, 9, 1), [Conv2D(2, 3), MaxPooling2D(), Conv2D(2, 3)])
    assert r"\textbf{conv2d\_1}" in derive(network)._repr_latex_()
    assert "conv2d_1 (Conv2D): " in str(derive(network))


def test_equal_steps_of_a_chain_are_made_once(monkeypatch):
    made, value = [], formula.value
    monkeypatch.setattr(formula, "value", lambda *of: made.append(of) or value(*of))
    network = Network((31, 37, 1), [Conv2D(41, 3, padding="same") for _ in range(200)])
    steps = [step for layer in derive(network) for step in layer.steps]
    assert len(steps) > 2_500 and len(made) < 500  # two of each layer: what it sees grows
