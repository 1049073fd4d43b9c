"""Layers that are not derived have the shape and the numbers of the live Keras model."""

import numpy as np
import pytest
from keras_models import Doubling, OfItsOwn, counts
from lenet import derive
from lenet.keras_bridge.config import read_file
from lenet.keras_bridge.model import from_keras
from lenet.keras_bridge.quiet import keras
from lenet.layers import Activation, Dense, Foreign, Shared

L, ops = keras.layers, keras.ops


def check_foreign(model, *foreign: str, given=None):
    """Totals and shapes are Keras's; just these layers, or operations, are not derived."""
    network = from_keras(model, given)
    total = network.trace().total
    assert (total.parameters, total.fixed) == counts(model)
    found = [layer.what for layer in network.layers if isinstance(layer, Foreign)]
    assert sorted(found) == sorted(foreign)
    assert total.unknown if foreign else not total.unknown
    assert len(list(derive(network))) == len(network.layers)
    return network


SEQUENCES = [
    L.LSTM(5, return_sequences=True), L.GRU(3), L.SimpleRNN(4), L.Bidirectional(L.LSTM(3)),
    L.TimeDistributed(L.Dense(3)), L.EinsumDense("abc,cd->abd", (6, 5), bias_axes="d"),
    L.Lambda(lambda x: 2 * x), L.SpectralNormalization(L.Conv1D(4, 3)), L.RNN(L.GRUCell(3)),
    Doubling(),
]  # fmt: skip


@pytest.mark.parametrize("layer", SEQUENCES, ids=lambda layer: type(layer).__name__)
def test_what_is_not_derived_has_kerass_numbers(layer):
    model = keras.Sequential([keras.Input((7, 6)), L.Conv1D(4, 2), layer, L.Flatten(), L.Dense(3)])
    network = check_foreign(model, type(layer).__name__)
    row = network.trace().rows[1]
    assert row.output_shape == layer.output.shape[1:]
    assert (row.macs, row.connections, row.receptive_field) == (None, None, None)
    layer.trainable = False
    check_foreign(model, type(layer).__name__)


def test_attention_embeddings_and_state_are_values_that_later_layers_read():
    words = keras.Input((9,))
    found = L.Embedding(50, 8)(words)
    found = L.MultiHeadAttention(2, 4, name="look")(query=found, value=found)
    last, _, cell = L.LSTM(5, return_state=True, name="lstm")(found)
    model = keras.Model(words, [L.Dense(2)(last), L.Dense(3, name="of_cell")(cell)])
    names = ["Embedding", "MultiHeadAttention", "LSTM", "LSTM", "LSTM"]
    network = check_foreign(model, *names)
    rows = network.trace()
    assert (rows["lstm"].parameters, rows["lstm, output 3"].parameters) == (280, 0)
    assert network.reads[-2:] == ((2,), (4,))
    assert rows["look"].input_shape == ((9, 8), (9, 8))


def test_a_foreign_layer_that_is_used_again_is_counted_once():
    image, lstm = keras.Input((7, 6)), L.LSTM(6, return_sequences=True, name="lstm")
    network = check_foreign(keras.Model(image, lstm(lstm(image))), "LSTM", "LSTM")
    assert [row.parameters for row in network.trace().rows] == [312, 0]
    assert network.layers[1].name == "lstm, use 2"


def test_numbers_that_two_layers_have_together_are_counted_once():
    image, dense = keras.Input((7, 6)), L.Dense(6, name="dense")
    model = keras.Model(image, dense(L.TimeDistributed(dense)(image)))
    network = check_foreign(model, "TimeDistributed")
    assert isinstance(network.layers[1], Shared) and network.trace().rows[1].macs == 7 * 36


def lora(dense):
    dense.enable_lora(2)


def int8(dense):
    dense.quantize("int8")


def half_frozen(dense):
    dense.kernel.trainable = False


@pytest.mark.parametrize(("change", "numbers"), [(lora, 44), (int8, 8), (half_frozen, 8)])
def test_a_layer_that_trains_other_numbers_is_no_longer_derived(change, numbers, tmp_path):
    dense = L.Dense(8)
    size = 10 if change is lora else 16
    model = keras.Sequential([keras.Input((size,)), dense])
    change(dense)
    network = check_foreign(model, "Dense")
    assert network.trace().total.parameters == numbers
    model.save(tmp_path / "changed.keras")
    if change is not half_frozen:  # which no file says
        with pytest.raises(ValueError, match="the file does not say what it trains; from_keras"):
            read_file(tmp_path / "changed.keras")


