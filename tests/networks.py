"""Generated networks of the layers of `any_layer`, and a known one with branches."""

from dataclasses import replace
from math import prod

from any_layer import (
    Shape,
    convolutions,
    early,
    layers_of,
    merges,
    shapes,
    sized,
    window_poolings,
)
from hypothesis import strategies as st
from lenet import Network
from lenet.layers import (
    Concatenate,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    Multiply,
    Reshape,
    Shared,
)

layers = convolutions(2) | window_poolings(2)
MOST = 400  # values of a map: derivations need no more


@st.composite
def networks(draw):
    """A chain as LeNet is one: convolutions, pooling and early layers, and a dense one."""
    shape = draw(shapes)
    chosen = fitting(shape, draw(st.lists(layers | early(2), max_size=4)))
    if not chosen or draw(st.booleans()):
        chosen += [Flatten(), Dense(draw(st.integers(1, 9)), use_bias=draw(st.booleans()))]
    return Network(shape, chosen)


def fitting(shape: Shape, drawn: list[Layer]) -> list[Layer]:
    """The layers without those that do not fit the ones before."""
    kept = []
    for layer in drawn:
        out = output_of(layer, shape)
        if out:
            kept, shape = [*kept, layer], out
    return kept


def output_of(layer: Layer, came) -> Shape | None:
    """The shape that comes out, or None where the layer does not fit or much comes out."""
    try:
        out = layer.output_shape(came)
    except ValueError:
        return None
    return out if prod(out) <= MOST else None


@st.composite
def graphs(draw, pick=layers_of, joins=merges, most: int = 6, size: int = 8):
    """A graph of any layers: branches, merges, shared and frozen layers, several inputs.

    `pick` draws a layer for so many axes, `joins` one that reads several; there are up to
    `most` layers, and maps of up to `size` places along an axis come in.
    """
    rank = draw(st.sampled_from([0, 1, 2, 2, 2, 2, 3]))
    inputs = [draw(sized(rank, size)) for _ in range(draw(st.sampled_from([1, 1, 1, 2])))]
    there = {-1 - n: shape for n, shape in enumerate(inputs)}
    chosen, reads = [], []
    for _ in range(draw(st.integers(1, most))):
        layer, row = draw(_one_more(there, chosen, pick, joins))
        came = tuple(there[n] for n in row) if layer.merges else there[row[0]]
        out = output_of(layer, came)
        if out:
            there[len(chosen)] = out
            chosen, reads = [*chosen, layer], [*reads, row]
            if isinstance(layer, Shared) and not fits(inputs, chosen, reads):
                del chosen[-1], reads[-1], there[len(chosen)]
    if not chosen:
        chosen, reads = [Flatten()], [(-1,)]
    return Network(tuple(inputs) if len(inputs) > 1 else inputs[0], chosen, reads=reads)


def fits(inputs: list[Shape], chosen: list[Layer], reads: list) -> bool:
    """Whether a layer that is used again finds the numbers that it needs."""
    try:
        Network(tuple(inputs), chosen, reads=reads)
    except ValueError as error:
        assert "again" in str(error)
        return False
    return True


@st.composite
def _one_more(draw, there: dict[int, Shape], chosen: list[Layer], pick, joins):
    """One more layer, and which it reads of those that are there."""
    latest = max(there)
    read = draw(st.sampled_from([latest, latest, *there]))
    what = draw(st.sampled_from(["layer", "layer", "layer", "merge", "share"]))
    if what == "merge":
        layer = draw(joins)
        beside = [n for n, shape in there.items() if output_of(layer, (there[read], shape))]
        return layer, (read, draw(st.sampled_from(beside or [read])))
    alone = [layer for layer in chosen if not layer.merges and not isinstance(layer, Shared)]
    if what == "share" and alone:
        return Shared(draw(st.sampled_from(alone))), (read,)
    layer = draw(pick(len(there[read]) - 1))
    return (draw(st.sampled_from([layer, layer, frozen(layer)])), (read,))


def frozen(layer: Layer) -> Layer:
    """The same layer, not trained."""
    return replace(layer, trainable=False)


def squeeze_and_excite() -> Network:
    """A map, scaled by what a look at all of it says of each channel."""
    chain = [
        Conv2D(4, 3, padding="same", name="map"),
        GlobalAveragePooling2D(name="look"),
        Reshape((1, 1, 4), name="as map"),
        Conv2D(4, 1, name="say"),
        Multiply(name="scaled"),
        Concatenate(name="beside"),
    ]
    return Network((12, 12, 3), chain, reads=[(-1,), (0,), (1,), (2,), (0, 3), (4, -1)])
