"use strict";
/* What a unit sees: a unit of LeNet-5 is chosen; its pixels, its links, its sum and its value. */
const Unit = {
  NETWORK: "lenet5-1998",
  SCALE: 7, // pixels of the screen for a pixel of the image
  FIRST: { digit: 3, layer: "S4", map: 0, row: 2, column: 2 },

  make(room, data) {
    const state = { data, settings: { ...Unit.FIRST }, speaker: Widget.speaker(), parts: {} };
    Unit.fromAddress(state);
    room.append(Unit.form(state), Unit.pictures(state), ...Unit.places(state), state.speaker.line);
    Widget.withTheme(() => {
      Maps.readColours();
      Unit.show(state);
    });
  },

  layer: ({ data, settings }) => data.layers.find(({ name }) => name === settings.layer),

  /* What the address says, as far as there is such a unit. */
  fromAddress(state) {
    const { settings, data } = state;
    const found = Address.read(Object.keys(settings));
    if (data.layers.some(({ name }) => name === found.layer)) settings.layer = found.layer;
    for (const name of ["digit", "map", "row", "column"]) {
      if (/^\d{1,3}$/.test(found[name])) settings[name] = Number(found[name]);
    }
    settings.digit = Math.min(9, settings.digit);
    Unit.keepWithin(state);
  },

  /* Another layer has fewer or smaller maps. */
  keepWithin(state) {
    const { height, width, maps } = Unit.layer(state);
    for (const [name, count] of Object.entries({ map: maps, row: height, column: width })) {
      state.settings[name] = Math.min(count - 1, state.settings[name]);
    }
  },

  form(state) {
    const { data, settings } = state;
    const digit = Widget.select(
      "digit",
      data.digits.map((_, at) => String(at)),
      (text) => Unit.choose(state, { digit: Number(text) }),
    );
    const layer = Widget.select(
      "layer",
      data.layers.map(({ name }) => name),
      (name) => Unit.choose(state, { layer: name }),
    );
    digit.input.value = settings.digit;
    layer.input.value = settings.layer;
    state.parts.sliders = Widget.element("div", { class: "widget-form" });
    return Widget.element(
      "div",
      {},
      Widget.element("div", { class: "widget-row" }, layer.row, digit.row),
      state.parts.sliders,
      Widget.element(
        "p",
        { class: "widget-note" },
        "All is counted from 0. Point at the digit or at the map to choose a unit there.",
      ),
    );
  },

  /* As many as the layer has; a layer of single units has neither rows nor columns. */
  buildSliders(state) {
    const { height, width, maps } = Unit.layer(state);
    const most = height > 1 ? { map: maps, row: height, column: width } : { map: maps };
    state.sliders = Object.entries(most).map(([name, count]) => [
      name,
      Widget.slider(
        height > 1 ? name : "unit",
        { min: 0, max: count - 1, value: state.settings[name] },
        (value) => Unit.choose(state, { [name]: value }),
      ),
    ]);
    state.parts.sliders.replaceChildren(...state.sliders.map(([, { row }]) => row));
    state.built = state.settings.layer;
  },

  pictures(state) {
    const centred = (row, column) => {
      const { size, jump, start } = Unit.layer(state).field;
      const place = (at) => Math.round((at - start - (size - 1) / 2) / jump);
      Unit.choose(state, { row: place(row), column: place(column) });
    };
    state.image = new FramedPicture({
      label: "the digit, and what the unit sees",
      scale: Unit.SCALE,
      chosen: centred,
    });
    state.map = new FramedPicture({
      label: "the unit's map",
      scale: Unit.SCALE,
      chosen: (row, column) => Unit.choose(state, { row, column }),
    });
    return Widget.element("div", { class: "unit-pictures" }, state.image.figure, state.map.figure);
  },

  places(state) {
    const part = (name, tag, attributes) => (state.parts[name] = Widget.element(tag, attributes));
    state.parts.open = Widget.button("Let the trained network read the digit", () =>
      Unit.open(state),
    );
    return [
      part("sentence", "p", { class: "unit-sentence" }),
      state.parts.open,
      part("error", "p", { class: "widget-error", hidden: true }),
      part("table", "div", { class: "unit-table" }),
      part("reads", "section", { class: "unit-reads" }),
    ];
  },

  choose(state, change) {
    const { settings } = state;
    const before = JSON.stringify(settings);
    Object.assign(settings, change);
    for (const name of ["row", "column"]) settings[name] = Math.max(0, settings[name]);
    Unit.keepWithin(state);
    if (JSON.stringify(settings) === before) return;
    Address.write(settings, "widget-unit");
    Unit.show(state);
    state.speaker.say(state.parts.sentence.textContent);
  },

  /* Weights are large: they are loaded once they are asked for. */
  async open(state) {
    const { parts } = state;
    parts.open.disabled = true;
    try {
      const weights = await Weights.load(Unit.NETWORK);
      state.made = Forward.prepared(state.data.layers, weights);
    } catch (error) {
      parts.error.textContent = `No network reads the digit: ${error.message}.`;
      parts.error.hidden = false;
      parts.open.disabled = false;
      return;
    }
    parts.open.hidden = parts.error.hidden = true;
    Unit.show(state);
    state.speaker.say(parts.sentence.textContent);
  },

  /* The image as the network gets it, the outputs of all layers, what the unit reads. */
  work(state) {
    const { data, settings } = state;
    const { field } = Digit.form(
      data.digits[settings.digit].map((stroke) =>
        stroke.map((point) => point.map((at) => 100 * at)),
      ),
    );
    state.pixels = field;
    state.reads = null;
    if (!state.made) return;
    const image = Digit.forNetwork(field, data.levels);
    const at = state.made.findIndex(({ name }) => name === settings.layer);
    state.outputs = Forward.run(state.made, image);
    state.reads = Reads.of(state.made[at], at ? state.outputs[at - 1] : image, settings);
    state.output = state.outputs[at];
  },

  show(state) {
    if (state.built !== state.settings.layer) Unit.buildSliders(state);
    Unit.work(state);
    state.sliders.forEach(([name, { set }]) => set(state.settings[name]));
    UnitView.pictures(state);
    state.parts.sentence.textContent = UnitView.sentence(state);
    UnitView.table(state);
    UnitView.reads(state);
  },
};
