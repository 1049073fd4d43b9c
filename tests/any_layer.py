"""Generated layers of any kind, and shapes that they may be asked with.

A family draws layers for maps with so many axes. What Keras has too is drawn with
arguments that it builds: strides or dilation, not both.
"""

from hypothesis import strategies as st
from lenet import layers as kinds
from lenet.layers import Layer, Shared

Shape = tuple[int, ...]

small = st.integers(1, 4)
paddings = st.sampled_from(["valid", "same"])
channels = st.sampled_from([1, 2, 3, 4, 6])
shapes = st.tuples(st.integers(1, 24), st.integers(1, 24), channels)
features = st.tuples(st.integers(1, 12))


def axes(rank: int, numbers=small):
    """One number for all axes, or one for each."""
    return numbers | st.tuples(*[numbers] * rank)


def sized(rank: int, most: int = 12):
    """Shapes with so many axes, of up to so many places each; features where there is none."""
    return st.tuples(*[st.integers(1, most)] * rank, channels) if rank else features


@st.composite
def windows(draw, rank: int, causal: bool = False) -> dict:
    """Kernel, strides and padding that Keras builds."""
    strided = draw(st.booleans())
    return {
        "kernel_size": draw(axes(rank)),
        "strides": draw(axes(rank)) if strided else 1,
        "dilation_rate": 1 if strided else draw(axes(rank)),
        "padding": draw(st.sampled_from(["valid", "same", *["causal"] * causal])),
        "use_bias": draw(st.booleans()),
    }


@st.composite
def convolutions(draw, rank: int) -> Layer:
    groups = draw(st.sampled_from([1, 1, 2, 3]))
    more = {"filters": groups * draw(small), "groups": groups}
    return getattr(kinds, f"Conv{rank}D")(**more, **draw(windows(rank, causal=rank == 1)))


@st.composite
def transposed(draw, rank: int) -> Layer:
    how = draw(windows(rank))
    if draw(st.booleans()) and how["strides"] == 1:
        how["output_padding"] = None
    elif isinstance(how["strides"], int) and how["strides"] > 1:
        how["output_padding"] = draw(st.none() | st.integers(0, how["strides"] - 1))
    return getattr(kinds, f"Conv{rank}DTranspose")(filters=draw(small), **how)


@st.composite
def one_a_channel(draw, rank: int) -> Layer:
    separable = draw(st.booleans())
    how = draw(windows(rank, causal=separable and rank == 1))
    how["depth_multiplier"] = draw(st.integers(1, 3))
    for name in ("strides", "dilation_rate"):  # Keras wants the same on both axes
        how[name] = how[name] if isinstance(how[name], int) else how[name][0]
    if separable:
        return getattr(kinds, f"SeparableConv{rank}D")(draw(small), **how)
    return getattr(kinds, f"DepthwiseConv{rank}D")(**how)


@st.composite
def window_poolings(draw, rank: int) -> Layer:
    make = getattr(kinds, f"{draw(st.sampled_from(['Max', 'Average']))}Pooling{rank}D")
    return make(draw(axes(rank)), draw(st.none() | axes(rank)), padding=draw(paddings))


@st.composite
def whole_poolings(draw, rank: int) -> Layer:
    """Global pooling, and the kind that has as many windows as one asks for."""
    which = draw(st.sampled_from(["Max", "Average"]))
    if draw(st.booleans()):
        make = getattr(kinds, f"Global{which}Pooling{rank}D")
        return make(keepdims=draw(st.booleans()))
    return getattr(kinds, f"Adaptive{which}Pooling{rank}D")(draw(axes(rank)))


def poolings(rank: int):
    return window_poolings(rank) | whole_poolings(rank)


@st.composite
def bordered(draw, rank: int) -> Layer:
    ends = st.tuples(st.integers(0, 3), st.integers(0, 3))
    sides = draw(st.integers(0, 3) | st.tuples(*[ends] * rank))
    form = draw(st.sampled_from(["ZeroPadding", "Cropping", "UpSampling"]))
    if form == "UpSampling":
        return getattr(kinds, f"UpSampling{rank}D")(draw(axes(rank, st.integers(1, 3))))
    return getattr(kinds, f"{form}{rank}D")(sides)


@st.composite
def normalizing(draw, rank: int) -> Layer:
    flags = {"center": draw(st.booleans()), "scale": draw(st.booleans())}
    axis = draw(st.integers(-rank - 1, -1))
    every = st.sets(st.integers(-rank - 1, -1), min_size=2).map(sorted).map(tuple)
    several = draw(every | st.just(axis)) if rank else axis
    return draw(st.sampled_from([
        kinds.BatchNormalization(axis=axis, **flags),
        kinds.BatchNormalization(renorm=True, **flags),
        kinds.LayerNormalization(axis=several, **flags),
        kinds.GroupNormalization(groups=draw(st.sampled_from([-1, 1, 2, 3])), **flags),
        kinds.RMSNormalization(center=False),
        kinds.Normalization(axis=(axis,), adapted=True),
    ]))  # fmt: skip


