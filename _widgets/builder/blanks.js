"use strict";
/* Numbers of the table that are blank, and the question for one of them. */
const Blanks = {
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
    return Widget.element("div", { class: "builder-blanks" }, row, form, verdict);
  },

  /* Blanks a number if it is not blank yet, and asks for it. */
  ask(state, key) {
    state.blanks.add(key);
    NetworkTable.redraw(state, key);
    const [at, column] = key.split("/");
    Object.assign(state.asked, { key, tries: 0 });
    state.asked.words.textContent = `${column} of ${NetworkTable.called(state, at)}:`;
    state.asked.answer.value = "";
    state.asked.verdict.textContent = "";
    state.asked.form.hidden = false;
    state.asked.answer.focus();
  },

  /* 48,120 and 48120, 28×28×6 and 28 x 28 x 6 are the same. */
  plain: (text) =>
    text
      .toLowerCase()
      .replaceAll("x", "×")
      .replace(/[\s,_]/g, ""),

  check(state) {
    const { key, answer, verdict } = state.asked;
    const given = answer.value.trim();
    if (!given) return answer.focus();
    const right = NetworkTable.text(state, key);
    if (Blanks.plain(given) === Blanks.plain(right)) return Blanks.reveal(state, "Yes. ");
    state.asked.tries += 1;
    const hint = NetworkTable.work(state, key, state.asked.tries).join("; ");
    verdict.textContent = `Not ${given}. ${hint}`;
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
    verdict.textContent = words;
    if (!next) state.parts.table.querySelector(`[data-cell="${key}"] button`).focus();
  },

  all(state) {
    for (const cell of state.parts.table.querySelectorAll("[data-cell]"))
      state.blanks.add(cell.dataset.cell);
    NetworkTable.show(state);
    Blanks.ask(state, state.parts.table.querySelector("td.blank").dataset.cell);
  },

  none(state) {
    Blanks.clear(state);
    NetworkTable.show(state);
  },

  clear(state) {
    state.blanks.clear();
    state.asked.form.hidden = true;
    state.asked.verdict.textContent = "";
  },
};
