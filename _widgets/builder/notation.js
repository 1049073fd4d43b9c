"use strict";
/* A network in one line, read and written: 32x32x1: conv 6 5x5 tanh, avgpool 2, flatten. Which
   words there are, and what is said of a slip, comes from the package as `rules.notation`. */
const Notation = {
  /* {shape, layers}, each layer with its `word`, its arguments and maybe a name. Throws an Error
     that says what the shell would, also where the layers do not fit each other. */
  parse(text, rules) {
    const line = new NotationLine(text, rules);
    const { shape, clauses } = line;
    const layers = line.layers();
    const slip = (at, error) => {
      const [word] = clauses[at];
      const problem = Slips.message(line.said.misfit, { kind: word.text, error: error.message });
      throw line.slip(word, problem);
    };
    const network = { shape, layers };
    const { error, at } = Chain.count(network, rules);
    if (error && at === undefined) throw line.whole(error.message);
    if (error) slip(at, error);
    return network;
  },

  /* The line of a network; nothing where no line can write it. */
  write({ shape, layers }, { notation }) {
    if (layers.some((layer) => !layer.word)) return undefined;
    const clauses = layers.map((layer) => Notation.clause(layer, notation));
    return `${shape.join("x")}: ${clauses.join(", ")}`;
  },

  clause(layer, { kinds, sized, plain }) {
    const { sizes, given } = kinds[layer.word];
    const parts = [layer.word, ...sizes.map((name) => Notation.size(layer[name]))];
    for (const [word, name] of Object.entries(sized)) {
      const usual = name === "strides" ? (layer.pool_size ?? given.strides) : given[name];
      const differs = name in given && Notation.size(layer[name]) !== Notation.size(usual);
      if (differs) parts.push(word, Notation.size(layer[name]));
    }
    for (const [word, [name, value]] of Object.entries(plain)) {
      if (layer[name] === value && given[name] !== value) parts.push(word);
    }
    if (layer.activation) parts.push(layer.activation);
    if (layer.name) parts.push("as", layer.name);
    return parts.join(" ");
  },

  /* 5 or 5x3. */
  size: (value) => [...new Set([value].flat())].join("x"),
};

/* One line while it is read: its letters, its words with their places, and its slips. */
class NotationLine {
  constructor(text, rules) {
    this.letters = [...text];
    this.said = rules.notation.said;
    this.rules = rules.notation;
    this.messages = rules.messages;
    const colon = this.letters.indexOf(":");
    if (colon < 0)
      throw this.slip({ start: this.letters.length, length: 1 }, this.said["no colon"]);
    this.colon = colon;
    this.shape = this.inputShape(this.letters.slice(0, colon).join(""));
    this.clauses = this.split(colon + 1);
  }

  /* The slip at a word, with the nearest of the words that are known there. */
  slip({ start, text, length = [...text].length }, problem, known) {
    let whole = problem;
    if (known) {
      const near = Slips.nearest([...text].slice(0, this.rules.longest_word).join(""), known);
      const words = { problem, near, known: known.join(", ") };
      whole = Slips.message(this.said[near ? "near" : "all"], words);
    }
    return Slips.at(this.letters, start, length, whole, { longest: this.rules.longest });
  }

  say(word, name, words, known) {
    return this.slip(word, Slips.message(this.said[name], words), known);
  }

  whole(problem) {
    const length = this.letters.length - this.colon - 1;
    return this.slip({ start: this.colon + 1, length }, problem);
  }

  short(word) {
    return Slips.shortened(word.text, this.rules.longest_word);
  }

  layers() {
    return this.clauses.map((words) => this.layer(words));
  }

  words(letters, from) {
    const words = [];
    let open;
    for (const [at, letter] of letters.entries()) {
      if (this.rules.spaces.includes(letter)) open = undefined;
      else if (open) open.text += letter;
      else {
        open = { text: letter, start: from + at };
        words.push(open);
      }
    }
    return words;
  }

  inputShape(head) {
    const letters = [...head];
    const [first, ...others] = this.words(letters, 0);
    const last = others.at(-1) ?? first;
    const stop = last ? last.start + [...last.text].length : 0;
    const start = first ? first.start : letters.length;
    const word = { text: letters.slice(start, stop).join(""), start };
    if (!/^[1-9][0-9]*(x[1-9][0-9]*x[1-9][0-9]*)?$/.test(word.text)) {
      throw this.say(word, "no shape", { got: this.short(word) || "nothing" });
    }
    return this.numbers(word, "an input");
  }

