import pytest
from lenet import LENET5_1998, LENET5_UNSHARED, POST_FNN, Network
from lenet.imagenet import ALEXNET, MOBILENET
from lenet.layers import Add, Conv2DTranspose, Foreign, SeparableConv2D
from lenet.shares import KINDS, by_kind, kind_of, share_table


def test_every_number_of_a_network_belongs_to_one_kind():
    for network in (LENET5_1998, LENET5_UNSHARED, POST_FNN, ALEXNET, MOBILENET):
        for quantity in ("parameters", "macs"):
            counts = by_kind(network, quantity)
            assert tuple(counts) == KINDS
            assert sum(counts.values()) == getattr(network.trace().total, quantity)


def test_what_each_kind_has():
    assert list(by_kind(LENET5_1998, "macs").values()) == [315_600, 10_920, 0]
    assert list(by_kind(ALEXNET, "parameters").values()) == [2_334_080, 58_631_144, 0]
    assert list(by_kind(MOBILENET, "parameters").values()) == [3_185_088, 1_025_000, 21_888]
    assert list(by_kind(LENET5_UNSHARED, "weights").values()) == [405_600, 10_920, 0]


def test_a_layer_that_convolves_is_a_convolution():
    assert kind_of(SeparableConv2D(16, 5)) == kind_of(Conv2DTranspose(6, 2)) == "convolutions"
    assert kind_of(Add()) == "all else"


def test_what_is_not_known_has_no_share():
    foreign = Foreign("LSTM", (32,), 7_808, name="lstm")
    with pytest.raises(ValueError, match="the macs of lstm are not known"):
        by_kind(Network((28, 28), [foreign]), "macs")


def test_the_table_has_a_row_for_each_network():
    table = share_table([LENET5_1998, ALEXNET])
    assert [row[:2] for row in table.rows] == [
        ("LeNet-5 of 1998", 60_000),
        ("AlexNet", 60_965_224),
    ]
    assert [round(row[4], 2) for row in table.rows] == [96.66, 91.91]
