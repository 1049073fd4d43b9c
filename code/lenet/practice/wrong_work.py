"""The wrong formulas of work, units and batches, and of a network taken for another.

A formula gives None where its slip cannot be made.
"""

from math import prod

from lenet.practice.mistakes import Case, Mistake, mistake
from lenet.practice.quantities import Quantity, Value

WORK = (Quantity.MACS, Quantity.FLOPS, Quantity.CONNECTIONS)


learnt_for_work = mistake(
    "parameters taken for work",
    "That is what is learnt. How often is each of it used for one image?",
)


@learnt_for_work
def parameters_for_work(case: Case) -> Value | None:
    return case.other(Quantity.PARAMETERS) if case.asked in WORK else None


@learnt_for_work
def weights_for_work(case: Case) -> Value | None:
    return case.numbers.weights if case.asked in WORK else None


@mistake(
    "connections taken for MACs",
    "Connections have the bias lines in them. Is a bias multiplied by anything?",
)
def connections_for_macs(case: Case) -> Value | None:
    return case.numbers.connections if case.asked is Quantity.MACS else None


@mistake(
    "FLOPs taken for MACs",
    "You counted multiplications and additions apart. A multiply-accumulate is one of each.",
)
def flops_for_macs(case: Case) -> Value | None:
    return 2 * case.numbers.macs if case.asked is Quantity.MACS else None


@mistake(
    "MACs taken for FLOPs",
    "You counted multiply-accumulates. In FLOPs the product and the sum count apart.",
)
def macs_for_flops(case: Case) -> Value | None:
    return case.numbers.macs if case.asked is Quantity.FLOPS else None


@mistake(
    "spatial size squared twice",
    "The number of places is in it once too often: it is the product of both sides already.",
)
def squared_twice(case: Case) -> Value | None:
    if len(case.made) < 3 or case.asked not in (*WORK, Quantity.UNITS):
        return None
    return case.right * prod(case.made[:-1])


@mistake(
    "one side taken for the grid",
    "You multiplied by one side of the map. At how many places, down and across, does the "
    "window stand?",
)
def one_side(case: Case) -> Value | None:
    if len(case.made) != 3 or case.asked not in (*WORK, Quantity.UNITS):
        return None
    return case.right // case.made[1]


@mistake(
    "one map taken for all",
    "You counted the places of a single map. How many maps are there?",
)
def one_map(case: Case) -> Value | None:
    return prod(case.made[:-1]) if case.asked is Quantity.UNITS and case.made[1:] else None


def _batch_of(images: int) -> None:
    @mistake(
        "batch counted",
        "That is for several images together. The question is about one image.",
    )
    def batch_counted(case: Case) -> Value | None:
        if case.asked is Quantity.SHAPE:
            return (images, *case.made)
        return case.right * images if case.asked in (*WORK, Quantity.UNITS) and images else None


for _images in (None, 1, 32, 64, 128):
    _batch_of(_images)


OTHER_NETWORK = Mistake(
    "another network taken for this one",
    "That is the number of another network, whose layers have the same names and other numbers. "
    "How large is each kernel here, and how many are there?",
)


@mistake(OTHER_NETWORK.name, OTHER_NETWORK.said)
def other_network(case: Case) -> Value | None:
    rows = case.instead.trace() if case.instead else ()
    twins = [row for row in rows if row.name == case.row.name]
    return Case(case.asked, twins[0]).right if twins else None
