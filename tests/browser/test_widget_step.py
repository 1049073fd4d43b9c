"""The widget of one step of learning, as a reader uses it."""

PAGE, WIDGET = "06_training", "step"


def test_a_small_rate_leads_down_and_a_large_one_away(opened, server):
    page, widget = opened(server)
    assert "gradient: 2·error·input = 2·(-4)·2 = -16" in widget.inner_text()
    widget.get_by_role("button", name="Step", exact=True).press("Enter")
    assert widget.get_by_text("the weight is 1.8. The step led nearer to 3.").first.is_visible()
    assert widget.locator("circle").count() == 2
    widget.get_by_label("rate", exact=True).fill("0.3")
    widget.get_by_role("button", name="Start again").click()
    widget.get_by_role("button", name="Step", exact=True).click()
    assert widget.get_by_text("The rate is too large").first.is_visible()
    page.wait_for_url("**?start=1&rate=0.3#widget-step")
    widget.get_by_label("rate", exact=True).fill("0.25")
    widget.get_by_role("button", name="Start again").click()
    widget.get_by_role("button", name="Step", exact=True).click()
    assert widget.get_by_text("as high a place as before").first.is_visible()


def test_shared_taps_go_against_their_sums(opened):
    page, widget = opened(viewport={"width": 360, "height": 740}, has_touch=True)
    total = widget.locator(".step-table tr").last.locator("td")
    assert total.all_inner_texts() == ["", "-2", "16", "-2"]
    widget.get_by_role("button", name="Step of all taps").tap()
    assert widget.get_by_label("tap 2").locator("xpath=../output").inner_text() == "1.68"
    over = "table => table.scrollWidth - table.clientWidth"
    assert widget.locator(".step-table").evaluate(over) <= 0
    assert widget.get_by_text("After 1 step the loss").first.is_visible()
    widget.get_by_role("button", name="Start the taps again").tap()
    assert total.all_inner_texts() == ["", "-2", "16", "-2"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_the_picture_stands_in_its_place(opened):
    page, widget = opened()
    page.emulate_media(media="print")
    assert page.locator("#widget-step .widget-picture svg").is_visible()
    assert not widget.is_visible()
