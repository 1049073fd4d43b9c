"""What the paper of 1998 leaves unsaid of its training, tried on validation digits.

    LENET_MNIST=mnist.npz python -m lenet.training.start_search

Each trial learns from the first 50,000 training digits of MNIST and is tested on the last
10,000; the test digits have no part in it. Those that are missing are made and written to
`start_search.json`. Reading them needs neither TensorFlow nor MNIST.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import mean

from lenet.architectures import LENET5_1998
from lenet.table import Table

FILE = Path(__file__).with_suffix(".json")
LEARNT = 50_000  # of the training digits; the others validate
ONLY_DISTANCES = -1000.0  # j with which equation 9 is equation 8 and a constant


@dataclass(frozen=True)
class Trial:
    """A way to fill in what is unsaid, and the errors in percent that came of it.

    `start` is that part of 2.4/sqrt(F), or None for 2.4/F itself; `j` that of equation 9,
    or None for equation 8. The order of the digits is drawn once, or with `new_order`
    before each pass; a curvature is the highest estimate so far, or where it `may_fall`
    the last one. `errors` are those of the validation digits after each pass,
    `train_errors` those while learning.
    """

    start: float | None
    j: float | None = 3.0
    new_order: bool = False
    may_fall: bool = False
    passes: int = 6
    seed: int = 0
    errors: tuple[float, ...] = ()
    train_errors: tuple[float, ...] = ()

    @property
    def ways(self) -> tuple[str, str, str, str]:
        """In words: start, equation, order and curvatures.

        >>> Trial(0.6).ways
        ('0.6 · 2.4/√F', '9, j = 3', 'one', 'highest')
        """
        start = f"{self.start} · 2.4/√F" if self.start else "2.4/F"
        equation = "8" if self.j is None else f"9, j = {self.j:g}"
        order = "new each pass" if self.new_order else "one"
        return start, equation, order, "latest" if self.may_fall else "highest"


TRIALS = (
    Trial(0.4),
    *(Trial(start, seed=seed) for start in (0.5, 0.7, 0.8, 1.0) for seed in range(3)),
    Trial(0.6, passes=20),
    *(Trial(0.6, seed=seed) for seed in (1, 2)),
    Trial(0.6, 10.0, passes=20),
    *(Trial(0.6, j) for j in (1.0, None)),
    Trial(0.6, new_order=True),
    Trial(0.6, may_fall=True),
    Trial(None),
)


def load_trials(file: Path = FILE) -> tuple[Trial, ...]:
    """The trials that have been made.

    >>> [trial.errors[-1] for trial in load_trials() if trial.start is None]
    [89.91]
    """
    kept = json.loads(file.read_text()) if file.exists() else []
    frozen = {"errors", "train_errors"}
    return tuple(
        Trial(**{key: tuple(value) if key in frozen else value for key, value in one.items()})
        for one in kept
    )


def by_start(trials: Iterable[Trial]) -> dict[float, list[float]]:
    """For each part of 2.4/sqrt(F), the errors after six passes with all else as `Trial` has it."""
    errors = {}
    for trial in trials:
        if trial.ways == Trial(trial.start).ways and trial.start:
            errors.setdefault(trial.start, []).append(trial.errors[5])
    return errors


def trial_table(trials: Iterable[Trial]) -> Table:
    """A row for each way to fill in what is unsaid, with the errors after six passes."""
    rows = {}
    for trial in sorted(trials, key=lambda trial: trial.start or 0):
        rows.setdefault(trial.ways, []).append(trial.errors[5])
    headers = ("start", "equation", "order", "curvatures", "runs", "mean", "lowest", "highest")
    ends = ((len(one), mean(one), min(one), max(one)) for one in rows.values())
    return Table(headers, tuple((*ways, *end) for ways, end in zip(rows, ends, strict=True)))


def signals(images, start: float | None, seed: int = 0) -> dict[str, float]:
    """How far each layer of LeNet-5 differs from image to image, before it has learnt.

    The standard deviation over the images, mean of the layer's units, by the layer's
    name. `images` go from 0 for paper to 1 for ink, (N, 32, 32, 1); `start` as for `Trial`.
    """
    from lenet.keras_bridge.inside import outputs
    from lenet.training.mnist import to_1998

    model = _started(start, seed)
    made = outputs(model, to_1998(images))
    squashing = [layer.name for layer in model.layers[:-1] if layer.weights]
    return {name: float(made[name].std(axis=0).mean()) for name in squashing}


def answers_after_one_pass(data, start: float | None, seed: int = 0):
    """What LeNet-5 reads each test digit as after one pass through the others.

    `data` as from `lenet.training.digits.load`, all else as `Trial` has it.
    """
    from lenet.training import levenberg_marquardt
    from lenet.training.mnist import to_1998

    model = _started(start, seed)
    levenberg_marquardt.one_pass(model, to_1998(data.x_train), data.y_train, j=3.0)()
    return model.predict_on_batch(to_1998(data.x_test)).argmin(axis=1)


def make(trial: Trial, data) -> Trial:
    """The trial with its errors; `data` are raw, as from `lenet.training.mnist.load`."""
    from lenet.training import levenberg_marquardt, mnist

    model = _started(trial.start, trial.seed)
    images, labels = mnist.prepare(data.x_train), data.y_train
    j = ONLY_DISTANCES if trial.j is None else trial.j
    learn = levenberg_marquardt.one_pass(
        model, images[:LEARNT], labels[:LEARNT], j, trial.new_order, trial.may_fall
    )
    passes = [_pass(learn, model, images[LEARNT:], labels[LEARNT:]) for _ in range(trial.passes)]
    train_errors, errors = zip(*passes, strict=True)
    return replace(trial, errors=errors, train_errors=train_errors)


def _started(start: float | None, seed: int):
    """LeNet-5 of 1998 in Keras, from that part of 2.4/sqrt(F), or from 2.4/F itself."""
    from lenet.keras_bridge import early
    from lenet.keras_bridge.model import to_keras
    from lenet.keras_bridge.quiet import keras

    keras.utils.set_random_seed(seed)
    model = to_keras(LENET5_1998)
    if start is not None:
        early.widen(model, start)
    return model


def _pass(learn: Callable, model, images, labels) -> tuple[float, float]:
    """The errors in percent while learning and afterwards."""
    _, misread = learn()
    wrong = model.predict_on_batch(images).argmin(axis=1) != labels
    return round(100 * float(misread), 2), round(100 * float(wrong.mean()), 2)


def main(file: Path = FILE, trials: tuple[Trial, ...] = TRIALS) -> None:
    from lenet.training import mnist

    made, data = list(load_trials(file)), mnist.load()
    known = {replace(trial, errors=(), train_errors=()) for trial in made}
    for trial in trials:
        if trial not in known:
            made.append(make(trial, data))
            print(made[-1], flush=True)
            lines = ",\n ".join(json.dumps(asdict(one)) for one in made)
            file.write_text(f"[\n {lines}\n]\n")


if __name__ == "__main__":
    main()
