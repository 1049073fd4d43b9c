"""Records side by side: how many digits an error takes, and what moving the digits does.

Needs neither TensorFlow nor NumPy.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log
from statistics import mean

from lenet.table import Table
from lenet.training.runs import Record


def digits_needed(sizes: Sequence[float], errors: Sequence[float], error: float) -> float | None:
    """How many digits it takes to come down to an error, read between the measured sizes.

    `errors` in percent at each of `sizes`, falling; between two of them a straight line on
    paper whose both axes are logarithmic. None where even the largest size does not do;
    raises ValueError for an error above that of the smallest.

    >>> round(digits_needed([10, 1000], [20.0, 5.0], 10.0), 3)
    100.0
    """
    if error > errors[0]:
        raise ValueError(f"error must be at most {errors[0]}, that of {sizes[0]}, got {error}")
    for (few, high), (many, low) in pairwise(zip(sizes, errors, strict=True)):
        if low <= error:
            part = log(high / error) / log(high / low)
            return exp(log(few) + part * log(many / few))
    return None


def shift_table(records: Iterable[Record]) -> Table:
    """A row for each number of pixels by which the test digits moved, a column for each record.

    The mean error of its runs in percent. The records must have kept their shifts.
    """
    columns = {record.experiment.title: record.shift_errors for record in records}
    rows = zip(*columns.values(), strict=True)
    return Table(
        ("pixels moved", *columns),
        tuple((str(far), *map(mean, errors)) for far, errors in enumerate(rows)),
    )
