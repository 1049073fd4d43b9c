"""What a training run leaves behind, and how far several runs lie apart."""

from dataclasses import dataclass
from statistics import mean

from lenet.arithmetic import whole
from lenet.table import Table


@dataclass(frozen=True)
class Recipe:
    """How to train: Adam with cross-entropy, fixed before the test set is looked at."""

    epochs: int = 12
    batch_size: int = 32
    learning_rate: float = 0.001

    def __post_init__(self):
        whole("epochs", self.epochs)
        whole("batch_size", self.batch_size)
        if not self.learning_rate > 0:
            raise ValueError(f"learning_rate must be above 0, got {self.learning_rate}")


@dataclass(frozen=True)
class Result:
    """One finished run.

    `losses`, `train_errors` and `test_errors` have one number an epoch, errors
    in percent; `predictions` are the classes given to the test images after the
    last epoch; `seconds` is the wall time of training.
    """

    network: str
    seed: int
    recipe: Recipe
    losses: tuple[float, ...]
    train_errors: tuple[float, ...]
    test_errors: tuple[float, ...]
    predictions: tuple[int, ...]
    seconds: float

    @property
    def test_error(self) -> float:
        """The test error after the last epoch, in percent: never the best epoch's."""
        return self.test_errors[-1]


def spread(*groups: list[Result]) -> Table:
    """A row for each group of runs: mean, least and largest test error in percent."""
    rows = []
    for results in groups:
        errors = [result.test_error for result in results]
        ends = (f"{number:.1f}%" for number in (mean(errors), min(errors), max(errors)))
        rows.append((results[0].network, len(results), *ends))
    return Table(("network", "runs", "mean error", "lowest", "highest"), tuple(rows))
