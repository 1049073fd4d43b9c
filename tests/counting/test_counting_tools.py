"""The real torchinfo, fvcore and thop as the oracle of `lenet.counting.rules`.

    pip install -e ".[tools]"

brings them; without them these tests are skipped.
"""

from importlib.metadata import version

import pytest
from hypothesis import given, settings
from kinds import KINDS, SMALL
from lenet import architectures
from lenet.arithmetic import pad_widths
from lenet.counting import count
from lenet.counting.conventions import CONVENTIONS
from networks import networks
from packaging.version import Version

REASON = 'no counting tools of PyTorch are here: .venv/bin/pip install -e ".[tools]" brings them'
torch = pytest.importorskip("torch", reason=REASON)
torchinfo = pytest.importorskip("torchinfo", reason=REASON)
fvcore_nn = pytest.importorskip("fvcore.nn", reason=REASON)
thop = pytest.importorskip("thop", reason=REASON)
from torch import nn  # noqa: E402

TOOLS = ("torchinfo", "fvcore", "thop")
PYTORCH = [n for n in architectures.NETWORKS.values() if not n.name.startswith(("LeNet", "zip"))]
ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softmax": nn.Softmax}


def convolution(row, stem="Conv{}d"):
    axes = len(row.input_shape) - 1
    made, layer = getattr(nn, stem.format(axes)), row.layer
    inputs, filters = row.input_shape[-1], row.output_shape[-1]
    return made(
        inputs, filters, layer.kernel_size, getattr(layer, "strides", 1), bias=row.biases > 0,
        dilation=getattr(layer, "dilation_rate", 1),
        groups=inputs if "Depthwise" in type(layer).__name__ else getattr(layer, "groups", 1),
    )  # fmt: skip


def separable(row):
    inputs, filters = row.input_shape[-1], row.output_shape[-1]
    depthwise = nn.Conv2d(inputs, inputs, row.layer.kernel_size, groups=inputs, bias=False)
    return nn.Sequential(depthwise, nn.Conv2d(inputs, filters, 1))


class ChannelsLast(nn.Module):
    def forward(self, x):
        return x.movedim(1, -1)


def pointwise_dense(row):
    return nn.Sequential(ChannelsLast(), nn.Linear(row.input_shape[-1], row.output_shape[-1]))


def pooling(row):
    stem = "MaxPool{}d" if "Max" in type(row.layer).__name__ else "AvgPool{}d"
    strides = getattr(row.layer, "strides", row.layer.pool_size)
    return getattr(nn, stem.format(len(row.input_shape) - 1))(row.layer.pool_size, strides)


def global_average(row):
    axes = len(row.input_shape) - 1
    return nn.Sequential(getattr(nn, f"AdaptiveAvgPool{axes}d")(1), nn.Flatten())


def batch_norm(row):
    axes = len(row.input_shape) - 1
    return getattr(nn, f"BatchNorm{axes}d")(row.input_shape[-1], affine=row.weights > 0)


MODULES = {
    "SeparableConv2D": separable,
    "Conv2DTranspose": lambda row: convolution(row, "ConvTranspose{}d"),
    "Dense": lambda row: nn.Linear(row.input_shape[-1], row.output_shape[-1], row.biases > 0),
    "PointwiseDense": pointwise_dense,
    "BatchNormalization": batch_norm,
    "LayerNormalization": lambda row: nn.LayerNorm(
        row.input_shape[-1:], elementwise_affine=row.weights > 0
    ),
    "UpSampling2D": lambda row: nn.Upsample(
        scale_factor=row.layer.size, mode=row.layer.interpolation
    ),
    "Flatten": lambda row: nn.Flatten(),
    "Passing": lambda row: nn.Dropout(),
    "Activation": lambda row: nn.Identity(),
}


def padding(row):
    """Zeros as a module of their own, for PyTorch cannot put more on one side."""
    layer = row.layer
    kernels = getattr(layer, "kernel_size", None) or layer.pool_size
    dilation = getattr(layer, "dilation_rate", (1, 1))
    sides = zip(row.input_shape, kernels, layer.strides, dilation, strict=False)
    rows, columns = (pad_widths(n, k, s, "same", d) for n, k, s, d in sides)
    return nn.ZeroPad2d((*columns, *rows))


