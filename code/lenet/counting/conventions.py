"""What other tools count under the words MACs and FLOPs, one `Convention` each.

The rules were read in the source of the version that each names, and tests hold
them to what the tool itself prints. PyTorch's tools are given a network as modules
in evaluation mode, a module for each layer and one for each activation. A kind of
layer that no rule covers raises `NoRule`; what a tool counts as nothing is 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from lenet.network import Row

Cost = Callable[[Row], int]


class NoRule(ValueError):
    """A tool was asked about a layer that its rule here does not cover; says which kind."""


@dataclass(frozen=True)
class Convention:
    """How one tool counts the work of a network.

    `name` and `version` say whose rule it is, `calls_it` is the tool's own word,
    `rule` one sentence, `source` where it can be read. `cost` gives the number of
    a layer for one image and raises NoRule, a ValueError, where there is none;
    `batched` says whether the images of a batch multiply it.

    >>> CONVENTIONS["fvcore"].calls_it, CONVENTIONS["fvcore"].batched
    ('flops', True)
    """

    name: str
    version: str
    calls_it: str
    rule: str
    source: str
    cost: Cost
    batched: bool = True


def _kind(row: Row) -> str:
    return type(row.layer).__name__


def _places(shape: tuple[int, ...]) -> int:
    """The positions of a map; 1 for something flat."""
    return prod(shape[:-1])


def _with_bias(row: Row) -> int:
    """MACs, and the addition of a bias in each unit that has one."""
    return row.macs + prod(row.output_shape) * bool(row.macs and row.biases)


def _parameters(row: Row) -> int:
    """Weights and biases, trained or not."""
    return row.weights + row.biases


def _each_parameter(row: Row) -> int:
    return _places(row.output_shape) * _parameters(row)


def _normalized(scaled: int, plain: int) -> Cost:
    """Operations for each value, by whether there are weights: what PyTorch calls affine."""

    def cost(row: Row) -> int:
        if row.biases and not row.weights:
            raise NoRule(f"a {_kind(row)} that shifts and does not scale")
        return (scaled if row.weights else plain) * prod(row.output_shape)

    return cost


def _enlarged(**factors: int) -> Cost:
    """Operations for each value, by the interpolation of an UpSampling2D."""

    def cost(row: Row) -> int:
        if row.layer.interpolation not in factors:
            raise NoRule(f"interpolation {row.layer.interpolation!r}")
        return factors[row.layer.interpolation] * prod(row.output_shape)

    return cost


def _softmax(row: Row) -> int:
    """n powers, n - 1 sums and n quotients for the n values of each place."""
    if (getattr(row.layer, "activation", None) or "").lower() != "softmax":
        return 0
    return _places(row.output_shape) * (3 * row.output_shape[-1] - 1)


def _axes(stem: str, *axes: int) -> tuple[str, ...]:
    return tuple(stem.format(number) for number in axes)


CONVOLUTIONS = (
    *_axes("Conv{}D", 1, 2, 3), *_axes("DepthwiseConv{}D", 1, 2), *_axes("SeparableConv{}D", 1, 2)
)  # fmt: skip
TRANSPOSED = _axes("Conv{}DTranspose", 1, 2, 3)
AVERAGES = _axes("AveragePooling{}D", 1, 2, 3)
GLOBAL_AVERAGES = _axes("GlobalAveragePooling{}D", 1, 2, 3)
NORMS = ("BatchNormalization", "LayerNormalization")
DENSE = ("Dense", "PointwiseDense")
NOTHING = (  # maxima, activations, and what PyTorch writes as a function or as a view
    *_axes("MaxPooling{}D", 1, 2, 3), *_axes("GlobalMaxPooling{}D", 1, 2, 3),
    *_axes("ZeroPadding{}D", 1, 2, 3), *_axes("Cropping{}D", 1, 2, 3),
    "Activation", "Passing", "Flatten", "Reshape", "Permute", "RepeatVector",
    "Add", "Subtract", "Multiply", "Maximum", "Minimum", "Concatenate",
)  # fmt: skip


def _by_kind(*costs: tuple[tuple[str, ...], Cost], more: Cost = lambda row: 0) -> Cost:
    """The cost of the layer's kind, and `more` for its activation."""
    rules = dict.fromkeys(NOTHING, lambda row: 0)
    for kinds, cost in costs:
        rules |= dict.fromkeys(kinds, cost)

    def of_layer(row: Row) -> int:
        if _kind(row) not in rules:
            raise NoRule(_kind(row))
        return rules[_kind(row)](row) + more(row)

    return of_layer


