"""What the text of a page tells: ids, links, alt texts, and what it weighs."""

import gzip
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag

from .pages import SITE

FIGURE = re.compile(rb"<svg.*?</svg>", re.DOTALL)
FIRST = "chapters/index.html"  # a reader's first page, when a chapter is the second
KILO = 1000


@cache
def soup(path: Path) -> BeautifulSoup:
    """A page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path: Path) -> Counter:
    """How often each id is in a page."""
    return Counter(tag["id"] for tag in soup(path).select("[id]"))


def twice(page: str) -> list[str]:
    """The ids that a page has more than once."""
    return [f"#{name}" for name, times in ids(SITE / page).items() if times > 1]


def lost(page: str) -> list[str]:
    """The links and anchors of a page that lead nowhere in the book; other hosts are not asked."""
    here, html = SITE / page, soup(SITE / page)
    led = {tag[name] for name in ("href", "src") for tag in html.select(f"[{name}]")}
    led |= {f"#{name}" for name in re.findall(r"url\(#([^)]+)\)", str(html))}
    return sorted(link for link in led if not leads(here, link))


def leads(here: Path, link: str) -> bool:
    """Whether a link on a page leads to another host, or to a file and a place that are there."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    path = (here.parent / unquote(parts.path)).resolve() if parts.path else here
    place = unquote(parts.fragment)
    return path.is_file() and (not place or path.suffix != ".html" or place in ids(path))


def misnested(page: str) -> list[str]:
    """What a parser must mend in a page: tags that are not closed, that cross, or stand wrong."""
    parser = html5lib.HTMLParser()
    parser.parse((SITE / page).read_text(encoding="utf-8"))
    return [f"{what} in line {line}" for (line, _), what, _ in parser.errors]


def silent(page: str) -> list[str]:
    """The images of a page that do not say what they show."""
    images = soup(SITE / page).select('img, [role="img"], area, input[type="image"]')
    return [str(image)[:80] for image in images if not says(image)]


def says(image: Tag) -> bool:
    """Whether an image has a text: for a decoration, the empty one."""
    if image.name == "img":
        return "alt" in image.attrs
    return bool(image.get("alt") or image.get("aria-label") or image.get("aria-labelledby"))


def loads(page: str) -> set[Path]:
    """The files that a page needs, itself among them: all but figures."""
    html = soup(SITE / page)
    names = [tag["src"] for tag in html.select("script[src]")]
    names += [tag["href"] for tag in html.select("link[rel~=stylesheet], link[rel~=icon]")]
    here = (SITE / page).parent
    return {SITE / page} | {(here / name).resolve() for name in names}


def weight(files: set[Path]) -> float:
    """What files weigh together in kB, compressed and without figures."""
    texts = (path.read_bytes() for path in files)
    return sum(len(gzip.compress(FIGURE.sub(b"", text))) for text in texts) / KILO


def measures(page: str) -> dict:
    """What the text of a page tells, by column."""
    return {
        "ids": twice(page),
        "links": lost(page),
        "alt": silent(page),
        "tags": misnested(page),
        "1st": weight(loads(page)),
        "2nd": weight(loads(page) - loads(FIRST)),
    }