  /* The words of each layer. */
  split(from) {
    const clauses = [];
    let start = from;
    for (let at = from; at <= this.letters.length; at += 1) {
      if (at < this.letters.length && this.letters[at] !== ",") continue;
      const words = this.words(this.letters.slice(start, at), start);
      const kinds = Object.keys(this.rules.kinds).join(", ");
      if (!words.length) throw this.say({ start, length: 1 }, "no layer", { kinds });
      clauses.push(words);
      start = at + 1;
    }
    return clauses;
  }

  layer([word, ...rest]) {
    const known = this.rules.kinds;
    const names = Object.keys(known);
    if (!names.includes(word.text))
      throw this.say(word, "no kind", { got: this.short(word) }, names);
    const { kind, sizes, given } = known[word.text];
    const told = this.sizes(word, rest, sizes);
    const queue = rest.slice(sizes.length);
    while (queue.length) {
      const option = queue.shift();
      const [name, value] = this.option(option, queue);
      if (name !== "name" && !(name in given)) {
        throw this.say(option, "not taken", { kind: word.text, got: option.text });
      }
      if (name in told) throw this.say(option, "twice", { name });
      told[name] = value;
    }
    return this.made(word, { word: word.text, kind, ...given, ...told }, told);
  }

  /* The layer with two numbers for what goes by axis. */
  made(word, layer, told) {
    for (const [name, value] of Object.entries(layer)) {
      const axes = typeof value === "number" && !this.rules.counts.includes(name);
      if (axes) layer[name] = [value, value];
    }
    if (layer.pool_size && !told.strides) layer.strides = layer.pool_size;
    const refused = layer.kind === "Conv2DTranspose" && Math.max(...layer.strides) > 1;
    if (refused && Math.max(...layer.dilation_rate) > 1) {
      const words = { strides: layer.strides, dilation_rate: layer.dilation_rate };
      for (const name of Object.keys(words)) words[name] = Layers.tuple(words[name]);
      throw this.slip(word, Slips.message(this.messages.both, words));
    }
    return layer;
  }

  sizes(word, rest, names) {
    const told = {};
    names.slice(0, rest.length).forEach((name, at) => {
      told[name] = this.size(rest[at], name);
    });
    if (rest.length >= names.length) return told;
    const words = { kind: word.text, names: names.join(" and "), missing: names[rest.length] };
    throw this.say(this.after(rest.at(-1) ?? word), "needs", words);
  }

  /* Where the next word would begin. */
  after({ start, text }) {
    return { text: "", start: start + [...text].length + 1 };
  }

  /* The argument that a word sets, and its value, which may be the next word. */
  option(word, queue) {
    const { plain, sized, activations } = this.rules;
    const { text } = word;
    if (Object.hasOwn(plain, text)) return plain[text];
    if (activations.includes(text)) return ["activation", text];
    if (!Object.hasOwn(sized, text) && text !== "as") {
      const known = [...Object.keys(sized), ...Object.keys(plain), "as", ...activations];
      throw this.say(word, "not known", { got: this.short(word) }, known);
    }
    const wanted = text === "as" ? "a name" : "a size";
    if (!queue.length) throw this.say(this.after(word), "more", { wanted });
    const next = queue.shift();
    return text === "as" ? ["name", this.name(next)] : [sized[text], this.size(next, sized[text])];
  }

  name(word) {
    const most = this.rules.longest_word;
    const fits = [...word.text].length <= most && [...word.text].every(Slips.printable);
    if (!fits) throw this.say(word, "no name", { most, got: this.short(word) });
    return word.text;
  }

  size(word, name) {
    const counts = this.rules.counts.includes(name);
    const pattern = counts ? /^[1-9][0-9]*$/ : /^[1-9][0-9]*(x[1-9][0-9]*)?$/;
    if (!pattern.test(word.text)) {
      const wanted = counts ? this.rules.a_count : this.rules.a_size;
      throw this.say(word, "other", { wanted, name, got: this.short(word) });
    }
    const numbers = this.numbers(word, name);
    return numbers.length === 2 ? numbers : numbers[0];
  }

  numbers(word, name) {
    const parts = word.text.split("x");
    const most = this.rules.largest;
    if (parts.some((part) => part.length > 10 || Number(part) > most)) {
      throw this.say(word, "large", { most, name, got: this.short(word) });
    }
    return parts.map(Number);
  }
}
