"""The wrong formulas of what layers learn: weights and biases.

A formula gives None where its slip cannot be made. Most ask what another layer would count.
"""

from collections.abc import Callable
from dataclasses import replace
from math import prod

from lenet import layers
from lenet.layers.base import WindowLayer
from lenet.layers.convolution import Conv, Convolving, ConvTranspose
from lenet.layers.depthwise import DepthwiseConv
from lenet.layers.pooling import Pooling
from lenet.practice.mistakes import Case, mistake
from lenet.practice.quantities import Quantity, Value
from lenet.trace import Row

NUMBERS = (Quantity.WEIGHTS, Quantity.PARAMETERS)


@mistake(
    "bias forgotten",
    "You counted the weights alone. What else does each unit, or each map, learn or read "
    "besides what comes in?",
)
def bias_forgotten(case: Case) -> Value | None:
    if case.asked is Quantity.PARAMETERS:
        return case.numbers.weights
    if case.asked is Quantity.CONNECTIONS and case.numbers.macs:
        return case.numbers.macs
    if case.asked is Quantity.CONNECTIONS and case.numbers.biases:  # subsampling
        return case.numbers.connections - prod(case.made)
    return 0 if case.asked is Quantity.BIASES else None


@mistake(
    "bias counted where it should not be",
    "A bias is counted in. Does the question ask for it, and does this layer have one?",
)
def bias_counted(case: Case) -> Value | None:
    if case.asked is Quantity.WEIGHTS:
        return case.numbers.weights + case.numbers.biases
    if getattr(case.layer, "use_bias", True) or case.asked in (Quantity.MACS, Quantity.FLOPS):
        return None
    return case.as_if(replace(case.layer, use_bias=True))


@mistake(
    "depth of the kernel forgotten",
    "You took a flat kernel. A kernel is as deep as what it reads: how many channels come in?",
)
def depth_forgotten(case: Case) -> Value | None:
    layer, flat = case.layer, (*case.came[:-1], 1)
    if isinstance(layer, Conv):
        return case.as_if(replace(layer, groups=1), flat)
    if isinstance(layer, ConvTranspose | layers.LocallyConnected2D):
        return case.as_if(layer, flat)
    if isinstance(layer, layers.PartialConv2D):
        return case.as_if(replace(layer, table=((0,),) * layer.filters), flat)
    return None


@mistake(
    "filters and channels swapped",
    "What comes in and what goes out have changed places. Which of them has a bias each, and "
    "which is the depth of a kernel?",
)
def swapped(case: Case) -> Value | None:
    layer, came = case.layer, case.came
    if isinstance(layer, WindowLayer) and case.asked in (Quantity.SHAPE, Quantity.CHANNELS):
        return case.read(case.numbers._replace(shape=(*case.made[:-1], came[-1])))
    if isinstance(layer, Conv | ConvTranspose) and getattr(layer, "groups", 1) == 1:
        return case.as_if(replace(layer, filters=came[-1]), (*came[:-1], layer.filters))
    if isinstance(layer, layers.Dense):
        return case.as_if(replace(layer, units=came[-1]), (layer.units,))
    return None


@mistake(
    "groups ignored",
    "You let every kernel read all the channels. With groups, or a kernel for each channel, it "
    "reads only its share: how many channels is that?",
)
def groups_ignored(case: Case) -> Value | None:
    layer = case.layer
    if isinstance(layer, Conv) and layer.groups > 1:
        return case.as_if(replace(layer, groups=1))
    if isinstance(layer, DepthwiseConv) and case.came[-1] > 1:
        full = getattr(layers, f"Conv{layer.rank}D")
        how = ("padding", "dilation_rate", "use_bias")
        more = {name: getattr(layer, name) for name in how}
        return case.as_if(full(case.made[-1], layer.kernel_size, layer.strides, **more))
    return None


@mistake(
    "table of maps ignored",
    "You let every map read all the maps below. The table gives each its own: how many links "
    "are there in all?",
)
def table_ignored(case: Case) -> Value | None:
    if not isinstance(case.layer, layers.PartialConv2D):
        return None
    full = (tuple(range(case.came[-1])),) * case.layer.filters
    return case.as_if(replace(case.layer, table=full))


