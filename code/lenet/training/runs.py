"""Runs on MNIST: how they were made, what came out, and the files that keep them.

Reading a record needs neither TensorFlow nor MNIST.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

from lenet import architectures
from lenet.network import Network
from lenet.paper import COMPARISON
from lenet.table import Table

RECORDS = Path(__file__).parent / "records"


@dataclass(frozen=True)
class Distortion:
    """Largest shift in pixels, largest logarithms of scale and squeeze, largest shear."""

    shift: float = 1.0
    scale: float = 0.1
    squeeze: float = 0.1
    shear: float = 0.2


@dataclass(frozen=True)
class MnistRecipe:
    """How a row is trained; all of it fixed on the last 10,000 training digits.

    `optimizer` is "AdamW", whose rate rises to `peak` and falls again, or
    "Levenberg-Marquardt", with the rates printed in 1998 and one digit an update.
    `loss` is "equation 9", with `j` and `temperature` as in
    `lenet.keras_bridge.early.rubbish_class_loss`, "squared error" from targets of -1 and +1,
    "softmax" of outputs with such targets, with `temperature` as the scale of
    `lenet.keras_bridge.early.softmax_loss`, or "cross-entropy" of probabilities. `start`
    is where scaled_tanh layers start, uniform between plus and minus "2.4 / F" or
    "2.4 / sqrt(F)", F the inputs of a unit. `box` is the side in pixels to which the
    20 x 20 box of a digit is reduced. Of each class the first `images_per_class`
    digits are used, in an order drawn by the seed, and repeated until an epoch has
    as many digits as MNIST. `shuffled` puts the pixels of all images into one other
    order.
    """

    epochs: int
    peak: float | None = None
    weight_decay: float = 0.0
    batch_size: int = 128
    loss: str = "cross-entropy"
    j: float = 1.0
    temperature: float = 1.0
    optimizer: str = "AdamW"
    start: str = "2.4 / F"
    box: int = 20
    distortion: Distortion | None = None
    images_per_class: int | None = None
    shuffled: bool = False


@dataclass(frozen=True)
class Run:
    """One finished run.

    `test_errors` in percent, one an epoch; `wrong` the test digits missed after
    the last epoch, each as index, digit and answer; `seconds` of wall time;
    `shift_errors` the errors with the test digits moved by 0, 1, ... pixels, each
    the mean of four directions. What the row does not keep is empty.
    """

    seed: int
    test_errors: tuple[float, ...]
    wrong: tuple[tuple[int, int, int], ...]
    seconds: float
    shift_errors: tuple[float, ...] = ()


@dataclass(frozen=True)
class Record:
    """All finished runs of a row, with how they were made.

    `data` has the SHA-256 of each array of MNIST; `weights` that of the file with
    the trained weights of seed 0, where they are kept.
    """

    row: str
    network: str
    recipe: MnistRecipe
    runs: tuple[Run, ...]
    versions: dict[str, str]
    data: dict[str, str]
    weights: str | None = None

    @property
    def seeds(self) -> tuple[int, ...]:
        return tuple(run.seed for run in self.runs)

    @property
    def test_errors(self) -> tuple[float, ...]:
        """The error of each run after its last epoch, in percent: never the best epoch's."""
        return tuple(run.test_errors[-1] for run in self.runs)


def load_records(folder: Path = RECORDS) -> dict[str, Record]:
    """The records by row. Raises ValueError, with the remedy, for a file that is not one.

    >>> load_records()["lenet5-1998"].seeds
    (0, 1, 2, 3, 4)
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}


def beside_paper(records: Mapping[str, Record]) -> Table:
    """A row for each row of 1998 that was run again: the printed error, and ours in percent."""
    head = ("network", "digits", "parameters", "printed", "runs", "mean", "lowest", "highest")
    rows = []
    for entry in (entry for entry in COMPARISON if entry.row in records):
        ours = records[entry.row].test_errors
        parameters = getattr(architectures, entry.network).trace().total.parameters
        kind = (entry.method, entry.inputs, parameters, entry.error)
        rows.append((*kind, len(ours), mean(ours), min(ours), max(ours)))
    return Table(head, tuple(rows))


def compared(rows: Sequence[tuple[Record, Network]], names: Sequence[str] = ()) -> Table:
    """For each record and its network: parameters, MACs, and test errors in percent.

    `names` stand in for the names of the networks.
    """
    head = ("network", "parameters", "MACs", "runs", "mean", "lowest", "highest")
    names = names or [network.name for _, network in rows]
    cells = []
    for name, (record, network) in zip(names, rows, strict=True):
        total, errors = network.trace().total, record.test_errors
        counts = (name, total.parameters, total.macs, len(errors))
        cells.append((*counts, mean(errors), min(errors), max(errors)))
    return Table(head, tuple(cells))


def apart(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether every run of one has a smaller error than every run of the other.

    Only then does this book say better.

    >>> apart([0.8, 0.9], [1.0, 1.2]), apart([0.8, 1.1], [1.0, 1.2])
    (True, False)
    """
    return max(one) < min(other)


def write_record(record: Record, folder: Path = RECORDS) -> None:
    """Whole or not at all: a half-written record would lose the runs before it."""
    folder.mkdir(exist_ok=True)
    data = asdict(record)
    runs = ",\n  ".join(json.dumps(run) for run in data.pop("runs"))
    head = json.dumps(data, indent=1).removesuffix("\n}")
    part = folder / f"{record.row}.json.part"
    part.write_text(f'{head},\n "runs": [\n  {runs}\n ]\n}}\n')
    part.replace(folder / f"{record.row}.json")


def _read(path: Path) -> Record:
    try:
        data = json.loads(path.read_text())
        recipe = dict(data["recipe"])
        if recipe["distortion"]:
            recipe["distortion"] = Distortion(**recipe["distortion"])
        runs = tuple(_run(**run) for run in data["runs"])
        return Record(**{**data, "recipe": MnistRecipe(**recipe), "runs": runs})
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path} is not a record ({error}): delete it, and make reproduce writes it anew"
        ) from None


def _run(seed: int, test_errors: list, wrong: list, seconds: float, shift_errors: list) -> Run:
    wrong = tuple(map(tuple, wrong))
    return Run(seed, tuple(test_errors), wrong, seconds, tuple(shift_errors))
