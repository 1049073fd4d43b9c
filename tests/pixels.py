"""Values that say which pixels of the image they depend on."""

from dataclasses import dataclass
from functools import cache, reduce

SIDE = 32  # an image of pixels has no longer side


@dataclass(frozen=True)
class Pixels:
    """The pixels that a value can depend on, a bit each. What is computed joins them."""

    bits: int = 0

    def joined(self, other) -> "Pixels":
        return Pixels(self.bits | other.bits) if isinstance(other, Pixels) else self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = joined

    @classmethod
    def at(cls, place: tuple) -> "Pixels":
        return cls(2 << reduce(lambda number, at: number * SIDE + at, place, 0))

    @property
    def padded(self) -> bool:
        """Whether zeros of some padding are among them."""
        return bool(self.bits & 1)

    def along(self, rank: int) -> list[set[int]]:
        """The pixels along each axis of an image."""
        places = list(zip(*_places(self.bits >> 1, rank), strict=True))
        return [set(axis) for axis in places] or [set()] * rank


PADDING = Pixels(1)


@cache
def _places(bits: int, rank: int) -> list[tuple]:
    numbers = [n for n in range(bits.bit_length()) if bits >> n & 1]
    return [tuple(n // SIDE**axis % SIDE for axis in reversed(range(rank))) for n in numbers]
