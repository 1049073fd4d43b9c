"""Reports of one small network, word for word."""

import json

import pytest
from lenet import Network, report
from lenet.layers import RBF, Dense
from lenet.layers.foreign import Foreign

TINY = Network((2,), [Dense(3, name="a"), RBF(2, name="b_1")], name="tiny")
BARE = Network((2,), [Dense(3, use_bias=False, name="a"), RBF(2, name="b_1")], name="bare")
TEXT = """\
tiny
name    layer      output    weights    biases    parameters    fixed    MACs    sees
------  -------  --------  ---------  --------  ------------  -------  ------  ------
a       Dense           3          6         3             9        0       6       2
b_1     RBF             2          0         0             0        6       6       2
------  -------  --------  ---------  --------  ------------  -------  ------  ------
total                              6         3             9        6      12

a (Dense): 2 → 3
  output features: U = 3
  weights: N·U = 2·3 = 6
  biases: U = 3
  parameters: weights + biases = 6 + 3 = 9
  MACs: N·U = 2·3 = 6
  connections: weights + biases = 6 + 3 = 9
  activations: U = 3
  receptive field: r + (K - 1)·j = 1 + (2 - 1)·1 = 2

b_1 (RBF): 3 → 2
  output features: U = 2
  weights, biases and parameters: 0
  fixed, MACs and connections: N·U = 3·2 = 6
  activations: U = 2"""
MARKDOWN = """\
# tiny

| name   | layer   |   output |   weights |   biases |   parameters |   fixed |   MACs |   sees |
|:-------|:--------|---------:|----------:|---------:|-------------:|--------:|-------:|-------:|
| a      | Dense   |        3 |         6 |        3 |            9 |       0 |      6 |      2 |
| b_1    | RBF     |        2 |         0 |        0 |            0 |       6 |      6 |      2 |
| total  |         |          |         6 |        3 |            9 |       6 |     12 |        |

## a (Dense): 2 → 3

- output features: U = 3
- weights: N·U = 2·3 = 6
- biases: U = 3
- parameters: weights + biases = 6 + 3 = 9
- MACs: N·U = 2·3 = 6
- connections: weights + biases = 6 + 3 = 9
- activations: U = 3
- receptive field: r + (K - 1)·j = 1 + (2 - 1)·1 = 2

## b_1 (RBF): 3 → 2

- output features: U = 2
- weights, biases and parameters: 0
- fixed, MACs and connections: N·U = 3·2 = 6
- activations: U = 2"""
LATEX = r"""
\bottomrule
\end{tabular}

\[\begin{aligned} & \textbf{a} \\[6pt] & \text{output features} \\ & \quad = U \\ & \quad =  \mathbf{3} \\[6pt] & \text{weights} \\ & \quad = N \cdot U \\ & \quad = 2 \cdot 3 = \mathbf{6} \\[6pt] """  # noqa: E501
COMPARED = """\
sum            tiny    bare    ratio
-----------  ------  ------  -------
weights           6       6     1.00
biases            3       0     0.00
parameters        9       6     0.67
fixed             6       6     1.00
connections      15      12     0.80
macs             12      12     1.00
activations       5       5     1.00"""
SUMS = {"weights": 6, "fixed": 6, "macs": 12, "activations": 5, "unknown": []}


def test_text_and_markdown_word_for_word():
    assert report.shown(TINY) == report.shown(TINY, "text") == TEXT
    assert report.shown(TINY, "markdown") == MARKDOWN


def test_latex_is_a_table_and_a_display():
    latex = report.shown(TINY, "latex")
    assert latex.startswith("\\begin{tabular}{llrrrrrrr}\n\\toprule\n name   & layer   &   output")
    assert LATEX in latex
    assert latex.endswith(r"& \text{activations} \\ & \quad = U \\ & \quad =  \mathbf{2} "
                          r"\end{aligned}\]")  # fmt: skip


def test_json_entry_for_entry():
    data = json.loads(report.shown(TINY, "json"))
    first, second = data.pop("layers")
    sums = {"biases": 3, "parameters": 9, "connections": 15}
    assert data == {"name": "tiny", "input_shape": [2], "total": SUMS | sums}
    steps = first.pop("steps")
    assert first == {
        "name": "a", "layer": "Dense", "input_shape": [2], "output_shape": [3], "weights": 6,
        "biases": 3, "parameters": 9, "fixed": 0, "connections": 9, "macs": 6, "activations": 3,
        "receptive_field": [2],
    }  # fmt: skip
    assert steps[1] == {"quantity": "weights", "formula": "N·U", "numbers": "2·3", "result": 6}
    assert [step["quantity"] for step in steps] == [
        "output features", "weights", "biases", "parameters", "MACs", "connections",
        "activations", "receptive field",
    ]  # fmt: skip
    assert (second["name"], second["layer"], len(second["steps"])) == ("b_1", "RBF", 8)
    assert report.shown(TINY, "json").startswith('{\n  "name": "tiny",\n  "input_shape": [\n    2')


def test_comparisons_line_by_line():
    assert report.compared(TINY, BARE) == report.compared(TINY, BARE, "text") == COMPARED
    markdown = report.compared(TINY, BARE, "markdown").splitlines()
    assert markdown[0] == "| sum         |   tiny |   bare |   ratio |"
    assert [line.split() for line in report.compared(TINY, BARE, "latex").splitlines()][2] == [
        "sum", "&", "tiny", "&", "bare", "&", "ratio", r"\\"
    ]  # fmt: skip
    data = report.compared(TINY, BARE, "json")
    assert data.startswith('[\n  {\n    "name": "tiny",')
    assert json.loads(data) == [
        {"name": "tiny", "biases": 3, "parameters": 9, "connections": 15, **SUMS},
        {"name": "bare", "biases": 0, "parameters": 6, "connections": 12, **SUMS},
    ]


@pytest.mark.parametrize("style", ["text", "markdown"])
def test_what_is_not_known_has_no_ratio_and_is_said_once(style):
    known = Network((4, 3), Foreign("LSTM", (2,), 56, 1, name="lstm"), name="known by Keras")
    lines = report.compared(TINY, known, style).replace("|", " ").splitlines()
    assert [line.split() for line in lines][-2:] == [
        ["macs", "12", "at", "least", "0"], ["activations", "5", "2", "0.40"]
    ]  # fmt: skip
    lines = report.shown(known, style).splitlines()
    assert [line.strip("# ") for line in lines].count(
        "lstm (LSTM, counted by Keras, not derived): 4×3 → 2"
    ) == 1
    assert lines[-1].strip() == (
        "Keras counts the parameters of this layer and this book does not derive it: MACs, "
        "connections and receptive field are not known"
    )


def test_an_unknown_style_is_named_with_those_there_are():
    says = r"^no format 'PDF'; there are text, markdown, latex, json$"
    with pytest.raises(ValueError, match=says):
        report.shown(TINY, "PDF")
    with pytest.raises(ValueError, match=says):
        report.compared(TINY, BARE, "PDF")


def test_only_what_can_do_without_a_bias_loses_it():
    assert report.without_biases(TINY).layers == BARE.layers
    assert report.without_biases(TINY).name == "tiny"
