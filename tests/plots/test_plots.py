import base64
import io
import re
from itertools import combinations

import numpy as np
import pytest
from bs4 import BeautifulSoup
from lenet import LENET5_MODERN, POST_CODE, POST_TABLE, TABLE_I, Conv2D, Network, plots
from lenet.descent import OneWeight
from lenet.paper import EVENTS
from lenet.training.experiments import EXPERIMENTS, Experiment
from lenet.training.recipes import Recipe
from lenet.training.runs import Record, Run
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

PICTURE = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
RUN = Run(0, (11.0, 6.5), 1.0, losses=(1.0, 0.5), train_errors=(9.0, 4.0))
HERE = Record(Experiment("a net", LENET5_MODERN, Recipe(2)), (RUN, RUN))
LENET1_AGAIN = Record(EXPERIMENTS["lenet1"], (Run(0, (9.0, 1.8), 1.0), Run(1, (8.0, 1.5), 1.0)))
DRAWINGS = {
    "maps": lambda: plots.maps(np.arange(-12, 12).reshape(2, 3, 4), ["a", "b", "c", "d"]),
    "maps, one narrow": lambda: plots.maps(-np.ones((12, 7, 1)), ["F6"], size=150),
    "receptive_fields": lambda: plots.receptive_fields(np.eye(32), {"C1": 5, "C5": 32}),
    "network_maps": lambda: plots.network_maps(LENET5_MODERN),
    "network_maps, oblong": lambda: plots.network_maps(
        Network((20, 60, 1), [Conv2D(3, (1, 9), strides=(1, 2))])
    ),
    "connection_table": lambda: plots.connection_table(TABLE_I, 6),
    "timeline": lambda: plots.timeline(EVENTS, marked=(1989, 1998)),
    "wiring, dense": lambda: plots.wiring("dense"),
    "wiring, local": lambda: plots.wiring("local", inputs=7, reads=2),
    "wiring, shared": lambda: plots.wiring("shared"),
    "layer_bars": lambda: plots.layer_bars(POST_TABLE),
    "share_bars": lambda: plots.share_bars([POST_TABLE, LENET5_MODERN]),
    "compare_bars": lambda: plots.compare_bars([POST_TABLE, POST_CODE]),
    "convolution_step": lambda: plots.convolution_step(PICTURE, [[1, -2], [0, 1]], 0, 1),
    "pooling_step": lambda: plots.pooling_step(PICTURE),
    "grids": lambda: plots.grids([PICTURE, [[np.nan, 1]]], ["left", "right"], signs=["→"]),
    "activation_curves": plots.activation_curves,
    "squashing_curve": plots.squashing_curve,
    "windows_on_line": lambda: plots.windows_on_line(8, 3, 2, padding=1),
    "field_growth": lambda: plots.field_growth(LENET5_MODERN),
    "training_curves": lambda: plots.training_curves(HERE),
    "error_curves": lambda: plots.error_curves(LENET1_AGAIN, HERE, LENET1_AGAIN),
    "error_lines": lambda: plots.error_lines(
        {"one": [[9, 8], [2, 1]], "two": [[30, 20], [2, 3]]}, [10, 100], "digits", log=True
    ),
    "error_lines, ends close together": lambda: plots.error_lines(
        {"one": [[9], [5], [2], [1.9]]}, [10, 1000, 4000, 5421], "digits", log=True
    ),
    "errors_beside_paper": lambda: plots.errors_beside_paper([LENET1_AGAIN]),
    "error_spread": lambda: plots.error_spread(HERE, HERE),
    "errors_at_starts": lambda: plots.errors_at_starts({1.0: [1.5, 2.1], 0.4: [7.2]}, "start"),
    "digit_grid": lambda: plots.digit_grid(np.ones((3, 8, 8, 1)), [1, 2, 3], [1, 2, 4]),
    "loss_curve": lambda: plots.loss_curve(OneWeight(2, 6), range(7), slopes_at=[1, 5]),
    "walks": lambda: plots.walks(OneWeight(2, 6), 1, [0.05, 0.3], 3),
    "count_spread": lambda: plots.count_spread([3, 4, 4, 6], "digits"),
    "confusion": lambda: plots.confusion([1, 2, 2], [1, 2, 3]),
}


