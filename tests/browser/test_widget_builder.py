"""The network builder, as a reader uses it: by mouse, by keyboard, by touch."""

import pytest
from browsing import PHONE
from lenet.architectures import NETWORKS
from lenet.notation import parse
from lenet.slips import NotationError

PAGES = ["04_parameters", "07_cnn_vs_fnn", "10_after_lenet"]
PAGE, WIDGET = PAGES[0], "builder"
LINE = "32x32x1: conv 6 5 relu, maxpool 2, flatten, dense 10"


def total(widget, column):
    return widget.locator(f'[data-cell="total/{column}"]').inner_text()


def layers(widget):
    return [text.split("\n")[0] for text in widget.locator("[data-layer]").all_inner_texts()]


@pytest.mark.parametrize("page", PAGES)
def test_it_starts_from_a_network_with_a_name_and_counts_it(opened, server, page):
    tab, widget = opened(server, page=page)
    assert total(widget, "parameters") == "61,706"
    widget.get_by_label("Start from:").select_option("lenet5-1998")
    assert [total(widget, name) for name in ("parameters", "fixed")] == ["60,000", "840"]
    assert widget.get_by_text("One line cannot say which maps are linked").is_visible()
    tab.wait_for_url("**?network=lenet5-1998#widget-builder")
    assert layers(widget)[1:] == [layer.name for layer in NETWORKS["lenet5-1998"].layers]


def test_a_pasted_line_is_read_and_the_address_carries_it(opened, server):
    page, widget = opened(server)
    widget.get_by_label("In one line:").fill(LINE)
    widget.get_by_label("In one line:").press("Enter")
    wanted = parse(LINE).trace().total
    assert total(widget, "parameters") == f"{wanted.parameters:,}"
    assert total(widget, "MACs") == f"{wanted.macs:,}"
    page.wait_for_url("**?line=*#widget-builder")
    _, again = opened(server, "?" + page.url.partition("?")[2])
    assert again.get_by_label("In one line:").input_value() == LINE
    assert total(again, "parameters") == total(widget, "parameters")


def test_a_slip_gets_the_words_of_the_shell_and_leaves_the_network(opened):
    _, widget = opened()
    slip = "32x32x1: conw 6 5"
    widget.get_by_label("In one line:").fill(slip)
    widget.get_by_role("button", name="Read the line").click()
    with pytest.raises(NotationError) as told:
        parse(slip)
    assert widget.locator("pre.widget-error").inner_text() == str(told.value)
    assert total(widget, "parameters") == "61,706"
    widget.get_by_label("In one line:").fill(LINE)
    widget.get_by_role("button", name="Read the line").click()
    assert not widget.locator("pre.widget-error").is_visible()


def test_layers_are_changed_moved_added_and_removed_by_keyboard(opened):
    _, widget = opened(query="?line=" + LINE.replace(" ", "+"))
    assert layers(widget) == ["input", "conv2d", "max_pooling2d", "flatten", "dense"]
    assert widget.get_by_role("heading", name="Layer 1 of 4").is_visible()
    widget.get_by_label("filters").fill("8")
    widget.get_by_label("filters").press("Tab")
    assert total(widget, "weights") == f"{25 * 8 + 14 * 14 * 8 * 10:,}"
    widget.get_by_label("filters").fill("many")
    widget.get_by_label("filters").press("Tab")
    slip = "expected a count such as 6 for filters, got 'many'"
    assert widget.locator(".builder-editor .widget-error").inner_text() == slip
    widget.locator('[data-layer="0"]').press("Enter")
    widget.get_by_role("button", name="Add a layer after it").press("Enter")
    widget.get_by_label("layer", exact=True).select_option("batchnorm")
    assert layers(widget)[2] == "batch_normalization"
    widget.get_by_role("button", name="Move down").press("Enter")
    assert layers(widget)[3] == "batch_normalization"
    widget.get_by_role("button", name="Remove").press("Enter")
    assert layers(widget) == ["input", "conv2d", "max_pooling2d", "flatten", "dense"]


def test_a_layer_that_does_not_fit_is_told_and_its_row_stands_out(opened):
    page, widget = opened()
    widget.locator('[data-layer="0"]').click()
    widget.get_by_label("kernel").fill("30")
    widget.get_by_label("kernel").press("Tab")
    misfit = widget.locator(".builder-table + .widget-error")
    fits = "kernel_size 5 does not fit a padded input of 1: 1 - 5 = -4"
    assert misfit.inner_text() == f"C3: conv does not fit: {fits}"
    assert widget.locator("tr.misfit").inner_text().startswith("C3")
    assert not widget.get_by_role("heading", name="Where the numbers are").is_visible()
    page.wait_for_timeout(800)
    assert widget.locator("p.for-ears[role=status]").inner_text() == misfit.inner_text()
    widget.locator('[data-layer="-1"]').click()
    widget.get_by_label("shape").fill("84x84x1")
    widget.get_by_label("shape").press("Tab")
    assert not misfit.is_visible()
    assert widget.get_by_role("heading", name="Where the numbers are").is_visible()


