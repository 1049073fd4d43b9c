"""The forward pass on the page is Keras's, at every layer, with the weights of the page."""

import base64

import numpy as np
import pytest
import widget_networks
from lenet.keras_bridge.quiet import keras
from lenet.training import digits, mnist
from lenet.training.compact import compact
from lenet.training.reproduce import trained
from lenet.training.weights import short_name

IMAGES = mnist.prepare(mnist.like_mnist(digits.load((8, 8, 1)).x_test[:240]))
# Numbers go both ways as the bytes of float64, in letters: as JSON they would take minutes.
RUN = """([name, layers, pixels, side]) => {
    const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
    const all = new Float64Array(bytes.buffer);
    const made = Forward.prepared(layers, Weights.taken[name]);
    const outputs = [];
    for (let at = 0; at < all.length; at += 32 * side) {
        const image = { height: 32, width: side, maps: [all.slice(at, at + 32 * side)] };
        Forward.run(made, image).forEach(({ maps }, layer) => {
            (outputs[layer] ??= []).push(...maps);
        });
    }
    return outputs.map((maps) => {
        const bytes = new Uint8Array(Float64Array.from(maps.flatMap((map) => [...map])).buffer);
        let letters = "";
        for (let at = 0; at < bytes.length; at += 8192) {
            letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
        }
        return btoa(letters);
    }); }"""


@pytest.fixture(scope="module")
def script(with_scripts):
    page = with_scripts("shared/forward.js")
    for name in widget_networks.NETWORKS:
        page.add_script_tag(content=widget_networks.weights(name))
    return page


def run(script, name: str, images: np.ndarray) -> list[np.ndarray]:
    """What the script makes of images in each layer: (image, number), map after map."""
    layers = widget_networks.layers(widget_networks.NETWORKS[name])
    pixels = base64.b64encode(images.astype("float64").tobytes()).decode()
    found = script.evaluate(RUN, [name, layers, pixels, images.shape[-1]])
    return [np.frombuffer(base64.b64decode(out)).reshape(len(images), -1) for out in found]


def by_keras(name: str) -> dict[str, np.ndarray]:
    """What Keras makes of the images in each layer, with the weights of the page."""
    model, steps = trained(name), compact(name)
    for variable in model.variables:
        if short_name(variable) in steps:
            variable.assign(steps[short_name(variable)].weights)
    inside = keras.Model(model.inputs, [layer.output for layer in model.layers])
    outputs = inside.predict_on_batch(IMAGES)
    return {layer.name: out for layer, out in zip(model.layers, outputs, strict=True)}


@pytest.mark.parametrize("name", widget_networks.NETWORKS)
def test_every_layer_is_kerass_on_240_digits(script, name):
    found, expected = run(script, name, IMAGES[..., 0]), by_keras(name)
    layers = widget_networks.layers(widget_networks.NETWORKS[name])
    assert len(IMAGES) == 240 and len(found) == len(layers)
    for layer, ours in zip(layers, found, strict=True):
        theirs = np.moveaxis(expected[layer["name"]], -1, 1).reshape(240, -1)
        assert np.abs(ours - theirs).max() < 1e-4, layer["name"]


def test_a_wide_image_is_read_at_each_place_as_by_itself(script):
    """LeNet-5 moved over a field: what it says at a place is what it says of that window."""
    wide = np.concatenate(IMAGES[:3, :, :, 0], axis=1)
    whole = run(script, "lenet5-1998", wide[None])[-1].reshape(10, -1)
    windows = np.array([wide[:, x : x + 32] for x in range(0, 65, 4)])
    apart = run(script, "lenet5-1998", windows)[-1].T
    assert np.abs(whole - apart).max() < 1e-6


def test_another_weight_is_seen(script):
    change = "(by) => { Weights.taken['lenet5-1998']['C3/kernel'][700] += by; }"
    before = run(script, "lenet5-1998", IMAGES[:1, :, :, 0])
    script.evaluate(change, 0.01)
    after = run(script, "lenet5-1998", IMAGES[:1, :, :, 0])
    script.evaluate(change, -0.01)
    differ = [np.abs(a - b).max() for a, b in zip(before, after, strict=True)]
    assert differ[1] == 0 and differ[2] > 1e-4
