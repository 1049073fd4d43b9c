"""Rows and columns of a trace, and how one gets at them."""

import pytest
from lenet import LENET1, LENET5_1998, LENET5_MODERN, POST_TABLE, Network
from lenet.layers import RBF, Add, Conv2D, Flatten, GlobalAveragePooling2D, UpSampling2D
from lenet.layers.foreign import Foreign
from lenet.trace import COLUMNS, SHOWN, SUMMED, totals
from lenet.view import View
from networks import squeeze_and_excite

TEXT = """\
name         output      weights    biases
-----------  --------  ---------  --------
Conv1        62×62×6         162         6
MaxPooling1  31×31×6           0         0
Conv2        28×28×16      1,536        16
MaxPooling2  14×14×16          0         0
Flatten      3,136             0         0
FC           10           31,360        10
-----------  --------  ---------  --------
total                     33,058        32"""


def test_a_trace_renders_as_text_markdown_and_html():
    columns = ("name", "output_shape", "weights", "biases")
    table = POST_TABLE.trace().table(*columns)
    left = [line.split() for line in str(table).splitlines()]
    assert left == [line.split() for line in TEXT.splitlines()]
    assert len({len(line.rstrip()) for line in str(table).splitlines()[:2]}) == 1
    markdown = POST_TABLE.trace().to_markdown()
    assert markdown.count("\n") == 8 and "1,858,312" in markdown
    html = POST_TABLE.trace()._repr_html_()
    assert html.count("<tr") == 8 and "has-total" in html and "31×31×6" in html


def test_columns_without_a_sum_get_no_total():
    table = POST_TABLE.trace().table("name", "output_shape")
    assert not table.has_total and len(table.rows) == 6
    assert table.headers == ("name", "output")


def test_the_total_is_named_where_the_first_column_leaves_room():
    trace = POST_TABLE.trace()
    assert trace.table("layer", "weights").rows[0] == ("Conv2D", 162)
    assert trace.table("layer", "weights").rows[-1] == ("total", 33_058)
    assert trace.table("weights", "name").rows[-1] == (33_058, None)


def test_a_trace_prints_its_usual_columns():
    trace = POST_TABLE.trace()
    assert repr(trace) == repr(trace.table(*SHOWN)) == repr(trace.table())


def test_every_column_can_be_shown():
    table = squeeze_and_excite().trace().table(*COLUMNS)
    assert table.headers == tuple(COLUMNS.values()) and table.has_total
    assert table.rows[0] == (
        "map", "Conv2D", (12, 12, 3), (12, 12, 4), 108, 4, 112, 0, 16128, 15552, 576, (3, 3),
    )  # fmt: skip
    assert table.rows[5][2] == ((12, 12, 4), (12, 12, 3))
    assert table.rows[-1] == (
        "total", None, None, None, 124, 8, 132, 0, 17876, 15568, 1160, None,
    )  # fmt: skip


def test_a_column_that_is_not_there_is_an_error_with_those_that_are():
    with pytest.raises(ValueError, match="no column 'flops'; there are name, layer, "):
        POST_TABLE.trace().table("flops")


def test_rows_can_be_asked_for_by_name_and_by_number():
    trace = POST_TABLE.trace()
    assert trace["FC"].weights == 31_360
    assert trace[0].name == "Conv1" and trace[5] is trace[-1] is trace["FC"]
    assert trace[-6] is trace[0]


def test_a_row_that_is_not_there_is_an_error_with_those_that_are():
    with pytest.raises(KeyError) as caught:
        POST_TABLE.trace()["F6"]
    assert caught.value.args == (
        "no layer 'F6'; there are Conv1, MaxPooling1, Conv2, MaxPooling2, Flatten, FC",
    )
    with pytest.raises(IndexError):  # what ends a loop by number
        POST_TABLE.trace()[6]


def test_a_trace_has_a_length_and_can_be_looped_over():
    trace = LENET5_MODERN.trace()
    assert len(trace) == len(trace.rows) == 8
    assert tuple(trace) == trace.rows
    assert [row.name for row in trace][:2] == ["C1", "S2"]


def test_numbers_set_by_hand_have_a_column_of_their_own():
    total = Network([84], [RBF(10)]).trace().total
    assert (total.fixed, total.parameters, total.activations) == (840, 0, 10)


def test_each_row_keeps_what_the_units_before_and_its_own_see():
    rows = squeeze_and_excite().trace()
    assert rows[0].before == (View.of_image((12, 12, 3)),)
    assert rows[4].before == (rows[0].seen, rows[3].seen)
    assert rows[5].before == (rows[4].seen, View.of_image((12, 12, 3)))
    unlike = Network((8, 8, 1), [Flatten(), UpSampling2D(), GlobalAveragePooling2D()],
                     reads=[(-1,), (-1,), (1,)]).trace()  # fmt: skip
    assert [row.seen is None for row in unlike] == [False, True, True]
    assert unlike[2].before == (None,) and unlike[2].receptive_field is None


def test_the_field_of_a_row_is_that_of_its_view():
    row = Network((9, 8, 1), [Conv2D(1, (3, 5)), Add()], reads=[(-1,), (0, 0)]).trace()[-1]
    assert row.receptive_field == row.seen.fields == (3, 5)


def test_totals_have_a_row_for_each_network_and_the_columns_asked_for():
    table = totals([POST_TABLE, LENET5_MODERN], "macs", "weights")
    assert table.headers == ("network", "MACs", "weights") and not table.has_total
    assert table.rows == (
        ("the post's table", 1_858_312, 33_058),
        ("modern LeNet-5", 416_520, 61_470),
    )
    assert totals([POST_TABLE]).headers == ("network", *map(COLUMNS.get, SUMMED))


def test_a_column_without_a_sum_has_no_totals():
    with pytest.raises(ValueError, match="no sum of 'layer'; there are weights, biases, param"):
        totals([POST_TABLE], "layer")


def test_totals_are_a_row_for_each_network():
    table = totals(iter([LENET1, LENET5_1998]), "input_shape", "parameters", "macs")
    assert table.headers == ("network", "input", "parameters", "MACs")
    assert table.rows == (
        ("LeNet-1", (28, 28, 1), 2_578, 91_520),
        ("LeNet-5 of 1998", (32, 32, 1), 60_000, 326_520),
    )
    assert not table.has_total


def test_totals_of_what_is_not_known_are_at_least_so_much():
    table = totals([Network((28, 28), [Foreign("LSTM", (64,), 9)], name="odd")], "macs")
    assert table.rows == (("odd", "at least 0"),)


def test_a_column_that_has_no_sum_is_refused():
    expected = r"no sum of 'layer'; there are weights, .*, activations, input_shape"
    with pytest.raises(ValueError, match=expected):
        totals([LENET1], "parameters", "layer")
