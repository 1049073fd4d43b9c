"""Every built page in the system's Chromium: its layout, figures, exercises, numbers, words.

What a page asks, logs and overflows by, and what axe says of it, test_audit_pages holds.
"""

import pytest
from browsing import SITE
from bs4 import BeautifulSoup

PAGES = ["index.html", "search.html", "genindex.html"]
PAGES += sorted(f"chapters/{path.name}" for path in (SITE / "chapters").glob("*.html"))
SENDS_ON = {"index.html": "chapters/index.html"}
WIDTHS = (360, 768, 1280, 1920)
LAYOUT = """() => {
    document.documentElement.classList.remove("guessing");  // what waits for a guess is shown
    document.querySelectorAll("details").forEach(fold => fold.open = true);
    const main = document.querySelector("main"), column = main.getBoundingClientRect();
    const margin = parseFloat(getComputedStyle(main).paddingLeft) - 1;
    const scrolls = each => each.scrollWidth > each.clientWidth + 1
        && ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
    const leaves = each => { const box = each.getBoundingClientRect(); return box.width
        && (box.left < column.left + margin || box.right > column.right - margin); };
    const sizes = [...main.querySelectorAll(".lenet-figure > svg")].flatMap(svg => {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll("text")].map(
            text => scale * parseFloat(getComputedStyle(text).fontSize)); });
    const named = each => (each.getAttribute("aria-label") || each.textContent).slice(0, 60);
    return {smallest: Math.min(...sizes.filter(size => size), 99),
        boxes: [...main.querySelectorAll(":not(svg *)")].filter(scrolls).map(named),
        cut: [...main.querySelectorAll(".lenet-figure > svg, img, table")].filter(leaves)
            .map(named)}; }"""


