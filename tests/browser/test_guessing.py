"""Guessing before seeing, in a real browser: by keyboard, by touch, on paper, without a script."""

import pytest
from browsing import SITE
from lenet.practice.answers import Unreadable, read
from lenet.practice.book import BOOK, of_chapter
from lenet.practice.checking import NEUTRAL, diagnosis

PAGE = f"{SITE.as_uri()}/chapters/04_parameters.html"
FIRST = "#guess-04-1"
CHAPTERS = sorted({number[:2] for number in BOOK})


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    assert not page.said
    context.close()


def gate(page, place: str = FIRST):
    return page.locator(f"{place} + .gate")


def test_the_answer_is_closed_until_it_is_guessed_by_keyboard_alone(page):
    page.goto(PAGE)
    assert not gate(page).is_visible()
    page.locator("[id='answer-04.1']").focus()
    page.keyboard.type("28")
    page.keyboard.press("Enter")
    status = page.locator(f"{FIRST} [role=status]")
    assert status.inner_text().startswith("Not yet: bias counted where it should not be.")
    page.keyboard.press("Control+A")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    assert "More than one slip" in status.inner_text() and "How many numbers" in status.inner_text()
    assert not gate(page).is_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("27")
    page.keyboard.press("Enter")
    assert status.inner_text() == "Right." and gate(page).is_visible()
    assert page.evaluate("document.activeElement.id") == "answer-04.1"


def test_who_does_not_want_to_guess_is_shown_by_touch(page):
    page.goto(PAGE)
    page.locator(FIRST).get_by_role("button", name="Show me").tap()
    assert gate(page).is_visible() and not gate(page, "#guess-04-2").is_visible()
    page.get_by_role("button", name="Show all answers").tap()
    assert page.locator(".gate:visible").count() == page.locator(".gate").count()
    assert "10 of 10 predictions made" in page.locator(".guessed").inner_text()


def test_what_was_typed_stays_on_this_device_and_can_be_forgotten(page):
    page.goto(PAGE)
    field = page.locator("[id='answer-04.1']")
    field.fill("27")
    field.press("Enter")
    page.reload()
    assert field.input_value() == "27" and gate(page).is_visible()
    page.goto(f"{SITE.as_uri()}/chapters/index.html")
    assert "1 of 10 right" in page.locator("#progress").inner_text()
    page.goto(PAGE)
    page.get_by_role("button", name="Forget my guesses here").tap()
    assert field.input_value() == "" and not gate(page).is_visible()
    page.goto(f"{SITE.as_uri()}/chapters/index.html")
    assert page.locator("#progress").inner_text() == ""


