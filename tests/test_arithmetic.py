import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lenet import arithmetic

sizes = st.integers(1, 40)
small = st.integers(1, 7)


def windows(size, kernel_size, stride, before, after, dilation_rate):
    """First positions of all windows, found by trying every one of them."""
    found, start = [], -before
    while start + (kernel_size - 1) * dilation_rate < size + after:
        found.append(start)
        start += stride
    return found


@given(sizes, small, small, st.integers(0, 4), st.integers(1, 3))
def test_output_size_and_dropped_agree_with_counting(size, kernel_size, stride, pad, dilation):
    found = windows(size, kernel_size, stride, pad, pad, dilation)
    how = (size, kernel_size, stride, pad, dilation)
    if not found:
        with pytest.raises(ValueError, match="does not fit"):
            arithmetic.output_size(*how)
        return
    last_seen = found[-1] + (kernel_size - 1) * dilation
    assert arithmetic.output_size(*how) == len(found)
    assert arithmetic.dropped(*how) == size + pad - 1 - last_seen


@given(sizes, small, small, st.integers(1, 3))
def test_same_has_a_window_for_every_stride_and_no_zero_too_many(size, kernel, stride, dilation):
    before, after = arithmetic.pad_widths(size, kernel, stride, "same", dilation)
    found = windows(size, kernel, stride, before, after, dilation)
    assert len(found) == len(range(0, size, stride))
    assert len(found) == arithmetic.output_size(size, kernel, stride, "same", dilation)
    assert after - before in (0, 1)
    last_seen = found[-1] + (kernel - 1) * dilation
    beyond = arithmetic.dropped(size, kernel, stride, "same", dilation)
    assert beyond == size + after - 1 - last_seen
    assert beyond == 0 or before + after == 0


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ((64, 3), 62),
        ((31, 4), 28),
        ((29, 2, 2), 14),
        ((10, 3, 2), 4),  # cs231n's W=10, F=3, S=2, which it calls invalid
        ((8, 3, 2), 3),
        ((7, 3, 2, "same"), 4),
        ((7, 3, 1, 2), 9),
        ((7, 3, 1, "valid", 2), 3),
    ],
)
def test_output_size_of_known_cases(how, expected):
    assert arithmetic.output_size(*how) == expected


@pytest.mark.parametrize(("groups", "weights"), [(1, 18_432), (2, 9_216), (4, 4_608), (32, 576)])
def test_conv_weights_with_groups(groups, weights):
    found = arithmetic.conv_weights((3, 3), 32, 64, groups)
    assert found == weights and type(found) is int


def test_what_is_left_out_is_a_plain_window():
    assert arithmetic.effective_kernel(3) == 3
    assert arithmetic.pad_widths(28, 5) == (0, 0)
    assert arithmetic.pad_widths(28, 5, padding="same") == (2, 2)
    assert arithmetic.dropped(8, 3) == 0 and arithmetic.dropped(8, 3, stride=3) == 2
    assert arithmetic.conv_weights((5, 5), 1, 6) == arithmetic.conv_weights([5, 5], 1, 6) == 150
    assert arithmetic.receptive_field_step(6, 2, 5) == (14, 2)


