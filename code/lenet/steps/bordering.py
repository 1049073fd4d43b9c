"""Steps of borders that are put on or taken off."""

from collections.abc import Iterator

from lenet.layers.arguments import AXES
from lenet.layers.bordering import Cropping, ZeroPadding
from lenet.steps.common import all_sizes, counted, product
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def zero_padding(layer: ZeroPadding, row: Row) -> Iterator[Step]:
    """Each side longer by both ends; the new map holds zeros and old values."""
    yield from _sides(layer, row, "N + A + B")
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row, weights="0", biases="0", macs="0", connections="0", activations=product(sizes), **sizes
    )


def cropping(layer: Cropping, row: Row) -> Iterator[Step]:
    """Each side shorter by both ends; nothing is new."""
    yield from _sides(layer, row, "N - A - B")
    yield from counted(row, weights="0", biases="0", macs="0", connections="0", activations="0")


def _sides(layer: ZeroPadding | Cropping, row: Row, source: str) -> Iterator[Step]:
    axes = [
        {"N": size, "A": before, "B": after}
        for size, (before, after) in zip(row.input_shape, layer.border, strict=False)
    ]
    yield from of_axes("output {}", source, axes, AXES[layer.rank])
    yield step("output channels", "C", {"C": row.input_shape[-1]})


steps_of.register(ZeroPadding, zero_padding)
steps_of.register(Cropping, cropping)
