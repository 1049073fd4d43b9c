"use strict";
/* Two pictures of a layer with windows: where they stand on a line, and what one unit reads. */
const WindowDrawings = {
  CELL: 24,

  /* The pixels of a line, the zeros around them, and each window below. */
  line(axis) {
    const { CELL } = WindowDrawings;
    const { N, O, P, S, K, D, k, before } = axis;
    const [width, step] = [(N + P) * CELL, Math.max(5, Math.min(14, 260 / O))];
    const end = (O - 1) * S + K; // behind the last window
    const parts = [];
    for (let at = 0; at < N + P; at += 1) {
      const kind = at < before || at >= before + N ? "zero" : at >= end ? "dropped" : "pixel";
      parts.push(WindowDrawings.box(kind, at * CELL, 0, CELL));
    }
    for (let window = 0; window < O; window += 1) {
      const [x, y] = [window * S * CELL, CELL + 8 + window * step];
      parts.push(
        Widget.svg("rect", {
          class: "span",
          x: x + 2,
          y: y + step * 0.3,
          width: K * CELL - 4,
          height: step * 0.15,
        }),
      );
      for (let tap = 0; tap < k; tap += 1) {
        parts.push(
          Widget.svg("rect", {
            class: "tap",
            x: x + tap * D * CELL + 3,
            y,
            width: CELL - 6,
            height: step * 0.7,
          }),
        );
      }
    }
    const height = CELL + 10 + O * step;
    const lost = axis.dropped ? `, ${axis.dropped} dropped at the far end` : "";
    const label = `${N} pixels${P ? ` and ${P} zeros` : ""}: ${O} windows of ${K}${lost}.`;
    return WindowDrawings.sheet(width, height, label, parts);
  },

  /* The map that comes in, with what the chosen unit reads, or the one that goes out. */
  input(axis, row, column) {
    const { CELL } = WindowDrawings;
    const { N, P, O, S, K, D, k, before } = axis;
    const side = N + P;
    const end = (O - 1) * S + K;
    const parts = [
      WindowDrawings.box("zero", 0, 0, side * CELL),
      WindowDrawings.box("pixel", before * CELL, before * CELL, N * CELL),
    ];
    const lost = (before + N - end) * CELL;
    if (lost > 0) {
      const full = { x: before * CELL, y: end * CELL, width: N * CELL, height: lost };
      const beside = { x: end * CELL, y: before * CELL, width: lost, height: N * CELL - lost };
      for (const place of [full, beside])
        parts.push(Widget.svg("rect", { class: "dropped", ...place }));
    }
    for (let tap = 0; tap < k * k; tap += 1) {
      const [y, x] = [row * S + Math.floor(tap / k) * D, column * S + (tap % k) * D];
      parts.push(WindowDrawings.box("tap", x * CELL, y * CELL, CELL));
    }
    parts.push(WindowDrawings.lines(side), WindowDrawings.frame(column * S, row * S, K));
    const words = `The unit in row ${row + 1}, column ${column + 1} reads ${k} by ${k} of the ${N} by ${N} pixels.`;
    return WindowDrawings.sheet(side * CELL, side * CELL, words, parts);
  },

  output(axis, row, column) {
    const { CELL } = WindowDrawings;
    const side = axis.O * CELL;
    const parts = [
      WindowDrawings.box("pixel", 0, 0, side),
      WindowDrawings.box("tap", column * CELL, row * CELL, CELL),
      WindowDrawings.lines(axis.O),
      WindowDrawings.frame(column, row, 1),
    ];
    return WindowDrawings.sheet(side, side, `${axis.O} by ${axis.O} units go out.`, parts);
  },

  box: (kind, x, y, side) => Widget.svg("rect", { class: kind, x, y, width: side, height: side }),

  frame(column, row, cells) {
    const { CELL } = WindowDrawings;
    const side = cells * CELL;
    return Widget.svg("rect", {
      class: "frame",
      x: column * CELL,
      y: row * CELL,
      width: side,
      height: side,
    });
  },

  lines(cells) {
    const { CELL } = WindowDrawings;
    const far = cells * CELL;
    const path = Array.from(
      { length: cells + 1 },
      (_, at) => `M${at * CELL} 0V${far}M0 ${at * CELL}H${far}`,
    );
    return Widget.svg("path", { class: "lines", d: path.join("") });
  },

  sheet(width, height, label, parts) {
    const box = `-2 -2 ${width + 4} ${height + 4}`;
    const id = Widget.id();
    const hatch = Widget.svg(
      "pattern",
      { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      Widget.svg("rect", { class: "hatch", width: 2.5, height: 6 }),
    );
    return Widget.svg(
      "svg",
      {
        viewBox: box,
        role: "img",
        "aria-label": label,
        style: `max-width:${1.6 * width}px; --hatch: url(#${id})`,
      },
      Widget.svg("defs", {}, hatch),
      ...parts,
    );
  },
};
