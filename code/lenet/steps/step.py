"""One line of a derivation, and the lines that many layers share.

The letters along one axis: N pixels in, k taps of a kernel, K pixels that it
spans, S stride, D dilation, P padding of both sides together, O windows; r and
j are receptive field and jump of the layer before. Over all axes: H and W of
the output (T for steps, Z for depth), the same small for what comes in, C
channels in, F filters, G groups, M kernels a channel, L links of a connection
table, U units, V values, I inputs, Lh and Lw the pixels of all windows along an axis.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Template

from lenet.arguments import AXES, Shape
from lenet.arithmetic import dropped, effective_kernel, pad_widths
from lenet.layers import Layer
from lenet.network import Row
from lenet.table import written

# As plain text and as LaTeX; $N is the letter N in a formula, its number below.
FORMULAS = {
    "span": ("$D·($k - 1) + 1", r"$D \cdot ($k - 1) + 1"),
    "valid": ("floor(($N - $K) / $S) + 1", r"\left\lfloor\frac{$N - $K}{$S}\right\rfloor + 1"),
    "same": ("ceil($N / $S)", r"\left\lceil\frac{$N}{$S}\right\rceil"),
    "causal": ("ceil($N / $S)", r"\left\lceil\frac{$N}{$S}\right\rceil"),
    "padding, same": (
        "max(($O - 1)·$S + $K - $N, 0)",
        r"\max(($O - 1) \cdot $S + $K - $N,\ 0)",
    ),
    "padding, causal": ("$K - 1", "$K - 1"),
    "dropped": (
        "$N + $P - ($O - 1)·$S - $K",
        r"$N + $P - ($O - 1) \cdot $S - $K",
    ),
    "field": ("$r + ($K - 1)·$j", r"$r + ($K - 1) \cdot $j"),
    "subsampled": ("$H·$W·$C·($Kh·$Kw + 1)", r"$H \cdot $W \cdot $C \cdot ($Kh \cdot $Kw + 1)"),
    "transposed, valid": (
        "($N - 1)·$S + max($K, $S)",
        r"($N - 1) \cdot $S + \max($K,\ $S)",
    ),
    "transposed, same": ("$N·$S", r"$N \cdot $S"),
    "transposed, valid, longer": ("($N - 1)·$S + $K + $A", r"($N - 1) \cdot $S + $K + $A"),
    "transposed, same, longer": (
        "($N - 1)·$S + $K % 2 + $A",
        r"($N - 1) \cdot $S + $K \bmod 2 + $A",
    ),
    "longer": ("$N + $A + $B", "$N + $A + $B"),
    "shorter": ("$N - $A - $B", "$N - $A - $B"),
    "sum": ("$weights + $biases", r"$weights + $biases"),
}
MAP_LETTERS = {1: ("T",), 2: ("H", "W"), 3: ("Z", "H", "W")}
LATEX_LETTERS = {
    **{f"{name}{axis}": f"{name}_{axis}" for name in "KL" for axis in "hwtz"},
    "weights": r"\text{weights}",
    "MACs": r"\text{MACs}",
    "biases": r"\text{biases}",
    "parameters": r"\text{parameters}",
    "numbers": r"\text{numbers}",
    "depthwise": r"\text{depthwise}",
    "pointwise": r"\text{pointwise}",
    "lines": r"\text{lines}",
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
        numbers = written(self.result) if self._is_plain else self.numbers
        parts = dict.fromkeys((self.formula, numbers, written(self.result)))
        return f"{self.quantity}: {' = '.join(parts)}"

    @property
    def _is_plain(self) -> bool:
        """Whether the numbers are the result already, as of one factor."""
        return self.numbers == str(self.result)

    @property
    def latex(self) -> str:
        """The quantity, below it the formula, below that the numbers and the result.

        Set below each other, so that a line fits the width of a phone.
        """
        result = written(self.result).replace(",", "{,}")
        if self.formula == self.numbers:
            return rf"& \text{{{self.quantity}}} = \mathbf{{{result}}}"
        numbers = "" if self._is_plain else f"{self.latex_numbers} ="
        return (
            rf"& \text{{{self.quantity}}} \\ & \quad = {self.latex_formula} \\ "
            rf"& \quad = {numbers} \mathbf{{{result}}}"
        )


def shape_steps(layer: Layer, row: Row, taps: Shape, dilation: Shape) -> Iterator[Step]:
    """Kernel span, output size, padding and dropped pixels, where there are any."""
    names = AXES[layer.rank]
    axes = [
        _axis(layer, *of_axis)
        for of_axis in zip(
            row.input_shape, row.output_shape, taps, layer.strides, dilation, strict=False
        )
    ]
    for axis, numbers in told_apart(axes, names):
        if numbers["D"] > 1:
            yield step(f"kernel span, {axis}", "span", numbers["K"], **numbers)
        yield step(f"output {axis}", layer.padding, numbers["O"], **numbers)
        if layer.padding != "valid":
            yield step(f"padding, {axis}", f"padding, {layer.padding}", numbers["P"], **numbers)
    lines = tuple({"height": "rows", "width": "columns"}.get(name, name) for name in names)
    for axis, numbers in told_apart(axes, lines):
        if numbers["dropped"]:
            yield step(f"dropped {axis}", "dropped", numbers["dropped"], **numbers)


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


def view_steps(row: Row) -> Iterator[Step]:
    """Receptive field and jump, from those of the layer before; none where none is known."""
    if row.receptive_field is None:
        return
    before, after = row.before, row.before.through(row.layer, row.output_shape)
    axes = [
        {"r": field, "j": jump, "K": kernel, "S": stride, "field": wider, "jump": longer}
        for field, jump, kernel, stride, wider, longer in zip(
            before.fields, before.jumps, *before.window(row.layer, row.output_shape),
            after.fields, after.jumps, strict=True,
        )
    ]  # fmt: skip
    names = tuple(f", {name}" for name in AXES[len(axes)])
    for axis, numbers in told_apart(axes, names, ""):
        yield step(f"receptive field{axis}", "field", numbers["field"], **numbers)
        yield product(f"jump{axis}", numbers["jump"], j=numbers["j"], S=numbers["S"])


def parameter_steps(row: Row, **units: int) -> Iterator[Step]:
    """Biases, one for each of `units`, and their sum with the weights."""
    yield product("biases", row.biases, **units) if row.biases else none("biases")
    yield from sum_steps(row)


def sum_steps(row: Row) -> Iterator[Step]:
    """Weights and biases together: parameters, or fixed where they are not trained."""
    both = {"weights": row.weights, "biases": row.biases}
    total = row.weights + row.biases
    if row.layer.trainable:
        yield step("parameters", "sum", total, **both)
        return
    yield none("parameters")
    yield step("not trained", "sum", total, **both)


def line_steps(row: Row, **units: int) -> Step:
    """Connections: MACs, and a bias line for each unit where there are biases."""
    if not row.biases:
        return product("connections", row.connections, MACs=row.macs)
    text, latex = factors(units)
    return filled(
        "connections", f"$MACs + {text}", f"$MACs + {latex}", row.connections,
        {"MACs": row.macs, **units},
    )  # fmt: skip


def map_sizes(shape: Shape, small: bool = False) -> dict[str, int]:
    """The sides of a map by their letters, without channels: H and W; h and w where small."""
    letters = MAP_LETTERS[len(shape) - 1]
    return dict(zip(map(str.lower, letters) if small else letters, shape, strict=False))


def kernel_sizes(taps: Shape) -> dict[str, int]:
    """The sides of a kernel by their letters, Kh and Kw."""
    return {f"K{name.lower()}": n for name, n in zip(MAP_LETTERS[len(taps)], taps, strict=True)}


def all_sizes(shape: Shape) -> dict[str, int]:
    """All sides of a shape by their letters: H, W and C, N of something flat, else N1, N2, ..."""
    if len(shape) == 1:
        return {"N": shape[0]}
    if len(shape) - 1 in MAP_LETTERS:
        return {**map_sizes(shape), "C": shape[-1]}
    return {f"N{n}": side for n, side in enumerate(shape, 1)}


def told_apart(
    axes: list[dict], names: tuple[str, ...], together: str | None = None
) -> list[tuple[str, dict]]:
    """Each axis with its name, or once, with all names, where all have the same numbers."""
    if all(axis == axes[0] for axis in axes):
        listed = " and ".join(", ".join(names).rsplit(", ", 1))
        return [(listed if together is None else together, axes[0])]
    return list(zip(names, axes, strict=True))


def step(quantity: str, formula: str, result: int, **numbers: int) -> Step:
    """A step by one of the `FORMULAS`."""
    return filled(quantity, *FORMULAS[formula], result, numbers)


def product(quantity: str, result: int, **numbers: int) -> Step:
    """A step that multiplies all these numbers."""
    return filled(quantity, *factors(numbers), result, numbers)


def none(quantity: str) -> Step:
    """A quantity that is 0 for this kind of layer."""
    return filled(quantity, "0", "0", 0, {})


def filled(quantity: str, text: str, latex: str, result: int, numbers: dict[str, int]) -> Step:
    """A step from its formula as plain text and as LaTeX, with $N for the letter N."""
    letters = {name: name for name in numbers}
    subscripts = {name: f"{name[0]}_{name[1:]}" for name in numbers if name[1:].isdigit()}
    return Step(
        quantity,
        Template(text).substitute(letters),
        Template(text).substitute(numbers),
        result,
        Template(latex).substitute(letters | LATEX_LETTERS | subscripts),
        Template(latex).substitute(numbers),
    )


def factors(numbers: dict[str, int]) -> tuple[str, str]:
    """The product of these letters as plain text and as LaTeX."""
    names = [f"${name}" for name in numbers]
    return "·".join(names), r" \cdot ".join(names)
