"""An epoch of LeNet-5 on MNIST: ours, Keras's fit and a plain PyTorch loop, in one run.

    pip install -e ".[benchmark]"
    LENET_MNIST=mnist.npz python benchmarks/training.py

All three train the modern LeNet-5 in batches of 128 with AdamW at the same rate,
on as many cores as the machine has, in turns; the first turn is not counted.
Speed does not depend on the pixels, so without LENET_MNIST noise stands in.
"""

import os
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np
from lenet import LENET5_MODERN
from lenet.keras_bridge.model import to_keras
from lenet.keras_bridge.quiet import keras
from lenet.training import mnist
from lenet.training.digits import Data
from lenet.training.loop import learner
from lenet.training.recipes import Recipe
from tqdm import tqdm

RECIPE = Recipe(20, 128, "AdamW", learning_rate=0.001, weight_decay=0.01)
TURNS = 5


def noise() -> Data:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60_000, 28, 28, 1), "uint8")
    labels = rng.integers(0, 10, 60_000, "uint8")
    return Data(images, labels, images[:10_000], labels[:10_000])


def ours(images: np.ndarray, labels: np.ndarray) -> Callable[[], None]:
    return learner(to_keras(LENET5_MODERN), RECIPE, images, labels)


def keras_fit(images: np.ndarray, labels: np.ndarray) -> Callable[[], None]:
    model = to_keras(LENET5_MODERN)
    optimizer = keras.optimizers.AdamW(RECIPE.learning_rate, weight_decay=RECIPE.weight_decay)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return lambda: model.fit(images, labels, batch_size=RECIPE.batch_size, verbose=0)


def pytorch(images: np.ndarray, labels: np.ndarray) -> Callable[[], None]:
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
        nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    )  # fmt: skip
    x, y = torch.tensor(images).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels).long()
    optimizer = torch.optim.AdamW(
        model.parameters(), RECIPE.learning_rate, weight_decay=RECIPE.weight_decay
    )

    def epoch() -> None:
        order = torch.randperm(len(x))
        for start in range(0, len(x) - RECIPE.batch_size + 1, RECIPE.batch_size):
            chosen = order[start : start + RECIPE.batch_size]
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimizer.step()

    return epoch


def main() -> None:
    data = mnist.load() if os.environ.get(mnist.VARIABLE) else noise()
    images = mnist.prepare(data.x_train)
    makers = {"lenet": ours, "Keras fit": keras_fit}
    if find_spec("torch"):
        makers["PyTorch loop"] = pytorch
    else:
        print('No PyTorch here: .venv/bin/pip install -e ".[benchmark]" brings it.')
    epochs = {name: make(images, data.y_train) for name, make in makers.items()}
    seconds = {name: [] for name in epochs}
    for turn in tqdm(range(TURNS + 1), desc="turns", leave=False):
        for name, epoch in epochs.items():
            start = time.perf_counter()
            epoch()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    for name, some in seconds.items():
        ratio = median(some) / median(seconds["lenet"])
        print(f"{name:13}{median(some):6.1f} s  ({min(some):.1f} to {max(some):.1f})  {ratio:.2f}")


if __name__ == "__main__":
    main()
