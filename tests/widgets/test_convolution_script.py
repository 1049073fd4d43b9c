"""The convolution on a page is SciPy's; pooling is the package's; pictures are the chapter's."""

import re
from pathlib import Path

import numpy as np
import pytest
import widget_pictures
from scipy.signal import correlate

CHAPTER = Path(__file__).parents[2] / "chapters/02_building_blocks.md"
MAPS = "(asked) => asked.map(Convolution.map)"
POOLED = "(asked) => asked.map(([map, size, kind]) => Convolution.pooled(map, size, kind))"


@pytest.fixture(scope="module")
def script(with_scripts):
    return with_scripts("convolution/arithmetic.js")


def drawn(chance: np.random.Generator) -> dict:
    """A picture, a kernel that fits, a bias."""
    depth, (high, wide) = chance.integers(1, 4), chance.integers(1, 5, 2)
    down, right = chance.integers(0, 7, 2)
    channels = chance.integers(-9, 10, (depth, high + down, wide + right))
    slices = chance.integers(-9, 10, (depth, high, wide)) / chance.choice([1, 4])
    return {"channels": channels, "slices": slices, "bias": chance.integers(-20, 21)}


def test_the_map_is_what_scipy_makes_of_it(script):
    chance = np.random.default_rng(1998)
    asked = [drawn(chance) for _ in range(500)]
    plain = [{name: np.asarray(part).tolist() for name, part in one.items()} for one in asked]
    for one, found in zip(asked, script.evaluate(MAPS, plain), strict=True):
        wanted = correlate(one["channels"], one["slices"], mode="valid", method="direct")[0]
        assert np.array(found) == pytest.approx(wanted + one["bias"], abs=1e-9)


def test_pooling_takes_the_largest_or_the_mean_and_drops_what_is_left(script):
    chance = np.random.default_rng(1998)
    asked, wanted = [], []
    for _ in range(100):
        (high, wide), size = chance.integers(1, 12, 2), int(chance.integers(1, 4))
        array = chance.normal(size=(high, wide))
        whole = array[: high // size * size, : wide // size * size]
        tiles = whole.reshape(high // size, size, wide // size, size)
        for kind in ("max", "mean"):
            asked.append([array.tolist(), size, kind])
            wanted.append(getattr(tiles, kind)(axis=(1, 3)) if tiles.size else None)
    for found, made in zip(script.evaluate(POOLED, asked), wanted, strict=True):
        assert (made is None and not any(found)) or np.array(found) == pytest.approx(made)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" −3 ", -3), ("-0", 0), ("1.5", 1.5), ("0,25", 0.25), ("", None), ("x", None),
     ("1e3", None), ("--1", None), ("1.234", None)],
)  # fmt: skip
def test_what_is_typed_is_read(script, text, number):
    assert script.evaluate("(text) => Convolution.read(text)", text) == number


def test_numbers_are_written_as_the_book_writes_them(script):
    shown = script.evaluate("(all) => all.map(Convolution.shown)", [-3, 0.125, -0.001, 12])
    assert shown == ["−3", "0.13", "0", "12"]


def test_the_numbers_to_start_from_are_the_chapters():
    text = re.sub(r"\s", "", CHAPTER.read_text())
    for name, grid in {
        "picture": widget_pictures.STROKE, "kernel": widget_pictures.RISES,
        "horizontal": widget_pictures.KERNELS["brighter downwards"],
        "channel_1": widget_pictures.CHANNELS[0], "channel_2": widget_pictures.CHANNELS[1],
        "slice_1": widget_pictures.SLICES[0], "slice_2": widget_pictures.SLICES[1],
    }.items():  # fmt: skip
        assert f"{name}=np.array({grid})".replace(" ", "") in text, name
    assert "feature_map=part_1+part_2-3" in text


def test_pictures_are_whole_numbers_up_to_white():
    for name, given in widget_pictures.convolution()["pictures"].items():
        pixels = np.array(given["channels"])
        assert pixels.dtype == int and pixels.min() == 0 and pixels.max() <= 9, name
    assert len(np.unique(widget_pictures.landscape(36))) > 8
