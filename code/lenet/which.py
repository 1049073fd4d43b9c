"""Which LeNet is that? The networks that a total belongs to, and how they differ from a paper's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, partial
from html import escape
from itertools import product

from lenet.architectures import LENET1_TABLE, NETWORKS, TABLE_I
from lenet.arithmetic import whole
from lenet.layers import RBF, AveragePooling2D, Conv2D, Dense, Flatten, PartialConv2D, Subsampling2D
from lenet.network import Network
from lenet.notation import KINDS
from lenet.table import Table
from lenet.trace import COLUMNS

QUANTITIES = ("parameters", "weights", "macs", "connections")
TABLES = {(6, 16): TABLE_I, (4, 12): LENET1_TABLE}
UNIT_NAMES = {120: "C5", 84: "F6", 500: "F5"}
SHOWN = ("name", "layer", "output_shape", "biases", *QUANTITIES)
NOTE = "No effect on the total: max or average pooling, activations, C5 dense or convolving to 1×1."


@dataclass(frozen=True)
class Variant:
    """The choices that make one LeNet; as they stand, those of LeNet-5 of 1998."""

    table: bool = True  # the second convolution reads only what the paper's table says
    trained_pooling: bool = True
    rbf: bool = True
    widths: tuple[int, ...] = (6, 16, 120, 84)  # maps of the convolutions, units before the output
    image: tuple[int, bool] = (32, False)  # its side, and whether the first convolution pads it
    channels: int = 1
    dense_c5: bool = False  # where a convolution fits and would count something else
    biases: bool = True

    @property
    def side_for_c5(self) -> int:
        """The side of the map that C5 reads; 0 where there is no layer of 120 units."""
        side, padded = self.image
        return ((side - 4 * (not padded)) // 2 - 4) // 2 * (120 in self.widths)

    @property
    def is_possible(self) -> bool:
        """Whether such a network can be, and is not another one again."""
        has_table = self.widths[:2] in TABLES or not self.table
        has_codes = 84 in self.widths or not self.rbf  # the codes are bitmaps of 7 by 12
        has_choice = self.side_for_c5 > 5 or not self.dense_c5
        can_lack_biases = self.biases or not (self.table or self.trained_pooling)
        return has_table and has_codes and has_choice and can_lack_biases

    @cached_property
    def network(self) -> Network:
        """The network, without activations: they count nothing."""
        (first, second, *units), (side, padded) = self.widths, self.image
        _, _, (c1, s2, c3, s4) = PUBLISHED[self.widths]
        conv = partial(Conv2D, kernel_size=5, use_bias=self.biases)
        pool = Subsampling2D if self.trained_pooling else AveragePooling2D
        maps = [conv(first, padding="same" if padded else "valid", name=c1), pool(2, name=s2)]
        links = TABLES[first, second] if self.table else None
        maps += [PartialConv2D(links, 5, name=c3) if links else conv(second, name=c3)]
        maps += [pool(2, name=s4)]
        if self.side_for_c5 >= 5 and not self.dense_c5:
            maps += [conv(units.pop(0), name="C5")]
        dense = partial(Dense, use_bias=self.biases)
        rows = [dense(count, name=UNIT_NAMES[count]) for count in units]
        rows += [RBF(10, name="Output") if self.rbf else dense(10, name="Output")]
        return Network((side, side, self.channels), (*maps, Flatten(name="Flatten"), *rows))

    def said(self, choice: str) -> str:
        """A choice in words, where the published network made another."""
        (side, padded), (_, _, names) = self.image, PUBLISHED[self.widths]
        more = ", so that C5 is dense" if 0 < self.side_for_c5 < 5 else ", padded by 2" * padded
        return {
            "table": f"{names[2]} reads all maps",
            "trained_pooling": f"pooling has {'' if self.trained_pooling else 'no '}parameters",
            "rbf": "the output is dense",
            "widths": "the layer of 120 units is left out",
            "image": f"the image is {side}×{side}{more}",
            "channels": f"the image has {self.channels} channels",
            "dense_c5": "C5 is dense",
            "biases": "no layer has biases",
        }[choice]

    @property
    def changed(self) -> list[str]:
        """The choices that the published network made otherwise."""
        base = PUBLISHED[self.widths][1]
        return [f.name for f in fields(self) if getattr(self, f.name) != getattr(base, f.name)]

    def changes(self, quantity: str) -> list[tuple[str, int]]:
        """What differs from the published network, and what each change adds after those before."""
        found, now = [], PUBLISHED[self.widths][1]
        for choice in self.changed:
            after = replace(now, **{choice: getattr(self, choice)})
            added = _total(after.network, quantity) - _total(now.network, quantity)
            found.append((self.said(choice), added))
            now = after
        return found


LENET5, MODERN = Variant(), Variant(table=False, trained_pooling=False, rbf=False)
LENET1 = Variant(rbf=False, widths=(4, 12), image=(28, False))
CAFFE = replace(MODERN, widths=(20, 50, 500), image=(28, False))
NAMED = {LENET5: "lenet5-1998", MODERN: "lenet5-modern", LENET1: "lenet1"}
C1_TO_S4 = ("C1", "S2", "C3", "S4")
PUBLISHED = {  # what variants of these widths are compared with, and its first layers' names
    (6, 16, 120, 84): ("LeNet-5 of 1998", LENET5, C1_TO_S4),
    (6, 16, 84): ("LeNet-5 of 1998", LENET5, C1_TO_S4),
    (4, 12): ("LeNet-1", LENET1, ("H1", "H2", "H3", "H4")),
    (20, 50, 500): ("Caffe's LeNet", CAFFE, C1_TO_S4),
}


@cache
def family() -> tuple[Variant, ...]:
    """Every variant that can be."""
    either, images = (True, False), product((28, 32, 64), (False, True))
    choices = product(either, either, either, PUBLISHED, images, (1, 3), either, either)
    return tuple(variant for chosen in choices if (variant := Variant(*chosen)).is_possible)


@dataclass(frozen=True)
class Match:
    """A network, the name that the shell has for it, and the quantities that are the total."""

    network: Network
    variant: Variant | None = None
    name: str | None = None
    quantities: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What it is, and how it differs from a published network."""
        if self.variant is None:
            return f"{self.network.name}. {self.network.source}"
        changes = self.variant.changes(self.quantities[0])
        words = [f"{said} ({f'{added:+,}' if added else '±0'})" for said, added in changes]
        listed = ", and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
        but = f"but {listed}" if words else "unchanged"
        return f"{PUBLISHED[self.variant.widths][0]}, {but}."

    @property
    def line(self) -> str:
        """Its name, if it has one, and its line of notation, if one can say it."""
        parts = filter(None, (self.name, notation_of(self.network)))
        return " = ".join(parts) or "(one line cannot say its table of maps)"

    @property
    def rank(self) -> tuple[int, bool, int]:
        """How many things differ from a network with a name; variants and parameters first."""
        changes = [] if self.name else self.variant.changed
        return len(changes), self.variant is None, QUANTITIES.index(self.quantities[0])


