"""The networks after LeNet against what their papers and Keras's own pages print."""

import pytest
from lenet.imagenet import ALEXNET, FULL_MOBILENET, LATER, MOBILENET, RESNET50, VGG16
from lenet.trace import Trace

NETWORKS = (ALEXNET, VGG16, RESNET50, MOBILENET, FULL_MOBILENET)
LEDGERS = {  # weights, biases, fixed, MACs
    "AlexNet": (60_954_656, 10_568, 0, 724_406_816),
    "VGG-16": (138_344_128, 13_416, 0, 15_470_264_320),
    "ResNet-50": (25_529_472, 54_120, 53_120, 3_857_973_248),
    "MobileNet": (4_220_032, 11_944, 21_888, 568_740_352),
    "MobileNet of full convolutions": (29_287_104, 6_984, 11_968, 4_867_293_184),
}
WITH_FIXED = {  # what Keras counts, and for AlexNet what everybody does
    "AlexNet": 60_965_224,
    "VGG-16": 138_357_544,
    "ResNet-50": 25_636_712,
    "MobileNet": 4_253_864,
}
ALEXNET_LAYERS = """
    conv1   Conv2D       55x55x96  34944    relu
    pool1   MaxPooling2D 27x27x96  0
    conv2   Conv2D       27x27x256 307456   relu
    pool2   MaxPooling2D 13x13x256 0
    conv3   Conv2D       13x13x384 885120   relu
    conv4   Conv2D       13x13x384 663936   relu
    conv5   Conv2D       13x13x256 442624   relu
    pool5   MaxPooling2D 6x6x256   0
    flatten Flatten      9216      0
    fc6     Dense        4096      37752832 relu
    fc7     Dense        4096      16781312 relu
    fc8     Dense        1000      4097000  softmax
"""
SOURCES = {
    "AlexNet": "Krizhevsky, Sutskever and Hinton 2012, section 3.5; with the input of 227 by 227 "
    "that gives its second layer the size that it prints.",
    "VGG-16": "Simonyan and Zisserman 2015, table 1, configuration D.",
    "ResNet-50": "He, Zhang, Ren and Sun 2016, table 1, 50 layers; with biases, as Keras has it.",
    "MobileNet": "Howard and others 2017, table 1.",
    "MobileNet of full convolutions":
    "Howard and others 2017, table 4: MobileNet with full convolutions.",
}  # fmt: skip
SIDES = dict.fromkeys(SOURCES, 224) | {"AlexNet": 227}
VGG_BLOCKS = {1: 38_720, 2: 221_440, 3: 1_475_328, 4: 5_899_776, 5: 7_079_424}


def shape_of(row) -> str:
    return "x".join(map(str, row.output_shape))


def added(trace: Trace, start: str, quantity: str = "parameters") -> int:
    return sum(getattr(row, quantity) for row in trace if row.name.startswith(start))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_each_has_its_ledger(network):
    total = network.trace().total
    counted = (total.weights, total.biases, total.fixed, total.macs)
    assert counted == LEDGERS[network.name]
    known = WITH_FIXED.get(network.name, total.parameters + total.fixed)
    assert total.parameters + total.fixed == known


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_each_ends_in_the_shares_of_1000_classes_and_names_its_source(network):
    last = network.layers[-1]
    assert network.output_shape == (1_000,) and last.activation == "softmax"
    assert network.source == SOURCES[network.name]
    assert network.input_shape == (SIDES[network.name],) * 2 + (3,)


def test_alexnet_layer_by_layer():
    rows = [
        [row.name, row.layer.kind, shape_of(row), str(row.parameters),
         *filter(None, [getattr(row.layer, "activation", None)])]
        for row in ALEXNET.trace()
    ]  # fmt: skip
    assert rows == [line.split() for line in ALEXNET_LAYERS.strip().splitlines()]


def test_alexnet_reads_no_image_of_224_without_padding():
    """The paper's side does not give the paper's second layer; 227 does."""
    assert ALEXNET.trace()["conv2"].activations == 186_624
    assert type(ALEXNET)((224, 224, 3), ALEXNET.layers).trace()["conv2"].activations != 186_624


def test_the_blocks_of_vgg16():
    trace = VGG16.trace()
    assert {n: added(trace, f"block{n}_") for n in VGG_BLOCKS} == VGG_BLOCKS
    assert [shape_of(trace[f"block{n}_pool"]) for n in VGG_BLOCKS] == [
        "112x112x64", "56x56x128", "28x28x256", "14x14x512", "7x7x512",
    ]  # fmt: skip
    kernels = {row.layer.kernel_size for row in trace if row.layer.kind == "Conv2D"}
    assert kernels == {(3, 3)}


