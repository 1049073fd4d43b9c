import re
from pathlib import Path

import pytest
from lenet import ZIPCODE_1989
from lenet.paper import COMPARISON, EVENTS, PRINTED, Compared, Printed

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


# Typed from the sources a second time: a slip would have to be made in both places.
SECTION, FIGURES = "section II-B, pp. 7-9", "figures 9, 11 and 12, pp. 12-15"
PAGE_10, LENET4, MNIST = "p. 10", "section III-C.8, p. 13", "section III-A, pp. 9-10"
AGAIN = {
    ("lecun1998", SECTION): {
        "parameters of C1": 156, "connections of C1": 122304,
        "parameters of S2": 12, "connections of S2": 5880,
        "parameters of C3": 1516, "connections of C3": 151600,
        "parameters of S4": 32, "connections of S4": 2000,
        "connections of C5": 48120, "parameters of F6": 10164, "units of F6 before the output": 84,
        "parameters": 60000, "connections": 340908,
        "grey level of the background, below zero": 0.1,
        "grey level of the foreground": 1.175,
        "sides of a digit, and of the area of C3's centres": 20,
    },
    ("lecun1998", FIGURES): {
        "test error of LeNet-5 in percent": 0.95,
        "the same, trained with distortions": 0.8,
        "test error of LeNet-1 in percent": 1.7,
        "test error of LeNet-4 in percent": 1.1,
        "multiply-accumulates of LeNet-5": 401e3,
    },
    ("lecun1998", LENET4): {
        "connections of LeNet-4, about": 260e3,
        "parameters of LeNet-4, about": 17e3,
        "units of LeNet-4 before the output": 120,
    },
    ("lecun1998", "section III"): {"stated uncertainty of the errors": 0.1},
    ("lecun1998", MNIST): {
        "training digits of MNIST": 60e3, "test digits of MNIST": 10e3,
        "sides of the field that a digit is centred in": 28,
    },
    ("lecun1998", "p. 11"): {"distorted digits added to them": 540e3},
    ("lecun1998", PAGE_10): {
        "first global rate": 5e-4, "last global rate": 1e-5,
        "mu, added to every curvature": 0.02, "digits for the curvatures": 500,
        "smallest rate of a weight, about": 7e-5, "largest rate of a weight, about": 0.016,
    },
    ("lecun1998", "p. 8 and appendix A"): {"amplitude of the squashing function": 1.7159},
    ("lecun1998", "appendix A, p. 41"): {"initial weights: this over the inputs": 2.4},
    ("lecun1998", "section III-E"): {
        "tolerated vertical shift in heights, about": 0.5,
        "factor by which sizes may vary, about": 2,
    },
    ("lecun1998", "p. 15"): {
        "clock of the R10000 in MHz": 200,
        "days of training, at least": 2, "days of training, at most": 3,
    },
    ("lecun1989", ""): {
        "parameters of H1": 1068, "connections of H1": 19968,
        "parameters of H2": 2592, "connections of H2": 38592,
        "parameters": 9760, "connections": 64660,
        "units, the 256 inputs included": 1256, "inputs": 256,
        "training digits": 7291, "test digits": 2007,
        "test error in percent": 5, "hidden units of the fully connected network": 40,
        "test error of 40 hidden units in percent": 8.1,
    },
    ("lecun1990", "p. 402"): {"parameters": 2578, "connections": 98442},
    ("yadav2019", "abstract"): {"test digits of MNIST that were lost": 50e3},
    ("alpaydin1998", "the test part"): {"digits bundled with scikit-learn": 1797},
    ("inria-grouping", "its list of bounds"): {"stretches of its test part, a hand each": 14},
    ("alpaydin1998", "scikit-learn's description"): {
        "writers of the whole collection": 43, "writers of its test part": 13,
    },
    ("krizhevsky2012", "section 3.5"): {"side of AlexNet's image": 224},
    ("krizhevsky2012", "section 3.2"): {"graphics cards": 2},
    ("lecun2015", "Convolutional neural networks"): {
        "share of the cheques in the country, over": 0.1,
    },
    ("krizhevsky2012", "figure 2"): {
        "inputs of AlexNet": 150528, "units of AlexNet's first layer": 253440,
        "activations of conv2": 186624, "activations of conv3": 64896,
        "activations of conv4": 64896, "activations of conv5": 43264,
        "activations of fc6": 4096, "activations of fc7": 4096, "activations of fc8": 1000,
    },
    ("krizhevsky2012", "abstract"): {"parameters of AlexNet, about": 60e6},
    ("simonyan2015", "table 2"): {"parameters of VGG-16, about": 138e6},
    ("he2016", "table 1"): {"FLOPs of ResNet-50, about": 3.8e9},
    ("howard2017", "table 4"): {
        "multiply-adds of MobileNet, about": 569e6, "parameters of MobileNet, about": 4.2e6,
        "multiply-adds with full convolutions": 4866e6,
        "parameters with full convolutions": 29.3e6,
    },
}  # fmt: skip
NETWORK_OF = {
    "krizhevsky2012": "AlexNet",
    "lecun1989": "zip code net 1989",
    "lecun1990": "LeNet-1",
    "lecun1998": "LeNet-5 of 1998",
}
# Figures 9, 11 and 12: error, multiply-adds and variables in thousands, the network here, the
# method and what was done to the digits.
COMPARISON_AGAIN = """
    12.0 |     4 |     4 | 784-10          | linear
     8.4 |     4 |     4 |                 | linear | slant removed
     7.6 |    36 |    35 |                 | pairwise linear
     5.0 | 24000 | 24000 |                 | nearest neighbours
     2.4 | 24000 | 24000 |                 | 3 nearest neighbours | slant removed
     3.3 |    39 |    40 |                 | 40 principal components and a quadratic
     3.6 |   794 |   794 |                 | 1000 radial basis functions and a linear
     4.7 |     - |     - | 784-300-10      | 784-300-10
     3.6 |     - |     - | 784-300-10      | 784-300-10 | distorted
     1.6 |   123 |   123 |                 | 400-300-10 | slant removed
     4.5 |   795 |   795 | 784-1000-10     | 784-1000-10
     3.8 |   795 |   795 | 784-1000-10     | 784-1000-10 | distorted
    3.05 |   267 |   267 | 784-300-100-10  | 784-300-100-10
     2.5 |   267 |   267 | 784-300-100-10  | 784-300-100-10 | distorted
    2.95 |   469 |   469 | 784-500-150-10  | 784-500-150-10
    2.45 |   469 |   469 | 784-500-150-10  | 784-500-150-10 | distorted
     1.7 |   100 |     3 | LeNet-1         | LeNet-1 | 16 by 16
     1.1 |   260 |    17 |                 | LeNet-4
    0.95 |   401 |    60 | LeNet-5 of 1998 | LeNet-5
     0.8 |   401 |    60 | LeNet-5 of 1998 | LeNet-5 | distorted
     0.7 |   460 |    51 |                 | three LeNet-4, boosted | distorted
     1.1 | 20000 | 25000 |                 | tangent distance | 16 by 16
     1.1 | 14000 | 14000 |                 | support vectors, polynomial
     1.0 |   650 |   650 |                 | support vectors, reduced set
     0.8 | 28000 | 28000 |                 | support vectors, virtual | distorted
"""


