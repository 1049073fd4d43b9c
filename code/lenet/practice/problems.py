"""Problems made from a seed: a layer or a small network, and what is asked of it.

Level 1 has one layer whose numbers come out even; level 2 adds strides, maps that are not
square and dense layers on maps; level 3 has what is easily got wrong on purpose: windows that
leave pixels over, same padding, dilation and groups; level 4 has whole networks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from random import Random

from lenet.arithmetic import whole
from lenet.layers import AveragePooling2D, Conv2D, Dense, Flatten, Layer, MaxPooling2D
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.practice.checking import Reply, diagnosis
from lenet.practice.quantities import Quantity
from lenet.practice.questions import Count
from lenet.practice.wording import asked_of

LEVELS = (1, 2, 3, 4)
MOST, TRIES = 200, 4_000
TRAPS = ("floor", "same", "dilation", "groups")
ROUND = 20_000  # no answer of level 1 is above this
TOPICS = {
    "shapes": (Quantity.SHAPE, Quantity.UNITS),
    "parameters": (Quantity.PARAMETERS, Quantity.WEIGHTS),
    "work": (Quantity.MACS, Quantity.CONNECTIONS),
    "fields": (Quantity.FIELD,),
}
Made = tuple[Shape, list[Layer]]


@dataclass(frozen=True)
class Sheet:
    """Problems without two alike; the same arguments make the same sheet.

    `topics` are names of `TOPICS`, `name` is whose sheet it is: another name has other
    problems. Raises ValueError for an unknown topic or level, and where there are not so many
    different problems.

    >>> sheet = Sheet(("shapes",), level=1, count=3, seed=7)
    >>> sheet.check(1, sheet.problems[0].answer)
    Right.
    """

    topics: tuple[str, ...]
    level: int
    count: int
    seed: int
    name: str = ""

    def __post_init__(self):
        for topic in self.topics or ("",):
            if topic not in TOPICS:
                near = get_close_matches(topic, TOPICS, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(TOPICS)}"
                raise ValueError(f"no topic {topic[:30]!r}; {hint}")
        if self.level not in LEVELS:
            raise ValueError(f"level must be 1 to 4, got {self.level!r}")
        if whole("count", self.count) > MOST:
            raise ValueError(f"count must be at most {MOST}, got {self.count}")
        whole("seed", self.seed, minimum=0)

    @cached_property
    def problems(self) -> tuple[Count, ...]:
        """The questions, numbered from 1, the topics in turn."""
        chance = Random(f"{self.seed}/{self.level}/{self.name}")  # the same on every machine
        found: dict[tuple, Count] = {}
        for _ in range(TRIES):
            if len(found) == self.count:
                break
            number = len(found)
            topic = self.topics[number % len(self.topics)]
            trap = TRAPS[number // len(self.topics) % len(TRAPS)]
            problem = _problem(chance, topic, self.level, trap)
            if problem is not None:
                found.setdefault(problem.sameness, replace(problem, id=str(number + 1)))
        if len(found) < self.count:
            raise ValueError(
                f"count {self.count} is too many: only {len(found)} different problems were "
                f"found for {', '.join(self.topics)} at level {self.level}"
            )
        return tuple(found.values())

    def check(self, number: int, given) -> Reply:
        """What is said of an answer to a problem, counted from 1."""
        if not 1 <= whole("number", number) <= self.count:
            raise ValueError(f"this sheet has problems 1 to {self.count}, got {number}")
        return diagnosis(self.problems[number - 1], given)


def _problem(chance: Random, topic: str, level: int, trap: str) -> Count | None:
    """A problem, or None where the draw does not fit or is not of its level."""
    asked = chance.choice(TOPICS[topic])
    came, layers = MAKERS[level](chance, topic, trap)
    try:
        network = Network(came, layers)
    except ValueError:  # a kernel that does not fit
        return None
    whole_network = level == 4 and topic in ("parameters", "work") and chance.random() < 0.5
    layer = None if whole_network else _asked_layer(chance, network, asked)
    if layer is None and not whole_network:
        return None
    problem = Count("1", asked_of(network, layer, asked), asked, network, layer)
    return problem if _fits(problem, level) else None


def _asked_layer(chance: Random, network: Network, asked: Quantity) -> str | None:
    """A layer that has such a number: the last, or one after it of a larger network."""
    rows = [row for row in network.trace() if not isinstance(row.layer, Flatten)]
    if asked in (Quantity.PARAMETERS, Quantity.WEIGHTS, Quantity.MACS):
        rows = [row for row in rows if row.weights]
    if asked is Quantity.FIELD:
        rows = [row for row in rows if len(row.output_shape) == 3]
    if not rows:
        return None
    return chance.choice(rows[-2:]).name if len(rows) > 3 else rows[-1].name


def _fits(problem: Count, level: int) -> bool:
    """Whether there is something to get wrong, and at level 1 no ugly number."""
    right = problem.answer
    if not problem.wrong or right == 0:
        return False
    return level > 1 or isinstance(right, tuple) or right <= ROUND


def _level_1(chance: Random, topic: str, trap: str) -> Made:
    """One layer on a square map; every window fits, and nothing is left over."""
    if topic in ("parameters", "work") and chance.random() < 0.3:
        units = chance.choice((2, 4, 5, 10, 20))
        return (chance.choice((10, 20, 50, 84, 100, 120)),), [Dense(units)]
    made, kernel = chance.choice((4, 5, 6, 8, 10, 12, 14, 20, 28)), chance.choice((3, 5))
    channels, filters = chance.choice((1, 1, 2, 3)), chance.choice((2, 4, 5, 6, 8, 10))
    if topic == "shapes" and chance.random() < 0.3:
        return (2 * made, 2 * made, filters), [_pooling(chance)(2)]
    side = made + kernel - 1
    if topic == "fields":
        first, second = chance.randrange(2, 10), chance.randrange(2, 10)
        side = made + first + second - 2
        return (side, side, channels), [Conv2D(filters, first), Conv2D(2 * filters, second)]
    return (side, side, channels), [Conv2D(filters, kernel)]


def _level_2(chance: Random, topic: str, trap: str) -> Made:
    """Strides that come out even, maps that are not square, and dense layers on maps."""
    high, wide = (chance.randrange(4, 15) for _ in range(2))
    kernel = (chance.choice((3, 4, 5)), chance.choice((3, 4, 5)))
    stride = chance.choice((1, 2, 2, 3))
    channels, filters = chance.choice((1, 3, 4, 6)), chance.choice((4, 6, 8, 12, 16))
    if topic == "fields":
        return _with_a_pooling(chance, high, channels, filters)
    if topic in ("parameters", "work") and chance.random() < 0.4:
        return (2 * high, 2 * wide, channels), [_pooling(chance)(2), Flatten(), Dense(filters)]
    sides = tuple((n - 1) * stride + k for n, k in zip((high, wide), kernel, strict=True))
    bias = chance.random() < 0.7
    return (*sides, channels), [Conv2D(filters, kernel, stride, use_bias=bias)]


def _with_a_pooling(chance: Random, made: int, channels: int, filters: int) -> Made:
    """A pooling between two convolutions, all of which come out even."""
    first, second, pool = chance.randrange(2, 8), chance.randrange(2, 8), chance.choice((2, 3))
    side = pool * (made + second - 1) + first - 1
    layers = [Conv2D(filters, first), _pooling(chance)(pool), Conv2D(2 * filters, second)]
    return (side, side, channels), layers


def _level_3(chance: Random, topic: str, trap: str) -> Made:
    """One trap: pixels left over, same padding, dilation or groups."""
    side, kernel = chance.randrange(15, 40), chance.choice((3, 4, 5))
    channels, filters = chance.choice((4, 6, 8)), chance.choice((8, 12, 16))
    made = {
        "floor": lambda: _leaving_some_over(chance, side, kernel, filters),
        "same": lambda: Conv2D(filters, kernel, chance.choice((2, 3)), padding="same"),
        "dilation": lambda: Conv2D(filters, kernel, dilation_rate=chance.choice((2, 3))),
        "groups": lambda: Conv2D(filters, kernel, groups=2, use_bias=chance.random() < 0.5),
    }[trap]()
    layers: list[Layer] = [made]
    if topic == "fields":
        pool = _pooling(chance)(chance.choice((2, 3)))
        layers = [Conv2D(channels, chance.randrange(2, 7)), pool, made]
    elif topic in ("parameters", "work") and trap in ("floor", "same"):
        layers += [Flatten(), Dense(chance.choice((5, 10, 20)))]
    return (side, side, channels), layers


def _leaving_some_over(chance: Random, side: int, kernel: int, filters: int) -> Layer:
    """A layer whose last window ends before the last pixel."""
    strides = [s for s in (2, 3, 4) if (side - kernel) % s]
    if strides:
        return Conv2D(filters, kernel, chance.choice(strides))
    return _pooling(chance)(next(p for p in (2, 3, 5, 7) if side % p))


def _level_4(chance: Random, topic: str, trap: str) -> Made:
    """A network in the manner of LeNet, with a trap in its second convolution."""
    side, channels = chance.randrange(28, 49), chance.choice((1, 3))
    first, second = chance.choice((4, 6, 8)), chance.choice((12, 16, 20))
    more = {
        "floor": {}, "same": {"padding": "same"}, "dilation": {"dilation_rate": 2},
        "groups": {"groups": 2},
    }[trap]  # fmt: skip
    pooling = _pooling(chance)
    layers = [
        Conv2D(first, chance.randrange(3, 8)), pooling(2),
        Conv2D(second, chance.choice((3, 4, 5)), **more), pooling(2),
    ]  # fmt: skip
    if topic in ("parameters", "work"):
        layers += [Flatten(), Dense(chance.choice((32, 64, 84))), Dense(10)]
    return (side, side, channels), layers


def _pooling(chance: Random) -> type[Layer]:
    return chance.choice((MaxPooling2D, AveragePooling2D))


MAKERS: dict[int, Callable[[Random, str, str], Made]] = {
    1: _level_1, 2: _level_2, 3: _level_3, 4: _level_4,
}  # fmt: skip
