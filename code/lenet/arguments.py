"""What layers ask of their arguments and of the shape that comes in."""

from functools import lru_cache
from math import prod

from lenet.arithmetic import output_size, whole

Shape = tuple[int, ...]
# A trace asks a layer for its shape several times, and height and width are mostly alike.
_windows = lru_cache(maxsize=1024, typed=True)(output_size)

AXES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}
PADDINGS = ("valid", "same")


def settle(layer, *names: str, change) -> None:
    """Put changed arguments in the place of those that were given."""
    for name in names:
        object.__setattr__(layer, name, change(name, getattr(layer, name)))


def settle_axes(layer, *names: str, minimum: int = 1) -> None:
    """Make these arguments one number an axis."""
    settle(layer, *names, change=lambda name, value: each_axis(name, value, layer.rank, minimum))


def each_axis(name: str, value, rank: int = 2, minimum: int = 1) -> Shape:
    """One number for all axes, or one for each, as one for each.

    >>> each_axis("kernel_size", 5), each_axis("kernel_size", (3, 5))
    ((5, 5), (3, 5))
    """
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank
    if len(values) != rank:
        raise ValueError(f"{name} must be one number or ({', '.join(AXES[rank])}), got {value!r}")
    return tuple(whole(name, number, minimum) for number in values)


def sides_of_axes(name: str, value, rank: int) -> tuple[tuple[int, int], ...]:
    """(before, after) for each axis, from one number, one an axis, or such pairs.

    >>> sides_of_axes("padding", 2, rank=2), sides_of_axes("padding", ((0, 1), 3), rank=2)
    (((2, 2), (2, 2)), ((0, 1), (3, 3)))
    """
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank
    if rank == 1 and len(values) == 2 and not isinstance(values[0], (tuple, list)):
        values = (values,)
    if len(values) != rank:
        raise ValueError(f"{name} must be one number or one for each of {rank} axes, got {value!r}")
    pairs = [tuple(side) if isinstance(side, (tuple, list)) else (side, side) for side in values]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{name} must have two sides an axis, got {value!r}")
    return tuple((whole(name, a, minimum=0), whole(name, b, minimum=0)) for a, b in pairs)


def check_choices(layer, paddings: tuple[str, ...] = PADDINGS) -> None:
    """Raise for a padding, a use_bias or an activation that no layer knows."""
    padding = getattr(layer, "padding", "valid")
    if padding not in paddings:
        known = " or ".join(f'"{word}"' for word in paddings)
        raise ValueError(f"padding must be {known}, got {padding!r}")
    check_flags(layer, "use_bias")
    if not isinstance(getattr(layer, "activation", None), str | None):
        raise TypeError(f"activation must be a name or None, got {layer.activation!r}")


def check_flags(layer, *names: str) -> None:
    """Raise for what should be True or False and is not."""
    for name in names:
        value = getattr(layer, name, True)
        if not isinstance(value, bool):
            raise TypeError(f"{name} must be True or False, got {value!r}")


def map_only(layer, input_shape: Shape) -> None:
    """Raise where a layer of maps is given something flat, or maps of other axes."""
    if len(input_shape) != layer.rank + 1:
        wanted = ", ".join((*AXES[layer.rank], "channels"))
        raise ValueError(f"{type(layer).__name__} needs a map ({wanted}), got {input_shape}")


def map_sides(
    layer, input_shape: Shape, windows: Shape, dilation: Shape, called: str = "kernel_size"
) -> Shape:
    """The sides that come out of a layer whose windows move by its strides under its padding."""
    return tuple(
        _windows(n, k, s, layer.padding, d, called=called)
        for n, k, s, d in zip(input_shape, windows, layer.strides, dilation, strict=False)
    )


def flat_only(layer, input_shape: Shape) -> None:
    """Raise where a layer of units is given a map."""
    if len(input_shape) != 1:
        raise ValueError(
            f"{type(layer).__name__} needs a flat input (features,), got the map {input_shape}: "
            f"put a Flatten before it ({' * '.join(map(str, input_shape))} = {prod(input_shape)})"
        )


def axis_from_end(name: str, axis: int, input_shape: Shape) -> int:
    """The size along an axis that is counted from the end; -1 are the channels.

    Raises ValueError for an axis that the shape does not have.
    """
    if not -len(input_shape) <= axis < 0:
        raise ValueError(
            f"{name} must be from {-len(input_shape)} to -1 for {input_shape}, got {axis}"
        )
    return input_shape[axis]
