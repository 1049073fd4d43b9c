"""A convolution without weight sharing, as a Keras layer: Keras 3 has it no more."""

import numpy as np

from lenet.keras_bridge.quiet import keras

ops = keras.ops


@keras.saving.register_keras_serializable("lenet")
class LocallyConnected2D(keras.layers.Layer):
    """A convolution without weight sharing: a kernel and a bias for every place.

    Arguments as for the layer of the same name in `lenet.layers`. Weights
    start as those of a convolution in Keras do, biases at zero.
    """

    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", activation=None, **kwargs
    ):
        super().__init__(**kwargs)
        self.filters, self.padding = filters, padding
        self.kernel_size, self.strides = tuple(kernel_size), tuple(strides)
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.places = self._patches(keras.KerasTensor(input_shape)).shape[1:]
        taps, reach = self.places[-1], np.prod(self.kernel_size)
        limit = float(np.sqrt(6 / (taps + reach * self.filters)))  # Glorot's, for one place
        self.kernel = self.add_weight(
            (np.prod(self.places[:2]), taps, self.filters),
            initializer=keras.initializers.RandomUniform(-limit, limit),
            name="kernel",
        )
        self.bias = self.add_weight(
            (*self.places[:2], self.filters), initializer="zeros", name="bias"
        )

    def call(self, inputs):
        height, width, taps = self.places
        places = ops.transpose(
            ops.reshape(self._patches(inputs), (-1, height * width, taps)), (1, 0, 2)
        )
        sums = ops.transpose(ops.matmul(places, self.kernel), (1, 0, 2))
        return self.activation(ops.reshape(sums, (-1, height, width, self.filters)) + self.bias)

    def _patches(self, inputs):
        """The pixels under the kernel, (N, Hout, Wout, taps)."""
        return ops.image.extract_patches(
            inputs, self.kernel_size, self.strides, padding=self.padding
        )

    def get_config(self):
        names = ("filters", "kernel_size", "strides", "padding")
        own = {name: getattr(self, name) for name in names}
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), **own, "activation": activation}
