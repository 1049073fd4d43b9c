"""Runs spread by joblib: over processes of this machine, or the workers of a Dask cluster.

Each run is made in a process of its own, by `lenet.training.processes`. joblib decides
which run comes next and brings back what has ended; here it needs threads only, since
they do nothing but wait. Its own processes, loky's, would not do: one that is killed
takes the runs of all others with it, and each says goodbye to Ctrl-C with a traceback.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from uuid import uuid4

from lenet.training.experiments import Experiment
from lenet.training.processes import Killed, Workers
from lenet.training.runs import Run

if TYPE_CHECKING:
    import numpy as np

    from lenet.training.digits import Data

TRIES = 3
POLL = 0.5  # seconds between two looks at whether a run on a cluster is still wanted


@dataclass(frozen=True)
class Task:
    """One run that is to be made."""

    experiment: Experiment
    seed: int


@dataclass(frozen=True)
class Made:
    """What came of a task: the run, the trained weights, and the versions it was made with."""

    task: Task
    run: Run
    weights: "dict[str, np.ndarray]"
    versions: dict[str, str]


class Passed:
    """Tells of each epoch, and knows how many there were."""

    def __init__(self, tick: Callable[[int], object]):
        self.tick, self.epochs = tick, 0

    def __call__(self) -> None:
        self.epochs += 1
        self.tick(1)


def made_here(task: Task, data: "Data", tick: Callable[[], object]) -> Made:
    """The task made in this process; `tick` is called after each epoch."""
    import platform

    from lenet.keras_bridge.quiet import keras, tf
    from lenet.training.loop import train
    from lenet.training.weights import short_name

    run, model = train(task.experiment, data, task.seed, tick)
    weights = {short_name(variable): variable.numpy() for variable in model.variables}
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    versions |= {"python": platform.python_version(), "machine": platform.machine()}
    return Made(task, run, weights, versions)


def on_this_machine(
    tasks: list[Task], data: "Data", jobs: int, workers: Workers, tick: Callable[[int], object]
) -> Iterator[Made]:
    """Each task as it ends, `jobs` at a time, in processes of `workers`.

    The data are written once, and each process maps that file into its memory. A process
    that is killed starts again; `tick` is told how many epochs have passed, and takes a
    negative number for those that were lost. Raises Killed after three times.
    """
    from joblib import Parallel, delayed

    _write(data, workers)
    make = delayed(_in_a_process)
    spread = Parallel(jobs, backend="threading", return_as="generator_unordered")
    results = spread(make(task, workers, tick) for task in tasks)
    yield from _each(results, workers.stop)


def on_cluster(
    tasks: list[Task], data: "Data", address: str, tick: Callable[[int], object]
) -> Iterator[Made]:
    """Each task as it ends, on the workers of the Dask cluster at `address`, one a thread.

    The data are sent once to each worker. Dask gives the run of a worker that is lost to
    another one. Raises ValueError where Dask is not installed, OSError where nothing
    answers at the address.
    """
    from joblib import Parallel, delayed, parallel_config

    topic, make = f"lenet-{uuid4().hex}", delayed(_on_worker)
    with _client(address) as client:
        client.subscribe_topic(topic, lambda event: tick(event[1]))
        with parallel_config(backend="dask", client=client, scatter=[data]):
            spread = Parallel(return_as="generator_unordered", pre_dispatch="all", batch_size=1)
            results = spread(make(task, data, topic) for task in tasks)
            yield from _each(results, lambda: None)


def _each(results: Iterator[Made], before_closing: Callable[[], object]) -> Iterator[Made]:
    """The results; where nobody wants the rest, joblib need not warn of it."""
    try:
        # "yield from" would close the results before the processes have ended.
        for made in results:  # noqa: UP028
            yield made
    finally:
        before_closing()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            results.close()


def _in_a_process(task: Task, workers: Workers, tick: Callable[[int], object]) -> Made:
    for _ in range(TRIES):
        passed = Passed(tick)
        try:
            return workers.call(_made_alone, task, workers.folder, tick=passed)
        except Killed:
            tick(-passed.epochs)
            if workers.stopped:
                raise
    raise Killed(
        f"{task.experiment.name}, seed {task.seed}: its process was killed {TRIES} times; "
        "memory may be short: let fewer runs go on at a time, with --jobs"
    )


def _made_alone(task: Task, folder: Path, tick: Callable[[], object]) -> Made:
    """The task made by a process that has one core and ends with it."""
    from lenet.keras_bridge.quiet import tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    return made_here(task, _mapped(folder), tick)


def _on_worker(task: Task, data: "Data", topic: str) -> Made:
    """The task made in a process beside a Dask worker, which ends when nobody waits for it."""
    from distributed import get_worker

    worker, workers, over = get_worker(), Workers(), Event()
    key = worker.get_current_task()

    def watch() -> None:
        while not over.wait(POLL):
            state = worker.state.tasks.get(key)
            if state is None or state.state == "cancelled":
                workers.stop()

    Thread(target=watch, daemon=True).start()
    try:
        _write(data, workers)
        return _in_a_process(task, workers, lambda epochs: worker.log_event(topic, epochs))
    finally:
        over.set()
        workers.stop()


@contextmanager
def _client(address: str) -> Iterator:
    try:
        from distributed import Client
    except ImportError:
        raise ValueError(
            f'--cluster {address} needs Dask, which .venv/bin/pip install -e ".[cluster]" brings'
        ) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise OSError(f"no Dask scheduler answers at {address!r}: {error}") from None
    with client:
        yield client


def _write(data: "Data", workers: Workers) -> None:
    import numpy as np

    with workers.whole:  # or the folder would go while files still come into it
        for field in fields(data):
            if not workers.stopped:
                np.save(workers.folder / f"{field.name}.npy", getattr(data, field.name))


def _mapped(folder: Path) -> "Data":
    import numpy as np

    from lenet.training.digits import Data

    return Data(*(np.load(folder / f"{field.name}.npy", mmap_mode="r") for field in fields(Data)))
