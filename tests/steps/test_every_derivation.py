"""The steps of every kind of layer."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from any_layer import layers_on_shapes
from hypothesis import given
from hypothesis import strategies as st
from lenet import Network, derive
from lenet.layers import (
    Activation,
    AdaptiveMaxPooling2D,
    Add,
    BatchNormalization,
    ChannelScale,
    Concatenate,
    Conv1D,
    Conv1DTranspose,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Conv3DTranspose,
    Cropping2D,
    Dense,
    DepthwiseConv2D,
    Dot,
    Flatten,
    GlobalAveragePooling2D,
    GroupNormalization,
    LayerNormalization,
    MaxPooling3D,
    Multiply,
    PartialConv2D,
    Passing,
    Permute,
    PointwiseDense,
    PReLU,
    RepeatVector,
    Reshape,
    Resizing,
    SeparableConv2D,
    Shared,
    Standardizing,
    UpSampling2D,
    ZeroPadding2D,
    ZeroPadding3D,
)
from test_derivation import NAMES, worth


def shown(shape, *layers, reads=None) -> Network:
    """A network whose layers need no other name than their number."""
    named = [replace(layer, name=f"{n}") for n, layer in enumerate(layers)]
    return Network(shape, named, reads=reads)


NETWORKS = {
    "one axis": shown(
        (8, 2), Conv1D(3, 3, 2, padding="causal"), Conv1DTranspose(2, 3, 2), LayerNormalization(),
        PReLU(), PointwiseDense(2), Flatten(), RepeatVector(2), Passing("Dropout"),
    ),
    "three axes": shown((4, 4, 4, 2), Conv3D(1, (1, 2, 3), trainable=False), Flatten()),
    "turned round": shown(
        (5, 7, 2),
        Conv2DTranspose(3, 2, 3, padding="same", use_bias=False),
        Conv2DTranspose(1, 3, 2, padding="same", output_padding=1),
        Conv2DTranspose(1, 3, 2, output_padding=(0, 1)),
    ),
    "channel by channel": shown(
        (9, 9, 2), DepthwiseConv2D(3, depth_multiplier=2),
        SeparableConv2D(5, 3, trainable=False), GlobalAveragePooling2D(), PointwiseDense(3),
    ),
    "normalised": shown(
        (6, 6, 6), PointwiseDense(5), BatchNormalization(scale=False),
        BatchNormalization(renorm=True, trainable=False), PReLU(shared_axes=(1, 2)),
        ChannelScale(trainable=False), GroupNormalization(groups=1, center=False),
        Standardizing(adapted=True), Standardizing(), Activation("relu"),
    ),
    "moved": shown(
        (6, 5, 2), ZeroPadding2D(((0, 1), (2, 3))), Cropping2D(1), UpSampling2D((2, 1)),
        Resizing(4, 3), AdaptiveMaxPooling2D((2, 3)), Permute((3, 1, 2)), Reshape((3, -1)),
        Reshape((2, 1, 2, 1, 3)),
    ),
    "bordered alike": shown((6, 6, 1), ZeroPadding2D(2), Cropping2D(1)),
    "alike along three axes": shown(
        (9, 9, 9, 1), MaxPooling3D(), Conv3DTranspose(1, 2), ZeroPadding3D(1),
    ),
    "early": shown((6, 6, 2), PartialConv2D(((0,), (0, 1)), 3)),
    "several": shown(
        ((4, 4, 2), (4, 4, 3)), Conv2D(2, 3, padding="same"),
        Shared(Conv2D(2, 3, padding="same")), Add(), Concatenate(), GlobalAveragePooling2D(),
        GlobalAveragePooling2D(), Dot((1, 1)), Concatenate(axis=-2),
        reads=[(-1,), (0,), (0, 1, -1), (2, -2), (0,), (1,), (4, 5), (0, 1)],
    ),
}  # fmt: skip
TEXTS = {
    "one axis": """\
