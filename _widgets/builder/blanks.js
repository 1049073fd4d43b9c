"use strict";
/* Numbers of the table that are blank, and the question for one of them. */
const Blanks = {
  VEILED: "The work, the bars and the code come back when no number is blank.",

  panel(state) {
    const id = Widget.id();
    const words = Widget.element("label", { for: id });
    const answer = Widget.element("input", { id, type: "text", size: 12, autocomplete: "off" });
    const verdict = Widget.element("p", { role: "status" });
    const check = (event) => {
      event.preventDefault();
      Blanks.check(state);
    };
    const form = Widget.element(
      "form",
      { class: "widget-row", onsubmit: check },
      words,
      answer,
      Widget.element("button", { class: "widget-button" }, "Check"),
      Widget.button("Show me", () => Blanks.reveal(state, "")),
    );
    state.asked = { form, words, answer, verdict, tries: 0 };
    form.hidden = true;
    const all = Widget.button("Blank all numbers", () => Blanks.all(state));
    const none = Widget.button("Show all", () => Blanks.none(state));
    const row = Widget.element("div", { class: "widget-row" }, all, none);
    state.parts.veiled = Widget.element("p", { class: "widget-note", hidden: true }, Blanks.VEILED);
    return Widget.element(
      "div",
      { class: "builder-blanks" },
      row,
      form,
      verdict,
      state.parts.veiled,
    );
  },

  /* While a number is blank, nothing else may say it. */
  veil({ blanks, counted, parts }) {
    parts.work.hidden = blanks.size > 0;
    parts.more.hidden = blanks.size > 0 || !counted.total;
    parts.veiled.hidden = !blanks.size;
  },

  /* Blanks a number if it is not blank yet, and asks for it. */
  ask(state, key) {
    state.blanks.add(key);
    Blanks.veil(state);
    NetworkTable.redraw(state, key);
    const [at, column] = key.split("/");
    Object.assign(state.asked, { key, tries: 0 });
    state.asked.words.textContent = `${column} of ${NetworkTable.called(state, at)}:`;
    state.asked.answer.value = "";
    state.asked.verdict.textContent = "";
    state.asked.form.hidden = false;
    state.asked.answer.focus();
  },

  /* Whether an answer says the number, or the sides of a shape, in whatever way. */
  same(given, right) {
    const plain = (text) => text.replace(/[\s,_']/g, "").replace(/\.0*$/, "");
    const sides = (text) => (text.replaceAll(/,(?=\d{3}\b)/g, "").match(/\d+/g) ?? []).join("×");
    if (right === "–") return /^[-–]$/.test(given);
    if (right.includes("×")) return sides(given) === sides(right);
    return plain(given) === plain(right);
  },

  check(state) {
    const { key, answer, verdict } = state.asked;
    const given = answer.value.trim();
    if (!given) return answer.focus();
    const right = NetworkTable.text(state, key);
    if (Blanks.same(given, right)) return Blanks.reveal(state, "Yes. ");
    state.asked.tries += 1;
    const hint = NetworkTable.work(state, key, state.asked.tries).join("; ");
    verdict.textContent = `Not ${Slips.shortened(given, 30)}. ${hint}`;
    answer.select();
    return undefined;
  },

  /* Shows the number with the work, and goes on to the next blank, if there is one. */
  reveal(state, first) {
    const { key, form, verdict } = state.asked;
    state.blanks.delete(key);
    NetworkTable.redraw(state, key);
    const said = NetworkTable.work(state, key).join("; ");
    const [at, column] = key.split("/");
    const where = `${column} of ${NetworkTable.called(state, at)}`;
    const words = `${first}${where}: ${NetworkTable.text(state, key)}. ${said}`;
    const next = state.parts.table.querySelector("td.blank");
    if (next) Blanks.ask(state, next.dataset.cell);
    else form.hidden = true;
    Blanks.veil(state);
    verdict.textContent = words;
    if (next) return;
    const row = state.parts.table.querySelector(`[data-cell="${key}"]`).parentElement;
    (row.querySelector("[data-layer]") ?? state.parts.line).focus();
  },

  all(state) {
    const cells = [...state.parts.table.querySelectorAll("[data-cell]")];
    if (!cells.length) return;
    for (const cell of cells) state.blanks.add(cell.dataset.cell);
    NetworkTable.show(state);
    Blanks.ask(state, cells[0].dataset.cell);
  },

  none(state) {
    Blanks.clear(state);
    NetworkTable.show(state);
  },

  clear(state) {
    state.blanks.clear();
    state.asked.form.hidden = true;
    state.asked.verdict.textContent = "";
    Blanks.veil(state);
  },
};
