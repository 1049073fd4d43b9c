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
    LENET5_DENSE,
    LENET5_LEDGER,
    LENET5_MODERN,
    LENET5_UNSHARED,
    POST_CODE,
    POST_FNN,
    POST_TABLE,
    TABLE_I,
    ZIPCODE_1989,
)
from lenet.architectures import LENET1_TABLE, NETWORKS, ZIPCODE_H2_TABLE

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
    "LeNet-5 without locality": (LENET5_DENSE, (6_757_416, 6_518, 6_757_416, 8_094)),
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
    assert len(NETWORKS) == len(LEDGERS) == 19
    for name, network in NETWORKS.items():
        constant = name.upper().replace("-", "_")
        assert constant in lenet.__all__ and getattr(lenet, constant) is network
        assert network.name == name.removeprefix("fnn-") or not name.startswith("fnn-")


def test_no_two_named_networks_are_the_same():
    names = [network.name for network in NETWORKS.values()]
    assert len(set(names)) == len(set(NETWORKS.values())) == len(names)


# Every network as its source has it: name, kind, shape and activation of each layer.
WRITTEN_OUT = {
    "post-table": """
        Conv1       Conv2D        62x62x6  relu
        MaxPooling1 MaxPooling2D  31x31x6
        Conv2       Conv2D        28x28x16 relu
        MaxPooling2 MaxPooling2D  14x14x16
        Flatten     Flatten       3136
        FC          Dense         10       softmax
    """,
    "post-code": """
        Conv1       Conv2D        62x62x6  relu
        MaxPooling1 MaxPooling2D  31x31x6
        Conv2       Conv2D        29x29x16 relu
        MaxPooling2 MaxPooling2D  14x14x16
        Flatten     Flatten       3136
        FC1         Dense         120      relu
        FC2         Dense         84       relu
        FC3         Dense         10       softmax
    """,
    "post-fnn": """
        Flatten     Flatten       12288
        FC          Dense         10       softmax
    """,
    "fnn-12288-120-84-10": """
        Flatten     Flatten       12288
        FC1         Dense         120      relu
        FC2         Dense         84       relu
        FC3         Dense         10       softmax
    """,
    "lenet5-modern": """
        C1      Conv2D             28x28x6  tanh
        S2      AveragePooling2D   14x14x6
        C3      Conv2D             10x10x16 tanh
        S4      AveragePooling2D   5x5x16
        C5      Conv2D             1x1x120  tanh
        Flatten Flatten            120
        F6      Dense              84       tanh
        Output  Dense              10       softmax
    """,
    "zipcode-1989": """
        H1      PartialConv2D      8x8x12   scaled_tanh
        H2      PartialConv2D      4x4x12   scaled_tanh
        Flatten Flatten            192
        H3      Dense              30       scaled_tanh
        Output  Dense              10       scaled_tanh
    """,
    "lenet1": """
        H1      Conv2D             24x24x4  scaled_tanh
        H2      Subsampling2D      12x12x4  scaled_tanh
        H3      PartialConv2D      8x8x12   scaled_tanh
        H4      Subsampling2D      4x4x12   scaled_tanh
        Flatten Flatten            192
        Output  Dense              10       scaled_tanh
    """,
    "lenet5-1998": """
        C1      Conv2D             28x28x6  scaled_tanh
        S2      Subsampling2D      14x14x6  scaled_tanh
        C3      PartialConv2D      10x10x16 scaled_tanh
        S4      Subsampling2D      5x5x16   scaled_tanh
        C5      Conv2D             1x1x120  scaled_tanh
        Flatten Flatten            120
        F6      Dense              84       scaled_tanh
        Output  RBF                10
    """,
    "lenet5-unshared": """
        C1      LocallyConnected2D 28x28x6  tanh
        S2      AveragePooling2D   14x14x6
        C3      LocallyConnected2D 10x10x16 tanh
        S4      AveragePooling2D   5x5x16
        C5      Conv2D             1x1x120  tanh
        Flatten Flatten            120
        F6      Dense              84       tanh
        Output  Dense              10       softmax
    """,
    "lenet5-dense": """
        Pixels   Flatten           1024
        C1       Dense             4704     tanh
        MapsOfC1 Reshape           28x28x6
        S2       AveragePooling2D  14x14x6
        AllOfS2  Flatten           1176
        C3       Dense             1600     tanh
        MapsOfC3 Reshape           10x10x16
        S4       AveragePooling2D  5x5x16
        C5       Conv2D            1x1x120  tanh
        Flatten  Flatten           120
        F6       Dense             84       tanh
        Output   Dense             10       softmax
    """,
}
IMAGES = {
    (64, 64, 3): ["post-table", "post-code", "post-fnn", "fnn-12288-120-84-10"],
    (32, 32, 1): ["lenet5-modern", "lenet5-1998", "lenet5-unshared", "lenet5-dense"],
    (28, 28, 1): ["lenet1"],
    (16, 16, 1): ["zipcode-1989"],
}
SOURCES = {  # of all but the fully connected ones of the paper and their like
    "post-table": "The post's sections 2 and 3: the summary table that ends in 33058.",
    "post-code": "The post's section 1: the Keras program.",
    "post-fnn": "The post's section 4: 12288 inputs straight to 10 classes.",
    "fnn-12288-120-84-10":
        "Made for this book: the dense layers of the post's code on the bare image.",
    "lenet5-modern":
        "LeNet-5 of LeCun et al. 1998 as it is usually built today: C3 reads all six maps, "
        "pooling has no parameters, and softmax replaces the RBF units.",
    "zipcode-1989":
        "LeCun et al., Neural Computation 1(4), 1989: every unit has a bias of its own.",
    "lenet1": "LeCun et al., NIPS 2, 1990; called LeNet-1 in the paper of 1998.",
    "lenet5-1998":
        "LeCun, Bottou, Bengio and Haffner, Proc. IEEE 86(11), 1998, section II-B.",
    "lenet5-unshared": "Made for this book: modern LeNet-5 with C1 and C3 changed.",
    "lenet5-dense": "Made for this book: modern LeNet-5 with dense layers for C1 and C3.",
}  # fmt: skip


