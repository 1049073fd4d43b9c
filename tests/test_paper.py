import re
from pathlib import Path

import pytest
from lenet import ZIPCODE_1989
from lenet.paper import COMPARISON, EVENTS, PRINTED, Printed

KEYS = re.findall(
    r"@\w+\{([^,]+),", (Path(__file__).parents[1] / "chapters/references.bib").read_text()
)


def computed(number: Printed) -> int:
    trace = number.network.trace()
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
    wrong = Printed(19_986, "H1", "lecun1989", "", ZIPCODE_1989, "H1", "connections")
    assert computed(wrong) != wrong.value


def test_events_are_in_order():
    assert [event.year for event in EVENTS] == sorted(event.year for event in EVENTS)


def test_a_row_of_the_comparison_has_the_network_that_it_names():
    named = [row for row in COMPARISON if row.network and row.method != "linear"]
    assert len(named) >= 11
    for row in named:
        assert row.network.name.startswith(row.method)
        if row.variables:  # printed in thousands
            parameters = row.network.trace().total.parameters
            assert 1_000 * row.variables == pytest.approx(parameters, rel=0.2)
