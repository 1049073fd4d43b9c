"use strict";
/* Three taps used at three places: what each place adds to the gradient of each, and the sums. */
const SharedTaps = {
  make(data) {
    const state = {
      data,
      taps: [...data.shared.taps],
      rate: 0.02,
      steps: 0,
      place: Widget.element("div", { class: "step-table" }),
      speaker: Widget.speaker(),
    };
    state.sliders = state.taps.map((tap, at) =>
      Widget.slider(
        `tap ${at + 1}`,
        { min: -4, max: 4, step: 0.25, value: tap, shown: () => Descent.shown(state.taps[at]) },
        (value) => {
          state.taps[at] = value;
          state.steps = 0;
          SharedTaps.show(state);
        },
      ),
    );
    const rate = Widget.slider(
      "rate of the taps",
      { min: 0, max: 0.1, step: 0.005, value: state.rate },
      (value) => {
        state.rate = value;
      },
    );
    SharedTaps.show(state);
    return Widget.element(
      "section",
      {},
      Widget.element("h3", {}, "A weight that is shared"),
      Widget.element(
        "p",
        { class: "widget-note" },
        `The line is ${data.shared.inputs.join(", ")}; each tap is used at all places, so its gradient is the sum of a column.`,
      ),
      Widget.element(
        "div",
        { class: "widget-form" },
        ...state.sliders.map(({ row }) => row),
        rate.row,
      ),
      Widget.element(
        "div",
        { class: "widget-row" },
        Widget.button("Step of all taps", () => SharedTaps.go(state)),
        Widget.button("Start the taps again", () => SharedTaps.again(state)),
      ),
      state.place,
      state.speaker.line,
    );
  },

  now: ({ data, taps }) =>
    Descent.shared(data.shared.inputs, taps, data.shared.wanted, data.formulas),

  /* Each tap goes against its own sum. */
  go(state) {
    const { sums } = SharedTaps.now(state);
    state.taps = state.taps.map((weight, tap) =>
      Formula.value(
        Descent.put(state.data.formulas.step, { weight, rate: state.rate, gradient: sums[tap] }),
        {},
      ),
    );
    state.steps += 1;
    SharedTaps.moved(state);
    state.speaker.say(SharedTaps.sentence(state));
  },

  again(state) {
    Object.assign(state, { taps: [...state.data.shared.taps], steps: 0 });
    SharedTaps.moved(state);
  },

  moved(state) {
    state.sliders.forEach(({ set }, tap) => set(state.taps[tap]));
    SharedTaps.show(state);
  },

  sentence: (state) =>
    `After ${state.steps} ${state.steps === 1 ? "step" : "steps"} the loss of the three places together is ${Descent.shown(SharedTaps.now(state).loss)}.`,

  show(state) {
    const { rows, sums } = SharedTaps.now(state);
    const cell = (number) =>
      Widget.element("td", { class: number < 0 ? "negative" : "" }, Descent.shown(number));
    const row = (name, cells) =>
      Widget.element("tr", {}, Widget.element("th", { scope: "row" }, name), ...cells);
    const head = [
      "place",
      "window",
      "output",
      "wanted",
      "error",
      ...sums.map((_, tap) => `tap ${tap + 1}`),
    ];
    const body = rows.map(({ window, output, wanted, error, parts }, place) =>
      row(String(place + 1), [
        Widget.element("td", {}, window.join(" ")),
        ...[output, wanted, error, ...parts].map(cell),
      ]),
    );
    const total = row("sum", [Widget.element("td", { colspan: 4 }), ...sums.map(cell)]);
    state.place.replaceChildren(
      Widget.element(
        "table",
        {},
        Widget.element(
          "thead",
          {},
          Widget.element(
            "tr",
            {},
            ...head.map((name) => Widget.element("th", { scope: "col" }, name)),
          ),
        ),
        Widget.element("tbody", {}, ...body, total),
      ),
      Widget.element("p", {}, SharedTaps.sentence(state)),
    );
  },
};

Widget.start("step", Step.make);
