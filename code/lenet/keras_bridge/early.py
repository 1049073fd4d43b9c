"""What Keras lacks of the LeNet-5 of 1998, as Keras layers and functions.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-Based Learning Applied
to Document Recognition", Proc. IEEE 86(11), 1998: squashing function and initial
weights in appendix A, layers in section II-B, loss in equation 9.
"""

import numpy as np

from lenet.arithmetic import output_size
from lenet.keras_bridge.codes import CODES
from lenet.keras_bridge.quiet import keras

ops = keras.ops


@keras.saving.register_keras_serializable("lenet")
def scaled_tanh(a):
    """1.7159 tanh(2a/3), so that 1 gives 1 and -1 gives -1.

    >>> round(float(scaled_tanh(1.0)), 3)
    1.0
    """
    return 1.7159 * ops.tanh(a * (2 / 3))


def scaled_tanh_slope(a):
    """The derivative of `scaled_tanh`, (2/3) 1.7159 (1 - tanh(2a/3)^2).

    >>> round(float(scaled_tanh_slope(0.0)), 4)
    1.1439
    """
    return 1.7159 * (2 / 3) * (1 - ops.square(ops.tanh(a * (2 / 3))))


@keras.saving.register_keras_serializable("lenet")
class FanInUniform(keras.initializers.Initializer):
    """Uniform between -2.4/F and 2.4/F, F the number of inputs of a unit.

    `fan_in` is one number, or one for each entry of the last axis.
    """

    def __init__(self, fan_in, seed=None):
        self.fan_in = fan_in
        self.seed = seed if seed is not None else keras.random.SeedGenerator()

    def __call__(self, shape, dtype=None):
        draw = keras.random.uniform(shape, -1, 1, dtype=dtype, seed=self.seed)
        return draw * ops.convert_to_tensor(2.4 / np.asarray(self.fan_in), dtype=draw.dtype)

    def get_config(self):
        return {"fan_in": np.asarray(self.fan_in).tolist()}


def widen(model: keras.Sequential, times: float = 1.0) -> None:
    """Weights from within 2.4/F, as appendix A has it, to within `times` 2.4/sqrt(F).

    Then sums of F terms keep their size from layer to layer instead of dying out.
    Layers that did not start from `FanInUniform` stay as they are.
    """
    for layer in model.layers:
        for variable in layer.trainable_variables:
            start = getattr(layer, f"{variable.name}_initializer", None)
            if isinstance(start, FanInUniform):
                variable.assign(variable * (times * np.sqrt(start.fan_in)).astype("float32"))


@keras.saving.register_keras_serializable("lenet")
class PartialConv2D(keras.layers.Layer):
    """A convolution whose map m reads only the input maps `table[m]`.

    It holds one square of weights for each link of the table: for Table I, 60
    squares of 25. A constant matrix of 0 and 1 puts them into a full kernel, so
    that one ordinary convolution does the work. Arguments as for the layer of
    the same name in `lenet.layers`.
    """

    def __init__(
        self, table, kernel_size, strides=(1, 1), padding="valid", shared_bias=True,
        activation=None, **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.table = tuple(map(tuple, table))
        self.kernel_size, self.strides = tuple(kernel_size), tuple(strides)
        self.padding, self.shared_bias = padding, shared_bias
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        channels, maps = input_shape[-1], len(self.table)
        links = [(channel, m) for m, row in enumerate(self.table) for channel in row]
        self.placement = np.zeros((len(links), channels * maps), "float32")
        self.placement[range(len(links)), [channel * maps + m for channel, m in links]] = 1
        self.full_shape = (*self.kernel_size, channels, maps)
        inputs = np.prod(self.kernel_size) * np.array([len(row) for row in self.table])
        self.kernel_initializer = FanInUniform(inputs[[m for _, m in links]])
        self.bias_initializer = FanInUniform(inputs)
        self.kernel = self.add_weight(
            (*self.kernel_size, len(links)), initializer=self.kernel_initializer, name="kernel"
        )
        shape = self.compute_output_shape(input_shape)[1:]
        self.bias = self.add_weight(
            shape[-1:] if self.shared_bias else shape,
            initializer=self.bias_initializer,
            name="bias",
        )

    def call(self, inputs):
        kernel = ops.reshape(ops.matmul(self.kernel, self.placement), self.full_shape)
        sums = ops.conv(inputs, kernel, self.strides, self.padding)
        return self.activation(sums + self.bias)

    def compute_output_shape(self, input_shape):
        batch, *sides, _ = input_shape
        sizes = (
            None if n is None else output_size(n, k, s, self.padding)
            for n, k, s in zip(sides, self.kernel_size, self.strides, strict=True)
        )
        return (batch, *sizes, len(self.table))

    def get_config(self):
        names = ("table", "kernel_size", "strides", "padding", "shared_bias")
        own = {name: getattr(self, name) for name in names}
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), **own, "activation": activation}


