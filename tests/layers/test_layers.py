import itertools

import numpy as np
import pytest
from hypothesis import given
from lenet import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from lenet.arithmetic import pad_widths
from networks import convolutions, shapes


def count_by_hand(layer: Conv2D, shape: tuple) -> dict:
    """Walk over every output unit and every input line of it, counting one at a time."""
    channels = shape[2]
    rows, columns = layer.kernel_size
    pads = [
        pad_widths(size, k, s, layer.padding, d)
        for size, k, s, d in zip(
            shape, layer.kernel_size, layer.strides, layer.dilation_rate, strict=False
        )
    ]
    starts = [
        [
            start
            for start in range(-before, size + after, stride)
            if start + (k - 1) * d < size + after
        ]
        for (before, after), size, k, stride, d in zip(
            pads, shape, layer.kernel_size, layer.strides, layer.dilation_rate, strict=False
        )
    ]
    weights, macs = set(), 0
    for filter_, _, _ in itertools.product(range(layer.filters), *starts):
        group = filter_ * layer.groups // layer.filters
        own = range(group * channels // layer.groups, (group + 1) * channels // layer.groups)
        for line in itertools.product(range(rows), range(columns), own):
            weights.add((filter_, *line))
            macs += 1
    units = layer.filters * len(starts[0]) * len(starts[1])
    return {
        "shape": (len(starts[0]), len(starts[1]), layer.filters),
        "weights": len(weights),
        "macs": macs,
        "connections": macs + units * layer.use_bias,
    }


@given(convolutions(), shapes)
def test_convolutions_agree_with_counting_one_by_one(layer, shape):
    shape = (*shape[:2], shape[2] * layer.groups)  # else most groups would not divide
    try:
        expected_shape = layer.output_shape(shape)
    except ValueError:
        return
    if layer.macs(shape) > 200_000:
        return
    by_hand = count_by_hand(layer, shape)
    assert expected_shape == by_hand["shape"]
    assert layer.weights(shape) == by_hand["weights"]
    assert layer.macs(shape) == by_hand["macs"]
    assert layer.connections(shape) == by_hand["connections"]


def test_defaults_are_those_of_keras():
    conv, pool = Conv2D(6, 5), MaxPooling2D((3, 2))
    assert (conv.strides, conv.padding, conv.dilation_rate) == ((1, 1), "valid", (1, 1))
    assert (conv.groups, conv.use_bias, conv.activation) == (1, True, None)
    assert MaxPooling2D().pool_size == (2, 2) and pool.strides == (3, 2)
    assert Dense(3).use_bias


def test_images_and_kernels_need_not_be_square():
    layer = Conv2D(8, (3, 5), (1, 2))
    assert layer.output_shape((20, 31, 3)) == (18, 14, 8)
    assert layer.weights((20, 31, 3)) == 3 * 5 * 3 * 8


def test_numpy_integers_are_whole_numbers():
    assert Conv2D(np.int64(6), np.int32(5)) == Conv2D(6, (5, 5))


def test_what_has_no_weights_has_none():
    for layer in (MaxPooling2D(2), AveragePooling2D(2), Flatten()):
        assert layer.weights((4, 4, 3)) == layer.biases((4, 4, 3)) == layer.macs((4, 4, 3)) == 0
        assert layer.fixed((4, 4, 3)) == 0
    assert MaxPooling2D(2).connections((4, 4, 3)) == 2 * 2 * 3 * 4
    assert Flatten().activations((4, 4, 3)) == Flatten().connections((4, 4, 3)) == 0


def test_layers_are_frozen():
    with pytest.raises(AttributeError):
        Conv2D(6, 5).filters = 7


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: Conv2D(6.0, 5), TypeError, "filters must be a whole number, got 6.0"),
        (lambda: Conv2D("6", 5), TypeError, "filters .* got '6'"),
        (lambda: Conv2D(0, 5), ValueError, "filters must be at least 1, got 0"),
        (lambda: Conv2D(6, -5), ValueError, "kernel_size must be at least 1, got -5"),
        (lambda: Conv2D(6, (3, 0)), ValueError, "kernel_size must be at least 1, got 0"),
        (lambda: Conv2D(6, (3, 3, 3)), ValueError, r"kernel_size .* got \(3, 3, 3\)"),
        (lambda: Conv2D(6, 5, strides=0), ValueError, "strides must be at least 1, got 0"),
        (lambda: Conv2D(6, 5, dilation_rate=1.5), TypeError, "dilation_rate .* got 1.5"),
        (lambda: Conv2D(6, 5, groups=0), ValueError, "groups must be at least 1, got 0"),
        (lambda: Conv2D(6, 5, padding="SAME"), ValueError, "padding .* got 'SAME'"),
        (lambda: Conv2D(6, 5, padding=2), ValueError, 'padding must be "valid" or "same", got 2'),
        (lambda: Conv2D(6, 5, use_bias=1), TypeError, "use_bias must be True or False, got 1"),
        (lambda: Conv2D(6, 5, activation=len), TypeError, "activation must be a name"),
        (lambda: Conv2D(6, 5, name=""), TypeError, "name must be a word"),
        (lambda: MaxPooling2D(0), ValueError, "pool_size must be at least 1, got 0"),
        (lambda: MaxPooling2D(5).output_shape((4, 9, 1)), ValueError,
         "pool_size 5 does not fit a padded input of 4: 4 - 5 = -1"),
        (lambda: MaxPooling2D(padding="full"), ValueError, "padding .* got 'full'"),
        (lambda: Conv2D(6, 5).output_shape((400,)), ValueError, r"Conv2D needs a map .* \(400,\)"),
        (lambda: Conv2D(6, 5).weights((400,)), ValueError, "Conv2D needs a map"),
        (lambda: MaxPooling2D().output_shape((400,)), ValueError, "MaxPooling2D needs a map"),
        (lambda: Conv2D(4, 3, groups=2).output_shape((9, 9, 3)), ValueError,
         r"groups 2 does not divide input channels 3: 3 = 1 \* 2 \+ 1"),
        (lambda: Dense(0), ValueError, "units must be at least 1, got 0"),
        (lambda: Dense(3, use_bias=1), TypeError, "use_bias must be True or False, got 1"),
        (lambda: Dense(10).output_shape((5, 5, 16)), ValueError,
         r"Flatten before it \(5 \* 5 \* 16 = 400\)"),
    ],
)  # fmt: skip
def test_errors_name_argument_value_and_arithmetic(call, error, says):
    with pytest.raises(error, match=says):
        call()
