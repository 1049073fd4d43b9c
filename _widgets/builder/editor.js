"use strict";
/* The form for the chosen layer. What is typed becomes a clause of the notation, so that a slip is
   told as it is in a line. */
const Editor = {
  LABELS: {
    kernel_size: "kernel",
    pool_size: "window",
    padding: "pixels on each side",
    strides: "stride",
    dilation_rate: "dilation",
  },

  show(state) {
    const { network, chosen, rules } = state;
    const layer = network.layers[chosen];
    const fields = chosen < 0 ? [Editor.inputShape(state)] : Editor.fields(state, layer);
    const title = chosen < 0 ? "The input" : `Layer ${chosen + 1} of ${network.layers.length}`;
    const error = Widget.element("p", { class: "widget-error", hidden: true });
    state.parts.slip = error;
    const move = (by) => () => Editor.move(state, by);
    const buttons = [
      Widget.button("Add a layer behind", () => Editor.add(state)),
      ...(chosen < 0
        ? []
        : [
            Widget.button("Move up", move(-1), { disabled: chosen === 0 }),
            Widget.button("Move down", move(1), { disabled: chosen === network.layers.length - 1 }),
            Widget.button("Remove", () => Editor.remove(state), {
              disabled: network.layers.length === 1,
            }),
          ]),
    ];
    state.parts.editor.replaceChildren(
      Widget.element("h3", {}, title),
      ...(layer && !layer.word ? [Widget.element("p", {}, rules.no_line)] : []),
      Widget.element("div", { class: "builder-fields" }, ...fields),
      error,
      Widget.element("div", { class: "widget-row" }, ...buttons),
      state.parts.work,
    );
    Editor.work(state);
  },

  /* The derivation of the chosen layer. */
  work({ parts, counted, chosen }) {
    const lines = counted.rows[chosen]?.lines ?? [];
    const items = lines.map(({ quantity, text }) =>
      Widget.element("li", {}, Widget.element("b", {}, quantity), text.slice(quantity.length)),
    );
    parts.work.replaceChildren(...items);
  },

  text(label, value, changed) {
    const id = Widget.id();
    const input = Widget.element("input", {
      id,
      type: "text",
      value,
      size: 6,
      autocomplete: "off",
    });
    input.addEventListener("change", () => changed(input.value.trim()));
    return Widget.element(
      "div",
      { class: "builder-field" },
      Widget.element("label", { for: id }, label),
      input,
    );
  },

  inputShape(state) {
    return Editor.text("shape", state.network.shape.join("x"), (value) => {
      Editor.tried(state, () => {
        const { shape } = new NotationLine(`${value}: flatten`, state.rules);
        return { ...state.network, shape };
      });
    });
  },

  fields(state, layer) {
    const { kinds, sized, activations } = state.rules.notation;
    if (!layer.word) return [];
    const { sizes, given } = kinds[layer.word];
    const change = (name) => (value) => Editor.change(state, { ...layer, [name]: value });
    const texts = [...sizes, ...Object.values(sized).filter((name) => name in given)];
    const found = [
      Editor.kind(state, Object.keys(kinds)),
      Editor.text("name", layer.name ?? "", change("name")),
    ];
    for (const name of texts) {
      const label = Editor.LABELS[name] ?? name;
      found.push(Editor.text(label, Notation.size(layer[name]), change(name)));
    }
    if (typeof given.padding === "string")
      found.push(Editor.select("padding", ["valid", "same"], layer.padding, change("padding")));
    if ("activation" in given)
      found.push(
        Editor.select(
          "activation",
          ["none", ...activations],
          layer.activation ?? "none",
          change("activation"),
        ),
      );
    if ("use_bias" in given)
      found.push(Widget.checkbox("bias", layer.use_bias, change("use_bias")).row);
    return found;
  },

  select(label, names, value, changed) {
    const { row, input } = Widget.select(label, names, changed);
    input.value = value;
    return row;
  },

  kind(state, words) {
    const { word } = state.network.layers[state.chosen];
    return Editor.select("layer", words, word, (chosen) => {
      Editor.place(state, Editor.fresh(state, chosen));
      Editor.show(state);
      state.parts.editor.querySelector("select").focus();
    });
  },

  /* A layer of this kind with sizes to start from. */
  fresh(state, word) {
    const start = { filters: 6, kernel_size: 3, units: 10 };
    const { sizes } = state.rules.notation.kinds[word];
    const clause = [word, ...sizes.map((name) => start[name] ?? 2)].join(" ");
    return Editor.parsed(state, clause);
  },

  parsed(state, clause) {
    const line = new NotationLine(`1: ${clause}`, state.rules);
    return line.layer(line.clauses[0]);
  },

  /* The layer as its fields say, in the words of a line. */
  change(state, layer) {
    const activation = layer.activation === "none" ? undefined : layer.activation;
    const clause = Notation.clause({ ...layer, activation }, state.rules.notation);
    Editor.tried(state, () => Editor.with(state, Editor.parsed(state, clause)));
  },

  with({ network, chosen }, layer) {
    return { ...network, layers: network.layers.with(chosen, layer) };
  },

  place(state, layer) {
    state.changed(Editor.with(state, layer));
  },

  /* Changes the network, or says why not: the first line of a slip, the others show the place. */
  tried(state, make) {
    const { slip } = state.parts;
    try {
      state.changed(make());
      slip.hidden = true;
    } catch (error) {
      [slip.textContent] = error.message.split("\n");
      slip.hidden = false;
      state.speaker.say(slip.textContent);
    }
  },

  add(state) {
    const { network, chosen } = state;
    const flat =
      state.counted.rows[chosen]?.shape.length === 1 || (chosen < 0 && network.shape.length === 1);
    const layer = Editor.fresh(state, flat ? "dense" : "conv");
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
    state.parts.table.querySelector(`[data-layer="${state.chosen}"]`).focus();
  },

  move(state, by) {
    const { network, chosen } = state;
    const layers = network.layers
      .toSpliced(chosen, 1)
      .toSpliced(chosen + by, 0, network.layers[chosen]);
    state.chosen = chosen + by;
    state.changed({ ...network, layers });
    Editor.show(state);
    const label = by < 0 ? "Move up" : "Move down";
    const again = [...state.parts.editor.querySelectorAll("button")].find(
      (one) => one.textContent === label,
    );
    if (again.disabled) state.parts.table.querySelector(`[data-layer="${state.chosen}"]`).focus();
    else again.focus();
  },
};