def test_every_printed_number_is_the_one_of_its_source():
    printed = [(entry.source, entry.where, entry.what, entry.value) for entry in PRINTED]
    again = [(*place, *entry) for place, entries in AGAIN.items() for entry in entries.items()]
    assert sorted(printed) == sorted(again)


def test_a_number_that_is_computed_says_of_which_layer_and_network():
    for entry in PRINTED:
        quantity, _, layer = entry.what.partition(" of ")
        if entry.network:
            assert (entry.quantity, entry.layer) == (quantity, layer)
            assert entry.network.name == NETWORK_OF[entry.source]
        else:
            assert quantity not in ("parameters", "connections") or layer.endswith(", about")
            assert (entry.quantity, entry.layer, entry.network) == ("", "", None)


def test_every_row_of_the_comparison_is_the_one_of_the_figures():
    rows = []
    for row in COMPARISON:
        thousands = [n if n is not None else "-" for n in (row.multiply_adds, row.variables)]
        network = row.network.name if row.network else ""
        rows.append([f"{row.error:g}", *map(str, thousands), network, row.method, row.inputs])
    again = [list(map(str.strip, line.split("|"))) for line in COMPARISON_AGAIN.strip().split("\n")]
    assert rows == [[f"{float(n):g}", *rest, *[""] * (5 - len(rest))] for n, *rest in again]


def test_every_event_is_in_its_year():
    assert [(event.year, event.what, event.source) for event in EVENTS] == [
        (1980, "Neocognitron", "fukushima1980"),
        (1986, "weights that are shared", "lecun1989"),
        (1989, "zip code net", "lecun1989"),
        (1990, "LeNet-1", "lecun1990"),
        (1994, "LeNet-4", "bottou1994"),
        (1995, "LeNet-1, 4 and 5 compared", "lecun1995"),
        (1996, "cheques in US banks", "lecun1998"),
        (1998, "LeNet-5 in print", "lecun1998"),
    ]


def test_what_a_row_may_leave_out_and_that_none_changes():
    assert Compared("LeNet-6", 0.5) == Compared("LeNet-6", 0.5, None, None, "", None)
    assert len({*PRINTED, *COMPARISON, *EVENTS}) == len(PRINTED) + len(COMPARISON) + len(EVENTS)
    for entry in (PRINTED[0], COMPARISON[0], EVENTS[0]):
        with pytest.raises(AttributeError):
            entry.source = entry.method = "another"
