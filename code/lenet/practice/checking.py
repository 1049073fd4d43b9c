"""check("04.3", 61706): right, or what went wrong, with one hint more for each wrong try."""

from collections import Counter
from dataclasses import dataclass
from html import escape

from lenet.practice.answers import Unreadable, read
from lenet.practice.book import find, of_chapter
from lenet.practice.questions import Question
from lenet.table import Table

NEUTRAL = (
    "More than one slip leads to this number, so it does not tell which. "
    "Write the formula down, and put in each number anew."
)
_hints_given: Counter = Counter()


@dataclass(frozen=True)
class Reply:
    """What is said of an answer; true where it was right."""

    verdict: str
    lines: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.verdict == "right"

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.lines)


def diagnosis(question: Question, given) -> Reply:
    """What is said of an answer alone: its verdict is right, wrong or unreadable.

    A wrong answer whose cause is one slip is told the slip; where there are several, that it
    does not tell which.
    """
    try:
        value = read(given, question.wanted)
    except Unreadable as wrong_type:
        return Reply("unreadable", (str(wrong_type),))
    if question.accepts(value):
        return Reply("right", (question.praise,))
    causes = question.causes(value)
    if len(causes) == 1:
        return Reply("wrong", (f"Not yet: {causes[0].name}. {causes[0].said}",))
    if causes:
        return Reply("wrong", ("Not yet.", NEUTRAL))
    return Reply("wrong", (question.blame(value),))


def check(number: str, given) -> Reply:
    """What is said of an answer to a question of the book.

    `number` is the question's, such as "04.3". The answer may be a number or a shape, or how
    one writes it: 61706, "61,706", (28, 28, 6), "28×28×6". Each wrong try after the first
    brings one more hint, and the last says where the answer is worked out. Raises TypeError
    or ValueError for a question that does not exist.

    >>> check("04.6", "2,416")
    Right.
    >>> check("04.6", 2400)
    Not yet: bias forgotten. You counted the weights alone. What else does each unit, or each map, \
learn or read besides what comes in?
    """
    question = find(number)
    reply = diagnosis(question, given)
    if reply.verdict == "right":
        _hints_given.pop(question.id, None)
    if reply.verdict != "wrong":
        return reply
    told = len(reply.lines) == 1 and reply.lines[0] != "Not yet."
    if told and question.id not in _hints_given:
        _hints_given[question.id] = 0
        return reply
    return Reply("wrong", (*reply.lines, _next_hint(question)))


def hint(number: str) -> Reply:
    """One more hint for a question, and at last where the answer is worked out.

    >>> hint("04.6")
    Hint: Weights and biases are counted apart first, and then added.
    """
    return Reply("hint", (_next_hint(find(number)),))


def ask(chapter: str) -> Table:
    """The questions of a chapter: ask("04").

    Raises ValueError for a chapter that has none.
    """
    questions = of_chapter(str(chapter).zfill(2))
    if not questions:
        raise ValueError(f"no question in chapter {str(chapter)[:20]!r}; see ask('04')")
    return Table(("id", "question"), tuple((q.id, q.text) for q in questions))


def forget() -> None:
    """Begin anew: no try has been made, and no hint given."""
    _hints_given.clear()


def _next_hint(question: Question) -> str:
    hints, given = question.hints, _hints_given[question.id]
    _hints_given[question.id] = min(given + 1, len(hints))
    if given < len(hints):
        return f"Hint: {hints[given]}"
    return f"It is worked out in {place(question)}."


def place(question: Question) -> str:
    """Where the answer is worked out."""
    return f"chapter {int(question.id.partition('.')[0])}, under “{question.solution}”"
