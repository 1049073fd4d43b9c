import os
import signal
import threading
import time

import pytest
from lenet.training.processes import Killed, Workers, stop_all


def doubled(number, tick):
    for _ in range(number):
        tick()
        print("what is printed is no answer")
    return 2 * number


def failing(tick):
    raise KeyError("a key that is missing")


def killed(tick):
    os.kill(os.getpid(), signal.SIGKILL)


def ended(tick):
    os._exit(0)


def large(tick):
    return bytes(5_000_000)


def waiting(tick):
    tick()
    time.sleep(600)


@pytest.fixture
def workers(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    made = Workers()
    yield made
    made.stop()


def test_an_answer_comes_back_and_each_tick_before_it(workers, capfd):
    ticks = []
    assert workers.call(doubled, 3, tick=lambda: ticks.append(1)) == 6 and len(ticks) == 3
    assert len(workers.call(large)) == 5_000_000


def test_failures_are_told_and_deaths_are_noticed(workers):
    with pytest.raises(RuntimeError, match=r"failing failed:\n(.*\n)*KeyError: 'a key that is"):
        workers.call(failing)
    for dies in (killed, ended):
        with pytest.raises(Killed, match=f"of {dies.__name__} was killed"):
            workers.call(dies)


def test_all_end_when_they_are_stopped_and_none_starts_again(workers):
    start = time.monotonic()
    (workers.folder / "data").write_text("")
    with pytest.raises(Killed):
        workers.call(waiting, tick=lambda: threading.Thread(target=stop_all).start())
    while workers.folder.exists() and time.monotonic() - start < 60:
        time.sleep(0.05)  # another thread removes it
    assert not workers.folder.exists()
    with pytest.raises(Killed, match="no process starts any more"):
        workers.call(doubled, 1)
