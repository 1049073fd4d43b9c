"""Derivations of `known_networks`, as people read them: of what moves windows or multiplies."""

TEXTS = {
    "one axis": """\
0 (Conv1D): 8×2 → 4×3
  output steps: ceil(N / S) = ceil(8 / 2) = 4
  padding, steps: K - 1 = 3 - 1 = 2
  dropped steps: N + P - (O - 1)·S - K = 8 + 2 - (4 - 1)·2 - 3 = 1
  output channels: F = 3
  weights: Kt·C·F = 3·2·3 = 18
  biases: F = 3
  parameters: weights + biases = 18 + 3 = 21
  MACs: T·weights = 4·18 = 72
  connections: T·parameters = 4·21 = 84
  activations: T·F = 4·3 = 12
  receptive field: r + (K - 1)·j = 1 + (3 - 1)·1 = 3
  jump: j·S = 1·2 = 2

1 (Conv1DTranspose): 4×3 → 9×2
  output steps: (N - 1)·S + max(K, S) = (4 - 1)·2 + max(3, 2) = 9
  output channels: F = 2
  weights: Kt·C·F = 3·3·2 = 18
  biases: F = 2
  parameters: weights + biases = 18 + 2 = 20
  MACs: t·weights = 4·18 = 72
  connections: MACs + T·F = 72 + 9·2 = 90
  activations: T·F = 9·2 = 18

2 (LayerNormalization): 9×2 → 9×2
  output steps: N = 9
  output channels: N = 2
  weights and biases: C = 2
  parameters: weights + biases = 2 + 2 = 4
  MACs: 0
  connections: T·C·2 = 9·2·2 = 36
  activations: T·C = 9·2 = 18

3 (PReLU): 9×2 → 9×2
  output steps: N = 9
  output channels: N = 2
  weights: T·C = 9·2 = 18
  biases: 0
  parameters: weights + biases = 18 + 0 = 18
  MACs and connections: 0
  activations: T·C = 9·2 = 18

4 (PointwiseDense): 9×2 → 9×2
  output steps: N = 9
  output channels: U = 2
  weights: C·U = 2·2 = 4
  biases: U = 2
  parameters: weights + biases = 4 + 2 = 6
  MACs: T·weights = 9·4 = 36
  connections: MACs + T·U = 36 + 9·2 = 54
  activations: T·U = 9·2 = 18

5 (Flatten): 9×2 → 18
  output features: T·C = 9·2 = 18
  weights, biases, parameters, MACs, connections and activations: 0

6 (RepeatVector): 18 → 2×18
  output steps: O = 2
  output channels: N = 18
  weights, biases, parameters, MACs, connections and activations: 0

7 (Dropout): 2×18 → 2×18
  output steps: N = 2
  output channels: N = 18
  weights, biases, parameters, MACs, connections and activations: 0""",
    "three axes": """\
0 (Conv3D): 4×4×4×2 → 4×3×2×1
  output depth: floor((N - K) / S) + 1 = floor((4 - 1) / 1) + 1 = 4
  output height: floor((N - K) / S) + 1 = floor((4 - 2) / 1) + 1 = 3
  output width: floor((N - K) / S) + 1 = floor((4 - 3) / 1) + 1 = 2
  output channels: F = 1
  weights: Kz·Kh·Kw·C·F = 1·2·3·2·1 = 12
  biases: F = 1
  parameters: 0
  fixed: weights + biases = 12 + 1 = 13
  MACs: Z·H·W·weights = 4·3·2·12 = 288
  connections: Z·H·W·(weights + biases) = 4·3·2·(12 + 1) = 312
  activations: Z·H·W·F = 4·3·2·1 = 24
  receptive field, height: r + (K - 1)·j = 1 + (2 - 1)·1 = 2
  receptive field, width: r + (K - 1)·j = 1 + (3 - 1)·1 = 3

1 (Flatten): 4×3×2×1 → 24
  output features: Z·H·W·C = 4·3·2·1 = 24
  weights, biases, parameters, MACs, connections and activations: 0""",
    "turned round": """\
0 (Conv2DTranspose): 5×7×2 → 15×21×3
  output height: N·S = 5·3 = 15
  output width: N·S = 7·3 = 21
  output channels: F = 3
  weights: Kh·Kw·C·F = 2·2·2·3 = 24
  biases: 0
  parameters: weights + biases = 24 + 0 = 24
  MACs: h·w·weights = 5·7·24 = 840
  connections: MACs = 840
  activations: H·W·F = 15·21·3 = 945

1 (Conv2DTranspose): 15×21×3 → 30×42×1
  output height: (N - 1)·S + K % 2 + A = (15 - 1)·2 + 3 % 2 + 1 = 30
  output width: (N - 1)·S + K % 2 + A = (21 - 1)·2 + 3 % 2 + 1 = 42
  output channels: F = 1
  weights: Kh·Kw·C·F = 3·3·3·1 = 27
  biases: F = 1
  parameters: weights + biases = 27 + 1 = 28
  MACs: h·w·weights = 15·21·27 = 8,505
  connections: MACs + H·W·F = 8505 + 30·42·1 = 9,765
  activations: H·W·F = 30·42·1 = 1,260

2 (Conv2DTranspose): 30×42×1 → 61×86×1
  output height: (N - 1)·S + K + A = (30 - 1)·2 + 3 + 0 = 61
  output width: (N - 1)·S + K + A = (42 - 1)·2 + 3 + 1 = 86
  output channels: F = 1
  weights: Kh·Kw·C·F = 3·3·1·1 = 9
  biases: F = 1
  parameters: weights + biases = 9 + 1 = 10
  MACs: h·w·weights = 30·42·9 = 11,340
  connections: MACs + H·W·F = 11340 + 61·86·1 = 16,586
  activations: H·W·F = 61·86·1 = 5,246""",
    "channel by channel": """\
0 (DepthwiseConv2D): 9×9×2 → 7×7×4
  output height and width: floor((N - K) / S) + 1 = floor((9 - 3) / 1) + 1 = 7
  output channels: C·M = 2·2 = 4
  weights: Kh·Kw·C·M = 3·3·2·2 = 36
  biases: C·M = 2·2 = 4
  parameters: weights + biases = 36 + 4 = 40
  MACs: H·W·weights = 7·7·36 = 1,764
  connections: MACs + H·W·C·M = 1764 + 7·7·2·2 = 1,960
  activations: H·W·C·M = 7·7·2·2 = 196
  receptive field, height and width: r + (K - 1)·j = 1 + (3 - 1)·1 = 3

1 (SeparableConv2D): 7×7×4 → 5×5×5
  output height and width: floor((N - K) / S) + 1 = floor((7 - 3) / 1) + 1 = 5
  output channels: F = 5
  depthwise weights: Kh·Kw·C·M = 3·3·4·1 = 36
  pointwise weights: C·M·F = 4·1·5 = 20
  weights: depthwise + pointwise = 36 + 20 = 56
  biases: F = 5
  parameters: 0
  fixed: weights + biases = 56 + 5 = 61
  MACs: H·W·weights = 5·5·56 = 1,400
  connections: MACs + H·W·F = 1400 + 5·5·5 = 1,525
  activations: H·W·F = 5·5·5 = 125
  receptive field, height and width: r + (K - 1)·j = 3 + (3 - 1)·1 = 5

2 (GlobalAveragePooling2D): 5×5×5 → 5
  output features: C = 5
  weights, biases, parameters and MACs: 0
  connections: h·w·C = 5·5·5 = 125
  activations: C = 5
  receptive field, height and width: r + (K - 1)·j = 5 + (5 - 1)·1 = 9

3 (PointwiseDense): 5 → 3
  output features: U = 3
  weights: C·U = 5·3 = 15
  biases: U = 3
  parameters: weights + biases = 15 + 3 = 18
  MACs: weights = 15
  connections: MACs + U = 15 + 3 = 18
  activations: U = 3""",
    "alike along three axes": """\
0 (MaxPooling3D): 9×9×9×1 → 4×4×4×1
  output depth, height and width: floor((N - K) / S) + 1 = floor((9 - 2) / 2) + 1 = 4
  dropped depth, rows and columns: N + P - (O - 1)·S - K = 9 + 0 - (4 - 1)·2 - 2 = 1
  output channels: C = 1
  weights, biases, parameters and MACs: 0
  connections: Z·H·W·C·Kz·Kh·Kw = 4·4·4·1·2·2·2 = 512
  activations: Z·H·W·C = 4·4·4·1 = 64
  receptive field, depth, height and width: r + (K - 1)·j = 1 + (2 - 1)·1 = 2
  jump, depth, height and width: j·S = 1·2 = 2

1 (Conv3DTranspose): 4×4×4×1 → 5×5×5×1
  output depth, height and width: (N - 1)·S + max(K, S) = (4 - 1)·1 + max(2, 1) = 5
  output channels: F = 1
  weights: Kz·Kh·Kw·C·F = 2·2·2·1·1 = 8
  biases: F = 1
  parameters: weights + biases = 8 + 1 = 9
  MACs: z·h·w·weights = 4·4·4·8 = 512
  connections: MACs + Z·H·W·F = 512 + 5·5·5·1 = 637
  activations: Z·H·W·F = 5·5·5·1 = 125

2 (ZeroPadding3D): 5×5×5×1 → 7×7×7×1
  output depth, height and width: N + A + B = 5 + 1 + 1 = 7
  output channels: C = 1
  weights, biases, parameters, MACs and connections: 0
  activations: Z·H·W·C = 7·7·7·1 = 343""",
    "early": """\
0 (Conv2D): 12×9×4 → 12×9×6
  kernel span, height and width: D·(k - 1) + 1 = 2·(3 - 1) + 1 = 5
  output height: ceil(N / S) = ceil(12 / 1) = 12
  output width: ceil(N / S) = ceil(9 / 1) = 9
  padding, height: max((O - 1)·S + K - N, 0) = max((12 - 1)·1 + 5 - 12, 0) = 4
  padding, width: max((O - 1)·S + K - N, 0) = max((9 - 1)·1 + 5 - 9, 0) = 4
  output channels: F = 6
  weights: Kh·Kw·(C / G)·F = 3·3·(4 / 2)·6 = 108
  biases: F = 6
  parameters: weights + biases = 108 + 6 = 114
  MACs: H·W·weights = 12·9·108 = 11,664
  connections: H·W·parameters = 12·9·114 = 12,312
  activations: H·W·F = 12·9·6 = 648
  receptive field, height and width: r + (K - 1)·j = 1 + (5 - 1)·1 = 5

1 (Subsampling2D): 12×9×6 → 6×4×6
  output height: floor((N - K) / S) + 1 = floor((12 - 2) / 2) + 1 = 6
  output width: floor((N - K) / S) + 1 = floor((9 - 2) / 2) + 1 = 4
  dropped columns: N + P - (O - 1)·S - K = 9 + 0 - (4 - 1)·2 - 2 = 1
  output channels: C = 6
  weights and biases: C = 6
  parameters: weights + biases = 6 + 6 = 12
  MACs: 0
  connections: H·W·C·(Kh·Kw + 1) = 6·4·6·(2·2 + 1) = 720
  activations: H·W·C = 6·4·6 = 144
  receptive field, height and width: r + (K - 1)·j = 5 + (2 - 1)·1 = 6
  jump, height and width: j·S = 1·2 = 2

2 (PartialConv2D): 6×4×6 → 4×2×2
  output height: floor((N - K) / S) + 1 = floor((6 - 3) / 1) + 1 = 4
  output width: floor((N - K) / S) + 1 = floor((4 - 3) / 1) + 1 = 2
  output channels: F = 2
  weights: Kh·Kw·L = 3·3·5 = 45
  biases: H·W·F = 4·2·2 = 16
  parameters: weights + biases = 45 + 16 = 61
  MACs: H·W·weights = 4·2·45 = 360
  connections: MACs + H·W·F = 360 + 4·2·2 = 376
  activations: H·W·F = 4·2·2 = 16
  receptive field, height and width: r + (K - 1)·j = 6 + (3 - 1)·2 = 10

3 (LocallyConnected2D): 4×2×2 → 3×2×2
  output height: floor((N - K) / S) + 1 = floor((4 - 2) / 1) + 1 = 3
  output width: floor((N - K) / S) + 1 = floor((2 - 1) / 1) + 1 = 2
  output channels: F = 2
  weights: H·W·Kh·Kw·C·F = 3·2·2·1·2·2 = 48
  biases: H·W·F = 3·2·2 = 12
  parameters: weights + biases = 48 + 12 = 60
  MACs: weights = 48
  connections: MACs + H·W·F = 48 + 3·2·2 = 60
  activations: H·W·F = 3·2·2 = 12
  receptive field, height: r + (K - 1)·j = 10 + (2 - 1)·2 = 12

4 (MaxPooling2D): 3×2×2 → 1×1×2
  output height: floor((N - K) / S) + 1 = floor((3 - 3) / 3) + 1 = 1
  output width: floor((N - K) / S) + 1 = floor((2 - 2) / 2) + 1 = 1
  output channels: C = 2
  weights, biases, parameters and MACs: 0
  connections: H·W·C·Kh·Kw = 1·1·2·3·2 = 12
  activations: H·W·C = 1·1·2 = 2
  receptive field, height: r + (K - 1)·j = 12 + (3 - 1)·2 = 16
  receptive field, width: r + (K - 1)·j = 10 + (2 - 1)·2 = 12
  jump, height: j·S = 2·3 = 6
  jump, width: j·S = 2·2 = 4

5 (Flatten): 1×1×2 → 2
  output features: H·W·C = 1·1·2 = 2
  weights, biases, parameters, MACs, connections and activations: 0

6 (Dense): 2 → 3
  output features: U = 3
  weights: N·U = 2·3 = 6
  biases: 0
  parameters: weights + biases = 6 + 0 = 6
  MACs: N·U = 2·3 = 6
  connections: weights + biases = 6 + 0 = 6
  activations: U = 3

7 (RBF): 3 → 2
  output features: U = 2
  weights, biases and parameters: 0
  fixed, MACs and connections: N·U = 3·2 = 6
  activations: U = 2""",
}
