"use strict";
/* What is said of a slip in a line: the words are the package's, as `said`; here they get the
   line's own, a mark under the place, and the nearest word that is known. */
const Slips = {
  /* An Error as the shell prints it. `letters` is the line, a letter an entry. */
  at(letters, start, length, problem, { longest }) {
    const last = letters.length;
    const cut = last > longest ? longest / 2 : Infinity;
    const [from, to] = [Math.max(start - cut, 0), Math.min(start + cut, last)];
    const shown = (a, b) => Slips.visible(letters.slice(a, Math.max(a, b)).join(""));
    const before = (from > 0 ? "..." : "") + shown(from, start);
    const word = shown(start, Math.min(start + length, to));
    const after = shown(start + length, to) + (to < last ? "..." : "");
    const mark = " ".repeat([...before].length + Math.max(start - last, 0));
    const under = "^".repeat(Math.max([...word].length, 1));
    return Error(`${Slips.visible(problem)}\n  ${before}${word}${after}\n  ${mark}${under}`);
  },

  /* A text with its words put in: {name}, {name!r} in quotes, {name:,} with commas. */
  message: (text, words) =>
    text.replace(/\{(\w+)(!r|:,)?\}/g, (_, name, how) => {
      if (how === "!r") return Slips.quoted(words[name]);
      return how ? Formula.written(words[name]) : words[name];
    }),

  printable: (letter) => letter === " " || !/[\p{C}\p{Z}]/u.test(letter),

  code(letter) {
    const number = letter.codePointAt(0);
    const wide = number > 0xffff;
    return `\\${wide ? "U" : "u"}${number.toString(16).padStart(wide ? 8 : 4, "0")}`;
  },

  visible: (text) => Array.from(text, (l) => (Slips.printable(l) ? l : Slips.code(l))).join(""),

  /* A word in quotes as Python writes it. */
  quoted(word) {
    const quote = word.includes("'") && !word.includes('"') ? '"' : "'";
    const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", [quote]: `\\${quote}` };
    const short = (l) => (l < "\u0100" ? `\\x${Slips.code(l).slice(4)}` : Slips.code(l));
    const letter = (l) => named[l] ?? (Slips.printable(l) ? l : short(l));
    return `${quote}${Array.from(word, letter).join("")}${quote}`;
  },

  /* The word, and of a very long one its beginning. */
  shortened(word, longest) {
    const letters = [...word];
    if (letters.length <= longest) return word;
    return `${letters.slice(0, 30).join("")}... (${Formula.written(letters.length)} characters)`;
  },

  /* The known word that is most like it, if one is like it at all: what Python's difflib says. */
  nearest(word, known) {
    const scored = known.map((one) => [Slips.likeness([...one], [...word]), one]);
    const best = scored.reduce((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
    return best[0] >= 0.6 ? best[1] : undefined;
  },

  likeness: (a, b) => (2 * Slips.matching(a, b)) / (a.length + b.length),

  /* How many letters lie in the longest run that both have, and in those to its sides. */
  matching(a, b) {
    let [size, inA, inB] = [0, 0, 0];
    for (let i = 0; i < a.length; i += 1) {
      for (let j = 0; j < b.length; j += 1) {
        let run = 0;
        while (i + run < a.length && j + run < b.length && a[i + run] === b[j + run]) run += 1;
        if (run > size) [size, inA, inB] = [run, i, j];
      }
    }
    if (!size) return 0;
    const left = Slips.matching(a.slice(0, inA), b.slice(0, inB));
    return left + size + Slips.matching(a.slice(inA + size), b.slice(inB + size));
  },
};
