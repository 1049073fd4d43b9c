"""Run the experiments of `lenet.training.experiments` on MNIST, and keep records.

    LENET_MNIST=mnist.npz python -m lenet.training.reproduce            all of them
    LENET_MNIST=mnist.npz python -m lenet.training.reproduce lenet1     one
    LENET_MNIST=mnist.npz python -m lenet.training.reproduce --quick    one epoch each, none kept
    python -m lenet.training.reproduce --list                            their names

Without LENET_MNIST, Keras downloads MNIST once. Each finished run is written at
once to `lenet/training/records/<name>.json`; Ctrl-C loses only the runs that are going
on, and the next call goes on where this one stopped. The recipes were fixed on the
last 10,000 training digits, with the rest to learn from. The error of a run is
that of its last epoch, never of its best.
"""

import argparse
import hashlib
import multiprocessing
import os
import platform
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lenet.arithmetic import whole
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras, tf
from lenet.training import mnist
from lenet.training.digits import Data
from lenet.training.experiments import EXPERIMENTS, Experiment
from lenet.training.loop import train
from lenet.training.runs import RECORDS, Record, Run, load_records, write_record

Weights = dict[str, np.ndarray]


@dataclass(frozen=True)
class Task:
    """One run that is to be made."""

    experiment: Experiment
    seed: int


def reproduce(
    names: Iterable[str], folder: Path = RECORDS, quick: bool = False, jobs: int = 1
) -> Iterator[tuple[str, Run]]:
    """Make the runs that are missing; yields each, with its experiment's name, when it is kept.

    `quick` makes one run of one epoch each and keeps nothing. `jobs` runs go on at a
    time, one core each. Raises ValueError for an experiment that is not there.
    """
    names, jobs = list(names), whole("jobs", jobs)
    for name in names:
        if name not in EXPERIMENTS:
            raise ValueError(f"no experiment {name!r}; there are {', '.join(EXPERIMENTS)}")
    tasks = [task for name in names for task in _tasks(EXPERIMENTS[name], folder, quick)]
    epochs = sum(task.experiment.recipe.epochs for task in tasks)
    with tqdm(total=epochs, unit="epoch", disable=not tasks) as bar:
        for task, run, weights in _finished(tasks, jobs, bar):
            if not quick:
                _keep(task.experiment, run, weights, folder)
            yield task.experiment.name, run


def trained(name: str = "lenet5-1998", folder: Path = RECORDS) -> keras.Sequential:
    """The network of an experiment with the weights that seed 0 ended with.

    Raises ValueError where the experiment keeps none, or the file is not the one that
    its record names.
    """
    record = load_records(folder).get(name)
    if not record or not record.weights:
        kept = ", ".join(made.name for made in EXPERIMENTS.values() if "weights" in made.keeps)
        raise ValueError(f"no weights of {name!r} are here; make reproduce writes those of {kept}")
    path = folder / f"{name}.npz"
    found = _checksum(path)
    if found != record.weights:
        raise ValueError(f"{path} has the SHA-256 {found[:12]}..., not {record.weights[:12]}...")
    model = to_keras(record.experiment.network)
    with np.load(path, allow_pickle=False) as file:
        for variable in model.variables:
            variable.assign(file[_short(variable)])
    return model


def _tasks(experiment: Experiment, folder: Path, quick: bool) -> list[Task]:
    if quick:
        return [Task(replace(experiment, recipe=replace(experiment.recipe, epochs=1)), 0)]
    done = _so_far(experiment, folder)
    seeds = done.seeds if done else ()
    return [Task(experiment, seed) for seed in experiment.seeds if seed not in seeds]


def _so_far(experiment: Experiment, folder: Path) -> Record | None:
    """The record; none where it was made with another recipe."""
    done = load_records(folder).get(experiment.name)
    return done if done and done.experiment.recipe == experiment.recipe else None


def _finished(tasks: list[Task], jobs: int, bar: tqdm) -> Iterator[tuple[Task, Run, Weights]]:
    """Each task with its run and weights, in the order in which they end."""
    if not tasks:
        return
    data = mnist.load()
    if jobs == 1 or len(tasks) == 1:
        yield from ((task, *_run(task, data, bar.update)) for task in tasks)
        return
    context = multiprocessing.get_context("spawn")
    ticks = context.SimpleQueue()
    # TensorFlow keeps the graphs of every run, so a worker makes one run and ends.
    with context.Pool(jobs, _start_worker, [ticks, data], maxtasksperchild=1) as pool:
        runs = pool.imap_unordered(_run_in_worker, tasks)
        for _ in tasks:
            yield _awaited(runs, ticks, bar)


def _awaited(runs, ticks, bar: tqdm) -> tuple[Task, Run, Weights]:
    """The next run that ends; the bar moves meanwhile."""
    while True:
        while not ticks.empty():
            bar.update(ticks.get())
        try:
            return runs.next(timeout=0.5)
        except multiprocessing.TimeoutError:
            continue


def _start_worker(ticks, data: Data) -> None:
    """A worker leaves Ctrl-C to its parent and keeps to one core."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    _start_worker.ticks, _start_worker.data = ticks, data


def _run_in_worker(task: Task) -> tuple[Task, Run, Weights]:
    return task, *_run(task, _start_worker.data, _tick)


def _tick() -> None:
    """An epoch is done; a worker whose parent was killed stops here."""
    if not multiprocessing.parent_process().is_alive():
        os._exit(1)
    _start_worker.ticks.put(1)


def _run(task: Task, data: Data, tick: Callable) -> tuple[Run, Weights]:
    run, model = train(task.experiment, data, task.seed, tick)
    return run, {_short(variable): variable.numpy() for variable in model.variables}


def _short(variable: keras.Variable) -> str:
    """The layer and the variable, as in "C1/kernel"."""
    return "/".join(variable.path.split("/")[-2:])


def _keep(experiment: Experiment, run: Run, weights: Weights, folder: Path) -> None:
    done = _so_far(experiment, folder)
    runs = sorted((*(done.runs if done else ()), run), key=lambda run: run.seed)
    checksum = done.weights if done else None
    if "weights" in experiment.keeps and run.seed == 0:
        folder.mkdir(exist_ok=True)
        np.savez(folder / f"{experiment.name}.npz", **weights)
        checksum = _checksum(folder / f"{experiment.name}.npz")
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    versions |= {"python": platform.python_version(), "machine": platform.machine()}
    write_record(Record(experiment, tuple(runs), versions, mnist.CHECKSUMS, checksum), folder)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all runs are finished, 1 when it was interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m lenet.training.reproduce", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("names", nargs="*", help="experiments to run, all if none is named")
    parser.add_argument("--quick", action="store_true", help="one epoch each, nothing kept")
    parser.add_argument("--list", action="store_true", help="print their names and stop")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), metavar="N", help="runs at a time (%(default)s)"
    )
    asked = parser.parse_args(arguments)
    if asked.list:
        print(*EXPERIMENTS, sep="\n")
        return 0
    name = None
    try:
        for name, run in reproduce(asked.names or EXPERIMENTS, quick=asked.quick, jobs=asked.jobs):
            error, seconds = f"{run.test_errors[-1]:.2f}%", f"{run.seconds:.0f} s"
            tqdm.write(f"{name}, seed {run.seed}: {error} in {seconds}")
        if not name:
            print(f"Nothing to do: all runs are kept in {RECORDS}.")
    except KeyboardInterrupt:
        print("Stopped. Finished runs are kept; the same command goes on from here.")
        return 1
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
