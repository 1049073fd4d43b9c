"use strict";
/* The numbers of a network whose layers follow one another: a row for each layer, and their sums. */
const Chain = {
  SUMMED: ["weights", "biases", "parameters", "fixed", "MACs", "connections", "activations"],

  /* {rows, names, total}; with `error` and `at` in place of the total where the layer at that place
     does not fit, and with `error` alone where something is wrong with all of it. */
  count({ shape, layers }, rules) {
    const rows = [];
    const names = Chain.names(layers, rules);
    let [came, view] = [shape, Layers.image(shape)];
    for (const [at, layer] of layers.entries()) {
      try {
        const row = Layers.count(layer, came, rules, view);
        rows.push({ layer, came, ...row });
        [came, view] = [row.shape, row.view];
      } catch (error) {
        return error instanceof RangeError ? { rows, names, error } : { rows, names, error, at };
      }
    }
    const twice = [...new Set(names)].filter((one) => names.indexOf(one) < names.lastIndexOf(one));
    if (!twice.length) return { rows, names, total: Chain.total(rows) };
    const said = Layers.message(rules.named_twice, { names: twice.join(", ") });
    return { rows, names, error: Error(said) };
  },

  total: (rows) =>
    Object.fromEntries(
      Chain.SUMMED.map((name) => [
        name,
        rows.reduce((sum, row) => sum + (row.counts[name] ?? 0), 0),
      ]),
    ),

  /* The layers' names, and for those without one Keras's: conv2d, conv2d_1, ... */
  names(layers, rules) {
    const given = {};
    return layers.map(({ name, kind }) => {
      if (name) return name;
      const { stem } = rules.kinds[kind];
      given[stem] = (given[stem] ?? -1) + 1;
      return given[stem] ? `${stem}_${given[stem]}` : stem;
    });
  },

  /* A fully connected network with one hidden layer that has no more of `quantity`; nothing where
     even one hidden unit has more. */
  rival({ shape, rows, total }, quantity, rules) {
    const values = (sides) => sides.reduce((a, b) => a * b);
    const [N, O] = [values(shape), values(rows.at(-1).shape)];
    const hidden = Formula.value(rules.rival[quantity], { P: total[quantity], N, O });
    const dense = (units) => ({ word: "dense", kind: "Dense", units, use_bias: true });
    const flatten = { word: "flatten", kind: "Flatten" };
    return hidden < 1 ? undefined : { shape, layers: [flatten, dense(hidden), dense(O)] };
  },
};
