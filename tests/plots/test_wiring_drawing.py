import re

import pytest
from lenet import Conv2D, Dense
from lenet.plots import wiring


def labels(drawing) -> list[str]:
    texts = [text.get_text() for text in drawing.axes[0].texts]
    return [text for text in texts if re.fullmatch(r"\d+|[a-z]", text)]


@pytest.mark.parametrize(("inputs", "reads"), [(6, 3), (5, 5), (7, 2), (4, 1)])
def test_lines_and_weights_are_those_of_layers(inputs, reads):
    kernel = Conv2D(1, (1, reads), use_bias=False)
    units = kernel.output_shape((1, inputs, 1))[1]
    used = kernel.connections((1, inputs, 1))
    dense = Dense(units, use_bias=False).weights((inputs,))
    expected = {"dense": (dense, dense), "local": (used, used), "shared": (used, reads)}
    for kind, (lines, weights) in expected.items():
        drawing = wiring(kind, inputs, reads)
        assert drawing.alt.endswith(f"{units} units, {kind}: {lines} lines, {weights} weights.")
        assert len(drawing.axes[0].lines) == lines


def test_each_line_has_a_number_of_its_own_or_the_letter_of_its_weight():
    assert labels(wiring("dense")) == []
    assert labels(wiring("local")) == [str(number) for number in range(1, 13)]
    assert labels(wiring("shared")) == ["a", "b", "c"] * 4


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("sparse",), "kind is one of dense, local, shared, not 'sparse'"),
        (("local", 3, 4), "a unit reads 1 to 3 inputs, not 4"),
        (("local", 3, 0), "a unit reads 1 to 3 inputs, not 0"),
    ],
)
def test_what_cannot_be_drawn_says_why(arguments, text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        wiring(*arguments)
