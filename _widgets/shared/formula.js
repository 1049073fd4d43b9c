"use strict";
/* A formula as the package writes it, such as "floor((N - K) / S) + 1". Its text comes with the
   page; here its letters become numbers, and the numbers what they come to. */
const Formula = {
  withNumbers(text, numbers) {
    return text.replace(/[A-Za-z]\w*/g, (name) =>
      Object.hasOwn(numbers, name) ? numbers[name] : name,
    );
  },

  value(text, numbers) {
    const code = Formula.withNumbers(text, numbers).replaceAll("·", "*");
    return new Function(`return ${code.replace(/floor|ceil|max|min/g, "Math.$&")}`)();
  },

  /* 61706 as 61,706. */
  written(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  },
};
