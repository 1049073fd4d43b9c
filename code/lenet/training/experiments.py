"""What is trained on MNIST: the rows of the table of 1998, and those of CNN against FNN.

Each row has a network, a recipe fixed on the last 10,000 training digits, and a
number of seeds.
"""

from dataclasses import dataclass, replace

from lenet import architectures as nets
from lenet.network import Network
from lenet.training.runs import Distortion, MnistRecipe


@dataclass(frozen=True)
class Row:
    """What is trained, how, and with how many seeds.

    `keeps` names what a run leaves besides its errors: "wrong", the digits missed,
    "weights" of seed 0, "shifts", the errors when the test digits move.
    """

    network: Network
    recipe: MnistRecipe
    seeds: int = 5
    keeps: tuple[str, ...] = ()


FULLY_CONNECTED = MnistRecipe(epochs=10, peak=0.002, weight_decay=0.05)
MODERN = MnistRecipe(epochs=15, peak=0.005, weight_decay=0.05)
OF_1998 = MnistRecipe(epochs=20, peak=0.02, weight_decay=0.1, loss="equation 9")
OF_LENET1 = MnistRecipe(epochs=30, peak=0.01, loss="softmax", box=16)
DISTORTED = replace(OF_1998, epochs=24, peak=0.01, temperature=0.03, distortion=Distortion())
AS_THEN = MnistRecipe(
    20, batch_size=1, loss="equation 9", optimizer="Levenberg-Marquardt", start="2.4 / sqrt(F)"
)

TABLE_OF_1998 = {
    "linear": Row(nets.LINEAR_784, FULLY_CONNECTED, 3),
    "fnn-300-10": Row(nets.FNN_300, FULLY_CONNECTED, 3),
    "fnn-1000-10": Row(nets.FNN_1000, FULLY_CONNECTED, 3),
    "fnn-300-100-10": Row(nets.FNN_300_100, FULLY_CONNECTED, 3),
    "fnn-500-150-10": Row(nets.FNN_500_150, FULLY_CONNECTED, 3),
    "lenet1": Row(nets.LENET1, OF_LENET1),
    "lenet5-modern": Row(nets.LENET5_MODERN, MODERN, keeps=("shifts",)),
    "lenet5-1998": Row(nets.LENET5_1998, OF_1998, keeps=("wrong", "weights")),
    "lenet5-1998-distorted": Row(nets.LENET5_1998, DISTORTED),
    "lenet5-1998-as-trained-then": Row(nets.LENET5_1998, AS_THEN),
}

SHIFTED = Distortion(shift=8.0, scale=0.0, squeeze=0.0, shear=0.0)
SIZES = (10, 30, 100, 300, 1000, 3000, 5421)  # digits a class; the rarest class has 5,421


def _fewer(network: Network, recipe: MnistRecipe, size: int) -> Row:
    """As many updates for every size: five times as many digits as MNIST has."""
    return Row(network, replace(recipe, epochs=5, images_per_class=size))


CNN_AGAINST_FNN = {
    "fnn": Row(nets.FNN_1024, FULLY_CONNECTED, keeps=("shifts",)),
    "fnn-same-parameters": Row(nets.FNN_SAME_PARAMETERS, FULLY_CONNECTED),
    "fnn-same-macs": Row(nets.FNN_SAME_MACS, FULLY_CONNECTED),
    "locally-connected": _fewer(nets.LENET5_UNSHARED, MODERN, SIZES[-1]),
    "cnn-shuffled": Row(nets.LENET5_MODERN, replace(MODERN, shuffled=True)),
    "fnn-shuffled": Row(nets.FNN_1024, replace(FULLY_CONNECTED, shuffled=True)),
    "cnn-moved": Row(nets.LENET5_MODERN, replace(MODERN, distortion=SHIFTED), keeps=("shifts",)),
    "fnn-moved": Row(
        nets.FNN_1024, replace(FULLY_CONNECTED, epochs=15, distortion=SHIFTED), keeps=("shifts",)
    ),
    **{f"cnn-{size}-a-class": _fewer(nets.LENET5_MODERN, MODERN, size) for size in SIZES},
    **{f"fnn-{size}-a-class": _fewer(nets.FNN_1024, FULLY_CONNECTED, size) for size in SIZES},
}

ROWS = TABLE_OF_1998 | CNN_AGAINST_FNN
