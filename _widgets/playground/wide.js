"use strict";
/* LeNet-5 moved over a wide field: the same forward pass answers at each place, 4 pixels apart. */
const Wide = {
  WIDTH: 160, // pixels of the network's input
  SURE: 15, // a distance from which on a place counts as a digit
  NEAR: 2, // places to each side among which the nearest code counts

  make(state) {
    const pad = new Pad({
      width: 800,
      height: 160,
      label: "Wide field to write a number in",
      changed: () => {
        state.wideWaiting ??= requestAnimationFrame(() => {
          state.wideWaiting = null;
          Wide.show(state);
        });
      },
    });
    const image = Maps.canvas("The number as the network gets it, 32 by 160", 4);
    const places = Widget.element("div", { class: "wide-places", "aria-hidden": "true" });
    const read = Widget.element("p", { class: "playground-answer", role: "status" });
    state.wide = { pad, image, places, read };
    return Widget.element(
      "section",
      {},
      Widget.element("h3", {}, "Slide LeNet-5 over a wide field"),
      Widget.element(
        "p",
        { class: "widget-note" },
        "Write a number, with room between its digits. Below stands the nearest digit at each place, the larger the nearer; LeNet-5 was trained on single digits, so neighbours that come close confuse it.",
      ),
      pad.canvas,
      Widget.element(
        "div",
        { class: "widget-row" },
        Widget.button("Undo", () => pad.undo(), { "aria-label": "Undo in the wide field" }),
        Widget.button("Clear", () => pad.clear(), { "aria-label": "Clear the wide field" }),
        Widget.button("Write 1998", () => Wide.write(state, "1998")),
      ),
      image,
      places,
      read,
    );
  },

  /* A number from the digits that the page has, with room between them. */
  write({ data, wide }, text) {
    const strokes = [...text].flatMap((digit, at) =>
      data.digits[digit].map((stroke) =>
        stroke.map(([x, y]) => [80 + 165 * at + 130 * x, 15 + 130 * y]),
      ),
    );
    wide.pad.set(strokes);
  },

  /* The strokes as high as a digit's box, in the middle of the input; smaller where they are long. */
  image(strokes) {
    const points = strokes.flat();
    const [[left, right], [top, bottom]] = [0, 1].map((axis) => {
      const along = points.map((point) => point[axis]);
      return [Math.min(...along), Math.max(...along)];
    });
    const [high, wide] = [Digit.BOX - Digit.PEN, Wide.WIDTH - 2 * Digit.BOX];
    const scale = Math.min(high / (bottom - top || 1), wide / (right - left || 1));
    const placed = strokes.map((stroke) =>
      stroke.map(([x, y]) => [
        Wide.WIDTH / 2 + (x - (left + right) / 2) * scale,
        Digit.FIELD / 2 + (y - (top + bottom) / 2) * scale,
      ]),
    );
    return Digit.ink(placed, Wide.WIDTH, Digit.PEN, Digit.FIELD);
  },

  /* The nearest code at each place: {digit, distance}. */
  nearest: (maps) =>
    Array.from(maps[0], (_, place) => {
      const distances = maps.map((map) => map[place]);
      const distance = Math.min(...distances);
      return { digit: distances.indexOf(distance), distance };
    }),

  /* The places that are surely a digit, and surer than those beside them. */
  digits: (places) =>
    places.filter(
      ({ distance }, at) =>
        distance <= Wide.SURE &&
        places.slice(Math.max(0, at - Wide.NEAR), at).every((other) => other.distance > distance) &&
        places.slice(at + 1, at + 1 + Wide.NEAR).every((other) => other.distance >= distance),
    ),

  show({ made, data, wide }) {
    const strokes = wide.pad.strokes.filter((stroke) => stroke.length);
    const image = strokes.length ? Wide.image(strokes) : new Float64Array(Wide.WIDTH * Digit.FIELD);
    Maps.showImage(wide.image, image, Wide.WIDTH);
    wide.places.replaceChildren();
    wide.read.textContent = "";
    if (!strokes.length || !made) return;
    const output = Forward.run(
      made[Playground.LENET],
      Digit.forNetwork(image, data.levels, Wide.WIDTH),
    ).at(-1);
    const places = Wide.nearest(output.maps);
    const found = Wide.digits(places);
    wide.places.append(...places.map((place, at) => Wide.place(place, at, found)));
    wide.read.textContent = found.length
      ? `LeNet-5 reads ${found.map(({ digit }) => digit).join("")}.`
      : "LeNet-5 finds no digit.";
  },

  /* A place stands below the middle of what its units see. */
  place(place, at, found) {
    const nearness = Math.max(0, 1 - place.distance / 50);
    const left = (100 * (Digit.FIELD / 2 + 4 * at)) / Wide.WIDTH;
    return Widget.element(
      "span",
      {
        class: found.includes(place) ? "is-answer" : "",
        style: `left: ${left}%; font-size: ${0.55 + 0.7 * nearness}em`,
      },
      String(place.digit),
    );
  },
};
