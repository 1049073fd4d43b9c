"""A Sphinx extension: formulas become MathML when the book is built, so no page needs a script.

latex2mathml converts them. Here is what it leaves to do: a formula is cut before its relation
signs, so that it wraps on a narrow screen; `aligned` becomes a list with a formula a line, which
a screen reader reads line by line; each part says in words what it is where MathML is not read.
What cannot be converted fails the build, with its page and line.
"""

import re
from html import escape
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from lenet.table import SYMBOLS
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

LOG = logging.getLogger(__name__)
ALIGNED = re.compile(r"\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*", re.DOTALL)
NEW_LINE = re.compile(r"\\\\(\[\w+\])?")
THOUSANDS = re.compile(  # 61{,}706 comes as three tokens
    r"<mn([^>]*)>([\d,]+)</mn><mrow><mo[^>]*>&#x0002C;</mo></mrow><mn[^>]*>(\d{3})</mn>"
)
GROWN = re.compile(  # brackets as high as what is in them; book.css draws them
    r'<mrow><mo[^>]*form="prefix">&#x0(230[8A]);</mo>(.*?)<mo[^>]*form="postfix">(&#x0230[9B];)</mo>'
)
KINDS = {"2308": "ceiling", "230A": "floor"}
BRACKETS = re.compile(r"<mi>(&#x0(?:230[89AB]);)</mi>")  # ⌈ ⌉ ⌊ ⌋ where they do not grow
# A minus after one of these belongs to what follows it.
MINUS = re.compile(r"(<mo[^>]*>&#x000(?:3D|B7|28);</mo>)<mo>(&#x02212;)</mo>")
WORDS = re.compile(r"[^<>]*(?=</mtext>)")
RELATIONS = ("=", r"\approx")
CUT = re.compile(r"\\[a-zA-Z]+|[{}()=]")
SIGNS = {
    "·": "times", "×": "times", "=": "equals", "≈": "is about", "−": "minus", "+": "plus",
    "/": "over", "⌊": "floor of", "⌋": "end floor", "⌈": "ceiling of", "⌉": "end ceiling",
    "∑": "sum", "%": "percent", "mod": "modulo",
}  # fmt: skip
SCRIPTS = {
    "mfrac": "{} over {}", "msup": "{} to the power {}", "msub": "{} sub {}",
    "munder": "{} over {}", "munderover": "{} from {} to {}", "msqrt": "root of {}",
    "msubsup": "{} sub {} to the power {}",
}  # fmt: skip


def html_of(tex: str, display: bool = False) -> str:
    """A formula as HTML; of `aligned` a list of its lines.

    Raises ValueError with the formula where something in it is not known.
    """
    if found := ALIGNED.fullmatch(tex):
        lines, gaps = (pieces := NEW_LINE.split(found[1]))[::2], [None, *pieces[1::2]]
        items = [_line(*pair) for pair in zip(lines, gaps, strict=True) if pair[0].strip()]
        # Safari takes a list without bullets for one only where it is said.
        return f'<ul class="formulas" role="list">{"".join(items)}</ul>'
    shown = "<wbr>".join(mathml(part, display) for part in parts(tex))
    return f'<div class="formula">{shown}</div>' if display else shown


def _line(line: str, gap: str | None) -> str:
    """A line of `aligned`: what is set further in belongs to the line above it.

    A line after a gap begins something new.
    """
    further = r"\quad" in line or line.lstrip().startswith("&=")
    text = re.sub(r"(?<!\\)&", "", line).replace(r"\quad", "").strip()
    shown = "<wbr>".join(mathml(part, True) for part in parts(text))
    kind = "further" if further else "apart" if gap else ""
    return f'<li class="{kind}">{shown}</li>' if kind else f"<li>{shown}</li>"


def parts(tex: str) -> list[str]:
    """The formula, cut before each relation sign that stands in no braces or brackets."""
    cut, depth, start = [], 0, 0
    for token in CUT.finditer(tex):
        depth += token[0] in ("{", "(", r"\left")
        depth -= token[0] in ("}", ")", r"\right")
        if token[0] in RELATIONS and depth == 0 and tex[start : token.start()].strip():
            cut.append(tex[start : token.start()])
            start = token.start()
    return [part.strip() for part in (*cut, tex[start:])]


def mathml(tex: str, display: bool = False) -> str:
    """One <math> element; ValueError where something in the formula is not known."""
    for sign, written in SYMBOLS.items():  # in the names of layers
        tex = tex.replace(written, sign)
    made = convert(re.sub(r"\\mathrm\{", r"\\text{", tex))
    while THOUSANDS.search(made):
        made = THOUSANDS.sub(r"<mn\1>\2,\3</mn>", made)
    made = BRACKETS.sub(r'<mo stretchy="false">\1</mo>', made)
    made = GROWN.sub(_grown, made)
    made = MINUS.sub(r'\1<mo form="prefix">\2</mo>', made)
    made = made.replace(' mathvariant="bold"', ' class="strong"')
    made = WORDS.sub(lambda found: re.sub(r"\\([_%$#])", r"\1", found[0]), made)  # conv2d\_1
    left = re.findall(r">([^<]*[\\&{}][^<]*)<", re.sub(r"&#x\w+;|&\w+;", "", made))
    left += re.findall("mspace linebreak|mtable", made)  # lines and tables that are not `aligned`
    if left:
        raise ValueError(f"{left[0]} is not known in the formula {tex}")
    style = ' displaystyle="true"' if display else ""
    words = escape(spoken(ElementTree.fromstring(made)))
    return re.sub(r"<math [^>]*>", f'<math alttext="{words}"{style}>', made)


def _grown(found: re.Match) -> str:
    """Brackets round something high: without a font for mathematics they would stay small."""
    kind, inside, end = found.groups()
    start = f'<mrow class="{KINDS[kind]}"><mo>&#x0{kind};</mo>'
    return f"{start}<mrow>{inside}</mrow><mo>{end}</mo>"


def spoken(part: ElementTree.Element) -> str:
    """A part of a formula in words, for those to whom MathML is not read.

    >>> spoken(ElementTree.fromstring(convert(r"O = \\lfloor N / K_h \\rfloor")))
    'O equals floor of N over K sub h end floor'
    """
    if not len(part):
        text = (part.text or "").replace("\u00a0", " ").strip()
        if text not in SIGNS and not part.tag.endswith("mtext") and re.search(r"[^\w\s!-~]", text):
            raise ValueError(f"{text} has no words")
        return SIGNS.get(text, text)
    said = [spoken(inner) for inner in part]
    if part.tag.rpartition("}")[2] in SCRIPTS:
        grouped = [f"({text})" if " " in text else text for text in said]
        return SCRIPTS[part.tag.rpartition("}")[2]].format(*grouped)
    return " ".join(filter(None, said))


def visit(writer: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula, in a line or by itself."""
    try:
        writer.body.append(html_of(node.astext(), isinstance(node, nodes.math_block)))
    except Exception as error:  # latex2mathml raises what it likes
        LOG.warning("formula %s: %s", node.astext(), error or type(error), location=node)
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_html_math_renderer("mathml", (visit, None), (visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
