import pytest
from hypothesis import given
from lenet import LENET5_MODERN, POST_TABLE, RBF, Conv2D, Dense, Flatten, MaxPooling2D, Network
from lenet.layers import (
    Activation,
    Add,
    BatchNormalization,
    Concatenate,
    Conv2DTranspose,
    GlobalAveragePooling2D,
    LayerNormalization,
    Multiply,
    Permute,
    PReLU,
    RepeatVector,
    Reshape,
    RMSNormalization,
    Shared,
    UpSampling2D,
)
from lenet.network import COLUMNS, SHOWN, SUMMED, View
from networks import networks

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


@given(networks())
def test_totals_are_the_sums_of_the_rows_and_shapes_hand_over(network):
    trace = network.trace()
    for key in SUMMED:
        assert getattr(trace.total, key) == sum(getattr(row, key) for row in trace.rows)
    assert trace.total.parameters == trace.total.weights + trace.total.biases
    shapes = [network.input_shape, *(row.output_shape for row in trace.rows)]
    assert [row.input_shape for row in trace.rows] == shapes[:-1]
    assert network.output_shape == shapes[-1] and trace.input_shape == shapes[0]


def test_numbers_set_by_hand_have_a_column_of_their_own():
    total = Network([84], [RBF(10)]).trace().total
    assert (total.fixed, total.parameters, total.activations) == (840, 0, 10)


def test_an_input_shape_may_be_a_list():
    assert Network([9, 9, 1], [Flatten()]).input_shape == (9, 9, 1)


def changed_pixels(network: Network, name: str) -> tuple:
    """The receptive field, found by asking which pixels reach one unit of a layer."""
    rows = network.trace().rows
    stop = [row.name for row in rows].index(name) + 1
    seen = [{0}, {0}]
    for row in reversed(rows[:stop]):
        kernels, strides = row.layer.window(row.input_shape[:2])
        seen = [
            {unit * stride + tap for unit in units for tap in range(kernel)}
            for units, kernel, stride in zip(seen, kernels, strides, strict=True)
        ]
    return tuple(len(pixels) for pixels in seen)


def test_receptive_fields_agree_with_walking_back_to_the_image():
    for name in ("C1", "S2", "C3", "S4", "C5"):
        row = LENET5_MODERN.trace()[name]
        assert row.receptive_field == changed_pixels(LENET5_MODERN, name)
    assert LENET5_MODERN.trace()["Output"].receptive_field == (32, 32)


def test_a_network_of_dense_layers_sees_all_features():
    assert Network((784,), [Dense(300), Dense(10)]).trace()["dense_1"].receptive_field == (784,)


def test_unnamed_layers_get_the_names_keras_gives():
    layers = [Conv2D(2, 3), MaxPooling2D(), Conv2D(2, 3), Flatten(), Dense(3), Dense(2)]
    names = [row.name for row in Network((20, 20, 1), layers).trace().rows]
    assert names == ["conv2d", "max_pooling2d", "conv2d_1", "flatten", "dense", "dense_1"]


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (Conv2DTranspose(1, 3), "conv2d_transpose"), (PReLU(), "p_re_lu"),
        (RMSNormalization(center=False), "rms_normalization"), (UpSampling2D(), "up_sampling2d"),
        (GlobalAveragePooling2D(), "global_average_pooling2d"), (Add(), "add"),
    ],
)  # fmt: skip
def test_names_have_an_underscore_where_keras_puts_one(layer, name):
    shape = ((8, 8, 2),) * 2 if layer.merges else (8, 8, 2)
    reads = [(-1, -2)] if layer.merges else None
    assert Network(shape, [layer], reads=reads).layers[0].name == name


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
    assert repr(trace) == repr(trace.table(*SHOWN))


