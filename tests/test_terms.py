"""The first use of a word of the glossary links to its entry, on each chapter's page."""

import pytest
import small_book
from small_book import PICTURE, notebook

GLOSSARY = """# Glossary

```{glossary}
bias
  One number for each filter, added to its sum ([Parameters](04_parameters.md)).

dense
fully connected
  Reading every input.
  Each unit does ([Parameters](04_parameters.md)).

filter
  A kernel with its bias ([Parameters](04_parameters.md)).

fully connected network
  Dense layers only ([Parameters](04_parameters.md)).

`same`
  Zeros at the edge ([Parameters](04_parameters.md)).

step (of training)
  One change of all parameters ([Parameters](04_parameters.md)).

weights
  What inputs are multiplied with ([Parameters](04_parameters.md)).
```
"""
PAGE = """# Weights and biases

A step: each Weight and two weights, no filter-like `dense` thing, $bias$, the same.
See [dense](05_more.ipynb) and **biases**.
A bias is not linked after that.

- A fully connected network is not *fully connected*.

| of filters |
|---|
| a filter |

## A dense heading

A triangle filter, and *denser* than dense.
"""
FILTER = "A triangle filter is no filter."


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    captioned = {"caption": "A filter", "label": "fig-a"}
    pages = {
        "chapters/c_glossary": GLOSSARY,
        "chapters/04_parameters": PAGE,
        "chapters/05_more": notebook("# More", (captioned, PICTURE), FILTER),
        "chapters/reference": "# Reference\n\nA bias.",
    }
    folder = tmp_path_factory.mktemp("book")
    pages, warned = small_book.build(folder, pages, "cells", "terms")
    assert not warned
    return pages


def words(page) -> list[str]:
    return [" ".join(link.get_text().split()) for link in page.select("a.term")]


def test_each_word_is_linked_once_where_it_is_first_used(built):
    expected = ["Weight", "fully connected network", "fully connected", "filters"]
    assert words(built["chapters/04_parameters"]) == expected


def test_what_is_no_prose_or_means_something_else_is_left_plain(built):
    assert words(built["chapters/05_more"]) == ["filter"]
    assert built["chapters/05_more"].select_one("p a.term").previous_sibling.endswith("is no ")
    assert not words(built["chapters/reference"]) and not words(built["chapters/c_glossary"])


def test_a_link_leads_to_the_entry_and_says_it_without_the_chapter(built):
    links = {link.get_text(): link for link in built["chapters/04_parameters"].select("a.term")}
    link = links["fully connected"]
    assert link["href"] == "c_glossary.html#term-dense"
    assert built["chapters/c_glossary"].find(id="term-dense").name == "dt"
    assert link["title"] == "Reading every input. Each unit does."
    assert links["Weight"]["title"] == "What inputs are multiplied with."
