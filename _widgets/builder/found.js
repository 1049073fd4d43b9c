"use strict";
/* Which LeNet is that? The package's answers for every total, in a script of their own, which is
   loaded when somebody asks. */
const Found = {
  PATTERN: /^(\d{1,15}|\d{1,3}([,_\s]\d{3}){1,4})$/,

  take(answers) {
    Found.answers = answers;
  },

  form(state) {
    const id = Widget.id();
    const input = Widget.element("input", {
      id,
      type: "text",
      inputmode: "numeric",
      size: 12,
      autocomplete: "off",
    });
    const place = Widget.element("div", { class: "builder-found", role: "status" });
    const ask = async (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!Found.PATTERN.test(text)) {
        place.replaceChildren(Found.line("Type a number such as 61706 or 61,706."));
        input.focus();
        return;
      }
      try {
        if (!Found.answers) await Widget.script("builder/answers.js");
      } catch (error) {
        place.replaceChildren(Found.line(`${error.message}.`));
        return;
      }
      place.replaceChildren(...Found.said(Number(text.replace(/\D/g, "")), state));
    };
    const words = "So many parameters, weights, MACs or connections:";
    const form = Widget.element(
      "form",
      { class: "widget-row", onsubmit: ask },
      Widget.element("label", { for: id }, words),
      input,
      Widget.element("button", { class: "widget-button" }, "Which LeNet is that?"),
    );
    return [form, place];
  },

  line: (text) => Widget.element("p", {}, text),

  /* The numbers of the entries for a total, or for the two nearest. */
  entries(number) {
    const { found, near } = Found.answers;
    if (found[number]) return { found: found[number].map((entry) => [number, entry]) };
    const totals = Object.keys(near).map(Number);
    totals.sort((a, b) => Math.abs(a - number) - Math.abs(b - number) || a - b);
    return { near: totals.slice(0, 2).map((total) => [total, near[total]]) };
  },

  head(number, found) {
    const count = found && `${found.length} network${found.length > 1 ? "s" : ""}`;
    return `${Formula.written(number)}: ${count ?? "no LeNet here; the nearest are"}`;
  },

  said(number, state) {
    const { found, near } = Found.entries(number);
    const items = (found ?? near).map(([total, entry]) => {
      const [counted, sentence, line] = Found.answers.entries[entry];
      const [, name, written] = line.match(/^(?:([\w-]+)(?: = |$))?(.*)$/);
      const open = () => {
        if (name) state.named(name);
        else state.read(written);
        state.parts.line.focus();
      };
      const label = { "aria-label": `Open it above: ${line}` };
      const button = Widget.button("Open it above", open, label);
      return Widget.element(
        "li",
        {},
        `${Formula.written(total)} ${counted}: ${sentence} `,
        Widget.element("code", {}, line),
        " ",
        ...(name || !line.startsWith("(") ? [button] : []),
      );
    });
    return [
      Found.line(Found.head(number, found)),
      Widget.element("ul", {}, ...items),
      Widget.element("p", { class: "widget-note" }, Found.answers.note),
    ];
  },
};
