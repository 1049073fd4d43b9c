"use strict";
/* The network builder: a line of notation, a table of its layers, a form for one of them, bars, a
   fully connected rival, the network as code, and which LeNet a total belongs to. */
const Builder = {
  FORMS: { keras: "Keras", torch: "PyTorch", line: "one line of lenet", markdown: "Markdown" },
  HERE: document.currentScript.src.replace(/[^/]*$/, ""),

  make(room, rules) {
    const state = { rules, blanks: new Set(), chosen: 0, rivalHas: "parameters" };
    state.speaker = Widget.speaker();
    state.parts = {};
    const part = (name, tag, attributes) => (state.parts[name] = Widget.element(tag, attributes));
    state.changed = (network, name) => Builder.changed(state, network, name);
    state.named = (name) => Builder.named(state, name);
    state.read = (line) => Builder.read(state, line);
    state.choose = (at) => Builder.choose(state, at);
    part("work", "ul", { class: "widget-work", role: "list" });
    const heading = (text) => Widget.element("h3", {}, text);
    room.append(
      ...Builder.start(state),
      part("error", "pre", { class: "widget-error", hidden: true, tabindex: 0 }),
      part("table", "div", {
        class: "builder-table",
        tabindex: 0,
        role: "group",
        "aria-label": "The layers",
      }),
      Blanks.panel(state),
      part("editor", "div", { class: "builder-editor" }),
      heading("Where the numbers are"),
      part("bars", "div"),
      heading("A fully connected network beside it"),
      Builder.rivalChoice(state),
      part("rival", "div"),
      heading("To take along"),
      Builder.formChoice(state),
      part("code", "div"),
      heading("Which LeNet is that?"),
      ...Found.form(state),
      state.speaker.line,
    );
    Builder.first(state);
  },

  /* What the address says, else the network to start from. */
  first(state) {
    const { line, network } = Address.read(["line", "network"]);
    if (line !== undefined) Builder.read(state, line);
    if (!state.network)
      Builder.named(state, network in state.rules.networks ? network : state.rules.first);
  },

  start(state) {
    const names = Object.keys(state.rules.networks);
    const { row, input } = Widget.select(
      "Start from:",
      ["a line of your own", ...names],
      (name) => {
        if (name in state.rules.networks) Builder.named(state, name);
        else state.parts.line.focus();
      },
    );
    const id = Widget.id();
    const line = Widget.element("input", {
      id,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
    });
    const read = (event) => {
      event.preventDefault();
      Builder.read(state, line.value);
    };
    Object.assign(state.parts, { line, names: input });
    const form = Widget.element(
      "form",
      { class: "builder-line", onsubmit: read },
      Widget.element("label", { for: id }, "In one line:"),
      line,
      Widget.element("button", { class: "widget-button" }, "Read the line"),
    );
    return [row, form];
  },

  named(state, name) {
    const { shape, layers } = state.rules.networks[name];
    state.chosen = 0;
    Builder.changed(state, { shape, layers }, name);
    Editor.show(state);
  },

  /* A line that somebody typed, pasted or opened; a slip leaves the network as it is. */
  read(state, text) {
    const { error, line } = state.parts;
    if (line.value !== text) line.value = text;
    try {
      const network = Notation.parse(text, state.rules);
      state.chosen = Math.min(state.chosen, network.layers.length - 1);
      Builder.changed(state, network);
      Editor.show(state);
    } catch (slip) {
      error.textContent = slip.message;
      error.hidden = false;
      state.speaker.say(slip.message.split("\n")[0]);
    }
  },

  choose(state, at) {
    state.chosen = at;
    for (const button of state.parts.table.querySelectorAll("[data-layer]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === at));
    Editor.show(state);
  },

  /* Counts another network and shows it; `name` is set where it is one with a name. */
  changed(state, network, name) {
    const { parts, rules } = state;
    const counted = Chain.count(network, rules);
    Object.assign(state, { network, counted, name });
    const line = Notation.write(network, rules);
    parts.line.value = line ?? "";
    parts.line.placeholder = line ? "" : rules.no_line;
    parts.names.value = name ?? "a line of your own";
    Builder.misfit(state);
    Blanks.clear(state);
    NetworkTable.show(state);
    Editor.work(state);
    Bars.show(state);
    Bars.rival(state);
    Builder.code(state);
    Address.write(name ? { network: name } : { line: line ?? "" }, "widget-builder");
    state.speaker.say(Builder.sentence(state));
  },

  misfit({ counted: { error, at }, network, rules, parts }) {
    parts.error.hidden = !error;
    if (!error) return;
    const kind = network.layers[at]?.word ?? network.layers[at]?.kind;
    const words = { kind, error: error.message };
    parts.error.textContent =
      at === undefined ? error.message : Slips.message(rules.notation.said.misfit, words);
  },

  sentence({ counted, parts }) {
    if (!counted.total) return parts.error.textContent;
    const { parameters, MACs } = counted.total;
    const [many, work] = [parameters, MACs].map(Formula.written);
    return `${counted.rows.length} layers: ${many} parameters and ${work} MACs.`;
  },

  rivalChoice(state) {
    const choose = (name) => {
      state.rivalHas = name;
      Bars.rival(state);
    };
    const options = { parameters: "parameters", MACs: "MACs" };
    return Widget.choice("With no more:", options, state.rivalHas, choose).row;
  },

  /* What writes the network as text is loaded when somebody wants it. */
  formChoice(state) {
    const choose = async (form) => {
      state.form = form;
      try {
        if (typeof LayerCode === "undefined")
          await Widget.script(`${Builder.HERE}../shared/code.js`);
        if (typeof Export === "undefined") await Widget.script(`${Builder.HERE}export.js`);
        Builder.code(state);
      } catch (error) {
        state.parts.code.replaceChildren(Widget.element("p", {}, `${error.message}.`));
      }
    };
    return Widget.choice("As:", Builder.FORMS, undefined, choose).row;
  },

  code(state) {
    const { form, parts, counted } = state;
    if (!form || !counted.total) return parts.code.replaceChildren();
    const { text, notes } = Export.as(form, state);
    const code = Widget.element("code", {}, text);
    const pre = Widget.element("pre", { tabindex: 0, "aria-label": Builder.FORMS[form] }, code);
    const said = notes.map((note) => Widget.element("p", { class: "widget-note" }, note));
    const copied = Widget.element("span", { role: "status" });
    const copy = async () => {
      await navigator.clipboard.writeText(text);
      copied.textContent = "Copied.";
    };
    const row = Widget.element("div", { class: "widget-row" }, Widget.button("Copy", copy), copied);
    return parts.code.replaceChildren(pre, ...(navigator.clipboard ? [row] : []), ...said);
  },
};

Widget.start("builder", Builder.make);