0 (Conv1D): 8×2 → 4×3
  output steps: ceil(N / S) = ceil(8 / 2) = 4
  padding, steps: K - 1 = 3 - 1 = 2
  dropped steps: N + P - (O - 1)·S - K = 8 + 2 - (4 - 1)·2 - 3 = 1
  weights: Kt·C·F = 3·2·3 = 18
  biases: F = 3
  parameters: weights + biases = 18 + 3 = 21
  connections: T·parameters = 4·21 = 84
  MACs: T·weights = 4·18 = 72
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·2 = 2

1 (Conv1DTranspose): 4×3 → 9×2
  output steps: (N - 1)·S + max(K, S) = (4 - 1)·2 + max(3, 2) = 9
  weights: Kt·C·F = 3·3·2 = 18
  biases: F = 2
  parameters: weights + biases = 18 + 2 = 20
  MACs: t·weights = 4·18 = 72
  connections: MACs + T·F = 72 + 9·2 = 90

2 (LayerNormalization): 9×2 → 9×2
  weights: C = 2
  biases: C = 2
  parameters: weights + biases = 2 + 2 = 4
  connections: V·lines = 18·2 = 36
  MACs: 0

3 (PReLU): 9×2 → 9×2
  weights: T·C = 9·2 = 18
  biases: 0
  parameters: weights + biases = 18 + 0 = 18
  MACs: 0

4 (PointwiseDense): 9×2 → 9×2
  weights: C·U = 2·2 = 4
  biases: U = 2
  parameters: weights + biases = 4 + 2 = 6
  MACs: T·weights = 9·4 = 36
  connections: MACs + T·U = 36 + 9·2 = 54

5 (Flatten): 9×2 → 18
  features: T·C = 9·2 = 18
  parameters: 0
  MACs: 0

6 (RepeatVector): 18 → 2×18
  values: T·C = 2·18 = 36
  parameters: 0
  MACs: 0

7 (Dropout): 2×18 → 2×18
  parameters: 0
  MACs: 0""",
    "three axes": """\
0 (Conv3D): 4×4×4×2 → 4×3×2×1
  output depth: floor((N - K) / S) + 1 = floor((4 - 1) / 1) + 1 = 4
  output height: floor((N - K) / S) + 1 = floor((4 - 2) / 1) + 1 = 3
  output width: floor((N - K) / S) + 1 = floor((4 - 3) / 1) + 1 = 2
  weights: Kz·Kh·Kw·C·F = 1·2·3·2·1 = 12
  biases: F = 1
  parameters: 0
  not trained: weights + biases = 12 + 1 = 13
  connections: Z·H·W·numbers = 4·3·2·13 = 312
  MACs: Z·H·W·weights = 4·3·2·12 = 288
  receptive field, depth: r + (K - 1)·j = 1 + (1 - 1)·1 = 1
  jump, depth: j·S = 1·1 = 1
  receptive field, height: r + (K - 1)·j = 1 + (2 - 1)·1 = 2
  jump, height: j·S = 1·1 = 1
  receptive field, width: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump, width: j·S = 1·1 = 1

1 (Flatten): 4×3×2×1 → 24
  features: Z·H·W·C = 4·3·2·1 = 24
  parameters: 0
  MACs: 0""",
    "turned round": """\
0 (Conv2DTranspose): 5×7×2 → 15×21×3
  output height: N·S = 5·3 = 15
  output width: N·S = 7·3 = 21
  weights: Kh·Kw·C·F = 2·2·2·3 = 24
  biases: 0
  parameters: weights + biases = 24 + 0 = 24
  MACs: h·w·weights = 5·7·24 = 840
  connections: MACs = 840

1 (Conv2DTranspose): 15×21×3 → 30×42×1
  output height: (N - 1)·S + K % 2 + A = (15 - 1)·2 + 3 % 2 + 1 = 30
  output width: (N - 1)·S + K % 2 + A = (21 - 1)·2 + 3 % 2 + 1 = 42
  weights: Kh·Kw·C·F = 3·3·3·1 = 27
  biases: F = 1
  parameters: weights + biases = 27 + 1 = 28
  MACs: h·w·weights = 15·21·27 = 8,505
  connections: MACs + H·W·F = 8505 + 30·42·1 = 9,765

