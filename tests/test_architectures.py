"""The named networks against ledgers worked out on paper, layer by layer."""

import itertools
from collections import Counter

import lenet
import pytest
from lenet import (
    FNN_784_10,
    FNN_784_300_10,
    FNN_784_300_100_10,
    FNN_784_500_150_10,
    FNN_784_1000_10,
    FNN_1024_58_32_10,
    FNN_1024_300_100_10,
    FNN_1024_380_70_10,
    FNN_1024_500_150_10,
    FNN_12288_120_84_10,
    LENET1,
    LENET5_1998,
    LENET5_LEDGER,
    LENET5_MODERN,
    LENET5_UNSHARED,
    POST_CODE,
    POST_FNN,
    POST_TABLE,
    TABLE_I,
    ZIPCODE_1989,
)
from lenet.architectures import NETWORKS

LEDGERS = {  # name: (weights, biases, MACs, activations)
    "the post's table": (POST_TABLE, (33_058, 32, 1_858_312, 44_520)),
    "the post's code": (POST_CODE, (388_266, 236, 1_736_592, 45_636)),
    "the post's FNN": (POST_FNN, (122_880, 10, 122_880, 10)),
    "12288-120-84-10": (FNN_12288_120_84_10, (1_485_480, 214, 1_485_480, 214)),
    "modern LeNet-5": (LENET5_MODERN, (61_470, 236, 416_520, 8_094)),
    "LeNet-5 of 1998": (LENET5_1998, (59_752, 248, 326_520, 8_094)),
    "LeNet-1": (LENET1, (2_536, 42, 91_520, 3_850)),
    "784-10": (FNN_784_10, (7_840, 10, 7_840, 10)),
    "784-300-10": (FNN_784_300_10, (238_200, 310, 238_200, 310)),
    "784-1000-10": (FNN_784_1000_10, (794_000, 1_010, 794_000, 1_010)),
    "784-300-100-10": (FNN_784_300_100_10, (266_200, 410, 266_200, 410)),
    "784-500-150-10": (FNN_784_500_150_10, (468_500, 660, 468_500, 660)),
    "1024-300-100-10": (FNN_1024_300_100_10, (338_200, 410, 338_200, 410)),
    "1024-58-32-10": (FNN_1024_58_32_10, (61_568, 100, 61_568, 100)),
    "1024-380-70-10": (FNN_1024_380_70_10, (416_420, 460, 416_420, 460)),
    "1024-500-150-10": (FNN_1024_500_150_10, (588_500, 660, 588_500, 660)),
    "LeNet-5 without sharing": (LENET5_UNSHARED, (416_520, 6_518, 416_520, 8_094)),
    "zip code net 1989": (ZIPCODE_1989, (8_760, 1_000, 63_660, 1_000)),
}
LAYERS = [
    (POST_TABLE, "Conv1", (62, 62, 6), 162, 168, 622_728),
    (POST_TABLE, "MaxPooling1", (31, 31, 6), 0, 0, 0),
    (POST_TABLE, "Conv2", (28, 28, 16), 1_536, 1_552, 1_204_224),
    (POST_TABLE, "MaxPooling2", (14, 14, 16), 0, 0, 0),
    (POST_TABLE, "Flatten", (3_136,), 0, 0, 0),
    (POST_TABLE, "FC", (10,), 31_360, 31_370, 31_360),
    (POST_CODE, "Conv2", (29, 29, 16), 864, 880, 726_624),
    (POST_CODE, "MaxPooling2", (14, 14, 16), 0, 0, 0),
    (POST_CODE, "FC1", (120,), 376_320, 376_440, 376_320),
    (POST_CODE, "FC2", (84,), 10_080, 10_164, 10_080),
    (POST_CODE, "FC3", (10,), 840, 850, 840),
    (LENET5_MODERN, "C1", (28, 28, 6), 150, 156, 117_600),
    (LENET5_MODERN, "C3", (10, 10, 16), 2_400, 2_416, 240_000),
    (LENET5_MODERN, "C5", (1, 1, 120), 48_000, 48_120, 48_000),
]


def test_one_network_has_one_name():
    """Constant, shell and, for a fully connected one, its own name are the same words."""
    assert len(NETWORKS) == len(LEDGERS) == 18
    for name, network in NETWORKS.items():
        constant = name.upper().replace("-", "_")
        assert constant in lenet.__all__ and getattr(lenet, constant) is network
        assert network.name == name.removeprefix("fnn-") or not name.startswith("fnn-")


