"use strict";
/* What all widgets share: how one starts, the parts of its form, and how it speaks. */
const SVG = "http://www.w3.org/2000/svg";

const Widget = {
  FOLDER: document.currentScript.src.replace(/[^/]*\/[^/]*$/, ""), // of all widgets

  /* Makes the widget in each place that the page has for it; its picture stays for paper. */
  start(name, make) {
    for (const place of document.querySelectorAll(`.widget[data-widget="${name}"]`)) {
      const data = JSON.parse(place.querySelector("script").textContent);
      const room = Widget.element("div", { class: "widget-live" });
      place.append(room);
      place.classList.add("is-live");
      make(room, data);
    }
  },

  element(name, attributes = {}, ...children) {
    return Widget.filled(document.createElement(name), attributes, children);
  },

  svg(name, attributes = {}, ...children) {
    return Widget.filled(document.createElementNS(SVG, name), attributes, children);
  },

  filled(node, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  },

  /* A slider with its name and its value, which it says itself. Gives {row, input, set}. */
  slider(label, { min, max, step = 1, value, shown = String }, changed) {
    const id = Widget.id();
    const input = Widget.element("input", { type: "range", id, min, max, step, value });
    const output = Widget.element("output", { for: id, "aria-hidden": "true" });
    const show = () => {
      output.textContent = shown(Number(input.value));
      input.setAttribute("aria-valuetext", output.textContent);
    };
    const set = (number) => {
      input.value = number;
      show();
    };
    input.addEventListener("input", () => {
      show();
      changed(Number(input.value));
    });
    show();
    const row = Widget.element(
      "div",
      { class: "widget-slider" },
      Widget.element("label", { for: id }, label),
      output,
      input,
    );
    return { row, input, set };
  },

  /* Some choices of which one is taken. Gives {row, set}. */
  choice(label, options, value, changed) {
    const name = Widget.id();
    const inputs = Object.entries(options).map(([key, text]) => {
      const input = Widget.element("input", {
        type: "radio",
        name,
        value: key,
        checked: key === value,
      });
      input.addEventListener("change", () => changed(key));
      return [input, Widget.element("label", {}, input, ` ${text}`)];
    });
    const set = (key) =>
      inputs.forEach(([input]) => {
        input.checked = input.value === key;
      });
    const row = Widget.element(
      "fieldset",
      { class: "widget-choice" },
      Widget.element("legend", {}, label),
      ...inputs.map(([, text]) => text),
    );
    return { row, set };
  },

  /* A list of names of which one is taken. Gives {row, input}. */
  select(label, names, changed, shown = String) {
    const options = names.map((name) => Widget.element("option", { value: name }, shown(name)));
    const id = Widget.id();
    const input = Widget.element("select", { id }, ...options);
    input.addEventListener("change", () => changed(input.value));
    const row = Widget.element(
      "div",
      { class: "widget-select" },
      Widget.element("label", { for: id }, label),
      input,
    );
    return { row, input };
  },

  /* The lines of a derivation, each with its quantity in bold. */
  lines: (lines) =>
    lines.map(({ quantity, text }) =>
      Widget.element("li", {}, Widget.element("b", {}, quantity), text.slice(quantity.length)),
    ),

  checkbox(label, value, changed) {
    const input = Widget.element("input", { type: "checkbox", checked: value });
    input.addEventListener("change", () => changed(input.checked));
    const row = Widget.element("label", { class: "widget-check" }, input, ` ${label}`);
    return {
      row,
      set: (on) => {
        input.checked = on;
      },
    };
  },

  button: (label, pressed, attributes = {}) =>
    Widget.element(
      "button",
      { type: "button", class: "widget-button", onclick: pressed, ...attributes },
      label,
    ),

  /* A line that a screen reader says once its words have stayed for a while. */
  speaker(quiet = 700) {
    const line = Widget.element("p", { class: "for-ears", role: "status" });
    let waiting;
    const say = (words) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (line.textContent !== words) line.textContent = words;
      }, quiet);
    };
    return { line, say };
  },

  /* Called now, and whenever the page's colours change. */
  withTheme(draw) {
    new MutationObserver(draw).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    matchMedia("(forced-colors: active)").addEventListener("change", draw);
    draw();
  },

  /* Loads a script of the widgets' folder once; a classic one, which works from disk too. */
  script(name) {
    const address = `${Widget.FOLDER}${name}`;
    Widget.loading ??= {};
    Widget.loading[address] ??= new Promise((resolve, reject) => {
      const script = Widget.element("script", { src: address });
      script.onload = resolve;
      script.onerror = () => {
        delete Widget.loading[address];
        reject(Error(`${address} is not there`));
      };
      document.head.append(script);
    });
    return Widget.loading[address];
  },

  id: () => `widget-${(Widget.ids = (Widget.ids ?? 0) + 1)}`,
};

/* Settings in the page's address: what one reader sees, another can be sent. */
const Address = {
  read(names) {
    const found = new URLSearchParams(location.search);
    return Object.fromEntries(
      names.filter((name) => found.has(name)).map((name) => [name, found.get(name)]),
    );
  },

  /* Puts settings into the address, and takes out those that are undefined; others stay. */
  write(settings, place) {
    Address.changed = { ...Address.changed, ...settings };
    clearTimeout(Address.waiting); // some browsers refuse many changes in a second
    Address.waiting = setTimeout(() => {
      const found = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(Address.changed)) {
        if (value === undefined) found.delete(name);
        else found.set(name, value);
      }
      Address.changed = {};
      history.replaceState(
        null,
        "",
        `${location.pathname}${found.size ? `?${found}` : ""}#${place}`,
      );
    }, 300);
  },
};
