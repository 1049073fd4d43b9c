"""Generated layers of any kind, with arguments that Keras builds too."""

from hypothesis import strategies as st
from lenet import layers as kinds
from lenet.layers import Layer

small = st.integers(1, 4)
paddings = st.sampled_from(["valid", "same"])


def axes(rank: int, numbers=small):
    """One number for all axes, or one for each."""
    return numbers | st.tuples(*[numbers] * rank)


def sized(rank: int):
    return st.tuples(*[st.integers(1, 12)] * rank, st.sampled_from([1, 2, 3, 4, 6]))


@st.composite
def windows(draw, rank: int, causal: bool = False) -> dict:
    """Kernel, strides and padding that Keras builds: strides or dilation, not both."""
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
    how, multiplier = draw(windows(rank)), draw(st.integers(1, 3))
    for name in ("strides", "dilation_rate"):  # Keras wants the same on both axes
        how[name] = how[name] if isinstance(how[name], int) else how[name][0]
    if draw(st.booleans()):
        return getattr(kinds, f"DepthwiseConv{rank}D")(depth_multiplier=multiplier, **how)
    more = {"filters": draw(small), "depth_multiplier": multiplier}
    return getattr(kinds, f"SeparableConv{rank}D")(**more, **how)


@st.composite
def poolings(draw, rank: int) -> Layer:
    which = draw(st.sampled_from(["Max", "Average"]))
    form = draw(st.sampled_from(["", "", "Global", "Adaptive"]))
    make = getattr(kinds, f"{form}{which}Pooling{rank}D")
    if form == "Global":
        return make(keepdims=draw(st.booleans()))
    if form == "Adaptive":
        return make(draw(axes(rank)))
    return make(draw(axes(rank)), draw(st.none() | axes(rank)), padding=draw(paddings))


@st.composite
def bordered(draw, rank: int) -> Layer:
    ends = st.tuples(st.integers(0, 3), st.integers(0, 3))
    sides = draw(st.integers(0, 3) | st.tuples(*[ends] * rank))
    form = draw(st.sampled_from(["ZeroPadding", "Cropping", "UpSampling"]))
    if form == "UpSampling":
        return getattr(kinds, f"UpSampling{rank}D")(draw(axes(rank, st.integers(1, 3))))
    return getattr(kinds, f"{form}{rank}D")(sides)


@st.composite
def same_shape(draw, rank: int) -> Layer:
    flags = {"center": draw(st.booleans()), "scale": draw(st.booleans())}
    axis = draw(st.integers(-rank - 1, -1))
    every = st.sets(st.integers(-rank - 1, -1), min_size=1).map(sorted).map(tuple)
    several = draw(every.filter(lambda found: len(found) > 1) | st.just(axis))
    return draw(st.sampled_from([
        kinds.BatchNormalization(axis=axis, **flags),
        kinds.BatchNormalization(renorm=True, **flags),
        kinds.LayerNormalization(axis=several, **flags),
        kinds.GroupNormalization(groups=draw(st.sampled_from([-1, 1, 2, 3])), **flags),
        kinds.RMSNormalization(center=False),
        kinds.Standardizing(axis=(axis,), adapted=True),
        kinds.PReLU(shared_axes=draw(st.sets(st.integers(1, rank + 1)).map(sorted).map(tuple))),
        kinds.Activation("relu"), kinds.Passing("Dropout"), kinds.Rescaling(),
    ]))  # fmt: skip


@st.composite
def reshaped(draw, rank: int) -> Layer:
    order = draw(st.permutations(range(1, rank + 2)))
    return draw(st.sampled_from([
        kinds.Flatten(), kinds.Permute(tuple(order)), kinds.Reshape((-1,)), kinds.Reshape((-1, 2)),
        kinds.PointwiseDense(draw(small), use_bias=draw(st.booleans())),
    ]))  # fmt: skip


@st.composite
def layers_on_shapes(draw) -> tuple[Layer, tuple[int, ...]]:
    """Any kind of layer that reads one input, and a shape of its rank."""
    rank = draw(st.sampled_from([1, 2, 2, 2, 3]))
    families = [convolutions, transposed, poolings, bordered, same_shape, reshaped]
    families += [one_a_channel] * (rank < 3)
    return draw(draw(st.sampled_from(families))(rank)), draw(sized(rank))
