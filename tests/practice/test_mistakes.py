"""Each slip, made by a formula of the tests' own, gets its own name, on thousands of networks."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet.practice.checking import NEUTRAL, diagnosis
from lenet.practice.mistakes import FORMULAS
from lenet.practice.quantities import Quantity
from lenet.practice.questions import Count
from networks import networks
from slips_by_hand import by_hand, rightly, wrongly

GENERATED = 2_000
seen = Counter()


@st.composite
def questions(draw):
    """A layer of a network and what is asked of it, with the same layer counted by hand."""
    network = draw(networks())
    number = draw(st.integers(0, len(network.layers) - 1))
    hand = list(by_hand(network.layers, network.input_shape))[number]
    known = [asked for asked in Quantity if rightly(hand, asked.value) is not None]
    asked = draw(st.sampled_from(known))
    return Count("0.0", "How many?", asked, network, network.layers[number].name), hand


@settings(max_examples=GENERATED, deadline=None)
@given(questions())
def test_each_slip_gets_its_own_name_and_nothing_else_does(drawn):
    question, hand = drawn
    seen["question"] += 1
    assert question.answer == rightly(hand, question.asked.value)
    by_value = defaultdict(set)
    for name, value in wrongly(hand, question.asked.value):
        by_value[value].add(name)
    assert {value: {m.name for m in kinds} for value, kinds in question.wrong.items()} == by_value
    for value, names in by_value.items():
        reply = diagnosis(question, value)
        assert reply.verdict == "wrong"
        if len(names) > 1:
            assert reply.lines == ("Not yet.", NEUTRAL)
            seen["neutral"] += 1
        else:
            assert reply.lines[0].startswith(f"Not yet: {min(names)}. ")
            seen[min(names)] += 1
    for value in strangers(question.answer):
        if value not in by_value:
            seen["stranger"] += 1
            assert diagnosis(question, value).lines == ("Not yet.",)
    for text in spellings(question.answer):
        assert diagnosis(question, text).verdict == "right", text
    for line in question.hints:
        assert not tells(line, question.answer), line


def strangers(right) -> list:
    """Answers that are near the right one, or far, and mostly lead from no slip."""
    if isinstance(right, tuple):
        return [tuple(side + 1 for side in right), (*right, 7), right[:-1] or (right[0] + 1,)]
    return [right + 1, right - 1, right + 2, 3 * right + 5, right + 1_000_003]


def spellings(right) -> list:
    """The right answer in the ways that people write it."""
    if isinstance(right, tuple):
        words = [str(side) for side in right]
        several = ["×".join(words), "x".join(words), ", ".join(words)] * (len(right) > 1)
        bare = [right[0], f"{right[0]:,}"] * (len(right) == 1)
        return [right, list(right), f"({', '.join(words)},)", *several, *bare]
    grouped = f"{right:,}"
    spaces = [grouped.replace(",", space) for space in (" ", "\u00a0", "\u2009", "\u202f")]
    return [right, float(right), str(right), grouped, *spaces, f"{right}.0", f"{right:.17e}"]


def tells(line: str, right) -> bool:
    """Whether the answer, or a part of it, stands in a line as a number of its own."""
    parts = {str(part) for part in (right if isinstance(right, tuple) else (right,))}
    words = "".join(letter if letter.isdigit() else " " for letter in line.replace(",", ""))
    return bool(parts & set(words.split()))


def test_what_is_said_of_a_slip_has_no_digit_so_it_cannot_be_the_answer():
    said = [part for kind, _ in FORMULAS for part in (kind.name, kind.said)] + [NEUTRAL]
    assert len(said) > 70
    assert not [text for text in said if any(letter.isdigit() for letter in text)]


def test_there_are_many_slips_each_said_in_sentences():
    names = {kind.name for kind, _ in FORMULAS}
    assert len(names) >= 37
    assert all(kind.said.rstrip()[-1] in ".?" and kind.said[0].isupper() for kind, _ in FORMULAS)


def test_thousands_were_asked_and_every_slip_of_a_layer_was_seen_alone():
    if not seen:
        pytest.fail("this test stands on the one before: run the whole file")
    assert seen["question"] >= GENERATED and seen["stranger"] >= GENERATED
    elsewhere = {  # below, and of other kinds of layer
        "another network taken for this one", "fixed numbers counted as learnt",
        "output grid for input grid",
    }  # fmt: skip
    assert {kind.name for kind, _ in FORMULAS} - elsewhere - set(seen) == set()
