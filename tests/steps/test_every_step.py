"""Every step of every kind of layer: derivation, trace, text and LaTeX say the same."""

import ast
import math
import re
from collections import Counter

import pytest
from any_layer import any_on_shapes
from hypothesis import given, settings
from known_layers import KNOWN
from known_networks import NETWORKS
from lenet import Network, derive
from lenet.layers import Layer, Shared
from lenet.layers.base import WindowLayer
from lenet.layers.convolution import ConvTranspose
from lenet.steps import Step, common, convolution, formula, lines, steps_of
from lenet.steps.step import _step, _with_letters
from lenet.trace import Row
from loops_by_kind import placed
from networks import graphs
from reading import letters, numbers_of, worth

COUNTS = {
    "weights": "weights", "biases": "biases", "parameters": "parameters", "fixed": "fixed",
    "connections": "connections", "MACs": "macs", "activations": "activations",
}  # fmt: skip
AXES = {1: [""], 2: [", height", ", width"], 3: [", depth", ", height", ", width"]}
RESULT = re.compile(r"\\mathbf\{((?:\d|\{,\})+)\}$")


def held_to_its_numbers(step: Step) -> None:
    """Text and LaTeX have the same letters and numbers, and each comes to the result."""
    numbers = numbers_of(step.formula, step.numbers)
    assert letters(step.formula) == letters(step.latex_formula) == set(numbers), step
    assert not letters(step.numbers) and not letters(step.latex_numbers), step
    for written in (step.formula, step.latex_formula):
        assert worth(written, numbers) == step.result, step
    for written in (step.numbers, step.latex_numbers):
        assert worth(written) == step.result, step
    assert numbers_of(step.latex_formula, step.latex_numbers) == numbers, step


def held_to_its_row(row: Row, steps: tuple[Step, ...]) -> None:
    """Each number of the row is the result of the one step that is named so."""
    times = Counter(step.quantity for step in steps)
    assert set(times.values()) == {1}, times
    results = {step.quantity: step.result for step in steps}
    for quantity, name in COUNTS.items():
        assert results.get(quantity, 0) == getattr(row, name), quantity
    assert COUNTS.keys() - results.keys() <= {"fixed"}
    sides = [step.result for step in steps if step.quantity.startswith("output ")]
    assert tuple(sides) == row.output_shape
    held_to_its_view(row, results)
    inner = row.layer.layer if isinstance(row.layer, Shared) else row.layer
    if isinstance(inner, WindowLayer) and not isinstance(inner, ConvTranspose):
        held_to_its_windows(inner, row.input_shape, results)


def held_to_its_view(row: Row, results: dict[str, int]) -> None:
    """Field and jump have a step along each axis where they change, and no other."""
    if row.seen is None:
        assert not any(quantity.startswith(("receptive", "jump")) for quantity in results)
        return
    for n, (axis, name) in enumerate(zip(row.seen.axes, AXES[len(row.seen.axes)], strict=True)):
        before = [view.axes[n] for view in row.before]
        for quantity, attribute in ("receptive field", "field"), ("jump", "jump"):
            number = getattr(axis, attribute)
            changes = any(getattr(one, attribute) != number for one in before)
            assert results.get(quantity + name) == (number if changes else None), (quantity, row)


def held_to_its_windows(layer: WindowLayer, came: tuple, results: dict[str, int]) -> None:
    """What a kernel spans, what is padded and what is dropped, by where the loops put windows."""
    axes = zip(AXES[layer.rank], came, layer.taps, layer.strides, layer.dilation, strict=False)
    for name, size, taps, stride, dilation in axes:
        name = name or ", steps"
        firsts = placed(size, taps, stride, layer.padding, dilation)
        span = dilation * taps - dilation + 1
        end = firsts[-1] + span
        assert results.get(f"padding{name}", 0) == max(end - size, 0) - firsts[0], (layer, results)
        left_over = {", height": " rows", ", width": " columns"}.get(name, f" {name[2:]}")
        assert results.get(f"dropped{left_over}", 0) == max(size - end, 0), (layer, results)
        if max(layer.dilation) > 1:
            assert results[f"kernel span{name}"] == span


def held_to_its_lines(steps: tuple[Step, ...]) -> None:
    """What people read has each step once, and its result at the end, in text and in LaTeX."""
    read = lines(steps)
    assert [step for line in read for step in line.steps] == list(steps)
    for line in read:
        results = {step.result for step in line.steps}
        assert {int(line.text.split(" = ")[-1].split(": ")[-1].replace(",", ""))} == results
        assert {int(RESULT.search(line.latex)[1].replace("{,}", ""))} == results
        assert all(step.formula in line.text for step in line.steps)
        assert line.latex.count("{") == line.latex.count("}")


def held(network: Network) -> None:
    for layer in derive(network):
        held_to_its_row(layer.row, layer.steps)
        held_to_its_lines(layer.steps)
        for step in layer.steps:
            held_to_its_numbers(step)


def of_one(layer: Layer, shape) -> Network:
    return Network(shape, layer, reads=[(-1, -2, -3)[: len(shape)]] if layer.merges else None)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: repr(known[0]))
def test_known_layers_derive_what_the_trace_says(known):
    held(of_one(*known[:2]))


