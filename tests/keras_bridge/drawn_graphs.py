"""Generated Keras graphs: branches, models inside, shared layers, dicts, foreign layers.

Every value has the shape (5, 4), so that anything can read anything. What reads a value
always depends on it: no rectifiers, no maxima, no value against itself. Nor is a value
multiplied by a plain number: Keras then takes it to be sparse, and own layers fail on it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st
from keras_models import Doubling
from lenet.keras_bridge.quiet import keras

L, ops = keras.layers, keras.ops
SHAPE = (5, 4)


class Mixing(keras.Model):
    """A model whose graph is in its code."""

    def __init__(self):
        super().__init__()
        self.dense = L.Dense(4, activation="tanh")

    def call(self, inputs):
        return self.dense(inputs)


ALONE: list[Callable] = [
    lambda: L.Conv1D(4, 3, padding="same", activation="tanh"),
    lambda: L.Dense(4, activation="tanh"),
    lambda: L.Dense(4, trainable=False),
    lambda: L.BatchNormalization(),
    lambda: L.SeparableConv1D(4, 3, padding="same"),
    lambda: L.Dropout(0.2),
    lambda: L.Activation("tanh"),
    lambda: L.Identity(),
    lambda: keras.Sequential([L.Dense(3, activation="tanh"), L.Conv1D(4, 1)]),
    lambda: Doubling(),
    lambda: L.EinsumDense("abc,cd->abd", SHAPE),
    lambda: L.Lambda(lambda x: 3 * x),
    Mixing,
]
SLOW: list[Callable] = [  # Keras takes a tenth of a second for each
    lambda: L.SimpleRNN(4, return_sequences=True),
    lambda: L.GRU(4, return_sequences=True),
    lambda: L.Bidirectional(L.SimpleRNN(2, return_sequences=True)),
    lambda: L.TimeDistributed(L.Dense(4)),
]
COMPUTED: list[Callable] = [
    lambda x: x + 0.5,
    lambda x: ops.tanh(x),
    lambda x: ops.flip(x, 1),
    lambda x: x[:, ::-1],
    lambda x: ops.reshape(ops.transpose(x, (0, 2, 1)), (-1, 5, 4)),
    lambda x: ops.concatenate([x[:, 1:], x[:, :1]], axis=1),
    lambda x: x + ops.mean(x, axis=1, keepdims=True),
    lambda x: L.Dense(4)(L.Concatenate()(ops.split(x, 2, axis=2))),
    lambda x: ops.pad(x, ((0, 0), (0, 1), (0, 0)))[:, 1:] + x,
]
TOGETHER: list[Callable] = [
    lambda a, b: L.Add()([a, b]),
    lambda a, b: L.Average()([a, b]),
    lambda a, b: L.Multiply()([a, b]),
    lambda a, b: L.Dense(4)(L.Concatenate()([a, b])),
    lambda a, b: a - ops.tanh(b) / 3,  # not all of it: a may be that already
    lambda a, b: L.Dense(4)(ops.concatenate([a, b], axis=-1)),
    lambda a, b: L.Dense(4)(ops.matmul(a, ops.transpose(b, (0, 2, 1)))),
    lambda a, b: L.Attention()([a, b]) + a,
    lambda a, b: L.MultiHeadAttention(1, 2)(query=a, value=b) + a,
]


@dataclass
class Drawing:
    """A graph that grows: its tensors, and layers that can be used again."""

    draw: Callable
    made: list
    layers: list = field(default_factory=list)

    def grow(self, steps: int, depth: int = 0) -> None:
        """Some more tensors, each from one, two or three that are there."""
        ways = [self.alone, self.alone, self.alone, self.computed, self.together, self.again]
        ways += [self.inner, self.inner] * (depth < 2)
        for _ in range(steps):
            self.made += self.draw(st.sampled_from(ways))(depth)

    def one(self):
        """A tensor, rather one of the last."""
        return self.draw(st.sampled_from([*self.made, *self.made[-3:]]))

    def alone(self, depth: int) -> list:
        slow = self.draw(st.integers(0, 9)) == 0
        layer = self.draw(st.sampled_from(SLOW if slow else ALONE))()
        self.layers.append(layer)
        return [layer(self.one())]

    def computed(self, depth: int) -> list:
        return [self.draw(st.sampled_from(COMPUTED))(self.one())]

    def together(self, depth: int) -> list:
        a, b = self.one(), self.one()
        return [ops.tanh(a)] if a is b else [self.draw(st.sampled_from(TOGETHER))(a, b)]

    def again(self, depth: int) -> list:
        if not self.layers:
            return []
        return [self.draw(st.sampled_from(self.layers))(self.one())]

    def inner(self, depth: int) -> list:
        """A model inside, its inputs and outputs in lists or dicts, used once or twice."""
        count, in_a_dict = self.draw(st.integers(1, 3)), self.draw(st.booleans())
        names = self.draw(st.permutations("abc"))[:count]
        inputs = {name: keras.Input(SHAPE, name=f"{name}_{_number()}") for name in names}
        inputs = {tensor.name: tensor for tensor in inputs.values()}
        inside = Drawing(self.draw, list(inputs.values()))
        inside.grow(self.draw(st.integers(1, 3)), depth + 1)
        ends = inside.made[-self.draw(st.integers(1, 2)) :]
        model = keras.Model(
            inputs if in_a_dict else list(inputs.values()),
            {f"end{n}": end for n, end in enumerate(ends)} if self.draw(st.booleans()) else ends,
        )
        outputs = []
        for _ in range(self.draw(st.integers(1, 2))):
            given = {name: self.one() for name in inputs}
            given = dict(self.draw(st.permutations(list(given.items()))))
            as_dict = in_a_dict or self.draw(st.booleans())
            given = given if as_dict else list(given.values())
            outputs += keras.tree.flatten(model(given))
        return outputs


_count = iter(range(10**9))


def _number() -> int:
    return next(_count)


def drawn_graph(draw) -> keras.Model:
    """A model; its outputs end0, end1, ... are wired so that each can be told apart."""
    images = [keras.Input(SHAPE, name=f"in{n}_{_number()}") for n in range(draw(st.integers(1, 3)))]
    drawing = Drawing(draw, list(images))
    drawing.grow(draw(st.integers(2, 7)))
    ends = drawing.made[len(images) :][-draw(st.integers(1, 3)) :] or images
    named = [L.Identity(name=f"end{n}")(end) for n, end in enumerate(ends)]
    raw = [end for end in ends if draw(st.booleans())]
    as_dict = {image.name: image for image in images}
    return keras.Model(as_dict if draw(st.booleans()) else images, [*named, *raw])


def moved(model: keras.Model, ends: int) -> np.ndarray:
    """Which of the first outputs move when one input is changed: (inputs, outputs)."""
    rng = np.random.default_rng(0)
    base = [rng.normal(size=(4, *SHAPE)).astype("float32") for _ in model.inputs]
    names = [tensor.name for tensor in model.inputs]
    found = []
    before = _outputs(model, names, base)
    for number in range(len(names)):
        other = list(base)
        other[number] = rng.normal(size=base[number].shape).astype("float32")
        after = _outputs(model, names, other)
        pairs = zip(before[:ends], after[:ends], strict=True)
        found.append([bool((a != b).any()) for a, b in pairs])
    return np.array(found)


def _outputs(model: keras.Model, names: list[str], images: list) -> list[np.ndarray]:
    as_dict = isinstance(model._inputs_struct, dict)
    given = dict(zip(names, images, strict=True)) if as_dict else images
    return [np.asarray(out) for out in keras.tree.flatten(model(given, training=False))]
