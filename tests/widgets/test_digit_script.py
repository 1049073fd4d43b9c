"""What is drawn is brought into MNIST's form, and read rightly by both networks."""

from math import cos, radians, sin
from random import Random

import numpy as np
import pytest
import widget_networks
from lenet.training import mnist

FORM = "([strokes, change]) => Digit.form(strokes, { ...Digit.AS_DRAWN, ...change })"
STEPS = """([strokes, change]) => {
    const form = Digit.form(strokes, { ...Digit.AS_DRAWN, ...change });
    return ["box", "centred", "field"].map((step) => Array.from(form[step])); }"""
ANSWERS = """([drawings, networks, levels]) => drawings.map(([strokes, change]) => {
    const { field } = Digit.form(strokes, { ...Digit.AS_DRAWN, ...change });
    const image = Digit.forNetwork(field, levels);
    return Object.entries(networks).map(([name, layers]) => {
        const made = Forward.prepared(layers, Weights.taken[name]);
        const last = Forward.run(made, image).at(-1).maps.map((map) => map[0]);
        const best = layers.at(-1).kind === "RBF" ? Math.min(...last) : Math.max(...last);
        return last.indexOf(best); }); })"""
DIGITS = widget_networks.DIGITS


@pytest.fixture(scope="module")
def script(with_scripts):
    page = with_scripts("shared/forward.js", "playground/digit.js")
    for name in widget_networks.NETWORKS:
        page.add_script_tag(content=widget_networks.weights(name))
    return page


def steps(script, strokes, **change) -> list[np.ndarray]:
    return [np.array(image).reshape(int(len(image) ** 0.5), -1)
            for image in script.evaluate(STEPS, [strokes, change])]  # fmt: skip


def by_hand(chance: Random, digit: int, shake: float = 0.012) -> list:
    """A digit as a shaky hand draws it: slanted, stretched, wobbling, anywhere, of any size."""
    slant, tall, turn = chance.gauss(0, 0.12), chance.uniform(0.8, 1.3), radians(chance.gauss(0, 5))
    size, left, top = chance.uniform(40, 300), chance.uniform(0, 200), chance.uniform(0, 200)

    def drawn(x: float, y: float) -> list[float]:
        x, y = x - 0.5 + slant * (0.5 - y) + chance.gauss(0, shake), tall * (y - 0.5)
        y += chance.gauss(0, shake)
        x, y = x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
        return [left + size * x, top + size * y]

    return [[drawn(*point) for point in stroke] for stroke in DIGITS[digit]]


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_fills_the_box_and_its_mass_is_in_the_middle(script, digit):
    box, centred, field = steps(script, by_hand(Random(digit), digit))
    assert (box.shape, centred.shape, field.shape) == ((20, 20), (28, 28), (32, 32))
    rows, columns = np.nonzero(box > 0.4)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 in (19, 20)
    for image in (centred, field):
        at = np.indices(image.shape) + 0.5
        middle = (image * at).sum(axis=(1, 2)) / image.sum()
        assert middle == pytest.approx([image.shape[0] / 2] * 2, abs=0.51)
    assert field[2:30, 2:30] == pytest.approx(centred) and field.sum() == pytest.approx(
        centred.sum()
    )
    assert box.sum() == pytest.approx(centred.sum()) and 0 <= field.min() < field.max() == 1


def test_size_and_place_of_the_drawing_do_not_matter(script):
    once = [[[0, 0], [30, 10], [20, 50]]]
    moved = [[[70 + 3 * x, 20 + 3 * y] for x, y in stroke] for stroke in once]
    for one, other in zip(steps(script, once), steps(script, moved), strict=True):
        assert one == pytest.approx(other)


def test_ink_is_as_wide_as_the_pen(script):
    """A long upright line through whole pixels: its ink is the pen's width times its length."""
    (_, _, field) = steps(script, [[[5, 0], [5, 40]]])
    assert field[16].sum() == pytest.approx(2.5, abs=0.02)
    (_, _, thick) = steps(script, [[[5, 0], [5, 40]]], pen=200)
    assert thick[16].sum() == pytest.approx(5, abs=0.02)


def test_a_shift_moves_the_pixels_and_nothing_else(script):
    _, _, still = steps(script, DIGITS[4])
    _, _, moved = steps(script, DIGITS[4], right=3, down=-2)
    assert moved == pytest.approx(np.roll(still, (-2, 3), axis=(0, 1)))
    _, _, turned = steps(script, DIGITS[1], turn=90)
    assert turned == pytest.approx(np.rot90(steps(script, DIGITS[1])[2], -1), abs=1e-9)
    _, _, noisy = steps(script, DIGITS[4], noise=20)
    assert noisy == pytest.approx(steps(script, DIGITS[4], noise=20)[2])
    assert noisy.min() >= 0 and noisy.max() <= 1 and 0.05 < np.abs(noisy - still).mean() < 0.2


def test_nothing_drawn_has_no_form_and_a_dot_has_one(script):
    assert script.evaluate(FORM, [[], {}]) is None and script.evaluate(FORM, [[[]], {}]) is None
    box, _, _ = steps(script, [[[7, 7]]])
    assert box.sum() == pytest.approx(np.pi * 1.25**2, abs=0.7)


@pytest.mark.parametrize(("shake", "least"), [(0.012, 0.97), (0.03, 0.9)])
def test_200_shaky_digits_are_read(script, shake, least):
    """With strokes from thin to thick; pytest -s shows the rates."""
    chance = Random(1998)
    asked = [(digit, chance.choice([50, 75, 100, 140, 180])) for digit in list(range(10)) * 20]
    drawings = [[by_hand(chance, digit, shake), {"pen": pen}] for digit, pen in asked]
    networks = {n: widget_networks.layers(made) for n, made in widget_networks.NETWORKS.items()}
    levels = [mnist.BACKGROUND, mnist.FOREGROUND]
    found = np.array(script.evaluate(ANSWERS, [drawings, networks, levels]))
    right = (found == np.array([[digit] for digit, _ in asked])).mean(axis=0)
    print("read rightly:", dict(zip(networks, right, strict=True)))
    assert right.min() >= least