@pytest.fixture(scope="module")
def layouts(browser):
    """How each page is laid out at each width: what scrolls, and what leaves its column."""
    found, page = {}, browser.new_page()
    for name in PAGES:
        page.goto((SITE / SENDS_ON.get(name, name)).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[name, width] = page.evaluate(LAYOUT)
    page.close()
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_no_figure_and_no_table_leaves_its_column(layouts, width):
    cut = {name: layouts[name, width]["cut"] for name in PAGES}
    assert {name: what for name, what in cut.items() if what} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_in_a_page_scrolls_sideways(layouts, width):
    assert [box for name in PAGES for box in layouts[name, width]["boxes"]] == []


def test_type_in_figures_is_large_enough_on_a_phone(layouts):
    sizes = {name: layouts[name, 360]["smallest"] for name in PAGES}
    assert {name: size for name, size in sizes.items() if size < 9} == {}


def alts(page: str) -> list[str]:
    """What is said of each figure of a page to those who do not see it, in order."""
    html = BeautifulSoup((SITE / page).read_text(), "html.parser")
    figures = html.select("main :is(svg[role=img], img)")
    return [figure.get("aria-label") or figure.get("alt", "") for figure in figures]


@pytest.mark.parametrize("page", PAGES)
def test_no_two_figures_of_a_page_are_said_to_be_the_same(page):
    assert len(set(alts(page))) == len(alts(page)) and all(alts(page))


@pytest.mark.parametrize("page", PAGES)
def test_each_exercise_is_a_heading(page):
    html = BeautifulSoup((SITE / page).read_text(), "html.parser")
    for solution in html.select("details.solution"):
        number = solution.summary.get_text().removeprefix("Solution ")
        assert solution.find_previous("h3").get_text().startswith(f"Exercise {number}")


def test_the_test_would_see_what_scrolls_what_is_cut_and_what_is_small(browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(f"""<main style="padding: 10px"><pre style="overflow: auto">{"x" * 99}</pre>
        <table style="width: 500px"><td>wide</table><div class="lenet-figure"><svg width="100"
        viewBox="0 0 200 10"><text style="font-size: 9px">x</text></svg></div></main>""")
    seen = page.evaluate(LAYOUT)
    assert seen["smallest"] == 4.5
    assert seen["boxes"] == ["x" * 60] and seen["cut"] == ["wide"]
    page.close()


def test_a_long_line_of_code_goes_on_below_and_is_copied_as_it_is(browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((SITE / "chapters/07_cnn_vs_fnn.html").as_uri())
    page.get_by_role("button", name="Show all answers").click()
    code = page.locator(".cell_input pre", has_text="each used")
    longest = max(code.text_content().splitlines(), key=len)
    line = "pre => parseFloat(getComputedStyle(pre).lineHeight)"
    lines = code.evaluate("pre => pre.clientHeight") / code.evaluate(line)
    assert len(longest) > 60 and lines > len(code.text_content().splitlines()) + 1
    selected = "pre => (getSelection().selectAllChildren(pre), getSelection().toString())"
    assert code.evaluate(selected).rstrip() == code.text_content().rstrip()
    page.close()


OUTSIDE = """() => {
    document.documentElement.classList.remove("guessing");  // what waits for a guess is shown
    document.querySelectorAll("details").forEach(fold => fold.open = true);
    return [...document.querySelectorAll("math")].filter(formula => {
        const box = formula.getBoundingClientRect();
        return box.right > innerWidth || !box.height; }).map(formula => formula.textContent); }"""


@pytest.mark.parametrize("page", [page for page in PAGES if "/" in page])
def test_no_formula_is_cut_off_on_a_phone(browser, page):
    page_ = browser.new_page(viewport={"width": 360, "height": 740})
    page_.goto((SITE / page).as_uri())
    assert page_.evaluate(OUTSIDE) == []
    page_.close()


def test_the_test_would_see_a_formula_that_is_cut_off(browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(f"<math><mn>{'1' * 99}</mn></math>")
    assert page.evaluate(OUTSIDE) == ["1" * 99]
    page.close()


def test_a_solution_opens_with_its_text_and_its_output(browser):
    page = browser.new_page()
    page.goto((SITE / "chapters/03_output_shapes.html").as_uri())
    solution = page.locator("details.solution").first
    output = solution.locator(".cell_output").first
    assert not output.is_visible()
    solution.locator("summary").click()
    assert output.is_visible() and "23 pixels of room" in output.inner_text()


def test_drawings_take_the_themes_colours(browser):
    colours = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((SITE / "chapters/index.html").as_uri())
        script = "e => [getComputedStyle(e).fill, getComputedStyle(e).fontFamily]"
        fill, font = page.locator(".lenet-figure text").first.evaluate(script)
        body = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert font == body
        colours[scheme] = fill
        page.close()
    assert colours["light"] != colours["dark"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_have_the_colours_that_a_readers_system_forces(browser, theme):
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto((SITE / "chapters/10_after_lenet.html").as_uri())
    page.evaluate(f"document.documentElement.dataset.theme = {theme!r}")
    shown = page.evaluate("""() => { const as = (colour) => {
            document.body.style.cssText = `forced-color-adjust: none; color: ${colour}`;
            return getComputedStyle(document.body).color; };
        const system = ["Canvas", "CanvasText", "LinkText", "GrayText"].map(as);
        document.body.style.cssText = "";
        const drawn = [...document.querySelectorAll(".lenet-figure svg *")].flatMap(part => {
            const style = getComputedStyle(part);
            return [style.fill, style.stroke].filter(colour => colour.startsWith("rgb")); });
        return [system, [...new Set(drawn)]]; }""")
    system, drawn = shown
    assert set(drawn) <= set(system) and len(drawn) > 2
    page.close()


def test_a_picker_shows_what_is_chosen(browser):
    page = browser.new_page()
    page.goto((SITE / "chapters/08_inside_lenet.html").as_uri())
    picker = page.locator(".lenet-picker").first
    drawings = picker.locator(".lenet-figure")
    assert [drawings.nth(i).is_visible() for i in range(10)] == [i == 0 for i in range(10)]
    picker.get_by_label("7", exact=True).check()
    assert [drawings.nth(i).is_visible() for i in range(10)] == [i == 7 for i in range(10)]
    page.close()


def numbers(page, text: str):
    """The links of a page's numbers that have this text."""
    return page.locator("a.from", has_text=text)


@pytest.mark.parametrize("page", [page for page in PAGES if "/" in page])
def test_each_number_leads_to_an_output_and_says_which(browser, page):
    page_ = browser.new_page()
    page_.goto((SITE / page).as_uri())
    script = """links => links.map(a => [a.textContent, a.title, a.getAttribute("href"),
        !a.hash || a.pathname != location.pathname || !!document.querySelector(a.hash)])"""
    for text, title, href, there in page_.locator("a.from").evaluate_all(script):
        assert title and there, f"{text} leads to {href} and says {title!r}"
    assert page_.locator("a.from").locator("xpath=ancestor::*[self::h1 or self::code]").count() == 0
    page_.close()


def test_a_number_is_followed_with_the_keyboard_and_says_where_it_leads(browser):
    page = browser.new_page()
    page.goto((SITE / "chapters/04_parameters.html").as_uri())
    number = numbers(page, "33,058").first
    assert number.get_attribute("title") == "total, weights, in the table above"
    shown = "e => getComputedStyle(e, '::after').content"
    assert number.evaluate(shown) == "none"
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "total, weights, in the table above" in number.evaluate(shown)
    page.keyboard.press("Enter")
    output = page.locator(":target")
    assert "33,058" in output.inner_text() and output.is_visible()
    page.close()


def test_a_word_of_the_glossary_says_what_it_is_and_leads_there(browser):
    page = browser.new_page()
    page.goto((SITE / "chapters/04_parameters.html").as_uri())
    word = page.locator("a.term", has_text="biases").first
    definition = "One number for each filter or unit, which is added to its sum."
    assert word.get_attribute("title") == definition
    word.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert definition in word.evaluate("e => getComputedStyle(e, '::after').content")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c_glossary.html#*")
    assert page.locator(":target").inner_text().startswith("bias")
    page.close()


@pytest.mark.parametrize("page", [page for page in PAGES if "/" in page])
def test_each_word_that_is_linked_is_in_the_glossary(browser, page):
    page_ = browser.new_page()
    page_.goto((SITE / page).as_uri())
    links = page_.locator("a.term").evaluate_all("links => links.map(a => [a.hash, a.title])")
    page_.goto((SITE / "chapters/c_glossary.html").as_uri())
    there = set(page_.locator("dt").evaluate_all("terms => terms.map(dt => '#' + dt.id)"))
    assert all(hash in there and title for hash, title in links)
    assert len(links) == len(set(map(tuple, links)))
    page_.close()


def test_a_tap_on_a_number_opens_the_solution_that_it_comes_from(browser):
    page = browser.new_page(viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto((SITE / "chapters/04_parameters.html").as_uri())
    page.evaluate("""() => { const link = document.querySelector("a.from").cloneNode();
        link.hash = document.querySelector("details .cell_output").id; link.textContent = "7";
        document.querySelector("article h1").after(link); }""")
    assert not page.locator("details .cell_output").first.is_visible()
    page.locator("article h1 + a.from").tap()
    assert page.locator("details .cell_output").first.is_visible()
    page.close()


@pytest.mark.parametrize("kind", ["from", "term"])
def test_on_paper_a_number_and_a_word_are_plain_text(browser, kind):
    page = browser.new_page()
    page.goto((SITE / "chapters/04_parameters.html").as_uri())
    style = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).color]"
    link = page.locator(f"article p > a.{kind}").first
    line, _ = link.evaluate(style)
    assert line == "underline"
    page.emulate_media(media="print")
    line, colour = link.evaluate(style)
    _, around = link.locator("xpath=..").evaluate(style)
    assert (line, colour) == ("none", around)
    page.close()
