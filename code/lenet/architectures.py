"""The networks that the book talks about, by name.

The networks of 1989 to 1998 have the maps, tables and counts of their papers.
"The post" is the blog post that the course starts from; its summary table and
its code describe two different networks, and both are here.
"""

from lenet.layers import (
    RBF,
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected2D,
    MaxPooling2D,
    PartialConv2D,
    Reshape,
    Subsampling2D,
)
from lenet.network import Network

POST_TABLE = Network(
    (64, 64, 3),
    [
        Conv2D(6, 3, activation="relu", name="Conv1"),
        MaxPooling2D(2, name="MaxPooling1"),
        Conv2D(16, 4, activation="relu", name="Conv2"),
        MaxPooling2D(2, name="MaxPooling2"),
        Flatten(name="Flatten"),
        Dense(10, activation="softmax", name="FC"),
    ],
    name="the post's table",
    source="The post's sections 2 and 3: the summary table that ends in 33058.",
)

POST_CODE = Network(
    (64, 64, 3),
    [
        Conv2D(6, 3, activation="relu", name="Conv1"),
        MaxPooling2D(2, name="MaxPooling1"),
        Conv2D(16, 3, activation="relu", name="Conv2"),
        MaxPooling2D(2, name="MaxPooling2"),
        Flatten(name="Flatten"),
        Dense(120, activation="relu", name="FC1"),
        Dense(84, activation="relu", name="FC2"),
        Dense(10, activation="softmax", name="FC3"),
    ],
    name="the post's code",
    source="The post's section 1: the Keras program.",
)

POST_FNN = Network(
    (64, 64, 3),
    [Flatten(name="Flatten"), Dense(10, activation="softmax", name="FC")],
    name="the post's FNN",
    source="The post's section 4: 12288 inputs straight to 10 classes.",
)

FNN_12288_120_84_10 = Network(
    (64, 64, 3),
    [
        Flatten(name="Flatten"),
        Dense(120, activation="relu", name="FC1"),
        Dense(84, activation="relu", name="FC2"),
        Dense(10, activation="softmax", name="FC3"),
    ],
    name="12288-120-84-10",
    source="Made for this book: the dense layers of the post's code on the bare image.",
)

LENET5_MODERN = Network(
    (32, 32, 1),
    [
        Conv2D(6, 5, activation="tanh", name="C1"),
        AveragePooling2D(2, name="S2"),
        Conv2D(16, 5, activation="tanh", name="C3"),
        AveragePooling2D(2, name="S4"),
        Conv2D(120, 5, activation="tanh", name="C5"),
        Flatten(name="Flatten"),
        Dense(84, activation="tanh", name="F6"),
        Dense(10, activation="softmax", name="Output"),
    ],
    name="modern LeNet-5",
    source="LeNet-5 of LeCun et al. 1998 as it is usually built today: C3 reads all six "
    "maps, pooling has no parameters, and softmax replaces the RBF units.",
)


# The 1998 paper's Table I: for each map of C3, the maps of S2 that it reads.
_TABLE_I = "012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345"
TABLE_I = tuple(tuple(map(int, maps)) for maps in _TABLE_I.split())

LENET1_TABLE = tuple(
    tuple(half + m for m in maps)
    for half in (0, 2)
    for maps in ((0,), (0, 1), (0, 1), (1,), (0, 1), (0, 1))
)  # Table 1 of the paper in NIPS 2: two halves that do not meet

# The paper of 1989 gives each map of H2 eight of the twelve maps of H1 and does
# not say which; these are eight neighbours in a ring, which counts the same.
ZIPCODE_H2_TABLE = tuple(tuple(sorted((m + k) % 12 for k in range(8))) for m in range(12))

ZIPCODE_1989 = Network(
    (16, 16, 1),
    [
        PartialConv2D(
            ((0,),) * 12, 5, 2, padding="same", shared_bias=False, activation="scaled_tanh",
            name="H1",
        ),
        PartialConv2D(
            ZIPCODE_H2_TABLE, 5, 2, padding="same", shared_bias=False, activation="scaled_tanh",
            name="H2",
        ),
        Flatten(name="Flatten"),
        Dense(30, activation="scaled_tanh", name="H3"),
        Dense(10, activation="scaled_tanh", name="Output"),
    ],
    name="zip code net 1989",
    source="LeCun et al., Neural Computation 1(4), 1989: every unit has a bias of its own.",
)  # fmt: skip

LENET1 = Network(
    (28, 28, 1),
    [
        Conv2D(4, 5, activation="scaled_tanh", name="H1"),
        Subsampling2D(2, activation="scaled_tanh", name="H2"),
        PartialConv2D(LENET1_TABLE, 5, activation="scaled_tanh", name="H3"),
        Subsampling2D(2, activation="scaled_tanh", name="H4"),
        Flatten(name="Flatten"),
        Dense(10, activation="scaled_tanh", name="Output"),
    ],
    name="LeNet-1",
    source="LeCun et al., NIPS 2, 1990; called LeNet-1 in the paper of 1998.",
)

