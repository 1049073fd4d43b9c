"""Runs in processes and on a cluster: interrupted, killed, and none of them left behind.

Each test starts the command of `small_runs.py` with a mark in its environment, by which
all processes that come of it are found, whoever their parent is by then.
"""

import glob
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from lenet.training import processes
from lenet.training.runs import Run

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="no /proc is here: run it on Linux"
)
SMALL = Path(__file__).with_name("small_runs.py")
WITHIN = 10  # seconds, on a busy machine; on an idle one it takes less than 0.2


class Command:
    """The command, going on, and what came of it."""

    def __init__(self, folder: Path, *arguments: str):
        self.folder, self.mark = folder, uuid4().hex
        scratch = folder / "scratch"
        scratch.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, SMALL, "--folder", folder / "records", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=os.environ | {"MARK": self.mark, "TMPDIR": str(scratch)},
        )  # fmt: skip

    def workers(self) -> list[int]:
        return [pid for pid in marked(self.mark) if pid != self.process.pid]

    def interrupted(self) -> float:
        """Seconds until it has ended after Ctrl-C, which reaches the whole group."""
        start = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.end()
        return time.monotonic() - start

    def end(self) -> int:
        self.out, self.err = self.process.communicate(timeout=120)
        return self.process.returncode

    def records(self) -> dict[str, list[int]]:
        """The seeds of each record, read without the package."""
        paths = (self.folder / "records").glob("*.json")
        texts = {path.stem: json.loads(path.read_text()) for path in paths}
        return {name: [run["seed"] for run in text["runs"]] for name, text in texts.items()}

    def left(self) -> list:
        """Processes, half-written files and scratch that are still there."""
        parts = (self.folder / "records").glob("*.part")
        return [*marked(self.mark), *parts, *(self.folder / "scratch").iterdir()]


def marked(mark: str) -> list[int]:
    found = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            if mark.encode() in Path(path).read_bytes():
                found.append(int(path.split("/")[2]))
        except OSError:
            continue  # it has ended
    return found