@mistake("one link counted", "That is one link. How many does the table have?")
def one_link(case: Case) -> Value | None:
    if not isinstance(case.layer, layers.PartialConv2D):
        return None
    return case.as_if(replace(case.layer, table=((0,),)))


@mistake(
    "side of the kernel not squared",
    "You multiplied by the side of the kernel. How many weights lie in the whole square?",
)
def kernel_side(case: Case) -> Value | None:
    if not isinstance(case.layer, Convolving | layers.PartialConv2D) or case.layer.rank != 2:
        return None
    if isinstance(case.layer, layers.SeparableConv2D):
        return None
    numbers, across = case.numbers, case.layer.taps[1]
    macs = numbers.macs // across
    return case.read(
        numbers._replace(
            weights=numbers.weights // across,
            macs=macs,
            connections=macs + numbers.connections - numbers.macs,
        )
    )


@mistake(
    "pooling taken for a convolution",
    "You gave the pooling weights. What is there to learn in a maximum or a mean?",
)
def pooling_learns(case: Case) -> Value | None:
    layer = case.layer
    if not isinstance(layer, Pooling) or isinstance(layer, layers.Subsampling2D):
        return None
    if case.asked not in (*NUMBERS, Quantity.BIASES, Quantity.MACS, Quantity.FLOPS):
        return None
    conv = getattr(layers, f"Conv{layer.rank}D")
    return case.as_if(conv(case.made[-1], layer.pool_size, layer.strides, padding=layer.padding))


@mistake(
    "fixed numbers counted as learnt",
    "Some of these numbers are kept, but no gradient changes them. Which?",
)
def fixed_counted(case: Case) -> Value | None:
    fixed = case.numbers.fixed
    return case.right + fixed if case.asked is Quantity.PARAMETERS and fixed else None


@mistake(
    "sharing forgotten",
    "You gave each unit weights of its own. How often is the same weight used?",
)
def sharing_forgotten(case: Case) -> Value | None:
    if case.asked not in NUMBERS or not isinstance(case.layer, Conv):
        return None
    units = prod(case.made) if case.numbers.biases else 0
    return case.numbers.macs + units * (case.asked is Quantity.PARAMETERS)


def _flattened(case: Case) -> Row | None:
    """The Flatten that a dense layer reads."""
    last = case.before[-1:] if isinstance(case.layer, layers.Dense) else ()
    return next((row for row in last if isinstance(row.layer, layers.Flatten)), None)


def _reading(case: Case, inputs: Callable[[int, int, int], int]) -> Value | None:
    """What a dense layer would count that read so many inputs, of height, width and channels."""
    row = _flattened(case)
    if row is None or len(row.input_shape) != 3:
        return None
    return case.as_if(case.layer, (inputs(*row.input_shape),))


@mistake(
    "one map taken for all",
    "You counted the places of a single map. How many maps are there?",
)
def one_map_flattened(case: Case) -> Value | None:
    return _reading(case, lambda height, width, channels: height * width)


@mistake(
    "one side taken for the grid",
    "You multiplied by one side of the map. How many places are there, down and across?",
)
def one_side_flattened(case: Case) -> Value | None:
    return _reading(case, lambda height, width, channels: height * channels)


@mistake(
    "spatial size squared twice",
    "The number of places is in it once too often: it is the product of both sides already.",
)
def squared_twice_flattened(case: Case) -> Value | None:
    return _reading(case, lambda height, width, channels: (height * width) ** 2 * channels)


@mistake(
    "input grid for output grid",
    "You took the map before the pooling. Which grid does the layer read?",
)
def before_the_pooling(case: Case) -> Value | None:
    if _flattened(case) is None or not case.before[1:]:
        return None
    pooling = case.before[-2]
    if not isinstance(pooling.layer, Pooling):
        return None
    return case.as_if(case.layer, (prod(pooling.input_shape),))
