"""The order of calls that read each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush


def in_turn(
    reads: Sequence[Iterable[Hashable]],
    makes: Sequence[Iterable[Hashable]],
    given: Iterable[Hashable],
) -> Iterator[int]:
    """The numbers of calls, each behind those that it reads, else as they stand.

    `reads` and `makes` name what each call reads and puts out, `given` is there before.
    Those that wait for what never comes are left out. The time is that of sorting.

    >>> list(in_turn([["b"], ["a"], ["nowhere"]], [["c"], ["b"], []], ["a"]))
    [1, 0]
    """
    there, waiting, missing = set(given), defaultdict(list), []
    for number, some in enumerate(reads):
        awaited = set(some) - there
        missing.append(len(awaited))
        for name in awaited:
            waiting[name].append(number)
    ready = [number for number, count in enumerate(missing) if not count]
    heapify(ready)
    while ready:
        number = heappop(ready)
        yield number
        for name in makes[number]:
            for reader in waiting.pop(name, ()):
                missing[reader] -= 1
                if not missing[reader]:
                    heappush(ready, reader)
