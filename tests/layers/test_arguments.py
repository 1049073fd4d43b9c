"""What layers make of their arguments: defaults, one number for all axes, names."""

from fractions import Fraction

import numpy as np
import pytest
from lenet.layers import (
    Activation,
    AdaptiveMaxPooling2D,
    Add,
    AveragePooling1D,
    BatchNormalization,
    CenterCrop,
    Concatenate,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Cropping1D,
    Cropping3D,
    Dense,
    DepthwiseConv2D,
    Dot,
    Elementwise,
    GlobalMaxPooling2D,
    GroupNormalization,
    Layer,
    LayerNormalization,
    LocallyConnected2D,
    MaxPooling2D,
    MaxPooling3D,
    Normalization,
    PartialConv2D,
    Passing,
    PReLU,
    Reshape,
    SeparableConv1D,
    Shared,
    Softmax,
    Subsampling2D,
    UpSampling2D,
    ZeroPadding1D,
    ZeroPadding2D,
)
from lenet.layers.arguments import (
    ACTIVATIONS,
    axis_sides,
    checked_shape,
    each_axis,
    sides_of_axes,
)
from lenet.layers.base import ALONE, Window, together
from lenet.layers.foreign import Foreign


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (Conv1D(6, 5), Conv1D(6, (5,), (1,), padding="valid", dilation_rate=(1,), groups=1)),
        (Conv2D(6, 5), Conv2D(6, (5, 5), (1, 1), padding="valid", activation=None, use_bias=True)),
        (Conv2D(np.int64(6), np.int32(5)), Conv2D(6, (5, 5))),
        (Conv3D(6, 5), Conv3D(6, (5, 5, 5), (1, 1, 1), use_bias=True, activation=None)),
        (Conv2DTranspose(6, 5), Conv2DTranspose(6, (5, 5), (1, 1), output_padding=None)),
        (Conv2DTranspose(6, 5, 2, output_padding=1),
         Conv2DTranspose(6, [5, 5], [2, 2], output_padding=(1, 1))),
        (DepthwiseConv2D(5), DepthwiseConv2D((5, 5), (1, 1), depth_multiplier=1)),
        (SeparableConv1D(6, 5), SeparableConv1D(6, (5,), (1,), depth_multiplier=1)),
        (LocallyConnected2D(6, 5, 2), LocallyConnected2D(6, (5, 5), (2, 2), padding="valid")),
        (PartialConv2D([[0], [1, 2]], 5, 2),
         PartialConv2D(((0,), (1, 2)), (5, 5), (2, 2), shared_bias=True)),
        (Subsampling2D(), Subsampling2D((2, 2), (2, 2), padding="valid")),
        (MaxPooling2D((3, 2)), MaxPooling2D((3, 2), (3, 2))),
        (MaxPooling3D(), MaxPooling3D((2, 2, 2), (2, 2, 2), padding="valid")),
        (AveragePooling1D(3), AveragePooling1D((3,), (3,))),
        (GlobalMaxPooling2D(), GlobalMaxPooling2D(keepdims=False)),
        (AdaptiveMaxPooling2D(2), AdaptiveMaxPooling2D((2, 2))),
        (ZeroPadding1D(), ZeroPadding1D(1)),
        (ZeroPadding1D((1, 2)), ZeroPadding1D(((1, 2),))),
        (ZeroPadding2D((1, 2)), ZeroPadding2D(((1, 1), (2, 2)))),
        (Cropping1D(), Cropping1D((1, 1))),
        (Cropping3D(), Cropping3D(((1, 1), (1, 1), (1, 1)))),
        (Cropping3D([[1, 2], 0, 1]), Cropping3D(((1, 2), (0, 0), (1, 1)))),
        (UpSampling2D(), UpSampling2D((2, 2), interpolation="nearest")),
        (BatchNormalization(), BatchNormalization(axis=-1, center=True, scale=True)),
        (GroupNormalization(), GroupNormalization(groups=32, axis=-1)),
        (Normalization(axis=[-2, -1]), Normalization(axis=(-2, -1), adapted=False)),
        (Softmax(), Softmax(axis=-1)),
        (PReLU(shared_axes=[1, 2]), PReLU(shared_axes=(1, 2))),
        (PReLU(), PReLU(shared_axes=())),
        (Reshape([2, -1]), Reshape((2, -1))),
        (Concatenate(), Concatenate(axis=-1)),
        (Dot([1, 2]), Dot((1, 2), normalize=False)),
        (Dense(3), Dense(3, trainable=True, name=None, activation=None, use_bias=True)),
        (Dense(3, options={"rate": 1}), Dense(3)),  # options make layers not differ
    ],
)  # fmt: skip
def test_arguments_are_settled_and_defaults_are_those_of_keras(short, long):
    assert short == long


