"""A Sphinx extension: the book's own search, which finds numbers and parts of code names.

It writes search_index.js, one list of the sections of all pages with what stands in them: their
text, code, and outputs as text. For each word of the glossary one section teaches it: of the
chapter that its entry names, the one that has it in bold, in its heading, or first. The page
search.html loads the list and `_static/search.js`; no other page does. Sphinx's own search, which
knows whole words only, is switched off.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from docutils import nodes
from solutions import solution
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.nodes import bibliography
from terms import GLOSSARY

NAME = "search_index.js"


def sections(app: Sphinx) -> Iterator[dict]:
    """Each section of the book: page, title, address, text, words that it explains, solution."""
    order = [app.config.root_doc, *app.env.toctree_includes.get(app.config.root_doc, ())]
    for name in order:
        doctree = app.env.get_doctree(name)
        for place in list(doctree.findall(bibliography)):
            place.replace_self(nodes.paragraph("", works(app)))
        page = app.env.titles[name].astext()
        for section in doctree.findall(nodes.section):
            text, solved = texts(section)
            found = {
                "page": page,
                "title": section[0].astext(),
                "at": f"{name}.html#{section['ids'][0]}",
                "text": text,
                "solution": solved,
                "explains": explained(section),
            }
            yield {key: value for key, value in found.items() if value}


def works(app: Sphinx) -> str:
    """The bibliography as text, each work after its key."""
    entries = [work.formatted_entry for work in app.env.get_domain("cite").citations]
    return " ".join(f"{entry.label} {entry.text.render_as('text')}" for entry in entries)


def texts(section: nodes.section) -> tuple[str, str]:
    """What stands in a section, without the sections inside of it: the text, and its solutions."""
    parts: dict[bool, list[str]] = {False: [], True: []}
    for node in section.children[1:]:
        parts[isinstance(node, solution)].append(words(node))
    return tuple(" ".join(" ".join(parts[which]).split()) for which in (False, True))


def words(node: nodes.Node) -> str:
    """The text of a node."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.image):
        return node.get("alt", "")
    if isinstance(node, nodes.section) or node.get("refdomain") == "cite":
        return ""  # a source stands in the text by its key
    if isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle":
        return output({form.get("mime_type"): form for form in node.children})
    if isinstance(node, nodes.raw):
        return re.sub(r"<[^>]*>", " ", node.astext())
    if isinstance(node, (nodes.literal_block, nodes.math, nodes.math_block)):
        return node.astext()
    joint = "" if isinstance(node, (nodes.Inline, nodes.TextElement)) else " "
    return joint.join(map(words, node.children))


def output(forms: dict[str, nodes.Node]) -> str:
    """What an output says: a figure its alt text, all of a picker, others their plain text."""
    html = forms["text/html"].astext() if "text/html" in forms else ""
    figures = re.findall(r'<svg[^>]* aria-label="([^"]*)"', html)
    if figures:
        return unescape(f"Figure: {' '.join(figures)}")
    return words(forms.get("text/plain", next(iter(forms.values()))))


def explained(section: nodes.section) -> list[str]:
    """The words that a section explains: those in bold, in its own paragraphs."""
    own = [part for part in section.children if not isinstance(part, nodes.section)]
    return [bold.astext().lower() for part in own for bold in part.findall(nodes.strong)]


def entries(glossary: nodes.document) -> Iterator[tuple[list[str], str]]:
    """The names of each entry of the glossary, without remarks, and the page that explains them."""
    for item in glossary.findall(nodes.definition_list_item):
        names = [term.astext() for term in item.children if isinstance(term, nodes.term)]
        link = next(item.findall(addnodes.pending_xref), None)
        if link is not None:
            yield [re.sub(r"\s*\(.*\)", "", name) for name in names], link["reftarget"]


def teach(found: list[dict], names: list[str], page: str) -> None:
    """Write each name into the section of the page that teaches it."""
    own = [section for section in found if section["at"].startswith(f"{page}.html#")]
    for name in names:
        teacher = next(teachers(own, [name]), None) or next(teachers(own, names), own[0])
        teacher.setdefault("teaches", []).append(name.lower())


def teachers(own: list[dict], names: list[str]) -> Iterator[dict]:
    """The sections that have one of the names, those first that have it in bold or on top."""
    words = "|".join(map(re.escape, names))
    whole = re.compile(rf"(?<![\w-])({words})(?:e?s|e?d)?(?![\w-])", re.IGNORECASE)
    for part in ("explains", "title", "text"):
        for section in own:
            if whole.search(str(section.get(part, ""))):
                yield section


def switch_off(app: Sphinx) -> None:
    """Sphinx writes no index of its own."""
    app.builder.search = False


def page(app: Sphinx) -> list[tuple[str, dict, str]]:
    """The page of the search."""
    return [("search", {"title": "Search"}, "search.html")]


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the index where all pages are."""
    if not error and app.builder.name == "html":
        found = list(sections(app))
        if GLOSSARY in app.env.all_docs:
            for names, page in entries(app.env.get_doctree(GLOSSARY)):
                teach(found, names, page)
        made = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        Path(app.outdir, NAME).write_text(f"const BOOK = {made};\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", switch_off)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
