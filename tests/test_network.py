import pytest
from hypothesis import given, settings
from lenet import LENET5_MODERN, Conv2D, Dense, Flatten, MaxPooling2D, Network
from lenet.layers import (
    Add,
    BatchNormalization,
    Concatenate,
    Conv2DTranspose,
    GlobalAveragePooling2D,
    LayerNormalization,
    PReLU,
    RMSNormalization,
    Shared,
    UpSampling2D,
)
from lenet.trace import SUMMED
from networks import graphs, networks, squeeze_and_excite


@settings(max_examples=50)
@given(networks())
def test_totals_are_the_sums_of_the_rows_and_shapes_hand_over(network):
    trace = network.trace()
    for key in SUMMED:
        assert getattr(trace.total, key) == sum(getattr(row, key) for row in trace.rows)
    assert trace.total.parameters == trace.total.weights + trace.total.biases
    shapes = [network.input_shape, *(row.output_shape for row in trace.rows)]
    assert [row.input_shape for row in trace.rows] == shapes[:-1]
    assert network.output_shape == shapes[-1] and trace.input_shape == shapes[0]


@settings(max_examples=60)
@given(graphs())
def test_a_row_has_the_counts_of_its_layer_and_what_is_not_trained_is_fixed(network):
    outputs = [*reversed(network.inputs), *(row.output_shape for row in network.trace())]
    for row, reads in zip(network.trace(), network.reads, strict=True):
        came = tuple(outputs[n + len(network.inputs)] for n in reads)
        assert row.input_shape == (came if row.layer.merges else came[0])
        counts, own = row.layer.counts(row.input_shape), row.weights + row.biases
        for name in ("output_shape", "weights", "biases", "connections", "macs", "activations"):
            assert getattr(row, name) == getattr(counts, name)
        assert row.parameters + row.fixed == own + counts.fixed
        assert row.parameters == (own if row.layer.trainable else 0)


def test_one_layer_is_a_network_too():
    network = Network((9, 9, 1), Conv2D(2, 3))
    assert network == Network((9, 9, 1), [Conv2D(2, 3)]) == Network([9, 9, 1], (Conv2D(2, 3),))
    assert [layer.name for layer in network.layers] == ["conv2d"]


def test_a_network_shows_its_table_in_a_notebook():
    assert LENET5_MODERN._repr_html_() == LENET5_MODERN.trace()._repr_html_()
    assert "lenet-table" in LENET5_MODERN._repr_html_()


def test_a_network_without_a_name_or_a_source_is_like_one_with_a_source():
    plain = Network((9,), Dense(3))
    assert (plain.name, plain.source) == ("network", "")
    assert plain == Network((9,), Dense(3), source="here") != Network((9,), Dense(3), "mine")


