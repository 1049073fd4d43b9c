"""One network as each tool would count it: torchinfo, fvcore, thop, Keras, the paper of 1998."""

from lenet.counting.tools import KerasParams, by_layer, count, counted, keras_params

__all__ = ["KerasParams", "by_layer", "count", "counted", "keras_params"]
