"use strict";
/* What is seen and said of the chosen unit. */
const UnitView = {
  PART: 9, // pixels of the screen for a number of a link
  LEAST: 45, // at least, for a side of a link
  MAP: 168, // and for a side of the unit's map
  shown: (number, digits = 3) =>
    (Number(number.toFixed(digits)) + 0).toFixed(digits).replace("-", "−"),

  pictures(state) {
    const { settings, image, map, output, pixels } = state;
    const { field, height, width } = Unit.layer(state);
    const { top, left, side } = Fields.of(field, settings);
    Maps.showGreys(image.canvas, pixels, Digit.FIELD, 1);
    image.mark(top, left, side);
    map.figure.hidden = height === 1;
    const numbers = output ? [...output.maps[settings.map]] : new Array(height * width).fill(0);
    if (height > 1) {
      map.canvas.dataset.scale = Math.floor(UnitView.MAP / width);
      map.show(
        Array.from({ length: height }, (_, row) => numbers.slice(row * width, (row + 1) * width)),
      );
      map.mark(settings.row, settings.column, 1);
    }
  },

  /* Where the unit is, what it sees, what feeds it; and once the network reads, what it says. */
  sentence(state) {
    const { settings, reads, data } = state;
    const layer = Unit.layer(state);
    const { top, left, side } = Fields.of(layer.field, settings);
    const unit =
      layer.height > 1
        ? `The unit in row ${settings.row}, column ${settings.column} of map ${settings.map} of ${layer.name}`
        : `Unit ${settings.map} of ${layer.kind === "RBF" ? "the output" : layer.name}`;
    const sees =
      side === Digit.FIELD
        ? "sees the whole image"
        : `sees the pixels in rows ${top} to ${top + side - 1} and columns ${left} to ${left + side - 1}`;
    const before = data.layers[data.layers.indexOf(layer) - 1];
    return `${unit} ${sees}${UnitView.feeding(layer, settings.map, before)}.${reads ? ` ${UnitView.says(layer, reads)}` : ""}`;
  },

  feeding(layer, map, before) {
    if (!before) return " and reads these pixels";
    const maps = Fields.feeding(layer, map);
    const kind = before.height > 1 ? "maps" : "units";
    if (maps.length === 1) return ` and reads map ${maps[0]} of ${before.name}`;
    if (maps.length === layer.channels)
      return ` and reads all ${maps.length} ${kind} of ${before.name}`;
    return ` and reads maps ${maps.slice(0, -1).join(", ")} and ${maps.at(-1)} of ${before.name}`;
  },

  says: (layer, { sum, value }) =>
    layer.kind === "RBF"
      ? `Its distance is ${UnitView.shown(sum, 2)}.`
      : `Its sum is ${UnitView.shown(sum)}, and its value ${UnitView.shown(value)}.`,

  /* Table I of the paper, with the unit's column. */
  table(state) {
    const { table, channels } = Unit.layer(state);
    if (!table) {
      state.parts.table.replaceChildren();
      return;
    }
    const kind = (map) => (map === state.settings.map ? "is-chosen" : "");
    const head = table.map((_, map) =>
      Widget.element("th", { scope: "col", class: kind(map) }, String(map)),
    );
    const rows = Array.from({ length: channels }, (_, channel) =>
      Widget.element(
        "tr",
        {},
        Widget.element("th", { scope: "row" }, String(channel)),
        ...table.map((reads, map) =>
          Widget.element("td", { class: kind(map) }, reads.includes(channel) ? "×" : ""),
        ),
      ),
    );
    state.parts.table.replaceChildren(
      Widget.element(
        "table",
        {},
        Widget.element("caption", {}, "Table I: which maps of S2, one a row, each map of C3 reads"),
        Widget.element("thead", {}, Widget.element("tr", {}, Widget.element("td"), ...head)),
        Widget.element("tbody", {}, ...rows),
      ),
    );
  },

  reads(state) {
    const { reads, parts, data } = state;
    if (!reads) {
      parts.reads.replaceChildren();
      return;
    }
    const layer = Unit.layer(state);
    const before = data.layers[data.layers.indexOf(layer) - 1]?.name ?? "the image";
    const most = (pick) =>
      Math.max(1e-9, ...reads.links.flatMap((link) => (pick(link) ?? []).map(Math.abs)));
    const scales = {
      values: most((link) => link.values),
      weights: most((link) => link.weights),
      gaps: most((link) => link.gaps),
    };
    parts.reads.replaceChildren(
      Widget.element("h3", {}, "What it reads, and its sum"),
      Widget.element(
        "div",
        { class: "unit-links" },
        ...reads.links.map((link) => UnitView.link(link, layer, before, scales)),
      ),
      Maps.key(),
      UnitView.sum(reads, layer),
      Widget.element("p", { class: "widget-note" }, "Each number is rounded by itself."),
    );
  },

  /* What comes in, its weights, and what the products add up to. */
  link(link, layer, before, scales) {
    const { map, height, width, part } = link;
    const from = map === null || before === "the image" ? before : `map ${map} of ${before}`;
    const code = layer.kind === "RBF";
    const grids = { values: from, weights: code ? "the code" : "weights", gaps: "squared gaps" };
    const pictures = Object.entries(grids)
      .filter(([name]) => link[name])
      .map(([name, words]) => {
        const canvas = Maps.canvas(
          words,
          Math.max(UnitView.PART, Math.floor(UnitView.LEAST / width)),
        );
        Maps.show(canvas, { maps: [link[name]], height, width }, { most: scales[name] });
        return Widget.element("figure", {}, canvas, Widget.element("figcaption", {}, words));
      });
    return Widget.element(
      "div",
      { class: "unit-link" },
      ...pictures,
      Widget.element("b", {}, UnitView.shown(part, code ? 2 : 3)),
    );
  },

  /* The sum with its numbers in, and the value that the squashing makes of it. */
  sum({ links, bias, coefficient, sum, value }, layer) {
    const inside = (number) =>
      number < 0 ? `(${UnitView.shown(number)})` : UnitView.shown(number);
    const lines = [];
    if (layer.kind === "RBF")
      lines.push([
        "distance",
        `the squared gaps of ${links[0].values.length} dots add up to ${UnitView.shown(sum, 2)}`,
      ]);
    else if (coefficient !== undefined) {
      lines.push([
        "sum",
        `coefficient·(sum of the window) + bias = ${inside(coefficient)}·${inside(links[0].part)} + ${inside(bias)} = ${UnitView.shown(sum)}`,
      ]);
    } else
      lines.push([
        "sum",
        `${[...links.map(({ part }) => inside(part)), inside(bias)].join(" + ")} = ${UnitView.shown(sum)}; the last number is the bias`,
      ]);
    if (layer.activation)
      lines.push([
        "value",
        `${Formula.withNumbers(layer.squashing, { sum: inside(sum) })} = ${UnitView.shown(value)}`,
      ]);
    return Widget.element(
      "ul",
      { class: "widget-work", role: "list" },
      ...lines.map(([name, text]) =>
        Widget.element("li", {}, Widget.element("b", {}, name), `: ${text}`),
      ),
    );
  },
};

Widget.start("unit", Unit.make);
