"use strict";
/* What a shift of the digit does to the maps: they only move where the shift is a whole number of
   their places, and change where subsampling cuts the digit into other squares. */
const Shifts = {
  STEPS: { C1: 1, S2: 2, C3: 2, S4: 4 }, // pixels of the image from one place to the next

  /* For each layer by how many places its maps moved, and what changed besides: the largest
     difference. `before` and `after` are the outputs of a forward pass. */
  compared(before, after, right, down) {
    return before
      .filter(({ name }) => name in Shifts.STEPS)
      .map((layer, at) => {
        const step = Shifts.STEPS[layer.name];
        const [x, y] = [right / step, down / step];
        const whole = Number.isInteger(x) && Number.isInteger(y);
        const change = Shifts.difference(layer, after[at], Math.round(x), Math.round(y));
        return { name: layer.name, x, y, whole, change };
      });
  },

  /* The largest difference where both have a place. */
  difference(before, after, x, y) {
    const { height, width } = before;
    let most = 0;
    before.maps.forEach((map, m) => {
      for (let row = Math.max(0, -y); row < Math.min(height, height - y); row += 1) {
        for (let column = Math.max(0, -x); column < Math.min(width, width - x); column += 1) {
          const moved = after.maps[m][(row + y) * width + column + x];
          most = Math.max(most, Math.abs(moved - map[row * width + column]));
        }
      }
    });
    return most;
  },

  /* The same as a table. */
  table(compared) {
    const text = {
      true: (move) => `only moved, by ${move} places`,
      false: (move) => `would have to move by ${move} places`,
    };
    const rows = compared.map(({ name, x, y, whole, change }) => {
      const cells = [text[whole](y ? `${x} and ${y}` : x), change.toFixed(2)];
      return Widget.element(
        "tr",
        {},
        Widget.element("th", { scope: "row" }, name),
        ...cells.map((cell) => Widget.element("td", {}, cell)),
      );
    });
    const head = ["maps", "against the digit in its place", "largest change"].map((name) =>
      Widget.element("th", { scope: "col" }, name),
    );
    return Widget.element(
      "table",
      {},
      Widget.element("thead", {}, Widget.element("tr", {}, ...head)),
      Widget.element("tbody", {}, ...rows),
    );
  },
};
