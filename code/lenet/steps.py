"""The steps of one layer: formula, the numbers put in, the result.

The letters along one axis: N pixels in, k taps of a kernel, K pixels that it
spans, S stride, D dilation, P padding of both sides together, O windows; r and
j are receptive field and jump of the layer before. Over both axes: H and W of
the output, C channels in, F filters, G groups, L links of a connection table,
U units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from string import Template

from lenet.arithmetic import dropped, effective_kernel, pad_widths
from lenet.early_layers import RBF, LocallyConnected2D, PartialConv2D, Subsampling2D
from lenet.layers import Conv2D, Dense, Flatten, Layer, Pooling2D
from lenet.network import Row, View
from lenet.table import written

# As plain text and as LaTeX; $N is the letter N in a formula, its number below.
FORMULAS = {
    "span": ("$D·($k - 1) + 1", r"$D \cdot ($k - 1) + 1"),
    "valid": ("floor(($N - $K) / $S) + 1", r"\left\lfloor\frac{$N - $K}{$S}\right\rfloor + 1"),
    "same": ("ceil($N / $S)", r"\left\lceil\frac{$N}{$S}\right\rceil"),
    "padding": (
        "max(($O - 1)·$S + $K - $N, 0)",
        r"\max(($O - 1) \cdot $S + $K - $N,\ 0)",
    ),
    "dropped": (
        "$N + $P - ($O - 1)·$S - $K",
        r"$N + $P - ($O - 1) \cdot $S - $K",
    ),
    "field": ("$r + ($K - 1)·$j", r"$r + ($K - 1) \cdot $j"),
    "grouped": ("$Kh·$Kw·($C / $G)·$F", r"$Kh \cdot $Kw \cdot \frac{$C}{$G} \cdot $F"),
    "unit biases": ("$H·$W·$F", r"$H \cdot $W \cdot $F"),
    "lines": ("$MACs + $H·$W·$F", r"$MACs + $H \cdot $W \cdot $F"),
    "subsampled": ("$H·$W·$C·($Kh·$Kw + 1)", r"$H \cdot $W \cdot $C \cdot ($Kh \cdot $Kw + 1)"),
    "sum": ("$weights + $biases", r"$weights + $biases"),
}
LATEX_LETTERS = {
    "Kh": "K_h",
    "Kw": "K_w",
    "weights": r"\text{weights}",
    "MACs": r"\text{MACs}",
    "biases": r"\text{biases}",
    "parameters": r"\text{parameters}",
}


@dataclass(frozen=True)
class Step:
    """One line of a derivation.

    `formula` and `numbers` are the same expression with letters and with this
    layer's numbers, `result` is what they come to; the last two are the LaTeX.
    """

    quantity: str
    formula: str
    numbers: str
    result: int
    latex_formula: str
    latex_numbers: str

    def __str__(self) -> str:
        parts = dict.fromkeys((self.formula, self.numbers, written(self.result)))
        return f"{self.quantity}: {' = '.join(parts)}"

    @property
    def latex(self) -> str:
        """The quantity, below it the formula, below that the numbers and the result.

        Set below each other, so that a line fits the width of a phone.
        """
        result = written(self.result).replace(",", "{,}")
        if self.formula == self.numbers:
            return rf"& \text{{{self.quantity}}} = \mathbf{{{result}}}"
        numbers = "" if self.latex_numbers == result else f"{self.latex_numbers} ="
        return (
            rf"& \text{{{self.quantity}}} \\ & \quad = {self.latex_formula} \\ "
            rf"& \quad = {numbers} \mathbf{{{result}}}"
        )


@singledispatch
def steps_of(layer: Layer, row: Row, view: View) -> Iterator[Step]:
    """The steps of a layer: its row of a trace, and the view of the layer before.

    Raises NotImplementedError for a kind of layer that has no derivation.
    """
    raise NotImplementedError(f"no derivation is known for {type(layer).__name__}")


@steps_of.register
def _(layer: Conv2D, row: Row, view: View) -> Iterator[Step]:
    height, width, filters = row.output_shape
    yield from _shape_steps(layer, row, layer.kernel_size, layer.dilation_rate)
    kernel = dict(zip(("Kh", "Kw"), layer.kernel_size, strict=True))
    channels = row.input_shape[2]
    if layer.groups == 1:
        yield _product("weights", row.weights, **kernel, C=channels, F=filters)
    else:
        numbers = {**kernel, "C": channels, "G": layer.groups, "F": filters}
        yield _step("weights", "grouped", row.weights, **numbers)
    yield _bias_step(row, F=filters)
    yield _step("parameters", "sum", row.parameters, weights=row.weights, biases=row.biases)
    yield _product("connections", row.connections, H=height, W=width, parameters=row.parameters)
    yield _product("MACs", row.macs, H=height, W=width, weights=row.weights)
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: Pooling2D, row: Row, view: View) -> Iterator[Step]:
    height, width, channels = row.output_shape
    yield from _shape_steps(layer, row, layer.pool_size, (1, 1))
    yield _none("parameters")
    kernel = dict(zip(("Kh", "Kw"), layer.pool_size, strict=True))
    yield _product("connections", row.connections, H=height, W=width, C=channels, **kernel)
    yield _none("MACs")
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: PartialConv2D, row: Row, view: View) -> Iterator[Step]:
    height, width, filters = row.output_shape
    yield from _shape_steps(layer, row, layer.kernel_size, (1, 1))
    kernel = dict(zip(("Kh", "Kw"), layer.kernel_size, strict=True))
    yield _product("weights", row.weights, **kernel, L=layer.links)
    units = {"H": height, "W": width, "F": filters}
    if layer.shared_bias:
        yield _bias_step(row, F=filters)
    else:
        yield _step("biases", "unit biases", row.biases, **units)
    yield _step("parameters", "sum", row.parameters, weights=row.weights, biases=row.biases)
    yield _product("MACs", row.macs, H=height, W=width, weights=row.weights)
    yield _step("connections", "lines", row.connections, MACs=row.macs, **units)
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: LocallyConnected2D, row: Row, view: View) -> Iterator[Step]:
    height, width, filters = row.output_shape
    yield from _shape_steps(layer, row, layer.kernel_size, (1, 1))
    kernel = dict(zip(("Kh", "Kw"), layer.kernel_size, strict=True))
    units = {"H": height, "W": width, "F": filters}
    sizes = {"H": height, "W": width, **kernel, "C": row.input_shape[2], "F": filters}
    yield _product("weights", row.weights, **sizes)
    yield _product("biases", row.biases, **units)
    yield _step("parameters", "sum", row.parameters, weights=row.weights, biases=row.biases)
    yield _product("MACs", row.macs, weights=row.weights)
    yield _step("connections", "lines", row.connections, MACs=row.macs, **units)
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: Subsampling2D, row: Row, view: View) -> Iterator[Step]:
    height, width, channels = row.output_shape
    yield from _shape_steps(layer, row, layer.pool_size, (1, 1))
    yield _product("weights", row.weights, C=channels)
    yield _product("biases", row.biases, C=channels)
    yield _step("parameters", "sum", row.parameters, weights=row.weights, biases=row.biases)
    numbers = {"H": height, "W": width, "C": channels}
    numbers |= dict(zip(("Kh", "Kw"), layer.pool_size, strict=True))
    yield _step("connections", "subsampled", row.connections, **numbers)
    yield _none("MACs")
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: RBF, row: Row, view: View) -> Iterator[Step]:
    sizes = {"N": row.input_shape[0], "U": layer.units}
    yield _none("parameters")
    for quantity, result in (
        ("fixed", row.fixed), ("connections", row.connections), ("MACs", row.macs)
    ):  # fmt: skip
        yield _product(quantity, result, **sizes)
    yield from _view_steps(row, view)


@steps_of.register
def _(layer: Flatten, row: Row, view: View) -> Iterator[Step]:
    names = ("H", "W", "C") if len(row.input_shape) == 3 else ("N",)
    sizes = dict(zip(names, row.input_shape, strict=True))
    yield _product("features", row.output_shape[0], **sizes)
    yield _none("parameters")
    yield _none("MACs")


@steps_of.register
def _(layer: Dense, row: Row, view: View) -> Iterator[Step]:
    sizes = {"N": row.input_shape[0], "U": layer.units}
    yield _product("weights", row.weights, **sizes)
    yield _bias_step(row, U=layer.units)
    yield _step("parameters", "sum", row.parameters, weights=row.weights, biases=row.biases)
    yield _step("connections", "sum", row.connections, weights=row.weights, biases=row.biases)
    yield _product("MACs", row.macs, **sizes)
    yield from _view_steps(row, view)


def _shape_steps(layer: Layer, row: Row, taps, dilation) -> Iterator[Step]:
    """Kernel span, output size, padding and dropped pixels, where there are any."""
    axes = [
        _axis(layer, *of_axis)
        for of_axis in zip(row.input_shape, row.output_shape, taps, layer.strides, dilation)  # noqa: B905
    ]
    for axis, numbers in _told_apart(axes, ("height", "width"), "height and width"):
        if numbers["D"] > 1:
            yield _step(f"kernel span, {axis}", "span", numbers["K"], **numbers)
        yield _step(f"output {axis}", layer.padding, numbers["O"], **numbers)
        if layer.padding == "same":
            yield _step(f"padding, {axis}", "padding", numbers["P"], **numbers)
    for axis, numbers in _told_apart(axes, ("rows", "columns"), "rows and columns"):
        if numbers["dropped"]:
            yield _step(f"dropped {axis}", "dropped", numbers["dropped"], **numbers)


def _axis(layer: Layer, size: int, windows: int, taps: int, stride: int, dilation: int) -> dict:
    how = (size, taps, stride, layer.padding, dilation)
    return {
        "N": size,
        "k": taps,
        "K": effective_kernel(taps, dilation),
        "S": stride,
        "D": dilation,
        "P": sum(pad_widths(*how)),
        "O": windows,
        "dropped": dropped(*how),
    }


def _view_steps(row: Row, view: View) -> Iterator[Step]:
    """Receptive field and jump, from those of the layer before."""
    after = view.through(row.layer, row.output_shape)
    axes = [
        {"r": field, "j": jump, "K": kernel, "S": stride, "field": wider, "jump": longer}
        for field, jump, kernel, stride, wider, longer in zip(
            view.fields, view.jumps, *row.layer.window(view.extent), after.fields, after.jumps,
            strict=True,
        )
    ]  # fmt: skip
    for axis, numbers in _told_apart(axes, (", height", ", width"), ""):
        yield _step(f"receptive field{axis}", "field", numbers["field"], **numbers)
        yield _product(f"jump{axis}", numbers["jump"], j=numbers["j"], S=numbers["S"])


def _told_apart(axes: list[dict], names: tuple[str, str], both: str) -> list[tuple[str, dict]]:
    """Each axis with its name, or once where the two have the same numbers."""
    if all(axis == axes[0] for axis in axes):
        return [(both, axes[0])]
    return list(zip(names, axes, strict=True))


def _step(quantity: str, formula: str, result: int, **numbers: int) -> Step:
    return _filled(quantity, *FORMULAS[formula], result, numbers)


def _product(quantity: str, result: int, **numbers: int) -> Step:
    factors = [f"${name}" for name in numbers]
    return _filled(quantity, "·".join(factors), r" \cdot ".join(factors), result, numbers)


def _bias_step(row: Row, **units: int) -> Step:
    return _product("biases", row.biases, **units) if row.biases else _none("biases")


def _none(quantity: str) -> Step:
    return _filled(quantity, "0", "0", 0, {})


def _filled(quantity: str, text: str, latex: str, result: int, numbers: dict) -> Step:
    letters = {name: name for name in numbers}
    return Step(
        quantity,
        Template(text).substitute(letters),
        Template(text).substitute(numbers),
        result,
        Template(latex).substitute(letters | LATEX_LETTERS),
        Template(latex).substitute(numbers),
    )
