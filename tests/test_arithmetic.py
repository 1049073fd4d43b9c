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
    assert arithmetic.conv_weights((5, 5), 1, 6) == 150
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
         "groups 2 does not divide filters 3"),
    ],
)  # fmt: skip
def test_errors_name_argument_value_and_arithmetic(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_transposed_convolution_of_which_nothing_is_left_is_refused():
    with pytest.raises(ValueError, match=r"output_padding 0 leaves nothing: 0 \* 2 \+ 0 \+ 0 = 0"):
        arithmetic.transposed_size(1, 2, 2, "same", output_padding=0)
    assert arithmetic.transposed_size(1, 3, 2, "same", output_padding=0) == 1
