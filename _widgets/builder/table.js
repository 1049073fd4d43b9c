"use strict";
/* The table of the network: a row for each layer and their sum. Each number can be blanked, and is
   then asked for. */
const NetworkTable = {
  COLUMNS: {
    output: ({ shape }) => shape.map(Formula.written).join("×"),
    weights: ({ counts }) => Formula.written(counts.weights),
    biases: ({ counts }) => Formula.written(counts.biases),
    parameters: ({ counts }) => Formula.written(counts.parameters),
    fixed: ({ counts }) => Formula.written(counts.fixed ?? 0),
    MACs: ({ counts }) => Formula.written(counts.MACs),
    sees: ({ view }) => (view ? view.map(({ r }) => Formula.written(r)).join("×") : "–"),
  },
  LINES: { output: /^output/, sees: /^receptive field/ }, // of a derivation, by column

  /* The columns that there are: numbers that training does not change only where there are some. */
  columns: ({ counted }) =>
    Object.keys(NetworkTable.COLUMNS).filter((name) => name !== "fixed" || counted.total?.fixed),

  /* All texts, the sum last. */
  texts(state) {
    const { counted, network } = state;
    const columns = NetworkTable.columns(state);
    const rows = counted.rows.map((row, at) => [
      counted.names[at],
      network.layers[at].kind,
      ...columns.map((column) => NetworkTable.COLUMNS[column](row)),
    ]);
    const sums = columns.map((column) => NetworkTable.sum(counted, column));
    return { headers: ["name", "layer", ...columns], rows: [...rows, ["total", "", ...sums]] };
  },

  sum: ({ total }, column) => (column in total ? Formula.written(total[column]) : ""),

  show(state) {
    const columns = NetworkTable.columns(state);
    const head = ["layer", ...columns].map((text) => Widget.element("th", { scope: "col" }, text));
    const { network, counted } = state;
    const image = NetworkTable.row(state, -1, "input", network.shape.join("×"), [
      Widget.element("td", { colspan: columns.length }),
    ]);
    const rows = network.layers.map((layer, at) => {
      const row = counted.rows[at];
      const name = counted.names[at];
      const words = layer.word
        ? Notation.clause({ ...layer, name: undefined }, state.rules.notation)
        : layer.kind;
      const cells = columns.map((column) =>
        row
          ? NetworkTable.cell(state, at, column, NetworkTable.COLUMNS[column](row))
          : Widget.element("td", {}, "–"),
      );
      return NetworkTable.row(state, at, name, words, cells);
    });
    state.parts.table.replaceChildren(
      Widget.element(
        "table",
        {},
        Widget.element("caption", {}, NetworkTable.CAPTION),
        Widget.element("thead", {}, Widget.element("tr", {}, ...head)),
        Widget.element("tbody", {}, image, ...rows),
        Widget.element("tfoot", {}, NetworkTable.sums(state, columns)),
      ),
    );
  },

  CAPTION: "Choose a layer to change it; choose a number to blank it and work it out.",

  row(state, at, name, words, cells) {
    const choose = Widget.button("", () => state.choose(at), {
      "aria-pressed": String(state.chosen === at),
      "data-layer": at,
    });
    choose.append(name, Widget.element("span", { class: "words" }, ` ${words}`));
    const attributes = { class: state.counted.at === at ? "misfit" : "" };
    const head = Widget.element("th", { scope: "row" }, choose);
    return Widget.element("tr", attributes, head, ...cells);
  },

  sums(state, columns) {
    const cells = columns.map((column) => {
      const { total } = state.counted;
      if (!total) return Widget.element("td", {}, "–");
      const text = NetworkTable.sum(state.counted, column);
      return text ? NetworkTable.cell(state, "total", column, text) : Widget.element("td");
    });
    const head = Widget.element("th", { scope: "row" }, "total");
    return Widget.element("tr", {}, head, ...cells);
  },

  /* A number, or a blank in its place. */
  cell(state, at, column, text) {
    const key = `${at}/${column}`;
    const place = Widget.element("td", { "data-cell": key, "data-column": column });
    const blank = state.blanks.has(key);
    const where = `${column} of ${NetworkTable.called(state, at)}`;
    const label = blank ? `${where}: blank, to be worked out` : `${where}: ${text}`;
    const press = () => Blanks.ask(state, key);
    place.append(
      Widget.button(blank ? "?" : text, press, {
        "aria-label": label,
        class: "widget-button number",
      }),
    );
    place.classList.toggle("blank", blank);
    return place;
  },

  called: (state, at) => (at === "total" ? "the whole network" : state.counted.names[at]),

  /* The text of a cell by its key. */
  text({ counted }, key) {
    const [at, column] = key.split("/");
    return at === "total"
      ? NetworkTable.sum(counted, column)
      : NetworkTable.COLUMNS[column](counted.rows[at]);
  },

  /* What the derivation says of a cell: its lines, or as a hint so many steps of them, and never the
     result. */
  work({ counted }, key, steps) {
    const [at, column] = key.split("/");
    if (at === "total") return ["the sum of the column"];
    const asked = NetworkTable.LINES[column] ?? new RegExp(`\\b${column}\\b`);
    const found = counted.rows[at].lines.filter(({ quantity }) => asked.test(quantity));
    const said = found.map((line) => (steps ? NetworkTable.hint(line, steps) : line.text));
    return said.length ? said : ["as in the layer before"];
  },

  hint({ quantity, text }, steps) {
    const parts = text.split(" = ");
    if (parts.length === 1) return `${quantity}: no formula is needed`;
    return parts.slice(0, Math.min(steps, parts.length - 1)).join(" = ");
  },

  /* Redraws one cell. */
  redraw(state, key) {
    const [at, column] = key.split("/");
    const old = state.parts.table.querySelector(`[data-cell="${key}"]`);
    const place = at === "total" ? at : Number(at);
    old.replaceWith(NetworkTable.cell(state, place, column, NetworkTable.text(state, key)));
  },
};
