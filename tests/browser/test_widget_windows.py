"""The widget of windows and layers, as a reader uses it: by mouse, by keyboard, by touch."""

import pytest
from browsing import PHONE

PAGE, WIDGET = "03_output_shapes", "windows"


def answer(widget):
    return widget.locator(".windows-answer > p").first.inner_text()


def test_the_guess_comes_before_the_answer(opened):
    _, widget = opened()
    assert not widget.locator(".windows-answer").is_visible()
    widget.get_by_label("How many windows fit along a line of 8 pixels?").fill("3")
    widget.get_by_role("button", name="Check").click()
    assert widget.get_by_text("2 fit, not 3").is_visible()
    assert answer(widget) == (
        "2 windows along each side, and 2 pixels of each line are dropped: "
        "2×2×6 goes out, with 60 parameters."
    )
    assert not widget.get_by_role("button", name="Check").is_visible()
    widget.get_by_label("Ask me each time").check()
    widget.get_by_label("kernel").fill("5")
    assert not widget.locator(".windows-answer").is_visible()
    widget.get_by_label("How many windows").fill("2")
    widget.get_by_label("How many windows").press("Enter")
    assert widget.get_by_text("Yes: 2 fit.").is_visible()


def test_the_keyboard_is_enough_and_the_address_carries_the_settings(opened, server):
    page, widget = opened(server)
    widget.get_by_role("button", name="Show me").press("Enter")
    widget.get_by_label("stride").press("Home")
    widget.get_by_label("same").press("Space")
    widget.get_by_role("slider", name="row").press("End")
    assert "8 windows" in answer(widget)
    page.wait_for_url("**stride=1*padding=same*row=7*#widget-windows")
    other, again = opened(server, "?" + page.url.partition("?")[2])
    again.get_by_role("button", name="Show me").click()
    assert answer(again) == answer(widget)
    assert again.get_by_role("slider", name="row").input_value() == "8"
    other.wait_for_timeout(800)
    assert again.locator("[role=status].for-ears").inner_text() == answer(again)


def test_a_tap_chooses_the_unit_and_lights_what_it_reads(opened):
    page, widget = opened(**PHONE)
    widget.get_by_role("button", name="Show me").tap()
    maps = widget.locator(".windows-maps svg")
    maps.nth(1).scroll_into_view_if_needed()
    box = maps.nth(1).bounding_box()
    page.touchscreen.tap(box["x"] + 0.7 * box["width"], box["y"] + 0.2 * box["height"])
    label = "The unit in row 1, column 2 reads 3 by 3 of the 8 by 8 pixels."
    assert maps.nth(0).get_attribute("aria-label") == label
    frame = maps.nth(0).locator(".frame")
    assert [frame.get_attribute(name) for name in ("x", "y", "width")] == ["72", "0", "72"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_does_not_fit_is_said_in_the_packages_words(opened):
    _, widget = opened(query="?size=5&kernel=9")
    message = "kernel_size 9 does not fit a padded input of 5: 5 - 9 = -4"
    assert widget.locator(".widget-error").inner_text() == message
    widget.get_by_label("pixels along each side").press("End")
    assert not widget.locator(".widget-error").is_visible()


@pytest.mark.parametrize(
    ("query", "keras", "torch", "note"),
    [
        ("stride=1&padding=same&kernel=4", 'Conv2D(6, 4, padding="same")',
         '(1, 6, 4, padding="same")', "Both"),
        ("size=6&stride=2&padding=same", 'Conv2D(6, 3, strides=2, padding="same")',
         "nn.ZeroPad2d((0, 1, 0, 1)),\n    nn.Conv2d(1, 6, 3, stride=2)", "odd zero"),
        ("kind=MaxPooling2D&kernel=2&stride=2", "MaxPooling2D(2)", "nn.MaxPool2d(2)", "Both"),
        ("kind=AveragePooling2D&size=7&stride=2&padding=same",
         'AveragePooling2D(3, strides=2, padding="same")',
         "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)", "real pixels only"),
        ("stride=2&dilation=2", "Conv2D(6, 3, strides=2, dilation_rate=2)",
         "stride=2, dilation=2", "refuses"),
    ],
)  # fmt: skip
def test_both_libraries_are_shown_and_where_they_differ(opened, query, keras, torch, note):
    _, widget = opened(query=f"?{query}")
    widget.get_by_role("button", name="Show me").click()
    assert keras in widget.get_by_label("Keras").inner_text()
    assert torch in widget.get_by_label("PyTorch").inner_text()
    assert note in " ".join(widget.locator("pre ~ .widget-note").all_inner_texts())


def test_what_is_pressed_is_44_pixels_high(opened):
    _, widget = opened(**PHONE)
    for box in widget.locator(
        "button, input[type=range], input[type=number], label:has(> input)"
    ).all():
        if box.is_visible():
            assert box.bounding_box()["height"] >= 44, box.inner_text()


def test_without_a_script_and_on_paper_the_picture_is_there(opened):
    page, _ = opened(java_script_enabled=False)
    assert page.locator("#widget-windows .widget-picture svg").is_visible()
    page, widget = opened()
    picture = page.locator("#widget-windows .widget-picture")
    assert widget.is_visible() and not picture.is_visible()
    page.emulate_media(media="print")
    assert picture.is_visible() and not widget.is_visible()
