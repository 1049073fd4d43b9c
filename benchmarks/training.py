"""An epoch of LeNet-5 on MNIST: ours, Keras's fit and a plain PyTorch loop.

    pip install -e ".[benchmark]"
    python benchmarks/training.py
    python benchmarks/training.py --torch OTHER/bin/python     PyTorch from another environment

All train the modern LeNet-5 in batches of 128 with AdamW at the same rate. Each has a
process of its own, since a PyTorch loop beside TensorFlow in one process took four times
as long as alone. First each finds out with how many threads it is quickest; then they
take turns, one working while the others wait. Speed does not depend on the pixels, so
noise stands in for MNIST. The exit code is 1 where ours is not the quickest.
"""

import argparse
import os
import sys
from collections.abc import Callable
from statistics import median

import peers

DIGITS = int(os.environ.get("BENCHMARK_DIGITS", 60_000))
BATCH, RATE, DECAY = 128, 0.001, 0.01
EPOCH = Callable[[], object]


def noise():
    import numpy as np

    rng = np.random.default_rng(0)
    images = rng.uniform(-0.1, 1.175, (DIGITS, 32, 32, 1)).astype("float32")
    return images, rng.integers(0, 10, DIGITS, "uint8")


def ours(threads: int) -> EPOCH:
    from lenet import LENET5_MODERN
    from lenet.keras_bridge.model import to_keras
    from lenet.training.loop import learner
    from lenet.training.recipes import Recipe

    tensorflow_threads(threads)
    recipe = Recipe(20, BATCH, "AdamW", RATE, weight_decay=DECAY)
    learn = learner(to_keras(LENET5_MODERN), recipe, *noise())
    return lambda: [value.numpy() for value in learn()]


def keras_fit(threads: int) -> EPOCH:
    from lenet import LENET5_MODERN
    from lenet.keras_bridge.model import to_keras
    from lenet.keras_bridge.quiet import keras

    tensorflow_threads(threads)
    model, (images, labels) = to_keras(LENET5_MODERN), noise()
    optimizer = keras.optimizers.AdamW(RATE, weight_decay=DECAY)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return lambda: model.fit(images, labels, batch_size=BATCH, verbose=0)


def pytorch(threads: int) -> EPOCH:
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
        nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    )  # fmt: skip
    images, labels = noise()
    x, y = torch.tensor(images).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels).long()
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY, fused=True)

    def epoch() -> None:
        order = torch.randperm(len(x))
        for start in range(0, len(x) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimizer.step()

    return epoch


PEERS = {"lenet": ours, "Keras fit": keras_fit, "PyTorch loop": pytorch}


def tensorflow_threads(threads: int) -> None:
    from lenet.keras_bridge.quiet import tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)


def main() -> int:
    peers.served(PEERS)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--torch", default=sys.executable, metavar="PYTHON", help="where PyTorch is, if elsewhere"
    )
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args()
    print(peers.load())
    pythons = dict.fromkeys(PEERS, sys.executable) | {"PyTorch loop": asked.torch}
    if not peers.has("torch", asked.torch):
        del pythons["PyTorch loop"]
        print('No PyTorch here: .venv/bin/pip install -e ".[benchmark]" brings it.')
    best = [peers.quickest(name, python=python) for name, python in pythons.items()]
    seconds = peers.in_turns(best, asked.turns)
    ours = median(seconds["lenet"])
    for peer in best:
        some = seconds[peer.name]
        print(f"{peers.line(peer.name, some)}  {median(some) / ours:.2f}  {peer.threads} threads")
    return min(map(median, seconds.values())) < ours


if __name__ == "__main__":
    sys.exit(main())
