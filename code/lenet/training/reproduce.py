"""Run the experiments of `lenet.training.experiments` on MNIST, and keep records.

    LENET_MNIST=mnist.npz python -m lenet.training.reproduce            all of them
    LENET_MNIST=mnist.npz python -m lenet.training.reproduce lenet1     one
    LENET_MNIST=mnist.npz python -m lenet.training.reproduce --quick    one epoch each, none kept
    python -m lenet.training.reproduce --cluster tcp://HOST:8786         on a Dask cluster
    python -m lenet.training.reproduce --list                            their names

Without LENET_MNIST, Keras downloads MNIST once. As many runs go on at a time as there are
cores, each in a process of its own. Each finished run is written at once to
`lenet/training/records/<name>.json`; Ctrl-C loses only the runs that are going on, and
the next call goes on where this one stopped. The recipes were fixed on the last 10,000
training digits, with the rest to learn from. The error of a run is that of its last
epoch, never of its best.

The exit code is 0 when all runs are finished, 2 when something was wrong, and 128 and
the number of the signal when it was stopped: 130 after Ctrl-C.
"""

import argparse
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lenet.arithmetic import whole
from lenet.training import processes, spread
from lenet.training.checks import OF_MNIST
from lenet.training.experiments import EXPERIMENTS, Experiment
from lenet.training.runs import RECORDS, Record, Run, load_records, write_record
from lenet.training.spread import Made, Task

if TYPE_CHECKING:
    from lenet.keras_bridge.quiet import keras

LOOK = 0.1  # seconds
STOPPED = "Stopped. Finished runs are kept; the same command goes on from here.\n"


def reproduce(
    names: Iterable[str],
    folder: Path = RECORDS,
    quick: bool = False,
    jobs: int = 1,
    cluster: str | None = None,
) -> Iterator[tuple[str, Run]]:
    """Make the runs that are missing; yields each, with its experiment's name, when it is kept.

    `quick` makes one run of one epoch each and keeps nothing. `jobs` runs go on at a
    time, each in a process with one core; with the address of a Dask `cluster` there are
    as many as its workers have threads. Raises ValueError for an experiment that is not
    there, a folder that holds something else than records, and other data than MNIST.
    """
    names, jobs = list(names), whole("jobs", jobs)
    for name in names:
        if name not in EXPERIMENTS:
            raise ValueError(f"no experiment {name!r}; there are {', '.join(EXPERIMENTS)}")
    tasks = [task for name in names for task in _tasks(EXPERIMENTS[name], folder, quick)]
    if not tasks:
        return
    workers = processes.Workers()
    try:
        for made in _with_progress(tasks, jobs, cluster, workers):
            if not quick:
                with workers.whole:
                    _keep(made, folder)
            yield made.task.experiment.name, made.run
    finally:
        workers.stop()


def trained(name: str = "lenet5-1998", folder: Path = RECORDS) -> "keras.Sequential":
    """The network of an experiment with the weights that seed 0 ended with.

    Raises ValueError, with the remedy, where the experiment keeps none, and where the file
    is missing, is not the one that its record names, or does not hold the weights.
    """
    record = load_records(folder).get(name)
    if not record or not record.weights:
        kept = ", ".join(made.name for made in EXPERIMENTS.values() if "weights" in made.keeps)
        raise ValueError(f"no weights of {name!r} are here; make reproduce writes those of {kept}")
    from lenet.training import weights

    path = folder / f"{name}.npz"
    try:
        return weights.model(record.experiment.network, path, record.weights)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"{path} has not the weights of {name} ({error}): delete {path.stem}.json beside "
            "it, and make reproduce makes both anew"
        ) from None


def _tasks(experiment: Experiment, folder: Path, quick: bool) -> list[Task]:
    if quick:
        return [Task(replace(experiment, recipe=replace(experiment.recipe, epochs=1)), 0)]
    done = _so_far(experiment, folder)
    seeds = done.seeds if done else ()
    return [Task(experiment, seed) for seed in experiment.seeds if seed not in seeds]


