"use strict";
/* One step of learning: what a unit puts out, its error, its loss, its gradient, its new weight.
   The formulas come from the package, as {output, error, loss, gradient, step}. */
const Descent = {
  /* All quantities of one weight, in order, each with its formula and with its numbers put in. */
  of(weight, { input, wanted, rate }, formulas) {
    const known = { weight, input, wanted, rate };
    const lines = [];
    for (const [quantity, formula] of Object.entries(formulas)) {
      const put = Descent.put(formula, known);
      known[quantity] = Formula.value(put, {});
      lines.push({
        quantity,
        text: `${quantity}: ${formula} = ${put} = ${Descent.shown(known[quantity])}`,
      });
    }
    return { known, lines };
  },

  /* The formula with numbers in; one below zero stands in brackets. */
  put(formula, known) {
    const text = (number) => (number < 0 ? `(${Descent.shown(number)})` : Descent.shown(number));
    return Formula.withNumbers(
      formula,
      Object.fromEntries(Object.entries(known).map(([name, number]) => [name, text(number)])),
    );
  },

  /* A convolution on a line: for each place its window, its output, its error and what it adds to
     the gradient of each tap; and the sums. */
  shared(inputs, taps, wanted, formulas) {
    const rows = wanted.map((goal, place) => {
      const window = inputs.slice(place, place + taps.length);
      const output = window.reduce((sum, input, tap) => sum + input * taps[tap], 0);
      const error = Formula.value(formulas.error, { output, wanted: `(${goal})` });
      const parts = window.map((input) =>
        Formula.value(formulas.gradient, { error: `(${error})`, input: `(${input})` }),
      );
      return { window, output, wanted: goal, error, parts };
    });
    const sums = taps.map((_, tap) => rows.reduce((sum, { parts }) => sum + parts[tap], 0));
    const loss = rows.reduce((sum, { error }) => sum + error * error, 0);
    return { rows, sums, loss };
  },

  /* At most four decimals, and none that say nothing. */
  shown: (number) => String(Number(number.toFixed(4)) + 0),
};
