"""Finished runs, how far they lie apart, and the files that keep those on MNIST.

Reading a record needs neither TensorFlow nor MNIST.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import mean

from lenet.table import Table
from lenet.training.checks import MOST_BYTES, check_record, strict_json
from lenet.training.experiments import EXPERIMENTS, Experiment
from lenet.training.files import read_bytes
from lenet.training.recipes import Distortion, Recipe

RECORDS = Path(__file__).parent / "records"
REMEDY = "delete it, and make reproduce writes it anew"


@dataclass(frozen=True)
class Run:
    """One finished run.

    `test_errors` in percent, one an epoch; `seconds` of wall time; `wrong` the test
    digits missed after the last epoch, each as index, digit and answer; `shift_errors`
    the errors with the test digits moved by 0, 1, ... pixels, each the mean of four
    directions; `losses` and `train_errors` means over each epoch, while the network
    changed. What the experiment does not keep is empty.
    """

    seed: int
    test_errors: tuple[float, ...]
    seconds: float
    wrong: tuple[tuple[int, int, int], ...] = ()
    shift_errors: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()
    train_errors: tuple[float, ...] = ()

    @property
    def test_error(self) -> float:
        """The test error after the last epoch, in percent: never the best epoch's."""
        return self.test_errors[-1]

    def answers(self, labels: Iterable[int]) -> list[int]:
        """What each test digit was read as: its label, but for those in `wrong`.

        >>> Run(0, (25.0,), 1.0, wrong=((2, 9, 4),)).answers([7, 8, 9, 0])
        [7, 8, 4, 0]
        """
        answers = list(map(int, labels))
        for index, _, answer in self.wrong:
            answers[index] = answer
        return answers


@dataclass(frozen=True)
class Record:
    """The finished runs of an experiment.

    For runs on MNIST also `versions` of what they were made with, the SHA-256 of each
    array of MNIST as `data`, and as `weights` that of the file with the trained weights
    of seed 0, where they are kept.
    """

    experiment: Experiment
    runs: tuple[Run, ...]
    versions: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    weights: str | None = None

    @property
    def seeds(self) -> tuple[int, ...]:
        return tuple(run.seed for run in self.runs)

    @property
    def test_errors(self) -> tuple[float, ...]:
        """The test error of each run after its last epoch, in percent."""
        return tuple(run.test_error for run in self.runs)

    @property
    def shift_errors(self) -> list[tuple[float, ...]]:
        """For 0, 1, ... pixels by which the test digits moved, the error of each run."""
        return list(zip(*(run.shift_errors for run in self.runs), strict=True))


def load_records(folder: Path = RECORDS) -> dict[str, Record]:
    """The records by name, in the order of `lenet.training.experiments`.

    Raises ValueError, with the place and the remedy, for a file that is no record, and
    where there is no such folder.

    >>> load_records()["lenet5-1998"].test_errors
    (0.83, 0.91, 0.75, 0.81, 0.84)
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder of records: make reproduce writes one")
    records = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    return {name: records[name] for name in EXPERIMENTS if name in records}


def write_record(record: Record, folder: Path = RECORDS) -> None:
    """Whole or not at all: a half-written record would lose the runs before it.

    Raises ValueError, and writes nothing, where a number is none that a record can have,
    such as the loss NaN of a run that went astray.
    """
    folder.mkdir(exist_ok=True)
    name = record.experiment.name
    head = {"experiment": name, "recipe": asdict(record.experiment.recipe)}
    head |= {key: getattr(record, key) for key in ("versions", "data", "weights")}
    kept = [_kept(run) for run in record.runs]
    try:
        check_record(head | {"runs": kept}, name)
    except ValueError as error:
        raise ValueError(f"{name} cannot be recorded: {error}") from None
    part = folder / f"{name}.json.part"
    text = json.dumps(head, indent=1).removesuffix("\n}")
    runs = ",\n  ".join(map(json.dumps, kept))
    part.write_text(f'{text},\n "runs": [\n  {runs}\n ]\n}}\n')
    part.replace(folder / f"{name}.json")


def error_table(records: Iterable[Record], *columns: str) -> Table:
    """A row for each record: its title, `columns`, and its test errors in percent.

    Columns may be "parameters" and "MACs" of the network, and "printed", the paper's
    error, where the experiment reproduces one. Raises ValueError for any other.

    >>> error_table([load_records()["lenet1"]], "parameters", "printed")
    network              parameters    printed    runs    mean    lowest    highest
    -----------------  ------------  ---------  ------  ------  --------  ---------
    LeNet-1, 16 by 16         2,578       1.70       5    1.14      1.04       1.28
    """
    for column in columns:
        if column not in _COLUMNS:
            raise ValueError(f"columns are among {', '.join(_COLUMNS)}, got {column!r}")
    rows = []
    for record in records:
        cells = (_COLUMNS[column](record.experiment) for column in columns)
        errors = record.test_errors
        ends = (mean(errors), min(errors), max(errors))
        rows.append((record.experiment.title, *cells, len(errors), *ends))
    return Table(("network", *columns, "runs", "mean", "lowest", "highest"), tuple(rows))


def apart(one: Record, other: Record) -> bool:
    """Whether every run of one has a smaller error than every run of the other.

    Only then does this book say better. It is a test of ranks, one-sided and exact: if the
    two did not differ, five runs would fall below five others by chance in 1 of 252 ways to
    deal them out, and three below three others in 1 of 20; `chance.dealt_as_low` counts them.

    >>> records = load_records()
    >>> apart(records["lenet5-modern"], records["fnn-1024-300-100-10"])
    True
    """
    return max(one.test_errors) < min(other.test_errors)


def _printed_error(experiment: Experiment) -> float | None:
    return experiment.reproduces.error if experiment.reproduces else None


_COLUMNS = {
    "parameters": lambda experiment: experiment.network.trace().total.parameters,
    "MACs": lambda experiment: experiment.network.trace().total.macs,
    "printed": _printed_error,
}


def _kept(run: Run) -> dict:
    """What a file says of a run: nothing of what is empty."""
    return {key: value for key, value in asdict(run).items() if value != ()}


def _read(path: Path) -> Record:
    """A record with the recipe by which it was made, which may be an earlier one."""
    try:
        if path.stem not in EXPERIMENTS:
            raise ValueError("there is no experiment of this name")
        found = strict_json(read_bytes(path, MOST_BYTES))
        check_record(found, path.stem)
        return _record(**found)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"{path} is not a record ({error}): {REMEDY}") from None


def _record(experiment: str, recipe: dict, runs: list[dict], **others) -> Record:
    distortion = recipe["distortion"] and Distortion(**recipe["distortion"])
    made_by = Recipe(**recipe | {"distortion": distortion})
    runs = (Run(**{key: _frozen(value) for key, value in run.items()}) for run in runs)
    return Record(replace(EXPERIMENTS[experiment], recipe=made_by), tuple(runs), **others)


def _frozen(value):
    """Lists as tuples, however deep."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
