"""Numbers that others printed and the book repeats, each with where it stands.

Data only. What the package can compute is computed; what stands here is quoted.
Pages are those of the authors' preprint of the 1998 paper.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """A number as printed: `source` is its key in the book's bibliography."""

    value: int
    what: str
    source: str
    where: str


PRINTED = (
    Printed(60_000, "trainable parameters of LeNet-5", "lecun1998", "section II-B, pp. 7-9"),
    Printed(340_908, "connections of LeNet-5", "lecun1998", "section II-B, pp. 7-9"),
    Printed(1_797, "digits bundled with scikit-learn", "alpaydin1998", "the test part"),
    Printed(43, "writers of the whole collection", "alpaydin1998", "scikit-learn's description"),
    Printed(13, "writers of its test part", "alpaydin1998", "scikit-learn's description"),
)
