"""A network's table and derivations as text, Markdown, LaTeX and JSON."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from itertools import pairwise

from lenet.derivation import LayerDerivation, derive
from lenet.network import Network
from lenet.steps import lines
from lenet.table import Table
from lenet.trace import SHOWN, SUMMED


def without_biases(network: Network) -> Network:
    """The same network with no bias in any layer that can do without.

    >>> from lenet.architectures import POST_TABLE
    >>> without_biases(POST_TABLE).trace().total.parameters
    33058
    """
    layers = [layer.without_bias() for layer in network.layers]
    return replace(network, layers=layers)


def shown(network: Network, style: str = "text", key: bool = False) -> str:
    """The table and the steps of every layer, and with `key` what their letters stand for.

    `style` is "text", "markdown", "latex" or "json". Raises ValueError for another, and for
    the key of JSON, whose formulas are for programs.

    >>> from lenet.architectures import LENET5_MODERN
    >>> "weights: Kh·Kw·C·F = 5·5·1·6 = 150" in shown(LENET5_MODERN)
    True
    """
    _check_style(style)
    if not key:
        return STYLES[style](network)
    if style not in TABLES:
        raise ValueError(f"the key of the letters is for people to read; not in {style}")
    return f"{STYLES[style](network)}\n\n{TABLES[style](derive(network).key())}"


def compared(one: Network, other: Network, style: str = "text") -> str:
    """The sums of two networks side by side, and the second as a multiple of the first.

    >>> from lenet.architectures import POST_FNN, POST_TABLE
    >>> print(compared(POST_TABLE, POST_FNN).splitlines()[4])
    parameters               33,090           122,890     3.71
    """
    _check_style(style)
    totals = [network.trace().total for network in (one, other)]
    if style == "json":
        names = (one.name, other.name)
        return json.dumps(
            [{"name": name, **asdict(total)} for name, total in zip(names, totals, strict=True)],
            indent=2,
        )
    rows = [(key, *(total.written(key) for total in totals)) for key in SUMMED]
    cells = tuple((key, a, b, _ratio(a, b)) for key, a, b in rows)
    return TABLES[style](Table(("sum", one.name, other.name, "ratio"), cells))


def ledger(networks: Iterable[Network]) -> Table:
    """The parameters of networks that come from each other, and the step to each.

    A network is named after what changes in it.

    >>> from lenet.architectures import LENET5_LEDGER
    >>> print(ledger(LENET5_LEDGER[:2]))
    what changes                    step      parameters
    ------------------------------  ------  ------------
    LeNet-5 of 1998                               60,000
    subsampling without parameters  -44           59,956
    """
    networks = tuple(networks)
    counts = [network.trace().total.parameters for network in networks]
    steps = ("", *(f"{after - before:+,}" for before, after in pairwise(counts)))
    names = (network.name for network in networks)
    rows = tuple(zip(names, steps, counts, strict=True))
    return Table(("what changes", "step", "parameters"), rows)


def _ratio(one: int | str, other: int | str) -> float | None:
    """None where there is none, and where a sum is only known to be at least so much."""
    return other / one if one and isinstance(one, int) and isinstance(other, int) else None


def _check_style(style: str) -> None:
    if style not in STYLES:
        raise ValueError(f"no format {style!r}; there are {', '.join(STYLES)}")


def _text(network: Network) -> str:
    return f"{network.name}\n{_trace(network)}\n\n{derive(network)}"


def _markdown(network: Network) -> str:
    parts = [f"# {network.name}", _trace(network).to_markdown()]
    for layer in derive(network):
        parts += [f"## {layer.title}", "\n".join(f"- {line.text}" for line in lines(layer.steps))]
        parts += [layer.row.layer.note] if layer.row.layer.note else []
    return "\n\n".join(parts)


def _latex(network: Network) -> str:
    derivation = derive(network)._repr_latex_().removeprefix("$$").removesuffix("$$")
    return f"{_trace(network).to_latex()}\n\n\\[{derivation}\\]"


def _json(network: Network) -> str:
    data = {
        "name": network.name,
        "input_shape": network.input_shape,
        "layers": [_entry(layer) for layer in derive(network)],
        "total": asdict(network.trace().total),
    }
    return json.dumps(data, indent=2)


def _entry(layer: LayerDerivation) -> dict:
    """A layer for JSON, with an entry for each step, so that none hides behind another."""
    row = layer.row
    shown = ("input_shape", "output_shape", *SUMMED, "receptive_field")
    parts = ("quantity", "formula", "numbers", "result")
    return {
        "name": row.name,
        "layer": row.layer.kind,
        **{key: getattr(row, key) for key in shown},
        "steps": [{part: getattr(step, part) for part in parts} for step in layer.steps],
    }


def _trace(network: Network) -> Table:
    """The usual columns, and one of fixed numbers where there are any."""
    *shown, macs, field = SHOWN
    trace = network.trace()
    return trace.table(*shown, *["fixed"] * bool(trace.total.fixed), macs, field)


TABLES = {"text": repr, "markdown": Table.to_markdown, "latex": Table.to_latex}
STYLES: dict[str, Callable[[Network], str]] = {
    "text": _text, "markdown": _markdown, "latex": _latex, "json": _json,
}  # fmt: skip
