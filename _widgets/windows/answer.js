"use strict";
/* What the widget shows once the number of windows was guessed. */
const WindowsAnswer = {
  fill(state, layer, shape, { shape: out, lines, counts }) {
    const { settings, data, parts, axis } = state;
    const { O, P, N, S, K } = axis;
    axis.dropped = N + P - (O - 1) * S - K;
    settings.row = Math.min(settings.row, O - 1);
    settings.column = Math.min(settings.column, O - 1);
    const sentence = WindowsAnswer.sentence(axis, out, counts.parameters);
    const maps = Widget.element("div", { class: "windows-maps" });
    const chosen = () => WindowsAnswer.maps(maps, state);
    parts.answer.replaceChildren(
      Widget.element("p", {}, sentence),
      WindowsAnswer.scrolled(WindowDrawings.line(axis)),
      WindowsAnswer.legend(axis),
      Widget.element("h3", {}, "One unit, and what it reads"),
      WindowsAnswer.chooser(state, chosen),
      maps,
      Widget.element("h3", {}, "The work"),
      WindowsAnswer.work(lines),
      Widget.element("h3", {}, "In code"),
      ...WindowsAnswer.code(layer, shape, axis, data.notes),
    );
    chosen();
    state.speaker.say(sentence);
  },

  sentence(axis, out, parameters) {
    const plural = (number, word) => `${Formula.written(number)} ${word}${number === 1 ? "" : "s"}`;
    const lost = axis.dropped
      ? `, and ${plural(axis.dropped, "pixel")} of each line ${axis.dropped === 1 ? "is" : "are"} dropped`
      : "";
    return `${plural(axis.O, "window")} along each side${lost}: ${out.join("×")} goes out, with ${plural(parameters, "parameter")}.`;
  },

  scrolled: (drawing) => Widget.element("div", { class: "windows-line" }, drawing),

  legend(axis) {
    const key = (kind, words) => [
      Widget.element("span", { class: `key ${kind}`, "aria-hidden": "true" }),
      ` ${words}  `,
    ];
    return Widget.element(
      "p",
      { class: "widget-note" },
      ...key("tap", "read"),
      ...(axis.P ? key("zero", "zeros of the padding") : []),
      ...(axis.dropped ? key("dropped", "dropped") : []),
    );
  },

  /* Sliders for the unit; the map that goes out can be pointed at too. */
  chooser(state, chosen) {
    const { settings, axis } = state;
    state.sliders = ["row", "column"].map((name) =>
      Widget.slider(name, { min: 1, max: axis.O, value: settings[name] + 1 }, (value) => {
        settings[name] = value - 1;
        Address.write(settings, "widget-windows");
        chosen();
      }),
    );
    return Widget.element("div", { class: "widget-form" }, ...state.sliders.map(({ row }) => row));
  },

  maps(place, state) {
    const { settings, axis } = state;
    const [from, to] = [
      WindowDrawings.input(axis, settings.row, settings.column),
      WindowDrawings.output(axis, settings.row, settings.column),
    ];
    to.addEventListener("pointerdown", (event) => {
      const box = to.getBoundingClientRect();
      const at = (along, start, side) =>
        Math.max(0, Math.min(axis.O - 1, Math.floor(((along - start) / side) * axis.O)));
      settings.row = at(event.clientY, box.top, box.height);
      settings.column = at(event.clientX, box.left, box.width);
      state.sliders[0].set(settings.row + 1);
      state.sliders[1].set(settings.column + 1);
      Address.write(settings, "widget-windows");
      WindowsAnswer.maps(place, state);
    });
    const figure = (drawing, words) =>
      Widget.element("figure", {}, drawing, Widget.element("figcaption", {}, words));
    place.replaceChildren(figure(from, "comes in"), figure(to, "goes out: choose a unit"));
  },

  work(lines) {
    return Widget.element("ul", { class: "widget-work", role: "list" }, ...Widget.lines(lines));
  },

  code(layer, shape, axis, notes) {
    const block = (name, text) =>
      Widget.element("pre", { tabindex: 0, "aria-label": name }, Widget.element("code", {}, text));
    return [
      block("Keras", LayerCode.keras(layer)),
      block(
        "PyTorch",
        LayerCode.torch(layer, shape, [axis, axis]) ?? "# no layer of PyTorch does this",
      ),
      ...LayerCode.notes(layer, [axis, axis], notes).map((text) =>
        Widget.element("p", { class: "widget-note" }, text),
      ),
    ];
  },
};

Widget.start("windows", Windows.make);
