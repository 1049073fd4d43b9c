"""Integer formulas of convolutional layers, one axis at a time.

The words of the book, defined once:

parameters
    Trainable numbers: weights and biases, always told apart.
connections
    The measure of the 1998 paper: every input line of every output unit,
    the bias line included.
MACs
    Multiply-accumulates with a weight. Adding a bias, comparing for a maximum
    and applying an activation are not counted.
receptive field
    How far the pixels reach, along one axis of the image, that can change one output
    unit: from the first to the last. Under dilation not each one in between can.

Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning", arXiv 1603.07285, relationships 6 and 15; receptive fields: Araujo,
Norris and Sim, Distill 2019, doi 10.23915/distill.00021.
"""

import operator
from math import prod

# What an error says; the pages of the book say the same.
DOES_NOT_FIT = (
    "{called} {kernel} does not fit a padded input of {padded}: {padded} - {span} = {left}"
)
TAPS, DILATED_TAPS = "{taps}", "{taps} with dilation_rate {dilation_rate} (spans {span})"
NO_GROUPS = (
    "groups {groups} does not divide {name} {channels}: {channels} = {whole} * {groups} + {left}"
)


def whole(name: str, value, minimum: int | None = 1) -> int:
    """`value` as an int of at least `minimum`, if there is one; `name` is what an error calls it.

    Raises TypeError for anything that is not a whole number (2.0 and True
    included) and ValueError below the minimum.

    >>> whole("filters", 6)
    6
    """
    if type(value) is int and (minimum is None or value >= minimum):  # nearly always
        return value
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if minimum is not None and number < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {number}")
    return number


def effective_kernel(kernel_size: int, dilation_rate: int = 1) -> int:
    """The pixels that a kernel spans: D(K - 1) + 1.

    `kernel_size` K counts taps, `dilation_rate` D is the step between two taps.

    >>> effective_kernel(5), effective_kernel(3, dilation_rate=2)
    (5, 5)
    """
    taps = whole("kernel_size", kernel_size)
    return whole("dilation_rate", dilation_rate) * (taps - 1) + 1


def pad_widths(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: str | int = "valid",
    dilation_rate: int = 1,
) -> tuple[int, int]:
    """The zeros put before and after `size` pixels.

    "valid" puts none. "same" puts max((ceil(N/S) - 1)S + K - N, 0) in all, the
    odd one after, as TensorFlow does. "causal" puts K - 1 before. A number P puts P
    on either side.

    Raises ValueError for another word, TypeError for another type.

    >>> pad_widths(28, 5, padding="same")
    (2, 2)
    """
    size, stride = whole("size", size), whole("stride", stride)
    kernel = effective_kernel(kernel_size, dilation_rate)
    if padding == "valid":
        return 0, 0
    if padding == "same":
        windows = -(-size // stride)
        total = max((windows - 1) * stride + kernel - size, 0)
        return total // 2, total - total // 2
    if padding == "causal":
        return kernel - 1, 0
    if isinstance(padding, str):
        raise ValueError(f'padding must be "valid", "same", "causal" or a number, got {padding!r}')
    width = whole("padding", padding, minimum=0)
    return width, width


def output_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: str | int = "valid",
    dilation_rate: int = 1,
    *,
    called: str = "kernel_size",
) -> int:
    """How many windows fit along one axis: floor((N + P - K) / S) + 1.

    `size` N in pixels, P the zeros of both sides together, K the pixels that
    the kernel spans, `stride` S in pixels. What the floor leaves over at the
    far end is told by `dropped`. `called` is the kernel's name in an error.

    Raises ValueError where the kernel does not fit the padded input.

    >>> output_size(32, 5), output_size(28, 2, stride=2)
    (28, 14)
    """
    size, stride = whole("size", size), whole("stride", stride)
    padded = size + sum(pad_widths(size, kernel_size, stride, padding, dilation_rate))
    kernel = effective_kernel(kernel_size, dilation_rate)
    if kernel > padded:
        said = TAPS if dilation_rate == 1 else DILATED_TAPS
        spelled = said.format(taps=kernel_size, dilation_rate=dilation_rate, span=kernel)
        raise ValueError(
            DOES_NOT_FIT.format(
                called=called, kernel=spelled, padded=padded, span=kernel, left=padded - kernel
            )
        )
    return (padded - kernel) // stride + 1


