"""What a unit reads on the page is what Keras makes of it, and its field holds all that counts."""

from itertools import pairwise

import numpy as np
import pytest
import widget_networks
from lenet import TABLE_I
from lenet.keras_bridge.quiet import keras
from lenet.training import digits, mnist
from lenet.training.compact import compact
from lenet.training.reproduce import trained
from lenet.training.weights import short_name

NAME = "lenet5-1998"
IMAGES = mnist.prepare(mnist.like_mnist(digits.load((8, 8, 1)).x_test[:20]))[..., 0]
LAYERS = widget_networks.unit()["layers"]
READS = """([name, layers, images, units]) => {
    const made = Forward.prepared(layers, Weights.taken[name]);
    const all = images.map((pixels) => {
        const image = { height: 32, width: 32, maps: [Float64Array.from(pixels)] };
        return [image, ...Forward.run(made, image)]; });
    return units.map(([image, layer, unit]) => Reads.of(made[layer], all[image][layer], unit)); }"""
FIELDS = "(asked) => asked.map(([field, unit]) => Fields.of(field, unit))"
FEEDING = "(layer) => Array.from({ length: layer.maps }, (_, map) => Fields.feeding(layer, map))"


@pytest.fixture(scope="module")
def script(with_scripts):
    page = with_scripts("shared/forward.js", "unit/reads.js")
    page.add_script_tag(content=widget_networks.weights(NAME))
    return page


@pytest.fixture(scope="module")
def inside():
    """Keras's network with the weights of the page: all layers' outputs, by name."""
    model, steps = trained(NAME), compact(NAME)
    for variable in model.variables:
        if short_name(variable) in steps:
            variable.assign(steps[short_name(variable)].weights)
    return keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})


def drawn(chance: np.random.Generator, layer: dict) -> dict:
    """A unit of a layer."""
    most = {"map": layer["maps"], "row": layer["height"], "column": layer["width"]}
    return {name: int(chance.integers(count)) for name, count in most.items()}


@pytest.fixture(scope="module")
def read(script, inside):
    """Units of all layers: which one, what the script reads, and what Keras makes of it."""
    chance = np.random.default_rng(1998)
    units = [(int(chance.integers(len(IMAGES))), number, drawn(chance, layer))
             for number, layer in enumerate(LAYERS) for _ in range(60)]  # fmt: skip
    images = IMAGES.reshape(len(IMAGES), -1).tolist()
    found = script.evaluate(READS, [NAME, LAYERS, images, units])
    return list(zip(units, found, strict=True)), inside.predict_on_batch(IMAGES[..., None])


def test_the_value_is_kerass_and_the_sum_adds_up(read):
    units, made = read
    for (image, number, unit), found in units:
        layer = LAYERS[number]
        out = made[layer["name"]][image].reshape(layer["height"], layer["width"], -1)
        value = out[unit["row"], unit["column"], unit["map"]]
        assert found["value"] == pytest.approx(value, abs=1e-4), (layer["name"], unit)
        parts = sum(link["part"] for link in found["links"])
        bias = found["bias"] or 0
        assert parts * found.get("coefficient", 1) + bias == pytest.approx(found["sum"])


def test_what_comes_in_is_kerass_too(read):
    units, made = read
    came = {"C1": IMAGES[..., None]} | {
        after["name"]: made[before["name"]] for before, after in pairwise(LAYERS[:5])
    }
    for (image, number, unit), found in units:
        if number > 4:
            continue
        layer = LAYERS[number]
        stride = 2 if layer["kind"] == "Subsampling2D" else 1
        for link in found["links"]:
            top, left = unit["row"] * stride, unit["column"] * stride
            rows, columns = slice(top, top + link["height"]), slice(left, left + link["width"])
            window = came[layer["name"]][image][rows, columns, link["map"]]
            assert np.array(link["values"]) == pytest.approx(window.ravel(), abs=1e-4)


def test_table_one_says_what_feeds_a_map_of_c3(script, read):
    by_name = {layer["name"]: layer for layer in LAYERS}
    assert script.evaluate(FEEDING, by_name["C3"]) == [list(maps) for maps in TABLE_I]
    assert script.evaluate(FEEDING, by_name["S4"]) == [[number] for number in range(16)]
    assert script.evaluate(FEEDING, by_name["C5"]) == [list(range(16))] * 120
    for (_, number, unit), found in read[0]:
        if LAYERS[number]["name"] == "C3":
            assert [link["map"] for link in found["links"]] == list(TABLE_I[unit["map"]])


def around_and_corners(field: dict, faint: np.ndarray, noise: np.ndarray) -> list[np.ndarray]:
    """The image, noise all around a field, and four images with ink in one of its corners."""
    top, left, last = field["top"], field["left"], field["side"] - 1
    inside = np.zeros((32, 32), bool)
    inside[top : top + last + 1, left : left + last + 1] = True
    images = [faint, np.where(inside, faint, noise)]
    for row in (top, top + last):
        for column in (left, left + last):
            images.append(faint.copy())
            images[-1][row, column] += 3
    return images


def test_a_field_holds_all_pixels_that_count_and_no_other(script, inside):
    """Faint, so that no unit is saturated."""
    chance = np.random.default_rng(1998)
    units = [(layer, drawn(chance, layer)) for layer in LAYERS[:4] for _ in range(12)]
    fields = script.evaluate(FIELDS, [[layer["field"], unit] for layer, unit in units])
    faint, noise = 0.2 * IMAGES[0], chance.normal(size=(32, 32))
    images = [image for field in fields for image in around_and_corners(field, faint, noise)]
    made = inside.predict_on_batch(np.array(images)[..., None])
    for at, (layer, unit) in enumerate(units):
        outs = made[layer["name"]][6 * at : 6 * at + 6, unit["row"], unit["column"], unit["map"]]
        assert outs[1] == pytest.approx(outs[0], abs=2e-6), (layer["name"], unit)
        assert (np.abs(outs[2:] - outs[0]) > 1e-5).all(), (layer["name"], unit)
    sizes = {layer["name"]: layer["field"]["size"] for layer in LAYERS[4:]}
    assert sizes == {"C5": 32, "F6": 32, "Output": 32}