@pytest.fixture(params=DRAWINGS, ids=str)
def drawing(request):
    return DRAWINGS[request.param]()


def svg_of(drawing) -> BeautifulSoup:
    return BeautifulSoup(drawing._repr_html_(), "html.parser").find("svg")


def texts(drawing) -> list[str]:
    return [text.get_text().strip() for text in svg_of(drawing).find_all("text")]


def test_a_drawing_says_what_it_shows(drawing):
    svg = svg_of(drawing)
    assert svg["role"] == "img" and svg["aria-label"] == drawing.alt
    assert len(drawing.alt) > 8 and not re.search(r"\.(png|svg)$", drawing.alt)


def test_a_drawing_wears_the_pages_colours_and_type(drawing):
    html = drawing._repr_html_()
    assert "currentColor" in html and "font-family" not in html
    colours = set(re.findall(r"(?:fill|stroke): (#\w+)", html))
    assert not colours, f"colours that no theme changes: {colours}"


def test_a_drawing_leaves_nothing_on_the_page(drawing):
    svg = svg_of(drawing)
    assert not svg.find("style") and not svg.find("metadata")
    ids = [tag["id"] for tag in svg.find_all(id=True)]
    assert len(ids) == len(set(ids)) and all(name[0].isalpha() for name in ids)
    used = set(re.findall(r"url\(#([^)]+)\)", str(svg)))
    assert used <= set(ids)


def test_texts_do_not_leave_the_drawing(drawing):
    width, height = drawing.get_size_inches() * 72
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    renderer = canvas.get_renderer()
    shown = set(texts(drawing))
    for text in drawing.findobj(lambda artist: hasattr(artist, "get_text")):
        if text.get_text().strip() in shown:
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= width + 1, text
            assert box.y0 >= -1 and box.y1 <= height + 1, text


def test_a_drawing_is_read_on_a_phone(drawing):
    width, _ = drawing.get_size_inches() * 72
    shown = min(1, 328 / width)
    sizes = svg_of(drawing).find_all("text", style=True)
    sizes = [float(re.search(r"font-size: ([\d.]+)", text["style"])[1]) for text in sizes]
    assert sizes and shown * min(sizes) >= 9


def test_no_two_texts_of_a_drawing_lie_on_each_other(drawing):
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    said = written_on(drawing)
    boxes = [text.get_window_extent(canvas.get_renderer()).padded(-1) for text in said]
    for one, other in combinations(range(len(said)), 2):
        assert not boxes[one].overlaps(boxes[other]), (said[one], said[other])


def written_on(drawing) -> list[Text]:
    """The texts that are seen: not of hidden axes, nor of a tick beyond the ends of its axis."""
    seen = []
    for axes in filter(Axes.get_visible, drawing.axes):
        seen += [*axes.texts, *(axes.get_legend().texts if axes.get_legend() else ())]
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            low, high = sorted(axis.get_view_interval())
            ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            seen += [axis.label, *(tick.label1 for tick in ticks if tick.label1.get_visible())]
    return [text for text in seen if text.get_text().strip()]


def test_the_same_drawing_twice_is_the_same_text(drawing):
    assert drawing._repr_html_() == drawing._repr_html_()


def test_ids_of_two_drawings_on_a_page_differ():
    ids = [
        {tag["id"] for tag in svg_of(plots.windows_on_line(n, 3, 2)).find_all(id=True)}
        for n in (8, 10)
    ]
    assert ids[0] and not ids[0] & ids[1]


def test_a_convolution_step_writes_every_product():
    shown = texts(plots.convolution_step(PICTURE, [[1, -2], [0, 1]], 0, 1))
    assert "1·1 + 2·(−2) + 4·0 + 5·1 = 2" in shown
    assert "−3" not in shown  # outputs that come later are not given away


def test_who_does_not_see_grids_hears_their_numbers():
    drawing = plots.grids([[[1, -2], [0.5, 3]], [[np.nan, 1]]], ["left", "right"])
    assert drawing.alt == "Numbers: left, 2 by 2: 1 −2, 0.5 3; right, 1 by 2: 1."
    heard = plots.pooling_step(np.array([[1, 3], [5, 2]])).alt
    assert heard == (
        "The maximum and the mean of each window of 2 by 2: map, 2 by 2: 1 3, 5 2; "
        "max pooling, 1 by 1: 5; average pooling, 1 by 1: 2.75."
    )


