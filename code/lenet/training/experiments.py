"""What is trained on MNIST: the table of 1998, and CNN against FNN.

Each experiment has a recipe that was fixed on the last 10,000 training digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lenet import architectures as nets
from lenet.network import Network
from lenet.paper import COMPARISON, Compared
from lenet.training.recipes import Distortion, Recipe

KEEPS = ("training", "wrong", "shifts", "weights")


@dataclass(frozen=True)
class Experiment:
    """A network, how it is trained, from which seeds, and what of it is kept.

    `name` is that of its record and begins with the network's; `variant` says in words
    what else there is to it. `keeps` names what a run keeps besides its test errors:
    "training", losses and errors while training; "wrong", the test digits missed;
    "shifts", the errors when the test digits move; "weights", those of seed 0.
    `reproduces` is the row of the paper that is run again. Raises ValueError for
    anything else in `keeps`, and where there is no seed.

    >>> EXPERIMENTS["lenet5-1998-distorted"].title
    'LeNet-5 of 1998, distorted'
    """

    name: str
    network: Network
    recipe: Recipe
    variant: str = ""
    seeds: Sequence[int] = range(5)
    keeps: tuple[str, ...] = ()
    reproduces: Compared | None = None

    def __post_init__(self):
        unknown = set(self.keeps) - set(KEEPS)
        if unknown:
            raise ValueError(f"keeps are among {', '.join(KEEPS)}, got {', '.join(unknown)}")
        if not len(self.seeds):
            raise ValueError("seeds must be at least one, as in range(5), got none")

    @property
    def title(self) -> str:
        """The network's own name, and the variant: what stands above a figure."""
        return f"{self.network.name}, {self.variant}" if self.variant else self.network.name


def _by_name(*experiments: Experiment) -> dict[str, Experiment]:
    return {experiment.name: experiment for experiment in experiments}


def _printed(network: Network, inputs: str = "") -> Compared:
    """The paper's row with this network, and with this done to the digits."""
    (row,) = (row for row in COMPARISON if row.network == network and row.inputs == inputs)
    return row


FULLY_CONNECTED = Recipe(10, 128, "AdamW", 0.002, weight_decay=0.05)
MODERN = Recipe(15, 128, "AdamW", 0.005, weight_decay=0.05)
OF_1998 = Recipe(20, 128, "AdamW", 0.02, weight_decay=0.1, loss="equation 9")
OF_LENET1 = Recipe(30, 128, "AdamW", 0.01, loss="softmax", box=16)
DISTORTED = replace(
    OF_1998, epochs=24, learning_rate=0.01, temperature=0.03, distortion=Distortion()
)
AS_THEN = Recipe(
    20, 1, "Levenberg-Marquardt", learning_rate=None, loss="equation 9", j=3.0,
    start="0.6 * 2.4 / sqrt(F)",
)  # fmt: skip


def _fully_connected(name: str, network: Network, variant: str = "") -> Experiment:
    return Experiment(
        name, network, FULLY_CONNECTED, variant, range(3), reproduces=_printed(network)
    )


TABLE_OF_1998 = _by_name(
    _fully_connected("fnn-784-10", nets.FNN_784_10, "linear"),
    _fully_connected("fnn-784-300-10", nets.FNN_784_300_10),
    _fully_connected("fnn-784-1000-10", nets.FNN_784_1000_10),
    _fully_connected("fnn-784-300-100-10", nets.FNN_784_300_100_10),
    _fully_connected("fnn-784-500-150-10", nets.FNN_784_500_150_10),
    Experiment(
        "lenet1", nets.LENET1, OF_LENET1, "16 by 16", reproduces=_printed(nets.LENET1, "16 by 16")
    ),
    Experiment("lenet5-modern", nets.LENET5_MODERN, MODERN, keeps=("shifts",)),
    Experiment(
        "lenet5-1998", nets.LENET5_1998, OF_1998, keeps=("wrong", "weights"),
        reproduces=_printed(nets.LENET5_1998),
    ),
    Experiment(
        "lenet5-1998-distorted", nets.LENET5_1998, DISTORTED, "distorted",
        reproduces=_printed(nets.LENET5_1998, "distorted"),
    ),
    Experiment(
        "lenet5-1998-only-distorted", nets.LENET5_1998,
        replace(OF_1998, distortion=Distortion()), "only distorted",
    ),
    Experiment(
        "lenet5-1998-as-trained-then", nets.LENET5_1998, AS_THEN, "nearly as trained then",
        keeps=("training",), reproduces=_printed(nets.LENET5_1998),
    ),
)  # fmt: skip

SIZES = (10, 30, 100, 300, 1000, 3000, 5421)  # digits a class; the rarest class has 5,421
MOVED = Distortion(shift=8.0, scale=0.0, squeeze=0.0, shear=0.0)
FNN = "fnn-1024-300-100-10"


def _fewer(name: str, network: Network, recipe: Recipe, size: int) -> Experiment:
    """As many updates for every size: five times as many digits as MNIST has."""
    fewer = replace(recipe, epochs=5, images_per_class=size)
    return Experiment(name, network, fewer, f"{size:,} digits a class")


def _each_size(name: str, network: Network, recipe: Recipe) -> list[Experiment]:
    return [_fewer(f"{name}-{size}-a-class", network, recipe, size) for size in SIZES]


def _moved(name: str, network: Network, recipe: Recipe) -> Experiment:
    moved = replace(recipe, epochs=15, distortion=MOVED)
    return Experiment(f"{name}-moved", network, moved, "moved", keeps=("shifts",))


def _shuffled(name: str, network: Network, recipe: Recipe) -> Experiment:
    return Experiment(f"{name}-shuffled", network, replace(recipe, shuffled=True), "shuffled")


CNN_AGAINST_FNN = _by_name(
    Experiment(FNN, nets.FNN_1024_300_100_10, FULLY_CONNECTED, keeps=("shifts",)),
    Experiment("fnn-1024-58-32-10", nets.FNN_1024_58_32_10, FULLY_CONNECTED, keeps=("weights",)),
    Experiment("fnn-1024-380-70-10", nets.FNN_1024_380_70_10, FULLY_CONNECTED),
    Experiment("fnn-1024-500-150-10", nets.FNN_1024_500_150_10, FULLY_CONNECTED),
    _fewer("lenet5-dense", nets.LENET5_DENSE, MODERN, SIZES[-1]),
    _fewer("lenet5-unshared", nets.LENET5_UNSHARED, MODERN, SIZES[-1]),
    _shuffled("lenet5-modern", nets.LENET5_MODERN, MODERN),
    _shuffled(FNN, nets.FNN_1024_300_100_10, FULLY_CONNECTED),
    _moved("lenet5-modern", nets.LENET5_MODERN, MODERN),
    _moved(FNN, nets.FNN_1024_300_100_10, FULLY_CONNECTED),
    *_each_size("lenet5-modern", nets.LENET5_MODERN, MODERN),
    *_each_size(FNN, nets.FNN_1024_300_100_10, FULLY_CONNECTED),
)

EXPERIMENTS = TABLE_OF_1998 | CNN_AGAINST_FNN