def test_an_input_shape_may_be_a_list():
    assert Network([9, 9, 1], [Flatten()]).input_shape == (9, 9, 1)


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


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: Network((9, 9, 1), []), ValueError,
         "^layers must hold at least one layer, got none$"),
        (lambda: Network((9,) * 5, [Flatten()]), ValueError, r"input_shape .* got \(9, 9, 9, 9, 9"),
        (lambda: Network((9, 9), [Conv2D(2, 3)]), ValueError,
         r"Conv2D needs a map \(height, width, channels\), got \(9, 9\)"),
        (lambda: Network(9, [Flatten()]), TypeError, "input_shape .* got 9$"),
        (lambda: Network("84", [Flatten()]), TypeError, "input_shape must be .* got '84'$"),
        (lambda: Network(((4, 4, 1), 3), [Flatten()]), TypeError, "input_shape must be .* got 3$"),
        (lambda: Network((9,), 5), TypeError, "^layers must be lenet layers, got 5$"),
        (lambda: Network((9,), [Flatten()], reads=5), TypeError, "^reads must .* got 5$"),
        (lambda: Network((9,), [Flatten()], reads="0"), TypeError, "^reads must .* got '0'$"),
        (lambda: Network((9,), [Flatten()], reads=[-1]), TypeError, r"^reads must .* got \[-1\]$"),
        (lambda: Network((9,), [Flatten()], reads=[("a",)]), TypeError,
         "^reads must be a whole number, got 'a'$"),
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
    ],
)  # fmt: skip
def test_errors_name_the_layer_and_the_value(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_layer_may_read_several_and_sees_what_the_widest_way_sees():
    rows = squeeze_and_excite().trace().rows
    assert [row.output_shape for row in rows[3:]] == [(1, 1, 4), (12, 12, 4), (12, 12, 7)]
    assert rows[4].input_shape == ((12, 12, 4), (1, 1, 4))
    assert [row.receptive_field for row in rows] == [(3, 3)] + 5 * [(14, 14)]
    assert not squeeze_and_excite().is_chain and LENET5_MODERN.is_chain
    assert "12×12×4, 12×12×3" in str(squeeze_and_excite().trace().table("input_shape"))


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


@pytest.mark.parametrize(
    ("layer", "first", "then", "has", "needs"),
    [
        (Dense(10), (400,), (120,), "4,010", "1,210"),
        (Dense(10, name="F6"), (400,), (120,), "4,010", "1,210"),
        (BatchNormalization(), (14, 14, 6), (14, 14, 16), "24", "64"),
        (LayerNormalization(axis=-3), (4, 4, 3), (5, 4, 3), "8", "10"),
    ],
)
def test_a_layer_cannot_be_used_again_where_other_numbers_are_needed(
    layer, first, then, has, needs
):
    says = f"^layer 'again' uses {layer.kind} again, which has {has} numbers, .* need {needs}$"
    with pytest.raises(ValueError, match=says):
        Network((first, then), [layer, Shared(layer, name="again")], reads=[(-1,), (-2,)])
    here = Network((first, first), [layer, Shared(layer, name="again")], reads=[(-1,), (-2,)])
    assert here.trace().rows[1].parameters == 0


def test_a_layer_like_another_is_used_again_by_its_name():
    one, other = Dense(10, name="one"), Dense(10, name="other")
    network = Network(((400,), (120,)), [one, other, Shared(other)], reads=[(-1,), (-2,), (-2,)])
    assert network.trace().total.parameters == 4010 + 1210


def test_the_numbers_that_another_layer_of_its_kind_has_are_not_its_own():
    one, other = Dense(10, name="one"), Dense(20, name="other")
    layers = [one, other, Shared(one, name="again")]
    assert other.counts((120,)).numbers == one.counts((241,)).numbers == 2_420
    with pytest.raises(ValueError, match=r"has 4,010 numbers, .* would need 2,420$"):
        Network(((400,), (120,), (241,)), layers, reads=[(-1,), (-2,), (-3,)])


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
        (((4, 4, 1), ()), r"input_shape must be .* got \(\)$"),
        (((4, 4, 1), (4, 0, 1)), "^input_shape must be at least 1, got 0$"),
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


def test_only_names_that_come_twice_are_named():
    layers = [Flatten(name="a"), Flatten(name="b"), Flatten(name="a")]
    with pytest.raises(ValueError, match=r"^layer names must differ, got a more than once$"):
        Network((9, 9, 1), layers)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Network((10**5_000,), Dense(3)),
        lambda: Network((3,), Dense(10**5_000)),
        lambda: Network((3, 3, 1), Conv2D(1, 10**5_000, padding="same")),
        lambda: Network((3, 3, 1), Conv2D(1, 1, strides=10**5_000)),
        lambda: Network((3, 3, 1), UpSampling2D(10**4_900)),
    ],
)
def test_no_number_is_too_long_to_be_written(call):
    with pytest.raises(
        ValueError, match=r" reaches about 10\*\*\d+, and counting ends at 10\*\*100$"
    ):
        call()


def test_the_largest_number_is_counted():
    assert Network((10**98,), Dense(10)).trace().total.weights == 10**99
    assert Network((10**100,), Flatten()).output_shape == (10**100,)
    with pytest.raises(ValueError, match=r"^layer 'dense' reaches about 10\*\*100, "):
        Network((10**98,), Dense(101))
    with pytest.raises(ValueError, match=r"^input_shape reaches about 10\*\*100, "):
        Network((10**100 + 1,), Flatten())
    with pytest.raises(ValueError, match=r"^input_shape reaches about 10\*\*101, "):
        Network((10**101, 1), Flatten())


def test_one_layer_alone_that_joins_several_reads_all_inputs():
    joined = Network(((4, 4, 2), (4, 4, 2), (4, 4, 2)), Add())
    assert joined.reads == ((-1, -2, -3),)
    assert joined.trace()[0].connections == 3 * 32
    assert Network(((4,), (3,)), Dense(2)).reads == ((-1,),)
