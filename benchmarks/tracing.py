"""The trace of LeNet-5 against torchinfo's and Keras's summaries, and the shell command, cold.

    pip install -e ".[tools]"
    python benchmarks/tracing.py

Each peer has a process of its own, with the number of threads that suits it best, and
they take turns of several calls. torchinfo is given a model that is already built;
beside it stands the trace of layers that are already built. Keras builds its model, and
so do we. A derivation is of a network that is traced already. What a line is held to
stands beside it, and the exit code is 1 where a line does not hold.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from statistics import median

import peers
from lenet import LENET5_MODERN, AveragePooling2D, Conv2D, Dense, Flatten, Network, derive

TURNS, TURN = 21, 0.1  # turns, and the least seconds of one
TORCHINFO, KERAS = "torchinfo, a summary", "Keras, built and summed up"
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


def keras_summary(threads: int) -> Callable[[], None]:
    from lenet.keras_bridge.model import to_keras
    from lenet.keras_bridge.quiet import tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    return lambda: to_keras(LENET5_MODERN).summary(print_fn=lambda text: None)


def torchinfo_summary(threads: int) -> Callable[[], None]:
    import torch
    from torch import nn
    from torchinfo import summary

    torch.set_num_threads(threads)
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
        nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10), nn.Softmax(1),
    )  # fmt: skip
    return lambda: summary(model, input_size=(1, 1, 32, 32), verbose=0)


def many_layers(count: int) -> Callable[[], None]:
    layers = [Conv2D(8, 3, padding="same")] * count
    return lambda: Network((32, 32, 8), layers).trace()


def python(*arguments: str) -> Callable[[], None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return partial(subprocess.run, [sys.executable, *arguments], check=True, **quiet)


PEERS = {
    "lenet, a trace": lambda _: traced,
    "lenet, built and traced": lambda _: built_and_traced,
    "lenet, derived": lambda _: partial(derive, LENET5_MODERN),
    KERAS: keras_summary,
    TORCHINFO: torchinfo_summary,
    "lenet show, cold": lambda _: python("-m", "lenet", "show", "lenet5-modern"),
    "import keras, cold": lambda _: python("-c", "import keras"),
} | {f"{count} layers": lambda _, count=count: many_layers(count) for count in LAYERS}


def show(name: str, seconds: list[float], says: str = "", holds: bool = True) -> None:
    held.append(holds)
    says = f"  {says}: {'holds' if holds else 'DOES NOT HOLD'}" if says else ""
    print(f"{peers.line(name, seconds)}{says}")


def tables() -> None:
    least = {KERAS: 150, TORCHINFO: 10}
    beside = {KERAS: "lenet, built and traced"}
    timed = [peers.Peer(name) for name in PEERS if name.startswith("lenet, ")]
    timed.append(peers.quickest(KERAS, TURN))
    if peers.has("torchinfo"):
        timed.append(peers.quickest(TORCHINFO, TURN))
    else:
        print('No torchinfo here: .venv/bin/pip install -e ".[tools]" brings it.')
    seconds = peers.in_turns(timed, TURNS, TURN)
    for name, some in seconds.items():
        ratio = median(some) / median(seconds[beside.get(name, "lenet, a trace")])
        bound = least.get(name, 1)
        show(name, some, f"{ratio:.0f} times, at least {bound}" * (bound > 1), ratio >= bound)


def cold() -> None:
    (seconds,) = peers.in_turns([peers.Peer("lenet show, cold")], 10).values()
    show("lenet show, cold", seconds, "at most 200 ms", median(seconds) <= 0.2)
    (seconds,) = peers.in_turns([peers.Peer("import keras, cold")], 3).values()
    show("import keras, cold", seconds)


def growth() -> None:
    """A network of n equal convolutions: time for each layer must not grow with n."""
    names = {f"{count} layers": count for count in LAYERS}
    seconds = peers.in_turns([peers.Peer(name) for name in names], TURNS, TURN)
    each = {name: median(seconds[name]) / count for name, count in names.items()}
    for name in names:
        times = each[name] / each[f"{LAYERS[0]} layers"]
        says = f"{1e6 * each[name]:.0f} us a layer, {times:.2f} times, at most 2"
        show(name, seconds[name], says, times <= 2)


def main() -> int:
    peers.served(PEERS)
    print(peers.load())
    tables()
    cold()
    growth()
    return not all(held)


if __name__ == "__main__":
    sys.exit(main())
