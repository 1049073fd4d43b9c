"use strict";
/* The places of all layers of both networks, of their answers, and of the codes. */
const PlaygroundNetworks = {
  places(state) {
    const { data } = state;
    const figure = ({ name, output }) => {
      const words = `${name}: ${PlaygroundNetworks.words(name, output)}`;
      const canvas = Maps.canvas(words, Playground.ROWS[name][1]);
      state.canvases[name] = canvas;
      return Widget.element("figure", {}, Widget.element("figcaption", {}, words), canvas);
    };
    Object.assign(state, { canvases: {}, codes: [] });
    const [lenet, rival] = PlaygroundNetworks.drawn(data).map((layers) => layers.map(figure));
    const ten = [...data.digits.keys()];
    const code = (digit) => (state.codes[digit] = Maps.canvas(`The code of ${digit}`, 3));
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
        ...lenet.slice(0, -1),
        Widget.element("div", { class: "playground-output" }, lenet.at(-1), state.distances.table),
        state.runnerUp,
      ),
      Widget.element(
        "section",
        {},
        Widget.element("h3", {}, "The fully connected network"),
        Widget.element("p", { class: "widget-note" }, count(Playground.RIVAL)),
        ...rival,
        state.chances.table,
      ),
    ];
  },

  /* The layers of both networks that are drawn: neither the pixels in a row nor the output. */
  drawn: ({ networks }) =>
    [Playground.LENET, Playground.RIVAL].map((name) =>
      networks[name].slice(0, -1).filter(({ kind }) => kind !== "Flatten"),
    ),

  words(name, output) {
    const { maps, height, width } = PlaygroundNetworks.sides(output);
    if (height * width > 1) return `${maps} maps of ${height}×${width}`;
    return `${maps} units${name === "F6" ? ", as the dots of a code" : ""}`;
  },

  sides(output) {
    const [height, width] = output.length > 1 ? output : [1, 1];
    return { maps: output.at(-1), height, width };
  },

  /* A layer's picture without values, as large as with them. */
  blank(state, { name, output }) {
    const { maps, height, width } = PlaygroundNetworks.sides(output);
    const map = new Float64Array(height * width);
    PlaygroundNetworks.show(state, { name, height, width, maps: Array(maps).fill(map) }, 1);
  },

  /* A layer's maps, those of F6 as the dots of a code. */
  show(state, output, most) {
    const { name, maps } = output;
    const [columns] = Playground.ROWS[name];
    const code = { maps: [maps.map((map) => map[0])], width: 7, height: 12 };
    const shown = name === "F6" ? code : output;
    const gap = shown.maps[0].length > 1 ? 1 : 0;
    Maps.show(state.canvases[name], shown, { columns, most, gap });
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
