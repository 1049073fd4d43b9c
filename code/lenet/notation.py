"""A network in one line: 32x32x1: conv 6 5x5 tanh, avgpool 2, flatten, dense 10 softmax.

An input shape, a colon, and layers with commas between them. A layer is its kind,
its sizes, and what else there is to say, in any order:

    conv FILTERS KERNEL     a convolution; local FILTERS KERNEL is one without sharing
    depthwise KERNEL, separable FILTERS KERNEL, convtranspose FILTERS KERNEL
    maxpool SIZE, avgpool SIZE, subsample SIZE, globalmaxpool, globalavgpool
    batchnorm, dropout, pad SIZE, upsample SIZE
    flatten, dense UNITS, rbf UNITS

    stride SIZE, dilation SIZE, groups COUNT, same, valid, nobias, as NAME,
    and an activation: relu, tanh, sigmoid, softmax, scaled_tanh, ...

A SIZE is 5 or 5x3 (height by width), at most 1,000,000,000. Pooling moves by its own
size unless told.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, partial
from inspect import signature

from lenet.layers import (
    RBF,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Layer,
    LocallyConnected2D,
    MaxPooling2D,
    Passing,
    SeparableConv2D,
    Subsampling2D,
    UpSampling2D,
    ZeroPadding2D,
)
from lenet.layers.arguments import ACTIVATIONS, Shape
from lenet.network import Network
from lenet.slips import LONGEST_WORD, SAID, NotationError, shortened

# What makes the layer, and its sizes in order.
KINDS: dict[str, tuple[Callable[..., Layer], tuple[str, ...]]] = {
    "conv": (Conv2D, ("filters", "kernel_size")),
    "local": (LocallyConnected2D, ("filters", "kernel_size")),
    "depthwise": (DepthwiseConv2D, ("kernel_size",)),
    "separable": (SeparableConv2D, ("filters", "kernel_size")),
    "convtranspose": (Conv2DTranspose, ("filters", "kernel_size")),
    "maxpool": (MaxPooling2D, ("pool_size",)),
    "avgpool": (AveragePooling2D, ("pool_size",)),
    "subsample": (Subsampling2D, ("pool_size",)),
    "globalmaxpool": (GlobalMaxPooling2D, ()),
    "globalavgpool": (GlobalAveragePooling2D, ()),
    "batchnorm": (BatchNormalization, ()),
    "dropout": (partial(Passing, "Dropout"), ()),
    "pad": (ZeroPadding2D, ("padding",)),
    "upsample": (UpSampling2D, ("size",)),
    "flatten": (Flatten, ()),
    "dense": (Dense, ("units",)),
    "rbf": (RBF, ("units",)),
}
SIZED = {"stride": "strides", "dilation": "dilation_rate", "groups": "groups"}
PLAIN = {
    "same": ("padding", "same"),
    "valid": ("padding", "valid"),
    "nobias": ("use_bias", False),
}
COUNTS = ("filters", "units", "groups")
A_COUNT, A_SIZE = "a count such as 6", "a size such as 5 or 5x3"
LARGEST_SIZE = 10**9  # that one may write: more than any side, width or kernel there ever was
WORDS = (*SIZED, *PLAIN, "as", *ACTIVATIONS)


@dataclass(frozen=True)
class _Word:
    text: str
    start: int


def parse(text: str, name: str = "network") -> Network:
    """The network that the line describes.

    Raises NotationError, which names the place, what was expected there and the
    nearest word that is known; also where a layer does not fit what comes in.

    >>> parse("32x32x1: conv 6 5x5 tanh, avgpool 2, conv 16 5 tanh").output_shape
    (10, 10, 16)
    >>> parse("32x32x1: conw 6 5")
    Traceback (most recent call last):
    lenet.slips.NotationError: 'conw' is no layer; did you mean conv?
      32x32x1: conw 6 5
               ^^^^
    """
    head, colon, rest = text.partition(":")
    if not colon:
        raise NotationError(text, len(text), 1, SAID["no colon"])
    shape = _input_shape(text, head)
    clauses = list(_clauses(text, len(head) + 1))
    layers = [_layer(text, words) for words in clauses]
    try:
        return Network(shape, layers, name=name, source=text)
    except ValueError as error:
        whole_line = NotationError(text, len(head) + 1, len(rest), str(error))
        raise _misfit(text, shape, clauses, layers) or whole_line from None


def _misfit(
    text: str, shape: Shape, clauses: list[list[_Word]], layers: list[Layer]
) -> NotationError | None:
    """The slip at the first layer that does not fit what comes in, if there is one."""
    for (kind, *_), layer in zip(clauses, layers, strict=True):
        try:
            shape = layer.output_shape(shape)
        except ValueError as error:
            return _slip(text, kind, SAID["misfit"].format(kind=kind.text, error=error))
    return None


def parse_shape(text: str) -> Shape:
    """The shape that is written so. Raises NotationError for what is none.

    >>> parse_shape("32x32x1"), parse_shape("84")
    ((32, 32, 1), (84,))
    """
    return _input_shape(text, text)


def _input_shape(text: str, head: str) -> Shape:
    word = _Word(head.strip(), len(head) - len(head.lstrip()))
    if not re.fullmatch(r"[1-9][0-9]*(x[1-9][0-9]*x[1-9][0-9]*)?", word.text):
        got = shortened(word.text) or "nothing"
        raise _slip(text, word, SAID["no shape"].format(got=got))
    return _numbers(text, word, "an input")


def _clauses(text: str, start: int) -> Iterator[list[_Word]]:
    """The words of each layer, with their places."""
    for clause in text[start:].split(","):
        words = [_Word(word[0], start + word.start()) for word in re.finditer(r"\S+", clause)]
        if not words:
            raise NotationError(text, start, 1, SAID["no layer"].format(kinds=", ".join(KINDS)))
        yield words
        start += len(clause) + 1


def _layer(text: str, words: list[_Word]) -> Layer:
    kind, *rest = words
    if kind.text not in KINDS:
        raise _slip(text, kind, SAID["no kind"].format(got=shortened(kind.text)), KINDS)
    make, sizes = KINDS[kind.text]
    arguments = _sizes(text, kind, rest, sizes)
    known, queue = _arguments(make), rest[len(sizes) :]
    while queue:
        word = queue.pop(0)
        name, value = _option(text, word, queue)
        if name not in known:
            raise _slip(text, word, SAID["not taken"].format(kind=kind.text, got=word.text))
        if name in arguments:
            raise _slip(text, word, SAID["twice"].format(name=name))
        arguments[name] = value
    try:
        return make(**arguments)
    except ValueError as error:
        raise _slip(text, kind, str(error)) from None


@cache
def _arguments(make: Callable[..., Layer]) -> frozenset[str]:
    return frozenset(signature(make).parameters)


def _sizes(text: str, kind: _Word, rest: list[_Word], names: tuple[str, ...]) -> dict[str, object]:
    """The arguments that the first words after the kind give."""
    arguments = {name: _size(text, word, name) for name, word in zip(names, rest, strict=False)}
    if len(arguments) < len(names):
        needs = {"names": " and ".join(names), "missing": names[len(arguments)]}
        problem = SAID["needs"].format(kind=kind.text, **needs)
        raise _slip(text, _after((kind, *rest)[-1]), problem)
    return arguments


def _after(word: _Word) -> _Word:
    """Where the next word would begin."""
    return _Word("", word.start + len(word.text) + 1)


def _option(text: str, word: _Word, queue: list[_Word]) -> tuple[str, object]:
    """The argument that a word sets, and its value; a size or a name is taken off the queue."""
    if word.text in PLAIN:
        return PLAIN[word.text]
    if word.text in ACTIVATIONS:
        return "activation", word.text
    if word.text not in SIZED and word.text != "as":
        raise _slip(text, word, SAID["not known"].format(got=shortened(word.text)), WORDS)
    if not queue:
        wanted = "a name" if word.text == "as" else "a size"
        raise _slip(text, _after(word), SAID["more"].format(wanted=wanted))
    if word.text == "as":
        return "name", _name(text, queue.pop(0))
    return SIZED[word.text], _size(text, queue.pop(0), SIZED[word.text])


def _name(text: str, word: _Word) -> str:
    if len(word.text) > LONGEST_WORD or not word.text.isprintable():
        said = SAID["no name"].format(most=LONGEST_WORD, got=shortened(word.text))
        raise _slip(text, word, said)
    return word.text


def _size(text: str, word: _Word, name: str) -> int | tuple[int, int]:
    pattern = r"[1-9][0-9]*" if name in COUNTS else r"[1-9][0-9]*(x[1-9][0-9]*)?"
    if not re.fullmatch(pattern, word.text):
        wanted = A_COUNT if name in COUNTS else A_SIZE
        said = SAID["other"].format(wanted=wanted, name=name, got=shortened(word.text))
        raise _slip(text, word, said)
    numbers = _numbers(text, word, name)
    return numbers if len(numbers) == 2 else numbers[0]


def _numbers(text: str, word: _Word, name: str) -> tuple[int, ...]:
    """The numbers between the x of a word, none of them beyond all use."""
    parts = word.text.split("x")
    if any(len(part) > 10 or int(part) > LARGEST_SIZE for part in parts):
        said = SAID["large"].format(most=LARGEST_SIZE, name=name, got=shortened(word.text))
        raise _slip(text, word, said)
    return tuple(map(int, parts))


def _slip(text: str, word: _Word, problem: str, known=()) -> NotationError:
    if known:
        near = get_close_matches(word.text[:LONGEST_WORD], known, n=1)
        said = SAID["near" if near else "all"]
        problem = said.format(problem=problem, near="".join(near), known=", ".join(known))
    return NotationError(text, word.start, len(word.text), problem)
