"""Every kind of layer has a number in each tool, or none in all: none slips in by its class."""

import pytest
from kinds import one_of_each
from lenet import layers
from lenet.counting import count
from lenet.counting.rules import NoRule
from lenet.network import Network

TOOLS = ("torchinfo", "fvcore", "thop")
NO_RULE = """
    AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Average CenterCrop Dot Foreign
    GroupNormalization LayerScale LocallyConnected2D Normalization PReLU PartialConv2D RBF
    RMSNormalization RandomCrop Rescaling Resizing Shared Subsampling2D UpSampling1D
    UpSampling3D
"""
NOTHING = """
    Activation Add Concatenate Cropping1D Cropping2D Cropping3D Divide ELU Elementwise
    Flatten GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D LeakyReLU MaxPooling1D
    MaxPooling2D MaxPooling3D Maximum Minimum Multiply Passing Permute ReLU RepeatVector
    Reshape Subtract UnitNormalization ZeroPadding1D ZeroPadding2D ZeroPadding3D
"""
COUNTED = {  # torchinfo, fvcore, thop
    "AveragePooling1D": (0, 0, 36),
    "AveragePooling2D": (0, 0, 96),
    "AveragePooling3D": (0, 0, 54),
    "BatchNormalization": (12, 768, 1_536),
    "Conv1D": (760, 720, 720),
    "Conv1DTranspose": (1_900, 864, 1_800),
    "Conv2D": (7_920, 7_776, 7_776),
    "Conv2DTranspose": (63_580, 13_824, 62_424),
    "Conv3D": (14_080, 13_824, 13_824),
    "Conv3DTranspose": (483_340, 46_656, 474_552),
    "Dense": (130, 120, 120),
    "DepthwiseConv1D": (240, 180, 180),
    "DepthwiseConv2D": (2_160, 1_944, 1_944),
    "GlobalAveragePooling1D": (0, 0, 78),
    "GlobalAveragePooling2D": (0, 384, 390),
    "GlobalAveragePooling3D": (0, 0, 434),
    "LayerNormalization": (12, 1_920, 1_536),
    "PointwiseDense": (70, 3_840, 3_840),
    "SeparableConv1D": (460, 420, 420),
    "SeparableConv2D": (2_952, 2_808, 2_808),
    "Softmax": (0, 0, 1_088),
    "UpSampling2D": (0, 1_536, 1_536),
}
ALONE = one_of_each()


def test_the_tables_name_every_kind_once():
    assert sorted([*NO_RULE.split(), *NOTHING.split(), *COUNTED]) == sorted(ALONE)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("kind", NO_RULE.split())
def test_a_kind_without_a_rule_is_named(kind, tool):
    named = "LSTM" if kind == "Foreign" else kind
    with pytest.raises(NoRule, match=f"has no rule for {named}$"):
        count(tool, ALONE[kind])


@pytest.mark.parametrize("kind", NOTHING.split())
def test_a_kind_that_no_tool_counts(kind):
    assert [count(tool, ALONE[kind]) for tool in TOOLS] == [0, 0, 0]


@pytest.mark.parametrize("kind", COUNTED)
def test_a_kind_that_some_tool_counts(kind):
    assert tuple(count(tool, ALONE[kind]) for tool in TOOLS) == COUNTED[kind]


def test_thop_counts_a_softmax_along_its_axis_wherever_it_stands():
    places, channels = 7 * 7, 5
    for layer in (layers.Softmax(), layers.Activation("softmax")):
        assert count("thop", Network((7, 7, 5), layer)) == places * (3 * channels - 1) == 686
    along_rows = Network((4, 3, 5), layers.Softmax(axis=-3))
    assert count("thop", along_rows) == 3 * 5 * (3 * 4 - 1)
    dense = Network((84,), layers.Dense(10, activation="softmax"))
    assert count("thop", dense) == 840 + 29
