"""A Sphinx extension: the book's own theme, and what its templates show of each page.

The theme is `_theme/lenet_book`: a page loads what its layout.html names and nothing else. What
other extensions ask each page to load is left out, and Sphinx's own files are not kept.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator

ROOT = Path(__file__).parents[1]
STATIC = [path.name for path in (ROOT / "_static").iterdir()]
CITATION = ROOT / "CITATION.cff"
LONGEST = 200  # characters of a description: search engines show about so many
LISTS = {
    "genindex": "All names of the package lenet, from A to Z.",
    "search": "Search the book for words and numbers.",
    "404": "Nothing is at this address.",
}


def only_ours(app: Sphinx, config) -> None:
    """Jupyter Book sets options of the theme that it brings; this one has none."""
    config.html_theme_options = {}


def page_context(app: Sphinx, pagename: str, template: str, context: dict, doctree) -> None:
    """What the layout needs of a page beside what Sphinx gives it."""
    first = app.env.get_doctree(app.config.root_doc) if doctree is None else doctree
    context["description"] = LISTS.get(pagename) or description(first)
    context["edition"] = edition()
    context["parts"] = parts(app)
    context["sections"] = sections(doctree) if doctree else []
    context["picture"] = address(app, context, "_static/lenet5.png")


def edition() -> str:
    """Version and date, as CITATION.cff has them."""
    said = dict(re.findall(r"^(version|date-released): (\S+)", CITATION.read_text(), re.MULTILINE))
    return f"Version {said['version']} of {said['date-released']}"


def address(app: Sphinx, context: dict, name: str) -> str:
    """Where a file of the book is: the whole address where the book's own is known."""
    home = app.config.html_baseurl
    return f"{home.rstrip('/')}/{name}" if home else context["pathto"](name, 1)


def description(doctree: nodes.document) -> str:
    """The first paragraph of a page, cut after a word where it is long."""
    text = " ".join(next(doctree.findall(nodes.paragraph)).astext().split())
    if len(text) <= LONGEST:
        return text
    return re.sub(r"\W*\s\S*$", "", text[:LONGEST]) + " …"


def sections(doctree: nodes.document) -> list[dict[str, str]]:
    """The sections of a page by name and title, without those inside of them."""
    chapter = next(doctree.findall(nodes.section), nodes.section())
    found = [node for node in chapter.children if isinstance(node, nodes.section)]
    return [{"id": node["ids"][0], "title": node[0].astext()} for node in found]


def parts(app: Sphinx) -> list[dict]:
    """The parts of the book with their pages: name, title, and number where it has one."""
    root = app.config.root_doc
    first = {"name": root, "title": "The first page", "number": ""}
    found = [{"caption": "The book", "pages": [first]}]
    for tree in app.env.get_doctree(root).findall(addnodes.toctree):
        pages = [page(app, name) for _, name in tree["entries"]]
        found.append({"caption": tree["caption"], "pages": pages})
    return found


def page(app: Sphinx, name: str) -> dict[str, str]:
    """A page of the book as the list of chapters shows it."""
    number = app.env.toc_secnumbers.get(name, {}).get("", ())
    return {
        "name": name,
        "title": app.env.titles[name].astext(),
        "number": ".".join(map(str, number)),
    }


def more_pages(app: Sphinx) -> list[tuple[str, dict, str]]:
    """The page at the root, which sends its reader on, and that of a wrong address."""
    return [("index", {}, "start.html"), ("404", {"title": "No such page"}, "404.html")]


def visit_citation(writer: SphinxTranslator, node: nodes.citation) -> None:
    """Open an entry of the sources, and the list before the first: plain, not by roles, of which
    those that docutils sets are no longer allowed."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        writer.body.append('<ul class="citation-list">\n')
    writer.body.append(writer.starttag(node, "li", CLASS="citation"))


def depart_citation(writer: SphinxTranslator, node: nodes.citation) -> None:
    """Close it."""
    last = not isinstance(node.next_node(descend=False, siblings=True), nodes.citation)
    writer.body.append("</li>\n</ul>\n" if last else "</li>\n")


def tidy(app: Sphinx, error: Exception | None) -> None:
    """Remove what Sphinx and its extensions bring for pages of other themes."""
    if error or app.builder.name != "html":
        return
    for path in Path(app.outdir, "_static").iterdir():
        if path.name not in STATIC and path.is_file():
            path.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_config_value("comments_config", {}, "")  # Jupyter Book sets it, for nobody here
    app.add_html_theme("lenet_book", str(ROOT / "_theme/lenet_book"))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.connect("config-inited", only_ours)
    app.connect("html-page-context", page_context)
    app.connect("html-collect-pages", more_pages)
    app.connect("build-finished", tidy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
