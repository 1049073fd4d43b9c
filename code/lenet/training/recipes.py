"""How a network is trained: all that is decided before the test digits are looked at."""

from dataclasses import dataclass, fields
from math import isfinite
from numbers import Real

from lenet.arithmetic import whole

OPTIMIZERS = ("Adam", "AdamW", "Levenberg-Marquardt")
LOSSES = ("cross-entropy", "softmax", "equation 9")
STARTS = {"2.4 / F": None, "2.4 / sqrt(F)": 1.0, "0.6 * 2.4 / sqrt(F)": 0.6}  # by `widen`
PASSES_OF_1998 = 20  # for so many the paper prints rates
BOX_OF_MNIST = 20  # pixels; each of its digits was scaled to fit such a square
ALWAYS_SHOWN = ("epochs", "batch_size", "optimizer", "learning_rate", "loss")


@dataclass(frozen=True)
class Distortion:
    """How far a digit may be moved and bent, by chance, each time that it is shown.

    Largest `shift` in pixels, largest logarithms of `scale` and of `squeeze` (higher
    and narrower, or lower and wider), largest `shear`. Raises ValueError below 0.

    >>> Distortion(shift=8.0, scale=0.0)
    Distortion(shift=8.0, scale=0.0, squeeze=0.1, shear=0.2)
    """

    shift: float = 1.0
    scale: float = 0.1
    squeeze: float = 0.1
    shear: float = 0.2

    def __post_init__(self):
        for field in fields(self):
            _least(field.name, getattr(self, field.name), 0)


@dataclass(frozen=True, repr=False)
class Recipe:
    """How to train; without arguments, as the book trains on the bundled digits.

    `batch_size` digits make one update. The `learning_rate` of "Adam" is constant; that
    of "AdamW" rises to it in the first third and falls to nothing, and `weight_decay` is
    AdamW's; "Levenberg-Marquardt" has the rates printed in 1998, one digit an update and
    None here. `loss` is "cross-entropy" of probabilities, "softmax" of ten outputs
    between -1 and +1, or "equation 9" of distances to codes, with the penalty `j` of its
    rubbish class and all distances multiplied by `temperature` first.

    `start` is where layers with scaled_tanh start: uniform between plus and minus
    "2.4 / F", "2.4 / sqrt(F)" or "0.6 * 2.4 / sqrt(F)", F the inputs of a unit. `box` is
    the side in pixels to which the box of MNIST's digits, 20 by 20, is reduced.
    `distortion` is drawn anew each time that a digit is shown. Of each class the first
    `images_per_class` digits are used, in an order drawn by the seed, and repeated until an
    epoch has as many digits as there are. `shuffled` puts the pixels of all images into one
    other order.

    Raises ValueError or TypeError, with the remedy, for what does not go together.

    >>> Recipe()
    Recipe(epochs=12, batch_size=32, optimizer='Adam', learning_rate=0.001, loss='cross-entropy')
    """

    epochs: int = 12
    batch_size: int = 32
    optimizer: str = "Adam"
    learning_rate: float | None = 0.001
    weight_decay: float = 0.0
    loss: str = "cross-entropy"
    j: float = 1.0
    temperature: float = 1.0
    start: str = "2.4 / F"
    box: int = BOX_OF_MNIST
    distortion: Distortion | None = None
    images_per_class: int | None = None
    shuffled: bool = False

    def __post_init__(self):
        self._check_sizes()
        for name, choices in (("optimizer", OPTIMIZERS), ("loss", LOSSES), ("start", STARTS)):
            if getattr(self, name) not in choices:
                known = ", ".join(map(repr, choices))
                raise ValueError(f"{name} must be one of {known}, got {getattr(self, name)!r}")
        if self.optimizer == "Levenberg-Marquardt":
            self._check_training_of_1998()
        else:
            self._check_rate()
        if self.loss != "equation 9":
            self._only("j", 1.0, "loss 'equation 9'")
            self._only("temperature", 1.0, "loss 'equation 9'")

    def __repr__(self) -> str:
        """The usual fields, and of the others those that are not as usual."""
        shown = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name in ALWAYS_SHOWN or getattr(self, field.name) != field.default
        ]
        return f"Recipe({', '.join(shown)})"

    def _check_sizes(self) -> None:
        for name in ("epochs", "batch_size", "box"):
            whole(name, getattr(self, name))
        if self.box > BOX_OF_MNIST:
            raise ValueError(
                f"box must be at most {BOX_OF_MNIST}, the digits' own, got {self.box}: "
                "digits are only made smaller"
            )
        if self.images_per_class is not None:
            whole("images_per_class", self.images_per_class)
        if not isinstance(self.shuffled, bool):
            raise TypeError(f"shuffled must be True or False, got {self.shuffled!r}")
        if not isinstance(self.distortion, Distortion | None):
            raise TypeError(f"distortion must be a Distortion or None, got {self.distortion!r}")
        _least("j", self.j, 0)
        _least("weight_decay", self.weight_decay, 0)
        _least("temperature", self.temperature, 0, above=True)

    def _check_rate(self) -> None:
        if self.learning_rate is None:
            raise ValueError(
                f"learning_rate must be a number for {self.optimizer}, got None: 0.001 often does"
            )
        _least("learning_rate", self.learning_rate, 0, above=True)
        if self.optimizer == "Adam":
            self._only("weight_decay", 0, "optimizer 'AdamW'")

    def _check_training_of_1998(self) -> None:
        """It was printed with its rates, its loss and one digit an update."""
        here = "any optimizer but 'Levenberg-Marquardt'"
        self._only("learning_rate", None, f"{here}, which has the rates of 1998")
        self._only("batch_size", 1, f"{here}, which takes one digit an update")
        self._only("loss", "equation 9", here)
        for name, usual in (("weight_decay", 0), ("temperature", 1.0), ("distortion", None)):
            self._only(name, usual, here)
        if self.epochs > PASSES_OF_1998:
            raise ValueError(
                f"epochs must be at most {PASSES_OF_1998} for Levenberg-Marquardt, got "
                f"{self.epochs}: the paper prints no rates for more"
            )

    def _only(self, name: str, usual, belongs_to: str) -> None:
        """`name` is as usual, for it belongs to something else."""
        if getattr(self, name) != usual:
            raise ValueError(
                f"{name} {getattr(self, name)!r} goes with {belongs_to}, and this recipe has "
                f"optimizer {self.optimizer!r} and loss {self.loss!r}: leave it at {usual!r}"
            )


def _least(name: str, value: float, least: float, above: bool = False) -> None:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not isfinite(value):
        raise ValueError(f"{name} must be finite, got {value}")
    if not (value > least if above else value >= least):
        raise ValueError(f"{name} must be {'above' if above else 'at least'} {least}, got {value}")
