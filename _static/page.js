"use strict";
/* The theme is set before the page is drawn; all else waits until the page is there. */
const root = document.documentElement;
const stored = () => {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
};
const dark = matchMedia("(prefers-color-scheme: dark)");

function setTheme(name) {
  root.dataset.theme = name ?? stored() ?? (dark.matches ? "dark" : "light");
}
setTheme();
dark.addEventListener("change", () => setTheme());

function themeButton(button) {
  const show = () => button.setAttribute("aria-pressed", root.dataset.theme === "dark");
  button.hidden = false;
  button.addEventListener("click", () => {
    const name = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", name);
    } catch {
      /* then for this page only */
    }
    setTheme(name);
    show();
  });
  show();
}

/* A button that copies the code of a cell, where the browser lets a page do that. */
function copyButton(pre) {
  const button = document.createElement("button");
  const label = (text) => {
    button.textContent = text;
  };
  button.type = "button";
  button.className = "copy";
  button.setAttribute("aria-live", "polite");
  label("Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(pre.textContent.trimEnd());
    label("Copied");
    setTimeout(label, 1500, "Copy");
  });
  pre.parentElement.append(button);
}

/* A link to something inside closed folds opens them. */
function openFolds() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  if (target) target.scrollIntoView();
}

addEventListener("DOMContentLoaded", () => {
  themeButton(document.querySelector("button.theme"));
  if (navigator.clipboard) document.querySelectorAll(".cell_input pre").forEach(copyButton);
  openFolds();
});
addEventListener("hashchange", openFolds);