@pytest.mark.parametrize(
    ("compute", "shape", "foreign"),
    [
        (lambda x: ops.concatenate([x, x], axis=1), (12, 4), []),
        (lambda x: ops.reshape(x, (-1, 3, 8)), (3, 8), []),
        (lambda x: ops.transpose(x, (0, 2, 1)), (4, 6), []),
        (lambda x: ops.mean(x, axis=1), (4,), ["Mean"]),
        (lambda x: ops.sum(x, axis=(1, 2)), (1,), ["Sum"]),
        (lambda x: ops.max(x), (1,), ["Max"]),
        (lambda x: ops.matmul(x, ops.transpose(x, (0, 2, 1))), (6, 6), ["Matmul"]),
        (lambda x: ops.split(x, 2, axis=2)[1], (6, 2), ["Split", "Split"]),
        (lambda x: x[:, 1:3], (2, 4), ["GetItem"]),
        (lambda x: ops.squeeze(x[:, :1], 1), (4,), ["GetItem", "Squeeze"]),
        (lambda x: ops.expand_dims(x, -1), (6, 4, 1), ["ExpandDims"]),
        (lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 0))), (9, 4), ["Pad"]),
        (lambda x: x * np.ones((6, 4), "float32"), (6, 4), ["Multiply"]),
        (lambda x: ops.transpose(x, (1, 0, 2)), (6, 4), ["Transpose"]),
        (lambda x: L.Dense(5)(ops.reshape(x, (-1, 4))), (6, 5), ["Reshape", "Dense"]),
    ],
)
def test_operations_are_values_without_numbers(compute, shape, foreign):
    image = keras.Input((6, 4))
    network = check_foreign(keras.Model(image, compute(image)), *foreign)
    assert network.output_shape == shape


def test_a_model_whose_graph_is_code_is_one_row():
    network = from_keras(OfItsOwn(), (5,))
    assert (network.layers[0].what, network.output_shape) == ("OfItsOwn", (3,))
    assert network.trace().total.parameters == 18
    called = OfItsOwn()
    called(np.ones((2, 5), "float32"))
    assert from_keras(called).layers[0].parameters == 18
    with pytest.raises(ValueError, match=r"OfItsOwn is a class of its own.*say what it reads"):
        from_keras(OfItsOwn())
    with pytest.raises(ValueError, match="input_shape must be at least 1, got 0"):
        from_keras(OfItsOwn(), (0,))
    with pytest.raises(TypeError, match="model must be a Keras model, got 'lenet'"):
        from_keras("lenet")


def test_code_inside_a_graph_and_numbers_besides_the_layers_are_rows_too():
    image = keras.Input((5,))
    own = OfItsOwn(name="own")
    model = keras.Model(image, L.Dense(2)(own(image)))
    assert check_foreign(model, "OfItsOwn").trace()["own"].parameters == 18
    model.extra = model.add_weight(shape=(7,), name="extra")
    assert from_keras(model).layers[0].parameters == 18 + 8 + 7


def test_a_rule_of_ones_own_derives_what_keras_counts():
    model = keras.Sequential([keras.Input((5,)), Doubling(name="twice")])
    check_foreign(model, "Doubling")
    rules = {"Doubling": lambda config, shape: Activation("my>doubling")}
    assert from_keras(model, rules=rules).trace()["twice"].macs == 0
    with pytest.raises(ValueError, match=r"layer 'twice': Keras counts 0 trainable .* here 18"):
        from_keras(model, rules={"Doubling": lambda config, shape: Dense(3)})
    with pytest.raises(ValueError, match=r"'twice': Keras has the shape \(5,\), .* here \(6,\)"):
        from_keras(model, rules={"Doubling": lambda config, shape: Foreign("D", (6,), 0)})


def cnn(data_format: str) -> keras.Model:
    """The same network, with the channels first or last."""
    first = data_format == "channels_first"
    axis, how = (1 if first else -1), {"data_format": data_format}
    image = found = keras.Input((3, 12, 10) if first else (12, 10, 3))
    for layer in (
        L.Conv2D(4, 3, activation="relu", **how), L.BatchNormalization(axis=axis), L.ReLU(),
        L.MaxPooling2D(2, **how), L.DepthwiseConv2D(3, padding="same", **how), L.Dropout(0.1),
        L.ZeroPadding2D(((0, 1), (2, 0)), **how), L.LayerNormalization(axis=axis),
    ):  # fmt: skip
        found = layer(found)
    joined = L.Add()([found, L.Conv2D(4, 1, **how)(found)])
    joined = L.Concatenate(axis=axis)([joined, 2.0 * found])
    joined = L.PReLU(shared_axes=[2, 3] if first else [1, 2])(joined)
    joined = L.Multiply()([joined, L.GlobalAveragePooling2D(keepdims=True, **how)(joined)])
    joined = L.UpSampling2D(2, **how)(L.Softmax(axis=axis)(joined))
    return keras.Model(image, L.Dense(3)(L.Flatten(**how)(joined)))


def test_channels_first_counts_what_channels_last_does(tmp_path):
    first, last = (cnn(f"channels_{which}") for which in ("first", "last"))
    network = check_foreign(first)
    rows, others = network.trace().rows, from_keras(last).trace().rows
    for row, other in zip(rows, others, strict=True):
        assert row.output_shape == other.output_shape
        for number in ("parameters", "fixed", "macs", "connections", "receptive_field"):
            assert getattr(row, number) == getattr(other, number), (row.name, number)
    first.save(tmp_path / "first.keras")
    assert read_file(tmp_path / "first.keras").layers == network.layers


def test_what_cannot_be_turned_is_counted_by_keras():
    image = keras.Input((3, 8, 8))
    conv = L.Conv2D(4, 3, data_format="channels_first")(image)
    row = check_foreign(keras.Model(image, L.Dense(5)(conv)), "Dense").trace().rows[-1]
    assert (row.input_shape, row.output_shape, row.parameters) == ((6, 6, 4), (4, 6, 5), 35)
