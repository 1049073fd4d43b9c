"""The script that derives a layer on a page says what the package prints, word for word."""

from random import Random

import pytest
import widget_layers
from lenet import derive
from lenet.layers import AveragePooling2D, Conv2D, Layer, MaxPooling2D

RULES = widget_layers.rules()
SAID = """([asked, rules]) => asked.map(([layer, shape]) => {
    try { const { lines, shape: out } = Layers.count(layer, shape, rules);
          return lines.map((line) => line.text).concat(out.join(" ")); }
    catch (error) { return [error.message]; } })"""
NAMES = ("strides", "padding", "filters", "kernel_size", "dilation_rate", "groups", "use_bias",
         "pool_size")  # fmt: skip


def drawn(chance: Random) -> tuple[Layer, tuple]:
    """A layer and a shape; about one in three does not fit it."""

    def each(most: int) -> tuple[int, int]:
        return chance.randint(1, most), chance.randint(1, most)

    shape = (*each(40), chance.randint(1, 6))
    padding, taps, strides = chance.choice(["valid", "same"]), each(7), each(5)
    if chance.random() < 0.3:
        kind = chance.choice([MaxPooling2D, AveragePooling2D])
        return kind(taps, strides, padding=padding), shape
    layer = Conv2D(
        chance.randint(1, 12), taps, strides, padding=padding, groups=chance.choice([1, 1, 2, 3]),
        dilation_rate=chance.choice([(1, 1), each(3)]), use_bias=chance.random() < 0.7,
    )  # fmt: skip
    return layer, shape


def arguments(layer: Layer) -> dict:
    """The layer as the script is given it."""
    found = {name: getattr(layer, name) for name in NAMES if hasattr(layer, name)}
    return {"kind": layer.kind, **found}


def printed(layer: Layer, shape: tuple) -> list[str]:
    """What the package prints for it, or the error."""
    try:
        layer.counts(shape)
    except ValueError as error:
        return [str(error)]
    (derived,) = derive(layer, shape)
    _, *lines = repr(derived).splitlines()
    return [*(line.strip() for line in lines), " ".join(map(str, layer.output_shape(shape)))]


@pytest.fixture(scope="module")
def script(with_scripts):
    return with_scripts("shared/formula.js", "shared/layers.js")


def test_it_says_what_the_package_prints(script):
    chance = Random(1998)
    asked = [drawn(chance) for _ in range(2400)]
    said = script.evaluate(SAID, [[[arguments(a), shape] for a, shape in asked], RULES])
    differ = [
        (layer, shape, found, wanted)
        for (layer, shape), found in zip(asked, said, strict=True)
        if found != (wanted := printed(layer, shape))
    ]
    assert not differ[:1], len(differ)
    refused = sum(len(found) == 1 for found in said)
    assert 200 < refused < 1200


def test_a_formula_that_differs_is_seen(script):
    rules = {**RULES, "span": "D·k"}
    layer = Conv2D(6, 3, dilation_rate=2)
    (found,) = script.evaluate(SAID, [[[arguments(layer), (32, 32, 1)]], rules])
    assert found != printed(layer, (32, 32, 1))
