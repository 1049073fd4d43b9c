"use strict";
/* What the two networks answer: ten distances with their codes, ten probabilities. */
const Answers = {
  /* A table with a row for each digit. Gives {table, show}; `show` takes ten numbers and the answer. */
  table(caption, column, digits, picture) {
    const rows = digits.map((digit) => {
      const bar = Widget.element("span", { class: "bar" });
      const number = Widget.element("span", { class: "number" });
      const name = Widget.element(
        "th",
        { scope: "row" },
        String(digit),
        ...(picture ? [picture(digit)] : []),
      );
      const row = Widget.element("tr", {}, name, Widget.element("td", {}, bar, number));
      return { row, bar, number };
    });
    const head = Widget.element(
      "tr",
      {},
      ...["digit", column].map((text) => Widget.element("th", { scope: "col" }, text)),
    );
    const table = Widget.element(
      "table",
      { class: "answers" },
      Widget.element("caption", {}, caption),
      Widget.element("thead", {}, head),
      Widget.element("tbody", {}, ...rows.map(({ row }) => row)),
    );
    const show = (numbers, answer, share, text) =>
      rows.forEach(({ row, bar, number }, digit) => {
        row.classList.toggle("is-answer", digit === answer);
        bar.style.width = `${(numbers ? share(numbers[digit]) : 0) * 100}%`;
        number.textContent = numbers ? text(numbers[digit]) : "";
      });
    return { table, show };
  },

  /* The digits from the nearest code on: the answer comes first. */
  ranked: (numbers) => [...numbers.keys()].sort((a, b) => numbers[a] - numbers[b]),

  /* Two codes differ in some dots, and only those decide between them. */
  runnerUp(distances, codes, f6) {
    const [first, second] = Answers.ranked(distances);
    const differ = codes[first]
      .map((dot, at) => dot !== codes[second][at] && at)
      .filter((at) => at !== false);
    const sides = differ.filter((at) => Math.sign(f6[at]) === codes[first][at]).length;
    const apart = (distances[second] - distances[first]).toFixed(1);
    return (
      `The runner-up is ${second}: it would have to come nearer by ${apart}. ` +
      `The codes of ${first} and ${second} differ in ${differ.length} of ${codes[first].length} dots, ` +
      `and F6 takes the side of ${first} in ${sides} of these.`
    );
  },

  /* One sentence on both answers. */
  sentence(distances, chances) {
    const [first, second] = Answers.ranked(distances);
    const other = Answers.ranked(chances.map((chance) => -chance))[0];
    const percent = (100 * chances[other]).toFixed(1);
    const sure = percent === "100.0" ? "over 99.9" : percent;
    return (
      `LeNet-5 answers ${first}, at a distance of ${distances[first].toFixed(1)}; the next is ${second}, ` +
      `at ${distances[second].toFixed(1)}. The fully connected network answers ${other}, with ${sure} %.`
    );
  },
};
