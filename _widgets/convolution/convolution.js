"use strict";
/* Convolution by hand: a picture, a kernel that moves over it, and the map that is typed or shown. */
const ByHand = {
  LARGE: 8, // from this side on a picture is looked at, not read
  PACE: 700, // milliseconds between two steps of "Play"
  POOL: 2,
  HINTS: {
    small:
      "Type what each place of the map gives; Enter checks it. All numbers can be changed, and the window can be dragged.",
    large:
      "Point at a place or drag the window to see its products; the numbers of the kernel can be changed.",
  },

  make(room, data) {
    const state = { data, parts: {}, grids: {}, kind: "max", speaker: Widget.speaker() };
    const part = (name, tag, attributes) => (state.parts[name] = Widget.element(tag, attributes));
    room.append(
      ByHand.form(state),
      part("hint", "p", { class: "widget-note" }),
      part("board", "div", { class: "by-hand-board" }),
      (state.parts.key = Maps.key()),
      part("verdict", "p", { role: "status", class: "by-hand-verdict" }),
      part("work", "div"),
      ByHand.buttons(state),
      part("sliders", "div", { class: "widget-form" }),
      part("pooling", "section", { class: "by-hand-pooling" }),
      state.speaker.line,
    );
    ByHand.take(state, Object.keys(data.pictures)[0]);
    ByHandAddress.read(state);
    ByHand.build(state);
    Widget.withTheme(() => {
      Maps.readColours();
      ByHand.show(state);
    });
  },

  form(state) {
    const { data } = state;
    const picture = Widget.select("picture", Object.keys(data.pictures), (name) => {
      ByHand.take(state, name);
      ByHand.build(state);
      ByHand.show(state);
      ByHandAddress.write(state);
    });
    const kernel = Widget.select("kernel", ["own", ...Object.keys(data.kernels)], (name) => {
      if (name in data.kernels) state.slices = [structuredClone(data.kernels[name])];
      ByHand.changed(state);
    });
    Object.assign(state.parts, { picture, kernel });
    return Widget.element("div", { class: "widget-row" }, picture.row, kernel.row);
  },

  buttons(state) {
    const { parts } = state;
    parts.play = Widget.button("Play", () => ByHandSteps.play(state));
    return (parts.buttons = Widget.element(
      "div",
      { class: "widget-row" },
      Widget.button("Show this one", () => ByHandSteps.reveal(state)),
      Widget.button("Step", () => ByHandSteps.step(state)),
      parts.play,
      Widget.button("Empty the map", () => {
        ByHandSteps.empty(state);
        ByHand.show(state);
      }),
    ));
  },

  /* A picture of the page, with its kernel and bias. */
  take(state, name) {
    const { channels, slices, bias } = structuredClone(state.data.pictures[name]);
    Object.assign(state, { name, channels, slices, bias, row: 0, column: 0 });
    state.large = channels[0].length >= ByHand.LARGE;
  },

  /* The grids and sliders for the picture; numbers that change later are written into these. */
  build(state) {
    const { parts, slices } = state;
    ByHandSteps.empty(state);
    state.grids = {
      pictures: state.channels.map((_, depth) => ByHandBoard.picture(state, depth)),
      kernels: slices.map((_, depth) => ByHandBoard.kernel(state, depth)),
      map: ByHandBoard.map(state),
    };
    parts.board.replaceChildren(...ByHandBoard.inOrder(state));
    parts.key.hidden = !state.large;
    const [rows, columns] = Convolution.places(state);
    state.sliders = { row: rows, column: columns };
    for (const [name, most] of Object.entries(state.sliders)) {
      state.sliders[name] = Widget.slider(
        name,
        { min: 1, max: most, value: state[name] + 1 },
        (value) => ByHand.choose(state, { [name]: value - 1 }),
      );
    }
    const bias = Widget.slider(
      "bias",
      { min: -20, max: 20, value: state.bias, shown: Convolution.shown },
      (value) => {
        state.bias = value;
        ByHand.changed(state);
      },
    );
    parts.sliders.replaceChildren(state.sliders.row.row, state.sliders.column.row, bias.row);
    parts.picture.input.value = state.name;
    parts.kernel.row.hidden = slices.length > 1;
    parts.buttons.hidden = state.large;
    parts.hint.textContent = state.large ? ByHand.HINTS.large : ByHand.HINTS.small;
    parts.pooling.replaceChildren(...ByHandBoard.pooling(state));
  },

  /* Other numbers make another map, so what was typed is no longer asked for. */
  changed(state) {
    ByHandSteps.empty(state);
    ByHand.show(state);
    ByHandAddress.write(state);
  },

  /* Moves the window, no further than the picture goes. A field that has the focus speaks for itself. */
  choose(state, { row = state.row, column = state.column }, aloud = true) {
    const [rows, columns] = Convolution.places(state);
    const within = (at, count) => Math.max(0, Math.min(count - 1, at));
    const to = { row: within(row, rows), column: within(column, columns) };
    if (to.row === state.row && to.column === state.column) return;
    Object.assign(state, to);
    ByHand.show(state);
    ByHandAddress.write(state);
    if (aloud && ByHand.isKnown(state)) state.speaker.say(ByHand.sentence(state));
  },

  isKnown: (state) => state.large || state.known.has(ByHand.place(state)),

  place: ({ row, column }) => `${row} ${column}`,

  show(state) {
    const { row, column, parts, sliders } = state;
    state.map = Convolution.map(state);
    ByHandBoard.show(state);
    sliders.row.set(row + 1);
    sliders.column.set(column + 1);
    const same = Object.entries(state.data.kernels).find(
      ([, kernel]) => String(kernel) === String(state.slices[0]),
    );
    parts.kernel.input.value = state.slices.length === 1 && same ? same[0] : "own";
    parts.work.replaceChildren(...ByHandBoard.work(state));
    ByHandBoard.showPooling(state);
  },

  sentence: ({ row, column, map }) =>
    `Row ${row + 1}, column ${column + 1} of the map: ${Convolution.shown(map[row][column])}.`,
};
