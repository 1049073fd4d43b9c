"use strict";
/* The search page: BOOK, from search_index.js, has a text for each section of the book. */
const MOST = 40; // results that are shown
const AROUND = 70; // characters of an excerpt on either side
const TAUGHT = 60; // points of the section that teaches what is asked for

/* 61,706 and 61 706 are one number; letters are compared as small ones. */
const plain = (text) => text.toLowerCase().replace(/(\d)[, \u202f](?=\d{3}(?!\d))/g, "$1");

for (const section of BOOK) {
  section.heading = plain(section.title);
  section.all = plain(section.text ?? "");
  section.hidden = plain(section.solution ?? "");
}

/* A word without the ending of a plural: kernels as kernel, classes as class, bias as it is. */
function single(word) {
  const ending = /(\w\w(?:s|ch|sh))es$/.test(word) ? /es$/ : /\w\w[^aius]s$/.test(word) ? /s$/ : "";
  return word.replace(ending, "");
}

/* What is looked for where this is typed; 61,7 and 61, may become 61,706. */
const forms = (word) => [...new Set([word, single(word), word.replace(/(\d),(?=\d{0,2}$)/, "$1")])];

const escaped = (word) => word.replace(/[^a-z0-9 ]/g, "\\$&");

/* What finds a word: a letter stands alone, a number starts with it, others are anywhere. */
function finder(word) {
  const whole = `(^|[^a-z0-9’])${escaped(word)}s?(?![a-z0-9])`;
  const start = /^\d/.test(word) ? "(^|[^0-9])" : "";
  const some = /^[a-z0-9]$/.test(word) ? whole : start + escaped(word);
  return { some: new RegExp(some, "g"), whole: new RegExp(whole) };
}

/* How well a section answers one word; 0 where it does not have it. Names come before text, and
   what has it in bold before what only uses it. */
function score(section, { some, whole }) {
  const has = (text) => text.search(some) >= 0;
  let points = 0;
  for (const _ of section.all.matchAll(some)) if (++points === 4) break;
  if (points && whole.test(section.all)) points += 3;
  if (has(section.hidden)) points += 1;
  if (has(section.heading)) points += whole.test(section.heading) ? 14 : 6;
  if ((section.explains ?? []).some((term) => whole.test(plain(term)))) points += 12;
  if (points && has(plain(section.page))) points += 4;
  return points;
}

const best = (section, finders) => Math.max(0, ...finders.map((finder) => score(section, finder)));

/* Sections by their points. The one that teaches the words, by the glossary, comes first; lists of
   words and names come last. */
function search(query) {
  const phrase = plain(query.trim()).replace(/\s+/g, " ");
  const words = phrase.split(" ").filter(Boolean);
  const finders = words.map((word) => forms(word).map(finder));
  const together = words.length > 1 ? forms(phrase).map(finder) : [];
  const found = [];
  for (const [place, section] of BOOK.entries()) {
    const taught = (section.teaches ?? []).some((term) => single(plain(term)) === single(phrase));
    const points = finders.map((each) => best(section, each));
    if (!words.length || (points.includes(0) && !taught)) continue;
    const list = /reference|c_glossary|bibliography/.test(section.at) ? 0.3 : 1;
    const sum = points.reduce((a, b) => a + b) + 2 * best(section, together);
    found.push({ section, place, words, points: list * sum + (taught ? TAUGHT : 0) });
  }
  return found.sort((a, b) => b.points - a.points || a.place - b.place);
}

/* What marks a word in a text; a number with or without its separators. */
function marker(word) {
  if (/^\d+$/.test(word)) return `\\b${[...word].join("[, \u202f]?")}`;
  return word.length === 1 ? `\\b${escaped(word)}\\b` : escaped(word);
}

/* A part of a text, of whole words, with dots where it goes on. */
function cut(text, from, to) {
  const start = from > 0 ? text.lastIndexOf(" ", from) + 1 : 0;
  const end = text.indexOf(" ", to);
  return (start ? "… " : "") + (end < 0 ? text.slice(start) : `${text.slice(start, end)} …`);
}

/* The text around the first place of a word, each word marked. */
function excerpt({ section, words }) {
  const line = document.createElement("span");
  const text = section.text ?? "";
  const all = new RegExp(words.flatMap(forms).map(marker).join("|"), "gi");
  const first = text.search(all);
  if (first < 0) {
    const there = section.hidden.search(all) >= 0;
    line.textContent = there ? "In a solution." : cut(text, 0, 2 * AROUND);
    return line;
  }
  const shown = cut(text, first - AROUND, first + 2 * AROUND);
  let last = 0;
  for (const match of shown.matchAll(all)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    line.append(shown.slice(last, match.index), mark);
    last = match.index + match[0].length;
  }
  line.append(shown.slice(last));
  return line;
}

function item(result) {
  const { section } = result;
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = section.at;
  link.textContent =
    section.title === section.page ? section.page : `${section.page}: ${section.title}`;
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
