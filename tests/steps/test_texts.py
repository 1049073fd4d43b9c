"""Derivations word for word: texts that were looked at, and the LaTeX of known lines."""

import pytest
import texts_of_values
import texts_of_windows
from known_networks import NETWORKS
from lenet import Network, derive
from lenet.layers import (
    Add,
    Conv2D,
    Dense,
    Flatten,
    LayerNormalization,
    MaxPooling2D,
    PointwiseDense,
    PReLU,
    Reshape,
)
from lenet.layers.foreign import Foreign
from lenet.steps import lines
from lenet.steps.step import step

TEXTS = texts_of_windows.TEXTS | texts_of_values.TEXTS


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_layer_shows_its_work(name):
    assert str(derive(NETWORKS[name])) == TEXTS[name]


@pytest.mark.parametrize(
    ("network", "quantity", "latex"),
    [
        ("turned round/1", "output height",
         r"= (N - 1) \cdot S + K \bmod 2 + A \\ & \quad = (15 - 1) \cdot 2 + 3 \bmod 2 + 1 ="),
        ("one axis/1", "output steps",
         r"= (N - 1) \cdot S + \max(K,\ S) \\ & \quad = (4 - 1) \cdot 2 + \max(3,\ 2) ="),
        ("channel by channel/1", "weights",
         r"= \text{depthwise} + \text{pointwise} \\ & \quad = 36 + 20 = \mathbf{56}"),
        ("normalised/6", "fixed", r"= 2 \cdot C + 1 \\ & \quad = 2 \cdot 5 + 1 = \mathbf{11}"),
        ("several/3", "output channels", r"= C_1 + C_2 \\ & \quad = 2 + 3 = \mathbf{5}"),
        ("three axes/0", "connections",
         r"= Z \cdot H \cdot W \cdot (\text{weights} + \text{biases}) \\ "
         r"& \quad = 4 \cdot 3 \cdot 2 \cdot (12 + 1) = \mathbf{312}"),
        ("channel by channel/3", "connections",
         r"= \text{MACs} + U \\ & \quad = 15 + 3 = \mathbf{18}"),
        ("early/0", "weights",
         r"= K_h \cdot K_w \cdot \frac{C}{G} \cdot F \\ "
         r"& \quad = 3 \cdot 3 \cdot \frac{4}{2} \cdot 6 = \mathbf{108}"),
        ("early/1", "output height",
         r"= \left\lfloor \frac{N - K}{S} \right\rfloor + 1 \\ "
         r"& \quad = \left\lfloor \frac{12 - 2}{2} \right\rfloor + 1 = \mathbf{6}"),
        ("early/0", "output width",
         r"= \left\lceil \frac{N}{S} \right\rceil \\ "
         r"& \quad = \left\lceil \frac{9}{1} \right\rceil = \mathbf{9}"),
    ],
)  # fmt: skip
def test_latex_of_known_steps(network, quantity, latex):
    name, number = network.split("/")
    (line,) = lines((derive(NETWORKS[name])[number][quantity],))
    assert line.latex.startswith(rf"& \text{{{quantity}}} \\ & \quad ")
    assert latex in line.latex


@pytest.mark.parametrize("units", [7, 1024])
def test_a_number_that_is_its_own_result_is_said_once(units):
    biases = derive(Dense(units), (2,))["dense"]["biases"]
    assert str(biases) == f"biases: U = {units:,}"
    result = f"{units:,}".replace(",", "{,}")
    (line,) = lines((biases,))
    assert line.latex == rf"& \text{{biases}} \\ & \quad = U \\ & \quad =  \mathbf{{{result}}}"


def test_what_is_0_has_no_formula():
    (line,) = lines((step("MACs", "0", {}),))
    assert line.text == "MACs: 0" and line.latex == r"& \text{MACs} = \mathbf{0}"


def test_neighbours_that_say_the_same_are_one_line():
    same, other = {"N": 9}, {"N": 8}
    steps = (
        step("output {}", "N", same, "height"), step("output {}", "N", same, "width"),
        step("output channels", "N", same), step("weights", "N", same), step("biases", "N", same),
        step("MACs", "N", other), step("jump{}", "N", same, ", height"),
        step("jump{}", "N", same, ", width"),
    )  # fmt: skip
    assert [line.quantity for line in lines(steps)] == [
        "output height, output width and output channels", "weights and biases", "MACs",
        "jump, height and width",
    ]  # fmt: skip


