"""What is said of a slip: the place in the line, and text that a terminal only shows."""

LONGEST_SHOWN = 100  # characters of a line with a slip; of a longer one, what is around it
LONGEST_WORD = 100
SAID = {  # of a line of notation; the pages of the book say the same
    "no colon": "expected an input shape and a colon: 32x32x1:",
    "no shape": "expected HEIGHTxWIDTHxCHANNELS or FEATURES, got {got}",
    "no layer": "expected a layer: {kinds}",
    "no kind": "{got!r} is no layer",
    "not taken": "{kind} takes no {got!r}",
    "twice": "{name} is said twice",
    "needs": "{kind} needs {names}: no {missing} here",
    "not known": "{got!r} is not known here",
    "more": "expected {wanted} here",
    "other": "expected {wanted} for {name}, got {got!r}",
    "large": "expected at most {most:,} for {name}, got {got}",
    "no name": "expected a name of at most {most} characters, all of them printable, got {got!r}",
    "near": "{problem}; did you mean {near}?",
    "all": "{problem}; there are {known}",
    "misfit": "{kind} does not fit: {error}",
}


class NotationError(ValueError):
    """A slip in the notation: what is wrong, and the line with a mark under the place."""

    def __init__(self, text: str, start: int, length: int, problem: str):
        first, last = 0, len(text)
        if last > LONGEST_SHOWN:
            first, last = max(start - LONGEST_SHOWN // 2, 0), start + LONGEST_SHOWN // 2
        before = "..." * (first > 0) + visible(text[first:start])
        word = visible(text[start : min(start + length, last)])
        after = visible(text[start + length : last]) + "..." * (last < len(text))
        behind = max(start - len(text), 0)  # a place where more is expected
        mark = " " * (len(before) + behind) + "^" * max(len(word), 1)
        super().__init__(f"{visible(problem)}\n  {before}{word}{after}\n  {mark}")
        self.start = start


def visible(text: str) -> str:
    r"""The text, with \u001b and the like for what a terminal would obey, or show nothing for.

    >>> print(visible("a\x1b[2Jb"))
    a\u001b[2Jb
    """
    hidden = {letter for letter in set(text) if not letter.isprintable()}
    return text.translate({ord(letter): code(letter) for letter in hidden}) if hidden else text


def code(letter: str) -> str:
    r"""The number of a character as Python and JSON write it: \u001b."""
    number = ord(letter)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def shortened(word: str) -> str:
    """The word, and of a very long one its beginning.

    >>> shortened("9" * 5_000)
    '999999999999999999999999999999... (5,000 characters)'
    """
    return word if len(word) <= LONGEST_WORD else f"{word[:30]}... ({len(word):,} characters)"
