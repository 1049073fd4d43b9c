"""Convolution by hand as a reader uses it: typing, dragging, by keyboard, by finger."""

import sys
from pathlib import Path

import pytest
from browsing import FROM_DISK, PHONE

sys.path.append(str(Path(__file__).parents[2] / "tools"))
from audit import visits

PAGE, WIDGET = "02_building_blocks", "convolution"
STROKE = ["6", "−3", "−6", "5", "0", "−5", "4", "3", "−4"]  # its map, as the chapter has it


def cell(widget, grid: str, row: int, column: int):
    return widget.get_by_label(f"{grid}, row {row}, column {column}", exact=True)


def choice(widget, name: str):
    return widget.get_by_role("combobox", name=name, include_hidden=True)


def numbers(widget, grid: str) -> list[str]:
    return [field.input_value() for field in widget.get_by_label(f"{grid}, row ").all()]


def heading(widget) -> str:
    return widget.locator("h3").first.inner_text().partition(";")[0]


def test_each_output_is_typed_and_checked(opened, server):
    page, widget = opened(server)
    assert numbers(widget, "map") == [""] * 9
    assert widget.get_by_text("… + … + … + 0 = ?").is_visible()
    cell(widget, "map", 1, 1).click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert widget.get_by_text("Not 5 in row 1, column 1: add up the products below.").is_visible()
    assert cell(widget, "map", 1, 1).get_attribute("aria-invalid") == "true"
    for at, number in enumerate(STROKE):
        page.keyboard.type(number.replace("−", "-"))
        page.keyboard.press("Enter")
        yes = f"Yes: {number} in row {at // 3 + 1}, column {at % 3 + 1}."
        assert widget.locator(".by-hand-verdict").inner_text().startswith(yes)
    assert numbers(widget, "map") == STROKE
    assert widget.get_by_text("Yes: −4 in row 3, column 3. The map is full.").is_visible()
    assert widget.locator(".by-hand-pooled td").all_inner_texts() == ["6"]
    widget.get_by_label("the mean").check()
    assert widget.locator(".by-hand-pooled td").all_inner_texts() == ["2"]
    assert cell(widget, "map", 1, 2).evaluate("c => c.classList.contains('negative')")


def test_step_and_play_show_what_is_not_typed(opened):
    page, widget = opened(reduced_motion="reduce")
    widget.get_by_role("button", name="Step").press("Enter")
    widget.get_by_role("button", name="Step").press("Space")
    assert numbers(widget, "map") == STROKE[:2] + [""] * 7
    assert widget.get_by_text("sum: (−1) + (−1) + (−1) + 0 = −3").is_visible()
    widget.get_by_role("button", name="Empty the map").click()
    assert numbers(widget, "map") == [""] * 9
    widget.get_by_role("button", name="Play").click()  # at once, without motion
    assert numbers(widget, "map") == STROKE
    page, widget = opened()
    widget.get_by_role("button", name="Play").click()
    page.wait_for_function("() => [...document.querySelectorAll('[aria-label^=\"map, row 1\"]')]"
                           ".every((field) => field.value)")  # fmt: skip
    widget.get_by_role("button", name="Stop").click()
    assert numbers(widget, "map")[:3] == STROKE[:3] and not numbers(widget, "map")[8]


