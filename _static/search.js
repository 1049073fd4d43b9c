"use strict";
/* The search page: BOOK, from search_index.js, has a text for each section of the book. */
const MOST = 40; // results that are shown
const AROUND = 70; // characters of an excerpt on either side

/* 61,706 and 61 706 are one number; letters are compared as small ones. */
const plain = (text) => text.toLowerCase().replace(/(\d)[, \u202f](?=\d{3}(?!\d))/g, "$1");

for (const section of BOOK) {
  section.heading = plain(section.title);
  section.all = plain(section.text ?? "");
  section.hidden = plain(section.solution ?? "");
}

/* How well a section answers one word; 0 where it does not have it. Names come before text, and
   what explains a word before what only uses it; lists of words and names come last. */
function score(section, word) {
  const whole = new RegExp(`(^|[^a-z0-9])${word.replace(/[^a-z0-9 ]/g, "\\$&")}s?([^a-z0-9]|$)`);
  const places = section.all.split(word).length - 1;
  let points = Math.min(places, 4) + (whole.test(section.all) ? 3 : 0);
  if (section.hidden.includes(word)) points += 1;
  if (section.heading.includes(word)) points += whole.test(section.heading) ? 14 : 6;
  if ((section.explains ?? []).some((term) => whole.test(plain(term)))) points += 12;
  if (points && plain(section.page).includes(word)) points += 4;
  return points;
}

function search(query) {
  const phrase = plain(query.trim()).replace(/\s+/g, " ");
  const words = phrase.split(" ").filter(Boolean);
  const found = [];
  for (const [place, section] of BOOK.entries()) {
    const points = words.map((word) => score(section, word));
    if (!words.length || points.includes(0)) continue;
    const together = words.length > 1 ? 2 * score(section, phrase) : 0;
    const list = /reference|c_glossary|bibliography/.test(section.at) ? 0.3 : 1;
    found.push({ section, place, words, points: list * (together + points.reduce((a, b) => a + b)) });
  }
  return found.sort((a, b) => b.points - a.points || a.place - b.place);
}

/* The text around the first place of a word, each word marked. */
function excerpt({ section, words }) {
  const line = document.createElement("span");
  const text = section.text ?? "";
  const number = (word) => word.replace(/\d(?=(\d{3})+$)/g, "$&[, \u202f]?");
  const pattern = words.map((word) => number(word.replace(/[^\w\s]/g, "\\$&"))).join("|");
  const all = new RegExp(pattern, "gi");
  const first = text.search(all);
  if (first < 0) {
    const there = section.hidden && words.some((word) => section.hidden.includes(word));
    line.textContent = there ? "In a solution." : text.slice(0, 2 * AROUND);
    return line;
  }
  const start = Math.max(0, first - AROUND);
  const shown = text.slice(start, first + 2 * AROUND);
  let last = 0;
  line.append(start ? "… " : "");
  for (const match of shown.matchAll(all)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    line.append(shown.slice(last, match.index), mark);
    last = match.index + match[0].length;
  }
  line.append(shown.slice(last), " …");
  return line;
}

function item(result) {
  const { section } = result;
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = section.at;
  link.textContent = section.title === section.page ? section.page : `${section.page}: ${section.title}`;
  entry.append(link, document.createElement("br"), excerpt(result));
  return entry;
}

function show(query) {
  const results = query.trim() ? search(query) : [];
  document.getElementById("results").replaceChildren(...results.slice(0, MOST).map(item));
  const count = results.length === 1 ? "1 section has" : `${results.length} sections have`;
  const none = `Nothing has ${query.trim()}. Try one word, the beginning of a word, or a number.`;
  const more = results.length > MOST ? ` The first ${MOST} are shown.` : "";
  const said = results.length ? `${count} ${query.trim()}.${more}` : none;
  document.getElementById("found").textContent = query.trim() ? said : "";
}

/* Arrow keys go from the field through the results and back. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...document.querySelectorAll("#results a")];
  const here = stops.indexOf(document.activeElement);
  if (!step || here < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
}

const field = document.getElementById("query");
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => {
  history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
  show(field.value);
});
addEventListener("keydown", walk);
show(field.value);
field.focus();
