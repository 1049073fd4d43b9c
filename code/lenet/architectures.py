"""The networks that the book talks about, by name.

"The post" is the blog post that the course starts from; its summary table and
its code describe two different networks, and both are here.
"""

from lenet.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
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

FNN_LIKE_POST_CODE = Network(
    (64, 64, 3),
    [
        Flatten(name="Flatten"),
        Dense(120, activation="relu", name="FC1"),
        Dense(84, activation="relu", name="FC2"),
        Dense(10, activation="softmax", name="FC3"),
    ],
    name="FNN 120-84-10",
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
