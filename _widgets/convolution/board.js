"use strict";
/* What is seen of a convolution by hand: grids or pictures, the products of one place, pooling. */
const ByHandBoard = {
  SCALE: 6, // pixels of the screen for each of a picture that is looked at

  picture(state, depth) {
    const label = state.channels.length > 1 ? `channel ${depth + 1}` : "picture";
    const [{ length: rows }, { length: columns }] = [
      state.channels[depth],
      state.channels[depth][0],
    ];
    const half = Math.floor(state.slices[0].length / 2);
    if (state.large) {
      return new FramedPicture({
        label,
        scale: ByHandBoard.SCALE,
        chosen: (row, column) => ByHand.choose(state, { row: row - half, column: column - half }),
      });
    }
    return new NumberGrid({
      label,
      rows,
      columns,
      dragged: (row, column) => ByHand.choose(state, { row, column }),
      entered: (row, column, text) =>
        ByHandBoard.edited(state, state.channels[depth], row, column, text),
    });
  },

  kernel(state, depth) {
    const label = state.slices.length > 1 ? `slice ${depth + 1}` : "kernel";
    const slice = state.slices[depth];
    return new NumberGrid({
      label,
      rows: slice.length,
      columns: slice[0].length,
      entered: (row, column, text) =>
        ByHandBoard.edited(state, state.slices[depth], row, column, text),
    });
  },

  map(state) {
    const [rows, columns] = Convolution.places(state);
    if (state.large) {
      return new FramedPicture({
        label: "map",
        scale: ByHandBoard.SCALE,
        chosen: (row, column) => ByHand.choose(state, { row, column }),
      });
    }
    return new NumberGrid({
      label: "map",
      rows,
      columns,
      chosen: (row, column) => ByHand.choose(state, { row, column }, false),
      entered: (row, column, text) => ByHandSteps.check(state, row, column, text),
    });
  },

  /* A number of the picture or of the kernel; what is none stays as it was. */
  edited(state, grid, row, column, text) {
    const number = Convolution.read(text);
    if (number === null || number === grid[row][column]) ByHand.show(state);
    else {
      grid[row][column] = number;
      ByHand.changed(state);
    }
    return number !== null;
  },

  /* Channel by channel with its slice, then the map; small signs in between. */
  inOrder(state) {
    const { pictures, kernels, map } = state.grids;
    const sign = (text) =>
      Widget.element("span", { class: "by-hand-sign", "aria-hidden": "true" }, text);
    const pairs = pictures.map((picture, depth) =>
      Widget.element(
        "div",
        { class: "by-hand-pair" },
        picture.figure,
        sign("∗"),
        kernels[depth].figure,
        sign(depth + 1 < pictures.length ? "+" : "="),
      ),
    );
    return [...pairs, map.figure];
  },

  show(state) {
    const { grids, channels, slices, map, row, column, known, typed, large } = state;
    const [high, wide] = [slices[0].length, slices[0][0].length];
    grids.pictures.forEach((picture, depth) => {
      picture.show(channels[depth], large && state.data.white);
      picture.mark(row, column, high, wide);
    });
    grids.kernels.forEach((kernel, depth) => kernel.show(slices[depth]));
    if (large) grids.map.show(map);
    else {
      grids.map.show(
        map.map((line, y) =>
          line.map((number, x) => (known.has(`${y} ${x}`) ? number : (typed[`${y} ${x}`] ?? null))),
        ),
      );
      grids.map.cells.forEach((line, y) =>
        line.forEach((input, x) => input.setAttribute("aria-invalid", `${y} ${x}` in typed)),
      );
    }
    grids.map.mark(row, column, 1, 1);
  },

  /* The products of the chosen place, a line for each row of the kernel, and their sum. */
  work(state) {
    const { channels, slices, row, column, bias } = state;
    const products = Convolution.products(channels, slices, row, column);
    const factor = (number) =>
      number < 0 ? `(${Convolution.shown(number)})` : Convolution.shown(number);
    const known = ByHand.isKnown(state);
    const added = (numbers) => numbers.reduce((sum, { product }) => sum + product, 0);
    const line = (numbers) =>
      numbers.map(({ pixel, weight }) => `${factor(pixel)}·${factor(weight)}`).join(" + ") +
      (known ? ` = ${Convolution.shown(added(numbers))}` : "");
    const items = products.flatMap((slice, depth) =>
      slice.map((numbers, at) => [
        slices.length > 1 ? `channel ${depth + 1}, row ${at + 1}` : `row ${at + 1}`,
        line(numbers),
      ]),
    );
    const sums = products.flat().map((numbers) => (known ? factor(added(numbers)) : "…"));
    const whole = known ? Convolution.shown(Convolution.sum(products, bias)) : "?";
    items.push(["sum", `${[...sums, factor(bias)].join(" + ")} = ${whole}`]);
    return [
      Widget.element(
        "h3",
        {},
        `The products of row ${row + 1}, column ${column + 1}; the last number of the sum is the bias`,
      ),
      Widget.element(
        "ul",
        { class: "widget-work", role: "list" },
        ...items.map(([name, text]) =>
          Widget.element("li", {}, Widget.element("b", {}, name), `: ${text}`),
        ),
      ),
    ];
  },

  pooling(state) {
    const kinds = Widget.choice(
      `pooling with windows of ${ByHand.POOL} by ${ByHand.POOL}:`,
      { max: "the largest", mean: "the mean" },
      state.kind,
      (kind) => {
        state.kind = kind;
        ByHandBoard.showPooling(state);
      },
    );
    state.parts.pooled = Widget.element("div", {});
    return [
      Widget.element("h3", {}, "What pooling makes of the map"),
      kinds.row,
      state.parts.pooled,
    ];
  },

  /* It would give the map away, so it waits until the map is full. */
  showPooling(state) {
    const { map, large, known, kind, parts } = state;
    if (!large && known.size < map.length * map[0].length) {
      parts.pooled.replaceChildren(
        Widget.element("p", { class: "widget-note" }, "It is shown once the map is full."),
      );
      return;
    }
    const pooled = Convolution.pooled(map, ByHand.POOL, kind);
    if (large) {
      const picture = new FramedPicture({ label: "pooled map", scale: ByHandBoard.SCALE });
      picture.show(pooled);
      parts.pooled.replaceChildren(picture.figure);
    } else parts.pooled.replaceChildren(ByHandBoard.table(pooled));
  },

  table: (rows) =>
    Widget.element(
      "table",
      { class: "by-hand-pooled" },
      Widget.element(
        "tbody",
        {},
        ...rows.map((line) =>
          Widget.element(
            "tr",
            {},
            ...line.map((number) =>
              Widget.element(
                "td",
                {
                  class: number < 0 ? "negative" : number > 0 ? "positive" : "",
                },
                Convolution.shown(number),
              ),
            ),
          ),
        ),
      ),
    ),
};

Widget.start("convolution", ByHand.make);
