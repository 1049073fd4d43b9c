"""Generated Keras layers and models, for `from_keras` to be held to."""

from dataclasses import asdict

from any_layer import same_shape, small
from hypothesis import strategies as st
from lenet import layers as kinds
from lenet.keras_bridge.quiet import keras
from lenet.layers import Layer


def twin(layer: Layer) -> keras.layers.Layer:
    """The layer as Keras has it."""
    arguments = {name: value for name, value in asdict(layer).items() if name != "name"}
    kind = layer.kind
    match layer:
        case kinds.PointwiseDense():
            kind = "Dense"
        case kinds.Activation():
            kind = "Activation"
        case kinds.Passing():
            arguments = {"rate": 0.5}
        case kinds.Rescaling():
            arguments = {"scale": 0.5}
        case kinds.RMSNormalization():
            arguments = {"axis": layer.axis}
        case kinds.Standardizing():
            kind, arguments = "Normalization", {"axis": layer.axis[0]}
        case kinds.LayerNormalization():
            arguments["axis"] = list(layer.axes)
        case kinds.ZeroPadding1D() | kinds.Cropping1D() | kinds.UpSampling1D():
            (name,) = {"padding", "cropping", "size"} & arguments.keys()
            arguments[name] = arguments[name][0]
    return getattr(keras.layers, kind)(**arguments)


MERGES = ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract", "Concatenate")


def drawn_model(draw) -> keras.Model:
    """A graph of up to nine layers with branches, shared layers, frozen ones, models in it."""
    image = keras.Input((*draw(st.tuples(st.integers(6, 12), st.integers(6, 12))), 2))
    made = [image]
    for _ in range(draw(st.integers(2, 9))):
        made.append(_one_more(draw, made))
    pooled = keras.layers.GlobalAveragePooling2D()(made[-1])
    return keras.Model(image, keras.layers.Dense(draw(small))(pooled))


def _one_more(draw, made: list):
    """One more tensor, from one or two of those that are there."""
    read = draw(st.sampled_from(made))
    alike = [other for other in made if other.shape == read.shape]
    other = draw(st.sampled_from(alike))
    what = draw(st.sampled_from(["layer", "layer", "merge", "excite", "share", "inner", "sum"]))
    if what == "merge":
        return getattr(keras.layers, draw(st.sampled_from(MERGES)))()([read, other])
    if what == "sum":
        return read + other if draw(st.booleans()) else keras.ops.relu(read * 2.0)
    if what == "excite":
        squeezed = keras.layers.GlobalAveragePooling2D(keepdims=True)(read)
        return keras.layers.Multiply()([read, squeezed])
    conv = keras.layers.Conv2D(draw(small), draw(st.sampled_from([1, 3])), padding="same")
    conv.trainable = draw(st.booleans())
    if what == "share":
        return keras.layers.Concatenate()([conv(read), conv(other)])
    if what == "inner":
        parts = [conv, keras.layers.BatchNormalization(trainable=draw(st.booleans()))]
        inner = keras.Sequential(parts)
        return keras.layers.Add()([inner(read), inner(other)])
    layer = twin(draw(same_shape(2) | st.just(kinds.ZeroPadding2D(1))))
    try:
        return layer(conv(read))
    except ValueError:  # groups that do not divide the channels
        return conv(read)
