"use strict";
/* Maps as pictures: above zero in the page's accent, below it in the second colour, zero blank. */
const Maps = {
  /* A canvas for maps, `scale` pixels of the screen for each place. */
  canvas: (label, scale) =>
    Widget.element("canvas", { role: "img", "aria-label": label, "data-scale": scale }),

  /* Shows maps beside each other, `columns` in a row; `most` has the full colour. */
  show(canvas, { maps, height, width }, { columns = maps.length, most, gap = 1 } = {}) {
    const rows = Math.ceil(maps.length / columns);
    const [wide, high] = [columns * (width + gap) - gap, rows * (height + gap) - gap];
    if (canvas.width !== wide || canvas.height !== high) {
      Object.assign(canvas, { width: wide, height: high });
      canvas.style.width = `${wide * canvas.dataset.scale}px`;
    }
    const picture = new ImageData(wide, high);
    maps.forEach((map, m) => {
      const [left, top] = [(m % columns) * (width + gap), Math.floor(m / columns) * (height + gap)];
      for (let at = 0; at < map.length; at += 1) {
        const place = (top + Math.floor(at / width)) * wide + left + (at % width);
        Maps.colour(picture.data, 4 * place, map[at] / most);
      }
    });
    canvas.getContext("2d").putImageData(picture, 0, 0);
  },

  /* Mixed from the page's surface, without a half-transparent pixel. */
  colour(pixels, place, share) {
    const { surface, above, below } = Maps.colours;
    const [end, amount] = [share < 0 ? below : above, Math.min(1, Math.abs(share))];
    for (let part = 0; part < 3; part += 1) {
      pixels[place + part] = surface[part] + (end[part] - surface[part]) * amount;
    }
    pixels[place + 3] = 255;
  },

  /* The page's colours, read again when they change. */
  readColours() {
    const style = getComputedStyle(document.documentElement);
    const pen = Widget.element("canvas", { width: 1, height: 1 }).getContext("2d", {
      willReadFrequently: true,
    });
    const read = (name) => {
      // a pixel knows the reader's own colours too, which have no digits
      pen.fillStyle = style.getPropertyValue(name).trim();
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    };
    Maps.colours = {
      surface: read("--lenet-surface"),
      above: read("--lenet-accent"),
      below: read("--lenet-number"),
    };
    Maps.ink = { ...Maps.colours, above: read("--lenet-text") };
  },

  /* Which colour is which. */
  key() {
    const swatch = (kind) =>
      Widget.element("span", { class: `map-key ${kind}`, "aria-hidden": "true" });
    return Widget.element(
      "p",
      { class: "widget-note" },
      swatch("above"),
      " above 0 ",
      swatch("below"),
      " below 0",
    );
  },

  /* An image from 0 to 1, in ink. */
  showImage: (canvas, image, width) => Maps.showIn(Maps.ink, canvas, image, width, 1),

  /* An image whose 0 is black and whose `most` is white, in light and in dark. */
  showGreys: (canvas, image, width, most) =>
    Maps.showIn(
      { surface: [0, 0, 0], above: [255, 255, 255], below: [0, 0, 0] },
      canvas,
      image,
      width,
      most,
    ),

  showIn(colours, canvas, image, width, most) {
    const kept = Maps.colours;
    Maps.colours = colours;
    Maps.show(canvas, { maps: [image], width, height: image.length / width }, { most });
    Maps.colours = kept;
  },
};
