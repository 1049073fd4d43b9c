"""check and hint as a reader calls them."""

import re
import subprocess
import sys

import pytest
from lenet.practice import ask, check, forget, hint


@pytest.fixture(autouse=True)
def begins_anew():
    forget()


def test_right_is_right_in_every_spelling():
    for given in (2416, "2,416", "2 416", "2.416e3"):
        assert repr(check("04.6", given)) == "Right." and check("04.6", given)


def test_a_slip_is_named_and_each_further_try_brings_one_hint_more():
    first = check("04.6", 2400)
    assert not first and len(first.lines) == 1
    assert first.lines[0].startswith("Not yet: bias forgotten. ")
    tries = [check("04.6", 416).lines[1] for _ in range(5)]
    assert tries[0].startswith("Hint: Weights and biases are counted apart")
    assert tries[1] == "Hint: The formula is weights + biases."
    assert tries[2] == "Hint: With numbers: 2400 + 16."
    assert tries[3] == tries[4] == "It is worked out in chapter 4, under “LeNet-5”."


def test_a_wrong_answer_without_a_cause_brings_a_hint_at_once():
    assert check("04.6", 7).lines == (
        "Not yet.",
        "Hint: Weights and biases are counted apart first, and then added.",
    )


def test_a_number_that_two_slips_lead_to_names_neither():
    reply = check("04.1", 9)
    assert "More than one slip" in reply.lines[1] and "depth" not in repr(reply)


def test_a_wrong_type_costs_no_hint():
    assert repr(check("04.6", (5, 5))).startswith("That is a shape. The answer is a whole number")
    assert repr(check("03.11", 62)).startswith("That is one number. The answer is a shape")
    assert hint("04.6").lines[0].startswith("Hint: Weights and biases")


def test_a_right_answer_begins_anew():
    check("04.6", 7)
    check("04.6", 2416)
    assert check("04.6", 7).lines[1].startswith("Hint: Weights and biases")


def test_hints_come_one_at_a_time_and_at_last_the_place():
    said = [repr(hint("03.17")) for _ in range(4)]
    assert said[-1] == "It is worked out in chapter 3, under “What one unit sees”."
    assert len(set(said)) == 4


def test_a_notebook_shows_paragraphs():
    assert check("04.6", "<b>")._repr_html_().startswith("<p>The answer is a whole number")


def test_the_questions_of_a_chapter_are_listed():
    assert re.search("04.6 +How many parameters does C3 have", repr(ask("04")))
    assert repr(ask(4)) == repr(ask("04"))
    with pytest.raises(ValueError, match=r"no question in chapter '12'; see ask\('04'\)"):
        ask(12)


@pytest.mark.parametrize(
    ("number", "error", "says"),
    [
        (4.3, TypeError, r'a question is named by a text such as "04.3", got 4.3'),
        ("04.99", ValueError, r"no question '04.99'; chapter 4 has 04.1 to 04.10"),
        ("99.1", ValueError, r"no question '99.1'; they go from 01.1 to 11.3"),
        ("four", ValueError, r"no question 'four'; they go from 01.1 to 11.3"),
    ],
)
def test_a_question_that_does_not_exist(number, error, says):
    with pytest.raises(error, match=says):
        check(number, 1)
    assert check("4.06", 2416) and check(" 4.6 ", 2416)


def test_checking_loads_nothing_slow():
    script = (
        "import sys; from lenet.practice import check; print(check('04.3', 61706));"
        "print([m for m in ('tensorflow', 'keras', 'numpy', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.startswith("Not yet.\nHint: ") and done.stdout.endswith("[]\n"), done
