"""Derivations of `known_networks`, as people read them: of what moves or joins values."""

TEXTS = {
    "normalised": """\
0 (PointwiseDense): 6×6×6 → 6×6×5
  output height and width: N = 6
  output channels: U = 5
  weights: C·U = 6·5 = 30
  biases: U = 5
  parameters: weights + biases = 30 + 5 = 35
  MACs: H·W·weights = 6·6·30 = 1,080
  connections: MACs + H·W·U = 1080 + 6·6·5 = 1,260
  activations: H·W·U = 6·6·5 = 180

1 (BatchNormalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights: 0
  biases: C = 5
  parameters: weights + biases = 0 + 5 = 5
  fixed: C·R = 5·2 = 10
  MACs: 0
  connections: H·W·C·2 = 6·6·5·2 = 360
  activations: H·W·C = 6·6·5 = 180

2 (BatchNormalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights and biases: C = 5
  parameters: 0
  fixed: C·R + weights + biases = 5·5 + 5 + 5 = 35
  MACs: 0
  connections: H·W·C·2 = 6·6·5·2 = 360
  activations: H·W·C = 6·6·5 = 180

3 (PReLU): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights: C = 5
  biases: 0
  parameters: weights + biases = 5 + 0 = 5
  MACs and connections: 0
  activations: H·W·C = 6·6·5 = 180

4 (LayerScale): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights: C = 5
  biases and parameters: 0
  fixed: weights + biases = 5 + 0 = 5
  MACs and connections: 0
  activations: H·W·C = 6·6·5 = 180

5 (GroupNormalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights: C = 5
  biases: 0
  parameters: weights + biases = 5 + 0 = 5
  MACs: 0
  connections and activations: H·W·C = 6·6·5 = 180
  receptive field, height and width: r + (K - 1)·j = 1 + (6 - 1)·1 = 6
  jump, height and width: 0

6 (Normalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights, biases and parameters: 0
  fixed: 2·C + 1 = 2·5 + 1 = 11
  MACs and connections: 0
  activations: H·W·C = 6·6·5 = 180

7 (Normalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 6·6·5 = 180

8 (relu): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 6·6·5 = 180

9 (LayerNormalization): 6×6×5 → 6×6×5
  output height and width: N = 6
  output channels: N = 5
  weights and biases: H·C = 6·5 = 30
  parameters: weights + biases = 30 + 30 = 60
  MACs: 0
  connections: H·W·C·2 = 6·6·5·2 = 360
  activations: H·W·C = 6·6·5 = 180""",
    "moved": """\
0 (ZeroPadding2D): 6×5×2 → 7×10×2
  output height: N + A + B = 6 + 0 + 1 = 7
  output width: N + A + B = 5 + 2 + 3 = 10
  output channels: C = 2
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 7·10·2 = 140

1 (Cropping2D): 7×10×2 → 5×8×2
  output height: N - A - B = 7 - 1 - 1 = 5
  output width: N - A - B = 10 - 1 - 1 = 8
  output channels: C = 2
  weights, biases, parameters, MACs, connections and activations: 0

2 (UpSampling2D): 5×8×2 → 10×8×2
  output height: N·S = 5·2 = 10
  output width: N·S = 8·1 = 8
  output channels: C = 2
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 10·8·2 = 160

3 (Resizing): 10×8×2 → 4×3×2
  output height: H = 4
  output width: W = 3
  output channels: C = 2
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 4·3·2 = 24

4 (AdaptiveMaxPooling2D): 4×3×2 → 2×3×2
  output height: O = 2
  output width: O = 3
  output channels: C = 2
  weights, biases, parameters and MACs: 0
  connections: Lh·Lw·C = 4·3·2 = 24
  activations: H·W·C = 2·3·2 = 12

5 (Permute): 2×3×2 → 2×2×3
  output height and width: N = 2
  output channels: N = 3
  weights, biases, parameters, MACs, connections and activations: 0

6 (Reshape): 2×2×3 → 3×4
  output steps: O = 3
  output channels: H·W·C / O1 = 2·2·3 / 3 = 4
  weights, biases, parameters, MACs, connections and activations: 0

7 (Reshape): 3×4 → 2×1×2×1×3
  output side 1: O = 2
  output side 2: O = 1
  output side 3: O = 2
  output side 4: O = 1
  output side 5: O = 3
  weights, biases, parameters, MACs, connections and activations: 0""",
    "bordered alike": """\
0 (ZeroPadding2D): 6×6×1 → 10×10×1
  output height and width: N + A + B = 6 + 2 + 2 = 10
  output channels: C = 1
  weights, biases, parameters, MACs and connections: 0
  activations: H·W·C = 10·10·1 = 100

1 (Cropping2D): 10×10×1 → 8×8×1
  output height and width: N - A - B = 10 - 1 - 1 = 8
  output channels: C = 1
  weights, biases, parameters, MACs, connections and activations: 0""",
    "stretched": """\
0 (GlobalAveragePooling2D): 6×5×2 → 1×1×2
  output height and width: 1
  output channels: C = 2
  weights, biases, parameters and MACs: 0
  connections: h·w·C = 6·5·2 = 60
  activations: C = 2
  receptive field, height: r + (K - 1)·j = 1 + (6 - 1)·1 = 6
  receptive field, width: r + (K - 1)·j = 1 + (5 - 1)·1 = 5

1 (Conv2D): 1×1×2 → 1×1×2
  output height and width: floor((N - K) / S) + 1 = floor((1 - 1) / 1) + 1 = 1
  output channels: F = 2
  weights: Kh·Kw·C·F = 1·1·2·2 = 4
  biases: F = 2
  parameters: weights + biases = 4 + 2 = 6
  MACs: H·W·weights = 1·1·4 = 4
  connections: H·W·parameters = 1·1·6 = 6
  activations: H·W·F = 1·1·2 = 2

2 (Multiply): 6×5×2, 1×1×2 → 6×5×2
  output height: max(N1, N2) = max(6, 1) = 6
  output width: max(N1, N2) = max(5, 1) = 5
  output channels: max(N1, N2) = max(2, 2) = 2
  weights, biases, parameters and MACs: 0
  connections: H·W·C·I = 6·5·2·2 = 120
  activations: H·W·C = 6·5·2 = 60
  receptive field, height: max(e1, e2) - min(s1, s2) = max(1, 6) - min(0, 0) = 6
  receptive field, width: max(e1, e2) - min(s1, s2) = max(1, 5) - min(0, 0) = 5
  jump, height and width: 0

3 (Flatten): 6×5×2 → 60
  output features: H·W·C = 6·5·2 = 60
  weights, biases, parameters, MACs, connections and activations: 0

4 (Dense): 60 → 3
  output features: U = 3
  weights: N·U = 60·3 = 180
  biases: U = 3
  parameters: weights + biases = 180 + 3 = 183
  MACs: N·U = 60·3 = 180
  connections: weights + biases = 180 + 3 = 183
  activations: U = 3

5 (Dense, again): 60 → 3
  weights, biases and parameters: 0
  output features: U = 3
  MACs: N·U = 60·3 = 180
  connections: weights + biases = 180 + 3 = 183
  activations: U = 3""",
    "several": """\
0 (Conv2D): 4×4×2 → 4×4×2
  output height and width: ceil(N / S) = ceil(4 / 1) = 4
  padding, height and width: max((O - 1)·S + K - N, 0) = max((4 - 1)·1 + 3 - 4, 0) = 2
  output channels: F = 2
  weights: Kh·Kw·C·F = 3·3·2·2 = 36
  biases: F = 2
  parameters: weights + biases = 36 + 2 = 38
  MACs: H·W·weights = 4·4·36 = 576
  connections: H·W·parameters = 4·4·38 = 608
  activations: H·W·F = 4·4·2 = 32
  receptive field, height and width: r + (K - 1)·j = 1 + (3 - 1)·1 = 3

1 (Conv2D, again): 4×4×2 → 4×4×2
  weights, biases and parameters: 0
  output height and width: ceil(N / S) = ceil(4 / 1) = 4
  padding, height and width: max((O - 1)·S + K - N, 0) = max((4 - 1)·1 + 3 - 4, 0) = 2
  output channels: F = 2
  MACs: H·W·weights = 4·4·36 = 576
  connections: H·W·parameters = 4·4·38 = 608
  activations: H·W·F = 4·4·2 = 32
  receptive field, height and width: r + (K - 1)·j = 3 + (3 - 1)·1 = 5

2 (Add): 4×4×2, 4×4×2 → 4×4×2
  output height and width: max(N1, N2) = max(4, 4) = 4
  output channels: max(N1, N2) = max(2, 2) = 2
  weights, biases, parameters and MACs: 0
  connections: H·W·C·I = 4·4·2·2 = 64
  activations: H·W·C = 4·4·2 = 32
  receptive field, height and width: max(e1, e2) - min(s1, s2) = max(3, 1) - min(-2, 0) = 5

3 (Concatenate): 4×4×2, 4×4×3 → 4×4×5
  output height and width: N = 4
  output channels: C1 + C2 = 2 + 3 = 5
  weights, biases, parameters, MACs, connections and activations: 0
  receptive field, height and width: max(e1, e2) - min(s1, s2) = max(3, 1) - min(-2, 0) = 5

4 (GlobalAveragePooling2D): 4×4×2 → 2
  output features: C = 2
  weights, biases, parameters and MACs: 0
  connections: h·w·C = 4·4·2 = 32
  activations: C = 2
  receptive field, height and width: r + (K - 1)·j = 3 + (4 - 1)·1 = 6

5 (GlobalAveragePooling2D): 4×4×2 → 2
  output features: C = 2
  weights, biases, parameters and MACs: 0
  connections: h·w·C = 4·4·2 = 32
  activations: C = 2
  receptive field, height and width: r + (K - 1)·j = 5 + (4 - 1)·1 = 8

6 (Dot): 2, 2 → 1
  output features: N = 1
  weights, biases, parameters and MACs: 0
  connections: 2·N·Q = 2·1·2 = 4
  activations: N = 1

7 (Concatenate): 4×4×2, 4×4×2 → 4×8×2
  output height: N = 4
  output width: C1 + C2 = 4 + 4 = 8
  output channels: N = 2
  weights, biases, parameters, MACs, connections and activations: 0""",
}
