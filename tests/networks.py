"""Generated layers and networks for the oracles."""

from hypothesis import strategies as st
from lenet import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected2D,
    MaxPooling2D,
    Network,
    PartialConv2D,
    Subsampling2D,
)

paddings = st.sampled_from(["valid", "same"])
pairs = st.tuples(st.integers(1, 5), st.integers(1, 5))
shapes = st.tuples(st.integers(1, 24), st.integers(1, 24), st.sampled_from([1, 2, 3, 4, 6]))


@st.composite
def convolutions(draw):
    """A Conv2D that Keras can build too: strides or dilation, not both."""
    strided = draw(st.booleans())
    groups = draw(st.sampled_from([1, 1, 2, 3]))
    return Conv2D(
        groups * draw(st.integers(1, 5)),
        draw(pairs),
        draw(pairs) if strided else 1,
        padding=draw(paddings),
        dilation_rate=1 if strided else draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        groups=groups,
        use_bias=draw(st.booleans()),
    )


@st.composite
def poolings(draw):
    kind = draw(st.sampled_from([MaxPooling2D, AveragePooling2D]))
    return kind(draw(pairs), draw(st.none() | pairs), padding=draw(paddings))


@st.composite
def partial_convolutions(draw):
    """A PartialConv2D with any table of up to three maps."""
    rows = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True).map(tuple)
    return PartialConv2D(
        tuple(draw(st.lists(rows, min_size=1, max_size=5))),
        draw(pairs),
        draw(pairs),
        padding=draw(paddings),
        shared_bias=draw(st.booleans()),
    )


subsamplings = st.builds(Subsampling2D, pairs)
locally_connected = st.builds(LocallyConnected2D, st.integers(1, 4), pairs, pairs, padding=paddings)
layers = convolutions() | poolings()
early_layers = partial_convolutions() | subsamplings | locally_connected


@st.composite
def networks(draw):
    """A network that fits: layers that do not are left out."""
    shape = draw(shapes)
    chosen, height_width_channels = [], shape
    for layer in draw(st.lists(layers | early_layers, max_size=4)):
        try:
            height_width_channels = layer.output_shape(height_width_channels)
        except ValueError:
            continue
        chosen.append(layer)
    if not chosen or draw(st.booleans()):
        chosen += [Flatten(), Dense(draw(st.integers(1, 9)), use_bias=draw(st.booleans()))]
    return Network(shape, chosen)
