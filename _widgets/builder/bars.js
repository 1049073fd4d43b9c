"use strict";
/* Bars: parameters and MACs of each layer, and of a fully connected network beside this one. */
const Bars = {
  QUANTITIES: ["parameters", "MACs"],

  show(state) {
    const { counted } = state;
    if (!counted.total) return state.parts.bars.replaceChildren();
    const rows = counted.rows
      .map(({ counts }, at) => ({ name: counted.names[at], numbers: counts }))
      .filter(({ numbers }) => numbers.parameters || numbers.MACs);
    return state.parts.bars.replaceChildren(Bars.table(rows, "layer", counted.total));
  },

  /* A row of bars each, as long as its part of the largest; with the share where there is a sum. */
  table(rows, first, sums) {
    const head = [first, ...Bars.QUANTITIES].map((text) =>
      Widget.element("th", { scope: "col" }, text),
    );
    const most = (name) => Math.max(1, ...rows.map(({ numbers }) => numbers[name]));
    const cell = ({ numbers }, name) => {
      const number = numbers[name];
      const share = sums?.[name] ? ` (${Bars.percent(number / sums[name])})` : "";
      const style = `width: ${(100 * number) / most(name)}%`;
      const bar = Widget.element("span", { class: "bar", style, "aria-hidden": "true" });
      return Widget.element("td", {}, bar, `${Formula.written(number)}${share}`);
    };
    const body = rows.map((row) => {
      const name = Widget.element("th", { scope: "row" }, row.name);
      return Widget.element("tr", {}, name, ...Bars.QUANTITIES.map((one) => cell(row, one)));
    });
    return Widget.element(
      "table",
      { class: "builder-bars" },
      Widget.element("thead", {}, Widget.element("tr", {}, ...head)),
      Widget.element("tbody", {}, ...body),
    );
  },

  percent: (part) => `${(100 * part).toFixed(1)}%`,

  /* The rival: a choice of what it has as much of, and what it then has of the other. */
  rival(state) {
    const { counted, network, rules } = state;
    const place = state.parts.rival;
    if (!counted.total) return place.replaceChildren();
    const has = state.rivalHas;
    const say = (text) => place.replaceChildren(Widget.element("p", {}, text));
    if (!counted.total[has]) return say(`This network has no ${has}.`);
    const made = Chain.rival({ ...counted, shape: network.shape }, has, rules);
    if (!made) return say(`Even one hidden unit between these inputs and outputs has more ${has}.`);
    const other = Chain.count(made, rules);
    const [, hidden, last] = other.rows.map(({ shape }) => shape[0]);
    const name = [other.rows[0].shape[0], hidden, last].join("-");
    const rows = [
      { name: "this network", numbers: counted.total },
      { name, numbers: other.total },
    ];
    return place.replaceChildren(
      Widget.element("p", {}, Bars.sentence(has, name, counted.total, other.total)),
      Bars.table(rows, "network"),
    );
  },

  sentence(has, name, ours, its) {
    const other = has === "MACs" ? "parameters" : "MACs";
    const [here, there] = [ours[other], its[other]];
    const times = Math.max(here, there) / Math.max(1, Math.min(here, there));
    const ratio = times < 100 ? times.toFixed(1) : Formula.written(Math.round(times));
    const [one, two] = [here, there].map(Formula.written);
    const compared = () => {
      if (here === there) return `as many ${other}, ${two}`;
      return there > here
        ? `${two} ${other}, ${ratio} times as many as the ${one} of this network`
        : `${two} ${other}, where this network has ${one}, ${ratio} times as many`;
    };
    return `Fully connected, ${name} has ${Formula.written(its[has])} ${has}, no more than this network, and ${compared()}.`;
  },
};
