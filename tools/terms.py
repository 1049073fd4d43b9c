"""A Sphinx extension: the first use of each word of the glossary links to its entry.

On each chapter the first use becomes `<a class="term">` to the entry, and its title is the
definition without the chapter that it names. A word is found in any case, as a plural, as a
singular and with -ed; the longest name is found first. Left plain are headings, captions,
code, formulas and links. A word in bold is explained right there, so it needs no link, nor
do those after it. Names in `code` or with a remark in brackets, as in "step (of training)",
are in the glossary only to be looked up: their words mean other things too.
"""

import re
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

GLOSSARY = "chapters/c_glossary"
LINKED = re.compile(r"chapters/(\d\d_\w+|[ab]_\w+|index)")
# What only looks like a word of the glossary.
OTHERWISE = ("jumps over", "jumps to and fro", "triangle filter", "is a link to")
CHAPTER = "\x01"  # in the place of the link to a chapter
PLAIN = (
    nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.title, nodes.raw,
    nodes.reference, nodes.caption, nodes.comment, addnodes.pending_xref,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An entry of the glossary: where it stands, what it says, and its names."""

    target: str
    says: str
    names: tuple[str, ...]


def entries_of(glossary: nodes.document) -> list[Entry]:
    """The entries of the glossary's page that have a name to be found by."""
    found = []
    for item in glossary.findall(nodes.definition_list_item):
        terms = [child for child in item.children if isinstance(child, nodes.term)]
        named = [term for term in terms if not any(term.findall(nodes.literal))]
        named = [term for term in named if "(" not in term.astext()]
        if named:
            names = tuple(term.astext() for term in named)
            found.append(Entry(f"#{named[0]['ids'][0]}", definition(item), names))
    return found


def definition(item: nodes.definition_list_item) -> str:
    """What an entry says, as plain text, without the chapters that it names in brackets."""
    said = next(iter(item.findall(nodes.definition))).deepcopy()
    for link in [*said.findall(addnodes.pending_xref), *said.findall(nodes.reference)]:
        link.parent.replace(link, nodes.Text(CHAPTER))
    text = re.sub(rf"\s*\([^()]*{CHAPTER}[^()]*\)", "", said.astext()).replace(CHAPTER, "")
    return " ".join(text.split())


def pattern_of(entries: list[Entry]) -> tuple[re.Pattern, dict[str, Entry | None]]:
    """What finds a name in a text, and the entry of each name, as a singular in small letters."""
    known = {stem(name): entry for entry in entries for name in entry.names}
    known |= dict.fromkeys(OTHERWISE)
    longest = sorted(known, key=len, reverse=True)
    forms = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(rf"(?<![\w-])({forms})(?:e?s|e?d)?(?![\w-])", re.IGNORECASE), known


def stem(name: str) -> str:
    """A name in small letters and as a singular: weights as weight, bias as it is."""
    return re.sub(r"(?<![aius])s$", "", " ".join(name.lower().split()))


def link_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the first use of each word on a chapter's page."""
    if not LINKED.fullmatch(docname) or GLOSSARY not in app.env.all_docs:
        return
    entries = entries_of(app.env.get_doctree(GLOSSARY))
    uri = app.builder.get_relative_uri(docname, GLOSSARY)
    finds, known = pattern_of(entries)
    used: set[Entry] = set()
    for node in list(doctree.findall(nodes.Text)):
        if not inside(node, PLAIN) and not in_cell(node):
            parts = linked(node, finds, known, used, uri)
            if len(parts) > 1:
                node.parent.replace(node, parts)


def linked(
    node: nodes.Text, finds: re.Pattern, known: dict[str, Entry | None], used: set[Entry], uri: str
) -> list[nodes.Node]:
    """The parts of a text, with links for entries that were not used before."""
    text, parts, at = node.astext(), [], 0
    for match in finds.finditer(text):
        entry = known[" ".join(match[1].lower().split())]
        if entry is None or entry in used:
            continue
        used.add(entry)
        if not inside(node, (nodes.strong,)):
            link = nodes.reference("", match[0], refuri=uri + entry.target, internal=True)
            link["classes"], link["reftitle"] = ["term"], entry.says
            parts += [nodes.Text(text[at : match.start()]), link]
            at = match.end()
    return [*parts, nodes.Text(text[at:])]


def inside(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    """Whether a node stands in one of these kinds."""
    while (node := node.parent) is not None:
        if isinstance(node, kinds):
            return True
    return False


def in_cell(node: nodes.Node) -> bool:
    """Whether a node belongs to a code cell or its output."""
    while (node := node.parent) is not None:
        if node.get("nb_element"):
            return True
    return False


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.connect("doctree-resolved", link_terms, priority=600)  # after the marks of numbers
    return {"parallel_read_safe": True, "parallel_write_safe": True}
