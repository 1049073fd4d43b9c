"""Sheets of problems: what each level has in it, and that the same seed makes the same sheet."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet.practice.problems import LEVELS, MOST, ROUND, TOPICS, Sheet
from lenet.practice.quantities import Quantity

topics = st.lists(st.sampled_from(list(TOPICS)), min_size=1, unique=True).map(tuple)
sheets = st.builds(
    Sheet, topics, st.sampled_from(LEVELS), st.integers(1, 20), st.integers(0, 10**9)
)


def windows(problem):
    """The layers of a problem that move a window, each with the shape that it reads."""
    rows = problem.network.trace()
    return [row for row in rows if hasattr(row.layer, "padding")]


def leaves_some_over(row) -> bool:
    """Whether the last of the windows, put down one by one, ends before the last pixel."""
    layer = row.layer
    if layer.padding != "valid":
        return False
    for size, taps, stride, step in zip(
        row.input_shape, layer.taps, layer.strides, layer.dilation, strict=False
    ):
        span = (taps - 1) * step + 1
        if list(range(0, size - span + 1, stride))[-1] + span < size:
            return True
    return False


@settings(max_examples=150)
@given(sheets)
def test_no_two_problems_are_alike_and_each_can_be_got_wrong(sheet):
    problems = sheet.problems
    assert len(problems) == sheet.count
    assert [p.id for p in problems] == [str(n + 1) for n in range(sheet.count)]
    assert len({p.text for p in problems}) == len({p.sameness for p in problems}) == sheet.count
    for number, problem in enumerate(problems, 1):
        assert problem.asked in TOPICS[sheet.topics[(number - 1) % len(sheet.topics)]]
        assert problem.wrong and sheet.check(number, problem.answer)
        wrong = next(iter(problem.wrong))
        assert not sheet.check(number, wrong)


@settings(max_examples=60)
@given(topics, st.integers(0, 10**9))
def test_level_1_has_no_ugly_number(names, seed):
    for problem in Sheet(names, 1, 12, seed).problems:
        for row in windows(problem):
            assert not leaves_some_over(row)
            assert row.input_shape[0] == row.input_shape[1] and row.layer.padding == "valid"
            assert getattr(row.layer, "groups", 1) == 1 and max(row.layer.dilation) == 1
        sides = problem.answer if isinstance(problem.answer, tuple) else (problem.answer,)
        assert max(sides) <= ROUND


@settings(max_examples=60)
@given(topics, st.integers(0, 10**9))
def test_level_2_comes_out_even(names, seed):
    for problem in Sheet(names, 2, 12, seed).problems:
        assert not any(leaves_some_over(row) for row in windows(problem))


@settings(max_examples=40)
@given(st.sampled_from(list(TOPICS)), st.integers(0, 10**9))
def test_level_3_has_every_trap_on_purpose(topic, seed):
    traps = set()
    for problem in Sheet((topic,), 3, 8, seed).problems:
        here = set()
        for row in windows(problem):
            here |= {"floor"} if leaves_some_over(row) else set()
            here |= {"same"} if row.layer.padding == "same" else set()
            here |= {"dilation"} if max(row.layer.dilation) > 1 else set()
            here |= {"groups"} if getattr(row.layer, "groups", 1) > 1 else set()
        assert here or topic == "fields"
        traps |= here
    assert traps == {"floor", "same", "dilation", "groups"} or topic == "fields"
    assert traps >= {"same", "dilation", "groups"}


def test_level_4_has_whole_networks():
    problems = Sheet(("work", "parameters"), 4, 20, 1).problems
    assert all(len(p.network.layers) >= 6 for p in problems)
    assert 2 <= sum(p.layer is None for p in problems) <= 18


def test_a_seed_and_a_name_make_the_problems_on_every_machine():
    script = (
        "from lenet.practice.problems import Sheet;"
        "print([p.text for p in Sheet(('shapes', 'work'), 3, 9, 7, 'Ada').problems])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "code", "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    here = [p.text for p in Sheet(("shapes", "work"), 3, 9, 7, "Ada").problems]
    assert runs == {f"{here}\n"}
    for other in (Sheet(("shapes", "work"), 3, 9, 8, "Ada"), Sheet(("shapes", "work"), 3, 9, 7)):
        assert [p.text for p in other.problems] != here


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("topic", TOPICS)
def test_there_are_twenty_different_problems_of_every_topic_and_level(topic, level):
    asked = {problem.asked for problem in Sheet((topic,), level, 20, 5).problems}
    assert asked == set(TOPICS[topic])


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((("shape",), 1, 5, 0), ValueError, "no topic 'shape'; did you mean shapes?"),
        ((("",), 1, 5, 0), ValueError, "no topic ''; there are shapes, parameters, work, fields"),
        (((), 1, 5, 0), ValueError, "no topic ''"),
        ((("work",), 5, 5, 0), ValueError, "level must be 1 to 4, got 5"),
        ((("work",), 1, 0, 0), ValueError, "count must be at least 1, got 0"),
        ((("work",), 1, 2.5, 0), TypeError, "count must be a whole number, got 2.5"),
        ((("work",), 1, MOST + 1, 0), ValueError, "count must be at most 200, got 201"),
        ((("work",), 1, 5, -1), ValueError, "seed must be at least 0, got -1"),
    ],
)
def test_what_cannot_be_made_is_told(arguments, error, says):
    with pytest.raises(error) as told:
        Sheet(*arguments)
    assert str(told.value).startswith(says)


def test_too_many_problems_and_one_that_is_not_there_are_told():
    with pytest.raises(ValueError, match=r"count 200 is too many: only \d+ different problems"):
        assert Sheet(("fields",), 1, MOST, 0).problems
    sheet = Sheet(("fields",), 1, 3, 0)
    with pytest.raises(ValueError, match="this sheet has problems 1 to 3, got 4"):
        sheet.check(4, 1)
    assert repr(sheet.check(1, ...)).startswith("The answer is a whole number")
    assert sheet.problems[0].asked is Quantity.FIELD