def test_a_network_of_the_address_need_not_fit_and_leaves_nothing_to_blank(opened):
    _, widget = opened(query="?line=8x8x1:+conv+6+9")
    misfit = widget.locator(".builder-table + .widget-error")
    assert misfit.inner_text().startswith("conv2d: conv does not fit")
    widget.get_by_role("button", name="Blank all numbers").click()
    assert not widget.get_by_role("button", name="Check").is_visible()


def test_edits_add_up_and_a_press_on_a_row_ends_a_field(opened):
    _, widget = opened(query="?line=" + LINE.replace(" ", "+"))
    for label, value in (("filters", "8"), ("kernel", "3"), ("stride", "2")):
        widget.get_by_label(label).fill(value)
        widget.get_by_label(label).press("Tab")
    line = "32x32x1: conv 8 3 stride 2 relu, maxpool 2, flatten, dense 10"
    assert widget.get_by_label("In one line:").input_value() == line
    widget.get_by_label("name").fill("C1, flatten")
    widget.get_by_label("name").press("Tab")
    slip = widget.locator(".builder-editor .widget-error")
    assert slip.inner_text() == "A name is one word without a comma."
    widget.get_by_label("filters").fill("4")
    widget.locator('[data-layer="3"]').click()
    assert widget.get_by_role("heading", name="Layer 4 of 4").is_visible()
    assert widget.locator('[data-layer="0"]').inner_text().endswith("conv 4 3 stride 2 relu")


def test_another_kind_keeps_what_both_take(opened):
    _, widget = opened(query="?line=32x32x1:+conv+7+5+same+relu+as+C1,+maxpool+2")
    widget.get_by_label("layer", exact=True).select_option("separable")
    line = "32x32x1: separable 7 5 same relu as C1, maxpool 2"
    assert widget.get_by_label("In one line:").input_value() == line
    widget.locator('[data-layer="1"]').click()
    widget.get_by_label("window").fill("3")
    widget.get_by_label("window").press("Tab")
    assert widget.get_by_label("stride").input_value() == "3"


def test_an_address_with_a_slip_says_so_and_stays(opened, server):
    page, widget = opened(server, "?line=32x32x1:+conw+6+5")
    assert "did you mean conv?" in widget.locator("pre.widget-error").inner_text()
    assert total(widget, "parameters") == "61,706"
    page.wait_for_timeout(600)
    assert page.url.endswith("?line=32x32x1:+conw+6+5")
    assert widget.locator("p.for-ears[role=status]").inner_text() == ""
    _, widget = opened(server, "?network=toString")
    assert total(widget, "parameters") == "61,706"


def test_a_blank_is_asked_for_with_the_formula_as_a_hint(opened):
    _, widget = opened()
    widget.locator('[data-cell="6/parameters"] button').click()
    answer = widget.get_by_role("textbox", name="parameters of F6:")
    assert not widget.get_by_text("weights + biases = 10080 + 84").first.is_visible()
    assert not widget.locator(".builder-bars").first.is_visible()
    answer.fill("10080")
    answer.press("Enter")
    verdict = widget.locator(".builder-blanks > [role=status]")
    assert verdict.inner_text() == "Not 10080. parameters: weights + biases"
    answer.press("Enter")
    assert verdict.inner_text().endswith("parameters: weights + biases = 10080 + 84")
    answer.fill("10 164")
    answer.press("Enter")
    assert verdict.inner_text().startswith("Yes. parameters of F6: 10,164.")
    assert widget.locator(".blank").count() == 0
    assert widget.locator(".builder-bars").first.is_visible()


def test_no_hint_is_the_answer(opened):
    _, widget = opened()
    verdict = widget.locator(".builder-blanks > [role=status]")
    for cell, name, hint in (
        ("0/biases", "biases of C1:", "biases: F"),
        ("1/MACs", "MACs of S2:", "and MACs: no formula is needed"),
    ):
        widget.locator(f'[data-cell="{cell}"] button').click()
        answer = widget.get_by_role("textbox", name=name)
        answer.fill("77")
        for _ in range(3):
            answer.press("Enter")
            assert verdict.inner_text().endswith(hint)
        widget.get_by_role("button", name="Show me").click()


