"use strict";
/* The form for the chosen layer. Each field is read as its word would be in a line of notation, so
   that a slip is told in the same words. */
const Editor = {
  LABELS: {
    kernel_size: "kernel",
    pool_size: "window",
    padding: "pixels on each side",
    strides: "stride",
    dilation_rate: "dilation",
  },

  show(state) {
    const { network, chosen, rules, parts } = state;
    const layer = network.layers[chosen];
    const title = chosen < 0 ? "The input" : `Layer ${chosen + 1} of ${network.layers.length}`;
    parts.slip = Widget.element("p", { class: "widget-error", hidden: true });
    state.fields = {};
    const fields = chosen < 0 ? [Editor.inputShape(state)] : Editor.inputs(state, layer);
    parts.editor.replaceChildren(
      Widget.element("h3", {}, title),
      ...(layer && !layer.word ? [Widget.element("p", {}, rules.no_line)] : []),
      Widget.element("div", { class: "builder-fields" }, ...fields),
      parts.slip,
      Widget.element("div", { class: "widget-row" }, ...Editor.buttons(state)),
      parts.work,
    );
    Editor.work(state);
  },

  buttons(state) {
    const { network, chosen } = state;
    const add = Widget.button("Add a layer after it", () => Editor.add(state));
    if (chosen < 0) return [add];
    const last = network.layers.length - 1;
    const move = (by) => () => Editor.move(state, by);
    return [
      add,
      Widget.button("Move up", move(-1), { disabled: chosen === 0 }),
      Widget.button("Move down", move(1), { disabled: chosen === last }),
      Widget.button("Remove", () => Editor.remove(state), { disabled: last === 0 }),
    ];
  },

  /* The derivation of the chosen layer. */
  work({ parts, counted, chosen }) {
    parts.work.replaceChildren(...Widget.lines(counted.rows[chosen]?.lines ?? []));
  },

  inputShape(state) {
    return Editor.text(state, "shape", "shape", (value) => {
      Editor.tried(state, () => ({
        ...state.network,
        shape: Editor.reader(state).inputShape(value),
      }));
    });
  },

  /* A text field, `state.fields` knows it by its name. */
  text(state, name, label, changed) {
    const id = Widget.id();
    const value = Editor.value(state, name);
    const input = Widget.element("input", {
      id,
      type: "text",
      value,
      size: 6,
      autocomplete: "off",
    });
    input.addEventListener("change", () => Editor.later(state, () => changed(input.value.trim())));
    state.fields[name] = input;
    return Widget.element(
      "div",
      { class: "builder-field" },
      Widget.element("label", { for: id }, label),
      input,
    );
  },

  /* A press on the table ends a field, too: it is read when the press is over. */
  later(state, act) {
    if (!state.pressed) return act();
    return addEventListener("pointerup", () => setTimeout(act), { once: true });
  },

  /* What a field shows. */
  value({ network, chosen }, name) {
    if (name === "shape") return network.shape.join("x");
    const value = network.layers[chosen][name] ?? "";
    return name === "name" ? value : Notation.size(value);
  },

  inputs(state, layer) {
    const { kinds, sized, activations } = state.rules.notation;
    if (!layer.word) return [];
    const at = state.chosen;
    const { sizes, given } = kinds[layer.word];
    const change = (name) => (value) => Editor.change(state, at, name, value);
    const select = (name, names) =>
      Editor.select(name, names, layer[name] ?? names[0], change(name));
    const texts = ["name", ...sizes, ...Object.values(sized).filter((name) => name in given)];
    const found = texts.map((name) =>
      Editor.text(state, name, Editor.LABELS[name] ?? name, change(name)),
    );
    if (typeof given.padding === "string") found.push(select("padding", ["valid", "same"]));
    if ("activation" in given) found.push(select("activation", ["none", ...activations]));
    if ("use_bias" in given)
      found.push(Widget.checkbox("bias", layer.use_bias, change("use_bias")).row);
    return [Editor.kind(state, Object.keys(kinds)), ...found];
  },

  select(label, names, value, changed) {
    const { row, input } = Widget.select(label, names, changed);
    input.value = value;
    return row;
  },

  /* Another kind of layer, with what both take kept. */
  kind(state, words) {
    const at = state.chosen;
    const old = state.network.layers[at];
    return Editor.select("layer", words, old.word, (word) => {
      const layer = Editor.fresh(state, word);
      for (const name of Object.keys(layer)) {
        const keeps =
          !["word", "kind"].includes(name) && old[name] && typeof old[name] === typeof layer[name];
        if (keeps) layer[name] = old[name];
      }
      if (layer.pool_size && !old.pool_size) layer.strides = layer.pool_size;
      if ("activation" in layer) layer.activation = old.activation;
      state.changed(Editor.with(state, at, { ...layer, name: old.name }));
      Editor.show(state);
      state.parts.editor.querySelector("select").focus();
    });
  },

  /* A layer of this kind with sizes to start from. */
  fresh(state, word) {
    const start = { filters: 6, kernel_size: 3, units: 10 };
    const { sizes } = state.rules.notation.kinds[word];
    const clause = [word, ...sizes.map((name) => start[name] ?? 2)].join(" ");
    const line = new NotationLine(`1: ${clause}`, state.rules);
    return line.layer(line.clauses[0]);
  },

  /* What reads the words of a line; here each stands alone. */
  reader: ({ rules }) => new NotationLine("1: flatten", rules),

  change(state, at, name, value) {
    Editor.tried(state, () => {
      const old = state.network.layers[at];
      const layer = { ...old, [name]: Editor.read(state, name, value) };
      const touched = old.pool_size && String(old.strides) === String(old.pool_size);
      const told = { strides: !(name === "pool_size" && touched) };
      return Editor.with(state, at, Editor.reader(state).made({ text: "", start: 0 }, layer, told));
    });
  },

  /* The argument that a field's text stands for. */
  read(state, name, value) {
    if (["padding", "use_bias"].includes(name) && ["valid", "same", true, false].includes(value))
      return value;
    if (name === "activation") return value === "none" ? undefined : value;
    const reader = Editor.reader(state);
    const word = { text: value, start: 0 };
    if (name !== "name") return reader.size(word, name);
    if (reader.words([...value], 0).length > 1 || value.includes(","))
      throw Error(state.rules.one_word);
    return value ? reader.name(word) : undefined;
  },

  with({ network }, at, layer) {
    return { ...network, layers: network.layers.with(at, layer) };
  },

  /* Changes the network, or says why not: the first line of a slip, the others show the place. */
  tried(state, make) {
    try {
      state.changed(make());
    } catch (error) {
      const { slip } = state.parts;
      [slip.textContent] = error.message.split("\n");
      slip.hidden = false;
      state.speaker.say(slip.textContent);
      return;
    }
    state.parts.slip.hidden = true;
    for (const [name, input] of Object.entries(state.fields))
      input.value = Editor.value(state, name);
  },

  add(state) {
    const { network, chosen, counted } = state;
    const came = chosen < 0 ? network.shape : counted.rows[chosen]?.shape;
    const layer = Editor.fresh(state, came?.length === 1 ? "dense" : "conv");
    state.chosen = chosen + 1;
    state.changed({ ...network, layers: network.layers.toSpliced(chosen + 1, 0, layer) });
    Editor.show(state);
    state.parts.editor.querySelector("select").focus();
  },

  remove(state) {
    const layers = state.network.layers.toSpliced(state.chosen, 1);
    state.chosen = Math.min(state.chosen, layers.length - 1);
    state.changed({ ...state.network, layers });
    Editor.show(state);
    Editor.focusRow(state);
  },

  move(state, by) {
    const { network, chosen } = state;
    const others = network.layers.toSpliced(chosen, 1);
    state.chosen = chosen + by;
    state.changed({
      ...network,
      layers: others.toSpliced(chosen + by, 0, network.layers[chosen]),
    });
    Editor.show(state);
    const label = by < 0 ? "Move up" : "Move down";
    const buttons = [...state.parts.editor.querySelectorAll("button")];
    const again = buttons.find((one) => one.textContent === label);
    if (again.disabled) Editor.focusRow(state);
    else again.focus();
  },

  focusRow: ({ parts, chosen }) => parts.table.querySelector(`[data-layer="${chosen}"]`).focus(),
};