def test_rows_can_be_asked_for_by_name():
    assert POST_TABLE.trace()["FC"].weights == 31_360
    with pytest.raises(KeyError, match="no layer 'F6'; there are Conv1, MaxPooling1, "):
        POST_TABLE.trace()["F6"]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: Network((9, 9, 1), []), ValueError,
         "^layers must hold at least one layer, got none$"),
        (lambda: Network((9,) * 5, [Flatten()]), ValueError, r"input_shape .* got \(9, 9, 9, 9, 9"),
        (lambda: Network((9, 9), [Conv2D(2, 3)]), ValueError,
         r"Conv2D needs a map \(height, width, channels\), got \(9, 9\)"),
        (lambda: Network(9, [Flatten()]), ValueError, "input_shape .* got 9"),
        (lambda: Network((9, 9, 0), [Flatten()]), ValueError, "input_shape must be at least 1"),
        (lambda: Network((9, 9, 1.0), [Flatten()]), TypeError, "input_shape .* got 1.0"),
        (lambda: Network((9, 9, 1), ["conv"]), TypeError, "layers must be lenet layers, .*'conv'"),
        (lambda: Network((9, 9, 1), [Flatten(name="a"), Flatten(name="a")]), ValueError,
         "layer names must differ, got a more than once"),
        (lambda: Network((9, 9, 1), [Flatten(name=name) for name in "abab"]), ValueError,
         "got a, b more than once"),
        (lambda: Network((9, 9, 1), [Conv2D(2, 3), Dense(3)]), ValueError,
         r"layer 'dense', input \(7, 7, 2\): Dense needs a flat input"),
        (lambda: Network((9, 9, 1), [Conv2D(2, 10)]), ValueError,
         r"layer 'conv2d', input \(9, 9, 1\): kernel_size 10 does not fit a padded input of 9"),
        (lambda: POST_TABLE.trace().table("flops"), ValueError,
         "no column 'flops'; there are name, layer, "),
    ],
)  # fmt: skip
def test_errors_name_the_layer_and_the_value(call, error, says):
    with pytest.raises(error, match=says):
        call()


def squeeze_and_excite() -> Network:
    """A map, scaled by what a look at all of it says of each channel."""
    layers = [
        Conv2D(4, 3, padding="same", name="map"),
        GlobalAveragePooling2D(name="look"),
        Reshape((1, 1, 4), name="as map"),
        Conv2D(4, 1, name="say"),
        Multiply(name="scaled"),
        Concatenate(name="beside"),
    ]
    return Network((12, 12, 3), layers, reads=[(-1,), (0,), (1,), (2,), (0, 3), (4, -1)])


def test_a_layer_may_read_several_and_sees_what_the_widest_way_sees():
    rows = squeeze_and_excite().trace().rows
    assert [row.output_shape for row in rows[3:]] == [(1, 1, 4), (12, 12, 4), (12, 12, 7)]
    assert rows[4].input_shape == ((12, 12, 4), (1, 1, 4))
    assert [row.receptive_field for row in rows] == [(3, 3)] + 5 * [(14, 14)]
    assert not squeeze_and_excite().is_chain and LENET5_MODERN.is_chain
    assert "12×12×4, 12×12×3" in str(squeeze_and_excite().trace().table("input_shape"))


def test_where_no_one_field_holds_for_all_units_none_is_given():
    network = Network((8, 8, 1), [Conv2D(2, 3), UpSampling2D(2), Conv2D(2, 3), Flatten(), Dense(3)])
    assert [row.receptive_field for row in network.trace().rows] == [(3, 3)] + 4 * [None]
    strides = [Conv2D(2, 1, strides=2, name="a"), Conv2D(2, 5, name="b"), Add(name="c")]
    uneven = Network((8, 8, 1), strides, reads=[(-1,), (-1,), (0, 1)])
    assert [row.receptive_field for row in uneven.trace().rows] == [(1, 1), (5, 5), None]


def test_several_inputs_are_counted_down_from_minus_one():
    network = Network(((8, 8, 1), (8, 8, 2)), [Conv2D(2, 3, padding="same"), Add()],
                      reads=[(-1,), (0, -2)])  # fmt: skip
    assert network.inputs == ((8, 8, 1), (8, 8, 2)) and not network.is_chain
    assert network.output_shape == (8, 8, 2)


@pytest.mark.parametrize(
    ("layers", "reads", "says"),
    [
        ([Flatten()], [], "reads has 0 rows for 1 layers"),
        ([Flatten()], [(0,)], "layer 'flatten' may read -1 to -1, got \\(0,\\)"),
        ([Flatten()], [(-2,)], "layer 'flatten' may read -1 to -1, got"),
        ([Flatten()], [()], "layer 'flatten' may read"),
        ([Flatten(), Dense(2)], [(-1,), (0, -1)], "\\(Dense\\) reads one layer, got \\(0, -1"),
        ([Add()], [(-1,)], "Add reads two layers or more, got \\(4, 4, 1\\)"),
        ([Conv2D(1, 3), Add()], [(-1,), (0, -1)],
         "'add', input .*: Add cannot join \\(2, 2, 1\\) and \\(4, 4, 1\\)"),
    ],
)  # fmt: skip
def test_a_slip_in_who_reads_whom_names_the_layer(layers, reads, says):
    with pytest.raises(ValueError, match=says):
        Network((4, 4, 1), layers, reads=reads)


