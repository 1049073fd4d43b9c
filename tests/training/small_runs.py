"""The command line with two experiments of a second or two, on bars instead of MNIST."""

import sys

from bars import bars
from lenet import LENET5_1998
from lenet.training import mnist, reproduce
from lenet.training.experiments import EXPERIMENTS, Experiment
from lenet.training.recipes import Recipe

EPOCHS = 3


def few_experiments() -> None:
    """Puts them in place of all, in this process."""
    recipe = Recipe(EPOCHS, 32, "AdamW", 0.01, loss="equation 9")
    mnist.load = bars
    EXPERIMENTS.clear()
    EXPERIMENTS["plain"] = Experiment(
        "plain", LENET5_1998, recipe, seeds=range(2), keeps=("wrong", "weights")
    )
    EXPERIMENTS["other"] = Experiment("other", LENET5_1998, recipe, "other", range(2))


if __name__ == "__main__":
    few_experiments()
    sys.exit(reproduce.main())