2 (Conv2DTranspose): 30×42×1 → 61×86×1
  output height: (N - 1)·S + K + A = (30 - 1)·2 + 3 + 0 = 61
  output width: (N - 1)·S + K + A = (42 - 1)·2 + 3 + 1 = 86
  weights: Kh·Kw·C·F = 3·3·1·1 = 9
  biases: F = 1
  parameters: weights + biases = 9 + 1 = 10
  MACs: h·w·weights = 30·42·9 = 11,340
  connections: MACs + H·W·F = 11340 + 61·86·1 = 16,586""",
    "channel by channel": """\
0 (DepthwiseConv2D): 9×9×2 → 7×7×4
  output height and width: floor((N - K) / S) + 1 = floor((9 - 3) / 1) + 1 = 7
  maps: C·M = 2·2 = 4
  weights: Kh·Kw·C·M = 3·3·2·2 = 36
  biases: C·M = 2·2 = 4
  parameters: weights + biases = 36 + 4 = 40
  MACs: H·W·weights = 7·7·36 = 1,764
  connections: MACs + H·W·C·M = 1764 + 7·7·2·2 = 1,960
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·1 = 1

1 (SeparableConv2D): 7×7×4 → 5×5×5
  output height and width: floor((N - K) / S) + 1 = floor((7 - 3) / 1) + 1 = 5
  depthwise weights: Kh·Kw·C·M = 3·3·4·1 = 36
  pointwise weights: C·M·F = 4·1·5 = 20
  weights: depthwise + pointwise = 36 + 20 = 56
  biases: F = 5
  parameters: 0
  not trained: weights + biases = 56 + 5 = 61
  MACs: H·W·weights = 5·5·56 = 1,400
  connections: MACs + H·W·F = 1400 + 5·5·5 = 1,525
  receptive field: r + (K - 1)·j = 3 + (3 - 1)·1 = 5
  jump: j·S = 1·1 = 1

2 (GlobalAveragePooling2D): 5×5×5 → 5
  parameters: 0
  connections: h·w·C = 5·5·5 = 125
  MACs: 0
  receptive field: r + (K - 1)·j = 5 + (5 - 1)·1 = 9
  jump: j·S = 1·1 = 1

3 (PointwiseDense): 5 → 3
  weights: C·U = 5·3 = 15
  biases: U = 3
  parameters: weights + biases = 15 + 3 = 18
  MACs: weights = 15
  connections: MACs + U = 15 + 3 = 18
  receptive field: r + (K - 1)·j = 9 + (1 - 1)·1 = 9
  jump: j·S = 1·1 = 1""",
    "normalised": """\
0 (PointwiseDense): 6×6×6 → 6×6×5
  weights: C·U = 6·5 = 30
  biases: U = 5
  parameters: weights + biases = 30 + 5 = 35
  MACs: H·W·weights = 6·6·30 = 1,080
  connections: MACs + H·W·U = 1080 + 6·6·5 = 1,260
  receptive field: r + (K - 1)·j = 1 + (1 - 1)·1 = 1
  jump: j·S = 1·1 = 1

1 (BatchNormalization): 6×6×5 → 6×6×5
  weights: 0
  biases: C = 5
  parameters: weights + biases = 0 + 5 = 5
  statistics: C·R = 5·2 = 10
  connections: V·lines = 180·2 = 360
  MACs: 0
  receptive field: r + (K - 1)·j = 1 + (1 - 1)·1 = 1
  jump: j·S = 1·1 = 1

2 (BatchNormalization): 6×6×5 → 6×6×5
  weights: C = 5
  biases: C = 5
  parameters: 0
  not trained: weights + biases = 5 + 5 = 10
  statistics: C·R = 5·5 = 25
  connections: V·lines = 180·2 = 360
  MACs: 0
  receptive field: r + (K - 1)·j = 1 + (1 - 1)·1 = 1
  jump: j·S = 1·1 = 1

