import itertools

import pytest
from hypothesis import given
from lenet import RBF, TABLE_I, LocallyConnected2D, PartialConv2D, Subsampling2D
from lenet.arithmetic import pad_widths
from networks import locally_connected, partial_convolutions, shapes, subsamplings


@given(partial_convolutions(), shapes)
def test_partial_convolutions_agree_with_counting_one_by_one(layer, shape):
    try:
        height, width, maps = layer.output_shape(shape)
    except ValueError:
        return
    weights, lines = set(), 0
    for out, reads in enumerate(layer.table):
        for _, row, column, m in itertools.product(
            range(height * width), *map(range, layer.kernel_size), reads
        ):
            weights.add((out, m, row, column))
            lines += 1
    assert maps == len(layer.table)
    assert layer.weights(shape) == len(weights)
    assert layer.macs(shape) == lines
    assert layer.connections(shape) == lines + height * width * maps
    assert layer.biases(shape) == (maps if layer.shared_bias else height * width * maps)


@given(locally_connected, shapes)
def test_without_sharing_each_line_has_its_own_weight(layer, shape):
    try:
        output = layer.output_shape(shape)
    except ValueError:
        return
    taps = itertools.product(*map(range, (*layer.kernel_size, shape[2])))
    lines = sum(1 for _ in itertools.product(itertools.product(*map(range, output)), taps))
    units = sum(1 for _ in itertools.product(*map(range, output)))
    assert layer.weights(shape) == layer.macs(shape) == lines
    assert layer.biases(shape) == units and layer.connections(shape) == lines + units


@given(subsamplings, shapes)
def test_subsampling_has_two_parameters_a_map(layer, shape):
    try:
        height, width, maps = layer.output_shape(shape)
    except ValueError:
        return
    assert layer.weights(shape) == layer.biases(shape) == maps == shape[2]
    window = layer.pool_size[0] * layer.pool_size[1]
    assert layer.connections(shape) == height * width * maps * (window + 1)


def test_same_padding_of_the_zip_code_net_leaves_eight_of_sixteen():
    layer = PartialConv2D(((0,),) * 12, 5, 2, padding="same")
    assert layer.output_shape((16, 16, 1)) == (8, 8, 12)
    assert pad_widths(16, 5, 2, "same") == (1, 2)


def test_rbf_units_train_nothing():
    layer = RBF(10)
    assert (layer.weights((84,)), layer.biases((84,)), layer.fixed((84,))) == (0, 0, 840)
    assert layer.macs((84,)) == layer.connections((84,)) == 840


def test_arguments_are_settled_as_those_of_a_convolution():
    assert LocallyConnected2D(6, 5, 2) == LocallyConnected2D(6, (5, 5), (2, 2))
    assert PartialConv2D([[0], [1, 2]], 5, 2) == PartialConv2D(((0,), (1, 2)), (5, 5), (2, 2))


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: PartialConv2D(((0, 0),), 5), ValueError, r"table row 0 .* got \(0, 0\)"),
        (lambda: PartialConv2D(((0,), ()), 5), ValueError, "table row 1 must name each map once"),
        (lambda: PartialConv2D(((0.5,),), 5), TypeError, "table must be a whole number, got 0.5"),
        (lambda: PartialConv2D(((-1,),), 5), ValueError, "table must be at least 0, got -1"),
        (lambda: PartialConv2D((), 5), ValueError,
         "^table must have a row for each map, got none$"),
        (lambda: PartialConv2D(TABLE_I, 5, padding="full"), ValueError, "padding .* got 'full'"),
        (lambda: PartialConv2D(TABLE_I, 0), ValueError, "kernel_size must be at least 1"),
        (lambda: PartialConv2D(TABLE_I, 5).output_shape((14, 14, 5)), ValueError,
         "table names map 5, but 5 maps come in, numbered 0 to 4"),
        (lambda: PartialConv2D(TABLE_I, 5).output_shape((400,)), ValueError,
         "PartialConv2D needs a map"),
        (lambda: LocallyConnected2D(6.0, 5), TypeError, "filters must be a whole number, got 6.0"),
        (lambda: LocallyConnected2D(6, 5, padding="full"), ValueError, "padding .* got 'full'"),
        (lambda: LocallyConnected2D(6, 5).output_shape((400,)), ValueError,
         "LocallyConnected2D needs a map"),
        (lambda: Subsampling2D(0), ValueError, "pool_size must be at least 1, got 0"),
        (lambda: RBF(10.0), TypeError, "units must be a whole number, got 10.0"),
        (lambda: RBF(10).output_shape((1, 1, 84)), ValueError, "RBF needs a flat input"),
    ],
)  # fmt: skip
def test_errors_name_argument_value_and_arithmetic(call, error, says):
    with pytest.raises(error, match=says):
        call()
