"""Runs spread over processes of this machine, by joblib, or over the workers of a Dask cluster.

Each run is made in a process of its own, by `lenet.training.processes`. joblib decides
which run comes next and brings back what has ended; it needs threads only, since they do
nothing but wait. Its own processes, loky's, would not do: one that is killed
takes the runs of all others with it, and each says goodbye to Ctrl-C with a traceback.
Nor would its way to Dask: where the workers have one thread in all, it runs them here.
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
WORKERS_COME = 30  # seconds that a cluster without workers is given
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
    try:
        # "yield from" would close the results before the processes have ended.
        for made in results:  # noqa: UP028
            yield made
    finally:
        workers.stop()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nobody wants the rest, and joblib need not say so
            results.close()


def on_cluster(
    tasks: list[Task], data: "Data", address: str, tick: Callable[[int], object]
) -> Iterator[Made]:
    """Each task as it ends, on the workers of the Dask cluster at `address`, one a thread.

    The data are sent once to each worker. Dask gives the run of a worker that is lost to
    another one. Raises ValueError where Dask is not installed, OSError where nothing
    answers at the address, or no worker comes there.
    """
    topic = f"lenet-{uuid4().hex}"
    with _client(address) as client:
        from distributed import as_completed

        client.subscribe_topic(topic, lambda event: tick(event[1]))
        held = client.scatter(data, broadcast=True)
        futures = [client.submit(_on_worker, task, held, topic, pure=False) for task in tasks]
        for _, made in as_completed(futures, client.loop, with_results=True):
            yield made


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
        try:
            client.wait_for_workers(1, WORKERS_COME)
        except TimeoutError:
            raise OSError(
                f"the scheduler at {address} has no workers: .venv/bin/dask worker {address} "
                "starts one"
            ) from None
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
