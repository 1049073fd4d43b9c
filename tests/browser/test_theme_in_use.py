"""What a reader does with the frame of a page: theme, lists, folds, copying."""

import pytest
from browsing import FROM_DISK, PHONE

CHAPTER = "chapters/04_parameters.html"


@pytest.fixture
def open_page(browser):
    """Opens a page of the book in a context of its own, which is closed at the end."""
    contexts = []

    def opened(name=CHAPTER, site=FROM_DISK, **how):
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()
        page.goto(site + name)
        return page

    yield opened
    for context in contexts:
        context.close()


def theme(page) -> str:
    return page.evaluate("document.documentElement.dataset.theme")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_the_readers_own_and_a_choice_stays(open_page, server, scheme):
    page = open_page(site=server, color_scheme=scheme)
    other = {"light": "dark", "dark": "light"}[scheme]
    button = page.locator("button.theme")
    assert theme(page) == scheme
    assert button.get_attribute("aria-pressed") == str(scheme == "dark").lower()
    button.focus()
    page.keyboard.press("Enter")
    assert theme(page) == other
    assert button.get_attribute("aria-pressed") == str(other == "dark").lower()
    page.reload()
    assert theme(page) == other


def test_where_nothing_can_be_stored_the_theme_still_changes(open_page):
    page = open_page()
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw Error('none'); }})"
    )
    page.reload()
    before = theme(page)
    page.locator("button.theme").click()
    assert theme(page) != before


def test_without_a_script_all_chapters_can_be_reached_on_a_phone(open_page):
    page = open_page(java_script_enabled=False, **PHONE)
    page.get_by_role("link", name="Chapters", exact=True).click()
    chapter = page.get_by_role("navigation", name="Chapters").get_by_role(
        "link", name="Inside LeNet-5"
    )
    assert chapter.is_visible()
    chapter.click()
    assert page.url.endswith("08_inside_lenet.html")
    assert not page.locator("button.theme").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_text(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the text")
    assert link.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("width", "left"), [(1280, True), (800, False)])
def test_the_lists_stand_beside_the_text_where_there_is_room(open_page, width, left):
    page = open_page(viewport={"width": width, "height": 800})
    chapters, text = (page.locator(name).bounding_box() for name in ("nav.chapters", "main"))
    assert (chapters["x"] + chapters["width"] <= text["x"]) == left
    assert (chapters["y"] >= text["y"] + text["height"]) == (not left)


def test_a_link_into_a_closed_solution_opens_it(open_page):
    page = open_page()
    output = page.locator("details.solution .cell_output").first
    assert not output.is_visible()
    page.evaluate("id => { location.hash = id; }", output.get_attribute("id"))
    output.wait_for(state="visible")


def test_code_is_copied_without_prompt_and_button(open_page, server):
    page = open_page(site=server, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Show all answers").click()
    cell = page.locator(".cell_input .highlight").first
    cell.hover()
    cell.get_by_role("button", name="Copy").click()
    cell.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("from lenet import Conv2D") and "Copy" not in copied


def test_a_wrong_address_has_a_page_that_leads_home(open_page):
    page = open_page("404.html")
    page.get_by_role("link", name="first page", exact=True).click()
    assert page.url.endswith("chapters/index.html")
