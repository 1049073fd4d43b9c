"""Where a network's parameters and its arithmetic are: in convolutions, or in dense layers."""

from collections import Counter
from collections.abc import Sequence

from lenet.layers import RBF, Dense, Layer
from lenet.layers.convolution import Convolving
from lenet.layers.early import LocallyConnected2D, PartialConv2D
from lenet.network import Network
from lenet.table import Table

KINDS = ("convolutions", "dense layers", "all else")
QUANTITIES = {"parameters": "parameters", "macs": "MACs"}


def kind_of(layer: Layer) -> str:
    """Which of `KINDS` a layer is; RBF units read every input, as dense ones do.

    >>> from lenet.layers import Conv2D, Subsampling2D
    >>> kind_of(Conv2D(6, 5)), kind_of(RBF(10)), kind_of(Subsampling2D(2))
    ('convolutions', 'dense layers', 'all else')
    """
    if isinstance(layer, (Convolving, PartialConv2D, LocallyConnected2D)):
        return "convolutions"
    return "dense layers" if isinstance(layer, (Dense, RBF)) else "all else"


def by_kind(network: Network, quantity: str) -> dict[str, int]:
    """How many parameters or MACs each of `KINDS` has.

    `quantity` is a column of a trace that sums up. ValueError where it is not known of a layer.

    >>> from lenet.architectures import LENET5_1998
    >>> by_kind(LENET5_1998, "parameters")
    {'convolutions': 49792, 'dense layers': 10164, 'all else': 44}
    """
    found = Counter()
    for row in network.trace():
        number = getattr(row, quantity)
        if number is None:
            raise ValueError(f"the {quantity} of {row.name} are not known")
        found[kind_of(row.layer)] += number
    return {kind: found[kind] for kind in KINDS}


def share_table(networks: Sequence[Network]) -> Table:
    """For each network its totals, and the percentage of them that convolutions have.

    >>> from lenet.architectures import LENET5_1998
    >>> print(share_table([LENET5_1998]))
    network            parameters    in convolutions, %     MACs    in convolutions, %
    ---------------  ------------  --------------------  -------  --------------------
    LeNet-5 of 1998        60,000                 82.99  326,520                 96.66
    """
    headers = ["network"]
    rows = [[network.name] for network in networks]
    for quantity, title in QUANTITIES.items():
        headers += [title, "in convolutions, %"]
        for row, network in zip(rows, networks, strict=True):
            counts = by_kind(network, quantity)
            row += [sum(counts.values()), 100 * counts["convolutions"] / sum(counts.values())]
    return Table(tuple(headers), tuple(map(tuple, rows)))
