"""What the notation says of numbers and names beyond all use, in full."""

import pytest
from lenet import parse
from lenet.notation import NotationError, parse_shape

BEYOND = [
    ("1000000001x32x1: flatten", 0, "at most 1,000,000,000 for an input, got 1000000001x32x1"),
    ("12345678901: dense 2", 0, "at most 1,000,000,000 for an input, got 12345678901"),
    ("9x9x1: conv 6 5x1000000001", 14,
     "at most 1,000,000,000 for kernel_size, got 5x1000000001"),
    ("9x9x1: conv 1000000001 5", 12, "at most 1,000,000,000 for filters, got 1000000001"),
    ("9x9x1: conv 6 5 stride 1000000001", 23,
     "at most 1,000,000,000 for strides, got 1000000001"),
    (f"9x9x1: flatten as {'a' * 101}", 18,
     "a name of at most 100 characters, all of them printable, got "
     "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa... (101 characters)'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "word", "name"),
    [
        ("9x9x4: conv 6x6 5", "6x6", "filters"), ("9: dense 6x6", "6x6", "units"),
        ("9x9x4: conv 6 5 groups 2x2", "2x2", "groups"),
    ],
)  # fmt: skip
def test_what_is_counted_has_no_sides(line, word, name):
    says = f"^expected a count such as 6 for {name}, got '{word}'\n"
    with pytest.raises(NotationError, match=says):
        parse(line)


@pytest.mark.parametrize(("line", "start", "wanted"), BEYOND)
def test_what_is_beyond_all_use_is_refused(line, start, wanted):
    with pytest.raises(NotationError) as caught:
        parse(line)
    assert str(caught.value).split("\n")[0] == f"expected {wanted}"
    assert caught.value.start == start


def test_what_a_layer_refuses_is_said_under_its_word():
    line = "9x9x4: conv 6 5, convtranspose 6 5 stride 2 dilation 2"
    with pytest.raises(NotationError) as caught:
        parse(line)
    assert str(caught.value).split("\n") == [
        "strides (2, 2) and dilation_rate (2, 2): only one of them may be above 1",
        f"  {line}",
        f"  {' ' * 17}{'^' * 13}",
    ]


def test_the_largest_are_taken():
    assert parse_shape("1000000000") == (10**9,)
    assert parse(f"9: dense 1000000000 as {'a' * 100}").output_shape == (10**9,)


def test_a_network_has_the_name_that_it_is_given_and_its_line_as_its_source():
    line = "84: dense 10"
    assert (parse(line).name, parse(line, "ten").name) == ("network", "ten")
    assert parse(line).source == line
