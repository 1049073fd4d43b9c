"use strict";
/* What a kernel makes of a picture. A picture is a list of channels, a kernel a list of slices, one
   for each channel; channels, slices and maps are lists of rows. */
const Convolution = {
  /* What meets at one place, for each slice and each of its rows: {pixel, weight, product}. */
  products: (channels, slices, row, column) =>
    slices.map((slice, depth) =>
      slice.map((weights, down) =>
        weights.map((weight, right) => {
          const pixel = channels[depth][row + down][column + right];
          return { pixel, weight, product: pixel * weight };
        }),
      ),
    ),

  sum: (products, bias) => products.flat(2).reduce((sum, { product }) => sum + product, bias),

  /* The whole feature map. */
  map({ channels, slices, bias }) {
    const [rows, columns] = Convolution.places({ channels, slices });
    return Convolution.filled(rows, columns, (row, column) =>
      Convolution.sum(Convolution.products(channels, slices, row, column), bias),
    );
  },

  /* At how many places the kernel fits, down and across. */
  places: ({ channels: [channel], slices: [slice] }) => [
    channel.length - slice.length + 1,
    channel[0].length - slice[0].length + 1,
  ],

  /* The largest or the mean of each window; what is left at the far ends is dropped. */
  pooled(map, size, kind) {
    const made = {
      max: (numbers) => Math.max(...numbers),
      mean: (numbers) => numbers.reduce((sum, number) => sum + number) / numbers.length,
    }[kind];
    return Convolution.filled(
      Math.floor(map.length / size),
      Math.floor(map[0].length / size),
      (row, column) =>
        made(
          map
            .slice(row * size, (row + 1) * size)
            .flatMap((line) => line.slice(column * size, (column + 1) * size)),
        ),
    );
  },

  filled: (rows, columns, value) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (__, column) => value(row, column)),
    ),

  /* A number as the book writes it: at most two decimals, and a minus as long as a plus. */
  shown: (number) => String(Number(number.toFixed(2)) + 0).replace("-", "−"),

  /* The other way round; null where no number is written. */
  read(text) {
    const plain = text.trim().replace("−", "-").replace(",", ".");
    return /^-?\d{1,3}(\.\d{1,2})?$/.test(plain) ? Number(plain) + 0 : null;
  },
};
