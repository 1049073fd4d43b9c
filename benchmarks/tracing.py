"""The trace of LeNet-5 against torchinfo's and Keras's summaries, and the shell command, cold.

    pip install -e ".[tools]"
    python benchmarks/tracing.py

The tables are made in turns of several calls. torchinfo is given a model that is
already built, and one thread, since with more it is many times slower on a busy
machine; beside it stands the trace of layers that are already built. Keras builds its
model, and so do we. A derivation is of a network that is traced already. The first
turn is not counted. What a line is held to stands beside it, and the exit code is 1
where a line does not hold.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

from lenet import LENET5_MODERN, AveragePooling2D, Conv2D, Dense, Flatten, Network, derive
from lenet.keras_bridge.model import to_keras
from tqdm import tqdm

TURNS, TURN = 21, 0.1  # turns, and the least seconds of one
LAYERS = (125, 250, 500, 1000)
held = []


def built_and_traced() -> None:
    layers = [
        Conv2D(6, 5, activation="tanh"), AveragePooling2D(2),
        Conv2D(16, 5, activation="tanh"), AveragePooling2D(2),
        Conv2D(120, 5, activation="tanh"), Flatten(),
        Dense(84, activation="tanh"), Dense(10, activation="softmax"),
    ]  # fmt: skip
    assert Network((32, 32, 1), layers).trace().total.parameters == 61_706


def traced() -> None:
    network = Network((32, 32, 1), LENET5_MODERN.layers)
    assert network.trace().total.parameters == 61_706


def keras_summary() -> None:
    to_keras(LENET5_MODERN).summary(print_fn=lambda text: None)


def torchinfo_summary() -> Callable[[], None]:
    import torch
    from torch import nn
    from torchinfo import summary

    torch.set_num_threads(1)  # for so small a network threads only wait for each other
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
        nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10), nn.Softmax(1),
    )  # fmt: skip
    return lambda: summary(model, input_size=(1, 1, 32, 32), verbose=0)


def python(*arguments: str) -> Callable[[], None]:
    return lambda: subprocess.run(
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def in_turns(
    timed: dict[str, Callable[[], None]], turns: int, least: float = TURN
) -> dict[str, list[float]]:
    """The seconds of one call, in each turn; a turn takes `least` seconds or one call."""
    seconds = {name: [] for name in timed}
    for turn in tqdm(range(turns + 1), leave=False):
        for name, call in timed.items():
            start, calls = time.perf_counter(), 0
            while not calls or time.perf_counter() - start < least:
                call()
                calls += 1
            if turn:
                seconds[name].append((time.perf_counter() - start) / calls)
    return seconds


def show(name: str, seconds: list[float], says: str = "", holds: bool = True) -> None:
    held.append(holds)
    low, middle, high = (1000 * f(seconds) for f in (min, median, max))
    says = f"  {says}: {'holds' if holds else 'DOES NOT HOLD'}" if says else ""
    print(f"{name:27}{middle:9.2f} ms  ({low:.2f} to {high:.2f}){says}")


def tables() -> None:
    timed = {
        "lenet, a trace": traced,
        "lenet, built and traced": built_and_traced,
        "lenet, derived": lambda: derive(LENET5_MODERN),
        "Keras, built and summed up": keras_summary,
    }
    least = {"Keras, built and summed up": 150, "torchinfo, a summary": 10}
    beside = {"Keras, built and summed up": "lenet, built and traced"}
    if find_spec("torch") and find_spec("torchinfo"):
        timed["torchinfo, a summary"] = torchinfo_summary()
    else:
        print('No torchinfo here: .venv/bin/pip install -e ".[tools]" brings it.')
    seconds = in_turns(timed, TURNS)
    for name, some in seconds.items():
        ratio = median(some) / median(seconds[beside.get(name, "lenet, a trace")])
        bound = least.get(name, 1)
        show(name, some, f"{ratio:.0f} times, at least {bound}" * (bound > 1), ratio >= bound)


def cold() -> None:
    seconds = in_turns({"show": python("-m", "lenet", "show", "lenet5-modern")}, 10)["show"]
    quick = median(seconds) <= 0.2
    show("lenet show, cold", seconds, "at most 200 ms", quick)
    show("import keras, cold", in_turns({"keras": python("-c", "import keras")}, 3)["keras"])


def growth() -> None:
    """A network of n equal convolutions: time for each layer must not grow with n."""
    layers = [Conv2D(8, 3, padding="same")] * max(LAYERS)
    timed = {n: lambda n=n: Network((32, 32, 8), layers[:n]).trace() for n in LAYERS}
    seconds = in_turns(timed, TURNS)
    each = {n: median(seconds[n]) / n for n in LAYERS}
    for n in LAYERS:
        times = each[n] / each[LAYERS[0]]
        says = f"{1e6 * each[n]:.0f} us a layer, {times:.2f} times, at most 2"
        show(f"{n} layers", seconds[n], says, times <= 2)


def main() -> int:
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    tables()
    cold()
    growth()
    return not all(held)


if __name__ == "__main__":
    sys.exit(main())