LENET5_1998 = Network(
    (32, 32, 1),
    [
        Conv2D(6, 5, activation="scaled_tanh", name="C1"),
        Subsampling2D(2, activation="scaled_tanh", name="S2"),
        PartialConv2D(TABLE_I, 5, activation="scaled_tanh", name="C3"),
        Subsampling2D(2, activation="scaled_tanh", name="S4"),
        Conv2D(120, 5, activation="scaled_tanh", name="C5"),
        Flatten(name="Flatten"),
        Dense(84, activation="scaled_tanh", name="F6"),
        RBF(10, name="Output"),
    ],
    name="LeNet-5 of 1998",
    source="LeCun, Bottou, Bengio and Haffner, Proc. IEEE 86(11), 1998, section II-B.",
)


def _fully_connected(*units: int, side: int = 28) -> Network:
    """From the pixels of a digit through layers of so many units; named as in 1998."""
    *hidden, output = units
    dense = [Dense(n, activation="tanh", name=f"FC{i}") for i, n in enumerate(hidden, 1)]
    return Network(
        (side, side, 1),
        [Flatten(name="Flatten"), *dense, Dense(output, activation="softmax", name="Output")],
        name="-".join(map(str, (side * side, *units))),
        source="The fully connected networks of LeCun et al. 1998, section III-C, and their like.",
    )


FNN_784_10 = _fully_connected(10)
FNN_784_300_10 = _fully_connected(300, 10)
FNN_784_1000_10 = _fully_connected(1000, 10)
FNN_784_300_100_10 = _fully_connected(300, 100, 10)
FNN_784_500_150_10 = _fully_connected(500, 150, 10)

# Rivals of the modern LeNet-5 that read the same 32 by 32 pixels.
FNN_1024_300_100_10 = _fully_connected(300, 100, 10, side=32)
FNN_1024_58_32_10 = _fully_connected(58, 32, 10, side=32)
FNN_1024_380_70_10 = _fully_connected(380, 70, 10, side=32)
FNN_1024_500_150_10 = _fully_connected(500, 150, 10, side=32)


def _changed(network: Network, name: str, **layers) -> Network:
    """The network with the layers of these names replaced."""
    changed = [layers.get(layer.name, layer) for layer in network.layers]
    source = f"Made for this book: {network.name} with {' and '.join(layers)} changed."
    return Network(network.input_shape, changed, name=name, source=source)


LENET5_UNSHARED = _changed(
    LENET5_MODERN, "LeNet-5 without sharing",
    C1=LocallyConnected2D(6, 5, activation="tanh", name="C1"),
    C3=LocallyConnected2D(16, 5, activation="tanh", name="C3"),
)  # fmt: skip

# The same maps once more, and each unit of C1 and C3 reads all that lies below it.
LENET5_DENSE = Network(
    LENET5_MODERN.input_shape,
    [
        Flatten(name="Pixels"),
        Dense(28 * 28 * 6, activation="tanh", name="C1"),
        Reshape((28, 28, 6), name="MapsOfC1"),
        AveragePooling2D(2, name="S2"),
        Flatten(name="AllOfS2"),
        Dense(10 * 10 * 16, activation="tanh", name="C3"),
        Reshape((10, 10, 16), name="MapsOfC3"),
        *LENET5_MODERN.layers[3:],
    ],
    name="LeNet-5 without locality",
    source="Made for this book: modern LeNet-5 with dense layers for C1 and C3.",
)


_PLAIN_POOLING = _changed(
    LENET5_1998, "subsampling without parameters",
    S2=AveragePooling2D(2, name="S2"), S4=AveragePooling2D(2, name="S4"),
)  # fmt: skip
_FULL_C3 = _changed(
    _PLAIN_POOLING, "C3 reads all maps", C3=Conv2D(16, 5, activation="tanh", name="C3")
)
_DENSE_OUTPUT = _changed(
    _FULL_C3, "a dense output in place of the RBF units",
    Output=Dense(10, activation="softmax", name="Output"),
)  # fmt: skip

# From the paper's 60,000 parameters to today's, one change at a time.
LENET5_LEDGER = (LENET5_1998, _PLAIN_POOLING, _FULL_C3, _DENSE_OUTPUT)

# By the names of the shell: FNN_784_10 is fnn-784-10 there, and its record begins so too.
NETWORKS = {
    constant.lower().replace("_", "-"): value
    for constant, value in list(globals().items())
    if isinstance(value, Network) and not constant.startswith("_")
}