3 (PReLU): 6×6×5 → 6×6×5
  weights: H·W·C = 1·1·5 = 5
  biases: 0
  parameters: weights + biases = 5 + 0 = 5
  MACs: 0

4 (ChannelScale): 6×6×5 → 6×6×5
  weights: C = 5
  biases: 0
  parameters: 0
  not trained: weights + biases = 5 + 0 = 5
  MACs: 0

5 (GroupNormalization): 6×6×5 → 6×6×5
  weights: C = 5
  biases: 0
  parameters: weights + biases = 5 + 0 = 5
  connections: V·lines = 180·1 = 180
  MACs: 0
  receptive field: r + (K - 1)·j = 1 + (6 - 1)·1 = 6
  jump: j·S = 1·1 = 1

6 (Standardizing): 6×6×5 → 6×6×5
  parameters: 0
  fixed: 2·C + 1 = 2·5 + 1 = 11
  MACs: 0

7 (Standardizing): 6×6×5 → 6×6×5
  parameters: 0
  MACs: 0

8 (relu): 6×6×5 → 6×6×5
  parameters: 0
  MACs: 0""",
    "moved": """\
0 (ZeroPadding2D): 6×5×2 → 7×10×2
  output height: N + A + B = 6 + 0 + 1 = 7
  output width: N + A + B = 5 + 2 + 3 = 10
  parameters: 0
  MACs: 0

1 (Cropping2D): 7×10×2 → 5×8×2
  output height: N - A - B = 7 - 1 - 1 = 5
  output width: N - A - B = 10 - 1 - 1 = 8
  parameters: 0
  MACs: 0

2 (UpSampling2D): 5×8×2 → 10×8×2
  output height: N·S = 5·2 = 10
  output width: N·S = 8·1 = 8
  parameters: 0
  MACs: 0

3 (Resizing): 10×8×2 → 4×3×2
  output height: H = 4
  output width: W = 3
  parameters: 0
  MACs: 0

4 (AdaptiveMaxPooling2D): 4×3×2 → 2×3×2
  output height: O = 2
  output width: O = 3
  parameters: 0
  connections: C·Lh·Lw = 2·4·3 = 24
  MACs: 0

5 (Permute): 2×3×2 → 2×2×3
  values: H·W·C = 2·2·3 = 12
  parameters: 0
  MACs: 0

6 (Reshape): 2×2×3 → 3×4
  values: T·C = 3·4 = 12
  parameters: 0
  MACs: 0

7 (Reshape): 3×4 → 2×1×2×1×3
  values: N1·N2·N3·N4·N5 = 2·1·2·1·3 = 12
  parameters: 0
  MACs: 0""",
    "bordered alike": """\
0 (ZeroPadding2D): 6×6×1 → 10×10×1
  output height and width: N + A + B = 6 + 2 + 2 = 10
  parameters: 0
  MACs: 0

1 (Cropping2D): 10×10×1 → 8×8×1
  output height and width: N - A - B = 10 - 1 - 1 = 8
  parameters: 0
  MACs: 0""",
    "alike along three axes": """\
0 (MaxPooling3D): 9×9×9×1 → 4×4×4×1
  output depth, height and width: floor((N - K) / S) + 1 = floor((9 - 2) / 2) + 1 = 4
  dropped depth, rows and columns: N + P - (O - 1)·S - K = 9 + 0 - (4 - 1)·2 - 2 = 1
  parameters: 0
  connections: Z·H·W·C·Kz·Kh·Kw = 4·4·4·1·2·2·2 = 512
  MACs: 0
  receptive field: r + (K - 1)·j = 1 + (2 - 1)·1 = 2
  jump: j·S = 1·2 = 2

1 (Conv3DTranspose): 4×4×4×1 → 5×5×5×1
  output depth, height and width: (N - 1)·S + max(K, S) = (4 - 1)·1 + max(2, 1) = 5
  weights: Kz·Kh·Kw·C·F = 2·2·2·1·1 = 8
  biases: F = 1
  parameters: weights + biases = 8 + 1 = 9
  MACs: z·h·w·weights = 4·4·4·8 = 512
  connections: MACs + Z·H·W·F = 512 + 5·5·5·1 = 637

