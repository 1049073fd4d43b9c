"use strict";
/* A deck of slides: what is too long for one is set smaller, then reveal.js takes over. */
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = dark && !/print/.test(location.search) ? "dark" : "light";

const HEIGHT = 720,
  FOOT = 40,
  SMALLEST = 0.45;
document.body.classList.add("measuring");
for (const slide of document.querySelectorAll(".slides > section")) {
  for (let size = 1; slide.scrollHeight > HEIGHT - FOOT && size > SMALLEST; size -= 0.05) {
    slide.style.fontSize = `${size - 0.05}em`;
  }
}
document.body.classList.remove("measuring");

Reveal.initialize({
  width: 1280,
  height: HEIGHT,
  margin: 0.03,
  center: false,
  hash: true,
  slideNumber: "c/t",
  transition: "none",
  pdfSeparateFragments: false,
  scrollActivationWidth: null,
});
