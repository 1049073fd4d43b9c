"use strict";
/* Questions that are answered before the output is seen. The page brings the tables of right and
   wrong answers; what was answered stays on this device. */
const KEPT = "guesses";
const load = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
};
let kept = load();
const keep = (id, what) => {
  kept = { ...load(), ...(id && { [id]: what }) };
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    /* then for this visit only */
  }
};

/* An answer as the tables have it, or undefined: 61,706 as 61706, 28 x 28 x 6 as 28×28×6. */
const GROUPED = /^\d{1,3}([,_' \u00a0\u2009\u202f])\d{3}(\1\d{3})*$/;
function number(text) {
  const bare = text.replace(/^[-−]\s*/, "");
  const sign = bare === text ? "" : "-";
  if (GROUPED.test(bare)) return Number(sign + bare.replace(/\D/g, ""));
  return /^(\d+(\.\d*)?(e[+-]?\d{1,2})?|\.\d+)$/i.test(bare) ? Number(sign + bare) : undefined;
}
function shape(text) {
  const bare = text.replace(/^[([]\s*|\s*,?\s*[)\]]$/g, "");
  let parts = bare.split(/[×x*]/i);
  if (parts.length === 1) parts = bare.replace(/\s*,\s*/g, ",").split(/[,;]|\s+/);
  const sides = parts.map((part) =>
    /^(none|batch)$/i.test(part.trim()) ? "None" : number(part.trim()),
  );
  const good = sides.every((side) => side === "None" || Number.isInteger(side));
  return good && sides.at(-1) !== "None" && (sides.length > 1 || bare !== text)
    ? sides.join("×")
    : undefined;
}
/* Either {value} or {problem}: why it cannot be compared. */
function read(text, { kind, wanted }) {
  text = text.trim();
  const one = number(text),
    several = shape(text);
  if (kind === "shape" && GROUPED.test(text) && several)
    return {
      problem: "That may be one number or several. Put brackets around a shape, or × between.",
    };
  if (kind === "shape" || kind === "features") {
    if (several && one === undefined) return { value: several };
    if (kind === "features" && Number.isInteger(one)) return { value: String(one) };
    return { problem: (one === undefined ? "" : "That is one number. ") + wanted };
  }
  if (one === undefined) return { problem: (several ? "That is a shape. " : "") + wanted };
  if (kind === "whole" && !Number.isInteger(one))
    return { problem: `That has decimals. ${wanted}` };
  return { value: String(one) };
}
function same(one, other) {
  if (one === other) return true;
  const [a, b] = [Number(one), Number(other)];
  const whole = Number.isInteger(a) && Number.isInteger(b) && !/[.e]/.test(one + other);
  return !whole && Math.abs(a - b) <= 0.02 * Math.min(Math.abs(a), Math.abs(b));
}
/* What is said of an answer. */
function judged(text, ask, said) {
  const { value, problem } = read(text, ask);
  if (problem) return { verdict: "unreadable", text: problem };
  const [least, most] = ask.near ?? [];
  const right = ask.near ? value >= least && value <= most : same(value, ask.right);
  if (right) return { verdict: "right", text: ask.praise ?? "Right." };
  const causes = new Set(
    Object.keys(ask.wrong)
      .filter((wrong) => same(value, wrong))
      .map((wrong) => ask.wrong[wrong]),
  );
  const [first] = causes;
  if (!causes.size && ask.near)
    return {
      verdict: "wrong",
      told: true,
      text: `Not yet: too ${value < least ? "low" : "high"}.`,
    };
  if (!causes.size) return { verdict: "wrong", text: "Not yet." };
  return { verdict: "wrong", told: true, text: `Not yet: ${said[first]}` };
}

const make = (tag, more = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...inside);
  return made;
};
const button = (text, click, type = "button") => {
  const made = make("button", { type, textContent: text });
  if (click) made.addEventListener("click", click);
  return made;
};

/* One question: a field, what is said of the answer, and a hint more for each wrong try. */
function question(ask, said, changed) {
  const field = make("input", {
    id: `answer-${ask.id}`,
    autocomplete: "off",
    spellcheck: false,
    size: 16,
  });
  const reply = make("p", { id: `reply-${ask.id}` });
  reply.setAttribute("role", "status");
  field.setAttribute("aria-describedby", reply.id);
  let tries = 0;
  const say = ({ verdict, text, told }) => {
    reply.dataset.verdict = field.dataset.verdict = verdict;
    const hint =
      verdict === "wrong" && (tries++ || !told)
        ? ask.hints[Math.min(tries - (told ? 2 : 1), ask.hints.length - 1)]
        : "";
    reply.textContent = text + (hint ? ` ${hint}` : "");
  };
  const form = make(
    "form",
    { noValidate: true },
    make(
      "label",
      { htmlFor: field.id },
      make("span", { className: "id", textContent: ask.id }),
      ` ${ask.text}`,
    ),
    make("div", {}, field, button("Check", null, "submit")),
    reply,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return field.focus();
    const found = judged(field.value, ask, said);
    say(found);
    const done = found.verdict === "right" ? "right" : kept[ask.id]?.done;
    keep(ask.id, { given: field.value, done });
    changed();
  });
  const restore = () => {
    const before = kept[ask.id];
    field.value = before?.given ?? "";
    tries = 0;
    if (before?.given) say(judged(before.given, ask, said));
    else {
      reply.textContent = "";
      delete field.dataset.verdict;
    }
  };
  restore();
  return { form, restore };
}

