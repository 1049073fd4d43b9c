"use strict";
/* A layer in Keras and in PyTorch, and where the two are not the same. */
const LayerCode = {
  TORCH_ACTIVATIONS: {
    celu: "CELU()",
    elu: "ELU()",
    gelu: 'GELU(approximate="tanh")',
    hard_tanh: "Hardtanh()",
    leaky_relu: "LeakyReLU(0.2)",
    log_sigmoid: "LogSigmoid()",
    log_softmax: "LogSoftmax(dim=1)",
    mish: "Mish()",
    relu: "ReLU()",
    relu6: "ReLU6()",
    selu: "SELU()",
    sigmoid: "Sigmoid()",
    silu: "SiLU()",
    softmax: "Softmax(dim=1)",
    softplus: "Softplus()",
    softsign: "Softsign()",
    swish: "SiLU()",
    tanh: "Tanh()",
    tanh_shrink: "Tanhshrink()",
  },

  /* Arguments in brackets: those in front by their places, the others that are said by name. */
  call: (name, places, named = {}) =>
    `${name}(${[...places, ...LayerCode.named(named)].filter((one) => one !== undefined).join(", ")})`,

  named: (given) =>
    Object.entries(given)
      .filter(([, value]) => value !== false && value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${value}`),

  /* One number where both are the same, else both in brackets. */
  pair: ([high, wide]) => (high === wide ? `${high}` : `(${high}, ${wide})`),

  /* A pair that is said, unless it is the usual one. */
  unless: (usual, pair) => pair && String(pair) !== String(usual) && LayerCode.pair(pair),

  keras(layer) {
    const { pair, unless } = LayerCode;
    const places = [
      layer.filters,
      layer.units,
      ...[layer.kernel_size, layer.pool_size, layer.size].filter(Boolean).map(pair),
      typeof layer.padding === "object" ? pair(layer.padding) : undefined,
      layer.target_shape && Layers.tuple(layer.target_shape),
      layer.kind === "Dropout" ? 0.5 : undefined,
    ];
    return LayerCode.call(`keras.layers.${layer.kind}`, places, {
      strides: unless(layer.pool_size ?? [1, 1], layer.strides),
      padding: layer.padding === "same" && '"same"',
      dilation_rate: unless([1, 1], layer.dilation_rate),
      groups: layer.groups > 1 && layer.groups,
      activation: layer.activation && `"${layer.activation}"`,
      use_bias: layer.use_bias === false && "False",
      name: layer.name && JSON.stringify(layer.name),
    });
  },

  /* A layer with windows in PyTorch; `axes` are its letters along both axes. Nothing where PyTorch
     has no such layer. */
  torch(layer, shape, axes) {
    const { pair, unless } = LayerCode;
    const before = axes.map((axis) => axis.before);
    const after = axes.map((axis) => axis.P - axis.before);
    const padded = axes.some((axis) => axis.P > 0);
    const odd = String(before) !== String(after);
    const word = layer.kernel_size && String(layer.strides) === "1,1" && padded; // takes "same"
    const apart = odd && !word; // then the zeros need a layer of their own
    const zeros = `(${[before[1], after[1], before[0], after[0]].join(", ")})`;
    const padding = word ? '"same"' : !apart && padded && pair(before);
    const taps = pair(Layers.taps(layer));
    if (layer.kernel_size) {
      const filters = layer.filters ?? shape[2];
      const made = LayerCode.call("nn.Conv2d", [shape[2], filters, taps], {
        stride: unless([1, 1], layer.strides),
        padding,
        dilation: unless([1, 1], layer.dilation_rate),
        groups: layer.groups > 1 && layer.groups,
        bias: layer.use_bias === false && "False",
      });
      return apart ? LayerCode.after(`nn.ZeroPad2d(${zeros})`, made) : made;
    }
    const stride = unless(layer.pool_size, layer.strides);
    if (layer.kind === "MaxPooling2D") {
      const made = LayerCode.call("nn.MaxPool2d", [taps], { stride, padding });
      const pad = `nn.ConstantPad2d(${zeros}, -torch.inf)`;
      return apart ? LayerCode.after(pad, made) : made;
    }
    const counts = padded && "False";
    const named = { stride, padding, count_include_pad: counts };
    return apart ? undefined : LayerCode.call("nn.AvgPool2d", [taps], named);
  },

  /* What the reader of both has to know, in the package's words. */
  notes(layer, axes, notes) {
    const [conv, mean] = [layer.kernel_size, layer.kind === "AveragePooling2D"];
    const [stride, dilation] = [layer.strides, layer.dilation_rate ?? [1]].map((of) =>
      Math.max(...of),
    );
    const padded = axes.some((axis) => axis.P > 0);
    const odd = axes.some((axis) => axis.P % 2 === 1);
    const found = [];
    if (conv && stride > 1 && dilation > 1) found.push(notes.refused);
    if (conv && stride > 1 && layer.padding === "same") found.push(notes.word);
    if (!conv && layer.padding === "same") found.push(notes.pooling);
    if (mean && padded) found.push(odd ? notes.no_mean : notes.mean);
    if (odd && !mean && !(conv && stride === 1)) found.push(notes.odd);
    return found.length ? found : [notes.same];
  },

  after: (pad, made) => `nn.Sequential(\n    ${pad},\n    ${made},\n)`,
};
