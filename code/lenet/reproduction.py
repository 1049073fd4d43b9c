"""The networks of 1998 on MNIST: fixed recipes, several seeds, records.

    LENET_MNIST=mnist.npz python -m lenet.reproduction          all rows
    LENET_MNIST=mnist.npz python -m lenet.reproduction --quick  one short run a row
    python -m lenet.reproduction --list                         names of the rows

Each finished run is written at once to `lenet/records/<row>.json`; Ctrl-C loses
only the run that is going on, and the next call goes on where this one stopped.
The recipes were fixed on the last 10,000 training digits, with the rest to learn
from. The error of a run is that of its last epoch, never of its best.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from lenet import mnist
from lenet.architectures import LENET5_1998
from lenet.keras_bridge import to_keras
from lenet.network import Network
from lenet.original import rubbish_class_loss
from lenet.tensorflow_quietly import keras

RECORDS = Path(__file__).parent / "records"


@dataclass(frozen=True)
class Distortion:
    """Largest shift in pixels, and largest logarithms of scale and squeeze, and shear."""

    shift: float = 1.0
    scale: float = 0.1
    squeeze: float = 0.1
    shear: float = 0.2


@dataclass(frozen=True)
class MnistRecipe:
    """Adam with decoupled weight decay; the rate rises for 30% of the steps, then falls.

    `peak` is the highest learning rate, `j` and `temperature` are the arguments
    of `lenet.original.rubbish_class_loss`.
    """

    epochs: int
    peak: float
    weight_decay: float = 0.1
    batch_size: int = 128
    j: float = 1.0
    temperature: float = 1.0
    distortion: Distortion | None = None


ROWS: dict[str, tuple[Network, MnistRecipe, int]] = {  # network, recipe, seeds
    "lenet5-1998": (LENET5_1998, MnistRecipe(epochs=20, peak=0.02), 5),
    "lenet5-1998-distorted": (
        LENET5_1998,
        MnistRecipe(epochs=24, peak=0.01, temperature=0.03, distortion=Distortion()),
        5,
    ),
}


@dataclass(frozen=True)
class Run:
    """One finished run: test errors in percent, one an epoch, and its wall time."""

    seed: int
    test_errors: tuple[float, ...]
    seconds: float


@dataclass(frozen=True)
class Record:
    """All finished runs of a row, with how they were made."""

    row: str
    network: str
    recipe: MnistRecipe
    runs: tuple[Run, ...]
    versions: dict[str, str]
    data: dict[str, str]

    @property
    def test_errors(self) -> tuple[float, ...]:
        """The error of each run after its last epoch, in percent."""
        return tuple(run.test_errors[-1] for run in self.runs)


def load_records(folder: Path = RECORDS) -> dict[str, Record]:
    """The records by row, as `Record`."""
    paths = sorted(folder.glob("*.json"))
    return {path.stem: _record(json.loads(path.read_text())) for path in paths}


def reproduce(rows: list[str], folder: Path = RECORDS, quick: bool = False) -> Iterator[Record]:
    """Run what is missing of the rows; yields the record after each finished run.

    `quick` makes one run of one epoch a row and keeps nothing. Raises ValueError
    for a row that is not there.
    """
    for row in rows:
        if row not in ROWS:
            raise ValueError(f"no row {row!r}; there are {', '.join(ROWS)}")
    data = mnist.load()
    for row in rows:
        network, recipe, seeds = ROWS[row]
        if quick:
            yield _kept(None, row, train(network, replace(recipe, epochs=1), data, seed=0))
            continue
        done = load_records(folder).get(row)
        if done and done.recipe != recipe:
            done = None  # runs of another recipe do not belong to this record
        finished = {run.seed for run in done.runs} if done else set()
        for seed in sorted(set(range(seeds)) - finished):
            done = _kept(done, row, train(network, recipe, data, seed))
            _write(done, folder)
            yield done


def train(network: Network, recipe: MnistRecipe, data: mnist.Data, seed: int) -> Run:
    """One run on all training digits, tested after each epoch."""
    keras.utils.set_random_seed(seed)
    model, start = to_keras(network), time.perf_counter()
    border = (network.input_shape[0] - data.x_train.shape[1]) // 2
    learn = _epoch(model, recipe, mnist.prepare(data.x_train, border), data.y_train)
    x_test, errors = mnist.prepare(data.x_test, border), []
    for _ in tqdm(range(recipe.epochs), desc=f"{network.name}, seed {seed}", unit="epoch"):
        learn()
        nearest = np.argmin(model.predict_on_batch(x_test), axis=1)
        errors.append(round(100 * float(np.mean(nearest != data.y_test)), 2))
    return Run(seed, tuple(errors), round(time.perf_counter() - start, 1))


def distorted(images: tf.Tensor, distortion: Distortion) -> tf.Tensor:
    """Each image (height, width, 1) moved, scaled, squeezed and sheared by chance."""
    count, side = tf.shape(images)[0], images.shape[1]

    def any_up_to(most: float) -> tf.Tensor:
        return tf.random.uniform([count], -most, most)

    size, squeeze = any_up_to(distortion.scale), any_up_to(distortion.squeeze)
    wide, high, shear = tf.exp(size + squeeze), tf.exp(size - squeeze), any_up_to(distortion.shear)
    centre, nothing = (side - 1) / 2, tf.zeros([count])
    right = centre - (wide + shear) * centre + any_up_to(distortion.shift)
    down = centre - high * centre + any_up_to(distortion.shift)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([wide, shear, right, nothing, high, down, nothing, nothing], 1),
        output_shape=[side, side],
        fill_value=mnist.BACKGROUND,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def _epoch(
    model: keras.Model, recipe: MnistRecipe, images: np.ndarray, labels: np.ndarray
) -> Callable[[], None]:
    """A function that trains for one epoch; whole batches only, drawn anew each time."""
    steps = len(images) // recipe.batch_size
    optimizer = _optimizer(recipe, steps * recipe.epochs)
    optimizer.build(model.trainable_variables)
    loss = rubbish_class_loss(recipe.j, recipe.temperature)
    images, labels = tf.constant(images), tf.constant(labels)

    @tf.function
    def epoch() -> None:
        order = tf.random.shuffle(tf.range(len(images)))
        for step in tf.range(steps):
            chosen = order[step * recipe.batch_size : (step + 1) * recipe.batch_size]
            batch = tf.gather(images, chosen)
            if recipe.distortion:
                batch = distorted(batch, recipe.distortion)
            with tf.GradientTape() as tape:
                value = tf.reduce_mean(loss(tf.gather(labels, chosen), model(batch, training=True)))
            optimizer.apply(tape.gradient(value, model.trainable_variables))

    return epoch


def _optimizer(recipe: MnistRecipe, steps: int) -> keras.optimizers.Optimizer:
    rise = round(0.3 * steps)
    rate = keras.optimizers.schedules.CosineDecay(
        recipe.peak / 25, steps - rise, alpha=1e-4, warmup_target=recipe.peak, warmup_steps=rise
    )
    return keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay)


def _kept(done: Record | None, row: str, run: Run) -> Record:
    network, recipe, _ = ROWS[row]
    runs = sorted((*(done.runs if done else ()), run), key=lambda run: run.seed)
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    versions |= {"python": platform.python_version(), "machine": platform.machine()}
    return Record(row, network.name, recipe, tuple(runs), versions, mnist.CHECKSUMS)


def _record(data: dict) -> Record:
    recipe = dict(data["recipe"])
    if recipe["distortion"]:
        recipe["distortion"] = Distortion(**recipe["distortion"])
    runs = tuple(Run(r["seed"], tuple(r["test_errors"]), r["seconds"]) for r in data["runs"])
    return Record(**{**data, "recipe": MnistRecipe(**recipe), "runs": runs})


def _write(record: Record, folder: Path) -> None:
    """Whole or not at all: a half-written record would lose the runs before it."""
    folder.mkdir(exist_ok=True)
    part = folder / f"{record.row}.json.part"
    part.write_text(json.dumps(asdict(record), indent=1) + "\n")
    part.replace(folder / f"{record.row}.json")


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all runs are finished, 1 when it was interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m lenet.reproduction", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("rows", nargs="*", help="rows to run, all if none is named")
    parser.add_argument("--quick", action="store_true", help="one epoch a row, nothing kept")
    parser.add_argument("--list", action="store_true", help="print the rows and stop")
    asked = parser.parse_args(arguments)
    if asked.list:
        print(*ROWS, sep="\n")
        return 0
    try:
        for record in reproduce(asked.rows or list(ROWS), quick=asked.quick):
            run = record.runs[-1]
            error = f"{run.test_errors[-1]:.2f}%"
            print(f"{record.row}, seed {run.seed}: {error} in {run.seconds:.0f} s", flush=True)
    except KeyboardInterrupt:
        print("Stopped. Finished runs are kept; the same command goes on from here.")
        return 1
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
