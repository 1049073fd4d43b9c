"use strict";
/* The forward pass of a trained network: all maps of all layers. A layer's output is
   {name, height, width, maps}, each map a row of numbers after the other. Everything works on wide
   images too: a dense layer is then at each place what it is at one. */
const Forward = {
  ACTIVATIONS: {
    linear: (a) => a,
    tanh: Math.tanh,
    scaled_tanh: (a) => 1.7159 * Math.tanh((2 / 3) * a),
  },

  /* The layers, each with its weights in the order in which they are used. */
  prepared: (layers, weights) =>
    layers.map((layer) => {
      const own = (name) => weights[`${layer.name}/${name}`];
      if (layer.kind === "Conv2D" || layer.kind === "PartialConv2D") {
        return { ...layer, links: Forward.links(layer, own("kernel")), bias: own("bias") };
      }
      return {
        ...layer,
        kernel: own("kernel"),
        coefficient: own("coefficient"),
        bias: own("bias"),
      };
    }),

  /* One entry for each pair of a map that is read and a map that is made. */
  links({ table, kernel_size: [high, wide], channels, filters }, kernel) {
    const pairs = table
      ? table.flatMap((row, map) => row.map((channel) => [channel, map]))
      : Array.from({ length: channels * filters }, (_, at) => [
          Math.floor(at / filters),
          at % filters,
        ]);
    return pairs.map(([channel, map], link) => ({
      channel,
      map,
      weights: Float64Array.from(
        { length: high * wide },
        (_, tap) => kernel[tap * pairs.length + link],
      ),
    }));
  },

  /* All layers' outputs for an image {height, width, maps}. */
  run(layers, image) {
    const outputs = [];
    let came = image;
    for (const layer of layers) {
      came = { name: layer.name, ...Forward[layer.kind](layer, came) };
      outputs.push(came);
    }
    return outputs;
  },

  Conv2D(layer, came) {
    const [high, wide] = layer.kernel_size;
    const [height, width] = [came.height - high + 1, came.width - wide + 1];
    const maps = Array.from({ length: layer.bias.length }, (_, m) =>
      new Float64Array(height * width).fill(layer.bias[m]),
    );
    for (const { channel, map, weights } of layer.links) {
      Forward.addConvolved(came.maps[channel], came.width, weights, wide, maps[map], width);
    }
    return Forward.squashed({ height, width, maps }, layer);
  },

  PartialConv2D: (layer, came) => Forward.Conv2D(layer, came),

  /* Adds to `sums` what a kernel reads at each place of the map: weight by weight over all places,
     and where there are few, place by place. */
  addConvolved(map, side, weights, wide, sums, width) {
    if (sums.length < weights.length) {
      for (let to = 0; to < sums.length; to += 1) {
        sums[to] += Forward.product(
          map,
          Math.floor(to / width) * side + (to % width),
          side,
          weights,
          wide,
        );
      }
      return;
    }
    for (let tap = 0; tap < weights.length; tap += 1) {
      const weight = weights[tap];
      let from = Math.floor(tap / wide) * side + (tap % wide);
      for (let to = 0; to < sums.length; from += side, to += width) {
        for (let x = 0; x < width; x += 1) sums[to + x] += weight * map[from + x];
      }
    }
  },

  /* The sum of the kernel's products at one place. */
  product(map, from, side, weights, wide) {
    let sum = 0;
    for (let tap = 0; tap < weights.length; from += side) {
      for (let x = 0; x < wide; x += 1, tap += 1) sum += weights[tap] * map[from + x];
    }
    return sum;
  },

  Subsampling2D(layer, came) {
    const [height, width, side] = [came.height >> 1, came.width >> 1, came.width];
    const maps = came.maps.map((map, m) =>
      new Float64Array(height * width).map((_, at) => {
        const from = 2 * Math.floor(at / width) * side + 2 * (at % width);
        const sum = map[from] + map[from + 1] + map[from + side] + map[from + side + 1];
        return sum * layer.coefficient[m] + layer.bias[m];
      }),
    );
    return Forward.squashed({ height, width, maps }, layer);
  },

  /* Each pixel a map of its own. */
  Flatten: (_layer, came) => ({
    height: 1,
    width: 1,
    maps: Array.from({ length: came.maps.length * came.maps[0].length }, (_, at) => [
      came.maps[at % came.maps.length][Math.floor(at / came.maps.length)],
    ]),
  }),

  Dense(layer, came) {
    const [units, places] = [layer.bias.length, came.maps[0].length];
    const all = new Float64Array(units * places);
    for (let at = 0; at < all.length; at += 1) all[at] = layer.bias[Math.floor(at / places)];
    came.maps.forEach((map, input) => {
      for (let place = 0; place < places; place += 1) {
        const value = map[place];
        for (let unit = 0, at = input * units; unit < units; unit += 1, at += 1) {
          all[unit * places + place] += value * layer.kernel[at];
        }
      }
    });
    const maps = Array.from({ length: units }, (_, unit) =>
      all.subarray(unit * places, (unit + 1) * places),
    );
    const sums = { height: came.height, width: came.width, maps };
    return layer.activation === "softmax" ? Forward.softmax(sums) : Forward.squashed(sums, layer);
  },

  /* The squared distance to the code of each digit. */
  RBF: (layer, came) => ({
    height: came.height,
    width: came.width,
    maps: layer.codes.map((code) =>
      Float64Array.from(came.maps[0], (_, place) =>
        code.reduce((sum, dot, input) => sum + (came.maps[input][place] - dot) ** 2, 0),
      ),
    ),
  }),

  squashed(sums, { activation }) {
    const squash = Forward.ACTIVATIONS[activation];
    for (const map of sums.maps)
      for (let at = 0; at < map.length; at += 1) map[at] = squash(map[at]);
    return sums;
  },

  softmax(sums) {
    for (let place = 0; place < sums.maps[0].length; place += 1) {
      const most = Math.max(...sums.maps.map((map) => map[place]));
      const powers = sums.maps.map((map) => Math.exp(map[place] - most));
      const whole = powers.reduce((a, b) => a + b);
      sums.maps.forEach((map, unit) => {
        map[place] = powers[unit] / whole;
      });
    }
    return sums;
  },
};

/* Weights come in a file of their own, loaded once they are asked for. In it stands a call of
   `take` with whole numbers of 16 bits, packed as text, and the step of each array. */
const Weights = {
  taken: {},

  async load(name) {
    if (!Weights.taken[name]) await Widget.script(`weights/${name}.js`);
    return Weights.taken[name];
  },

  take(name, arrays) {
    Weights.taken[name] = Object.fromEntries(
      Object.entries(arrays).map(([key, { step, packed }]) => [
        key,
        Weights.unpacked(packed, step),
      ]),
    );
  },

  unpacked(packed, step) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return Float32Array.from(new Int16Array(bytes.buffer), (number) => number * step);
  },
};