/* The questions of one prompt, and the gate behind them; in an exercise there is none. */
function prompt(place, said) {
  const next = place.nextElementSibling;
  const gate = next?.matches(".gate") ? next : null;
  const asks = JSON.parse(place.dataset.ask);
  const ids = asks.length ? asks.map((ask) => ask.id) : [place.id];
  const show = button("Show me", () => {
    for (const id of ids) keep(id, { ...kept[id], done: kept[id]?.done ?? "shown" });
    changed();
    gate.tabIndex = -1;
    gate.focus({ preventScroll: true });
  });
  show.setAttribute("aria-label", `Show me: ${place.previousElementSibling.textContent}`);
  const changed = () => {
    refresh();
    dispatchEvent(new Event("guessed"));
  };
  const refresh = () => {
    const open = ids.every((id) => kept[id]?.done);
    gate?.classList.toggle("open", open);
    show.hidden = open || !gate;
  };
  const parts = asks.map((ask) => question(ask, said, changed));
  place.append(...parts.map((part) => part.form), show);
  refresh();
  return { gate, ids, refresh, restore: () => parts.forEach((part) => part.restore()) };
}

/* How far one is on this page; all can be shown, and all forgotten. */
function summary(prompts) {
  const count = make("span");
  const all = button("Show all answers", () => {
    for (const { ids } of prompts)
      for (const id of ids) keep(id, { ...kept[id], done: kept[id]?.done ?? "shown" });
    prompts.forEach((each) => each.refresh());
    tell();
  });
  const forget = button("Forget my guesses here", () => {
    kept = load();
    for (const { ids } of prompts) for (const id of ids) delete kept[id];
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      /* nothing was kept */
    }
    for (const each of prompts) {
      each.restore();
      each.refresh();
    }
    tell();
  });
  const tell = () => {
    const done = prompts.filter(({ ids }) => ids.every((id) => kept[id]?.done)).length;
    count.textContent = `${done} of ${prompts.length} predictions made. `;
    all.hidden = done === prompts.length;
    forget.hidden = !prompts.some(({ ids }) => ids.some((id) => kept[id]));
  };
  addEventListener("guessed", tell);
  tell();
  const line = make("div", { className: "guessed" }, count, all, " ", forget);
  (document.querySelector("h1 + p") ?? document.querySelector("h1")).after(line);
}

/* A link to something behind a gate opens it. */
function openGate() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const gate = target?.closest(".gate");
  if (gate && !gate.classList.contains("open")) {
    gate.classList.add("open");
    target.scrollIntoView();
  }
}

/* On the landing page: a line for each chapter. */
function progress(place) {
  const rows = JSON.parse(place.dataset.chapters);
  if (!rows.some(([, , , ids]) => ids.some((id) => kept[id]))) return;
  const line = ([_chapter, title, href, ids]) => {
    const right = ids.filter((id) => kept[id]?.done === "right").length;
    const bar = make("meter", { max: ids.length, value: right });
    bar.setAttribute("aria-hidden", "true");
    return make(
      "li",
      {},
      make("a", { href, textContent: title }),
      ` ${right} of ${ids.length} right `,
      bar,
    );
  };
  const forget = button("Forget all my guesses", () => {
    try {
      localStorage.removeItem(KEPT);
    } catch {
      /* nothing was kept */
    }
    place.replaceChildren();
  });
  place.replaceChildren(
    make("h2", { textContent: "Your predictions so far" }),
    make("ul", {}, ...rows.map(line)),
    make("p", {}, "They are kept on this device only. ", forget),
  );
}

if (typeof document === "object") {
  document.documentElement.classList.add("guessing");
  addEventListener("DOMContentLoaded", () => {
    const said = JSON.parse(document.getElementById("slips")?.dataset.said ?? "[]");
    const prompts = [...document.querySelectorAll(".guess")].map((place) => prompt(place, said));
    if (prompts.length) summary(prompts);
    const map = document.getElementById("progress");
    if (map) progress(map);
    openGate();
  });
  addEventListener("hashchange", openGate);
}