@keras.saving.register_keras_serializable("lenet")
class Subsampling2D(keras.layers.Layer):
    """The sum of each window, times one coefficient a map, plus one bias a map, squashed."""

    def __init__(self, pool_size, strides=None, padding="valid", activation=None, **kwargs):
        super().__init__(**kwargs)
        self.pool_size, self.padding = tuple(pool_size), padding
        self.strides = tuple(strides or pool_size)
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        start = FanInUniform(int(np.prod(self.pool_size)))
        self.coefficient_initializer = self.bias_initializer = start
        how = {"shape": input_shape[-1:], "initializer": start}
        self.coefficient = self.add_weight(name="coefficient", **how)
        self.bias = self.add_weight(name="bias", **how)

    def call(self, inputs):
        means = ops.average_pool(inputs, self.pool_size, self.strides, self.padding)
        sums = means * float(np.prod(self.pool_size))
        return self.activation(sums * self.coefficient + self.bias)

    def get_config(self):
        own = {"pool_size": self.pool_size, "strides": self.strides, "padding": self.padding}
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), **own, "activation": activation}


@keras.saving.register_keras_serializable("lenet")
class RBF(keras.layers.Layer):
    """The squared distance of the input to the code of each digit; nothing is trained.

    Raises ValueError for another number of units than there are codes, or of
    inputs than a code has dots.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        if units != len(CODES):
            raise ValueError(f"units must be {len(CODES)}, one a code, got {units}")
        self.units = units

    def build(self, input_shape):
        if input_shape[-1] != CODES.shape[1]:
            raise ValueError(f"a code has {CODES.shape[1]} dots, but {input_shape[-1]} inputs come")
        self.codes = self.add_weight(
            CODES.T.shape,
            trainable=False,
            initializer=lambda shape, dtype=None: ops.convert_to_tensor(CODES.T, dtype),
            name="codes",
        )

    def call(self, inputs):
        squares = ops.sum(ops.square(inputs), axis=-1, keepdims=True)
        return squares - 2 * ops.matmul(inputs, self.codes) + CODES.shape[1]

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def rubbish_class_loss(j: float = 1.0, scale: float = 1.0):
    """The loss of equation 9: E = y_D + log(e^-j + sum_i e^-y_i), y_D the right digit's.

    `j` is the penalty of the rubbish class, a distance. `scale` multiplies all
    distances first; the paper's has 1. Takes labels (N,) and distances (N, 10).
    """

    def loss(labels, distances):
        distances = distances * scale
        digits = ops.cast(ops.reshape(labels, (-1,)), "int32")
        right = ops.sum(distances * ops.one_hot(digits, len(CODES)), axis=-1)
        rubbish = ops.full_like(distances[:, :1], -j)
        return right + ops.logsumexp(ops.concatenate([rubbish, -distances], axis=-1), axis=-1)

    return loss


def softmax_loss():
    """Equation 9 without the rubbish class, for codes of one output a digit: +1 there, -1 else.

    The squared distances of outputs o to the codes of digits i and k differ by
    4 (o_k - o_i), so the loss is the cross-entropy of the softmax of 4 o. Takes labels
    (N,) and outputs (N, 10).
    """

    def loss(labels, outputs):
        return keras.losses.sparse_categorical_crossentropy(labels, 4 * outputs, from_logits=True)

    return loss