@dataclass(frozen=True)
class Answer:
    """Networks with a total, or else of the two `nearest`. Prints as text, shows as HTML."""

    number: int
    matches: tuple[Match, ...]
    nearest: tuple[Match, ...] = ()

    def _parts(self) -> Iterator[str | Table]:
        count = len(self.matches)
        found = f"{count} network{'s' * (count > 1)}" if count else "no LeNet here; the nearest are"
        yield f"{self.number:,}: {found}"
        for match in self.matches or self.nearest:
            counted = " and ".join(COLUMNS[quantity] for quantity in match.quantities)
            yield f"{_total(match.network, match.quantities[0]):,} {counted}: {match.sentence}"
            yield match.line
            if match in self.matches[:3]:  # some MACs are those of a dozen variants
                yield match.network.trace().table(*SHOWN)
        yield NOTE

    def __repr__(self) -> str:
        return "\n\n".join(map(str, self._parts()))

    def _repr_html_(self) -> str:
        html = {Table: Table._repr_html_, str: lambda text: f"<p>{escape(text)}</p>"}
        return "".join(html[type(part)](part) for part in self._parts())


def which(number: int, quantity: str | None = None) -> Answer:
    """The networks with so many parameters, weights, MACs or connections, or of one quantity.

    Those come first that differ least from one with a name. Raises TypeError for what is no
    whole number, ValueError below 1, beyond 18 digits, and for a quantity not in `QUANTITIES`.

    >>> which(44426).matches[0].sentence  # doctest: +NORMALIZE_WHITESPACE
    'LeNet-5 of 1998, but C3 reads all maps (+900), pooling has no parameters (-44), the output is
    dense (+850), and the image is 28×28, so that C5 is dense (-17,280).'
    >>> [match.line.split(":")[0] for match in which(61706).matches]
    ['lenet5-modern = 32x32x1', '28x28x1']
    """
    if whole("number", number) >= 10**18:
        raise ValueError("number must have at most 18 digits: no LeNet has more of anything")
    if quantity not in (None, *QUANTITIES):
        raise ValueError(f"no quantity {quantity!r}; there are {', '.join(QUANTITIES)}")
    asked = (quantity,) if quantity else QUANTITIES
    if matches := _having(number, *asked):
        return Answer(int(number), matches)
    totals = {_total(match.network, asked[0]) for match in _known()}
    near = sorted(totals, key=lambda total: (abs(total - number), total))[:2]
    return Answer(int(number), (), tuple(_having(total, asked[0])[0] for total in near))


def number_from(text: str) -> int:
    """The number in a text: 61706, 61,706 or 61 706. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,18}|[0-9]{1,3}([,_\s][0-9]{3}){1,5}", text.strip()):
        raise ValueError(f"number must be as 61706 or 61,706, to 18 digits; got {text[:30]!r}")
    return int(re.sub("[^0-9]", "", text))


def notation_of(network: Network) -> str | None:
    """The network in one line, without names and activations; None where none can say it."""
    words, clauses = {make: (word, *sizes) for word, (make, sizes) in KINDS.items()}, []
    if not all(type(layer) in words for layer in network.layers):
        return None
    for layer in network.layers:
        word, *sizes = words[type(layer)]
        parts = [word, *(_size(getattr(layer, size)) for size in sizes)]
        parts += ["same"] * (getattr(layer, "padding", "") == "same")
        parts += ["nobias"] * (not getattr(layer, "use_bias", True))
        clauses.append(" ".join(parts))
    return f"{_size(network.input_shape)}: {', '.join(clauses)}"


def _size(value: int | tuple[int, ...]) -> str:
    return "x".join(re.findall(r"\d+", str(value)))


@cache
def _known() -> tuple[Match, ...]:
    named = [(variant, NAMED.get(variant)) for variant in family()]
    variants = [Match(NETWORKS.get(name, v.network), v, name) for v, name in named]
    others = [name for name in NETWORKS if name not in NAMED.values()]
    return (*variants, *(Match(NETWORKS[name], name=name) for name in others))


def _having(number: int, *asked: str) -> tuple[Match, ...]:
    """The networks with so many of something that is asked for, in their order."""
    counted = [(m, tuple(q for q in asked if _total(m.network, q) == number)) for m in _known()]
    found = [replace(match, quantities=equal) for match, equal in counted if equal]
    return tuple(sorted(found, key=lambda match: match.rank))


def _total(network: Network, quantity: str) -> int:
    return getattr(network.trace().total, quantity)
