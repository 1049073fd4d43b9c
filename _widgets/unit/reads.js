"use strict";
/* What one unit of a trained network reads, and its sum. `layer` is one that Forward has prepared,
   `came` the output of the layer before, `map`, `row` and `column` name the unit. */
const Reads = {
  /* {links, bias, coefficient, sum, value}; a link is {map, height, width, values, weights, part}:
     what is read of one map, its weights, and the sum of the products. */
  of(layer, came, { map, row, column }) {
    const found = Reads[layer.kind](layer, came, map, row, column);
    const squash = Forward.ACTIVATIONS[layer.activation] ?? ((sum) => sum);
    return { ...found, value: squash(found.sum) };
  },

  Conv2D(layer, came, map, row, column) {
    const [height, width] = layer.kernel_size;
    const links = layer.links
      .filter((link) => link.map === map)
      .map(({ channel, weights }) =>
        Reads.link(
          channel,
          height,
          width,
          Reads.window(came, channel, row, column, height, width),
          [...weights],
        ),
      );
    return Reads.added(links, layer.bias[map]);
  },

  PartialConv2D: (...unit) => Reads.Conv2D(...unit),

  /* One product for the whole window. */
  Subsampling2D(layer, came, map, row, column) {
    const values = Reads.window(came, map, 2 * row, 2 * column, 2, 2);
    const [coefficient, bias] = [layer.coefficient[map], layer.bias[map]];
    const part = values.reduce((sum, value) => sum + value, 0);
    return {
      links: [{ map, height: 2, width: 2, values, weights: null, part }],
      coefficient,
      bias,
      sum: part * coefficient + bias,
    };
  },

  /* Its inputs stand 12 in a column, as the dots of a code do. */
  Dense(layer, came, unit) {
    const values = came.maps.map((map) => map[0]);
    const weights = values.map((_, input) => layer.kernel[input * layer.bias.length + unit]);
    return Reads.added(
      [Reads.link(null, 12, values.length / 12, values, weights)],
      layer.bias[unit],
    );
  },

  /* The dots of a code in place of weights, and squared gaps in place of products. */
  RBF(layer, came, unit) {
    const values = came.maps.map((map) => map[0]);
    const weights = layer.codes[unit];
    const gaps = values.map((value, at) => (value - weights[at]) ** 2);
    const sum = gaps.reduce((all, gap) => all + gap, 0);
    return {
      links: [{ map: null, height: 12, width: 7, values, weights, gaps, part: sum }],
      bias: null,
      sum,
    };
  },

  window({ maps, width }, map, row, column, high, wide) {
    return Array.from(
      { length: high * wide },
      (_, at) => maps[map][(row + Math.floor(at / wide)) * width + column + (at % wide)],
    );
  },

  link: (map, height, width, values, weights) => ({
    map,
    height,
    width,
    values,
    weights,
    part: values.reduce((sum, value, at) => sum + value * weights[at], 0),
  }),

  added: (links, bias) => ({ links, bias, sum: links.reduce((sum, { part }) => sum + part, bias) }),
};

/* The pixels of the image that a unit sees, and the maps that feed it. */
const Fields = {
  /* {top, left, side}; `field` is the layer's own: {size, jump, start}. */
  of: ({ size, jump, start }, { row, column }) => ({
    top: start + row * jump,
    left: start + column * jump,
    side: size,
  }),

  /* Numbers of the maps that the unit's map reads. */
  feeding({ kind, table, channels }, map) {
    if (table) return table[map];
    return kind === "Subsampling2D"
      ? [map]
      : Array.from({ length: channels }, (_, channel) => channel);
  },
};