def test_receptive_fields_of_lenet5():
    steps = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
    seen, field, jump = [], 1, 1
    for kernel_size, stride in steps:
        field, jump = arithmetic.receptive_field_step(field, jump, kernel_size, stride)
        seen.append((field, jump))
    assert seen == [(5, 1), (6, 2), (14, 2), (16, 4), (32, 4)]
    assert arithmetic.receptive_field_step(1, 1, 3, dilation_rate=2) == (5, 1)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: arithmetic.output_size(3, 5), ValueError,
         "kernel_size 5 does not fit a padded input of 3: 3 - 5 = -2"),
        (lambda: arithmetic.output_size(4, 3, dilation_rate=2), ValueError,
         r"kernel_size 3 with dilation_rate 2 \(spans 5\) does not fit a padded input of 4"),
        (lambda: arithmetic.output_size(0, 3), ValueError, "size must be at least 1, got 0"),
        (lambda: arithmetic.output_size(8, 3, stride=0), ValueError, "stride .* got 0"),
        (lambda: arithmetic.output_size(8, 3, stride=2.0), TypeError, "stride .* got 2.0"),
        (lambda: arithmetic.output_size(8, 3, padding="full"), ValueError, "padding .*'full'"),
        (lambda: arithmetic.output_size(8, 3, padding=-1), ValueError, "padding .* got -1"),
        (lambda: arithmetic.output_size(8, 3, padding=None), TypeError, "padding .* got None"),
        (lambda: arithmetic.effective_kernel(0), ValueError, "^kernel_size must be at least 1"),
        (lambda: arithmetic.effective_kernel(3, 0), ValueError, "dilation_rate .* got 0"),
        (lambda: arithmetic.whole("filters", True), TypeError, "filters .* got True"),
        (lambda: arithmetic.conv_weights((3, 3), 3, 4, 2), ValueError,
         r"groups 2 does not divide input channels 3: 3 = 1 \* 2 \+ 1$"),
        (lambda: arithmetic.conv_weights((3, 3), 4, 3, 2), ValueError,
         r"groups 2 does not divide filters 3: 3 = 1 \* 2 \+ 1$"),
        (lambda: arithmetic.conv_weights((3, 3), 4, 10, 4), ValueError,
         r"groups 4 does not divide filters 10: 10 = 2 \* 4 \+ 2$"),
        (lambda: arithmetic.conv_weights((3, 3), 4, 7, 4), ValueError,
         r"groups 4 does not divide filters 7: 7 = 1 \* 4 \+ 3$"),
    ],
)  # fmt: skip
def test_errors_name_argument_value_and_arithmetic(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_transposed_convolution_of_which_nothing_is_left_is_refused():
    with pytest.raises(ValueError, match=r"output_padding 0 leaves nothing: 0 \* 2 \+ 0 \+ 0 = 0"):
        arithmetic.transposed_size(1, 2, 2, "same", output_padding=0)
    assert arithmetic.transposed_size(1, 3, 2, "same", output_padding=0) == 1


@pytest.mark.parametrize(
    ("how", "side"),
    [
        ((5, 5), 9), ((14, 2, 2), 28), ((4, 2, 3), 12), ((4, 2, 3, "same"), 12),
        ((4, 3, 1, "valid", 2), 8), ((4, 3, 2, "valid", 1, 0), 9), ((4, 3, 2, "valid", 1, 1), 10),
        ((4, 3, 2, "same", 1, 1), 8), ((4, 2, 2, "same", 1, 0), 6), ((1, 1), 1),
    ],
)  # fmt: skip
def test_sides_of_known_transposed_convolutions(how, side):
    assert arithmetic.transposed_size(*how) == side


def test_causal_zeros_are_all_in_front():
    assert arithmetic.pad_widths(28, 5, padding="causal") == (4, 0)
    assert arithmetic.pad_widths(28, 3, 2, "causal", dilation_rate=2) == (4, 0)


def test_where_all_units_see_the_same_they_go_on_doing_so():
    assert arithmetic.receptive_field_step(12, 0, 3) == (12, 0)


NO_NUMBERS = ("6", 6.0, True, None, [], (5, 5), float("nan"), np.array([1, 2]), 0, -1)
WINDOW = {"size": 9, "kernel_size": 3, "stride": 2, "dilation_rate": 2}
RIGHT = {
    arithmetic.effective_kernel: {"kernel_size": 3, "dilation_rate": 2},
    arithmetic.pad_widths: WINDOW,
    arithmetic.output_size: WINDOW,
    arithmetic.dropped: WINDOW,
    arithmetic.transposed_size: {**WINDOW, "output_padding": 0},
    arithmetic.conv_weights: {"kernel_size": (3, 3), "in_channels": 4, "filters": 4, "groups": 2},
    arithmetic.receptive_field_step: {
        "field": 5, "jump": 2, "kernel_size": 3, "stride": 2, "dilation_rate": 2,
    },
}  # fmt: skip
TAKEN = {("jump", "0"), ("output_padding", "0"), ("output_padding", "None")}
CALLS = [
    (function, name, wrong)
    for function, right in RIGHT.items() for name in right for wrong in NO_NUMBERS
    if (name, repr(wrong)) not in TAKEN
    and not (name in right and isinstance(right[name], tuple) and isinstance(wrong, tuple))
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "name", "wrong"), CALLS, ids=lambda one: getattr(one, "__name__", repr(one))
)
def test_no_formula_takes_what_is_no_whole_number(function, name, wrong):
    with pytest.raises((TypeError, ValueError)) as caught:
        function(**{**RIGHT[function], name: wrong})
    assert caught.type in (TypeError, ValueError)
    assert str(caught.value).startswith(name) and str(caught.value).endswith(f"got {wrong!r}")


@pytest.mark.parametrize("wrong", ["full", "", None, 1.5, True, -1, (1, 1), []], ids=repr)
@pytest.mark.parametrize(
    "function",
    [arithmetic.pad_widths, arithmetic.output_size, arithmetic.dropped, arithmetic.transposed_size],
)
def test_no_formula_takes_another_padding(function, wrong):
    with pytest.raises((TypeError, ValueError), match=r"^padding must be ") as caught:
        function(9, 3, padding=wrong)
    assert str(caught.value).endswith(f"got {wrong!r}")


@pytest.mark.parametrize("wrong", [(), (3, "3"), (3, 0), (3.0, 3), (True, 3), ([3],)], ids=repr)
def test_no_weights_are_those_of_a_strange_kernel(wrong):
    with pytest.raises((TypeError, ValueError), match=r"^kernel_size must "):
        arithmetic.conv_weights(wrong, 1, 6)


def test_no_negative_kernel_is_padded():
    with pytest.raises(ValueError, match=r"^kernel_size must be at least 1, got -3$"):
        arithmetic.pad_widths(28, -3)


def test_numbers_of_numpy_are_whole_numbers():
    hundred = np.int8(100)
    found = arithmetic.conv_weights((hundred, hundred), np.int8(3), np.int8(4))
    assert found == 120_000 and type(found) is int
    assert arithmetic.output_size(np.int8(127), np.int8(1), padding=hundred) == 327
    assert arithmetic.transposed_size(hundred, np.int8(5), np.int8(3)) == 302
    assert arithmetic.dropped(hundred, np.int8(3), np.int8(2), padding=hundred) == 1
    assert arithmetic.receptive_field_step(hundred, hundred, hundred) == (10_000, 100)
