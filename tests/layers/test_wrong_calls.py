"""Wrong calls of every kind of layer, put together from lists: none of them gives a number.

Each is a TypeError or a ValueError that says what was wrong: the name of the argument and
its value.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from typing import NamedTuple

import pytest
from known_layers import KNOWN
from lenet.architectures import TABLE_I
from lenet.layers import (
    RBF,
    Add,
    BatchNormalization,
    Concatenate,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Cropping2D,
    Dense,
    DepthwiseConv2D,
    Dot,
    Flatten,
    GroupNormalization,
    Layer,
    LayerNormalization,
    LocallyConnected2D,
    MaxPooling2D,
    Multiply,
    Normalization,
    PartialConv2D,
    Permute,
    PReLU,
    RepeatVector,
    Reshape,
    SeparableConv1D,
    Shared,
    Softmax,
    Subsampling2D,
    Subtract,
    UnitNormalization,
)

QUESTIONS = (
    "counts", "output_shape", "weights", "biases", "fixed", "connections", "macs", "activations",
)  # fmt: skip
BY_KIND = {type(known[0]).__name__: (known[0], known[1]) for known in reversed(KNOWN)}
by_kind = pytest.mark.parametrize("kind", BY_KIND)
NUMBERED = object()  # in place of a value, where any numbers of the layer and the shape will do


class Wrong(NamedTuple):
    """A wrong call, what its error names, and the value that the error says."""

    call: Callable
    names: tuple[str, ...]
    value: object


def held(wrong: Wrong) -> None:
    """The call is refused, in words that have one of the names and the value."""
    with pytest.raises((TypeError, ValueError)) as caught:
        wrong.call()
    assert caught.type in (TypeError, ValueError)  # and none of those that are kinds of them
    said = str(caught.value)
    assert any(name in said for name in wrong.names), (said, wrong.names)
    if wrong.value is NUMBERED:
        assert re.search(r"\d", said), said
    else:
        assert any(part in said for part in parts(wrong.value)), (said, wrong.value)


def parts(value) -> list[str]:
    """What may stand for a value: all of it, or an entry."""
    entries = value if isinstance(value, (tuple, list)) else ()
    empty = ["none"] if value in ((), []) else []
    return [repr(value), *empty, *(part for entry in entries for part in parts(entry))]


NO_SHAPES = (
    "84", 84, 8.4, None, True, {84}, b"84", (), [], ("84",), (None,), (-84,), (0, 4, 1),
    (32, 32, -1), (2.0, 4, 1), (4, float("nan"), 1), (True, 4, 1), ((4, 4), 1), ("4", "4", "1"),
)  # fmt: skip


def asked(layer: Layer, shape, *names: str, value) -> Iterator[Wrong]:
    """Every question with that shape."""
    for question in QUESTIONS:
        yield Wrong(partial(getattr(layer, question), shape), names, value)


def asked_with_no_shape(kind: str) -> Iterator[Wrong]:
    layer, shape = BY_KIND[kind]
    for wrong in NO_SHAPES:
        for case in [wrong, (wrong, wrong), (shape[0], wrong)] if layer.merges else [wrong]:
            yield from asked(layer, case, "input_shape", layer.kind, value=case)


def asked_with_other_axes(kind: str) -> Iterator[Wrong]:
    layer, shape = BY_KIND[kind]
    inner = layer.layer if isinstance(layer, Shared) else layer
    if inner.rank is not None or isinstance(inner, RepeatVector | Permute):
        for rank in {1, 2, 3, 4, 5, 6} - {len(shape)}:
            yield from asked(layer, (9,) * rank, f"{inner.kind} needs", "dims", value=(9,) * rank)


@by_kind
def test_no_question_takes_what_is_no_shape(kind):
    for wrong in asked_with_no_shape(kind):
        held(wrong)


@by_kind
def test_no_question_takes_a_shape_with_other_axes(kind):
    for wrong in asked_with_other_axes(kind):
        held(wrong)


UNFIT = [
    (Conv2D(6, 5), (4, 9, 1), "kernel_size"), (Conv2D(6, (3, 10)), (9, 9, 1), "kernel_size"),
    (Conv2D(6, 3, dilation_rate=5), (9, 9, 1), "kernel_size"),
    (Conv1D(6, 10), (9, 1), "kernel_size"), (Conv3D(6, 5), (9, 9, 4, 1), "kernel_size"),
    (DepthwiseConv2D(5), (4, 9, 1), "kernel_size"), (SeparableConv1D(2, 5), (4, 1), "kernel_size"),
    (LocallyConnected2D(6, 5), (4, 9, 1), "kernel_size"),
    (PartialConv2D(((0,),), 5), (4, 9, 1), "kernel_size"),
    (PartialConv2D(((3,),), 5), (9, 9, 3), "table"),
    (PartialConv2D(TABLE_I, 5), (9, 9, 5), "table"),
    (MaxPooling2D(5), (4, 9, 1), "pool_size"), (Subsampling2D(5), (9, 4, 1), "pool_size"),
    (Conv2D(4, 3, groups=2), (9, 9, 3), "groups"), (Conv2D(3, 3, groups=2), (9, 9, 4), "groups"),
    (GroupNormalization(groups=4), (14, 14, 6), "groups"),
    (GroupNormalization(), (14, 14, 6), "groups"),
    (GroupNormalization(axis=-4), (14, 14, 6), "axis"),
    (Conv2DTranspose(1, 2, 2, padding="same", output_padding=0), (1, 1, 1), "output_padding"),
    (Cropping2D(2), (9, 4, 1), "cropping"), (Reshape((5, 5)), (5, 5, 16), "(5, 5, 16)"),
    (Reshape((3, -1)), (400,), "(3, -1)"), (Reshape((20, 20, 2)), (400,), "(20, 20, 2)"),
    (Permute((1, 2)), (5, 5, 16), "dims"), (Permute((1, 1)), (5, 16), "dims"),
    (Permute(()), (5, 16), "dims"), (PReLU(shared_axes=(4,)), (14, 14, 6), "shared_axes"),
    (BatchNormalization(axis=0), (14, 6), "axis"), (BatchNormalization(axis=1), (14, 6), "axis"),
    (LayerNormalization(axis=(-1, -4)), (14, 14, 6), "axis"), (Softmax(axis=-3), (14, 6), "axis"),
    (UnitNormalization(axis=-2), (84,), "axis"),
    (Normalization(axis=(0,), adapted=True), (4, 3), "axis"),
    (Add(), ((14, 14, 6), (14, 10, 6)), "Add"), (Multiply(), ((4,), (3,)), "Multiply"),
    (Subtract(), ((4,), (4,), (4,)), "Subtract"), (Add(), ((4,),), "Add"), (Add(), (4,), "Add"),
    (Concatenate(), ((4, 4, 1), (4, 1)), "Concatenate"),
    (Concatenate(), ((4, 4, 1), (4, 5, 1)), "Concatenate"),
    (Concatenate(axis=0), ((4,), (4,)), "axis"), (Concatenate(axis=-2), ((4,), (4,)), "axis"),
    (Dot((1, 2)), ((84,), (84,)), "axes"), (Dot((1, 1)), ((84,), (80,)), "axes"),
    (Dot((1, 1)), ((4,), (4,), (4,)), "Dot"), (Shared(Conv2D(6, 5)), (4, 9, 1), "kernel_size"),
    (Shared(Add()), ((4,),), "Add"), (Dense(10), (5, 5, 16), "Dense"), (RBF(2), (4, 4), "RBF"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "shape", "name"), UNFIT, ids=repr)
def test_no_question_gives_a_number_where_the_layer_does_not_fit(layer, shape, name):
    for wrong in asked(layer, shape, name, value=NUMBERED):
        held(wrong)


NO_NUMBERS = ("6", 6.0, True, None, [], (), {}, b"6", float("nan"), 6j, object)
NO_COUNTS = (*NO_NUMBERS, 0, -1)
NO_FLAGS = (0, 1, "yes", None, [], 1.0, ())
NO_WORDS = ("full", "VALID", "", 2, None, True, [], ("valid",))
NO_TUPLES = ("12", 12, None, 1.5, True, {1: 2})
SEVERAL_WRONG = ((0, 1), (1.5, 2), (True, 2), ("1", 2), (None,), ([],))
WRONG = {
    **dict.fromkeys(("filters", "units", "groups", "depth_multiplier", "n", "height", "width"),
                    (*NO_COUNTS, (6,))),
    **dict.fromkeys(("kernel_size", "strides", "dilation_rate", "pool_size", "output_size", "size"),
                    (*NO_COUNTS, (1,) * 7, (0, 0), (1.0, 1), (True, True, True), ("6",), [[1]])),
    **dict.fromkeys(("use_bias", "trainable", "center", "scale", "renorm", "adapted", "keepdims",
                     "normalize", "shared_bias"), NO_FLAGS),
    **dict.fromkeys(("padding", "interpolation"), NO_WORDS),
    **dict.fromkeys(("border", "output_padding"),
                    ("6", 6.0, True, [], -1, (1,) * 7, ((1, 2, 3),) * 2, ((0, -1),) * 2, ("6",) * 2,
                     ((1, 1.5),), {})),
    "activation": ("rleu", "Relu!", "", 6, True, [], len, ("relu",)),
    "axis": (True, 1.5, "1", None, [1.5], ("a",), (True,), (-1, -1), {}, (None,)),
    "dims": (*NO_TUPLES, *SEVERAL_WRONG),
    "shared_axes": (*NO_TUPLES, *SEVERAL_WRONG),
    "target_shape": (*NO_TUPLES, *SEVERAL_WRONG, (), (-2, 4), (-1, -1), (-1.0, 4)),
    "axes": (*NO_TUPLES, *SEVERAL_WRONG, (), (1,), (1, 1, 1)),
    "table": (*NO_TUPLES, ((),), (("0",),), ((True,),), ((0.0,),), ((-1,),), ((0, 0),), [0], ["0"]),
    "what": ("", 6, None, [], True), "operation": ("", 6, None, [], True),
    "name": ("", 6, [], True, ("a",)), "layer": (None, "conv", 6, Conv2D, []),
    "options": (5, "a", None, [1], ("a",)),
}  # fmt: skip
RIGHT = {  # of these lists, what such a layer does take
    ("strides", "Pooling"): [None], ("strides", "Subsampling2D"): [None],
    ("output_padding", ""): [None], ("groups", "GroupNormalization"): [-1],
}  # fmt: skip


def wrong_values(kind: str, name: str) -> list:
    """What is wrong for an argument of a kind of layer."""
    bordering = kind.startswith(("ZeroPadding", "Cropping"))
    listed = WRONG["border" if bordering and name in ("padding", "cropping") else name]
    right = [
        value for (of, part), values in RIGHT.items() if of == name and part in kind
        for value in values
    ]  # fmt: skip
    return [value for value in listed if not any(value is one or value == one for one in right)]


def made_of_wrong_arguments(kind: str) -> Iterator[Wrong]:
    layer, _ = BY_KIND[kind]
    for name in arguments_of(layer):
        for value in wrong_values(kind, name):
            yield Wrong(
                partial(type(layer), **{**arguments_of(layer), name: value}), (name,), value
            )


def arguments_of(layer: Layer) -> dict:
    return {field.name: getattr(layer, field.name) for field in fields(layer)}


@by_kind
def test_no_layer_is_made_of_wrong_arguments(kind):
    for wrong in made_of_wrong_arguments(kind):
        held(wrong)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("rleu", "relu"), ("sigmoyd", "sigmoid"), ("tahn", "tanh"), ("soft_max", "softmax")],
)
def test_a_slip_in_an_activation_is_told_what_was_meant(name, meant):
    for layer in (Conv2D(6, 5), Dense(3), Subsampling2D(2), PartialConv2D(((0,),), 3)):
        with pytest.raises(ValueError, match=f"^no activation '{name}'; did you mean '{meant}'"):
            type(layer)(**{**arguments_of(layer), "activation": name})


def test_every_argument_of_every_kind_is_among_the_wrong_ones():
    names = {name for layer, _ in BY_KIND.values() for name in arguments_of(layer)}
    assert names - set(WRONG) == {"cropping"}  # which is a border, like padding


def test_a_layer_of_no_kind_counts_nothing():
    for question in QUESTIONS:
        with pytest.raises(NotImplementedError):
            getattr(Layer(), question)((4,))
    assert Flatten().counts((4,)).connections == 0  # as all others do


def test_more_than_three_hundred_calls_are_wrong():
    lists = (asked_with_no_shape, asked_with_other_axes, made_of_wrong_arguments)
    tried = sum(1 for kind in BY_KIND for each in lists for _ in each(kind))
    assert tried + len(UNFIT) * len(QUESTIONS) > 15_000