def test_a_number_below_0_is_hatched_one_above_tinted_and_0_is_bare():
    def grounds(value: float) -> list[str | None]:
        patches = plots.grids([[[value, 1]]], ["map"]).axes[0].patches
        cell = [patch for patch in patches if patch.get_x() == patches[0].get_x()]
        return [patch.get_hatch() for patch in cell if not patch.get_linewidth()]

    assert grounds(-1) == [None, "///"]
    assert grounds(1) == [None]
    shown = str(svg_of(plots.grids([[[0, 1]]], ["map"])))
    assert shown.count("fill-opacity") == 1  # of the 1: the 0 has no ground


def test_pooling_step_shows_maxima_and_means_of_whole_windows():
    shown = texts(plots.pooling_step(np.array([[1, 3, 9], [5, 7, 9], [9, 9, 9]])))
    assert "7" in shown and "4" in shown


def test_windows_on_line_names_what_is_dropped():
    assert "1 dropped" in texts(plots.windows_on_line(8, 3, 2))
    assert "3 windows fit, 1 pixels dropped" in plots.windows_on_line(8, 3, 2).alt
    assert not any("dropped" in text for text in texts(plots.windows_on_line(7, 3, 2)))


def test_network_maps_writes_every_name_and_shape():
    shown = texts(plots.network_maps(POST_TABLE))
    for expected in ("Input", "64×64", "×3", "Conv2", "28×28", "×16", "FC", "10"):
        assert expected in shown


def test_bars_write_the_numbers():
    shown = texts(plots.layer_bars(POST_CODE))
    assert "376,440 (96.9%)" in shown and "168 (under 0.1%)" in shown
    assert "1,858,312" in texts(plots.compare_bars([POST_TABLE, POST_CODE]))


def test_mistakes_are_framed_and_captioned():
    assert "3 → 4" in texts(DRAWINGS["digit_grid"]())
    assert DRAWINGS["confusion"]().alt == "Confusions: 2 read as 3 1 times."


def test_curves_take_titles_and_printed_errors_from_the_experiments():
    drawing = DRAWINGS["error_curves"]()
    assert texts(drawing).count("LeNet-1, 16 by 16") == 2 and "modern LeNet-5" in texts(drawing)
    assert "LeNet-1, 16 by 16: 1.50 to 1.80 at the end" in drawing.alt
    dashed = [[line.get_linestyle() for line in axes.lines].count("--") for axes in drawing.axes]
    assert dashed == [1, 0, 1, 0]  # the paper has LeNet-1


def test_only_what_reproduces_a_row_stands_beside_the_paper():
    drawing = plots.errors_beside_paper([HERE, LENET1_AGAIN])
    assert "LeNet-1, 16 by 16: 1.50 to 1.80, printed 1.7" in drawing.alt
    assert "modern" not in drawing.alt


def test_a_drawing_saves_as_a_picture(tmp_path):
    plots.network_maps(LENET5_MODERN).savefig(tmp_path / "net.png")
    assert (tmp_path / "net.png").read_bytes().startswith(b"\x89PNG")


def test_a_picker_has_a_button_for_each_drawing_and_shows_one():
    drawings = {name: DRAWINGS["maps"]() for name in ("<zero>", "one")}
    page = BeautifulSoup(plots.Picker("Which?", drawings)._repr_html_(), "html.parser")
    buttons = page.find_all("input", type="radio")
    assert len(buttons) == len(page.find_all("svg")) == 2
    assert len({button["name"] for button in buttons}) == 1
    assert [button.has_attr("checked") for button in buttons] == [True, False]
    assert [label.get_text() for label in page.find_all("label")] == ["<zero>", "one"]
    assert page.find("legend").get_text() == "Which?" and not page.find("script")


def test_errors_at_starts_have_their_mean_above_each_start():
    drawing = plots.errors_at_starts({1.0: [1.5, 2.1], 0.4: [7.2]}, "start")
    assert drawing.alt == "Validation error in percent against start: 7.20 at 0.4, 1.80 at 1.0."
    assert {"7.20", "1.80", "0.4", "1.0"} <= set(texts(drawing))