def _so_far(experiment: Experiment, folder: Path) -> Record | None:
    """The record; none where it was made with another recipe."""
    done = load_records(folder).get(experiment.name) if folder.exists() else None
    return done if done and done.experiment.recipe == experiment.recipe else None


def _with_progress(
    tasks: list[Task], jobs: int, cluster: str | None, workers: processes.Workers
) -> Iterator[Made]:
    """Each task as it ends; a bar of epochs moves meanwhile."""
    from tqdm import tqdm

    from lenet.training import mnist

    data, moving = mnist.load(), threading.Lock()
    with tqdm(total=sum(task.experiment.recipe.epochs for task in tasks), unit="epoch") as bar:

        def tick(epochs: int) -> None:
            with moving:
                bar.update(epochs)

        if cluster:
            finished = spread.on_cluster(tasks, data, cluster, tick)
        else:
            finished = spread.on_this_machine(tasks, data, jobs, workers, tick)
        with closing(finished):
            yield from finished


def _keep(made: Made, folder: Path) -> None:
    from lenet.training import weights

    experiment, seed = made.task.experiment, made.task.seed
    done = _so_far(experiment, folder)
    runs = sorted((*(done.runs if done else ()), made.run), key=lambda run: run.seed)
    checksum = done.weights if done else None
    if "weights" in experiment.keeps and seed == 0:
        folder.mkdir(exist_ok=True)
        checksum = weights.write(made.weights, folder / f"{experiment.name}.npz")
    write_record(Record(experiment, tuple(runs), made.versions, OF_MNIST, checksum), folder)


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all runs are finished."""
    asked = (parser := _parser()).parse_args(arguments)
    if asked.list:
        print(*EXPERIMENTS, sep="\n")
        return 0
    try:
        _interruptibly(lambda: _reproduce(asked))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lenet.training.reproduce", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("names", nargs="*", help="experiments to run, all if none is named")
    parser.add_argument("--quick", action="store_true", help="one epoch each, nothing kept")
    parser.add_argument(
        "--folder", type=Path, default=RECORDS, help="where records are kept (%(default)s)"
    )
    parser.add_argument("--list", action="store_true", help="print their names and stop")
    spread_over = parser.add_mutually_exclusive_group()
    spread_over.add_argument(
        "--jobs", type=int, metavar="N", help="runs at a time (one for each core)"
    )
    spread_over.add_argument(
        "--cluster", metavar="ADDRESS", help="the scheduler of a Dask cluster, tcp://HOST:8786"
    )
    return parser


def _reproduce(asked: argparse.Namespace) -> None:
    name, names = None, asked.names or EXPERIMENTS
    jobs = os.cpu_count() if asked.jobs is None else asked.jobs
    for name, run in reproduce(names, asked.folder, asked.quick, jobs, asked.cluster):
        from tqdm import tqdm

        error, seconds = f"{run.test_errors[-1]:.2f}%", f"{run.seconds:.0f} s"
        tqdm.write(f"{name}, seed {run.seed}: {error} in {seconds}")
    if not name:
        print(f"Nothing to do: all runs are kept in {asked.folder}.")


def _interruptibly(work) -> None:
    """Does the work in a thread, so that this one has nothing to do but to be interrupted.

    Whatever the work is at, an import or a wait, a signal then ends all processes at once.
    This one looks up from time to time, or it would sleep on where another thread of the
    process was given the signal.
    """
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with ThreadPoolExecutor(1) as thread:
            done = thread.submit(work)
            while not done.done():
                wait([done], LOOK)
            done.result()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame) -> None:
    """Ends this process and those that it started; what is being written is finished first."""
    processes.stop_all()
    try:
        os.write(1, ("\n" + STOPPED).encode())
    finally:
        os._exit(128 + number)


if __name__ == "__main__":
    raise SystemExit(main())