2 (ZeroPadding3D): 5×5×5×1 → 7×7×7×1
  output depth, height and width: N + A + B = 5 + 1 + 1 = 7
  parameters: 0
  MACs: 0""",
    "early": """\
0 (PartialConv2D): 6×6×2 → 4×4×2
  output height and width: floor((N - K) / S) + 1 = floor((6 - 3) / 1) + 1 = 4
  weights: Kh·Kw·L = 3·3·3 = 27
  biases: F = 2
  parameters: weights + biases = 27 + 2 = 29
  MACs: H·W·weights = 4·4·27 = 432
  connections: MACs + H·W·F = 432 + 4·4·2 = 464
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·1 = 1""",
    "several": """\
0 (Conv2D): 4×4×2 → 4×4×2
  output height and width: ceil(N / S) = ceil(4 / 1) = 4
  padding, height and width: max((O - 1)·S + K - N, 0) = max((4 - 1)·1 + 3 - 4, 0) = 2
  weights: Kh·Kw·C·F = 3·3·2·2 = 36
  biases: F = 2
  parameters: weights + biases = 36 + 2 = 38
  connections: H·W·parameters = 4·4·38 = 608
  MACs: H·W·weights = 4·4·36 = 576
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·1 = 1

1 (Conv2D, again): 4×4×2 → 4×4×2
  parameters, counted above: 0
  MACs: MACs = 576

2 (Add): 4×4×2, 4×4×2, 4×4×2 → 4×4×2
  parameters: 0
  connections: H·W·C·I = 4·4·2·3 = 96
  MACs: 0

3 (Concatenate): 4×4×2, 4×4×3 → 4×4×5
  channels: C1 + C2 = 2 + 3 = 5
  parameters: 0
  MACs: 0

4 (GlobalAveragePooling2D): 4×4×2 → 2
  parameters: 0
  connections: h·w·C = 4·4·2 = 32
  MACs: 0
  receptive field: r + (K - 1)·j = 3 + (4 - 1)·1 = 6
  jump: j·S = 1·1 = 1

5 (GlobalAveragePooling2D): 4×4×2 → 2
  parameters: 0
  connections: h·w·C = 4·4·2 = 32
  MACs: 0
  receptive field: r + (K - 1)·j = 5 + (4 - 1)·1 = 8
  jump: j·S = 1·1 = 1

6 (Dot): 2, 2 → 1
  parameters: 0
  connections: lines·V·N = 2·1·2 = 4
  MACs: 0

