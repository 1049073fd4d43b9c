"""What layers ask of their arguments and of the shape that comes in."""

from math import prod

from lenet.arithmetic import output_size, whole

Shape = tuple[int, ...]
Pair = tuple[int, int]


def settle(layer, *names: str, change) -> None:
    """Put changed arguments in the place of those that were given."""
    for name in names:
        object.__setattr__(layer, name, change(name, getattr(layer, name)))


def pair(name: str, value) -> Pair:
    """One number for both axes, or (height, width), as (height, width)."""
    values = (value, value) if not isinstance(value, (tuple, list)) else tuple(value)
    if len(values) != 2:
        raise ValueError(f"{name} must be one number or (height, width), got {value!r}")
    return whole(name, values[0]), whole(name, values[1])


def check_choices(layer) -> None:
    """Raise for a padding, a use_bias or an activation that no layer knows."""
    padding = getattr(layer, "padding", "valid")
    if padding not in ("valid", "same"):
        raise ValueError(f'padding must be "valid" or "same", got {padding!r}')
    if not isinstance(getattr(layer, "use_bias", True), bool):
        raise TypeError(f"use_bias must be True or False, got {layer.use_bias!r}")
    if not isinstance(getattr(layer, "activation", None), str | None):
        raise TypeError(f"activation must be a name or None, got {layer.activation!r}")


def map_only(layer, input_shape: Shape) -> None:
    """Raise where a layer of maps is given something flat."""
    if len(input_shape) != 3:
        raise ValueError(
            f"{type(layer).__name__} needs a map (height, width, channels), got {input_shape}"
        )


def map_sides(
    layer, input_shape: Shape, windows: Pair, dilation: Pair = (1, 1), called: str = "kernel_size"
) -> Pair:
    """(Hout, Wout) of a layer whose windows move by its strides under its padding."""
    height, width = (
        output_size(n, k, s, layer.padding, d, called=called)
        for n, k, s, d in zip(input_shape, windows, layer.strides, dilation, strict=False)
    )
    return height, width


def flat_only(layer, input_shape: Shape) -> None:
    """Raise where a layer of units is given a map."""
    if len(input_shape) != 1:
        raise ValueError(
            f"{type(layer).__name__} needs a flat input (features,), got the map {input_shape}: "
            f"put a Flatten before it ({' * '.join(map(str, input_shape))} = {prod(input_shape)})"
        )
