"use strict";
/* Windows and layers: sliders for one layer with windows; where its windows stand, what comes out,
   the derivation, and the layer in code. The number of windows is guessed before it is shown. */
const Windows = {
  SLIDERS: {
    size: ["pixels along each side", 1, 32],
    kernel: ["kernel", 1, 9],
    stride: ["stride", 1, 5],
    dilation: ["dilation", 1, 4],
    channels: ["channels that come in", 1, 16],
    filters: ["filters", 1, 16],
    groups: ["groups", 1, 4],
  },
  KINDS: {
    Conv2D: "convolution",
    MaxPooling2D: "max pooling",
    AveragePooling2D: "average pooling",
  },
  FIRST: {
    kind: "Conv2D",
    size: 8,
    kernel: 3,
    stride: 3,
    padding: "valid",
    dilation: 1,
    channels: 1,
    filters: 6,
    groups: 1,
    bias: true,
    row: 0,
    column: 0,
  },

  make(room, data) {
    const state = { settings: Windows.fromAddress(), data, guessed: false, parts: {} };
    const part = (name, tag, attributes) => (state.parts[name] = Widget.element(tag, attributes));
    state.speaker = Widget.speaker();
    room.append(
      Windows.form(state),
      Windows.question(state),
      part("error", "p", { class: "widget-error", hidden: true }),
      part("answer", "div", { class: "windows-answer" }),
      state.speaker.line,
    );
    Windows.show(state);
  },

  /* What the address says, each setting within its bounds. */
  fromAddress() {
    const found = { ...Windows.FIRST };
    for (const [name, text] of Object.entries(Address.read(Object.keys(found)))) {
      const bounds = Windows.SLIDERS[name] ?? ["", 0, 31];
      if (name === "kind") found.kind = text in Windows.KINDS ? text : found.kind;
      else if (name === "padding") found.padding = text === "same" ? "same" : "valid";
      else if (name === "bias") found.bias = text !== "false";
      else if (/^\d+$/.test(text))
        found[name] = Math.min(bounds[2], Math.max(bounds[1], Number(text)));
    }
    return found;
  },

  form(state) {
    const { settings } = state;
    const set = (name) => (value) => {
      settings[name] = value;
      Windows.changed(state, name);
    };
    const kinds = Widget.choice("Layer:", Windows.KINDS, settings.kind, set("kind"));
    const padding = Widget.choice(
      "Padding:",
      { valid: "valid", same: "same" },
      settings.padding,
      set("padding"),
    );
    const bias = Widget.checkbox("bias", settings.bias, set("bias"));
    const rows = Object.entries(Windows.SLIDERS).map(([name, [label, min, max]]) => {
      const { row } = Widget.slider(label, { min, max, value: settings[name] }, set(name));
      row.dataset.setting = name;
      return row;
    });
    bias.row.dataset.setting = "bias";
    return Widget.element(
      "div",
      {},
      kinds.row,
      Widget.element("div", { class: "widget-form" }, ...rows),
      Widget.element("div", { class: "widget-row" }, padding.row, bias.row),
    );
  },

  /* The question that comes before the first picture, and whenever the reader wants it. */
  question(state) {
    const id = Widget.id();
    const words = Widget.element("label", { for: id });
    const number = Widget.element("input", {
      id,
      type: "number",
      min: 0,
      max: 99,
      inputmode: "numeric",
      size: 4,
    });
    const verdict = Widget.element("p", { role: "status" });
    const ask = (event) => {
      event.preventDefault();
      if (number.value === "") {
        number.focus();
        return;
      }
      const right = Number(number.value) === state.axis.O;
      verdict.textContent = right
        ? `Yes: ${state.axis.O} fit.`
        : `${state.axis.O} fit, not ${number.value}. The line below shows where.`;
      Windows.reveal(state);
    };
    const form = Widget.element(
      "form",
      { class: "widget-row", onsubmit: ask, novalidate: true },
      words,
      number,
      Widget.element("button", { class: "widget-button" }, "Check"),
      Widget.button("Show me", () => {
        verdict.textContent = "";
        Windows.reveal(state);
      }),
    );
    const again = Widget.checkbox("Ask me each time", false, (on) => {
      state.askAgain = on;
    });
    Object.assign(state.parts, { form, words, number, verdict });
    return Widget.element("div", { class: "windows-question" }, form, verdict, again.row);
  },

  changed(state, name) {
    if (state.askAgain && !["bias", "channels", "filters", "groups"].includes(name))
      state.guessed = false;
    state.parts.verdict.textContent = "";
    state.parts.number.value = "";
    Windows.show(state);
    Address.write(state.settings, "widget-windows");
  },

  reveal(state) {
    state.guessed = true;
    Windows.show(state);
  },

  /* The settings as a layer with Keras's arguments. */
  layer({ kind, kernel, stride, padding, dilation, filters, groups, bias }) {
    const strides = [stride, stride];
    if (kind !== "Conv2D") return { kind, pool_size: [kernel, kernel], strides, padding };
    return {
      kind,
      kernel_size: [kernel, kernel],
      strides,
      padding,
      dilation_rate: [dilation, dilation],
      filters,
      groups,
      use_bias: bias,
    };
  },

  show(state) {
    const { settings, data, parts } = state;
    const layer = Windows.layer(settings);
    const shape = [settings.size, settings.size, settings.channels];
    Windows.hideUnused(state, layer);
    let counted;
    try {
      counted = Layers.count(layer, shape, data);
      state.axis = Layers.along(layer, shape, 0, data);
    } catch (error) {
      parts.error.textContent = error.message;
      parts.error.hidden = false;
      parts.form.hidden = parts.answer.hidden = true;
      state.speaker.say(error.message);
      return;
    }
    parts.error.hidden = true;
    parts.form.hidden = state.guessed;
    parts.answer.hidden = !state.guessed;
    parts.words.textContent = `How many windows fit along a line of ${settings.size} pixels?`;
    if (state.guessed) WindowsAnswer.fill(state, layer, shape, counted);
  },

  /* Pooling has no filters, groups, dilation or bias. */
  hideUnused(state, layer) {
    for (const name of ["filters", "groups", "dilation", "bias"]) {
      const row = state.parts.answer.parentElement.querySelector(`[data-setting="${name}"]`);
      row.hidden = !layer.kernel_size;
    }
  },
};