def soon(condition, seconds: float = 60):
    """What the condition gives once that is true."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


def check_stopped(command: Command, took: float) -> None:
    assert took < WITHIN
    assert command.process.returncode == 130
    last = command.out.strip().splitlines()[-1]
    assert last == "Stopped. Finished runs are kept; the same command goes on from here."
    assert "Traceback" not in command.out + command.err
    assert not command.left()


def test_ctrl_c_while_it_imports_starts_and_trains_leaves_nothing_behind(tmp_path):
    command = Command(tmp_path)
    soon(
        lambda: list((tmp_path / "scratch").iterdir())
    )  # the work has begun: joblib and MNIST come next
    check_stopped(command, command.interrupted())
    command = Command(tmp_path, "--jobs", "2")
    soon(lambda: len(command.workers()) == 2)  # which import TensorFlow now
    check_stopped(command, command.interrupted())
    assert not command.records()


def test_what_is_finished_when_it_is_stopped_is_kept_and_the_killed_run_is_made_again(tmp_path):
    command = Command(tmp_path, "plain", "--jobs", "2")
    pair = soon(lambda: len(found := command.workers()) == 2 and found)
    time.sleep(1)
    os.kill(pair[0], signal.SIGKILL)
    soon(lambda: len(set(command.workers()) - {pair[0]}) == 2)
    soon(command.records)
    check_stopped(command, command.interrupted())
    kept = command.records()["plain"]
    assert len(kept) == command.out.count("plain, seed ") == 1
    rest = Command(tmp_path, "plain", "--jobs", "2")
    assert rest.end() == 0, rest.err
    assert rest.records() == {"plain": [0, 1]} and rest.out.count("plain, seed ") == 1
    assert not rest.left() and "Traceback" not in rest.err


def test_a_killed_command_takes_its_workers_along(tmp_path):
    command = Command(tmp_path, "--jobs", "1")
    soon(command.workers)
    command.process.kill()
    command.end()
    soon(lambda: not command.left())


@pytest.mark.parametrize("heard", [b"", pickle.dumps((len, [1]))[:9]])
def test_a_worker_whose_command_died_before_it_said_all_removes_what_both_left(tmp_path, heard):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    child = subprocess.run(
        processes.CHILD, input=heard, capture_output=True, timeout=120,
        env=os.environ | {"TMPDIR": str(scratch)},
    )  # fmt: skip
    assert (child.returncode, child.stdout, child.stderr) == (1, b"", b"")
    assert not scratch.exists()


@contextmanager
def dask(folder: Path, workers: int):
    """The address of a Dask scheduler, and its workers of one thread each."""
    file, started = folder / "scheduler.json", []
    scratch = os.environ | {"TMPDIR": tempfile.mkdtemp(dir=folder)}

    def start(name: str, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{name}", *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, env=scratch, **quiet))
        return started[-1]

    here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    start("dask_scheduler", *here, "--scheduler-file", str(file))
    one = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--scheduler-file", str(file))
    each = [start("dask_worker", *one) for _ in range(workers)]
    try:
        soon(file.exists)
        yield soon(lambda: file.read_text() and json.loads(file.read_text())["address"]), each
    finally:
        for process in started:
            process.kill()
            process.wait()


def runs_of(worker: subprocess.Popen) -> list[int]:
    """Its processes that make a run; a Dask worker also starts others, for a moment."""
    files = glob.glob(f"/proc/{worker.pid}/task/*/children")
    found = [int(pid) for file in files for pid in said_of_a_process(file).split()]
    return [
        pid
        for pid in found
        if b"lenet.training.processes" in said_of_a_process(f"/proc/{pid}/cmdline")
    ]


def said_of_a_process(file: str) -> bytes:
    """What the system says of a process or thread; nothing once it has ended."""
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


needs_dask = pytest.mark.skipif(
    not find_spec("distributed"),
    reason='no Dask is here: .venv/bin/pip install -e ".[cluster]" brings it',
)


@needs_dask
def test_a_cluster_makes_the_runs_of_a_lost_worker_again_and_stops_with_the_command(tmp_path):
    with dask(tmp_path, workers=2) as (address, (lost, other)):
        command = Command(tmp_path, "--cluster", address)
        soon(lambda: runs_of(lost) and runs_of(other))
        check_stopped(command, command.interrupted())
        soon(lambda: not runs_of(lost) and not runs_of(other))  # nobody waits for their runs
        command = Command(tmp_path, "plain", "--cluster", address)
        (orphan,) = soon(lambda: runs_of(lost))
        lost.kill()
        assert command.end() == 0, command.err
        assert command.records() == {"plain": [0, 1]} and not command.left()
        soon(lambda: not Path(f"/proc/{orphan}").exists())


@needs_dask
def test_a_single_worker_with_one_thread_makes_the_runs(tmp_path):
    with dask(tmp_path, workers=1) as (address, (worker,)):
        command = Command(tmp_path, "plain", "--cluster", address)
        soon(lambda: runs_of(worker))
        assert command.end() == 0, command.err
        assert command.records() == {"plain": [0, 1]}


@needs_dask
def test_a_cluster_without_workers_is_refused_with_a_remedy(tmp_path, monkeypatch):
    from lenet.training import spread

    monkeypatch.setattr(spread, "WORKERS_COME", 0.5)
    with dask(tmp_path, workers=0) as (address, _):
        remedy = f"{address} has no workers: .venv/bin/dask worker {address} starts one"
        with pytest.raises(OSError, match=remedy):
            next(spread.on_cluster([], None, address, print))


def test_a_cluster_needs_dask_and_an_address_that_answers(tmp_path, monkeypatch):
    from lenet.training import spread

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r'needs Dask, which .*pip install -e ".\[cluster\]"'):
        next(spread.on_cluster([], None, "tcp://127.0.0.1:1", print))


def test_a_run_that_is_killed_each_time_is_given_up_with_a_remedy(monkeypatch, tmp_path):
    from lenet.training import processes, spread
    from lenet.training.experiments import EXPERIMENTS

    workers, told = processes.Workers(), []
    monkeypatch.setattr(workers, "call", lambda *_, tick: (tick(), die())[0])
    with pytest.raises(processes.Killed, match=r"lenet1, seed 4: .* killed 3 times; .*--jobs"):
        spread._in_a_process(spread.Task(EXPERIMENTS["lenet1"], 4), workers, told.append)
    assert sum(told) == 0 and len(told) == 6
    workers.stop()


def die() -> Run:
    from lenet.training.processes import Killed

    raise Killed("it was killed")
