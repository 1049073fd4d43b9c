import numpy as np
from bs4 import BeautifulSoup
from lenet import plots
from lenet.descent import OneWeight
from lenet.training.runs import Run

UNIT = OneWeight(input=2, wanted=6)


def texts(drawing) -> list[str]:
    page = BeautifulSoup(drawing._repr_html_(), "html.parser")
    return [text.get_text().strip() for text in page.find_all("text")]


def test_a_loss_curve_says_each_loss_and_writes_its_slopes():
    drawing = plots.loss_curve(UNIT, [0, 3, 6], slopes_at=[1, 5])
    assert drawing.alt == (
        "Loss against the weight: 36 at 0, 0 at 3, 36 at 6. Slope -16 at 1. Slope 16 at 5."
    )
    assert {"slope −16", "slope 16"} <= set(texts(drawing))


def test_a_dashed_slope_touches_the_curve_where_it_is_asked_for():
    axes = plots.loss_curve(UNIT, [0, 6], slopes_at=[1]).axes[0]
    (left, right), (high, low) = axes.lines[-1].get_data()
    assert (high - low) / (left - right) == -16 and (high + low) / 2 == UNIT.loss(1)


def test_walks_draw_a_numbered_dot_for_the_start_and_each_step():
    drawing = plots.walks(UNIT, 1, [0.05, 0.3], 3)
    assert drawing.alt.endswith(
        "rate 0.05: 1.00, 1.80, 2.28, 2.57; rate 0.3: 1.00, 5.80, -0.92, 8.49."
    )
    written = texts(drawing)
    assert {"rate 0.05", "rate 0.3"} <= set(written)
    slow, fast = drawing.axes
    for axes in (slow, fast):
        assert [note.get_text() for note in axes.texts] == ["0", "1", "2", "3"]
    assert slow.get_xlim() == fast.get_xlim() and slow.get_ylim() == fast.get_ylim()
    assert list(slow.lines[-1].get_xdata()) == UNIT.walk(1, 0.05, 3)


def test_counts_become_bars_as_high_as_they_are_frequent():
    drawing = plots.count_spread([3, 4, 4, 6], "digits misread")
    assert drawing.alt == "digits misread: 4 draws from 3 to 6, mean 4.2."
    bars = {round(bar.get_x() + 0.4): bar.get_height() for bar in drawing.axes[0].patches}
    assert bars == {3: 1, 4: 2, 6: 1}


def test_the_first_mistakes_of_a_run_are_shown_with_what_was_read():
    images = np.zeros((9, 8, 8, 1))
    images[7] = 1
    drawing = plots.misread(images, Run(0, (3.0,), 1.0, ((2, 1, 7), (7, 4, 9), (8, 0, 6))), most=2)
    assert texts(drawing) == ["1 → 7", "4 → 9"]
    shown = [image.get_array() for image in drawing.axes[0].images]
    assert [float(image.max()) for image in shown] == [0, 1]