_TORCHINFO = _by_kind(
    (CONVOLUTIONS + TRANSPOSED, _each_parameter),
    ((*DENSE, *NORMS), _parameters),
    ((*AVERAGES, *GLOBAL_AVERAGES, "UpSampling2D"), lambda row: 0),
)
_FVCORE = _by_kind(
    (CONVOLUTIONS + DENSE, lambda row: row.macs),
    (TRANSPOSED, lambda row: row.macs),
    (AVERAGES + GLOBAL_AVERAGES, lambda row: 0),
    (("GlobalAveragePooling2D",), lambda row: prod(row.input_shape)),
    (("BatchNormalization",), _normalized(scaled=2, plain=1)),
    (("LayerNormalization",), _normalized(scaled=5, plain=4)),
    (("UpSampling2D",), _enlarged(nearest=1, bilinear=4)),
)
_THOP = _by_kind(
    (CONVOLUTIONS + DENSE, lambda row: row.macs),
    (TRANSPOSED, lambda row: _places(row.output_shape) * row.weights),
    (AVERAGES, lambda row: prod(row.output_shape)),
    (GLOBAL_AVERAGES, lambda row: (_places(row.input_shape) + 1) * row.input_shape[-1]),
    (NORMS, _normalized(scaled=4, plain=2)),
    (("UpSampling2D",), _enlarged(nearest=1, bilinear=11)),
    more=_softmax,
)
CONVENTIONS = {
    "macs": Convention(
        "this book", "", "MACs",
        "One for each product with a weight; no bias, maximum, mean or activation.",
        "lenet.arithmetic", lambda row: row.macs,
    ),
    "macs_with_bias": Convention(
        "with biases", "", "MACs",
        "MACs, and one for each unit that adds a bias.",
        "lenet.counting.conventions", _with_bias,
    ),
    "flops": Convention(
        "product and sum apart", "", "FLOPs",
        "Two for each MAC: for a unit n products, n - 1 sums of them and one with the bias.",
        "lenet.counting.conventions", lambda row: 2 * row.macs,
    ),
    "connections": Convention(
        "the paper of 1998", "", "connections",
        "Every input line of every unit, pooling and bias lines included; once for a network.",
        "LeCun et al. 1998, section II-B", lambda row: row.connections, batched=False,
    ),
    "torchinfo": Convention(
        "torchinfo", "1.8.0", "Total mult-adds",
        "A convolution's weights and biases at every place, other parameters once an image; "
        "no pooling and no activation.",
        "layer_info.py, LayerInfo.calculate_macs; its issues 14, 72, 77 and 126", _TORCHINFO,
    ),
    "fvcore": Convention(
        "fvcore", "0.1.5.post20221221", "flops",
        "One for each MAC, no bias; batch norm 2 and layer norm 5 a value (1 and 4 without "
        "weights); a global mean in 2D 1 for each value read; other means 0.",
        "nn/flop_count.py, _DEFAULT_SUPPORTED_OPS; nn/jit_handles.py; its issues 69, 102 and 119",
        _FVCORE,
    ),
    "thop": Convention(
        "thop", "0.1.1.post2209072238", "macs",
        "One for each MAC, no bias; a mean 1 a value, a global one 1 more than it reads; norms 4 "
        "a value (2 without weights); a softmax of n values 3n - 1.",
        "profile.py, register_hooks; vision/basic_hooks.py and calc_func.py; "
        "pytorch-OpCounter's issues 15, 37, 90 and 231",
        _THOP,
    ),
}  # fmt: skip