@pytest.mark.parametrize(
    ("views", "seen"),
    [
        ([((3, 1), (1, 2), (8, 4)), ((1, 5), (1, 2), (8, 6))], ((3, 5), (1, 2), (8, 6))),
        ([((9,), (4,), (1,)), ((3,), (2,), (8,))], ((9,), (2,), (8,))),
        ([((3,), (2,), (8,)), ((9,), (4,), (1,))], ((9,), (2,), (8,))),
        ([((9,), (4,), (1,)), ((3,), (2,), (1,))], ((9,), (4,), (1,))),
        ([((3,), (2,), (2,)), ((3,), (4,), (2,))], None),
        ([((3, 3), (1, 1), (8, 8)), ((3, 3), (1, 2), (8, 8))], None),
        ([((3,), (1,), (8,)), ((3, 3), (1, 1), (8, 8))], None),
        ([((3,), (1,), (8,)), None], None),
    ],
)  # fmt: skip
def test_several_views_make_one_where_their_jumps_agree(views, seen):
    views = [view and View(*view) for view in views]
    assert View.of_several(views) == (seen and View(*seen))


def test_an_image_sees_itself_along_each_axis():
    assert View.of_image((32, 28, 3)) == View((1, 1), (1, 1), (32, 28))
    assert View.of_image((84,)) == View((1,), (1,), (84,))
    assert View.of_image((9, 8, 7, 1)) == View((1, 1, 1), (1, 1, 1), (9, 8, 7))


def test_a_view_goes_through_windows_and_keeps_its_axes_when_flat():
    seen = View((3, 5), (2, 1), (9, 8))
    pooled = seen.through(MaxPooling2D((2, 3), (2, 1)), (4, 6, 1))
    assert pooled == View((5, 7), (4, 1), (4, 6))
    assert pooled.through(Flatten(), (24,)) == pooled
    assert pooled.through(Dense(3), (3,)) == View((17, 12), (4, 1), (1, 1))
    assert seen.through(UpSampling2D(), (18, 16, 1)) is None
    assert seen.through(Flatten(), (9, 8)) is None


def test_what_a_move_leaves_of_a_view():
    one_place = Network((4, 4, 3), [Conv2D(6, 4), Permute((3, 1, 2)), Activation("relu")])
    assert [row.receptive_field for row in one_place.trace().rows] == [(4, 4), None, None]
    moved = Network((4, 4, 3), [Conv2D(6, 3), Permute((3, 1, 2)), Activation("relu")])
    assert [row.receptive_field for row in moved.trace().rows] == [(3, 3), None, None]
    repeated = Network((84,), [Dense(10), RepeatVector(3)])
    assert repeated.trace().rows[1].receptive_field is None


def test_each_row_keeps_what_the_units_before_it_see():
    rows = squeeze_and_excite().trace().rows
    assert rows[0].before == View((1, 1), (1, 1), (12, 12))
    assert rows[4].before == View((14, 14), (1, 1), (12, 12))
    unlike = Network((8, 8, 1), [Flatten(), UpSampling2D(), GlobalAveragePooling2D()],
                     reads=[(-1,), (-1,), (1,)])  # fmt: skip
    assert [row.before is None for row in unlike.trace().rows] == [False, False, True]


def test_every_column_can_be_shown():
    trace = squeeze_and_excite().trace()
    table = trace.table(*COLUMNS)
    assert table.headers == tuple(COLUMNS.values()) and table.has_total
    assert table.rows[0] == (
        "map", "Conv2D", (12, 12, 3), (12, 12, 4), 108, 4, 112, 0, 16128, 15552, 576, (3, 3),
    )  # fmt: skip
    assert table.rows[5][2] == ((12, 12, 4), (12, 12, 3))
    assert table.rows[-1] == (
        "total", None, None, None, 124, 8, 132, 0, 17876, 15568, 1160, None,
    )  # fmt: skip


def test_a_layer_used_again_adds_its_work_and_no_numbers():
    conv = Conv2D(1, 3, padding="same", name="conv")
    network = Network((8, 8, 1), [conv, Shared(conv, name="again"), Shared(conv)])
    rows = network.trace().rows
    assert [(row.weights, row.biases, row.macs) for row in rows] == [(9, 1, 576)] + 2 * [
        (0, 0, 576)
    ]
    assert [row.name for row in rows] == ["conv", "again", "conv2d"]
    assert [row.receptive_field for row in rows] == [(3, 3), (5, 5), (7, 7)]
    frozen = Network((8, 8, 1), [Conv2D(1, 3, trainable=False)]).trace().total
    assert (frozen.weights, frozen.biases, frozen.parameters, frozen.fixed) == (9, 1, 0, 10)


