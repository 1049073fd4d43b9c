"use strict";
/* From strokes to the image that a network gets. A drawing is a list of strokes, a stroke a list of
   points [x, y] in any unit; the strokes are drawn anew at each step, so that nothing blurs.
   An image is its numbers row after row, 0 for paper and 1 for ink. */
const Digit = {
  BOX: 20, // pixels, the box into which each digit of MNIST was scaled
  SIDE: 28, // pixels of an image of MNIST
  FIELD: 32, // pixels of the network's input
  PEN: 2.5, // pixels that the pen is wide in the box
  AS_DRAWN: { right: 0, down: 0, turn: 0, size: 100, pen: 100, noise: 0 },

  /* All steps of a drawing: {box, centred, field}, or null where nothing is drawn.
     `change` says what is done to the digit after it has MNIST's form. */
  form(strokes, change = Digit.AS_DRAWN) {
    const drawn = strokes.filter((stroke) => stroke.length);
    if (!drawn.length) return null;
    const boxed = Digit.intoBox(drawn);
    const box = Digit.ink(boxed, Digit.BOX, Digit.PEN);
    const [x, y] = Digit.middle(box, Digit.BOX).map((at) => Math.round(Digit.SIDE / 2 - at));
    const centred = Digit.moved(boxed, x, y);
    const border = (Digit.FIELD - Digit.SIDE) / 2;
    const placed = Digit.changed(Digit.moved(centred, border, border), change);
    const field = Digit.ink(placed, Digit.FIELD, (Digit.PEN * change.pen) / 100);
    return {
      box,
      centred: Digit.ink(centred, Digit.SIDE, Digit.PEN),
      field: change.noise ? Digit.noisy(field, change.noise / 100) : field,
    };
  },

  /* The strokes so that their ink just fills the box along its longer side. */
  intoBox(strokes) {
    const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]));
    const [left, right, top, bottom] = [
      Math.min(...xs),
      Math.max(...xs),
      Math.min(...ys),
      Math.max(...ys),
    ];
    const longer = Math.max(right - left, bottom - top);
    const scale = longer ? (Digit.BOX - Digit.PEN) / longer : 1;
    const middle = Digit.BOX / 2;
    return strokes.map((stroke) =>
      stroke.map(([x, y]) => [
        middle + (x - (left + right) / 2) * scale,
        middle + (y - (top + bottom) / 2) * scale,
      ]),
    );
  },

  moved: (strokes, right, down) =>
    strokes.map((stroke) => stroke.map(([x, y]) => [x + right, y + down])),

  /* Turned and scaled about the middle of the field, then shifted. */
  changed(strokes, { right, down, turn, size }) {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)].map(
      (a) => (a * size) / 100,
    );
    const middle = Digit.FIELD / 2;
    return strokes.map((stroke) =>
      stroke.map(([x, y]) => {
        const [dx, dy] = [x - middle, y - middle];
        return [middle + right + dx * cos - dy * sin, middle + down + dx * sin + dy * cos];
      }),
    );
  },

  /* The ink of a round pen: a pixel is dark as far as the nearest point of a stroke is near. */
  ink(strokes, width, pen, height = width) {
    const image = new Float64Array(width * height);
    const reach = pen / 2 + 0.5;
    for (const stroke of strokes) {
      stroke.forEach((end, at) =>
        Digit.addLine(image, width, height, stroke[Math.max(0, at - 1)], end, reach),
      );
    }
    return image;
  },

  addLine(image, width, height, [ax, ay], [bx, by], reach) {
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy;
    const bounds = (a, b, side) => [
      Math.max(0, Math.floor(Math.min(a, b) - reach)),
      Math.min(side - 1, Math.ceil(Math.max(a, b) + reach)),
    ];
    const [[left, right], [top, bottom]] = [bounds(ax, bx, width), bounds(ay, by, height)];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const [px, py] = [column + 0.5 - ax, row + 0.5 - ay];
        const along = squared ? Math.max(0, Math.min(1, (px * dx + py * dy) / squared)) : 0;
        const ink = Math.min(1, reach - Math.hypot(px - along * dx, py - along * dy));
        if (ink > image[row * width + column]) image[row * width + column] = ink;
      }
    }
  },

  /* The centre of mass of the ink, in pixels from the left and from the top. */
  middle(image, width) {
    let [sum, x, y] = [0, 0, 0];
    image.forEach((ink, at) => {
      sum += ink;
      x += ink * ((at % width) + 0.5);
      y += ink * (Math.floor(at / width) + 0.5);
    });
    return [x / sum, y / sum];
  },

  /* The same noise each time, so that only what is changed changes. */
  noisy(image, amount) {
    let seed = 1998;
    const chance = () => {
      seed = (seed * 1664525 + 1013904223) % 4294967296;
      return seed / 4294967296;
    };
    const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
    return image.map((ink) => Math.max(0, Math.min(1, ink + amount * normal())));
  },

  /* In the paper's grey levels, as a network's input. */
  forNetwork(image, [paper, ink], width = Digit.FIELD) {
    return {
      height: image.length / width,
      width,
      maps: [image.map((value) => paper + (ink - paper) * value)],
    };
  },
};