def test_one_more_use_of_a_layer_shows_its_work_and_no_numbers():
    conv = Conv2D(6, 5, padding="same")
    first = derive(Network((28, 28, 6), conv))["conv2d"]
    again = derive(NETWORKS["several"])["1"]
    assert {step.quantity for step in again.steps} == {step.quantity for step in first.steps}
    assert [again[name].result for name in ("weights", "biases", "parameters")] == [0, 0, 0]


def test_a_field_over_flat_features_is_derived_from_the_window_that_the_trace_has():
    layers = [Conv2D(2, 3), Flatten(), LayerNormalization(name="norm")]
    steps = derive(Network((8, 9, 1), layers))["norm"]
    assert [str(step) for step in steps.steps if "receptive" in step.quantity] == [
        "receptive field, height: r + (K - 1)·j = 3 + (6 - 1)·1 = 8",
        "receptive field, width: r + (K - 1)·j = 3 + (7 - 1)·1 = 9",
    ]


def test_what_comes_with_fewer_sides_has_sides_of_one():
    (joined,) = derive(Network(((4, 4, 3), (3,)), Add(), reads=[(-1, -2)]))
    assert [str(step) for step in joined.steps[:3]] == [
        "output height: max(N1, N2) = max(4, 1) = 4",
        "output width: max(N1, N2) = max(4, 1) = 4",
        "output channels: max(N1, N2) = max(3, 3) = 3",
    ]


def test_places_of_a_shape_that_is_no_map_are_numbered():
    layers = [Reshape((2, 2, 2, 2, 3)), PointwiseDense(5, name="dense")]
    steps = derive(Network((48,), layers))["dense"]
    assert str(steps["MACs"]) == "MACs: N1·N2·N3·N4·weights = 2·2·2·2·15 = 240"
    assert str(steps["output side 4"]) == "output side 4: N = 2"


def test_where_single_units_are_joined_the_jump_is_that_of_the_first():
    layers = [Conv2D(1, 8), MaxPooling2D(2), Conv2D(1, 4), Add(name="add")]
    network = Network((8, 8, 1), layers, reads=[(-1,), (-1,), (1,), (0, 2)])
    steps = derive(network)["add"]
    assert str(steps["jump, height"]) == "jump, height: j = 1"
    assert str(steps["jump, width"]) == "jump, width: j = 1"


def last_steps(*layers, of) -> dict[str, tuple[str, int]]:
    """What the derivation of the last layer says: each quantity's formula and result."""
    steps = derive(Network(of, layers)).layers[-1].steps
    return {step.quantity: (step.formula, step.result) for step in steps}


def test_of_a_layer_that_keras_counts_its_numbers_are_told():
    lstm, frozen = Foreign("LSTM", (28, 64), 23_808), Foreign("LSTM", (28, 64), 5, 9)
    counts = {"parameters": ("counted", 23_808), "activations": ("counted", 28 * 64)}
    sides = {"output steps": ("N", 28), "output channels": ("N", 64)}
    assert last_steps(lstm, of=(28, 28)) == sides | counts
    both = {"parameters": ("counted", 5), "fixed": ("counted", 9)}
    assert last_steps(frozen, of=(28, 28)) == sides | counts | both


def test_sides_that_have_no_letter_are_numbered():
    steps = last_steps(Reshape((2, 3, 1, 2, 5)), PReLU(shared_axes=(1,)), of=(60,))
    assert steps["weights"] == ("N2·N3·N4·N5", 30)
    assert steps["activations"] == ("N1·N2·N3·N4·N5", 60)


def test_the_step_between_taps_counts_in_border_and_rest():
    same = last_steps(Conv2D(1, 3, padding="same", dilation_rate=2), of=(9, 8, 1))
    assert (same["padding, height"][1], same["padding, width"][1]) == (4, 4)
    valid = last_steps(Conv2D(1, 3, 3, dilation_rate=3), of=(9, 10, 1))
    assert valid["dropped rows"][1] == 2 and "dropped columns" not in valid


def test_what_has_no_numbers_keeps_none_fixed():
    assert "fixed" not in last_steps(MaxPooling2D(trainable=False), of=(4, 4, 1))
    frozen = last_steps(Dense(3, trainable=False), of=(4,))
    assert frozen["fixed"] == ("weights + biases", 15) and frozen["parameters"][1] == 0


def test_a_step_along_no_axis_has_none():
    assert step("weights", "C", {"C": 3}).axis == ""
