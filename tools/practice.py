"""A Sphinx extension: what a reader is asked to predict is a question, and then comes the answer.

Below each prompt, a paragraph *Predict …* of its own, what follows in its section up to the next
prompt or widget stands in a `<div class="gate">`, which the script `_static/practice.js` closes
until the reader has guessed or asks to be shown. Prompts with questions in `lenet.practice.book`
get these, with the table of right and wrong answers, so that the page only looks up; the others
get a button. Without the script, on paper and in the PDF, all is open. Pages without a prompt load
nothing.

The landing page gets a map of how far one is.
"""

import json
import re
from html import escape

from docutils import nodes
from lenet.practice.book import of_chapter
from lenet.practice.checking import NEUTRAL, place
from lenet.practice.quantities import Value
from lenet.practice.questions import Question
from lenet.practice.reckonings import Estimate
from solutions import solution
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

CHAPTER = re.compile(r"chapters/(\d\d)_\w+")
LANDING = "chapters/index"


class gate(nodes.General, nodes.Element):
    """What stays closed until a reader has guessed."""


class Gates(SphinxTransform):
    """Puts the questions below the prompts, and a gate around what follows."""

    default_priority = 750  # after captions are put around outputs

    def apply(self) -> None:
        """Called by Sphinx for each page that it reads."""
        found = CHAPTER.fullmatch(self.env.docname)
        left = of_chapter(found[1]) if found else []
        said: list[str] = []
        prompts = [node for node in self.document.findall(nodes.paragraph) if is_prompt(node)]
        for number, prompt in enumerate(prompts if found else (), 1):
            asked = [question for question in left if question.prompt in text_of(prompt)]
            left = [question for question in left if question not in asked]
            close(prompt, questions_html(asked, f"{found[1]}-{number}", said))
        if found and prompts:
            table = escape(json.dumps(said, ensure_ascii=False))
            told = f'<div id="slips" data-said="{table}"></div>\n'
            prompts[0].parent.insert(prompts[0].parent.index(prompts[0]), html(told))
        self.env.metadata[self.env.docname]["prompts"] = len(prompts) if found else 0


def is_prompt(node: nodes.paragraph) -> bool:
    """Whether a paragraph is all in italics and asks to predict something."""
    return (
        len(node.children) == 1
        and isinstance(node[0], nodes.emphasis)
        and node.astext().startswith("Predict")
    )


def text_of(prompt: nodes.paragraph) -> str:
    """The text of a prompt as its source has it, code in backquotes."""
    parts = prompt[0].children
    return "".join(f"`{p.astext()}`" if isinstance(p, nodes.literal) else p.astext() for p in parts)


def close(prompt: nodes.paragraph, questions: str) -> None:
    """Put what follows a prompt behind a gate, up to the next prompt or section.

    Not in an exercise: its answer is in the solution, which is closed by itself.
    """
    section, start = prompt.parent, prompt.parent.index(prompt) + 1
    if any(isinstance(node, solution) for node in section):
        section.insert(start, html(questions))
        return
    end = start
    while end < len(section) and not ends(section[end]):
        end += 1
    behind = gate()
    behind += section[start:end]
    section[start:end] = [html(questions), behind]


def ends(node: nodes.Node) -> bool:
    """Whether what stands behind a gate ends before this node."""
    free = isinstance(node, nodes.section | nodes.target | solution)
    free |= type(node).__name__ == "widget"
    return free or (isinstance(node, nodes.paragraph) and is_prompt(node))


def html(text: str) -> nodes.raw:
    """A node that is written as it stands."""
    return nodes.raw("", text, format="html")


def questions_html(asked: list[Question], name: str, said: list[str]) -> str:
    """The place of the questions of one prompt, with all that the script needs."""
    data = json.dumps([lookup(question, said) for question in asked], ensure_ascii=False)
    return f'<div class="guess" id="guess-{name}" data-ask="{escape(data)}"></div>\n'


def lookup(question: Question, said: list[str]) -> dict:
    """A question as the page looks it up; `said` collects what is said of slips, by number."""
    wrong = {}
    for value, kinds in question.wrong.items():
        text = NEUTRAL if len(kinds) > 1 else f"{kinds[0].name}. {kinds[0].said}"
        if text not in said:
            said.append(text)
        wrong[key(value)] = said.index(text)
    measured = isinstance(question, Estimate)
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.wanted.name.lower(),
        "wanted": f"The answer is {question.wanted}.",
        "right": key(question.answer),
        **({"near": question.near, "praise": question.praise} if measured else {}),
        "wrong": wrong,
        "hints": [*question.hints, f"It is worked out in {place(question)}, right below."],
    }


def key(value: Value) -> str:
    """An answer as the script writes it: 61706, 28×28×6, 8.47, or a batch as None×28×28×6."""
    return "×".join(map(str, value)) if isinstance(value, tuple) else repr(value)


def visit(writer, _: gate) -> None:
    """Open the gate's element."""
    writer.body.append('<div class="gate">\n')


def depart(writer, _: gate) -> None:
    """Close it."""
    writer.body.append("</div>\n")


def page_context(app: Sphinx, pagename: str, template: str, context: dict, doctree) -> None:
    """Whether a page needs the script, and how many questions each chapter has for the map."""
    context["practice"] = bool(app.env.metadata.get(pagename, {}).get("prompts"))
    if pagename == LANDING and doctree is not None:
        context["practice"] = True
        context["body"] += progress(app)


def progress(app: Sphinx) -> str:
    """The place of the map of one's own progress: each chapter with its questions."""
    rows = []
    for name in app.env.found_docs:
        if (found := CHAPTER.fullmatch(name)) and of_chapter(found[1]):
            title = app.env.titles[name].astext()
            rows.append([found[1], title, name.rpartition("/")[2] + ".html"])
    table = [[*row, [q.id for q in of_chapter(row[0])]] for row in sorted(rows)]
    data = escape(json.dumps(table, ensure_ascii=False))
    return f'<div id="progress" data-chapters="{data}"></div>'


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.add_node(gate, html=(visit, depart))
    app.add_transform(Gates)
    app.connect("html-page-context", page_context)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
