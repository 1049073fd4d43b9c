"use strict";
/* A grid of numbers that can be typed into. Tab leads into it, arrows from cell to cell. A frame may
   stand on some cells, and be dragged. */
class NumberGrid {
  /* `entered` is called with row, column and text, and says whether to go on to the next cell;
     `chosen` with the cell that has the focus; `dragged` with the place to which the frame goes. */
  constructor({ label, rows, columns, entered, chosen, dragged }) {
    Object.assign(this, { rows, columns, entered, chosen, dragged, frame: null });
    this.cells = Convolution.filled(rows, columns, (row, column) => this.cell(label, row, column));
    this.marker = Widget.element("div", { class: "grid-frame", hidden: true });
    this.grid = Widget.element(
      "div",
      { class: "number-grid", role: "group", "aria-label": label, style: `--columns:${columns}` },
      ...this.cells.flat(),
      this.marker,
    );
    this.figure = Widget.element("figure", {}, Widget.element("figcaption", {}, label), this.grid);
    this.cells[0][0].tabIndex = 0;
    if (dragged) this.listen();
  }

  cell(label, row, column) {
    const input = Widget.element("input", {
      type: "text",
      autocomplete: "off",
      tabindex: -1,
      maxlength: 6,
      "aria-label": `${label}, row ${row + 1}, column ${column + 1}`,
      style: `grid-area:${row + 1}/${column + 1}`,
    });
    input.addEventListener("focus", () => this.focused(row, column));
    input.addEventListener("change", () => this.take(row, column));
    input.addEventListener("keydown", (event) => this.key(event, row, column));
    return input;
  }

  focused(row, column) {
    for (const input of this.cells.flat())
      input.tabIndex = input === this.cells[row][column] ? 0 : -1;
    this.cells[row][column].select();
    this.chosen?.(row, column);
  }

  take(row, column) {
    const input = this.cells[row][column];
    if (input.value === input.dataset.shown) return false;
    input.dataset.shown = input.value;
    return this.entered(row, column, input.value);
  }

  key(event, row, column) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (event.key === "Enter") {
      if (this.take(row, column)) this.after(row, column);
      else this.cells[row][column].select();
    } else if (event.key in moves) {
      const [down, right] = moves[event.key];
      this.cells[row + down]?.[column + right]?.focus();
    } else return;
    event.preventDefault();
  }

  after(row, column) {
    const all = this.cells.flat();
    all[Math.min(all.length - 1, row * this.columns + column + 1)].focus();
  }

  /* Writes the numbers; null leaves a cell empty. */
  show(numbers) {
    this.cells.forEach((line, row) =>
      line.forEach((input, column) => {
        const number = numbers[row][column];
        const text =
          number === null ? "" : typeof number === "string" ? number : Convolution.shown(number);
        if (input.value !== text) input.value = text;
        input.dataset.shown = text;
        input.classList.toggle("positive", number > 0);
        input.classList.toggle("negative", number < 0);
      }),
    );
  }

  /* Frames `high` by `wide` cells. */
  mark(row, column, high = 1, wide = 1) {
    this.frame = { row, column, high, wide };
    this.marker.hidden = false;
    this.marker.style.gridArea = `${row + 1}/${column + 1}/span ${high}/span ${wide}`;
    this.cells.forEach((line, y) =>
      line.forEach((input, x) => {
        input.classList.toggle(
          "in-frame",
          y >= row && y < row + high && x >= column && x < column + wide,
        );
      }),
    );
  }

  listen() {
    const place = (event) => {
      const box = this.grid.getBoundingClientRect();
      return [
        Math.floor(((event.clientY - box.top) / box.height) * this.rows),
        Math.floor(((event.clientX - box.left) / box.width) * this.columns),
      ];
    };
    let held = null;
    this.grid.addEventListener("dragstart", (event) => event.preventDefault()); // of selected text
    this.grid.addEventListener("pointerdown", (event) => {
      held = event.target.classList.contains("in-frame") ? place(event) : null;
    });
    this.grid.addEventListener("pointermove", (event) => {
      if (!held || !event.buttons) return;
      const [row, column] = place(event);
      if (row === held[0] && column === held[1]) return;
      document.activeElement.blur();
      this.grid.setPointerCapture(event.pointerId);
      this.dragged(this.frame.row + row - held[0], this.frame.column + column - held[1]);
      held = [row, column];
    });
  }
}
