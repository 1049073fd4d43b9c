"use strict";
/* One step of learning: a weight on its loss curve, and three taps that are shared. */
const Step = {
  LEAST: -2, // the weights that the curve shows
  MOST: 8,
  FIRST: { start: 1, rate: 0.05 },

  make(room, data) {
    const state = { data, path: [Step.FIRST.start], ...Step.FIRST, speaker: Widget.speaker() };
    for (const [name, text] of Object.entries(Address.read(["start", "rate"]))) {
      if (/^-?\d+(\.\d+)?$/.test(text))
        state[name] = Math.max(
          name === "rate" ? 0 : Step.LEAST,
          Math.min(name === "rate" ? 0.4 : Step.MOST, Number(text)),
        );
    }
    room.append(
      Widget.element("h3", {}, "One weight"),
      Step.form(state),
      (state.place = Widget.element("div")),
      state.speaker.line,
      SharedTaps.make(data),
    );
    Step.again(state);
  },

  form(state) {
    const set = (name) => (value) => {
      state[name] = value;
      Address.write({ start: state.start, rate: state.rate }, "widget-step");
      if (name === "start") Step.again(state);
      else Step.show(state);
    };
    const start = Widget.slider(
      "weight at the start",
      { min: Step.LEAST, max: Step.MOST, step: 0.5, value: state.start },
      set("start"),
    );
    const rate = Widget.slider(
      "rate",
      { min: 0, max: 0.4, step: 0.01, value: state.rate },
      set("rate"),
    );
    return Widget.element(
      "div",
      {},
      Widget.element("div", { class: "widget-form" }, start.row, rate.row),
      Widget.element(
        "div",
        { class: "widget-row" },
        Widget.button("Step", () => Step.go(state)),
        Widget.button("Start again", () => Step.again(state)),
      ),
    );
  },

  again(state) {
    state.path = [state.start];
    Step.show(state);
  },

  go(state) {
    state.path.push(Step.now(state).known.step);
    Step.show(state);
    state.speaker.say(Step.sentence(state));
  },

  now: ({ path, data, rate }) => Descent.of(path.at(-1), { ...data.unit, rate }, data.formulas),

  show(state) {
    const { known, lines } = Step.now(state);
    const items = lines.map(({ quantity, text }) => {
      const name = quantity === "step" ? "next weight" : quantity;
      return Widget.element("li", {}, Widget.element("b", {}, name), text.slice(quantity.length));
    });
    state.place.replaceChildren(
      Widget.element("p", {}, Step.sentence(state)),
      StepCurve.draw(state, known),
      Widget.element("ul", { class: "widget-work", role: "list" }, ...items),
    );
  },

  /* Where the weight is, and whether the last step led nearer to the lowest place. */
  sentence({ path, data }) {
    const lowest = data.unit.wanted / data.unit.input;
    const away = path.map((weight) => Math.abs(weight - lowest));
    const at = `${path.length - 1} ${path.length === 2 ? "step" : "steps"}: the weight is ${Descent.shown(path.at(-1))}.`;
    if (path.length === 1) return `${at} The loss is least at ${lowest}.`;
    const change = away.at(-1) - away.at(-2);
    if (Math.abs(change) < 1e-9) return `${at} The step led to as high a place as before.`;
    return change > 0
      ? `${at} The rate is too large: the step led further away from ${lowest}.`
      : `${at} The step led nearer to ${lowest}.`;
  },
};

/* The loss against the weight, with the way that was taken and the slope where it stands. */
const StepCurve = {
  WIDTH: 420,
  HEIGHT: 230,

  draw(state, known) {
    const { input, wanted } = state.data.unit;
    const loss = (weight) => (weight * input - wanted) ** 2;
    const most = Math.max(loss(Step.LEAST), loss(Step.MOST));
    const x = (weight) => ((weight - Step.LEAST) / (Step.MOST - Step.LEAST)) * StepCurve.WIDTH;
    const y = (height) => StepCurve.HEIGHT * (1 - height / most);
    const curve = Array.from(
      { length: 101 },
      (_, at) => Step.LEAST + (at / 100) * (Step.MOST - Step.LEAST),
    );
    const line = (points, kind) =>
      Widget.svg("polyline", {
        class: kind,
        points: points.map(([a, b]) => `${x(a)},${y(b)}`).join(" "),
      });
    const slope = [-0.8, 0.8].map((by) => [known.weight + by, known.loss + by * known.gradient]);
    const way = state.path.map((weight) => [weight, loss(weight)]);
    const dots = way.map(([a, b], at) =>
      Widget.svg("circle", { cx: x(a), cy: y(b), r: at === way.length - 1 ? 7 : 4 }),
    );
    const words = `The loss against the weight, from ${Step.LEAST} to ${Step.MOST}; the weight is ${Descent.shown(known.weight)}, the slope there ${Descent.shown(known.gradient)}.`;
    return Widget.svg(
      "svg",
      {
        class: "step-curve",
        role: "img",
        "aria-label": words,
        viewBox: `-8 -8 ${StepCurve.WIDTH + 16} ${StepCurve.HEIGHT + 36}`,
      },
      line(
        curve.map((weight) => [weight, loss(weight)]),
        "curve",
      ),
      line(slope, "slope"),
      line(way, "way"),
      ...dots,
      ...StepCurve.axis(x),
    );
  },

  axis(x) {
    const marks = [0, 2, 4, 6];
    return [
      Widget.svg("path", { class: "axis", d: `M0 ${StepCurve.HEIGHT}H${StepCurve.WIDTH}` }),
      ...marks.map((weight) =>
        Widget.svg(
          "text",
          { x: x(weight), y: StepCurve.HEIGHT + 20, "text-anchor": "middle" },
          String(weight),
        ),
      ),
      Widget.svg(
        "text",
        { x: StepCurve.WIDTH, y: StepCurve.HEIGHT + 20, "text-anchor": "end" },
        "weight",
      ),
    ];
  },
};
