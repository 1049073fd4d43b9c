"""What layers ask of their arguments: whole numbers, an axis or all, names that are known."""

from difflib import get_close_matches

from lenet.arithmetic import whole

Shape = tuple[int, ...]
Shapes = tuple[Shape, ...]

AXES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}
ACTIVATIONS = (  # Keras's, and the paper's squashing function; glu halves the channels
    "celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu",
    "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
    "relu", "relu6", "scaled_tanh", "selu", "sigmoid", "silu", "soft_shrink", "softmax",
    "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus",
    "swish", "tanh", "tanh_shrink", "threshold",
)  # fmt: skip


def checked_shape(name: str, shape) -> Shape:
    """A shape as a tuple of ints of at least 1.

    Raises TypeError for what is no tuple or list of whole numbers, ValueError for an
    empty one and for a side below 1; `name` is what an error calls it.

    >>> checked_shape("input_shape", [32, 32, 1])
    (32, 32, 1)
    """
    if not isinstance(shape, (tuple, list)):
        raise TypeError(f"{name} must be (height, width, channels) or (features,), got {shape!r}")
    if not shape:
        raise ValueError(f"{name} must be (height, width, channels) or (features,), got {shape!r}")
    return tuple(whole(name, side) for side in shape)


def whole_numbers(name: str, values) -> Shape:
    """A tuple or list of whole numbers of at least 1 as a tuple.

    >>> whole_numbers("shared_axes", [1, 2])
    (1, 2)
    """
    if not isinstance(values, (tuple, list)):
        raise TypeError(f"{name} must be a tuple of whole numbers, got {values!r}")
    return tuple(whole(name, value) for value in values)


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


def axis_sides(name: str, axes: tuple[int, ...], came: Shape) -> Shape:
    """The sides along axes that are counted from the end; -1 are the channels.

    Raises ValueError for an axis that the shape does not have.
    """
    for axis in axes:
        if not -len(came) <= axis < 0:
            raise ValueError(f"{name} must be from {-len(came)} to -1 for {came}, got {axis}")
    return tuple(came[axis] for axis in axes)


def check_activation(name: str | None) -> None:
    """Raise for an activation that Keras does not have, with the nearest that it has.

    A function of one's own has its package in front, as Keras registers it: "my>swoosh".
    """
    if name is None or name in ACTIVATIONS:
        return
    if not isinstance(name, str):
        raise TypeError(f"activation must be a name or None, got {name!r}")
    if ">" not in name:
        near = get_close_matches(name, ACTIVATIONS)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(ACTIVATIONS)}"
        raise ValueError(f"no activation {name!r}; {hint}")
