"""Steps of the layers of 1989 to 1998."""

from collections.abc import Iterator

from lenet.layers.early import RBF, LocallyConnected2D, PartialConv2D, Subsampling2D
from lenet.steps.common import counted, kernel_sizes, map_sizes, window_steps
from lenet.steps.step import Step, step, steps_of
from lenet.trace import Row


def partial_conv(layer: PartialConv2D, row: Row) -> Iterator[Step]:
    """A square of weights for each of the L links of the table."""
    yield from window_steps(layer, row)
    yield step("output channels", "F", {"F": layer.filters})
    yield from counted(
        row,
        weights="Kh*Kw*L",
        biases="F" if layer.shared_bias else "H*W*F",
        macs="H*W*weights",
        connections="MACs + H*W*F",
        activations="H*W*F",
        **kernel_sizes(layer.kernel_size), **map_sizes(row.output_shape),
        L=layer.links, F=layer.filters,
    )  # fmt: skip


def locally_connected(layer: LocallyConnected2D, row: Row) -> Iterator[Step]:
    """A kernel and a bias for each unit."""
    yield from window_steps(layer, row)
    yield step("output channels", "F", {"F": layer.filters})
    yield from counted(
        row,
        weights="H*W*Kh*Kw*C*F",
        biases="H*W*F",
        macs="weights",
        connections="MACs + H*W*F",
        activations="H*W*F",
        **kernel_sizes(layer.kernel_size), **map_sizes(row.output_shape),
        C=row.input_shape[-1], F=layer.filters,
    )  # fmt: skip


def subsampling(layer: Subsampling2D, row: Row) -> Iterator[Step]:
    """A coefficient and a bias for each map."""
    yield from window_steps(layer, row)
    yield step("output channels", "C", {"C": row.output_shape[-1]})
    yield from counted(
        row,
        weights="C",
        biases="C",
        macs="0",
        connections="H*W*C*(Kh*Kw + 1)",
        activations="H*W*C",
        **kernel_sizes(layer.pool_size), **map_sizes(row.output_shape), C=row.output_shape[-1],
    )  # fmt: skip


def rbf(layer: RBF, row: Row) -> Iterator[Step]:
    """A fixed code for each unit, compared with all inputs."""
    yield step("output features", "U", {"U": layer.units})
    yield from counted(
        row,
        weights="0", biases="0", fixed="N*U", macs="N*U", connections="N*U", activations="U",
        N=row.input_shape[0], U=layer.units,
    )  # fmt: skip


steps_of.register(PartialConv2D, partial_conv)
steps_of.register(LocallyConnected2D, locally_connected)
steps_of.register(Subsampling2D, subsampling)
steps_of.register(RBF, rbf)