@pytest.mark.parametrize(
    ("layer", "kind"),
    [
        (Conv1D(6, 5), "Conv1D"), (Passing("Dropout"), "Dropout"), (Activation("relu"), "relu"),
        (Elementwise("multiply"), "multiply"), (Shared(Dense(3)), "Dense, again"),
        (Normalization(), "Normalization"), (CenterCrop(4, 4), "CenterCrop"),
    ],
)  # fmt: skip
def test_layers_are_called_what_keras_calls_them(layer, kind):
    assert layer.kind == kind


def test_one_more_use_of_a_layer_joins_and_stretches_as_the_layer():
    assert Shared(Add()).merges and not Shared(Dense(3)).merges
    assert Shared(Add()).stretches and not Shared(Concatenate()).stretches


def test_one_more_use_of_a_layer_has_the_note_of_the_layer():
    lstm = Foreign("LSTM", (3,), 90)
    assert Shared(lstm).note == lstm.note != ""
    assert Shared(Dense(3)).note == Dense(3).note == ""


def test_a_layer_is_written_without_what_changes_no_count():
    assert repr(Dense(3, options={"rate": 1})) == repr(Dense(3))
    assert "rate" not in repr(Dense(3, options={"rate": 1}))


def test_what_all_of_one_unit_read_is_that_unit_alone():
    assert together(1) == ALONE == Window(1, 1, 0)
    assert together(2) == Window(2, 0, 0)


def test_axes_are_a_tuple_however_they_were_given():
    assert LayerNormalization(axis=(-2, -1)).axes == (-2, -1)
    assert LayerNormalization().axes == (-1,)


def test_without_bias_all_else_stays():
    for layer in (Conv2D(6, 5, 2), Dense(3), Conv2DTranspose(6, 5), DepthwiseConv2D(5)):
        assert layer.without_bias().biases((9, 9, 1) if layer.rank else (9,)) == 0
        assert layer.without_bias() != layer
    assert Shared(Dense(3)).without_bias() == Shared(Dense(3, use_bias=False))
    assert MaxPooling2D().without_bias() == MaxPooling2D()


def test_layers_are_frozen():
    with pytest.raises(AttributeError):
        Conv2D(6, 5).filters = 7


def test_what_only_kinds_know_is_not_there():
    for ask in (Layer().output_shape, Layer().counts, Layer().window):
        with pytest.raises(NotImplementedError):
            ask((3,))


def test_one_number_or_one_an_axis():
    assert each_axis("size", 2) == each_axis("size", [2, 2]) == (2, 2)
    assert each_axis("size", (0, 1, 2), rank=3, minimum=0) == (0, 1, 2)
    with pytest.raises(ValueError, match="size must be at least 1, got 0"):
        each_axis("size", 0)


def test_one_number_one_an_axis_or_a_pair_of_ends():
    assert sides_of_axes("padding", 2, rank=1) == sides_of_axes("padding", (2,), 1) == ((2, 2),)
    assert sides_of_axes("padding", [[1, 0]], rank=1) == ((1, 0),)
    assert sides_of_axes("padding", (1, 0), rank=1) == ((1, 0),)
    assert sides_of_axes("padding", (1, (0, 2)), rank=2) == ((1, 1), (0, 2))


@pytest.mark.parametrize("pairs", [((1, 2), (3, 4)), ([1, 2], [3, 4]), ((1, 2), 3), ([1, 2], 3)])
def test_one_axis_has_one_pair_of_ends(pairs):
    with pytest.raises(
        ValueError, match=r"^padding must be one number or one for each of 1 axes, "
    ):
        sides_of_axes("padding", pairs, rank=1)


def test_whole_numbers_come_in_a_tuple():
    with pytest.raises(
        TypeError, match=r"^shared_axes must be a tuple of whole numbers, got '12'$"
    ):
        PReLU(shared_axes="12")


def test_axes_are_counted_from_the_end():
    assert axis_sides("axis", (-1, -3), (4, 5, 6)) == (6, 4)
    with pytest.raises(ValueError, match=r"^axes must be from -2 to -1 for \(4, 4\), got -3$"):
        axis_sides("axes", (-3,), (4, 4))


