"use strict";
/* The playground: a digit is drawn, brought into MNIST's form, and read by two networks. */
const Playground = {
  LENET: "lenet5-1998",
  RIVAL: "fnn-1024-58-32-10",
  SLIDERS: {
    right: ["shift to the right, in pixels", -8, 8],
    down: ["shift down, in pixels", -8, 8],
    turn: ["turn, in degrees", -90, 90],
    size: ["size, in percent", 40, 140],
    pen: ["width of the pen, in percent", 30, 250],
    noise: ["noise, in percent of the ink", 0, 80],
  },
  // How many maps stand in a row, and how many pixels of the screen a place of a map takes.
  ROWS: {
    C1: [6, 3.8],
    S2: [6, 6],
    C3: [8, 6],
    S4: [8, 8],
    C5: [30, 16],
    F6: [1, 10],
    FC1: [29, 16],
    FC2: [32, 16],
  },

  make(room, data) {
    const state = { data, change: { ...Digit.AS_DRAWN }, sample: null, made: null };
    state.pad = new Pad({
      width: 280,
      height: 280,
      label: "Field to draw a digit in",
      changed: () => {
        if (state.sample !== null) Playground.keep(Object.assign(state, { sample: null }));
        Playground.later(state);
      },
    });
    state.speaker = Widget.speaker();
    room.append(
      Playground.drawing(state),
      Playground.changes(state),
      ...PlaygroundNetworks.places(state),
      Wide.make(state),
      state.speaker.line,
    );
    Widget.withTheme(() => {
      Maps.readColours();
      PlaygroundNetworks.showCodes(state);
      Playground.show(state);
      Wide.show(state);
    });
    Playground.fromAddress(state);
    Playground.whenSeen(room, () => Playground.load(state));
  },

  /* Weights are large: they are loaded once the widget is in view. */
  whenSeen(room, act) {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      act();
    });
    seen.observe(room);
  },

  async load(state) {
    const names = [Playground.LENET, Playground.RIVAL];
    try {
      const weights = await Promise.all(names.map((name) => Weights.load(name)));
      state.made = Object.fromEntries(
        names.map((name, at) => [name, Forward.prepared(state.data.networks[name], weights[at])]),
      );
    } catch (error) {
      state.answer.textContent = `No network answers: ${error.message}.`;
      return;
    }
    Playground.show(state);
    Wide.show(state);
  },

  /* The field, its buttons, and the way into MNIST's form. */
  drawing(state) {
    const { pad, data } = state;
    const take = (digit) => {
      pad.set(
        data.digits[digit].map((stroke) => stroke.map((point) => point.map((at) => 280 * at))),
      );
      state.sample = digit;
      Playground.keep(state);
    };
    state.take = take;
    const digits = data.digits.map((_, digit) =>
      Widget.button(String(digit), () => take(digit), { "aria-label": `Draw a ${digit}` }),
    );
    state.steps = ["box", "centred", "field"].map((_name, at) =>
      Maps.canvas(
        [
          "The digit in a box of 20 by 20",
          "Its centre of mass in the middle of 28 by 28",
          "What the networks get, 32 by 32",
        ][at],
        2.75,
      ),
    );
    const steps = state.steps.map((canvas, at) =>
      Widget.element(
        "figure",
        {},
        canvas,
        Widget.element("figcaption", {}, ["box of 20×20", "centred in 28×28", "input, 32×32"][at]),
      ),
    );
    state.answer = Widget.element("p", { class: "playground-answer" });
    return Widget.element(
      "div",
      { class: "playground-drawing" },
      Widget.element(
        "div",
        {},
        pad.canvas,
        Widget.element(
          "div",
          { class: "widget-row" },
          Widget.button("Undo", () => pad.undo()),
          Widget.button("Clear", () => pad.clear()),
        ),
      ),
      Widget.element(
        "div",
        {},
        state.answer,
        Widget.element("div", { class: "playground-steps" }, ...steps),
        Widget.element(
          "p",
          { class: "widget-note" },
          "Draw with mouse, pen or finger; with the keyboard the arrows move the pen, and Space sets it down and lifts it. Or take a digit:",
        ),
        Widget.element(
          "div",
          {
            class: "widget-row playground-digits",
            role: "group",
            "aria-label": "Digits to start from",
          },
          ...digits,
        ),
      ),
    );
  },

  changes(state) {
    state.sliders = Object.entries(Playground.SLIDERS).map(([name, [label, min, max]]) => [
      name,
      Widget.slider(label, { min, max, value: state.change[name] }, (value) => {
        state.change[name] = value;
        Playground.keep(state);
        Playground.later(state);
      }),
    ]);
    const reset = Widget.button("Undo all changes", () => {
      Object.assign(state.change, Digit.AS_DRAWN);
      Playground.setSliders(state);
      Playground.keep(state);
      Playground.later(state);
    });
    state.shifts = Widget.element("div", { class: "playground-shifts" });
    return Widget.element(
      "section",
      {},
      Widget.element("h3", {}, "Change the digit, and watch which network breaks"),
      Widget.element("div", { class: "widget-form" }, ...state.sliders.map(([, { row }]) => row)),
      reset,
      state.shifts,
    );
  },

  setSliders: (state) => state.sliders.forEach(([name, { set }]) => set(state.change[name])),

  fromAddress(state) {
    const found = Address.read(["digit", ...Object.keys(Playground.SLIDERS)]);
    for (const [name, [, min, max]] of Object.entries(Playground.SLIDERS)) {
      if (/^-?\d+$/.test(found[name]))
        state.change[name] = Math.max(min, Math.min(max, Number(found[name])));
    }
    Playground.setSliders(state);
    if (/^\d$/.test(found.digit)) state.take(Number(found.digit));
    else Playground.show(state);
  },

  keep(state) {
    const settings = Object.entries(state.change).map(([name, value]) => [
      name,
      value === Digit.AS_DRAWN[name] ? undefined : value,
    ]);
    const digit = state.sample ?? undefined;
    Address.write({ digit, ...Object.fromEntries(settings) }, "widget-playground");
  },

  /* All that came in one frame is shown once. */
  later(state) {
    if (state.waiting) return;
    state.waiting = requestAnimationFrame(() => {
      state.waiting = null;
      Playground.show(state);
    });
  },

  show(state) {
    const form = Digit.form(state.pad.strokes, state.change);
    const sides = [Digit.BOX, Digit.SIDE, Digit.FIELD];
    state.steps.forEach((canvas, at) => {
      const image = form
        ? [form.box, form.centred, form.field][at]
        : new Float64Array(sides[at] ** 2);
      Maps.showImage(canvas, image, sides[at]);
    });
    if (form && state.made) PlaygroundResult.show(state, form);
    else PlaygroundResult.clear(state, form);
  },
};
