"""How long networks take beside each other, on this machine."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lenet.network import Network
from lenet.table import Table
from lenet.training.loop import seconds_an_image


class Pace(NamedTuple):
    """Time to train on an image, and to answer for one, in those of a base."""

    train: float
    answer: float


def paces(networks: Sequence[Network], base: Network) -> dict[str, Pace]:
    """The pace of each network by name; that of `base`, which is one of them, is 1.

    The networks take turns on noise. Raises ValueError where `base` is not among them.
    """
    if base not in networks:
        raise ValueError(f"base must be one of the networks, got {base.name}")
    seconds = seconds_an_image(networks)
    train, answer = seconds[base.name]
    return {name: Pace(its[0] / train, its[1] / answer) for name, its in seconds.items()}


def pace_table(networks: Sequence[Network], paces: Mapping[str, Pace]) -> Table:
    """A row for each network: its multiply-accumulates, and its pace."""
    return Table(
        ("network", "MACs", "time to train", "to answer"),
        tuple((net.name, net.trace().total.macs, *paces[net.name]) for net in networks),
    )
