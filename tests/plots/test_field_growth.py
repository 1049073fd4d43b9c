import numpy as np
import pytest
from bs4 import BeautifulSoup
from lenet import (
    LENET5_1998,
    LENET5_MODERN,
    POST_CODE,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    Network,
    plots,
)
from lenet.layers import Add, Conv2DTranspose
from lenet.plots.drawing import ACCENT
from lenet.plots.fields import BOX
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon, Rectangle


def texts(drawing) -> list[str]:
    page = BeautifulSoup(drawing._repr_html_(), "html.parser")
    return [text.get_text().strip() for text in page.find_all("text")]


def boxes(drawing) -> list[Rectangle]:
    """The frames of the units, from the top row down and from left to right."""
    found = drawing.findobj(lambda artist: isinstance(artist, Rectangle) and not artist.get_fill())
    frames = [box for box in found if box.get_height() == BOX]
    return sorted(frames, key=lambda box: (box.get_y(), box.get_x()))


def wedges(drawing) -> list[Polygon]:
    return sorted(drawing.findobj(Polygon), key=lambda wedge: wedge.get_xy()[0][1])


def small(**options) -> Network:
    layers = [Conv2D(1, 3, **options, name="a"), MaxPooling2D(2, name="b"), Conv2D(1, 3, name="c")]
    return Network((9, 12, 1), [*layers, Flatten(), Dense(2)], "small")


def test_what_a_unit_of_each_layer_sees_is_said_and_written():
    drawing = plots.field_growth(LENET5_MODERN)
    assert drawing.alt == (
        "32 pixels on a line: a unit of C1 sees 5 of them; a unit of S2 sees 6 of them; "
        "a unit of C3 sees 14 of them; a unit of S4 sees 16 of them; a unit of C5 sees 32 of them."
    )
    shown = texts(drawing)
    for said in ("28 units", "14 units", "10 units", "5 units", "1 unit", "32 pixels",
                 "sees 14", "sees 32"):  # fmt: skip
        assert said in shown
    assert [text for text in shown if "jump" in text] == ["jump 1", "jump 2", "jump 2", "jump 4"]
    assert "Flatten" not in shown and "F6" not in shown


@pytest.mark.parametrize("network", [LENET5_MODERN, LENET5_1998, POST_CODE])
def test_there_is_a_box_for_each_unit_of_a_line(network):
    maps = [row for row in network.trace() if len(row.output_shape) == 3]
    sides = [row.output_shape[1] for row in maps]
    drawing = plots.field_growth(network)
    assert len(boxes(drawing)) == sum(sides) + network.input_shape[1]
    assert len(wedges(drawing)) == len(maps)


def test_wedges_reach_what_the_first_unit_reads():
    drawing = plots.field_growth(small())
    frames = boxes(drawing)
    rows = [frames[:3], frames[3:8], frames[8:18], frames[18:]]  # c, b, a, the pixels
    assert [len({box.get_y() for box in row}) for row in rows] == [1] * 4
    for wedge, below, reads in zip(wedges(drawing), rows[1:], (3, 2, 3), strict=True):
        left, right = wedge.get_xy()[1][0], wedge.get_xy()[2][0]
        assert left == pytest.approx(below[0].get_x())
        assert right == pytest.approx(below[reads - 1].get_x() + below[0].get_width())


def test_neighbours_stand_as_far_apart_as_the_jump():
    frames = boxes(plots.field_growth(small()))
    top, pixels = frames[:3], frames[18:]
    pitch = pixels[1].get_x() - pixels[0].get_x()
    assert np.diff([box.get_x() for box in top]) == pytest.approx([2 * pitch] * 2)


def test_padding_is_dotted_and_seen():
    drawing = plots.field_growth(small(padding="same"))
    dotted = [box for box in boxes(drawing) if box.get_linestyle() == ":"]
    assert len(dotted) == 1  # a kernel of 3 begins one place before the first pixel
    assert "sees 8" in texts(drawing)


def test_the_first_unit_of_each_layer_is_filled():
    drawing = plots.field_growth(small())
    filled = drawing.findobj(
        lambda artist: isinstance(artist, Rectangle) and artist.get_fill()
        and artist.get_alpha() == 1 and to_hex(artist.get_facecolor()) == ACCENT
    )  # fmt: skip
    assert len(filled) == 3


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (Network((9,), [Dense(2)], "flat"), "flat must be layers in a row that read a map"),
        (Network((9, 9, 1), [Flatten(), Dense(2)], "rows"), "rows has no layer with maps"),
        (Network((9, 9, 1), Conv2DTranspose(1, 3, name="up")), "no one field holds for .* of up"),
        (
            Network((9, 9, 1), [Conv2D(1, 3, padding="same"), Add()], reads=[(-1,), (0, -1)]),
            "network must be layers in a row that read a map",
        ),
    ],
)
def test_a_network_without_rows_is_refused(network, message):
    with pytest.raises(ValueError, match=message):
        plots.field_growth(network)
