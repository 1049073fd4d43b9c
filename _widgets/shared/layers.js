"use strict";
/* The derivation of one layer. Which lines there are, and their formulas, come from the package
   as `rules`; here they are given the numbers of the layer. */
const Layers = {
  /* The lines of a layer, as the package prints them: {quantity, text, result}.
     `layer` has the arguments of Keras, two numbers for what goes by axis; `shape` is
     [height, width, channels]. Throws an Error with the package's words where it does not fit. */
  derive(layer, shape, rules) {
    Layers.checkGroups(layer, shape, rules);
    const axes = [0, 1].map((axis) => Layers.along(layer, shape, axis, rules));
    const numbers = Layers.numbers(layer, shape, axes);
    const steps = [];
    for (const [pattern, axis, formula] of rules.steps[Layers.variant(layer)]) {
      const known = { ...numbers, ...axes[["width", "columns", ", width"].includes(axis) ? 1 : 0] };
      const result = Formula.value(formula, known);
      const quantity = pattern.replace("{}", axis);
      numbers[quantity] = result;
      const step = { pattern, axis, quantity, formula, result };
      step.numbers = Formula.withNumbers(formula, known);
      if (!Layers.saysNothing(step, layer, known)) steps.push(step);
    }
    return Layers.merged(steps);
  },

  /* Which of the package's lists of lines a layer has. */
  variant(layer) {
    const grouped = layer.groups > 1 ? " groups" : "";
    const bias = layer.use_bias === false ? " without bias" : "";
    return `${layer.kind} ${layer.padding}${grouped}${bias}`;
  },

  /* The letters of one axis: what comes in, the window, the windows that fit, the zeros around. */
  along(layer, shape, axis, rules) {
    const numbers = {
      N: shape[axis],
      k: Layers.taps(layer)[axis],
      S: layer.strides[axis],
      D: layer.dilation_rate ? layer.dilation_rate[axis] : 1,
      r: 1,
      j: 1,
    };
    numbers.K = Formula.value(rules.span, numbers);
    if (layer.padding === "valid" && numbers.K > numbers.N) {
      throw Error(Layers.misfit(layer, numbers, rules));
    }
    numbers.O = Formula.value(rules.output[layer.padding], numbers);
    numbers.P = Formula.value(rules.padding[layer.padding], numbers);
    numbers.before = Formula.value(rules.before, numbers);
    return numbers;
  },

  /* The letters of the layer as a whole. */
  numbers(layer, shape, axes) {
    const [Kh, Kw] = Layers.taps(layer);
    return { C: shape[2], F: layer.filters, G: layer.groups, Kh, Kw, H: axes[0].O, W: axes[1].O };
  },

  checkGroups(layer, shape, rules) {
    const { groups, filters } = layer;
    for (const [name, channels] of groups
      ? [
          ["input channels", shape[2]],
          ["filters", filters],
        ]
      : []) {
      const words = {
        groups,
        name,
        channels,
        whole: Math.floor(channels / groups),
        left: channels % groups,
      };
      if (words.left) throw Error(Layers.message(rules.messages.groups, words));
    }
  },

  taps: (layer) => layer.kernel_size ?? layer.pool_size,

  /* The shape that comes out. */
  output(layer, shape, rules) {
    const sides = [0, 1].map((axis) => Layers.along(layer, shape, axis, rules).O);
    return [...sides, layer.filters ?? shape[2]];
  },

  misfit(layer, numbers, rules) {
    const spelled = numbers.D === 1 ? rules.messages.taps : rules.messages.dilated;
    const words = { taps: numbers.k, dilation_rate: numbers.D, span: numbers.K };
    words.called = layer.kernel_size ? "kernel_size" : "pool_size";
    words.kernel = Layers.message(spelled, words);
    words.padded = numbers.N;
    words.left = numbers.N - numbers.K;
    return Layers.message(rules.messages.fits, words);
  },

  message: (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]),

  /* Lines that the package leaves out: what no pixel is lost to, and what stays as it was. */
  saysNothing(step, layer, known) {
    if (step.pattern.startsWith("kernel span")) return Math.max(...layer.dilation_rate) === 1;
    if (step.pattern.startsWith("dropped")) return step.result === 0;
    if (step.pattern.startsWith("receptive field")) return step.result === known.r;
    if (step.pattern.startsWith("jump")) return step.result === known.j;
    return false;
  },

  /* Neighbours that say the same are one line; sides and counts stay apart. */
  merged(steps) {
    const says = (step) => `${step.formula} = ${step.numbers} ${step.pattern.startsWith("output")}`;
    const lines = [];
    for (const step of steps) {
      const last = lines.at(-1);
      if (last && says(last[0]) === says(step)) last.push(step);
      else lines.push([step]);
    }
    return lines.map(Layers.line);
  },

  line(steps) {
    const [{ pattern, formula, numbers, result }] = steps;
    const alike = steps.every((step) => step.pattern === pattern);
    const quantity = alike
      ? pattern.replace("{}", Layers.listed(steps.map((step) => step.axis)))
      : Layers.listed(steps.map((step) => step.quantity));
    const put = numbers === String(result) ? Formula.written(result) : numbers;
    const parts = [...new Set([formula, put, Formula.written(result)])];
    return { quantity, result, text: `${quantity}: ${parts.join(" = ")}` };
  },

  /* a, b and c; a name that begins with a comma keeps it. */
  listed(names) {
    const bare = names.map((name) => name.replace(/^, /, ""));
    const last = bare.pop();
    const start = names[0].startsWith(", ") ? ", " : "";
    return start + (bare.length ? `${bare.join(", ")} and ${last}` : last);
  },
};