def test_shapes_become_tuples_of_plain_numbers():
    assert checked_shape("input_shape", [np.int8(100), 3]) == (100, 3)
    assert type(checked_shape("input_shape", [np.int8(100), 3])[0]) is int


# Keras's names typed again, without glu, which halves the channels.
NAMES = """
    celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh
    leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink
    softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh
    tanh_shrink threshold
"""


def test_activations_are_those_of_keras_and_that_of_1998():
    assert set(ACTIVATIONS) == {*NAMES.split(), "scaled_tanh"}
    assert len(ACTIVATIONS) == len(set(ACTIVATIONS)) and list(ACTIVATIONS) == sorted(ACTIVATIONS)


def test_what_is_no_name_is_shown_as_python_writes_it():
    with pytest.raises(
        TypeError, match=r"^activation must be a name or None, got Fraction\(1, 2\)$"
    ):
        Conv2D(6, 5, activation=Fraction(1, 2))


def test_a_layer_that_keras_counts_gives_the_shape_that_it_was_told():
    lstm = Foreign("LSTM", [3], 90)
    assert lstm.output_shape((28, 28)) == (3,)
    with pytest.raises(TypeError, match=r"^input_shape must be .* got None$"):
        lstm.output_shape(None)


def test_what_a_layer_that_keras_counts_says_of_several_inputs():
    several = Foreign("Attention", (3,), 90, inputs=2)
    assert several.merges and not several.stretches
    assert several.output_shape([[4, 3], (5, 3)]) == (3,)
    with pytest.raises(ValueError, match=r"^input_shape must be at least 1, got 0$"):
        several.counts(((4, 3), (0, 3)))
    with pytest.raises(TypeError, match=r"^what must be Keras's name of the layer, got ''$"):
        Foreign("", (3,), 90)
    with pytest.raises(ValueError, match=r"^Attention reads 2 layers, got \(\(4, 3\),\)$"):
        several.counts(((4, 3),))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"parameters": -1}, "parameters must be at least 0, got -1"),
        ({"parameters": 0, "frozen": -1}, "frozen must be at least 0, got -1"),
        ({"parameters": 0, "inputs": 0}, "inputs must be at least 1, got 0"),
        ({"parameters": 0, "name": ""}, "name must be a word or None, got ''"),
    ],
)
def test_what_is_no_number_is_refused_of_a_layer_that_keras_counts_too(arguments, says):
    with pytest.raises((TypeError, ValueError), match=f"^{says}$"):
        Foreign("LSTM", (3,), **arguments)


@pytest.mark.parametrize(
    ("trained", "frozen", "split"), [(0, 0, 0), (90, 0, None), (0, 90, None), (90, 9, None)]
)
def test_of_no_parameters_it_is_known_that_none_is_a_weight(trained, frozen, split):
    counts = Foreign("LSTM", (3,), trained, frozen).counts((4,))
    assert (counts.weights, counts.biases) == (split, split)
    assert (counts.numbers, counts.fixed) == (trained, frozen)
    assert Foreign("LSTM", (3,), trained).frozen == 0


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "sparsemax"])
def test_what_shares_out_looks_along_the_channels(name):
    assert Activation(name).window((4, 4, 3)) == (ALONE, ALONE, together(3))
    assert Activation("tanh").window((4, 4, 3)) == (ALONE,) * 3


def test_slopes_may_be_shared_along_every_axis():
    assert PReLU(shared_axes=(1, 2, 3)).weights((14, 14, 6)) == 1


@pytest.mark.parametrize("name", ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"])
def test_a_map_is_made_larger_in_each_way_that_keras_knows(name):
    assert UpSampling2D(3, interpolation=name).output_shape((4, 5, 6)) == (12, 15, 6)


@pytest.mark.parametrize(
    ("target", "came", "window"),
    [
        ((10,), (1, 5, 2), (ALONE,) * 3),  # all in one row
        ((1, 1, 10), (1, 1, 10), (ALONE,) * 3),  # one place to one place
        ((1, 1, -1), (10,), (ALONE,)),
        ((1, 1, 10), (1, 5, 2), None),
        ((1, 1, 10), (5, 1, 2), None),
        ((1, 5, 2), (1, 1, 10), None),
        ((5, 1, 2), (1, 1, 10), None),
    ],
)
def test_units_stay_where_they_are_only_in_one_row_or_one_place(target, came, window):
    assert Reshape(target).window(came) == window
