"""How much chance alone does: to the order of runs, and to two networks on the same digits.

The tests are exact: they count cases, and need no table of a distribution.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from statistics import mean
from typing import NamedTuple

from lenet.training.runs import Run


def dealt_as_low(lower: Sequence[float], higher: Sequence[float]) -> float:
    """The share of all ways to deal the runs out again that give a sum as low as `lower`'s.

    If it made no difference to which of two networks a run belongs, each way to deal the
    errors out would be as likely. The test is one-sided and exact: five runs that all lie
    below five others give 1 way of 252, three below three others 1 of 20. Raises
    ValueError where a side has no run.

    >>> dealt_as_low([1, 2, 3], [4, 5, 6]) == 1 / 20
    True
    """
    ways = list(_dealt(lower, higher))
    limit = sum(lower) + 1e-9  # sums of the same errors in another order
    return sum(sum(way) <= limit for way in ways) / len(ways)


def dealt_as_far(one: Sequence[float], other: Sequence[float]) -> float:
    """The share of all ways to deal the runs out again that set the two means as far apart.

    Two-sided: whichever of the two comes out lower. For sides of one size whose means differ
    it is twice the lower one's `dealt_as_low`. Raises ValueError where a side has no run.

    >>> dealt_as_far([1, 2, 3], [4, 5, 6]) == 2 / 20
    True
    """
    ways, total = list(_dealt(one, other)), sum(one) + sum(other)
    gaps = [abs(mean(way) - (total - sum(way)) / len(other)) for way in ways]
    limit = abs(mean(one) - mean(other)) - 1e-9
    return sum(gap >= limit for gap in gaps) / len(ways)


def _dealt(one: Sequence[float], other: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """What the first side gets in each way to deal the runs out."""
    if not one or not other:
        raise ValueError(f"each side must have a run, got {len(one)} and {len(other)}")
    return combinations([*one, *other], len(one))


class Paired(NamedTuple):
    """The digits that only the one run misread, those that only the other did, and `p`."""

    only_one: int
    only_other: int
    p: float


def paired(one: Run, other: Run) -> Paired:
    """McNemar's test, exact: two runs on the same test digits.

    A digit that both read, or both misread, tells nothing of which is better. If neither is,
    each of the others falls to either side like a coin; `p` is the chance that so many coins
    fall at least as unevenly, to either side. Both runs must have kept what they missed.

    >>> many = Run(0, (8.0,), 1.0, tuple((i, 3, 5) for i in range(8)))
    >>> paired(many, Run(0, (1.0,), 1.0, ((0, 3, 8),)))
    Paired(only_one=7, only_other=0, p=0.015625)
    """
    missed, also = ({index for index, _, _ in run.wrong} for run in (one, other))
    return Paired(len(missed - also), len(also - missed), _uneven(missed ^ also, missed - also))


def _uneven(all_of_them: set, one_side: set) -> float:
    """The chance that coins, one for each, fall at least as unevenly as they did."""
    coins, fewer = len(all_of_them), min(len(one_side), len(all_of_them) - len(one_side))
    ways = sum(comb(coins, heads) for heads in range(fewer + 1))
    return min(1.0, 2 * ways / 2**coins)
