"""The playground as a reader uses it: drawing by mouse, by finger, by keyboard."""

import pytest
from browsing import FROM_DISK, PHONE

PAGE, WIDGET = "11_playground", "playground"
EMPTY = "Draw a digit, and both networks answer."


@pytest.fixture
def opened(opened):
    """The chapter, and the widget in it when it has its weights."""

    def open_(*where, **how):
        tab, widget = opened(*where, **how)
        tab.locator("#widget-playground .playground-drawing .pad").scroll_into_view_if_needed()
        tab.wait_for_function("Object.keys(Weights.taken).length === 2")
        return tab, widget

    return open_


def answer(widget) -> str:
    line = widget.locator(".playground-answer").first
    line.page.evaluate("() => new Promise(requestAnimationFrame).then(() => {})")
    line.page.wait_for_timeout(100)
    return line.inner_text()


def line(widget, page, *points):
    """A stroke with the mouse; points are parts of the field."""
    box = widget.locator(".playground-drawing .pad").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def test_a_digit_is_read_while_it_is_drawn_and_a_cleared_field_answers_nothing(opened, server):
    page, widget = opened(server)
    assert answer(widget) == EMPTY
    line(widget, page, (0.25, 0.2), (0.75, 0.2), (0.45, 0.85))
    assert answer(widget).startswith("LeNet-5 answers 7, at a distance of ")
    assert "The fully connected network answers 7, with " in answer(widget)
    assert widget.locator("tr.is-answer th").all_inner_texts() == ["7", "7"]
    line(widget, page, (0.35, 0.52), (0.75, 0.5))
    widget.get_by_role("button", name="Undo", exact=True).click()
    assert answer(widget).startswith("LeNet-5 answers 7")
    widget.get_by_role("button", name="Clear", exact=True).click()
    assert answer(widget) == EMPTY
    assert widget.locator("tr.is-answer").count() == 0
    assert set(widget.locator(".number").all_inner_texts()) == {""}
    blank = """c => new Set(new Uint32Array(c.getContext("2d")
        .getImageData(0, 0, c.width, c.height).data.buffer)).size <= 2"""  # the surface, and gaps
    assert all(widget.locator("section canvas[aria-label*=':']").evaluate_all(
        f"all => all.map({blank})"))  # fmt: skip


def test_a_finger_draws_and_does_not_scroll(opened):
    page, widget = opened(**PHONE)
    pad = widget.locator(".playground-drawing .pad")
    pad.scroll_into_view_if_needed()
    box, before = pad.bounding_box(), page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)
    for kind, y in (("touchStart", 0.1), *(("touchMove", 0.1 * at) for at in range(2, 10))):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + y * box["height"]}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert answer(widget).startswith("LeNet-5 answers 1, ")
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_keyboard_draws_too(opened):
    page, widget = opened()
    widget.locator(".playground-drawing .pad").focus()
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert answer(widget).startswith("LeNet-5 answers 1, ")
    page.keyboard.press("Backspace")
    assert answer(widget) == EMPTY


def test_a_sentence_is_said_once_the_drawing_rests(opened):
    page, widget = opened()
    said = widget.locator("[role=status].for-ears")
    widget.get_by_role("button", name="Draw a 3").press("Enter")
    widget.get_by_role("button", name="Draw a 8").press("Enter")
    page.wait_for_function("line => line.textContent.includes('8')", arg=said.element_handle())
    assert said.inner_text() == answer(widget)


def test_a_shift_moves_maps_only_by_whole_places(opened):
    _, widget = opened(query="?digit=3&right=2")
    answer(widget)
    table = widget.locator(".playground-shifts")
    change = table.locator("td:last-child")
    assert change.all_inner_texts()[:3] == ["0.00", "0.00", "0.00"]
    assert float(change.all_inner_texts()[3]) > 0.1
    widget.get_by_label("shift to the right").press("ArrowLeft")
    answer(widget)
    assert change.all_inner_texts()[0] == "0.00" and float(change.all_inner_texts()[1]) > 0.1
    widget.get_by_label("shift to the right").fill("4")
    answer(widget)
    assert change.all_inner_texts() == ["0.00"] * 4
    widget.get_by_role("button", name="Undo all changes").click()
    answer(widget)
    assert table.locator("table").count() == 0


def test_a_number_is_read_by_the_network_that_slides_over_it(opened):
    _, widget = opened(**PHONE)
    reading = widget.get_by_text("LeNet-5 reads")
    widget.get_by_role("button", name="Write 1998").tap()
    widget.get_by_text("LeNet-5 reads 1998.").wait_for()
    assert widget.locator(".wide-places span").count() == (160 - 32) // 4 + 1
    widget.get_by_role("button", name="Undo in the wide field").tap()
    widget.get_by_text("LeNet-5 reads 199.").wait_for()
    widget.get_by_role("button", name="Clear the wide field").tap()
    reading.wait_for(state="detached")
    assert widget.locator(".wide-places span").count() == 0
    assert answer(widget) == EMPTY


def test_the_address_carries_the_digit_and_its_changes(opened, server):
    page, widget = opened(server)
    widget.get_by_role("button", name="Draw a 6").click()
    widget.get_by_label("turn").fill("40")
    page.wait_for_url("**?digit=6&turn=40#widget-playground")
    _, again = opened(server, "?digit=6&turn=40")
    assert answer(again) == answer(widget)


def test_weights_are_asked_for_when_the_widget_is_seen_and_on_no_other_page(opened, browser):
    page, _ = opened()
    assert sum("/weights/" in url for url in page.asked) == 2
    other = browser.new_page()
    asked = []
    other.on("request", lambda r: asked.append(r.url))
    other.goto(f"{FROM_DISK}chapters/09_reproduction.html")
    assert not [url for url in asked if "_widgets" in url]
    other.close()


def test_what_is_pressed_is_44_pixels_high(opened):
    _, widget = opened(**PHONE)
    for target in widget.locator("button, input[type=range]").all():
        assert min(target.bounding_box()["height"], target.bounding_box()["width"]) >= 44


def test_the_maps_take_the_colours_of_the_theme(opened):
    page, widget = opened(query="?digit=8", color_scheme="light")
    corner = "c => [...c.getContext('2d').getImageData(0, 0, 1, 1).data]"
    first = widget.locator(".playground-steps canvas").first
    assert first.evaluate(corner) == [255, 255, 255, 255]
    page.locator("button.theme").click()
    page.wait_for_timeout(100)
    assert first.evaluate(corner) == [20, 24, 30, 255]


def test_on_paper_the_picture_stands_in_its_place(opened):
    page, widget = opened()
    page.emulate_media(media="print")
    assert page.locator("#widget-playground .widget-picture svg").is_visible()
    assert not widget.is_visible()