@st.composite
def value_by_value(draw, rank: int) -> Layer:
    axis = draw(st.integers(-rank - 1, -1))
    shared = draw(st.sets(st.integers(1, rank + 1)).map(sorted).map(tuple))
    name = draw(st.sampled_from(["relu", "tanh", "softmax", "log_softmax"]))
    return draw(st.sampled_from([
        kinds.PReLU(shared_axes=shared), kinds.Activation(name), kinds.Passing("Dropout"),
        kinds.Rescaling(), kinds.ReLU(), kinds.LeakyReLU(), kinds.ELU(),
        kinds.Softmax(axis=axis), kinds.UnitNormalization(axis=axis),
    ]))  # fmt: skip


def same_shape(rank: int):
    """What Keras has of the layers that keep the shape."""
    return normalizing(rank) | value_by_value(rank)


@st.composite
def reshaped(draw, rank: int) -> Layer:
    order = draw(st.permutations(range(1, rank + 2)))
    return draw(st.sampled_from([
        kinds.Flatten(), kinds.Permute(tuple(order)), kinds.Reshape((-1,)), kinds.Reshape((-1, 2)),
        kinds.PointwiseDense(draw(small), use_bias=draw(st.booleans())),
    ]))  # fmt: skip


@st.composite
def resized(draw, rank: int) -> Layer:
    make = draw(st.sampled_from([kinds.Resizing, kinds.CenterCrop, kinds.RandomCrop]))
    return make(draw(small), draw(small))


@st.composite
def early(draw, rank: int) -> Layer:
    """The layers of 1989 to 1998, of which a convolution has any table of up to three maps."""
    kernel, strides = draw(axes(2)), draw(axes(2))
    padding = draw(paddings)
    row = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True).map(tuple)
    table = tuple(draw(st.lists(row, min_size=1, max_size=5)))
    return draw(st.sampled_from([
        kinds.PartialConv2D(
            table, kernel, strides, padding=padding, shared_bias=draw(st.booleans())
        ),
        kinds.Subsampling2D(kernel),
        kinds.LocallyConnected2D(draw(small), kernel, strides, padding=padding),
    ]))  # fmt: skip


@st.composite
def on_features(draw, rank: int) -> Layer:
    units = draw(small)
    return draw(st.sampled_from([
        kinds.Dense(units, use_bias=draw(st.booleans())), kinds.RepeatVector(units),
        kinds.RBF(units), kinds.Reshape((1, 1, -1)), kinds.Reshape((-1, 1)),
    ]))  # fmt: skip


def without_a_twin(rank: int):
    """What keeps the shape and has no layer in Keras of the same name."""
    return st.sampled_from([
        kinds.LayerScale(), kinds.Elementwise("multiply"), kinds.Normalization(),
        kinds.Normalization(axis=(), adapted=True),
    ])  # fmt: skip


MAPS = {
    1: [convolutions, transposed, one_a_channel, poolings, bordered, same_shape, reshaped],
    2: [convolutions, transposed, one_a_channel, poolings, bordered, same_shape, reshaped],
    3: [convolutions, transposed, poolings, bordered, same_shape, reshaped],
}
MORE = {1: [], 2: [early, resized], 3: []}


def layers_of(rank: int):
    """Any kind of layer that reads one input with so many axes; 0 are features."""
    if rank not in MAPS:
        families = [on_features, same_shape, reshaped] if rank == 0 else [value_by_value]
    else:
        families = MAPS[rank] + MORE[rank]
    return st.one_of(*(family(rank) for family in [*families, without_a_twin]))


@st.composite
def layers_on_shapes(draw) -> tuple[Layer, Shape]:
    """A layer that Keras has too and that reads one input, and a shape of its rank."""
    rank = draw(st.sampled_from([1, 2, 2, 2, 3]))
    return draw(draw(st.sampled_from(MAPS[rank]))(rank)), draw(sized(rank))


@st.composite
def any_on_shapes(draw, most: int = 12) -> tuple[Layer, Shape]:
    """Any layer that reads one input, or one more use of it, and a shape of its rank."""
    rank = draw(st.sampled_from([0, 1, 2, 2, 2, 3]))
    layer = draw(layers_of(rank))
    return draw(st.sampled_from([layer] * 9 + [Shared(layer)])), draw(sized(rank, most))


unit_by_unit = st.sampled_from([
    kinds.Add(), kinds.Subtract(), kinds.Divide(), kinds.Multiply(), kinds.Average(),
    kinds.Maximum(), kinds.Minimum(),
])  # fmt: skip
concatenations = st.builds(kinds.Concatenate, axis=st.sampled_from([-1, -1, -2, -3]))
dots = st.builds(kinds.Dot, st.tuples(st.integers(1, 3), st.integers(1, 3)))
merges = unit_by_unit | concatenations | dots


@st.composite
def merges_on_shapes(draw) -> tuple[Layer, tuple[Shape, ...]]:
    """A layer that reads several, and shapes most of which fit each other."""
    layer, first = draw(merges), draw(sized(draw(st.integers(0, 3)), most=5))
    number = draw(st.sampled_from([2, 2, 3]))
    if isinstance(layer, kinds.merging.UnitByUnit):
        others = st.tuples(*(st.sampled_from([side, side, 1]) for side in first))
        return layer, (first, *(draw(others) for _ in range(number - 1)))
    return layer, (first,) * number
