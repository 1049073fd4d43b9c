"""Pictures that widgets start from, and one on paper; those of a convolution in whole numbers."""

from itertools import pairwise

import numpy as np
from lenet import LENET5_1998, plots
from lenet.plots import Drawing
from widget_networks import DIGITS

WHITE = 9  # the brightest pixel of a picture that is looked at
RISES = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
KERNELS = {  # what each answers to
    "brighter to the right": RISES,
    "brighter downwards": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    "lighter than its neighbours": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "the sum of all nine": [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
    "sharper": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "the pixel itself": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
}
STROKE = [[0, 1, 2, 0, 0], [0, 1, 2, 0, 0], [0, 1, 2, 0, 0], [0, 0, 1, 2, 0], [0, 0, 1, 2, 0]]
CORNER = [[0] * 6, [0] * 6, [0, 0, 3, 3, 3, 3], *([0, 0, 3, 0, 0, 0] for _ in range(3))]
CHANNELS = [[[1, 2, 0], [0, 1, 1], [2, 0, 1]], [[0, 1, 1], [1, 0, 2], [1, 1, 0]]]
SLICES = [[[1, 0], [0, 1]], [[0, 2], [1, 0]]]


def convolution() -> dict:
    """Pictures by name, each with its kernel and bias; kernels to take in place of it."""
    return {
        "pictures": {
            "a stroke, 5 by 5": given([STROKE], [RISES]),
            "a corner, 6 by 6": given([CORNER], [RISES]),
            "two channels, 3 by 3": given(CHANNELS, SLICES, bias=-3),
            "a digit, 28 by 28": given([drawn(DIGITS[3], 28).tolist()], [RISES]),
            "a landscape, 36 by 36": given([landscape(36).tolist()], [RISES]),
        },
        "kernels": KERNELS,
        "white": WHITE,
    }


def given(channels: list, slices: list, bias: int = 0) -> dict:
    """A picture, its kernel, and its bias."""
    return {"channels": channels, "slices": slices, "bias": bias}


def drawn(strokes: list, side: int, pen: float = 3.0) -> np.ndarray:
    """Strokes in a square from 0 to 1, in white on black with a soft edge, `side` pixels wide."""
    points = [np.linspace(start, end, 20) for stroke in strokes for start, end in pairwise(stroke)]
    x, y = np.concatenate(points).T * side
    rows, columns = np.indices((side, side)) + 0.5
    away = np.hypot(columns[..., None] - x, rows[..., None] - y).min(axis=-1)
    return (WHITE * np.clip(pen / 2 + 0.5 - away, 0, 1)).round().astype(int)


def landscape(side: int) -> np.ndarray:
    """As a photograph has them: a sky, a sun, hills with a grain, and a wall with a door."""
    y, x = np.indices((side, side)) / (side - 1)
    grain = np.sin(91 * x + 37 * y) * np.sin(53 * x - 79 * y)
    picture = 0.9 - 0.45 * y
    picture[np.hypot(x - 0.76, y - 0.2) < 0.11] = 1
    far, near = 0.48 + 0.09 * np.sin(7 * x), 0.7 + 0.06 * np.sin(9 * x + 2)
    picture = np.where(y > far, 0.35 + 0.1 * grain, picture)
    picture = np.where(y > near, 0.17 + 0.14 * grain, picture)
    picture[(abs(x - 0.3) < 0.14) & (abs(y - 0.68) < 0.13)] = 0.8
    picture[(y < 0.55) & (abs(x - 0.3) < 1.5 * (y - 0.42))] = 0.1
    picture[(abs(x - 0.33) < 0.035) & (abs(y - 0.74) < 0.075)] = 0.05
    return (WHITE * np.clip(picture, 0, 1)).round().astype(int)


def fields() -> Drawing:
    """A 3 in LeNet-5's input, and what a unit of each layer with maps sees of it."""
    image = np.pad(drawn(DIGITS[3], 28, pen=2.5), 2) - WHITE / 2
    rows = LENET5_1998.trace().rows[:5]
    drawing = plots.receptive_fields(image, {row.name: row.receptive_field[0] for row in rows})
    drawing.alt = f"A drawn 3. {drawing.alt}"  # a page may have the figure of a scanned one too
    return drawing
