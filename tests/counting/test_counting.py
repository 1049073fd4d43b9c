"""What torchinfo 1.8.0, fvcore 0.1.5 and thop 0.1.1 printed with PyTorch 2.13.0, and Keras live.

`test_counting_tools` asks the tools themselves where they are installed.
"""

import re

import pytest
from hypothesis import given
from kinds import KINDS, SMALL
from lenet import LENET1, LENET5_1998, LENET5_MODERN, POST_CODE, POST_TABLE, Network
from lenet.counting import tools
from lenet.counting.conventions import CONVENTIONS
from lenet.counting.rules import NoRule
from lenet.counting.tools import OPTIMIZERS, by_layer, count, counted, keras_params
from lenet.keras_bridge.model import from_keras, to_keras
from lenet.keras_bridge.quiet import keras
from lenet.layers import BatchNormalization, Dense, PReLU, UpSampling2D
from networks import networks

TOOLS = ("torchinfo", "fvcore", "thop")
PRINTED = [  # network, images, Total mult-adds, flops, macs
    (LENET5_MODERN, 1, 423_038, 416_520, 418_125),
    (LENET5_MODERN, 32, 13_537_216, 13_328_640, 13_380_000),
    (POST_TABLE, 1, 1_893_930, 1_858_312, 1_858_341),
    (POST_TABLE, 32, 60_605_760, 59_465_984, 59_466_912),
    (SMALL, 1, 55_218, 57_320, 60_921),
    (SMALL, 32, 1_766_976, 1_834_240, 1_949_472),
]
PRINTED_FOR_KINDS = [
    (784, 672, 672),  # Conv1D
    (112_640, 110_592, 110_592),
    (2_303, 2_058, 2_058),
    (62_720, 11_760, 61_440),  # Conv2DTranspose
    (8, 224, 448),  # BatchNormalization
    (24, 60, 48),
    (0, 48, 24),
    (0, 0, 56),  # AveragePooling1D
    (0, 0, 256),
    (0, 0, 60),
    (0, 0, 260),
    (0, 0, 0),  # MaxPooling1D
    (0, 576, 576),
    (0, 2_304, 6_336),
    (0, 0, 686),  # Softmax
    (0, 0, 0),
    (18, 105, 105),  # Dense at 7 places
    (0, 0, 0),
]
SGD = keras.optimizers.SGD
BUILT = {"sgd": SGD, "momentum": lambda: SGD(momentum=0.9), "adam": keras.optimizers.Adam}
BUILT |= {"rmsprop": keras.optimizers.RMSprop, "adagrad": keras.optimizers.Adagrad}
BUILT |= {"adamw": keras.optimizers.AdamW}
TABLE = """\
counted by               parameters  it calls it        images: 1
---------------------  ------------  ---------------  -----------
this book                    61,706  MACs                 416,520
with biases                  61,706  MACs                 423,038
product and sum apart        61,706  FLOPs                833,040
the paper of 1998            61,706  connections          429,342
torchinfo 1.8.0              61,706  Total mult-adds      423,038
fvcore 0.1.5                 61,706  flops                416,520
thop 0.1.1                   61,706  macs                 418,125
Keras 3.15                   61,706
Keras 3.15, adam            185,120"""


@pytest.mark.parametrize(("net", "images", *TOOLS), PRINTED)
def test_the_tools_print_what_the_rules_give(net, images, torchinfo, fvcore, thop):
    assert [count(tool, net, images) for tool in TOOLS] == [torchinfo, fvcore, thop]


@pytest.mark.parametrize(
    ("kind", "printed"), list(zip(KINDS, PRINTED_FOR_KINDS, strict=True)),
    ids=[net.layers[0].name for net in KINDS],
)  # fmt: skip
def test_each_kind_of_layer_has_its_own_rule(kind, printed):
    assert tuple(count(tool, kind) for tool in TOOLS) == printed


def test_c1_on_paper():
    c1 = LENET5_MODERN.trace()["C1"]
    numbers = {tool: convention.cost(c1.layer, c1)
               for tool, convention in CONVENTIONS.items()}  # fmt: skip
    assert numbers == {
        "macs": 117_600, "macs_with_bias": 122_304, "flops": 235_200, "connections": 122_304,
        "torchinfo": 122_304, "fvcore": 117_600, "thop": 117_600,
    }  # fmt: skip
    products, sums, bias = 25, 24, 1
    assert numbers["flops"] == 28 * 28 * 6 * (products + sums + bias)


def test_the_paper_counts_connections_once_and_prints_a_number_that_nothing_explains():
    assert count("connections", LENET5_1998) == count("connections", LENET5_1998, 32) == 340_908
    last = [row for row in counted(LENET5_1998).rows if row[0] == "printed in 1998"]
    assert last == [("printed in 1998", 60_000, "multiply-adds", 401_000)]
    assert "printed" not in str(counted(LENET5_MODERN)) + str(counted(LENET1))
    ours = [count(tool, LENET5_1998) for tool in ("macs", "macs_with_bias", "connections")]
    assert ours == [326_520, 333_028, 340_908]


def test_the_table_of_lenet_5():
    table = counted(LENET5_MODERN, optimizer="adam")
    assert [line.rstrip() for line in str(table).splitlines()] == TABLE.splitlines()
    assert counted(LENET5_MODERN, 1_000).headers[-1] == "images: 1,000"


def test_a_tool_without_a_rule_says_so_in_place_of_a_number():
    told = {row[0]: row[1:] for row in counted(LENET5_1998).rows}
    assert told["thop 0.1.1"] == (None, "macs", "no rule for Subsampling2D")
    assert told["this book"] == (60_000, "MACs", 326_520)