def test_numbers_can_be_changed_and_the_address_carries_them(opened, server):
    page, widget = opened(server)
    cell(widget, "picture", 1, 1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert numbers(widget, "picture")[6] == "7"
    cell(widget, "kernel", 2, 2).fill("-1.5")
    cell(widget, "kernel", 2, 2).press("Tab")
    widget.get_by_label("bias").fill("4")
    cell(widget, "kernel", 1, 1).fill("words")
    cell(widget, "kernel", 1, 1).press("Enter")
    assert numbers(widget, "kernel")[0] == "−1"
    assert choice(widget, "kernel").input_value() == "own"
    widget.get_by_role("button", name="Show this one").click()
    assert numbers(widget, "map")[0] == "−0.5"  # 6 - 1.5 · 7 + 4
    page.wait_for_url("**?picture=0&kernel=*&bias=4&row=0&column=0&pixels=*#widget-convolution")
    _, again = opened(server, "?" + page.url.partition("?")[2])
    assert numbers(again, "picture") == numbers(widget, "picture")
    assert numbers(again, "kernel") == numbers(widget, "kernel")


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def test_the_window_is_dragged(opened):
    page, widget = opened()
    picture = widget.get_by_role("group", name="picture")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    side = box["width"] / 5
    drag(page, (box["x"] + 1.5 * side, box["y"] + 1.5 * side),
         (box["x"] + 2.5 * side, box["y"] + 3.5 * side))  # fmt: skip
    assert heading(widget) == "The products of row 3, column 2"
    drag(page, (box["x"] + 2.5 * side, box["y"] + 3.5 * side),
         (box["x"] + 4.5 * side, box["y"] + 0.5 * side))  # fmt: skip
    assert heading(widget) == "The products of row 1, column 3"


def test_a_finger_drags_the_window_and_does_not_scroll(opened):
    page, widget = opened(**PHONE)
    picture = widget.get_by_role("group", name="picture")
    picture.scroll_into_view_if_needed()
    box, before = picture.bounding_box(), page.evaluate("scrollY")
    side, session = box["width"] / 5, page.context.new_cdp_session(page)
    for kind, cells in (("touchStart", 1.5), ("touchMove", 2.1), ("touchMove", 3.5)):
        point = {"x": box["x"] + 1.5 * side, "y": box["y"] + cells * side}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert heading(widget) == "The products of row 3, column 1"
    assert page.evaluate("scrollY") == before


def test_a_word_changes_nothing_and_says_nothing_away(opened):
    page, widget = opened()
    widget.get_by_role("button", name="Step").click()
    said = widget.locator("[role=status].for-ears")
    page.wait_for_function("line => line.textContent === 'Row 1, column 1 of the map: 6.'",
                           arg=said.element_handle())  # fmt: skip
    cell(widget, "picture", 1, 1).fill("word")
    cell(widget, "picture", 1, 1).press("Enter")
    assert numbers(widget, "map")[0] == "6" and numbers(widget, "picture")[0] == "0"
    cell(widget, "map", 1, 2).fill("word")
    cell(widget, "map", 1, 2).press("Enter")
    assert widget.get_by_text("A number is asked for in row 1, column 2.").is_visible()


@pytest.mark.parametrize("picture", [0, 4])
def test_what_is_filled_in_is_accessible(browser, picture):
    with visits.visit(browser, f"chapters/{PAGE}.html?picture={picture}", FROM_DISK) as page:
        widget = page.locator("#widget-convolution .widget-live")
        if picture == 0:
            cell(widget, "map", 3, 3).fill("7")
            cell(widget, "map", 3, 3).press("Enter")
            for _ in range(3):
                widget.get_by_role("button", name="Step").click()
        for colours in visits.COLOURS:
            assert visits.axe(page, colours, quick=True) == []


def test_a_large_picture_is_pointed_at_and_pooled(opened):
    page, widget = opened(**PHONE)
    choice(widget, "picture").select_option("a landscape, 36 by 36")
    choice(widget, "kernel").select_option("brighter downwards")
    assert not widget.get_by_role("button", name="Step").is_visible()
    picture = widget.get_by_role("img", name="picture, 36 by 36, from 0 to 9")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 12.5 / 36, box["y"] + box["height"] * 20.5 / 36)
    assert heading(widget) == "The products of row 20, column 12"
    pooled = widget.get_by_role("img", name="pooled map, 17 by 17, from ")
    assert pooled.evaluate("c => [c.width, c.height]") == [17, 17]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    said = widget.locator("[role=status].for-ears")
    page.wait_for_function("line => line.textContent.includes('column 12 of the map')",
                           arg=said.element_handle())  # fmt: skip


def test_two_channels_and_a_bias_make_one_map(opened):
    _, widget = opened(query="?picture=2&row=1&column=1")
    widget.get_by_role("button", name="Show this one").press("Enter")
    assert widget.get_by_text("sum: 1 + 1 + 4 + 1 + (−3) = 4").is_visible()
    assert not choice(widget, "kernel").is_visible()
    widget.get_by_label("bias").press("Home")
    assert numbers(widget, "map") == [""] * 4


def test_what_is_pressed_is_44_pixels(opened):
    _, widget = opened(**PHONE)
    for target in widget.locator(
        "button, input:not([type=radio]), select, label:has(> input)"
    ).all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44, target.inner_text()


def test_on_paper_and_without_a_script_the_picture_stands_in_its_place(opened):
    page, _ = opened(java_script_enabled=False)
    assert page.locator("#widget-convolution .widget-picture svg").is_visible()
    page, widget = opened()
    page.emulate_media(media="print")
    assert page.locator("#widget-convolution .widget-picture svg").is_visible()
    assert not widget.is_visible()
