"""The commands `check` and `problems` of `python -m lenet`."""

from argparse import Namespace
from pathlib import Path

from lenet.practice.book import find
from lenet.practice.checking import diagnosis, place
from lenet.practice.problems import Sheet
from lenet.practice.sheets import files, roster, sheet_markdown
from lenet.slips import shortened


def checked(asked: Namespace) -> str:
    """A question, or what is said of an answer to it; and as many hints as are asked for."""
    question = find(asked.number)
    if asked.given is None:
        said = [question.text, f"The answer is {question.wanted}."]
    else:
        said = list(diagnosis(question, asked.given).lines)
    if asked.hints < 0:
        raise ValueError(f"--hints must be at least 0, got {asked.hints}")
    said += [f"Hint: {hint}" for hint in question.hints[: asked.hints]]
    if asked.hints > len(question.hints):
        said.append(f"It is worked out in {place(question)}.")
    return "\n".join(said)


def problems(asked: Namespace) -> str:
    """A sheet, or the names of the files that sheets and keys were written to."""
    topics = tuple(topic.strip() for topic in asked.topic.split(","))
    names = [""] if asked.roster is None else roster(_names(asked.roster))
    sheets = [Sheet(topics, asked.level, asked.count, asked.seed, name) for name in names]
    if asked.out is None and (asked.key or asked.roster):
        raise ValueError("--key and --roster need --out, the file that the sheet goes into")
    if asked.out is None:
        return sheet_markdown(sheets[0]).rstrip("\n")
    made = list(files(sheets, asked.out, asked.key))
    for path, text in made:
        path.write_bytes(text.encode())
    return "\n".join(str(path) for path, _ in made)


def _names(path: str) -> str:
    """The text of a roster, as spreadsheets write it too. Raises ValueError for no text."""
    try:
        return Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"the roster {shortened(path)!r} is no text in UTF-8") from None