def dropped(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: str | int = "valid",
    dilation_rate: int = 1,
) -> int:
    """The pixels after the last window, which no output sees: N + P - (O - 1)S - K.

    Arguments and errors as for `output_size`. Pixels that a stride longer than
    the kernel jumps over between two windows are not counted.

    >>> dropped(28, 2, stride=2), dropped(29, 2, stride=2)
    (0, 1)
    """
    size, stride = whole("size", size), whole("stride", stride)
    windows = output_size(size, kernel_size, stride, padding, dilation_rate)
    padded = size + sum(pad_widths(size, kernel_size, stride, padding, dilation_rate))
    return padded - (windows - 1) * stride - effective_kernel(kernel_size, dilation_rate)


def transposed_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: str = "valid",
    dilation_rate: int = 1,
    output_padding: int | None = None,
) -> int:
    """The side that a transposed convolution makes of `size` pixels, as Keras has it.

    Without `output_padding`: "valid" (N - 1)S + max(K, S), "same" N * S. With A
    pixels of it: "valid" (N - 1)S + K + A, "same" (N - 1)S + K mod 2 + A. K is the
    span of the kernel, S the stride.

    Raises ValueError for another padding, and where nothing comes out.

    >>> transposed_size(14, 2, stride=2), transposed_size(5, 5)
    (28, 9)
    """
    size, stride = whole("size", size), whole("stride", stride)
    kernel = effective_kernel(kernel_size, dilation_rate)
    if padding not in ("valid", "same"):
        raise ValueError(f'padding must be "valid" or "same", got {padding!r}')
    if output_padding is None:
        return size * stride if padding == "same" else (size - 1) * stride + max(kernel, stride)
    more = whole("output_padding", output_padding, minimum=0)
    last = kernel % 2 if padding == "same" else kernel
    made = (size - 1) * stride + last + more
    if not made:
        raise ValueError(
            f"output_padding {more} leaves nothing: 0 * {stride} + {last} + {more} = 0"
        )
    return made


def conv_weights(
    kernel_size: tuple[int, ...], in_channels: int, filters: int, groups: int = 1
) -> int:
    """The weights of a convolution: Kh * Kw * (Cin / G) * Cout, biases not counted.

    `kernel_size` has one number an axis.

    Raises ValueError where the groups do not divide both channel counts, TypeError where
    `kernel_size` is no tuple.

    >>> conv_weights((5, 5), 1, 6)
    150
    """
    if not isinstance(kernel_size, (tuple, list)) or not kernel_size:
        raise TypeError(f"kernel_size must have one number an axis, got {kernel_size!r}")
    kernel_size = [whole("kernel_size", taps) for taps in kernel_size]
    in_channels, filters = whole("in_channels", in_channels), whole("filters", filters)
    groups = whole("groups", groups)
    for name, channels in (("input channels", in_channels), ("filters", filters)):
        if channels % groups:
            parts = {"whole": channels // groups, "left": channels % groups}
            raise ValueError(NO_GROUPS.format(groups=groups, name=name, channels=channels, **parts))
    return prod(kernel_size) * (in_channels // groups) * filters


def receptive_field_step(
    field: int, jump: int, kernel_size: int, stride: int = 1, dilation_rate: int = 1
) -> tuple[int, int]:
    """Receptive field and jump after one more layer: (r + (K - 1)j, jS).

    `field` r and `jump` j, in pixels of the image, are those of the layer
    before (1 and 1 for the image itself; a jump of 0 where all units see the same).
    Padding counts as pixels, so a field may be wider than the image.

    >>> receptive_field_step(6, 2, kernel_size=5)   # S2 to C3
    (14, 2)
    """
    field, jump = whole("field", field), whole("jump", jump, minimum=0)
    kernel = effective_kernel(kernel_size, dilation_rate)
    return field + (kernel - 1) * jump, jump * whole("stride", stride)
