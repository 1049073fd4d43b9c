"use strict";
/* The layer in Keras and in PyTorch, and where the two are not the same. */
const LayerCode = {
  keras(layer) {
    const [size, stride] = [Layers.taps(layer)[0], layer.strides[0]];
    const sized = layer.kernel_size ? `${layer.filters}, ${size}` : `${size}`;
    const usual = layer.kernel_size ? 1 : size;
    return `keras.layers.${layer.kind}(${sized}${LayerCode.options({
      strides: stride !== usual && stride,
      padding: layer.padding === "same" && '"same"',
      dilation_rate: layer.dilation_rate?.[0] > 1 && layer.dilation_rate[0],
      groups: layer.groups > 1 && layer.groups,
      use_bias: layer.use_bias === false && "False",
    })})`;
  },

  torch(layer, shape, axis) {
    const [size, stride] = [Layers.taps(layer)[0], layer.strides[0]];
    const [before, after] = [axis.before, axis.P - axis.before];
    const word = layer.kernel_size && stride === 1 && axis.P > 0; // then it takes padding="same"
    const apart = before !== after && !word; // then the zeros need a layer of their own
    const options = { padding: word ? '"same"' : !apart && axis.P > 0 && before };
    if (layer.kernel_size) {
      const made = `nn.Conv2d(${shape[2]}, ${layer.filters}, ${size}${LayerCode.options({
        stride: stride > 1 && stride,
        ...options,
        dilation: layer.dilation_rate[0] > 1 && layer.dilation_rate[0],
        groups: layer.groups > 1 && layer.groups,
        bias: layer.use_bias === false && "False",
      })})`;
      return apart
        ? LayerCode.after(`nn.ZeroPad2d((${before}, ${after}, ${before}, ${after}))`, made)
        : made;
    }
    const usual = { stride: stride !== size && stride, ...options };
    if (layer.kind === "MaxPooling2D") {
      const made = `nn.MaxPool2d(${size}${LayerCode.options(usual)})`;
      const pad = `nn.ConstantPad2d((${before}, ${after}, ${before}, ${after}), -torch.inf)`;
      return apart ? LayerCode.after(pad, made) : made;
    }
    usual.count_include_pad = axis.P > 0 && "False";
    return apart
      ? "# no layer of PyTorch does this"
      : `nn.AvgPool2d(${size}${LayerCode.options(usual)})`;
  },

  /* What the reader of both has to know, in the package's words. */
  notes(layer, axis, notes) {
    const [conv, mean] = [layer.kernel_size, layer.kind === "AveragePooling2D"];
    const stride = layer.strides[0];
    const odd = axis.P % 2 === 1;
    const found = [];
    if (conv && stride > 1 && layer.dilation_rate[0] > 1) found.push(notes.refused);
    if (conv && stride > 1 && layer.padding === "same") found.push(notes.word);
    if (!conv && layer.padding === "same") found.push(notes.pooling);
    if (mean && axis.P > 0) found.push(odd ? notes.no_mean : notes.mean);
    if (odd && !mean && !(conv && stride === 1)) found.push(notes.odd);
    return found.length ? found : [notes.same];
  },

  options: (given) =>
    Object.entries(given)
      .filter(([, value]) => value !== false && value !== undefined)
      .map(([name, value]) => `, ${name}=${value}`)
      .join(""),

  after: (pad, made) => `nn.Sequential(\n    ${pad},\n    ${made},\n)`,
};
