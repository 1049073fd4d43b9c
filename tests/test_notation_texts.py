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


@pytest.mark.parametrize(
    ("line", "said", "mark"),
    [
        ("9x9x1", "expected an input shape and a colon: 32x32x1:", "     ^"),
        (": dense 2", "expected HEIGHTxWIDTHxCHANNELS or FEATURES, got nothing", "^"),
        ("9x9x1: conv", "conv needs filters and kernel_size: no filters here", " " * 12 + "^"),
        ("9x9x1: conv 6", "conv needs filters and kernel_size: no kernel_size here",
         " " * 14 + "^"),
        ("9x9x1: conv 6 5 strid 2", "'strid' is not known here; did you mean stride?",
         " " * 16 + "^^^^^"),
        ("9x9x1: conv 6 5 nobia", "'nobia' is not known here; did you mean nobias?",
         " " * 16 + "^^^^^"),
        ("9x9x1: conv 6 5 ass C1", "'ass' is not known here; did you mean as?",
         " " * 16 + "^^^"),
    ],
)  # fmt: skip
def test_a_slip_word_for_word_with_its_mark(line, said, mark):
    with pytest.raises(NotationError) as caught:
        parse(line)
    assert str(caught.value).split("\n") == [said, f"  {line}", f"  {mark}"]


def test_where_a_layer_is_wanted_all_are_named_and_one_place_is_marked():
    with pytest.raises(NotationError, match=r"^expected a layer: conv, local, .*, dense, rbf\n"):
        parse("9x9x1: flatten,, dense 2")
    for line, place in (("9x9x1: ", 8), ("9x9x1: flatten,, dense 2", 17)):
        with pytest.raises(NotationError, match=rf"\n {{{place}}}\^$"):
            parse(line)


def test_a_shape_alone_is_shown_with_its_mark():
    with pytest.raises(NotationError) as caught:
        parse_shape("4x4")
    assert str(caught.value).split("\n") == [
        "expected HEIGHTxWIDTHxCHANNELS or FEATURES, got 4x4", "  4x4", "  ^^^",
    ]  # fmt: skip


def test_subsampling_has_the_size_of_its_windows():
    assert parse("32x32x6: subsample 4").output_shape == (8, 8, 6)


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
