"use strict";
/* The network builder: a line of notation, a table of its layers, a form for one of them, bars, a
   fully connected rival, the network as code, and which LeNet a total belongs to. */
const Builder = {
  FORMS: { keras: "Keras", torch: "PyTorch", line: "one line of lenet", markdown: "Markdown" },

  make(room, rules) {
    const state = { rules, blanks: new Set(), chosen: 0, rivalHas: "parameters", parts: {} };
    state.speaker = Widget.speaker();
    const part = (name, tag, attributes, ...children) =>
      (state.parts[name] = Widget.element(tag, attributes, ...children));
    state.changed = (network, name) => Builder.changed(state, network, name);
    state.named = (name) => Builder.named(state, name);
    state.read = (line) => Builder.read(state, line);
    state.choose = (at) => Builder.choose(state, at);
    part("work", "ul", { class: "widget-work", role: "list" });
    const heading = (text) => Widget.element("h3", {}, text);
    room.append(
      ...Builder.start(state),
      part("error", "pre", { class: "widget-error", hidden: true, tabindex: 0 }),
      part("unsaid", "p", { class: "widget-note", hidden: true }),
      part("table", "div", { class: "builder-table" }),
      part("misfit", "p", { class: "widget-error", hidden: true }),
      Blanks.panel(state),
      part("editor", "div", { class: "builder-editor" }),
      part(
        "more",
        "div",
        {},
        heading("Where the numbers are"),
        part("bars", "div"),
        heading("A fully connected network beside it"),
        Builder.rivalChoice(state),
        part("rival", "div"),
        heading("To take along"),
        Builder.formChoice(state),
        part("code", "div"),
      ),
      heading("Which LeNet is that?"),
      ...Found.form(state),
      state.speaker.line,
    );
    Builder.watchPresses(state, room);
    Builder.first(state);
  },

  watchPresses(state, room) {
    room.addEventListener("pointerdown", () => {
      state.pressed = true;
    });
    for (const name of ["pointerup", "pointercancel"])
      addEventListener(name, () => {
        state.pressed = false;
      });
  },

  /* What the address says, else the network to start from; it is not spoken and the address stays. */
  first(state) {
    const { line, network } = Address.read(["line", "network"]);
    const { networks, first } = state.rules;
    state.quiet = true;
    Builder.named(state, Object.hasOwn(networks, network) ? network : first);
    if (line) Builder.read(state, line, Builder.unfitting);
    state.quiet = false;
  },

  start(state) {
    const { networks } = state.rules;
    const names = ["a line of your own", ...Object.keys(networks)];
    const choose = (name) => {
      if (name in networks) Builder.named(state, name);
    };
    const shown = (name) => {
      const { title } = networks[name] ?? { title: name };
      return name.endsWith(title) ? title : `${title} (${name})`;
    };
    const { row, input } = Widget.select("Start from:", names, choose, shown);
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

  /* A network of an address: it may not fit, as it may not while it is built. */
  unfitting(text, rules) {
    const line = new NotationLine(text, rules);
    return { shape: line.shape, layers: line.layers() };
  },

  named(state, name) {
    const { shape, layers } = state.rules.networks[name];
    state.chosen = 0;
    Builder.changed(state, { shape, layers }, name);
    Editor.show(state);
  },

  /* A line that somebody typed, pasted or opened; a slip leaves the network as it is. */
  read(state, text, parse = Notation.parse) {
    const { error, line } = state.parts;
    if (line.value !== text) line.value = text;
    try {
      const network = parse(text, state.rules);
      state.chosen = Math.min(state.chosen, network.layers.length - 1);
      Builder.changed(state, network);
      Editor.show(state);
    } catch (slip) {
      error.textContent = slip.message;
      error.hidden = false;
      if (!state.quiet) state.speaker.say(slip.message.split("\n")[0]);
    }
  },

  choose(state, at) {
    state.chosen = at;
    state.parts.error.hidden = true;
    for (const button of state.parts.table.querySelectorAll("[data-layer]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === at));
    Editor.show(state);
  },

  /* Counts another network and shows it; `name` is set where it is one with a name. */
  changed(state, network, name) {
    const { parts, rules } = state;
    Object.assign(state, { network, name, counted: Chain.count(network, rules) });
    const line = Notation.write(network, rules);
    parts.line.value = line ?? "";
    parts.unsaid.hidden = Boolean(line);
    parts.unsaid.textContent = `${rules.no_line}${name ? "" : ` ${rules.no_address}`}`;
    parts.names.value = name ?? "a line of your own";
    parts.error.hidden = true;
    Builder.misfit(state);
    Blanks.clear(state);
    const inside = parts.table.contains(document.activeElement);
    NetworkTable.show(state);
    if (inside) Editor.focusRow(state);
    Editor.work(state);
    Bars.show(state);
    Bars.rival(state);
    Builder.code(state);
    if (state.quiet) return;
    Address.write({ network: name, line: name ? undefined : line }, "widget-builder");
    state.speaker.say(Builder.sentence(state));
  },

  /* What does not fit, below the table; what it would lead to is not there. */
  misfit({ counted: { error, at, names }, network, rules, parts }) {
    parts.misfit.hidden = !error;
    if (!error) return;
    const kind = network.layers[at]?.word ?? network.layers[at]?.kind;
    const words = { kind, error: error.message };
    const said = () => `${names[at]}: ${Slips.message(rules.notation.said.misfit, words)}`;
    parts.misfit.textContent = at === undefined ? error.message : said();
  },

  sentence({ counted, parts }) {
    if (!counted.total) return parts.misfit.textContent;
    const { length } = counted.rows;
    const [many, work] = [counted.total.parameters, counted.total.MACs].map(Formula.written);
    return `${length} layer${length > 1 ? "s" : ""}: ${many} parameters and ${work} MACs.`;
  },

  rivalChoice(state) {
    const choose = (name) => {
      state.rivalHas = name;
      Bars.rival(state);
    };
    const options = { parameters: "parameters", MACs: "MACs" };
    return Widget.choice("With no more than this network:", options, state.rivalHas, choose).row;
  },

  /* What writes the network as text is loaded when somebody wants it. */
  formChoice(state) {
    const choose = async (form) => {
      state.form = form;
      try {
        if (typeof LayerCode === "undefined") await Widget.script("shared/code.js");
        if (typeof Export === "undefined") await Widget.script("builder/export.js");
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
      try {
        await navigator.clipboard.writeText(text);
        copied.textContent = "Copied.";
      } catch {
        copied.textContent = "The browser does not allow that: select the text.";
      }
    };
    const row = Widget.element("div", { class: "widget-row" }, Widget.button("Copy", copy), copied);
    return parts.code.replaceChildren(pre, ...(navigator.clipboard ? [row] : []), ...said);
  },
};

Widget.start("builder", Builder.make);