7 (Concatenate): 4×4×2, 4×4×2 → 4×8×2
  joined side: C1 + C2 = 4 + 4 = 8
  parameters: 0
  MACs: 0""",
}


def held_to_its_row(layer):
    """Numbers come to results, and results are what the trace says."""
    row, own = layer.row, layer.row.weights + layer.row.biases
    shown = {**{key: getattr(row, name) for key, name in NAMES.items()}, "not trained": own}
    for step in layer.steps:
        assert worth(step.numbers) == step.result, step
        if step.quantity in shown:
            assert step.result == shown[step.quantity], step
        if step.quantity == "fixed":
            assert step.result == row.layer.fixed(row.input_shape), step
        if step.quantity == "statistics":
            assert step.result == row.fixed - (0 if row.layer.trainable else own), step
        if step.quantity.startswith(("output", "receptive field")):
            assert step.result in (*row.output_shape, *(row.receptive_field or ())), step


def fitting(shape: tuple, layers: list) -> list:
    """The layers, without those that do not fit the ones before."""
    kept = []
    for layer in layers:
        with suppress(ValueError):
            Network(shape, [*kept, layer])
            kept.append(layer)
    return kept


merges = st.sampled_from([Add(), Multiply(), Concatenate(), Dot((1, 1))])
lists = st.lists(layers_on_shapes(), min_size=1, max_size=3)


@given(lists, merges, st.booleans())
def test_every_step_of_any_layers_comes_to_its_result_and_to_the_trace(drawn, merge, trainable):
    shape = drawn[0][1]
    layers = fitting(shape, [replace(layer, trainable=trainable) for layer, _ in drawn])
    last = len(layers) - 1
    reads = [*((n,) for n in range(-1, last)), (last, last)]
    for layer in derive(Network(shape, [*layers, merge], reads=reads)):
        held_to_its_row(layer)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_layer_shows_its_work(name):
    derivation = derive(NETWORKS[name])
    assert str(derivation) == TEXTS[name]
    for layer in derivation:
        held_to_its_row(layer)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_latex_says_what_the_text_says(name):
    for layer in derive(NETWORKS[name]):
        for step in layer.steps:
            if not re.search(r"max|floor|ceil|/|%", step.formula):
                assert in_latex(step.formula) == step.latex_formula, step
                assert in_latex(step.numbers) == step.latex_numbers, step


def in_latex(text: str) -> str:
    """A formula without functions and fractions, as LaTeX."""
    text = re.sub(r"[A-Za-z]{3,}", lambda word: rf"\text{{{word[0]}}}", text)
    text = re.sub(r"\b([A-Z])([a-z1-9])\b", r"\1_\2", text)
    return text.replace("·", r" \cdot ")


@pytest.mark.parametrize(
    ("network", "quantity", "latex"),
    [
        ("turned round/1", "output height",
         r"= (N - 1) \cdot S + K \bmod 2 + A \\ & \quad = (15 - 1) \cdot 2 + 3 \bmod 2 + 1 ="),
        ("one axis/1", "output steps",
         r"= (N - 1) \cdot S + \max(K,\ S) \\ & \quad = (4 - 1) \cdot 2 + \max(3,\ 2) ="),
        ("channel by channel/1", "weights",
         r"= \text{depthwise} + \text{pointwise} \\ & \quad = 36 + 20 = \mathbf{56}"),
        ("normalised/6", "fixed", r"= 2 \cdot C + 1 \\ & \quad = 2 \cdot 5 + 1 = \mathbf{11}"),
        ("several/3", "channels", r"= C_1 + C_2 \\ & \quad = 2 + 3 = \mathbf{5}"),
        ("three axes/0", "connections",
         r"= Z \cdot H \cdot W \cdot \text{numbers} \\ & \quad = 4 \cdot 3 \cdot 2 \cdot 13 ="),
        ("channel by channel/3", "connections",
         r"= \text{MACs} + U \\ & \quad = 15 + 3 = \mathbf{18}"),
    ],
)  # fmt: skip
def test_latex_of_known_steps(network, quantity, latex):
    name, number = network.split("/")
    assert latex in derive(NETWORKS[name])[number][quantity].latex


@pytest.mark.parametrize("units", [7, 1024])
def test_a_number_that_is_its_own_result_is_said_once(units):
    biases = derive(Network((2,), [Dense(units)]))["dense"]["biases"]
    assert str(biases) == f"biases: U = {units:,}"
    result = f"{units:,}".replace(",", "{,}")
    assert biases.latex == (rf"& \text{{biases}} \\ & \quad = U \\ & \quad =  \mathbf{{{result}}}")


def test_one_more_use_of_a_layer_shows_its_work_only():
    conv = Conv2D(6, 5, padding="same")
    steps = derive(shown((28, 28, 6), conv, Shared(conv)))["1"].steps
    assert [str(step) for step in steps] == ["parameters, counted above: 0", "MACs: MACs = 705,600"]


def test_a_field_over_flat_features_is_derived_from_the_window_that_the_trace_has():
    layers = [Conv2D(2, 3), Flatten(), LayerNormalization(name="norm")]
    steps = derive(Network((8, 8, 1), layers))["norm"]
    assert str(steps["receptive field"]) == "receptive field: r + (K - 1)·j = 3 + (6 - 1)·1 = 8"
    for step in steps.steps:
        assert worth(step.numbers) == step.result, step