def test_maps_say_of_what_they_are_and_show_their_scale():
    array = np.array([[[-2.04, 0.5], [1.0, -0.01]]])
    drawing = plots.maps(array, ["a", "b"], of="C1 of a 3")
    assert drawing.alt == "C1 of a 3: 2 maps of 1 by 2 values from −2 to 1: a, b."
    assert texts(drawing) == ["a", "b", "−2", "0", "2"]
    assert texts(plots.maps(array, limit=3))[-3:] == ["−3", "0", "3"]


def test_maps_by_digit_has_a_drawing_for_each_with_the_digit_in_its_alt_text():
    outputs = np.arange(24).reshape(2, 2, 3, 2)
    picker = plots.maps_by_digit("C1", outputs, captions=["a", "b"], size=40)
    assert picker.question == "C1 of the digit" and list(picker.drawings) == ["0", "1"]
    for digit, drawing in enumerate(picker.drawings.values()):
        alone = plots.maps(outputs[digit], ["a", "b"], size=40, of=f"C1 of a {digit}")
        assert drawing.alt == alone.alt and f"C1 of a {digit}: 2 maps of 2 by 3" in drawing.alt
        assert texts(drawing) == texts(alone)


def test_a_negative_number_has_a_dash_where_it_is_large_enough():
    def pictures(size):
        drawing = plots.maps(np.array([[[-1.0], [0.0]], [[1.0], [-1.0]]]), size=size)
        return [np.asarray(image.get_array()) for image in drawing.axes[0].images]

    assert pictures(23)[0].tolist() == [[-1, 0], [1, -1]]
    dashed, _ = pictures(24)
    assert dashed.shape == (18, 18)
    dash = np.argwhere(dashed[:9, :9] == 1).tolist()
    assert dash == [[4, column] for column in range(2, 7)]
    assert (dashed[:9, 9:] == 0).all() and (dashed[9:, :9] == 1).all()
    assert (dashed[9:, 9:] == dashed[:9, :9]).all()


def test_the_squashing_curve_passes_one_at_one():
    axes = plots.squashing_curve().axes[0]
    curve = dict(zip(*(line.round(3) for line in axes.lines[2].get_data()), strict=True))
    assert curve[1.0] == 1 and curve[-1.0] == -1 and curve[5.0] == pytest.approx(1.7117, abs=1e-3)


def test_a_picture_is_written_in_one_byte_a_pixel_and_says_nearly_the_same():
    values = np.linspace(-1, 1, 28 * 28, dtype="float32").reshape(28, 28, 1)
    drawing = plots.maps(values)
    written = re.findall(r"data:image/png;base64,([^\"]+)", drawing._repr_html_())
    picture = Image.open(io.BytesIO(base64.b64decode(written[0])))
    assert (picture.mode, picture.size) == ("L", (28, 28))
    assert np.abs(np.asarray(picture) / 255 * 2 - 1 - values[..., 0]).max() <= 1 / 32
    assert len(np.unique(picture)) == 64


def test_maps_are_one_picture_and_nothing_is_shown_between_them():
    array = np.stack([np.full((4, 5), value) for value in (-1.0, 0.0, 1.0)], axis=-1)
    drawing = plots.maps(array, size=20, columns=2)
    written = re.findall(r"data:image/png;base64,([^\"]+)", drawing._repr_html_())
    assert len(written) == 2  # and the strip of greys
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(written[0]))).convert("LA"))
    grey, seen = picture[..., 0], picture[..., 1] == 255
    frames = [patch for patch in drawing.axes[0].patches if patch.get_height() == 20]
    assert seen.sum() == 3 * 4 * 5 and len(frames) == 3
    (left, _, _, top), edge = drawing.axes[0].images[0].get_extent(), 5
    for frame, value in zip(frames, (1, 129, 255), strict=True):
        column, row = round((frame.get_x() - left) / edge), round((frame.get_y() - top) / edge)
        assert seen[row : row + 4, column : column + 5].all()
        assert np.abs(grey[row : row + 4, column : column + 5].astype(int) - value).max() <= 2
