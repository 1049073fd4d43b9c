"use strict";
/* The network as text to take along: for Keras, for PyTorch, as a line, as a Markdown table. */
const Export = {
  /* {text, notes} in one of the forms; `state` has the network, what is counted of it, the rules. */
  as: (form, state) => Export[form](state),

  keras(state) {
    const { network, counted, rules } = state;
    const ours = ({ kind, activation }) =>
      rules.ours.includes(kind) || activation === "scaled_tanh";
    if (network.layers.some(ours))
      return { text: Export.bridged(state), notes: [rules.notes.ours] };
    const layers = network.layers.map((layer, at) =>
      LayerCode.keras({ ...layer, name: counted.names[at] }),
    );
    const listed = [`keras.Input(${Layers.tuple(network.shape)})`, ...layers];
    const lines = [
      "import keras",
      "",
      "model = keras.Sequential([",
      ...listed.map(Export.inside),
      "])",
    ];
    return { text: lines.join("\n"), notes: [] };
  },

  inside: (code) => `${code},`.replace(/^/gm, "    "),

  /* Layers that Keras does not have are made by the package. */
  bridged(state) {
    const line = Notation.write(state.network, state.rules);
    const constant = state.name?.toUpperCase().replaceAll("-", "_");
    if (!line && !constant) return `# ${state.rules.no_line}`;
    const [from, made] = line
      ? ["lenet import parse", `parse(${JSON.stringify(line)})`]
      : [`lenet.architectures import ${constant}`, constant];
    const imports = [`from ${from}`, "from lenet.keras_bridge.model import to_keras"];
    return [...imports, "", `model = to_keras(${made})`].join("\n");
  },

  torch({ counted, rules }) {
    const missing = counted.rows.flatMap((row) => Export.missing(row, rules));
    if (missing.length) {
      const listed = [...new Set(missing)].join(", ");
      return { text: `# PyTorch has no ${listed} like here.`, notes: [] };
    }
    const parts = counted.rows.flatMap((row) => Export.modules(row, rules));
    const listed = parts.map(Export.inside);
    const lines = [
      "import torch",
      "from torch import nn",
      "",
      "model = nn.Sequential(",
      ...listed,
      ")",
    ];
    const said = counted.rows.flatMap((row) => Export.torchNotes(row, rules));
    return { text: lines.join("\n"), notes: [...new Set(said)] };
  },

  made: ({ layer, came }, rules) =>
    Export.TORCH[layer.kind]?.(layer, came, Export.axes(layer, came, rules)),

  activation: ({ layer: { activation } }) => (activation === "linear" ? undefined : activation),

  /* The layer and the activation, where PyTorch has none like it. */
  missing(row, rules) {
    const activation = Export.activation(row);
    const known = !activation || activation in LayerCode.TORCH_ACTIVATIONS;
    return [...(Export.made(row, rules) ? [] : [row.layer.kind]), ...(known ? [] : [activation])];
  },

  /* The modules of one layer, its activation too. */
  modules(row, rules) {
    const activation = Export.activation(row);
    const after = activation ? [`nn.${LayerCode.TORCH_ACTIVATIONS[activation]}`] : [];
    return [Export.made(row, rules), after].flat();
  },

  axes: (layer, came, rules) => [0, 1].map((axis) => Layers.along(layer, came, axis, rules)),

  torchNotes({ layer, came }, rules) {
    if (layer.kind === "Flatten" && came.length > 1 && came[0] * came[1] > 1)
      return [rules.notes.flatten];
    if (!["Conv2D", "DepthwiseConv2D", "MaxPooling2D", "AveragePooling2D"].includes(layer.kind))
      return [];
    const said = LayerCode.notes(layer, Export.axes(layer, came, rules), rules.notes);
    return said.filter((note) => note !== rules.notes.same);
  },

  TORCH: {
    Conv2D: LayerCode.torch,
    MaxPooling2D: LayerCode.torch,
    AveragePooling2D: LayerCode.torch,
    DepthwiseConv2D: (layer, came, axes) =>
      LayerCode.torch({ ...layer, groups: came[2] }, came, axes),
    SeparableConv2D(layer, came, axes) {
      const bias = layer.use_bias === false && "False";
      const { filters: _, ...depthwise } = { ...layer, use_bias: false, groups: came[2] };
      return [
        LayerCode.torch(depthwise, came, axes),
        LayerCode.call("nn.Conv2d", [came[2], layer.filters, 1], { bias }),
      ];
    },
    Conv2DTranspose(layer, came, axes) {
      const same = layer.padding === "same";
      const over = axes.map(({ K, S }) => K - S); // what a window reaches beyond its neighbour
      const padding = over.map((more) => (same ? Math.max(Math.ceil(more / 2), 0) : 0));
      const rest = over.map((more, axis) => (same || more < 0 ? 2 * padding[axis] - more : 0));
      if (rest.some((more, axis) => more >= Math.max(axes[axis].S, axes[axis].D))) return undefined;
      const taps = LayerCode.pair(layer.kernel_size);
      return LayerCode.call("nn.ConvTranspose2d", [came[2], layer.filters, taps], {
        stride: LayerCode.unless([1, 1], layer.strides),
        padding: LayerCode.unless([0, 0], padding),
        output_padding: LayerCode.unless([0, 0], rest),
        dilation: LayerCode.unless([1, 1], layer.dilation_rate),
        bias: layer.use_bias === false && "False",
      });
    },
    GlobalMaxPooling2D: () => ["nn.AdaptiveMaxPool2d(1)", "nn.Flatten()"],
    GlobalAveragePooling2D: () => ["nn.AdaptiveAvgPool2d(1)", "nn.Flatten()"],
    BatchNormalization: (_, came) => `nn.BatchNorm${came.length > 1 ? 2 : 1}d(${came.at(-1)})`,
    Dropout: () => "nn.Dropout(0.5)",
    ZeroPadding2D: ({ padding: [high, wide] }) =>
      `nn.ZeroPad2d((${[wide, wide, high, high].join(", ")}))`,
    UpSampling2D: ({ size }) => `nn.Upsample(scale_factor=${LayerCode.pair(size)})`,
    Flatten: () => "nn.Flatten()",
    Dense: (layer, came) =>
      LayerCode.call("nn.Linear", [came[0], layer.units], {
        bias: layer.use_bias === false && "False",
      }),
  },

  line({ network, rules }) {
    return { text: Notation.write(network, rules) ?? `# ${rules.no_line}`, notes: [] };
  },

  /* The table with its columns set as the package sets them. */
  markdown(state) {
    const { headers, rows } = NetworkTable.texts(state);
    const wide = headers.map((header, at) =>
      Math.max([...header].length + 2, ...rows.map((row) => [...row[at]].length)),
    );
    const toLeft = (at) => at < 2 || rows.every((row) => ["–", ""].includes(row[at]));
    const cell = (text, at) => {
      const rest = " ".repeat(wide[at] - [...text].length);
      return toLeft(at) ? `${text}${rest}` : `${rest}${text}`;
    };
    const line = (texts) => `| ${texts.map(cell).join(" | ")} |`;
    const barred = (texts) => texts.map((text) => text.replaceAll("|", "\\|"));
    const rule = wide.map((width, at) => {
      const dashes = "-".repeat(width + 1);
      return toLeft(at) ? `:${dashes}` : `${dashes}:`;
    });
    const text = [line(headers), `|${rule.join("|")}|`, ...rows.map((row) => line(barred(row)))];
    return { text: text.join("\n"), notes: [] };
  },
};
