"""What a unit sees, as a reader uses it: by mouse, by keyboard, by touch."""

import sys
from pathlib import Path

import pytest
from browsing import FROM_DISK, PHONE

sys.path.append(str(Path(__file__).parents[2] / "tools"))
from audit import visits

PAGES = ["05_lenet5_1998", "08_inside_lenet"]
PAGE, WIDGET = PAGES[1], "unit"
OPEN = "Let the trained network read the digit"


def sentence(widget) -> str:
    return widget.locator(".unit-sentence").inner_text()


def read(page, widget):
    """Opens the network, and waits for its weights."""
    widget.get_by_role("button", name=OPEN).press("Enter")
    widget.locator(".unit-link").first.wait_for()


@pytest.mark.parametrize("page", PAGES)
def test_weights_are_asked_for_once_the_reader_wants_them(opened, server, page):
    for site in (server, FROM_DISK):
        tab, widget = opened(site, page=page)
        widget.scroll_into_view_if_needed()
        tab.wait_for_timeout(100)
        assert not [url for url in tab.asked if "/weights/" in url]
        assert "Its sum" not in sentence(widget)
        read(tab, widget)
        assert sum("/weights/lenet5-1998.js" in url for url in tab.asked) == 1
        assert "Its sum is " in sentence(widget)
        assert not widget.get_by_role("button", name=OPEN).is_visible()


def test_a_unit_sees_its_field_and_reads_its_links(opened):
    page, widget = opened(query="?layer=C3&map=14&row=0&column=9&digit=3")
    assert sentence(widget) == (
        "The unit in row 0, column 9 of map 14 of C3 sees the pixels in rows 0 to 13 "
        "and columns 18 to 31 and reads maps 0, 2, 3 and 5 of S2."
    )
    chosen = widget.locator(".unit-table td.is-chosen").all_inner_texts()
    assert chosen == ["×", "", "×", "×", "", "×"]
    read(page, widget)
    names = widget.locator(".unit-link figcaption").all_inner_texts()
    assert names[::2] == ["map 0 of S2", "map 2 of S2", "map 3 of S2", "map 5 of S2"]
    assert widget.locator(".widget-work").inner_text().count("1.7159·tanh(2/3·") == 1


def test_the_keyboard_is_enough_and_the_address_carries_the_unit(opened, server):
    page, widget = opened(server)
    widget.get_by_role("combobox", name="layer").select_option("S2")
    widget.get_by_role("slider", name="map").press("End")
    widget.get_by_role("slider", name="row").press("Home")
    widget.get_by_role("slider", name="column").press("ArrowRight")
    widget.get_by_role("combobox", name="digit").select_option("7")
    read(page, widget)
    assert sentence(widget).startswith("The unit in row 0, column 3 of map 5 of S2 sees the pixels")
    page.wait_for_url("**?digit=7&layer=S2&map=5&row=0&column=3#widget-unit")
    _, again = opened(server, "?" + page.url.partition("?")[2])
    assert sentence(again) == sentence(widget).partition(" Its sum")[0]
    said = widget.locator("[role=status].for-ears")
    page.wait_for_function("line => line.textContent.includes('Its sum')",
                           arg=said.element_handle())  # fmt: skip


def test_the_output_is_a_distance_to_a_code(opened):
    page, widget = opened(query="?layer=Output&map=3&digit=3")
    read(page, widget)
    near = float(sentence(widget).partition("Its distance is ")[2][:-1])
    widget.get_by_role("slider", name="unit").press("ArrowRight")
    far = float(sentence(widget).partition("Its distance is ")[2][:-1])
    assert sentence(widget).startswith("Unit 4 of the output sees the whole image") and near < far
    assert widget.locator(".unit-link figcaption").all_inner_texts() == [
        "F6", "the code", "squared gaps"]  # fmt: skip
    assert not widget.get_by_role("img", name="the unit's map").is_visible()
    widget.get_by_role("combobox", name="layer").select_option("C1")
    assert widget.get_by_role("slider", name="map").get_attribute("max") == "5"


def test_a_tap_chooses_the_unit_and_the_field_follows(opened):
    page, widget = opened(**PHONE)
    picture = widget.get_by_role("img", name="the unit's map, 5 by 5, empty")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"])
    assert sentence(widget).startswith("The unit in row 0, column 4 of map 0 of S4")
    image = widget.get_by_role("img", name="the digit, and what the unit sees")
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    page.touchscreen.tap(box["x"] + 2, box["y"] + box["height"] - 2)
    assert "rows 16 to 31 and columns 0 to 15" in sentence(widget)
    frame = widget.locator(".picture-frame").first.bounding_box()
    assert frame["width"] == pytest.approx(box["width"] / 2 + 6, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_pressed_is_44_pixels_high(opened):
    page, widget = opened(query="?layer=C3", **PHONE)
    read(page, widget)
    for target in widget.locator("button, input, select").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_opened_is_accessible(browser):
    with visits.visit(browser, f"chapters/{PAGES[1]}.html?layer=C3", FROM_DISK) as page:
        read(page, page.locator("#widget-unit .widget-live"))
        for colours in visits.COLOURS:
            assert visits.axe(page, colours, quick=True) == []


def test_weights_that_are_not_there_are_named(browser):
    page = browser.new_page()
    page.route("**/weights/*", lambda route: route.abort())
    page.goto(f"{FROM_DISK}chapters/{PAGES[0]}.html")
    page.get_by_role("button", name=OPEN).click()
    page.get_by_text("No network reads the digit: ").wait_for()
    assert page.get_by_text("/weights/lenet5-1998.js is not there").is_visible()
    page.unroute("**/weights/*")
    read(page, page.locator("#widget-unit .widget-live"))
    assert not page.locator("#widget-unit .widget-error").is_visible()
    page.close()


@pytest.mark.parametrize("page", PAGES)
def test_on_paper_and_without_a_script_the_picture_stands_in_its_place(opened, page):
    tab, _ = opened(page=page, java_script_enabled=False)
    assert tab.locator("#widget-unit .widget-picture svg").is_visible()
    tab, widget = opened(page=page)
    tab.emulate_media(media="print")
    assert tab.locator("#widget-unit .widget-picture svg").is_visible()
    assert not widget.is_visible()