def bottleneck(came: int, filters: int, projects: bool) -> int:
    """Trained numbers by hand: weights, biases, and two a map of each norm."""
    through = 4 * filters
    weights = came * filters + 9 * filters * filters + filters * through
    maps = filters + filters + through
    if projects:
        weights, maps = weights + came * through, maps + through
    return weights + 3 * maps


@pytest.mark.parametrize(
    ("stage", "came", "filters", "count", "side"),
    [(2, 64, 64, 3, 56), (3, 256, 128, 4, 28), (4, 512, 256, 6, 14), (5, 1_024, 512, 3, 7)],
)
def test_the_stages_of_resnet50(stage, came, filters, count, side):
    trace = RESNET50.trace()
    expected = bottleneck(came, filters, True) + (count - 1) * bottleneck(4 * filters, filters, 0)
    assert added(trace, f"conv{stage}_") == expected
    assert trace[f"conv{stage}_block{count}_out"].output_shape == (side, side, 4 * filters)


def test_a_shortcut_of_resnet50_leads_past_its_block():
    names = [layer.name for layer in RESNET50.layers]
    read = {
        name: [names[n] for n in reads] for name, reads in zip(names, RESNET50.reads, strict=True)
    }
    assert read["conv2_block1_0_conv"] == read["conv2_block1_1_conv"] == ["pool1_pool"]
    assert read["conv2_block1_add"] == ["conv2_block1_0_bn", "conv2_block1_3_bn"]
    assert read["conv5_block3_add"] == ["conv5_block2_out", "conv5_block3_3_bn"]
    assert sum(name.endswith("_add") for name in names) == 16


def test_mobilenet_looks_around_and_then_mixes():
    trace = MOBILENET.trace()
    assert added(trace, "conv_dw_13", "weights") == 9 * 1_024 + 1_024
    assert [trace[f"conv_pw_{n}"].weights for n in (1, 2, 13)] == [32 * 64, 64 * 128, 1_024**2]
    assert trace["conv_pw_13_relu"].output_shape == (7, 7, 1_024)
    assert FULL_MOBILENET.trace()["conv_pw_13"].weights == 9 * 1_024**2


def activations(network) -> dict[str, str]:
    """The function that each layer with one is given, by the layer's name."""
    given = ((layer.name, getattr(layer, "activation", None)) for layer in network.layers)
    return {name: function for name, function in given if function}


def test_the_layers_of_vgg16_have_the_names_and_functions_of_keras():
    convs = [
        (f"block{block}_conv{n}", f"block{block}_pool" if n == count else None)
        for block, count in enumerate((2, 2, 3, 3, 3), 1) for n in range(1, count + 1)
    ]  # fmt: skip
    names = [name for pair in convs for name in pair if name]
    assert [layer.name for layer in VGG16.layers] == [
        *names, "flatten", "fc1", "fc2", "predictions",
    ]  # fmt: skip
    used = dict.fromkeys([name for name, _ in convs] + ["fc1", "fc2"], "relu")
    assert activations(VGG16) == {**used, "predictions": "softmax"}


def test_the_layers_of_resnet50_have_the_names_and_functions_of_keras():
    names = ["conv1_pad", "conv1_conv", "conv1_bn", "conv1_relu", "pool1_pad", "pool1_pool"]
    for stage, count in enumerate((3, 4, 6, 3), 2):
        for block in range(1, count + 1):
            parts = "1_conv 1_bn 1_relu 2_conv 2_bn 2_relu 3_conv 3_bn"
            parts += " 0_conv 0_bn" if block == 1 else ""
            names += [f"conv{stage}_block{block}_{part}" for part in f"{parts} add out".split()]
    assert [layer.name for layer in RESNET50.layers] == [*names, "avg_pool", "predictions"]
    rectified = [name for name in names if name.endswith(("_relu", "_out"))]
    used = {**dict.fromkeys(rectified, "relu"), "predictions": "softmax"}
    assert activations(RESNET50) == used
    pool = RESNET50.layers[names.index("pool1_pool")]
    assert (pool.pool_size, pool.strides) == ((3, 3), (2, 2))


@pytest.mark.parametrize(
    ("network", "kinds"), [(MOBILENET, ("conv_dw", "conv_pw")), (FULL_MOBILENET, ("conv_pw",))]
)
def test_in_mobilenet_each_convolution_is_normed_and_rectified(network, kinds):
    convs = ["conv1", *(f"{kind}_{n}" for n in range(1, 14) for kind in kinds)]
    names = [f"{conv}{part}" for conv in convs for part in ("", "_bn", "_relu")]
    assert [layer.name for layer in network.layers] == [*names, "mean", "predictions"]


def test_the_shell_has_their_names():
    assert {name: network.name for name, network in LATER.items()} == {
        "alexnet": "AlexNet",
        "vgg16": "VGG-16",
        "resnet50": "ResNet-50",
        "mobilenet": "MobileNet",
    }