def test_shapes_of_any_rank_and_lists_of_them_are_inputs():
    assert Network((9, 1), [Flatten()]).inputs == ((9, 1),)
    assert Network((9, 9, 9, 1), [Flatten()]).output_shape == (729,)
    several = Network([[4, 4, 1], [3]], [Flatten(), Concatenate()], reads=[[-1], [0, -2]])
    assert several.inputs == several.input_shape == ((4, 4, 1), (3,))
    assert several.reads == ((-1,), (0, -2)) and several.output_shape == (19,)
    assert several.trace().input_shape == ((4, 4, 1), (3,))
    ignored = Network(((4, 4, 1), (3,)), [Flatten(), Dense(2)])
    assert ignored.reads == ((-1,), (0,)) and not ignored.is_chain
    crossed = Network((4, 4, 1), [Flatten(), Flatten()], reads=[(-1,), (-1,)])
    assert not crossed.is_chain
    assert Network((4, 4, 1), [Flatten(), Flatten()], reads=[(-1,), (0,)]).is_chain


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((), r"^input_shape must be \(height, width, channels\) or \(features,\), got \(\)$"),
        (((4, 4, 1), 3), "input_shape must be .* got 3$"),
        (((4, 4, 1), ()), r"input_shape must be .* got \(\)$"),
        (((4, 4, 1), (4, 0, 1)), "^input_shape must be at least 1, got 0$"),
        ("84", "input_shape must be .* got '84'$"),
    ],
)
def test_an_input_that_is_no_shape_is_refused(shape, says):
    with pytest.raises(ValueError, match=says):
        Network(shape, [Flatten()])


def test_a_layer_may_not_read_itself_or_what_comes_later():
    layers = [Flatten(name="a"), Add(name="b")]
    for reads in ([(-1,), (1, 0)], [(-1,), (0, -3)], [(1,), (0, -1)]):
        with pytest.raises(ValueError, match=r"^layer '[ab]' may read -2 to (-1|0), got \("):
            Network(((4,), (4,)), layers, reads=reads)
    with pytest.raises(ValueError, match=r"^layer 'a' \(Flatten\) reads one layer, got \(-1, -2"):
        Network(((4,), (4,)), layers, reads=[(-1, -2), (0, -1)])
    with pytest.raises(ValueError, match=r"^reads has 1 rows for 2 layers$"):
        Network(((4,), (4,)), layers, reads=[(-1,)])
    with pytest.raises(ValueError, match=r"^layer 'b', input \(\(4,\), \(3,\)\): Add cannot join"):
        Network(((4,), (3,)), layers, reads=[(-1,), (0, -2)])


def test_features_that_were_a_map_are_seen_all_at_once_where_they_are_mixed():
    front = [Conv2D(2, 3), Flatten()]
    for layer, field in (
        (LayerNormalization(), (8, 8)),
        (Shared(LayerNormalization()), (8, 8)),
        (Activation("softmax"), (8, 8)),
        (Activation("Softmax"), (8, 8)),
        (Activation("relu"), (3, 3)),
        (BatchNormalization(), (3, 3)),
    ):
        rows = Network((8, 8, 1), [*front, layer]).trace().rows
        assert [row.receptive_field for row in rows] == [(3, 3), (3, 3), field], layer
    on_map = Network((8, 8, 1), [Conv2D(2, 3), LayerNormalization(), Activation("softmax")])
    assert [row.receptive_field for row in on_map.trace().rows] == 3 * [(3, 3)]


def test_a_place_that_is_spread_over_several_has_no_field():
    pooled = [Conv2D(4, 3), GlobalAveragePooling2D()]
    for layer, field in (
        (Reshape((1, 1, 4)), (8, 8)), (Reshape((2, 2, 1)), None), (Reshape((1, 2, 2)), None),
    ):  # fmt: skip
        assert Network((8, 8, 1), [*pooled, layer]).trace().rows[-1].receptive_field == field


@pytest.mark.parametrize("layer", [LayerNormalization(), Activation("softmax")])
def test_all_features_are_one_window_that_does_not_move_on(layer):
    assert layer.flat_window((3, 4)) == ((3, 4), (1, 1))
    assert Activation("relu").flat_window((3, 4)) == Reshape((1, 1, 4)).window((1, 1)) == (
        (1, 1), (1, 1),
    )  # fmt: skip


def test_only_names_that_come_twice_are_named():
    layers = [Flatten(name="a"), Flatten(name="b"), Flatten(name="a")]
    with pytest.raises(ValueError, match=r"^layer names must differ, got a more than once$"):
        Network((9, 9, 1), layers)