def layers_of(network):
    """Name, kind, shape and activation of each layer; nothing for an activation that is none."""
    return [
        [row.name, row.layer.kind, "x".join(map(str, row.output_shape)),
         *filter(None, [getattr(row.layer, "activation", None)])]
        for row in network.trace()
    ]  # fmt: skip


def lines_of(text):
    return [line.split() for line in text.strip().splitlines()]


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_layer_by_layer_as_the_source_has_it(name):
    assert layers_of(NETWORKS[name]) == lines_of(WRITTEN_OUT[name])
    assert name in IMAGES[NETWORKS[name].input_shape]
    assert NETWORKS[name].source == SOURCES[name]


@pytest.mark.parametrize("name", sorted(NETWORKS.keys() - WRITTEN_OUT.keys()))
def test_a_fully_connected_network_has_the_layers_that_its_name_says(name):
    inputs, *hidden = name.removeprefix("fnn-").removesuffix("-10").split("-")
    middle = [[f"FC{i}", "Dense", units, "tanh"] for i, units in enumerate(hidden, 1)]
    assert layers_of(NETWORKS[name]) == [
        ["Flatten", "Flatten", inputs], *middle, ["Output", "Dense", "10", "softmax"]
    ]  # fmt: skip
    side = {"784": 28, "1024": 32}[inputs]
    assert NETWORKS[name].input_shape == (side, side, 1)
    assert NETWORKS[name].source == (
        "The fully connected networks of LeCun et al. 1998, section III-C, and their like."
    )


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


# What reads what, drawn as the papers draw it: a row for each map below, a column for each above.
TABLE_I_DRAWN = """
    X . . . X X X . . X X X X . X X
    X X . . . X X X . . X X X X . X
    X X X . . . X X X . . X . X X X
    . X X X . . X X X X . . X . X X
    . . X X X . . X X X X . X X . X
    . . . X X X . . X X X X . X X X
"""
LENET1_DRAWN = """
    X X X . X X . . . . . .
    . X X X X X . . . . . .
    . . . . . . X X X . X X
    . . . . . . . X X X X X
"""


@pytest.mark.parametrize(
    ("table", "drawn"), [(TABLE_I, TABLE_I_DRAWN), (LENET1_TABLE, LENET1_DRAWN)]
)
def test_a_table_of_maps_is_the_papers(table, drawn):
    columns = zip(*map(str.split, drawn.split("\n")[1:-1]), strict=True)
    assert table == tuple(
        tuple(m for m, mark in enumerate(column) if mark == "X") for column in columns
    )


def test_each_map_of_h2_reads_eight_neighbours_of_a_ring_of_twelve():
    assert len(set(ZIPCODE_H2_TABLE)) == 12
    for m, maps in enumerate(ZIPCODE_H2_TABLE):
        assert sorted(maps) == list(maps) and m in maps and len(maps) == 8
        assert [n for n in maps if (n + 1) % 12 not in maps] == [(m + 7) % 12]


def test_table_i_has_runs_and_pairs_and_uses_every_map_ten_times():
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


def test_each_step_of_the_ledger_changes_the_layers_that_it_names():
    assert LENET5_LEDGER[0] is LENET5_1998
    plain, full, dense = LENET5_LEDGER[1:]
    assert [(network.name, network.source) for network in (plain, full, dense)] == [
        ("subsampling without parameters",
         "Made for this book: LeNet-5 of 1998 with S2 and S4 changed."),
        ("C3 reads all maps",
         "Made for this book: subsampling without parameters with C3 changed."),
        ("a dense output in place of the RBF units",
         "Made for this book: C3 reads all maps with Output changed."),
    ]  # fmt: skip
    was, now = layers_of(LENET5_1998), layers_of(LENET5_MODERN)
    assert layers_of(plain) == [now[n] if n in (1, 3) else was[n] for n in range(8)]
    assert layers_of(full) == [now[n] if n in (1, 2, 3) else was[n] for n in range(8)]
    assert layers_of(dense) == [now[n] if n in (1, 2, 3, 7) else was[n] for n in range(8)]


def test_the_rivals_have_the_budgets_that_they_are_named_for():
    modern = LENET5_MODERN.trace().total
    same = FNN_1024_58_32_10.trace().total.parameters
    assert same == pytest.approx(modern.parameters, rel=0.001)
    assert FNN_1024_380_70_10.trace().total.macs == pytest.approx(modern.macs, rel=0.001)
