"""What the theme puts on each page: its lists, its description, and no file beside ours."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from small_book import TOOLS

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build/html"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
TOC = re.findall(r"file: (\S+)", (ROOT / "_toc.yml").read_text())
# All that a page may load from the disk or the server, beside pictures of its own.
MAY_LOAD = {"_static/page.css", "_static/book.css", "_static/page.js", "_static/favicon.ico"}
PRACTICE = {"_static/practice.css", "_static/practice.js"}  # where something is to be predicted
SEARCH = {"search.html": {"search_index.js", "_static/search.js"}}
UNIT = """shared/formula.js shared/forward.js shared/maps.js shared/picture.css shared/picture.js
    playground/digit.js unit/unit.css unit/reads.js unit/unit.js unit/view.js"""
WINDOWS = """shared/formula.js shared/layers.js shared/code.js windows/windows.css
    windows/drawings.js windows/windows.js windows/answer.js"""
BUILDER = """shared/formula.js shared/layers.js builder/builder.css builder/slips.js
    builder/notation.js builder/chain.js builder/table.js builder/blanks.js builder/editor.js
    builder/bars.js builder/found.js builder/builder.js"""
ON_PAGES = {
    "02_building_blocks": """shared/maps.js shared/picture.css shared/picture.js
        convolution/arithmetic.js convolution/board.js convolution/convolution.css
        convolution/convolution.js convolution/grid.js convolution/steps.js""",
    "03_output_shapes": WINDOWS,
    "04_parameters": f"{WINDOWS} {BUILDER}",
    "05_lenet5_1998": UNIT,
    "06_training": """shared/formula.js step/step.css step/descent.js step/step.js
        step/shared.js""",
    "07_cnn_vs_fnn": BUILDER,
    "08_inside_lenet": UNIT,
    "10_after_lenet": BUILDER,
    "11_playground": """shared/formula.js shared/forward.js shared/maps.js playground/wide.js
        playground/playground.css playground/digit.js playground/pad.js playground/answers.js
        playground/shifts.js playground/networks.js playground/playground.js
        playground/result.js""",
}
WIDGETS = {
    f"chapters/{page}.html": {
        f"_widgets/{name}" for name in ["shared/widget.css", "shared/widget.js", *files.split()]
    }
    for page, files in ON_PAGES.items()
}


@pytest.fixture(scope="module")
def theme():
    import sys

    sys.path.append(str(TOOLS))
    import theme

    return theme


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup((SITE / page).read_text(), "html.parser")


def loads(page: str, html: BeautifulSoup) -> set[str]:
    """The files that a page loads, as paths in the site; an address elsewhere as it stands."""
    found = [tag["src"] for tag in html.select("[src]")]
    found += [tag["href"] for tag in html.select("link[rel~=stylesheet], link[rel~=icon]")]
    here = (SITE / page).parent
    return {
        name if ":" in name else (here / name).resolve().relative_to(SITE).as_posix()
        for name in found
        if not name.startswith("data:")
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_what_is_named_here_and_nothing_else(page):
    html = soup(page)
    asks = PRACTICE if html.select(".guess, #progress") else set()
    more = SEARCH.get(page, set()) | WIDGETS.get(page, set()) | asks
    assert more <= loads(page, html) <= MAY_LOAD | more
    here = {script.get("type") for script in html.select("script:not([src])")}
    assert here == ({"application/json"} if page in WIDGETS else set())
    style = "".join(tag.get_text() for tag in html.select("style"))
    assert "@import" not in style and "url(" not in style


def test_a_file_more_would_be_seen():
    html = BeautifulSoup(
        '<script src="../_static/x.js"></script><link rel="stylesheet" href="https://a.b/c.css">',
        "html.parser",
    )
    assert loads("chapters/a.html", html) == {"_static/x.js", "https://a.b/c.css"}


def test_files_of_other_themes_are_not_kept():
    kept = {path.name for path in (SITE / "_static").iterdir() if path.is_file()}
    assert kept == {path.name for path in (ROOT / "_static").iterdir()}


@pytest.mark.parametrize("page", WIDGETS)
def test_a_page_with_widgets_has_at_most_60_kilobytes_of_scripts_and_styles(page):
    files = [name for name in loads(page, soup(page)) if name.endswith((".js", ".css"))]
    data = [script.string for script in soup(page).select("script:not([src])")]
    whole = [(SITE / name).read_bytes() for name in files] + [text.encode() for text in data]
    assert sum(len(gzip.compress(part)) for part in whole) <= 60_000


def test_weights_are_small_and_named_on_no_page():
    files = sorted((SITE / "_widgets/weights").iterdir())
    assert [path.stem for path in files] == ["fnn-1024-58-32-10", "lenet5-1998"]
    assert all(len(gzip.compress(path.read_bytes())) <= 130_000 for path in files)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "index.html"])
def test_each_page_lists_all_chapters_in_order_and_marks_its_own(page):
    html = soup(page)
    links = html.select("nav.chapters a")
    there = [((SITE / page).parent / a["href"]).resolve() for a in links if a["href"] != "#"]
    names = [path.relative_to(SITE).with_suffix("").as_posix() for path in there]
    own = page.removesuffix(".html")
    expected = [name for name in ["chapters/index", *TOC] if name != own]
    assert names == expected
    current = html.select("nav.chapters [aria-current=page]")
    assert len(current) == (own in ["chapters/index", *TOC])


@pytest.mark.parametrize("page", [f"{name}.html" for name in ["chapters/index", *TOC]])
def test_the_list_of_a_page_names_its_sections(page):
    html = soup(page)
    listed = [(a["href"], a.get_text()) for a in html.select("nav.sections li a")]
    for link in html.select(".headerlink"):
        link.decompose()
    sections = html.select("article > section > section")
    assert listed == [("#" + part["id"], part.h2.get_text()) for part in sections]


def test_titles_and_descriptions_are_there_and_differ():
    titles, descriptions = {}, {}
    for page in PAGES:
        html = soup(page)
        titles[page] = html.title.get_text()
        descriptions[page] = html.select_one("meta[name=description]")["content"]
    assert all(10 <= len(text) <= 220 for text in descriptions.values()), descriptions
    del titles["index.html"], descriptions["index.html"]  # it sends its reader on to the first
    assert len(set(titles.values())) == len(titles)
    assert len(set(descriptions.values())) == len(descriptions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C1 has 156\nparameters.", "C1 has 156 parameters."),
        ("word, " * 99, "word, " * 32 + "word …"),
    ],
)
def test_a_description_is_the_first_paragraph_cut_after_a_word(theme, text, expected):
    page = nodes.section("", nodes.title("", "C1"), nodes.paragraph("", text), nodes.paragraph())
    assert theme.description(page) == expected


def test_sections_inside_of_sections_are_not_listed(theme):
    def section(name, *parts):
        return nodes.section("", nodes.title("", name), *parts, ids=[name.lower()])

    page = section("Chapter", nodes.paragraph(), section("A", section("B")), section("C"))
    found = theme.sections(nodes.container("", page))
    assert found == [{"id": "a", "title": "A"}, {"id": "c", "title": "C"}]


def test_options_for_another_theme_are_dropped(theme):
    config = SimpleNamespace(html_theme_options={"search_bar_text": "Search this book..."})
    theme.only_ours(None, config)
    assert config.html_theme_options == {}


@pytest.mark.parametrize("page", [f"{name}.html" for name in ["chapters/index", *TOC]])
def test_a_link_to_a_page_shows_its_picture(page):
    picture = SITE / page / ".." / soup(page).select_one('meta[property="og:image"]')["content"]
    with Image.open(picture.resolve()) as image:
        assert image.size == (1200, 630) and len(image.getcolors(2**20)) > 50
    assert picture.stem == Path(page).stem


def test_the_address_of_a_picture_is_whole_where_the_books_is_known(theme):
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl="https://a.b/book/"))
    assert theme.address(app, {}, "_pictures/x.png") == "https://a.b/book/_pictures/x.png"
    app.config.html_baseurl = ""
    context = {"pathto": lambda name, resource: f"../{name}"}
    assert theme.address(app, context, "_pictures/x.png") == "../_pictures/x.png"


def test_at_a_wrong_address_links_start_from_the_pages_own_where_that_is_known():
    templates = Environment(loader=FileSystemLoader(TOOLS.parent / "_theme/lenet_book"))
    page = templates.get_template("404.html")
    known = {"pathto": lambda name, *_: name, "root_doc": "chapters/index"}
    assert "<base" not in page.render(known)
    html = BeautifulSoup(page.render(known, pageurl="https://me.org/404.html"), "html.parser")
    assert html.head.find(["base", "link", "script"]) == html.base
    assert html.base["href"] == "https://me.org/"
