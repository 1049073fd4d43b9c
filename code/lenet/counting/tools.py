"""One network as each tool would count it: torchinfo, fvcore, thop, Keras, the paper of 1998.

The rules are in `lenet.counting.conventions`, each with the version whose source was read;
here they are added up. Keras counts no operations, but its parameters are another
number after training has begun.
"""

from dataclasses import dataclass

from lenet.arithmetic import whole
from lenet.counting.conventions import CONVENTIONS, Convention
from lenet.counting.rules import NoRule
from lenet.network import Network
from lenet.paper import COMPARISON
from lenet.table import Table
from lenet.trace import Row

KERAS = "3.15"
# Numbers that an optimizer keeps for each trainable one: `build` in keras/src/optimizers.
OPTIMIZERS = {"sgd": 0, "momentum": 1, "rmsprop": 1, "adagrad": 1, "adam": 2, "adamw": 2}


@dataclass(frozen=True)
class KerasParams:
    """What Keras's `summary()` prints below its table; `optimizer` once that is built."""

    trainable: int
    non_trainable: int
    optimizer: int = 0

    @property
    def total(self) -> int:
        """The summary's "Total params", the optimizer's numbers included."""
        return self.trainable + self.non_trainable + self.optimizer


def keras_params(network: Network, optimizer: str | None = None) -> KerasParams:
    """The parameters that Keras's summary prints, before or after training has begun.

    optimizer = copies * trainable + 2: the step and the rate are numbers as well.
    A rate that follows a schedule is none, and then there is 1 less.

    `optimizer` is a name in `OPTIMIZERS`, "momentum" being SGD with momentum, or
    None for a model that is not compiled or has not seen a batch. Raises
    ValueError for another name, TypeError for what is no network. Source: Keras
    3.15.1, utils/summary_utils.py, print_summary; optimizers/base_optimizer.py.

    >>> from lenet import LENET5_MODERN
    >>> keras_params(LENET5_MODERN, "adam")
    KerasParams(trainable=61706, non_trainable=0, optimizer=123414)
    >>> keras_params(LENET5_MODERN, "adam").total
    185120
    """
    rows = _rows(network)
    trainable, fixed = sum(row.parameters for row in rows), sum(row.fixed for row in rows)
    if optimizer is None:
        return KerasParams(trainable, fixed)
    _among("optimizer", optimizer, OPTIMIZERS)
    return KerasParams(trainable, fixed, OPTIMIZERS[optimizer] * trainable + 2)


def count(tool: str, network: Network, batch_size: int = 1) -> int:
    """The number that one tool gives for so many images: the sum over the layers.

    `tool` is a name in `lenet.counting.conventions.CONVENTIONS`. Raises NoRule, a
    ValueError, for a layer that the tool's rule does not cover; ValueError for
    another name; TypeError or ValueError for a batch size that is no whole number
    from 1, TypeError for what is no network.

    >>> from lenet import LENET5_MODERN
    >>> [count(tool, LENET5_MODERN) for tool in ("torchinfo", "fvcore", "thop")]
    [423038, 416520, 418125]
    """
    _among("tool", tool, CONVENTIONS)
    images, convention = whole("batch_size", batch_size), CONVENTIONS[tool]
    total = sum(_cost(convention, row) for row in _rows(network))
    return total * images if convention.batched else total


def counted(network: Network, batch_size: int = 1, optimizer: str | None = None) -> Table:
    """A row for each tool: its parameters, what it calls the work, and how much that is.

    `batch_size` images go in at once. `optimizer`, a name in `OPTIMIZERS`, adds
    what Keras prints once it is built. PyTorch's tools count weights and biases that are
    not trained too, and nothing else that is fixed. A tool without a rule for a layer says
    so in place of a number. Raises what `count` and `keras_params` raise, but for NoRule.

    >>> from lenet import LENET5_MODERN
    >>> counted(LENET5_MODERN, optimizer="adam").rows[-1]
    ('Keras 3.15, adam', 185120, None, None)
    """
    images = whole("batch_size", batch_size)
    keras = [(f"Keras {KERAS}", keras_params(network).total, None, None)]
    if optimizer is not None:
        total = keras_params(network, optimizer).total
        keras.append((f"Keras {KERAS}, {optimizer}", total, None, None))
    rows = [_told(tool, network, images) for tool in CONVENTIONS]
    headers = ("counted by", "parameters", "it calls it", f"images: {images:,}")
    return Table(headers, (*rows, *_printed(network), *keras))


def by_layer(network: Network, *tools: str) -> Table:
    """A row for each layer and a column for each tool, all tools if none is named.

    For one image; connections once for the network. Raises what `count` raises.

    >>> from lenet import LENET5_MODERN
    >>> by_layer(LENET5_MODERN, "macs", "thop").rows[1]
    ('S2', 0, 1176)
    """
    tools = tools or tuple(CONVENTIONS)
    sums = tuple(count(tool, network) for tool in tools)
    rows = [
        (row.name, *(_cost(CONVENTIONS[tool], row) for tool in tools)) for row in _rows(network)
    ]
    return Table(("name", *tools), (*rows, ("total", *sums)), has_total=True)


def _among(name: str, value, choices) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, got {value!r}")


def _rows(network: Network) -> tuple[Row, ...]:
    if not hasattr(network, "trace"):
        raise TypeError(f"network must be a Network, got {network!r}")
    return network.trace().rows


def _cost(convention: Convention, row: Row) -> int:
    try:
        if row.macs is None:  # Keras counts its parameters, nobody its work
            raise NoRule(row.layer.what)
        return convention.cost(row.layer, row)
    except NoRule as error:
        version = f"{convention.name} {convention.version}".strip()
        raise NoRule(f"layer {row.name!r}: {version} has no rule for {error}") from error


def _told(tool: str, network: Network, images: int) -> tuple:
    """A row of `counted`."""
    convention = CONVENTIONS[tool]
    version = convention.version.split(".post")[0]  # what follows is a date
    rows = _rows(network)
    of_pytorch = bool(convention.version)
    parameters = sum(row.weights + row.biases if of_pytorch else row.parameters for row in rows)
    try:
        number = count(tool, network, images)
    except NoRule as error:
        parameters, number = None, f"no rule for {error.__cause__}"
    return f"{convention.name} {version}".strip(), parameters, convention.calls_it, number


def _printed(network: Network) -> list[tuple]:
    """What the paper of 1998 has for this network, in thousands there; nothing explains it."""
    return [
        ("printed in 1998", 1000 * row.variables, "multiply-adds", 1000 * row.multiply_adds)
        for row in COMPARISON
        if row.network == network and row.multiply_adds and not row.inputs
    ]