def test_no_two_named_networks_are_the_same():
    names = [network.name for network in NETWORKS.values()]
    assert len(set(names)) == len(set(NETWORKS.values())) == len(names)


@pytest.mark.parametrize("name", LEDGERS)
def test_totals(name):
    network, (weights, biases, macs, activations) = LEDGERS[name]
    total = network.trace().total
    assert network.name == name and network.source
    assert (total.weights, total.biases) == (weights, biases)
    assert total.parameters == weights + biases
    assert (total.macs, total.activations) == (macs, activations)


@pytest.mark.parametrize(("network", "name", "shape", "weights", "parameters", "macs"), LAYERS)
def test_layers(network, name, shape, weights, parameters, macs):
    row = network.trace()[name]
    assert (row.output_shape, row.weights, row.parameters, row.macs) == (
        shape, weights, parameters, macs,
    )  # fmt: skip


def test_both_of_the_posts_networks_flatten_to_the_same():
    for network in (POST_TABLE, POST_CODE):
        assert network.trace()["Flatten"].output_shape == (3_136,)


# Parameters and connections a layer, as the papers of 1989, 1990 and 1998 have them.
EARLY = {
    ZIPCODE_1989: {
        "H1": (1_068, 19_968), "H2": (2_592, 38_592), "H3": (5_790, 5_790), "Output": (310, 310),
    },
    LENET1: {
        "H1": (104, 59_904), "H2": (8, 2_880), "H3": (512, 32_768), "H4": (24, 960),
        "Output": (1_930, 1_930),
    },
    LENET5_1998: {
        "C1": (156, 122_304), "S2": (12, 5_880), "C3": (1_516, 151_600), "S4": (32, 2_000),
        "C5": (48_120, 48_120), "F6": (10_164, 10_164), "Output": (0, 840),
    },
}  # fmt: skip


@pytest.mark.parametrize("network", EARLY, ids=lambda network: network.name)
def test_early_networks_layer_by_layer(network):
    rows = {row.name: (row.parameters, row.connections) for row in network.trace().rows}
    assert rows == EARLY[network] | {"Flatten": (0, 0)}


def test_early_networks_in_sum():
    totals = {network: network.trace().total for network in EARLY}
    assert totals[ZIPCODE_1989].parameters == 9_760
    assert totals[ZIPCODE_1989].connections == 64_660
    assert totals[ZIPCODE_1989].activations + 16 * 16 == 1_256
    assert (totals[LENET1].parameters, totals[LENET1].connections) == (2_578, 98_442)
    assert (totals[LENET5_1998].parameters, totals[LENET5_1998].fixed) == (60_000, 840)
    assert totals[LENET5_1998].connections == 340_908


def test_receptive_fields_of_the_lenet5_of_1998():
    trace = LENET5_1998.trace()
    seen = [trace[name].receptive_field for name in ("C1", "S2", "C3", "S4", "C5")]
    assert seen == [(n, n) for n in (5, 6, 14, 16, 32)]


def test_table_i_is_the_papers():
    assert [len(row) for row in TABLE_I] == [3] * 6 + [4] * 9 + [6]
    assert set(Counter(m for row in TABLE_I for m in row).values()) == {10}
    assert len(set(TABLE_I)) == 16
    for row in TABLE_I[:12]:  # contiguous in a ring of six: exactly one gap between neighbours
        gaps = sum((m + 1) % 6 not in row for m in row)
        assert gaps == 1, row
    for row in TABLE_I[12:15]:  # two pairs
        assert sum((m + 1) % 6 not in row for m in row) == 2, row


def test_the_ledger_from_1998_to_today():
    totals = [network.trace().total.parameters for network in LENET5_LEDGER]
    assert totals[0] == 60_000
    steps = [after - before for before, after in itertools.pairwise(totals)]
    assert steps == [-44, 900, 850]
    assert totals[-1] == LENET5_MODERN.trace().total.parameters == 61_706


def test_the_rivals_have_the_budgets_that_they_are_named_for():
    modern = LENET5_MODERN.trace().total
    same = FNN_1024_58_32_10.trace().total.parameters
    assert same == pytest.approx(modern.parameters, rel=0.001)
    assert FNN_1024_380_70_10.trace().total.macs == pytest.approx(modern.macs, rel=0.001)