def test_pasting_and_commas_are_taken(page):
    page.goto(PAGE)
    field = page.get_by_role("textbox", name="04.7")
    field.focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new InputEvent('beforeinput', {inputType: "
        "'insertFromPaste', cancelable: true, bubbles: true}))"
    )
    page.keyboard.insert_text("240,000")
    page.keyboard.press("Enter")
    assert page.locator("[id='reply-04.7']").inner_text() == "Right."


def answered(where, number: str, given: str) -> str:
    """What is said of an answer that is typed in and sent."""
    field = where.locator(f"[id='answer-{number}']")
    field.fill(given)
    field.press("Enter")
    return where.locator(f"[id='reply-{number}']").inner_text()


def test_two_questions_of_one_prompt_open_together(page):
    page.goto(f"{SITE.as_uri()}/chapters/05_lenet5_1998.html")
    for number, right in (("05.1", "122304"), ("05.2", "156")):
        assert not gate(page, "#guess-05-1").is_visible()
        answered(page, number, right)
    assert gate(page, "#guess-05-1").is_visible()


def test_in_an_exercise_only_the_solution_is_closed(page):
    page.goto(f"{SITE.as_uri()}/chapters/06_training.html")
    exercise = page.locator("section#exercise-6-1")
    assert exercise.get_by_text("Explain", exact=True).is_visible()
    assert not exercise.get_by_role("button", name="Show me").is_visible()
    assert not exercise.locator("details.solution pre").first.is_visible()
    said = []
    for number, given in (("06.13", "3"), ("06.13", "9"), ("06.14", "18"), ("06.14", "−18")):
        said.append(answered(exercise, number, given))
    assert said[1] == said[3] == "Right." and "sign turned round" in said[2]
    assert said[0].startswith("Not yet.")


def test_an_estimate_is_near_enough_or_too_low_or_too_high(page):
    page.goto(f"{SITE.as_uri()}/chapters/09_reproduction.html")
    said = [answered(page, "09.6", given) for given in ("100", "500", "415", "150")]
    assert said[0] == "Not yet: too low." and said[1].startswith("Not yet: too high. Some digits")
    assert said[2].startswith("Not yet: shared mistakes forgotten.")
    assert said[3] == "Near enough: it is 155."


def test_a_link_to_what_is_behind_a_gate_opens_it(page):
    page.goto(PAGE)
    inside = gate(page).locator("[id^=output-], [id^=cell-]").first.get_attribute("id")
    page.goto(f"{PAGE}#{inside}")
    page.reload()
    assert gate(page).is_visible() and not gate(page, "#guess-04-2").is_visible()


def test_paper_has_the_plain_question_and_without_a_script_all_is_open(page, browser):
    page.goto(PAGE)
    page.emulate_media(media="print")
    assert gate(page).is_visible() and not page.locator(FIRST).is_visible()
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(PAGE)
        assert plain.locator(".gate:visible").count() == plain.locator(".gate").count()
        assert not plain.locator(".guess input").count()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_page_judges_as_the_package_does(page, chapter):
    name = next((SITE / "chapters").glob(f"{chapter}_*.html")).name
    page.goto(f"{SITE.as_uri()}/chapters/{name}")
    cases = [(q.id, text) for q in of_chapter(chapter) for text in tried(q)]
    found = page.evaluate(
        """(cases) => {
            const said = JSON.parse(document.getElementById("slips").dataset.said);
            const asks = {};
            for (const place of document.querySelectorAll(".guess"))
                for (const ask of JSON.parse(place.dataset.ask)) asks[ask.id] = ask;
            return cases.map(([id, text]) => judged(text, asks[id], said).text);
        }""",
        cases,
    )
    for (number, text), here in zip(cases, found, strict=True):
        lines = diagnosis(BOOK[number], text).lines
        told = f"Not yet: {NEUTRAL}" if lines[1:] == (NEUTRAL,) else lines[0]
        assert here == told, (number, text)


def tried(question) -> list[str]:
    """Answers right and wrong, in many spellings, and what is none."""
    edges = [edge + by for edge in getattr(question, "near", ()) for by in (-0.001, 0, 1, -2)]
    values = [question.answer, *question.wrong, *edges]
    plain = [str(value) for value in values]
    shapes = ["×".join(map(str, value)) for value in values if isinstance(value, tuple)]
    whole = [f"{value:,}" for value in values if isinstance(value, int)]
    spaced = [text.replace(",", space) for text in whole for space in " \u00a0\u2009\u202f'_"]
    near = [f"{value * factor:.6g}" for value in values if isinstance(value, float)
            for factor in (0.985, 1.015, 1.03)]  # fmt: skip
    odd = [
        "", "many", "1,2", "12,34", "1,470", "(1,470)", "28 28", "28×28", "None×3", "3×None", "-3",
        "− 3", "1e3", "6.1706e4", ".5", "5.", "1.5×2", "()", "((3))", "0x10", "1_000", "3 ,4", "٣",
        "Infinity", "1e400", "[7]", "7,", "28 x 28 x 6",
    ]  # fmt: skip
    return [*plain, *shapes, *whole, *spaced, *near, *odd]


def test_the_spellings_that_are_tried_are_read_or_not_as_in_the_package():
    readable = 0
    for text in tried(BOOK["03.11"]):
        try:
            read(text, BOOK["03.11"].wanted)
            readable += 1
        except Unreadable:
            pass
    assert readable > 15
