import pytest
from lenet import LENET5_1998, POST_FNN, plots
from lenet.plots.shares import BAR
from matplotlib.patches import Rectangle


def bars(drawing) -> list[tuple[float, float]]:
    """Where each part of a bar begins, from the left end of the bars, and how wide it is."""
    (axes,) = drawing.axes
    boxes = [box for box in axes.patches if isinstance(box, Rectangle)][2:]  # after the legend
    left = min(box.get_x() for box in boxes)
    return [(box.get_x() - left, box.get_width()) for box in boxes]


def test_each_part_is_as_wide_as_its_share_of_the_total():
    found = [pytest.approx(number, abs=0.01) for part in
             bars(plots.share_bars([LENET5_1998, POST_FNN])) for number in part]  # fmt: skip
    shares = [49_792 / 60_000, 10_164 / 60_000, 44 / 60_000, 1]  # then a network of dense layers
    conv, dense, rest, all_dense = (BAR * share for share in shares)
    macs = BAR * 315_600 / 326_520
    expected = [0, conv, conv, dense, conv + dense, rest, 0, all_dense]
    assert [*expected, 0, macs, macs, BAR - macs, 0, BAR] == found


def test_the_totals_and_shares_are_told():
    alt = plots.share_bars([LENET5_1998]).alt
    assert "LeNet-5 of 1998 60,000 parameters, 83.0% of them in convolutions" in alt
    assert "326,520 multiply-accumulates, 96.7% of them in convolutions" in alt
