"use strict";
/* A field to draw in with mouse, pen, finger or keyboard. It keeps strokes, not pixels. */
class Pad {
  /* `width` by `height` are its own units; `changed` is called with its strokes. */
  constructor({ width, height, label, changed }) {
    Object.assign(this, { width, height, changed, strokes: [], pen: null, drawing: null });
    this.canvas = Widget.element("canvas", {
      width: 2 * width,
      height: 2 * height,
      tabindex: 0,
      role: "application",
      class: "pad",
      "aria-label": label,
    });
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(name, () => {
        this.drawing = null;
      });
    }
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("blur", () => {
      this.pen = this.drawing = null;
      this.draw();
    });
    Widget.withTheme(() => this.draw());
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.width,
      ((event.clientY - box.top) / box.height) * this.height,
    ];
  }

  begin(event) {
    if (event.button > 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.pen = null;
    this.drawing = [this.at(event)];
    this.strokes.push(this.drawing);
    this.update();
  }

  /* A move may stand for several, of which each is a point. */
  go(event) {
    if (!this.drawing || !event.buttons) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.drawing.push(this.at(each));
    this.update();
  }

  /* Arrows move a pen, Space sets it down and lifts it, Backspace takes the last stroke back. */
  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key in moves) {
      const step = this.height / 20;
      const [x, y] = this.pen ?? [this.width / 2, this.height / 2];
      const [right, down] = moves[event.key];
      this.pen = [
        Math.max(0, Math.min(this.width, x + right * step)),
        Math.max(0, Math.min(this.height, y + down * step)),
      ];
      this.drawing?.push(this.pen);
    } else if (event.key === " ") {
      this.pen ??= [this.width / 2, this.height / 2];
      this.drawing = this.drawing ? null : [this.pen];
      if (this.drawing) this.strokes.push(this.drawing);
    } else if (event.key === "Backspace") {
      this.undo();
    } else return;
    event.preventDefault();
    this.update();
  }

  set(strokes) {
    this.strokes = strokes;
    this.drawing = this.pen = null;
    this.update();
  }

  undo() {
    this.set(this.strokes.slice(0, -1));
  }

  clear() {
    this.set([]);
  }

  /* What came in one frame is drawn once. */
  update() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.draw();
    });
    this.changed(this.strokes);
  }

  draw() {
    const pen = this.canvas.getContext("2d");
    const colours = getComputedStyle(document.documentElement);
    pen.setTransform(2, 0, 0, 2, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = this.height / 11;
    pen.strokeStyle = pen.fillStyle = getComputedStyle(this.canvas).color;
    for (const stroke of this.strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const point of stroke) pen.lineTo(...point);
      pen.stroke();
    }
    if (this.pen) {
      pen.lineWidth = 2;
      pen.strokeStyle = colours.getPropertyValue("--lenet-accent");
      pen.beginPath();
      pen.arc(...this.pen, this.height / 22 + 3, 0, 7);
      pen.stroke();
    }
  }
}
