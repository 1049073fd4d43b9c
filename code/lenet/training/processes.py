"""Work in processes of its own: one for each piece, which ends when the work is done.

TensorFlow keeps the graphs of every run that a process makes, takes seconds to import and
cannot be interrupted meanwhile. So each run gets a process, and the one that waits for
them imports none of it: it stays small, and stops at once when it is told to.
"""

import os
import pickle
import shutil
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

TICK, DONE, FAILED = b".", b"=", b"!"
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
CHILD = [sys.executable, "-c", "from lenet.training.processes import child; child()"]


_ALL: "set[Workers]" = set()


class Killed(ChildProcessError):
    """A process ended without a word: it was killed, or stopped."""


class Workers:
    """Processes that end together, and a folder for what they all read and leave about.

    `whole` is a lock that `stop` waits for: held while a process starts, and by whoever
    writes something that must not be cut.
    """

    def __init__(self):
        self.whole, self.stopped = threading.RLock(), False
        self.folder = Path(mkdtemp(prefix="lenet-"))
        self._running: set[subprocess.Popen] = set()
        _ALL.add(self)

    def call(self, work: Callable, *arguments, tick: Callable[[], object] = lambda: None):
        """What `work(*arguments, tick)` gives when another process calls it.

        Each of its ticks is one here. `work` is a function of a module, and the arguments
        are small: what is large waits in `folder`. Raises Killed where the process was,
        RuntimeError with the whole message where the work failed.
        """
        process = self._start()
        try:
            _tell(process, (work, arguments))
            while (said := process.stdout.read(1)) == TICK:
                tick()
            rest = process.stdout.read()
            if process.wait() or not said:
                raise Killed(f"the process {process.pid} of {work.__name__} was killed")
        finally:
            self._end(process)
        if said == FAILED:
            raise RuntimeError(f"{work.__name__} failed:\n{pickle.loads(rest)}")
        return pickle.loads(rest)

    def stop(self) -> None:
        """All processes end now, none starts any more, and the folder goes."""
        with self.whole:
            self.stopped = True
            for process in list(self._running):
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        _ALL.discard(self)

    def _start(self) -> subprocess.Popen:
        """In a session of its own, where the terminal's Ctrl-C does not reach it."""
        with self.whole:
            if self.stopped:
                raise Killed("no process starts any more")
            process = subprocess.Popen(
                CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=os.environ | ONE_CORE | {"TMPDIR": str(self.folder)}, start_new_session=True,
            )  # fmt: skip
            self._running.add(process)
        return process

    def _end(self, process: subprocess.Popen) -> None:
        process.kill()
        process.wait()
        self._running.discard(process)
        for pipe in (process.stdin, process.stdout):
            try:
                pipe.close()
            except OSError:
                continue  # what it was told last, it did not read


def stop_all() -> None:
    """Stops all `Workers` of this process."""
    for workers in list(_ALL):
        workers.stop()


def child() -> None:
    """The other end of `Workers.call`; it ends with its parent, whatever that one died of."""
    said = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what libraries print is no answer
    try:
        work, arguments = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):
        _end_alone()  # the parent died while this process started
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer = DONE + pickle.dumps(work(*arguments, lambda: said.write(TICK)))
    except Exception:
        answer = FAILED + pickle.dumps(traceback.format_exc())
    with os.fdopen(said.fileno(), "wb", closefd=False) as whole:
        whole.write(answer)
    os._exit(0)  # TensorFlow takes a second to say goodbye


def _tell(process: subprocess.Popen, told: tuple) -> None:
    try:
        pickle.dump(told, process.stdin)
        process.stdin.flush()
    except BrokenPipeError:
        return  # it is gone, and reading will find that out


def _end_with_parent() -> None:
    while os.read(0, 1024):
        continue
    _end_alone()


def _end_alone() -> NoReturn:
    """Nobody is left to remove the folder of `Workers`: this process does it."""
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os._exit(1)
