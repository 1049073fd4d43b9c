"""The built book as one PDF with tags and bookmarks: the system's Chromium prints it, offline.

    python tools/pdf.py        _build/lenet-by-the-numbers.pdf, from the pages of `make book`

The pages are joined into one, so that their links lead from page to page of the PDF. Solutions
stand at the end, where nobody reads one by accident. Chromium has no tag for formulas: it gets
them as pictures with a text, and pypdf changes their tags.
"""

import sys
from pathlib import Path

import chromium
import yaml
from bs4 import BeautifulSoup, Tag
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build/html"
OUT = ROOT / "_build/lenet-by-the-numbers.pdf"
CLOSED = "details.show-code, .headerlink, button, .lenet-picker fieldset, style"
FORMULA = "Formula: "  # begins the alt text of one until it has its tag
STYLE = """
article { break-before: page; }
.lenet-picker > div > * { display: block !important; }
.lenet-figure svg, .lenet-table { break-inside: avoid; }
"""


def main() -> int:
    """Write the PDF; 1 where there is no browser or no page."""
    if chromium.PATH is None:
        print("No Chromium is here, which prints the PDF. Install it, then try again.")
        return 1
    if not (SITE / "chapters/index.html").exists():
        print("No pages are here yet: make book builds them.")
        return 1
    joined = SITE / "chapters/.joined.html"
    joined.write_text(book(), encoding="utf-8")
    try:
        printed(joined)
        tag_formulas(OUT)
    finally:
        joined.unlink()
    print(f"The book is in {OUT.relative_to(ROOT)}, {OUT.stat().st_size / 1e6:.1f} MB.")
    return 0


def printed(page: Path) -> None:
    """Print a page to OUT, with tags for screen readers and a bookmark for each heading."""
    foot = '<div style="font-size:8px;margin:auto"><span class="pageNumber"></span></div>'
    with chromium.opened() as browser:
        opened = browser.new_page(color_scheme="light")
        opened.goto(page.as_uri(), timeout=0)
        opened.pdf(
            path=OUT, format="A4", tagged=True, outline=True, print_background=True,
            display_header_footer=True, header_template="<div></div>", footer_template=foot,
            margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
        )  # fmt: skip


def tag_formulas(path: Path) -> None:
    """Give the formulas of a PDF their own tag, and their texts without the mark."""
    made = PdfWriter(clone_from=path)
    todo = [made.root_object["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            if (text := node.get("/Alt", "")).startswith(FORMULA):
                node[NameObject("/S")] = NameObject("/Formula")
                node[NameObject("/Alt")] = TextStringObject(text.removeprefix(FORMULA))
            todo += [node["/K"]] if "/K" in node else []
    made.write(path)


def book() -> str:
    """All pages as one, their ids and the links between them made unique; solutions last."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    names = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    articles, solutions = [], []
    for name in (Path(name).name for name in names):
        article = BeautifulSoup((SITE / f"chapters/{name}.html").read_text(), "html.parser").article
        for extra in article.select(CLOSED):
            extra.decompose()
        own(article, name)
        for formula in article.select("math"):
            formula["role"], formula["aria-label"] = "img", FORMULA + formula["alttext"]
        solutions += map(taken, article.select("details.solution"))
        articles.append(str(article))
    end = f"<article><h1>Solutions</h1>{''.join(solutions)}</article>"
    head = f"<title>{toc_title()}</title><style>{STYLE}</style>"
    for sheet in ("page.css", "book.css"):
        head += f'<link rel="stylesheet" href="../_static/{sheet}">'
    body = f"<main>{''.join(articles)}{end}</main>"
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head>{body}</html>'


def toc_title() -> str:
    """The title of the book."""
    return yaml.safe_load((ROOT / "_config.yml").read_text())["title"]


def own(article: Tag, name: str) -> None:
    """Give ids and links of a page its name in front, so that they are its own in the book."""
    for tag in article.select("[id]"):
        tag["id"] = f"{name}--{tag['id']}"
    article["id"] = name
    for link in article.select("a[href]"):
        page, mark, place = link["href"].partition("#")
        target = Path(page or f"{name}.html")
        if "://" not in page and target.suffix == ".html":
            link["href"] = f"#{target.stem}--{place}" if mark and place else f"#{target.stem}"
    for details in article.select("details"):
        details["open"] = ""


def taken(solution: Tag) -> str:
    """A solution taken out of its page, with its name as a heading; a note stays there."""
    summary = solution.summary.extract()
    title = summary.get_text()
    note = BeautifulSoup(f"<p><em>{title} is at the end.</em></p>", "html.parser")
    solution.replace_with(note)
    return f"<h2>{title}</h2>{solution.decode_contents()}"


if __name__ == "__main__":
    sys.exit(main())
