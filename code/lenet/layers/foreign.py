"""A layer that Keras counts and this book does not derive."""

from dataclasses import dataclass
from math import prod

from lenet.arithmetic import whole
from lenet.layers.arguments import Shape, Shapes, checked_shape
from lenet.layers.base import Counts, Layer


@dataclass(frozen=True)
class Foreign(Layer):
    """A layer whose numbers are Keras's own, such as LSTM, attention or one's own class.

    `what` is its name, `shape` what it puts out, `parameters` the numbers that Keras
    trains and `frozen` those that it does not; `inputs` says how many layers it reads.
    Where there are any, weights and biases are not told apart; MACs, connections and
    receptive field are not known: None, never 0. Errors: TypeError and ValueError for
    what is no shape, for no whole number from 0, and for another number of inputs.

    >>> lstm = Foreign("LSTM", (64,), 23_808)
    >>> lstm.counts((28, 28)).numbers, lstm.macs((28, 28))
    (23808, None)
    """

    what: str
    shape: Shape
    parameters: int
    frozen: int = 0
    inputs: int = 1

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.what, str) or not self.what:
            raise TypeError(f"what must be Keras's name of the layer, got {self.what!r}")
        self._settle("shape", change=checked_shape)
        self._settle("parameters", "frozen", change=lambda name, v: whole(name, v, minimum=0))
        self._settle("inputs", change=whole)

    @property
    def merges(self) -> bool:
        """Whether it reads several layers."""
        return self.inputs > 1

    @property
    def stretches(self) -> bool:
        """Nobody knows what it makes of its inputs."""
        return False

    @property
    def kind(self) -> str:
        """Keras's name, and that its numbers are Keras's too."""
        return f"{self.what}, counted by Keras, not derived"

    @property
    def note(self) -> str:
        """What is not known, and why."""
        return (
            "Keras counts the parameters of this layer and this book does not derive it: MACs, "
            "connections and receptive field are not known"
        )

    def counts(self, input_shape: Shape | Shapes) -> Counts:
        """Keras's numbers; None for what is not known."""
        self._checked(input_shape)
        split = None if self.parameters or self.frozen else 0
        return Counts(
            output_shape=self.shape, weights=split, biases=split, numbers=self.parameters,
            fixed=self.frozen, connections=None, macs=None, activations=prod(self.shape),
        )  # fmt: skip

    def output_shape(self, input_shape: Shape | Shapes) -> Shape:
        """As Keras says."""
        return self.counts(input_shape).output_shape

    def window(self, came: Shape | Shapes) -> None:
        return None

    def _checked(self, input_shape) -> None:
        if not self.merges:
            checked_shape("input_shape", input_shape)
            return
        shapes = tuple(checked_shape("input_shape", shape) for shape in input_shape)
        if len(shapes) != self.inputs:
            raise ValueError(f"{self.what} reads {self.inputs} layers, got {shapes}")