@pytest.mark.parametrize("name", NETWORKS)
def test_known_networks_derive_what_the_trace_says(name):
    held(NETWORKS[name])


@settings(max_examples=150)
@given(any_on_shapes())
def test_any_layers_derive_what_the_trace_says(case):
    try:
        network = Network(case[1], case[0])
    except ValueError:
        return
    held(network)


@settings(max_examples=150)
@given(graphs())
def test_graphs_of_any_layers_derive_what_the_trace_says(network):
    held(network)


def quantities(layer: Layer, shape: tuple) -> set[str]:
    (only,) = derive(layer, shape)
    return {step.quantity for step in only.steps}


@settings(max_examples=150)
@given(any_on_shapes())
def test_steps_have_the_same_names_on_a_square_and_on_any_other_map(case):
    layer, shape = case
    if len(shape) != 3:
        return
    height, width, channels = shape
    squares = [(height, height, channels), (width, width, channels)]
    try:
        tall, wide = [quantities(layer, square) for square in squares]
        found = quantities(layer, shape)
    except ValueError:
        return
    rows, columns = re.compile("height|rows"), re.compile("width|columns")
    assert {q for q in found if rows.search(q)} == {q for q in tall if rows.search(q)}
    assert {q for q in found if columns.search(q)} == {q for q in wide if columns.search(q)}
    others = [{q for q in each if not rows.search(q) and not columns.search(q)}
              for each in (found, tall, wide)]  # fmt: skip
    assert others[0] == others[1] == others[2]


CEIL, FLOOR = formula.LATEX_CALLS["ceil"], formula.LATEX_CALLS["floor"]
BREAKS = [
    (formula.LATEX_CALLS, "floor", CEIL), (formula.LATEX_CALLS, "ceil", FLOOR),
    (formula.LATEX_CALLS, "max", r"\min({})"), (formula.LATEX_CALLS, "min", r"\max({})"),
    (formula.LATEX, ast.Add, "{} - {}"), (formula.LATEX, ast.Sub, "{} + {}"),
    (formula.LATEX, ast.Mult, "{} + {}"), (formula.LATEX, ast.Div, r"{} \cdot {}"),
    (formula.LATEX, ast.Div, r"\frac{{{1}}}{{{0}}}"), (formula.LATEX, ast.Mod, r"{} \cdot {}"),
    (formula.LATEX, ast.Sub, "{1} - {0}"), (formula.TEXT, ast.Sub, "{1} - {0}"),
    (formula.TEXT, ast.Add, "{} - {}"), (formula.TEXT, ast.Sub, "{} + {}"),
    (formula.TEXT, ast.Mult, "{} + {}"), (formula.TEXT, ast.Div, "{}·{}"),
    (formula.TEXT, ast.Mod, "{}·{}"), (formula.TEXT, ast.Mult, "{}^{}"),
    (formula.COMPUTED, "floor", math.ceil), (formula.COMPUTED, "ceil", math.floor),
    (formula.COMPUTED, "max", min), (formula.COMPUTED, "min", max),
    (common.OUTPUT, "valid", "ceil((N - K) / S) + 1"),
    (common.OUTPUT, "valid", "floor((N - K) / S) - 1"),
    (common.OUTPUT, "valid", "floor((S - K) / N) + 1"), (common.OUTPUT, "same", "floor(N / S)"),
    (common.OUTPUT, "same", "ceil((N - K + 1) / S)"), (common.OUTPUT, "same", "ceil(S / N)"),
    (common.OUTPUT, "causal", "floor(N / S)"),
    (common.PADDING, "same", "(O - 1)*S + K - N"), (common.PADDING, "same", "K - 1"),
    (common.PADDING, "same", "max((O - 1)*S - K + N, 0)"), (common.PADDING, "causal", "K + 1"),
    (common, "SPAN", "D*(k + 1) + 1"), (common, "SPAN", "D*k"),
    (common, "DROPPED", "N - P - (O - 1)*S - K"), (common, "DROPPED", "N + P - O*S - K"),
    (common, "FIELD", "r + (K + 1)*j"), (common, "FIELD", "r + K*j"),
    *((convolution.TRANSPOSED, key, "N*S + 1") for key in convolution.TRANSPOSED),
]  # fmt: skip


@pytest.fixture
def made_anew():
    """No step that was made before is used again, and none that is made now stays."""
    for remembered in (_step, _with_letters):
        remembered.cache_clear()
    yield
    for remembered in (_step, _with_letters):
        remembered.cache_clear()


@pytest.mark.usefixtures("made_anew")
@pytest.mark.parametrize(("place", "key", "broken"), BREAKS)
def test_what_is_broken_is_noticed(monkeypatch, place, key, broken):
    if isinstance(place, dict):
        monkeypatch.setitem(place, key, broken)
    else:
        monkeypatch.setattr(place, key, broken)
    with pytest.raises((AssertionError, ValueError)):  # a result that is no whole number
        for layer, shape, *_ in KNOWN:
            held(of_one(layer, shape))
        for network in NETWORKS.values():
            held(network)


def test_a_layer_without_a_derivation_is_an_error_not_a_silence():
    row = NETWORKS["several"].trace()[0]
    with pytest.raises(NotImplementedError, match="no derivation is known for Layer"):
        steps_of(Layer(), row)
