"use strict";
/* How the map fills: by what is typed and checked, place by place, or by itself. */
const ByHandSteps = {
  empty(state) {
    ByHandSteps.stop(state);
    Object.assign(state, { known: new Set(), typed: {} });
    state.parts.verdict.textContent = "";
  },

  /* What was typed for a place; says whether it is right. */
  check(state, row, column, text) {
    const { map, typed, parts } = state;
    const place = `${row} ${column}`;
    const [number, wanted] = [Convolution.read(text), map[row][column]];
    state.known.delete(place);
    delete typed[place];
    const right = number !== null && Math.abs(number - wanted) < 0.006;
    if (right) state.known.add(place);
    else if (text.trim()) typed[place] = text;
    parts.verdict.textContent = ByHandSteps.verdict(state, number, right, text);
    ByHand.show(state);
    return right;
  },

  verdict({ row, column, known, map }, number, right, text) {
    const where = `row ${row + 1}, column ${column + 1}`;
    if (!text.trim()) return "";
    if (number === null) return `A number is asked for in ${where}.`;
    if (!right) return `Not ${Convolution.shown(number)} in ${where}: add up the products below.`;
    const all = known.size === map.flat().length;
    return `Yes: ${Convolution.shown(number)} in ${where}.${all ? " The map is full." : ""}`;
  },

  reveal(state) {
    const place = ByHand.place(state);
    state.known.add(place);
    delete state.typed[place];
    state.parts.verdict.textContent = "";
    ByHand.show(state);
    const full = state.known.size === state.map.flat().length ? " The map is full." : "";
    if (!state.playing || full) state.speaker.say(`${ByHand.sentence(state)}${full}`);
  },

  /* Shows the place where the window is; if that is known, the next one. */
  step(state) {
    const { map, row, column } = state;
    if (ByHand.isKnown(state)) {
      const next = (row * map[0].length + column + 1) % (map.length * map[0].length);
      ByHand.choose(state, { row: Math.floor(next / map[0].length), column: next % map[0].length });
    }
    ByHandSteps.reveal(state);
  },

  /* From the top to the end; at once for whoever wants no motion. */
  play(state) {
    if (state.playing) {
      ByHandSteps.stop(state);
      return;
    }
    ByHandSteps.empty(state);
    ByHand.choose(state, { row: 0, column: 0 });
    const count = state.map.flat().length;
    const go = () => {
      ByHandSteps.step(state);
      if (state.known.size === count) ByHandSteps.stop(state);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      while (state.known.size < count) ByHandSteps.step(state);
      return;
    }
    state.playing = setInterval(go, ByHand.PACE);
    state.parts.play.textContent = "Stop";
    go();
  },

  stop(state) {
    clearInterval(state.playing);
    state.playing = null;
    state.parts.play.textContent = "Play";
  },
};

/* The picture by its name, its pixels and its kernel by their numbers, and where the window is. */
const ByHandAddress = {
  write(state) {
    const { data, name, channels, slices, bias, row, column } = state;
    const changed = String(channels) !== String(data.pictures[name].channels);
    const settings = {
      picture: Object.keys(data.pictures).indexOf(name),
      kernel: slices.flat(2).join(" "),
      bias,
      row,
      column,
      pixels: changed ? channels.flat(2).join(" ") : undefined,
    };
    Address.write(settings, "widget-convolution");
  },

  read(state) {
    const found = Address.read(["picture", "kernel", "pixels", "bias", "row", "column"]);
    const name = Object.keys(state.data.pictures)[found.picture];
    if (name) ByHand.take(state, name);
    const whole = (text, least, most, other) =>
      /^-?\d+$/.test(text) ? Math.max(least, Math.min(most, Number(text))) : other;
    ByHandAddress.fill(state.slices, found.kernel);
    if (!state.large) ByHandAddress.fill(state.channels, found.pixels);
    const [rows, columns] = Convolution.places(state);
    state.bias = whole(found.bias, -20, 20, state.bias);
    state.row = whole(found.row, 0, rows - 1, 0);
    state.column = whole(found.column, 0, columns - 1, 0);
  },

  /* Writes numbers over those of `grids`, where there are as many. */
  fill(grids, text) {
    const numbers = (text ?? "").split(" ").map(Convolution.read);
    if (numbers.length !== grids.flat(2).length || numbers.includes(null)) return;
    for (const line of grids.flat()) line.splice(0, line.length, ...numbers.splice(0, line.length));
  },
};
