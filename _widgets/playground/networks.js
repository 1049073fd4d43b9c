"use strict";
/* The places of all layers of both networks, of their answers, and of the codes. */
const PlaygroundNetworks = {
  places(state) {
    const { data } = state;
    const layer = (name, words) => {
      const canvas = Maps.canvas(words, Playground.ROWS[name][1]);
      state.canvases[name] = canvas;
      return Widget.element("figure", {}, Widget.element("figcaption", {}, words), canvas);
    };
    state.canvases = {};
    state.codes = [];
    const ten = [...data.digits.keys()];
    const code = (digit) => (state.codes[digit] = Maps.canvas(`The code of ${digit}`, 2));
    state.distances = Answers.table(
      "Distance of F6 to the code of each digit; the nearest is the answer",
      "distance",
      ten,
      code,
    );
    state.chances = Answers.table("What the fully connected network answers", "probability", ten);
    state.runnerUp = Widget.element("p", {});
    const count = (name) =>
      `${Formula.written(data.parameters[name])} parameters, ${data.errors[name].toFixed(2)} % of MNIST's test digits misread`;
    return [
      Widget.element(
        "section",
        {},
        Widget.element("h3", {}, "LeNet-5 of 1998"),
        Widget.element("p", { class: "widget-note" }, count(Playground.LENET)),
        layer("C1", "C1: 6 maps of 28×28"),
        layer("S2", "S2: 6 maps of 14×14"),
        layer("C3", "C3: 16 maps of 10×10"),
        layer("S4", "S4: 16 maps of 5×5"),
        layer("C5", "C5: 120 units"),
        Widget.element(
          "div",
          { class: "playground-output" },
          layer("F6", "F6: 84 units, as the dots of a code"),
          state.distances.table,
        ),
        state.runnerUp,
      ),
      Widget.element(
        "section",
        {},
        Widget.element("h3", {}, "The fully connected network"),
        Widget.element("p", { class: "widget-note" }, count(Playground.RIVAL)),
        layer("FC1", "FC1: 58 units"),
        layer("FC2", "FC2: 32 units"),
        state.chances.table,
      ),
    ];
  },

  showCodes(state) {
    state.codes.forEach((canvas, digit) =>
      Maps.show(
        canvas,
        { maps: [state.data.networks[Playground.LENET].at(-1).codes[digit]], width: 7, height: 12 },
        { most: 1.2 },
      ),
    );
  },
};
