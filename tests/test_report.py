import json

import pytest
from lenet import LENET5_1998, POST_FNN, POST_TABLE, Conv2D, Network, report
from lenet.layers import Foreign


def test_text_has_the_table_and_every_derivation():
    text = report.shown(POST_TABLE)
    assert repr(POST_TABLE.trace()) in text
    assert "weights: Kh·Kw·C·F = 4·4·6·16 = 1,536" in text


def test_fixed_numbers_have_a_column_where_there_are_any():
    assert "fixed" in report.shown(LENET5_1998).splitlines()[1]
    assert "fixed" not in report.shown(POST_TABLE).splitlines()[1]


def test_json_is_the_trace_with_its_steps():
    data = json.loads(report.shown(LENET5_1998, "json"))
    assert data["total"]["parameters"] == 60_000 and data["total"]["connections"] == 340_908
    rows = LENET5_1998.trace().rows
    assert [tuple(layer["output_shape"]) for layer in data["layers"]] == [
        row.output_shape for row in rows
    ]
    c3 = data["layers"][2]
    assert {"quantity": "weights", "formula": "Kh·Kw·L", "numbers": "5·5·60", "result": 1500} in (
        c3["steps"]
    )


def test_markdown_and_latex_are_whole():
    markdown = report.shown(POST_TABLE, "markdown")
    assert markdown.startswith("# the post's table\n\n| name") and markdown.count("\n## ") == 6
    latex = report.shown(POST_TABLE, "latex")
    assert latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") == 1
    assert "\n\n\\[" in latex and latex.endswith("\\]")
    assert latex.count(r"\begin{aligned}") == latex.count(r"\end{aligned}") == 1
    assert "622{,}728" in latex and "$" not in latex


def test_names_are_escaped_in_all_of_the_latex():
    latex = report.shown(Network((8, 8, 1), [Conv2D(6, 5), Conv2D(6, 3)], name="two"), "latex")
    assert latex.count(r"conv2d\_1") == 2 and "conv2d_1" not in latex


def test_lines_for_people_are_merged_and_json_keeps_each_step():
    assert "output height and width: floor((N - K) / S) + 1" in report.shown(POST_TABLE)
    steps = json.loads(report.shown(POST_TABLE, "json"))["layers"][0]["steps"]
    results = {step["quantity"]: step["result"] for step in steps}
    assert results["output height"] == results["output width"] == 62
    assert results["receptive field, height"] == 3 and results["activations"] == 62 * 62 * 6


@pytest.mark.parametrize("style", report.STYLES)
def test_a_comparison_has_both_sums(style):
    text = report.compared(POST_TABLE, POST_FNN, style).replace(",", "")
    assert "33090" in text and "122890" in text
    assert style == "json" or "3.71" in text


def test_without_biases_only_the_biases_go():
    bare = report.without_biases(POST_TABLE).trace().total
    assert (bare.weights, bare.biases, bare.macs) == (33_058, 0, POST_TABLE.trace().total.macs)


@pytest.mark.parametrize("style", ["text", "markdown", "latex"])
def test_a_key_says_what_the_letters_stand_for(style):
    plain, whole = report.shown(POST_TABLE, style), report.shown(POST_TABLE, style, key=True)
    said = whole.removeprefix(f"{plain}\n\n")
    assert whole != said and said[0] in "l|\\" and "height of the kernel" in said and "Kh" in said
    assert "height of the kernel" not in plain


def test_json_has_no_key():
    with pytest.raises(
        ValueError, match="the key of the letters is for people to read; not in json"
    ):
        report.shown(POST_TABLE, "json", key=True)


def test_an_unknown_format_is_refused():
    for call in (
        lambda: report.shown(POST_TABLE, "pdf"),
        lambda: report.compared(POST_TABLE, POST_FNN, "pdf"),
    ):
        with pytest.raises(ValueError, match="no format 'pdf'; there are text, markdown"):
            call()


def test_what_is_not_known_of_a_layer_is_null_in_json():
    network = Network((28, 28), [Foreign("LSTM", (64,), 23_808)])
    (layer,) = json.loads(report.shown(network, "json"))["layers"]
    assert layer["macs"] is layer["connections"] is layer["receptive_field"] is None
    assert layer["parameters"] == 23_808
    total = json.loads(report.compared(network, POST_FNN, "json"))[0]
    assert total["parameters"] == 23_808 and "macs" in total["unknown"]


def test_a_ledger_has_each_step_with_its_sign():
    made = [Network((5, 5, 1), [Conv2D(n, 5)], name=f"{n} maps") for n in (2, 50, 1)]
    table = report.ledger(iter(made))
    assert table.headers == ("what changes", "step", "parameters")
    assert table.rows == (
        ("2 maps", "", 52),
        ("50 maps", "+1,248", 1_300),
        ("1 maps", "-1,274", 26),
    )
