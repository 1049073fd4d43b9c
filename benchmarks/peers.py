"""What is timed against each other: each in a process of its own, in turns.

A script says what its peers are, as functions that take a number of threads and give
what is to be timed, and calls `served(PEERS)` first: in a peer's process that never
returns. `quickest` starts a peer with each number of threads and keeps the best.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

Makers = dict[str, Callable[[int], Callable[[], object]]]


class Peer:
    """A process that does its work when it is told to, and says how long that took."""

    def __init__(self, name: str, threads: int = 1, python: str = sys.executable):
        self.name, self.threads = name, threads
        self.process = subprocess.Popen(
            [python, *sys.argv, "--peer", name, str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"OMP_NUM_THREADS": str(threads)},
        )  # fmt: skip
        self.turn()  # the first one compiles

    def turn(self, least: float = 0.0) -> float:
        """Seconds of one call, the mean of as many as take at least `least` seconds."""
        self.process.stdin.write(f"{least}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit(f"{self.name} ended with the code {self.process.wait()}")
        return float(said)

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def served(makers: Makers) -> None:
    """In the process of a peer, does what it is told to until there is nobody to tell it."""
    if "--peer" not in sys.argv:
        return
    name, threads = sys.argv[-2:]
    del sys.argv[-3:]
    said, sys.stdout = sys.stdout, sys.stderr
    call = makers[name](int(threads))
    for line in sys.stdin:
        start, calls = time.perf_counter(), 0
        while not calls or time.perf_counter() - start < float(line):
            call()
            calls += 1
        print((time.perf_counter() - start) / calls, file=said, flush=True)
    sys.exit()


def quickest(name: str, least: float = 0.0, python: str = sys.executable) -> Peer:
    """The peer with the number of threads that suits it best, out of 1 to all cores."""
    best, fewest = None, float("inf")
    for threads in range(1, os.cpu_count() + 1):
        peer = Peer(name, threads, python)
        seconds = peer.turn(least)
        if seconds < 2 * fewest:  # threads that wait for each other can take minutes
            seconds = min(seconds, peer.turn(least))
        print(f"{name:27}{1000 * seconds:9.2f} ms with {threads} threads", flush=True)
        if seconds < fewest:
            best, peer, fewest = peer, best, seconds
        if peer:
            peer.end()
    return best


def in_turns(peers: list[Peer], turns: int, least: float = 0.0) -> dict[str, list[float]]:
    """The seconds of each peer by name in each turn; the peers end."""
    seconds = {peer.name: [] for peer in peers}
    for _ in range(turns):
        for peer in peers:
            seconds[peer.name].append(peer.turn(least))
    for peer in peers:
        peer.end()
    return seconds


def line(name: str, seconds: list[float]) -> str:
    """The name, the median in milliseconds, and the spread."""
    low, middle, high = (1000 * f(seconds) for f in (min, median, max))
    return f"{name:27}{middle:9.2f} ms  ({low:.2f} to {high:.2f})"


def has(module: str, python: str = sys.executable) -> bool:
    """Whether that Python finds the module."""
    return not subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode


def load() -> str:
    return f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
