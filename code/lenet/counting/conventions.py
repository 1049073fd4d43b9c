"""What other tools count under the words MACs and FLOPs, one `Convention` each.

What each counts for a kind of layer is in `lenet.counting.rules`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from lenet.counting import rules
from lenet.layers import Layer
from lenet.trace import Row

Cost = Callable[[Layer, Row], int]


@dataclass(frozen=True)
class Convention:
    """How one tool counts the work of a network.

    `name` and `version` say whose rule it is, `calls_it` is the tool's own word,
    `rule` one sentence, `source` where it can be read. `cost` gives the number for
    one image of a layer with its row of a trace, and raises
    `lenet.counting.rules.NoRule`, a ValueError, where there is none; `batched` says
    whether the images of a batch multiply it.

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


def _with_bias(layer: Layer, row: Row) -> int:
    """MACs, and the addition of a bias in each unit that has one."""
    return row.macs + prod(row.output_shape) * bool(row.macs and row.biases)


def _products_and_sums(layer: Layer, row: Row) -> int:
    return 2 * row.macs


def _connections(layer: Layer, row: Row) -> int:
    return row.connections


CONVENTIONS = {
    "macs": Convention(
        "this book", "", "MACs",
        "One for each product with a weight; no bias, maximum, mean or activation.",
        "lenet.arithmetic", rules.macs,
    ),
    "macs_with_bias": Convention(
        "with biases", "", "MACs",
        "MACs, and one for each unit that adds a bias.",
        "lenet.counting.conventions", _with_bias,
    ),
    "flops": Convention(
        "product and sum apart", "", "FLOPs",
        "Two for each MAC: for a unit n products, n - 1 sums of them and one with the bias.",
        "lenet.counting.conventions", _products_and_sums,
    ),
    "connections": Convention(
        "the paper of 1998", "", "connections",
        "Every input line of every unit, pooling and bias lines included; once for a network.",
        "LeCun et al. 1998, section II-B", _connections, batched=False,
    ),
    "torchinfo": Convention(
        "torchinfo", "1.8.0", "Total mult-adds",
        "A convolution's weights and biases at every place, other parameters once an image; "
        "no pooling and no activation.",
        "layer_info.py, LayerInfo.calculate_macs; its issues 14, 72, 77 and 126", rules.torchinfo,
    ),
    "fvcore": Convention(
        "fvcore", "0.1.5.post20221221", "flops",
        "One for each MAC, no bias; batch norm 2 and layer norm 5 a value (1 and 4 without "
        "weights); a global mean in 2D 1 for each value read; other means 0.",
        "nn/flop_count.py, _DEFAULT_SUPPORTED_OPS; nn/jit_handles.py; its issues 69, 102 and 119",
        rules.fvcore,
    ),
    "thop": Convention(
        "thop", "0.1.1.post2209072238", "macs",
        "One for each MAC, no bias; a mean 1 a value, a global one 1 more than it reads; norms 4 "
        "a value (2 without weights); a softmax of n values 3n - 1.",
        "profile.py, register_hooks; vision/basic_hooks.py and calc_func.py; "
        "pytorch-OpCounter's issues 15, 37, 90 and 231",
        rules.with_softmax,
    ),
}  # fmt: skip
