"""The links of numbers on the built pages to where the numbers come from."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "_build/html/chapters").glob("*.html"))


def doubled(page: str) -> list[str]:
    """Links of numbers with nothing between them: a number that is there more than once."""
    links = BeautifulSoup(page, "html.parser").select("a.from")
    return [link.get_text() for link in links if link.next_sibling in links]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_number_stands_once_where_it_stands(page):
    """Also in a table, where many cells have the same text."""
    assert not doubled(page.read_text())


def test_a_number_twice_is_found():
    link = '<a class="from" href="#output-0">0</a>'
    assert doubled(f"<td>{link}{link}</td>") == ["0"]
    assert not doubled(f"<td>{link} and {link}</td><td>{link}</td>")
