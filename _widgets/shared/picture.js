"use strict";
/* A picture too large for numbers, with a frame on it that is pointed at or dragged. */
class FramedPicture {
  /* `chosen` is called with the row and the column that are pointed at. */
  constructor({ label, scale, chosen }) {
    this.label = label;
    this.canvas = Maps.canvas(label, scale);
    this.marker = Widget.element("div", { class: "picture-frame" });
    this.room = Widget.element("div", { class: "framed-picture" }, this.canvas, this.marker);
    this.figure = Widget.element("figure", {}, Widget.element("figcaption", {}, label), this.room);
    if (chosen) this.listen(chosen);
    else this.marker.hidden = true;
  }

  listen(chosen) {
    const point = (event) => {
      if (!event.buttons) return;
      const box = this.canvas.getBoundingClientRect();
      chosen(
        Math.floor(((event.clientY - box.top) / box.height) * this.canvas.height),
        Math.floor(((event.clientX - box.left) / box.width) * this.canvas.width),
      );
    };
    this.room.addEventListener("pointerdown", (event) => {
      this.room.setPointerCapture(event.pointerId);
      point(event);
    });
    this.room.addEventListener("pointermove", point);
  }

  /* In greys up to `white`, or where that is not given, in two colours. */
  show(rows, white) {
    const [map, width] = [rows.flat(), rows[0].length];
    this.canvas.setAttribute("aria-label", this.told(map, rows.length, width));
    if (white) Maps.showGreys(this.canvas, map, width, white);
    else
      Maps.show(
        this.canvas,
        { maps: [map], width, height: rows.length },
        { most: Math.max(1e-9, ...map.map(Math.abs)) },
      );
  }

  /* What it shows, for who does not see it. */
  told(map, height, width) {
    const [least, most] = [Math.min(...map), Math.max(...map)].map((number) =>
      Number(number.toFixed(2)),
    );
    const numbers = least === 0 && most === 0 ? "empty" : `from ${least} to ${most}`;
    return `${this.label}, ${height} by ${width}, ${numbers}`;
  }

  /* Puts the frame around a square of pixels. */
  mark(row, column, side) {
    const share = (cells, of) => `${(100 * cells) / of}%`;
    const { width, height } = this.canvas;
    Object.assign(this.marker.style, {
      left: share(column, width),
      top: share(row, height),
      width: share(side, width),
      height: share(side, height),
    });
  }
}
