"""Steps of layers that keep the shape."""

from collections.abc import Iterator

from lenet.layers.pointwise import (
    ELU,
    Activation,
    Elementwise,
    LayerScale,
    LeakyReLU,
    Passing,
    PReLU,
    ReLU,
    Rescaling,
    SameShape,
    Softmax,
    UnitNormalization,
)
from lenet.steps.common import all_sizes, counted, product, same_shape_steps
from lenet.steps.step import Step, steps_of
from lenet.trace import Row


def function(layer: SameShape, row: Row) -> Iterator[Step]:
    """A new value for each that comes in, and nothing to learn."""
    yield from same_shape_steps(row)
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row, weights="0", biases="0", macs="0", connections="0", activations=product(sizes), **sizes
    )


def passing(layer: Passing, row: Row) -> Iterator[Step]:
    """What comes in goes out; nothing is new."""
    yield from same_shape_steps(row)
    yield from counted(row, weights="0", biases="0", macs="0", connections="0", activations="0")


def prelu(layer: PReLU, row: Row) -> Iterator[Step]:
    """A slope for each unit, or one for all along the shared axes."""
    yield from same_shape_steps(row)
    sizes = all_sizes(row.output_shape)
    shared = {name for n, name in enumerate(sizes, 1) if n in layer.shared_axes}
    yield from counted(
        row,
        weights=product(name for name in sizes if name not in shared),
        biases="0", macs="0", connections="0", activations=product(sizes), **sizes,
    )  # fmt: skip


def layer_scale(layer: LayerScale, row: Row) -> Iterator[Step]:
    """A factor for each channel."""
    yield from same_shape_steps(row)
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row,
        weights=list(sizes)[-1], biases="0", macs="0", connections="0",
        activations=product(sizes), **sizes,
    )  # fmt: skip


for kind in (
    Activation, Elementwise, ELU, LeakyReLU, ReLU, Rescaling, Softmax, UnitNormalization,
):  # fmt: skip
    steps_of.register(kind, function)
steps_of.register(Passing, passing)
steps_of.register(PReLU, prelu)
steps_of.register(LayerScale, layer_scale)
