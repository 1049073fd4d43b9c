"use strict";
/* What the playground shows of the two forward passes, and that it shows nothing of none. */
const PlaygroundResult = {
  MOST: 1.7159, // no unit of LeNet-5 comes further from zero
  FAR: 200, // a distance that fills its bar

  show(state, form) {
    const [lenet, rival] = [Playground.LENET, Playground.RIVAL].map((name) =>
      Forward.run(state.made[name], Digit.forNetwork(form.field, state.data.levels)),
    );
    const distances = lenet.at(-1).maps.map((map) => map[0]);
    const chances = rival.at(-1).maps.map((map) => map[0]);
    const f6 = lenet.at(-2).maps.map((map) => map[0]);
    const shown = [lenet, rival.slice(1)].map((outputs) => outputs.slice(0, -1));
    const mosts = [PlaygroundResult.MOST, 1];
    shown.forEach((outputs, at) => {
      for (const output of outputs) PlaygroundNetworks.show(state, output, mosts[at]);
    });
    const [first] = Answers.ranked(distances);
    const best = chances.indexOf(Math.max(...chances));
    state.distances.show(
      distances,
      first,
      (far) => Math.min(1, far / PlaygroundResult.FAR),
      (far) => far.toFixed(1),
    );
    state.chances.show(
      chances,
      best,
      (chance) => chance,
      (chance) => `${(100 * chance).toFixed(1)} %`,
    );
    state.runnerUp.textContent = Answers.runnerUp(
      distances,
      state.made[Playground.LENET].at(-1).codes,
      f6,
    );
    const sentence = Answers.sentence(distances, chances);
    state.answer.textContent = sentence;
    state.speaker.say(sentence);
    PlaygroundResult.shifts(state, lenet);
  },

  /* The maps of the shifted digit beside those of the same digit in its place. */
  shifts(state, lenet) {
    const { right, down } = state.change;
    if (!right && !down) {
      PlaygroundResult.noShift(state);
      return;
    }
    const still = Digit.form(state.pad.strokes, { ...state.change, right: 0, down: 0, noise: 0 });
    const moved = state.change.noise ? PlaygroundResult.withoutNoise(state) : lenet;
    const before = Forward.run(
      state.made[Playground.LENET].slice(0, 4),
      Digit.forNetwork(still.field, state.data.levels),
    );
    state.shifts.replaceChildren(Shifts.table(Shifts.compared(before, moved, right, down)));
  },

  withoutNoise(state) {
    const form = Digit.form(state.pad.strokes, { ...state.change, noise: 0 });
    return Forward.run(
      state.made[Playground.LENET].slice(0, 4),
      Digit.forNetwork(form.field, state.data.levels),
    );
  },

  noShift(state) {
    const words =
      "Shift the digit by an odd and by an even number of pixels: a table then says which maps only moved, and which changed.";
    if (state.shifts.textContent !== words)
      state.shifts.replaceChildren(Widget.element("p", { class: "widget-note" }, words));
  },

  /* Nothing drawn, nothing answered. */
  clear(state, form) {
    state.answer.textContent = form
      ? "The networks are being loaded."
      : "Draw a digit, and both networks answer.";
    state.speaker.say(form ? "" : "The field is empty; nothing is answered.");
    for (const table of [state.distances, state.chances]) table.show(null, -1);
    state.runnerUp.textContent = "";
    PlaygroundResult.noShift(state);
    for (const layer of PlaygroundNetworks.drawn(state.data).flat())
      PlaygroundNetworks.blank(state, layer);
  },
};

Widget.start("playground", Playground.make);