def modules(row):
    """The PyTorch modules of one row: padding, the layer and its activation."""
    kind = type(row.layer).__name__
    if getattr(row.layer, "padding", "valid") == "same":
        yield padding(row)
    if kind in MODULES:
        yield MODULES[kind](row)
    elif "Pooling" in kind:
        yield (global_average if "Global" in kind else pooling)(row)
    else:
        yield convolution(row)
    activation = getattr(row.layer, "activation", None)
    if activation:
        yield ACTIVATIONS[activation](1) if activation == "softmax" else ACTIVATIONS[activation]()


def to_torch(net):
    """The same network in PyTorch, in evaluation mode, and the shape of its image there."""
    rows = net.trace().rows
    *sides, channels = rows[0].input_shape
    model = nn.Sequential(*(module for row in rows for module in modules(row)))
    return model.eval(), (channels, *sides)


def measured(net, batch_size):
    """What each tool says of parameters and of operations."""
    model, shape = to_torch(net)
    images = torch.zeros(batch_size, *shape)
    summary = torchinfo.summary(model, input_size=(batch_size, *shape), verbose=0)
    flops = fvcore_nn.FlopCountAnalysis(model, images).unsupported_ops_warnings(False).total()
    macs, params = thop.profile(model, (images,), verbose=False)
    return {
        "torchinfo": (summary.total_params, summary.total_mult_adds),
        "fvcore": (fvcore_nn.parameter_count(model)[""], flops),
        "thop": (params, macs),
    }


def agree(net, batch_size):
    parameters = sum(row.parameters for row in net.trace().rows)
    expected = {tool: (parameters, count(tool, net, batch_size)) for tool in TOOLS}
    assert measured(net, batch_size) == expected


def test_the_versions_are_those_whose_source_was_read():
    # A wheel may write the same version in two ways: 0.1.1-2209 is 0.1.1.post2209.
    installed = [str(Version(version(tool))) for tool in TOOLS]
    assert installed == [CONVENTIONS[tool].version for tool in TOOLS]


@pytest.mark.parametrize("batch_size", [1, 32])
@pytest.mark.parametrize("net", PYTORCH, ids=lambda net: net.name)
def test_the_tools_agree_on_named_networks(net, batch_size):
    agree(net, batch_size)


@pytest.mark.parametrize("batch_size", [1, 32])
def test_the_tools_agree_on_batch_norm_depthwise_and_averages(batch_size):
    agree(SMALL, batch_size)


@pytest.mark.parametrize("net", KINDS, ids=lambda net: net.layers[0].name)
def test_the_tools_agree_on_every_kind_of_layer(net):
    agree(net, 3)


asked = []


@settings(max_examples=40)
@given(networks())
def check_a_network(net):
    kinds = {type(row.layer).__name__ for row in net.trace().rows}
    if not kinds & {"PartialConv2D", "Subsampling2D", "LocallyConnected2D"}:
        agree(net, 2)
        asked.append(net)


def test_the_tools_agree_on_generated_networks():
    asked.clear()
    check_a_network()
    assert len(asked) >= 10


class Functions(nn.Module):
    """What a graph adds, and modules without a rule: all that `COUNTED_BY_NONE` holds."""

    def __init__(self):
        super().__init__()
        self.modules_of_nothing = nn.Sequential(
            nn.ELU(), nn.Dropout2d(), nn.ReLU6(), nn.ZeroPad2d(1), nn.AdaptiveMaxPool2d(4)
        )

    def forward(self, x):
        y = torch.cat([x + x, x - x, x * x, torch.maximum(x, x)], 1)
        return self.modules_of_nothing(y[..., 1:-1, 1:-1].permute(0, 1, 3, 2)).reshape(len(x), -1)


def test_what_pytorch_writes_as_functions_counts_for_nothing_in_all_three():
    images = torch.zeros(2, 3, 8, 8)
    summary = torchinfo.summary(Functions().eval(), input_size=images.shape, verbose=0)
    flops = fvcore_nn.FlopCountAnalysis(Functions().eval(), images).unsupported_ops_warnings(False)
    macs, _ = thop.profile(Functions(), (images,), verbose=False)
    assert (summary.total_mult_adds, flops.total(), macs) == (0, 0, 0)
