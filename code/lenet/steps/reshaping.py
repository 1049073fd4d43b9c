"""Steps of layers that move values."""

from collections.abc import Iterator

from lenet.layers.arguments import AXES
from lenet.layers.reshaping import Permute, RepeatVector, Reshape, Resizing, UpSampling
from lenet.steps.common import all_sizes, counted, product, side_names
from lenet.steps.step import Step, of_axes, step, steps_of
from lenet.trace import Row


def reshape(layer: Reshape, row: Row) -> Iterator[Step]:
    """The sides that were asked for; one of -1 is what the others leave of the values."""
    names = side_names(row.output_shape)
    for name, asked, side in zip(names, layer.target_shape, row.output_shape, strict=True):
        if asked == -1:
            sizes = all_sizes(row.input_shape)
            others = {
                f"O{n}": known for n, known in enumerate(layer.target_shape, 1) if known != -1
            }
            source = f"{product(sizes)} / ({product(others)})" if others else product(sizes)
            yield step("output {}", source, sizes | others, name)
        else:
            yield step("output {}", "O", {"O": side}, name)
    yield from _nothing_new(row)


def permute(layer: Permute, row: Row) -> Iterator[Step]:
    """The sides that came in, in another order."""
    sides = [{"N": side} for side in row.output_shape]
    yield from of_axes("output {}", "N", sides, side_names(row.output_shape))
    yield from _nothing_new(row)


def repeat_vector(layer: RepeatVector, row: Row) -> Iterator[Step]:
    """So many rows of the features that come in."""
    yield step("output steps", "O", {"O": layer.n})
    yield step("output channels", "N", {"N": row.input_shape[0]})
    yield from _nothing_new(row)


def _nothing_new(row: Row) -> Iterator[Step]:
    return counted(row, weights="0", biases="0", macs="0", connections="0", activations="0")


def up_sampling(layer: UpSampling, row: Row) -> Iterator[Step]:
    """Each side times its size."""
    sides = [{"N": n, "S": s} for n, s in zip(row.input_shape, layer.size, strict=False)]
    yield from of_axes("output {}", "N*S", sides, AXES[layer.rank])
    yield from _new_values(row)


def resizing(layer: Resizing, row: Row) -> Iterator[Step]:
    """The sides that were asked for."""
    yield step("output height", "H", {"H": layer.height})
    yield step("output width", "W", {"W": layer.width})
    yield from _new_values(row)


def _new_values(row: Row) -> Iterator[Step]:
    yield step("output channels", "C", {"C": row.input_shape[-1]})
    sizes = all_sizes(row.output_shape)
    yield from counted(
        row, weights="0", biases="0", macs="0", connections="0", activations=product(sizes), **sizes
    )


steps_of.register(Reshape, reshape)
steps_of.register(Permute, permute)
steps_of.register(RepeatVector, repeat_vector)
steps_of.register(UpSampling, up_sampling)
steps_of.register(Resizing, resizing)