def test_all_numbers_can_be_blank(opened):
    _, widget = opened()
    widget.get_by_role("button", name="Blank all numbers").click()
    assert set(widget.locator("td .number").all_inner_texts()) == {"?"}
    answer = widget.get_by_role("textbox", name="output of C1:")
    answer.fill("(28, 28, 6)")
    answer.press("Enter")
    assert widget.get_by_role("textbox", name="weights of C1:").is_visible()
    widget.get_by_role("button", name="Show me").click()
    assert widget.locator('[data-cell="0/weights"]').inner_text() == "150"
    widget.get_by_role("button", name="Show all").click()
    assert widget.locator(".blank").count() == 0


def test_the_rival_has_no_more_and_the_bars_say_how_much(opened):
    _, widget = opened(page="07_cnn_vs_fnn")
    rival = widget.locator(".builder-bars").nth(1).locator("tbody tr").nth(1)
    assert rival.inner_text().split() == ["1024-59-10", "61,075", "61,006"]
    widget.get_by_role("radio", name="MACs", exact=True).check()
    assert rival.inner_text().split() == ["1024-402-10", "416,080", "415,668"]
    first = widget.locator(".builder-bars").first.locator("tbody tr").first
    assert first.inner_text().split() == ["C1", "156", "(0.3%)", "117,600", "(28.2%)"]


def test_what_pytorch_does_not_have_is_named_in_place_of_another_network(opened):
    _, widget = opened(query="?network=lenet5-1998")
    widget.get_by_role("radio", name="PyTorch").check()
    assert widget.locator('pre[aria-label="PyTorch"]').inner_text() == (
        "# PyTorch has no scaled_tanh, Subsampling2D, PartialConv2D, RBF like here."
    )
    widget.get_by_role("radio", name="Keras").check()
    code = widget.locator('pre[aria-label="Keras"]')
    assert "from lenet.architectures import LENET5_1998" in code.inner_text()


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Keras", 'keras.layers.Conv2D(6, 5, activation="tanh", name="C1")'),
        ("PyTorch", "nn.Conv2d(1, 6, 5),\n    nn.Tanh(),"),
        ("one line of lenet", "32x32x1: conv 6 5 tanh as C1, avgpool 2 as S2"),
        ("Markdown", "| name    | layer            |   output |"),
    ],
)
def test_the_network_is_taken_along_as_text(opened, form, text):
    _, widget = opened()
    widget.get_by_role("radio", name=form, exact=True).check()
    assert text in widget.locator(f'pre[aria-label="{form}"]').inner_text()


def test_which_lenet_that_is_is_told_and_opened(opened):
    page, widget = opened(page="10_after_lenet")
    assert not [address for address in page.asked if address.endswith("answers.js")]
    number = widget.get_by_label("So many parameters, weights, MACs or connections:")
    number.fill("44,426")
    number.press("Enter")
    found = widget.locator(".builder-found")
    found.get_by_text("LeNet-5 of 1998, but C3 reads all maps (+900)").wait_for()
    found.get_by_role("button", name="Open it above").first.click()
    assert total(widget, "parameters") == "44,426"
    number.fill("44427")
    number.press("Enter")
    assert found.get_by_text("44,427: no LeNet here; the nearest are").is_visible()
    number.fill("many")
    number.press("Enter")
    assert found.inner_text() == "Type a number such as 61706 or 61,706."


def test_by_touch_on_a_phone_nothing_is_wider_than_the_screen_or_small(opened):
    page, widget = opened(**PHONE)
    widget.locator('[data-cell="0/output"] button').tap()
    assert widget.get_by_role("textbox", name="output of C1:").is_visible()
    widget.locator('[data-layer="2"]').tap()
    assert widget.get_by_role("heading", name="Layer 3 of 8").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    pressed = "button, input:not([type=radio]):not([type=checkbox]), select, label:has(> input)"
    for box in widget.locator(pressed).all():
        if box.is_visible():
            size = box.bounding_box()
            assert min(size["height"], size["width"]) >= 44, box.inner_text()


def test_without_a_script_and_on_paper_the_picture_is_there(opened):
    page, _ = opened(java_script_enabled=False)
    assert page.locator("#widget-builder .widget-picture svg").is_visible()
    page, widget = opened()
    page.emulate_media(media="print")
    assert page.locator("#widget-builder .widget-picture svg").is_visible()
    assert not widget.is_visible()