@given(networks())
def test_rows_sum_to_totals_and_conventions_keep_their_order(net):
    table = by_layer(net, "macs", "macs_with_bias", "flops", "connections")
    *rows, total = (row[1:] for row in table.rows)
    assert [sum(column) for column in zip(*rows, strict=True)] == list(total)
    macs, biased, flops, connections = total
    assert flops == 2 * macs and macs <= biased <= connections
    for tool in ("macs", "flops"):
        assert count(tool, net, 32) == 32 * count(tool, net)


@given(networks())
def test_fvcore_counts_our_macs_and_torchinfo_adds_the_biases(net):
    try:
        assert count("fvcore", net) == count("macs", net)
        assert count("torchinfo", net) == count("macs_with_bias", net)
    except NoRule as error:  # the layers of 1989 to 1998, which PyTorch does not have
        assert re.search("PartialConv2D|Subsampling2D|LocallyConnected2D", str(error))


def summary_of(model) -> dict[str, int]:
    """The lines below Keras's table: Total params and the like."""
    lines = []
    model.summary(print_fn=lines.append, line_length=100)
    found = re.findall(r"(\S+) params: ([\d,]+)", "\n".join(lines))
    return {name: int(number.replace(",", "")) for name, number in found}


def as_keras_prints(params) -> dict[str, int]:
    names = {"Total": params.total, "Trainable": params.trainable}
    names |= {"Non-trainable": params.non_trainable}
    return names | ({"Optimizer": params.optimizer} if params.optimizer else {})


def test_this_is_the_keras_that_the_table_names():
    assert keras.__version__.startswith(tools.KERAS + ".")


@pytest.mark.parametrize("net", [LENET5_MODERN, LENET5_1998, POST_CODE], ids=lambda net: net.name)
def test_kerass_summary_before_training(net):
    assert summary_of(to_keras(net)) == as_keras_prints(keras_params(net))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_kerass_summary_once_the_optimizer_is_built(optimizer):
    model = to_keras(LENET5_MODERN)
    model.compile(BUILT[optimizer](), "sparse_categorical_crossentropy")
    assert summary_of(model) == as_keras_prints(keras_params(LENET5_MODERN))
    model.optimizer.build(model.trainable_variables)
    assert summary_of(model) == as_keras_prints(keras_params(LENET5_MODERN, optimizer))


def test_adam_makes_keras_print_three_times_as_many():
    adam = keras_params(LENET5_MODERN, "adam")
    assert (adam.trainable, adam.non_trainable, adam.optimizer) == (61_706, 0, 123_414)
    assert adam.total == 3 * 61_706 + 2 == 185_120
    assert keras_params(LENET5_MODERN, "sgd").optimizer == 2


def test_keras_keeps_two_copies_of_what_is_trained_and_none_of_the_running_means():
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((16, 16, 3)), layers.Conv2D(8, 3, use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.DepthwiseConv2D(3),
        layers.AveragePooling2D(2), layers.Conv2D(4, 1),
        layers.BatchNormalization(center=False, scale=False),
        layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax"),
    ])  # fmt: skip
    assert summary_of(model) == as_keras_prints(keras_params(SMALL))
    assert [count(tool, from_keras(model)) for tool in TOOLS] == [count(t, SMALL) for t in TOOLS]
    model.compile("adam", "sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    assert summary_of(model) == as_keras_prints(keras_params(SMALL, "adam"))


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: count("ptflops", LENET5_MODERN), ValueError,
         "tool must be one of macs, .*thop, got 'ptflops'"),
        (lambda: count("thop", LENET5_MODERN, 0), ValueError, "batch_size must be at least 1"),
        (lambda: count("thop", LENET5_MODERN, 1.0), TypeError, "batch_size .* got 1.0"),
        (lambda: counted(LENET5_MODERN, True), TypeError, "batch_size .* got True"),
        (lambda: count("thop", "LeNet-5"), TypeError, "network must be a Network, got 'LeNet-5'"),
        (lambda: keras_params(None), TypeError, "network must be a Network, got None"),
        (lambda: counted(LENET5_MODERN, optimizer="Adam"), ValueError,
         "optimizer must be one of sgd, .*adamw, got 'Adam'"),
        (lambda: by_layer(LENET5_MODERN, "flop"), ValueError, "tool must be .* got 'flop'"),
        (lambda: count("fvcore", LENET5_1998), ValueError,
         "layer 'S2': fvcore 0.1.5.post20221221 has no rule for Subsampling2D"),
        (lambda: count("thop", Network((9,), [PReLU()])), NoRule,
         "layer 'p_re_lu': thop .* has no rule for PReLU"),
        (lambda: count("thop", Network((9,), [BatchNormalization(scale=False)])), NoRule,
         "no rule for a BatchNormalization that shifts and does not scale"),
        (lambda: count("fvcore", Network((2, 2, 1), [UpSampling2D(interpolation="bicubic")])),
         NoRule, "no rule for interpolation 'bicubic'"),
    ],
)  # fmt: skip
def test_errors_name_the_argument_and_the_value(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_every_convention_says_its_rule_in_a_sentence_and_where_it_stands():
    for tool, convention in CONVENTIONS.items():
        assert convention.rule.endswith(".") and convention.source and convention.calls_it
        assert bool(convention.version) == (tool in TOOLS)


def test_the_tools_of_pytorch_count_what_somebody_has_frozen_too():
    frozen = Network((4,), [Dense(3, trainable=False), Dense(2)])
    parameters = {row[0].split(" ")[0]: row[1] for row in counted(frozen).rows}
    assert all(parameters[tool] == 15 + 8 for tool in ("torchinfo", "fvcore", "thop"))
    assert parameters["this"] == 8 and parameters["Keras"] == 15 + 8
