import re
from pathlib import Path

import pytest
from lenet import architectures
from lenet.paper import EVENTS, PRINTED, Printed

KEYS = re.findall(
    r"@\w+\{([^,]+),", (Path(__file__).parents[1] / "chapters/references.bib").read_text()
)


def computed(number: Printed) -> int:
    trace = getattr(architectures, number.network).trace()
    return getattr(trace[number.layer] if number.layer else trace.total, number.quantity)


@pytest.mark.parametrize(
    "number", [n for n in PRINTED if n.network], ids=lambda n: f"{n.source}: {n.what}"
)
def test_what_was_printed_is_what_comes_out(number):
    assert computed(number) == number.value


def test_most_counts_are_computed_and_each_has_a_source():
    assert sum(bool(number.network) for number in PRINTED) >= 15
    assert {entry.source for entry in (*PRINTED, *EVENTS)} <= set(KEYS)


def test_a_misprint_would_be_seen():
    wrong = Printed(19_986, "H1", "lecun1989", "", "ZIPCODE_1989", "H1", "connections")
    assert computed(wrong) != wrong.value


def test_events_are_in_order():
    assert [event.year for event in EVENTS] == sorted(event.year for event in EVENTS)
