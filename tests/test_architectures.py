"""The named networks against ledgers worked out on paper, layer by layer."""

import pytest
from lenet import FNN_LIKE_POST_CODE, LENET5_MODERN, POST_CODE, POST_FNN, POST_TABLE

LEDGERS = {  # name: (weights, biases, MACs, activations)
    "the post's table": (POST_TABLE, (33_058, 32, 1_858_312, 44_520)),
    "the post's code": (POST_CODE, (388_266, 236, 1_736_592, 45_636)),
    "the post's FNN": (POST_FNN, (122_880, 10, 122_880, 10)),
    "FNN 120-84-10": (FNN_LIKE_POST_CODE, (1_485_480, 214, 1_485_480, 214)),
    "modern LeNet-5": (LENET5_MODERN, (61_470, 236, 416_520, 8_094)),
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
