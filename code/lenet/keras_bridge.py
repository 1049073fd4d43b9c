"""From a `Network` to Keras. The layers have Keras's argument names, so nothing is renamed."""

from dataclasses import asdict

from lenet import original
from lenet.network import Network, Row
from lenet.tensorflow_quietly import keras


def to_keras(network: Network) -> keras.Sequential:
    """A Keras model of the same layers, names and shapes, freshly initialised.

    Its trainable parameters are the trace's parameter total. Layers with the
    activation "scaled_tanh" start as the paper of 1998 has it, uniform between
    -2.4/F and 2.4/F for F inputs; others as Keras does. Raises what Keras raises
    for what it does not build: strides with dilation, an unknown activation.

    >>> from lenet.architectures import LENET5_MODERN
    >>> to_keras(LENET5_MODERN).count_params()
    61706
    """
    model = keras.Sequential([keras.Input(network.input_shape)])
    for row in network.trace().rows:
        model.add(_built(row))
    return model


def _built(row: Row) -> keras.layers.Layer:
    kind, arguments = type(row.layer).__name__, asdict(row.layer)
    early = getattr(original, kind, None)
    if arguments.get("activation") == "scaled_tanh":
        arguments["activation"] = original.scaled_tanh
        if not early:
            start = original.FanInUniform(row.weights // row.output_shape[-1])
            arguments |= {"kernel_initializer": start, "bias_initializer": start}
    return (early or getattr(keras.layers, kind))(**arguments)
