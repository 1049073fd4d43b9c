"""The lines of a derivation that many layers share; the letters are those of `letters`."""

from collections.abc import Iterable, Iterator

from lenet.arithmetic import dropped, effective_kernel, pad_widths
from lenet.layers.arguments import AXES, Shape
from lenet.layers.base import Window, WindowLayer
from lenet.steps.step import Step, of_axes, step
from lenet.trace import Row
from lenet.view import Axis

OUTPUT = {
    "valid": "floor((N - K) / S) + 1",
    "same": "ceil(N / S)",
    "causal": "ceil(N / S)",
}
PADDING = {"same": "max((O - 1)*S + K - N, 0)", "causal": "K - 1"}
SPAN = "D*(k - 1) + 1"
DROPPED = "N + P - (O - 1)*S - K"
FIELD, JUMP = "r + (K - 1)*j", "j*S"
MAP_LETTERS = {1: ("T",), 2: ("H", "W"), 3: ("Z", "H", "W")}
SEEN = ("receptive field{}", "jump{}")
LINES = {"height": "rows", "width": "columns"}  # what is left over along an axis


def window_steps(layer: WindowLayer, row: Row) -> Iterator[Step]:
    """Kernel span, output size, padding and dropped pixels, where there are any."""
    names = AXES[layer.rank]
    axes = [
        _axis(layer, *of_axis)
        for of_axis in zip(
            row.input_shape, row.output_shape, layer.taps, layer.strides, layer.dilation,
            strict=False,
        )
    ]  # fmt: skip
    if max(layer.dilation) > 1:
        yield from of_axes("kernel span, {}", SPAN, axes, names)
    yield from of_axes("output {}", OUTPUT[layer.padding], axes, names)
    if layer.padding != "valid":
        yield from of_axes("padding, {}", PADDING[layer.padding], axes, names)
    for axis, numbers in zip(names, axes, strict=True):
        if numbers["dropped"]:
            yield step("dropped {}", DROPPED, numbers, LINES.get(axis, axis))


def _axis(layer: WindowLayer, size: int, out: int, taps: int, stride: int, dilation: int) -> dict:
    how = (size, taps, stride, layer.padding, dilation)
    return {
        "N": size,
        "k": taps,
        "K": effective_kernel(taps, dilation),
        "S": stride,
        "D": dilation,
        "P": sum(pad_widths(*how)),
        "O": out,
        "dropped": dropped(*how),
    }


def same_shape_steps(row: Row) -> Iterator[Step]:
    """Every side as it comes in."""
    names, sides = side_names(row.output_shape), [{"N": side} for side in row.output_shape]
    return iter(of_axes("output {}", "N", sides, names))


def counted(
    row: Row, *, weights: str, biases: str, macs: str, connections: str, activations: str,
    fixed: str = "", **numbers: int,
) -> Iterator[Step]:  # fmt: skip
    """The numbers of a row, each by its formula, and last what its units see.

    A formula may have the words weights, biases, parameters and MACs for what came
    before. `fixed` is left out where there are no such numbers.
    """
    known = dict(numbers)

    def next_one(quantity: str, source: str) -> Step:
        made = step(quantity, source, known)
        known[quantity] = made.result
        return made

    yield next_one("weights", weights)
    yield next_one("biases", biases)
    own = "weights + biases" if known["weights"] + known["biases"] else "0"
    yield next_one("parameters", own if row.layer.trainable else "0")
    if not row.layer.trainable and own != "0":
        fixed = f"{fixed} + {own}" if fixed else own
    if fixed:
        yield next_one("fixed", fixed)
    yield next_one("MACs", macs)
    yield next_one("connections", connections)
    yield next_one("activations", activations)
    yield from view_steps(row)


def view_steps(row: Row) -> Iterator[Step]:
    """Receptive field and jump, where they are known and change."""
    if row.seen is None:
        return
    axes = len(row.seen.axes)
    names = tuple(f", {name}" for name in AXES[axes]) if axes > 1 else ("",)
    inputs = list(zip(*(view.axes for view in row.before), strict=True))
    windows = row.before[0].windows(row.layer, row.input_shape)
    for pattern, of_axis in zip(SEEN, (_field, _jump), strict=True):
        for name, came, window, seen in zip(names, inputs, windows, row.seen.axes, strict=True):
            yield from of_axis(pattern, name, came, window, seen)


def _field(
    pattern: str, name: str, came: tuple[Axis, ...], window: Window, seen: Axis
) -> Iterator[Step]:
    if all(axis.field == seen.field for axis in came):
        return
    if len(came) == 1:
        numbers = {"r": came[0].field, "K": window.size, "j": came[0].jump}
        yield step(pattern, FIELD, numbers, name)
        return
    first = {f"s{n}": axis.start for n, axis in enumerate(came, 1)}
    last = {f"e{n}": axis.end for n, axis in enumerate(came, 1)}
    yield step(
        pattern, f"max({', '.join(last)}) - min({', '.join(first)})", {**first, **last}, name
    )


def _jump(
    pattern: str, name: str, came: tuple[Axis, ...], window: Window, seen: Axis
) -> Iterator[Step]:
    if all(axis.jump == seen.jump for axis in came):
        return
    if not seen.jump:  # all units see the same
        yield step(pattern, "0", {}, name)
    elif len(came) == 1:
        yield step(pattern, JUMP, {"j": came[0].jump, "S": window.stride}, name)
    else:
        yield step(pattern, "j", {"j": seen.jump}, name)


def product(letters: Iterable[str]) -> str:
    """The formula that multiplies all these letters; 1 where there is none."""
    return "*".join(letters) or "1"


def map_sizes(shape: Shape, small: bool = False) -> dict[str, int]:
    """The sides of a map by their letters, without channels: H and W; h and w where small."""
    letters = MAP_LETTERS.get(len(shape) - 1, ())
    return dict(zip(map(str.lower, letters) if small else letters, shape, strict=False))


def kernel_sizes(taps: Shape, letter: str = "K") -> dict[str, int]:
    """The sides of a kernel by their letters, Kh and Kw."""
    names = MAP_LETTERS[len(taps)]
    return {f"{letter}{name.lower()}": n for name, n in zip(names, taps, strict=True)}


def all_sizes(shape: Shape, channels: str = "C") -> dict[str, int]:
    """All sides of a shape by their letters: H, W and C, N of something flat, else N1, N2, ..."""
    if len(shape) == 1:
        return {"N": shape[0]}
    if len(shape) - 1 in MAP_LETTERS:
        return {**map_sizes(shape), channels: shape[-1]}
    return {f"N{n}": side for n, side in enumerate(shape, 1)}


def side_names(shape: Shape) -> tuple[str, ...]:
    """What the sides of a shape are called: height, width, channels; features."""
    if len(shape) == 1:
        return ("features",)
    if len(shape) - 1 in AXES:
        return (*AXES[len(shape) - 1], "channels")
    return tuple(f"side {n}" for n in range(1, len(shape) + 1))
