"use strict";
/* The derivation of one layer. Which lines there are, and their formulas, come from the package
   as `rules`; here they are given the numbers of the layer. */
const Layers = {
  TOO_LARGE:
    "a number of it is above 9,007,199,254,740,991: this page counts no further, lenet does",
  AXES: { height: 0, rows: 0, width: 1, columns: 1, channels: 2, features: 0 },

  /* All that is known of a layer: {shape, lines, counts, view}. `layer` has the arguments of
     Keras, two numbers for what goes by axis; `shape` is [height, width, channels] or [features];
     `view` says what the units before see of the image. Lines are as the package prints them:
     {quantity, text, result}. Throws an Error with the package's words where it does not fit. */
  count(layer, shape, rules, view = Layers.image(shape)) {
    Layers.check(layer, shape, rules);
    const sides = layer.target_shape ?? shape;
    const axes = sides.map((_, axis) => Layers.along(layer, shape, axis, rules));
    const numbers = Layers.numbers(layer, shape, rules);
    const [steps, out] = [[], []];
    for (const [pattern, axis, formula] of rules.steps[Layers.variant(layer, shape)]) {
      const known = { ...numbers, ...axes[Layers.AXES[axis] ?? 0] };
      const step = Layers.step(pattern, axis, formula, known);
      if (pattern.startsWith("output")) out.push(step.result);
      if (out.length > 1) [numbers.H, numbers.W] = out;
      numbers[step.quantity.replace(/ weights$/, "")] = step.result;
      if (!Layers.saysNothing(step, layer)) steps.push(step);
    }
    const seen = Layers.seen(layer, axes, out, view, rules);
    steps.push(...Layers.viewSteps(view, seen, rules));
    return { shape: out, lines: Layers.merged(steps), counts: numbers, view: seen?.view ?? null };
  },

  step(pattern, axis, formula, known) {
    const result = Formula.value(formula, known);
    if (!Number.isSafeInteger(result)) throw RangeError(Layers.TOO_LARGE);
    const quantity = pattern.replace("{}", axis);
    const numbers = Formula.withNumbers(formula, known);
    return { pattern, axis, formula, quantity, numbers, result };
  },

  /* Which of the package's lists of lines a layer has. */
  variant(layer, shape) {
    const words = [layer.kind];
    if (typeof layer.padding === "string") words.push(layer.padding);
    if (layer.groups > 1) words.push("groups");
    if (layer.use_bias === false) words.push("without bias");
    if (layer.shared_bias === false) words.push("bias of each unit");
    if (shape.length === 1) words.push("features");
    return words.join(" ");
  },

  /* The letters of one axis: what comes in, the window, the windows that fit, the zeros around. */
  along(layer, shape, axis, rules) {
    const numbers = { N: shape[axis] };
    if (layer.kind === "Reshape") numbers.O = layer.target_shape[axis];
    if (layer.kind === "ZeroPadding2D") numbers.A = numbers.B = layer.padding[axis];
    if (layer.kind === "UpSampling2D") numbers.S = layer.size[axis];
    if (!Layers.taps(layer) || axis === 2) return numbers;
    numbers.k = Layers.taps(layer)[axis];
    numbers.S = layer.strides[axis];
    numbers.D = layer.dilation_rate ? layer.dilation_rate[axis] : 1;
    numbers.K = Formula.value(rules.span, numbers);
    if (rules.kinds[layer.kind].reads !== "window") return numbers;
    if (layer.padding === "valid" && numbers.K > numbers.N) {
      throw Error(Layers.misfit(layer, numbers, rules));
    }
    numbers.O = Formula.value(rules.output[layer.padding], numbers);
    numbers.P = Formula.value(rules.padding[layer.padding], numbers);
    numbers.before = Formula.value(rules.before, numbers);
    return numbers;
  },

  /* The letters of the layer as a whole; H and W become those that go out, if it has such. */
  numbers(layer, shape, rules) {
    const [Kh, Kw] = Layers.taps(layer) ?? [];
    const [h, w] = shape;
    const F = layer.filters ?? layer.table?.length;
    const L = layer.table?.flat().length;
    const whole = { C: shape.at(-1), F, G: layer.groups, U: layer.units, L };
    return { ...rules.constants, ...whole, Kh, Kw, h, w, H: h, W: w };
  },

  /* Throws where the layer cannot read the shape, but for windows that do not fit. */
  check(layer, shape, rules) {
    const { rank } = rules.kinds[layer.kind];
    const refuse = (name, words) => {
      throw Error(Layers.message(rules.messages[name], { kind: layer.kind, ...words }));
    };
    const [came, channels] = [Layers.tuple(shape), shape.at(-1)];
    const values = shape.reduce((a, b) => a * b);
    if (rank === 0 && shape.length > 1)
      refuse("features", { came, sides: shape.join(" * "), values });
    if (rank === 2 && shape.length < 3) refuse("map", { came, axes: "height, width, channels" });
    Layers.checkGroups(layer, channels, refuse);
    const highest = Math.max(...(layer.table ?? []).flat());
    if (highest >= channels) refuse("no_map", { highest, channels, last: channels - 1 });
    const target = layer.target_shape ?? shape;
    if (target.reduce((a, b) => a * b) !== values)
      refuse("not_filled", { count: values, came, target: Layers.tuple(target) });
  },

  checkGroups({ groups, filters }, came, refuse) {
    for (const [name, channels] of [
      ["input channels", came],
      ["filters", filters],
    ]) {
      const left = channels % groups;
      const whole = Math.floor(channels / groups);
      if (left) refuse("groups", { groups, name, channels, whole, left });
    }
  },

  taps: (layer) => layer.kernel_size ?? layer.pool_size,

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

  /* (28, 28, 6) and (84,), as Python writes them. */
  tuple: (numbers) => (numbers.length === 1 ? `(${numbers},)` : `(${numbers.join(", ")})`),

  /* What the units see of an image: each pixel itself. */
  image: (shape) =>
    (shape.length > 1 ? shape.slice(0, -1) : shape).map((extent) => ({ extent, r: 1, j: 1 })),

  /* What a unit of the layer reads along each axis of the view, and the view after it; nothing
     where no one field holds for all units. */
  seen(layer, axes, out, view, rules) {
    const { reads } = rules.kinds[layer.kind];
    if (!view || reads === "unknown") return undefined;
    const windows = view.map(({ extent }, at) => {
      if (reads === "window") return axes[at];
      return { K: reads === "all" ? extent : 1, S: 1 };
    });
    const after = view.map(({ extent, r, j }, at) => {
      const { K, S } = windows[at];
      const numbers = { r, j, K, S };
      const [field, jump] = rules.seen.map(([, formula]) => Formula.value(formula, numbers));
      const side = out.length > 1 ? out[at] : Math.floor((extent - K) / S) + 1;
      return { extent: side, r: field, j: jump };
    });
    return { windows, view: after };
  },

  /* The lines of field and jump, where they change. */
  viewSteps(view, seen, rules) {
    if (!seen) return [];
    const names = view.length > 1 ? [", height", ", width"] : [""];
    return rules.seen.flatMap(([pattern, formula], line) =>
      names.flatMap((name, at) => {
        const { r, j } = view[at];
        const step = Layers.step(pattern, name, formula, { ...seen.windows[at], r, j });
        return step.result === [r, j][line] ? [] : [step];
      }),
    );
  },

  /* Lines that the package leaves out: windows without holes, and what no pixel is lost to. */
  saysNothing(step, layer) {
    if (step.pattern.startsWith("kernel span")) return Math.max(...layer.dilation_rate) === 1;
    return step.pattern.startsWith("dropped") && step.result === 0;
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
