"""Layers of a chain counted by hand, rightly and with each slip: nothing here asks the package.

`by_hand` turns a layer into plain numbers; `rightly` counts them, and `wrongly` gives what
each slip leads to, by its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

WORK = ("MACs", "FLOPs", "connections")
LEARNT = ("weights", "parameters")


@dataclass(frozen=True)
class Hand:
    """A layer in plain numbers; `reads` are the channels that one kernel reads."""

    kind: str
    came: tuple[int, ...]
    taps: tuple[int, ...] = ()
    strides: tuple[int, ...] = ()
    dilation: tuple[int, ...] = ()
    padding: str = "valid"
    filters: int = 0
    reads: int = 0
    groups: int = 1
    links: int = 0
    bias: str = "none"  # "none", or one a "map" or a "unit"
    field: int | None = None  # of the layer before, along the first axis
    jump: int | None = None
    flattened: tuple[int, ...] = ()  # the map that a Flatten before it read
    pooled: tuple[int, ...] = ()  # the map that a pooling before that read
    sides: tuple[int, ...] = ()  # where a slip says so, in place of the right ones

    @property
    def spans(self) -> list[int]:
        return [d * (k - 1) + 1 for k, d in zip(self.taps, self.dilation, strict=True)]

    @property
    def zeros(self) -> list[int]:
        """The zeros of both sides, along each axis."""
        axes = zip(self.came, self.spans, self.strides, strict=False)
        if self.padding == "valid":
            return [0 for _ in axes]
        return [max((-(-n // s) - 1) * s + k - n, 0) for n, k, s in axes]

    def grid(self) -> tuple[int, ...]:
        """The places where a window can begin, one by one."""
        return tuple(
            len(range(0, n + p - k + 1, s))
            for n, p, k, s in zip(self.came, self.zeros, self.spans, self.strides, strict=False)
        )

    @property
    def shape(self) -> tuple[int, ...]:
        if self.kind == "dense":
            return (self.filters,)
        if self.kind == "flatten":
            return (prod(self.came),)
        return (*(self.sides or self.grid()), self.filters)


def by_hand(layers, came, field=1, jump=1) -> Iterator[Hand]:
    """The layers of a chain on an input, one after the other."""
    done: list[Hand] = []
    for layer in layers:
        hand = _one(layer, came, field, jump)
        if done and done[-1].kind == "flatten" and hand.kind == "dense":
            pooled = done[-2].came if done[1:] and "pool" in done[-2].kind else ()
            hand = replace(hand, flattened=done[-1].came, pooled=pooled)
        if hand.taps and field is not None:
            field, jump = field + (hand.spans[0] - 1) * jump, jump * hand.strides[0]
        elif hand.kind == "dense":
            field = None
        came = hand.shape
        done.append(hand)
        yield hand


def _one(layer, came, field, jump) -> Hand:
    name = type(layer).__name__
    if name == "Flatten":
        return Hand("flatten", came)
    if name == "Dense":
        bias = "map" if layer.use_bias else "none"
        return Hand("dense", came, filters=layer.units, reads=came[0], bias=bias)
    taps = layer.pool_size if hasattr(layer, "pool_size") else layer.kernel_size
    dilation = getattr(layer, "dilation_rate", (1, 1))
    how = (came, taps, layer.strides, dilation, layer.padding)
    seen = {"field": field, "jump": jump}
    if name == "Conv2D":
        bias = "map" if layer.use_bias else "none"
        return Hand("conv", *how, layer.filters, came[-1] // layer.groups, layer.groups,
                    bias=bias, **seen)  # fmt: skip
    if name == "PartialConv2D":
        bias = "map" if layer.shared_bias else "unit"
        links = sum(len(row) for row in layer.table)
        return Hand("partial", *how, len(layer.table), links=links, bias=bias, **seen)
    if name == "LocallyConnected2D":
        return Hand("local", *how, layer.filters, came[-1], bias="unit", **seen)
    if name == "Subsampling2D":
        return Hand("subsampling pool", *how, came[-1], bias="map", **seen)
    assert name in ("MaxPooling2D", "AveragePooling2D"), name
    return Hand("pool", *how, came[-1], **seen)


def rightly(hand: Hand, asked: str):
    """What is asked for; None where a layer has no such number."""
    shape, window = hand.shape, prod(hand.taps)
    units, places = prod(shape), prod(shape[:-1])
    weights = {
        "conv": window * hand.reads * hand.filters,
        "partial": window * hand.links,
        "local": window * hand.reads * units,
        "subsampling pool": hand.filters,
        "dense": hand.reads * hand.filters,
    }.get(hand.kind, 0)
    biases = {"none": 0, "map": hand.filters, "unit": units}[hand.bias]
    macs = {"conv": places * weights, "partial": places * weights}.get(hand.kind, weights)
    macs *= "pool" not in hand.kind
    lines = units * window if "pool" in hand.kind else macs
    connections = lines + units * (hand.bias != "none")
    return {
        "output shape": shape, "output height": shape[0], "output channels": shape[-1],
        "output width": shape[1] if len(shape) == 3 else None, "units": units, "fixed": 0,
        "weights": weights, "biases": biases, "parameters": weights + biases, "MACs": macs,
        "FLOPs": 2 * macs, "connections": connections,
        "receptive field": _field(hand, hand.spans[0]) if hand.taps else None,
        "padding": hand.zeros[0] if hand.taps else None,
        "dropped": _left(hand) if hand.taps else None,
    }[asked]  # fmt: skip


def _field(hand: Hand, span: int) -> int:
    return hand.field + (span - 1) * hand.jump


def _left(hand: Hand) -> int:
    """The pixels behind the last window, which is found by walking there."""
    end, (n, p, k, s) = 0, (hand.came[0], hand.zeros[0], hand.spans[0], hand.strides[0])
    for start in range(0, n + p - k + 1, s):
        end = start + k
    return n + p - end


def wrongly(hand: Hand, asked: str) -> Iterator[tuple[str, object]]:
    """The name of each slip, and what it leads to."""
    for slips in (_of_weights, _of_work, _of_shapes, _of_sides, _of_windows, _of_fields):
        for name, value in slips(hand, asked):
            if value is not None and value != rightly(hand, asked):
                yield name, value


def _of_weights(hand: Hand, asked: str):
    right = {name: rightly(hand, name) for name in (*LEARNT, *WORK, "biases")}
    if asked == "parameters":
        yield "bias forgotten", right["weights"]
    if asked == "biases":
        yield "bias forgotten", 0
    if asked == "connections" and hand.bias != "none":
        yield "bias forgotten", right["connections"] - prod(hand.shape)
    if asked == "weights":
        yield "bias counted where it should not be", right["parameters"]
    if hand.kind in ("conv", "dense") and asked not in ("weights", "MACs", "FLOPs"):
        yield "bias counted where it should not be", rightly(replace(hand, bias="map"), asked)
    if hand.kind == "conv":
        flat = replace(hand, reads=1, groups=1)
        yield "depth of the kernel forgotten", rightly(flat, asked)
        if hand.groups > 1:
            yield "groups ignored", rightly(replace(hand, reads=hand.came[-1]), asked)
        elif asked not in ("output shape", "output channels"):
            other = replace(hand, filters=hand.came[-1], reads=hand.filters)
            yield "filters and channels swapped", rightly(other, asked)
        if asked == "weights":
            yield "sharing forgotten", right["MACs"]
        if asked == "parameters":
            more = prod(hand.shape) if hand.bias == "map" else 0
            yield "sharing forgotten", right["MACs"] + more
    if hand.kind == "local":
        yield "depth of the kernel forgotten", rightly(replace(hand, reads=1), asked)
    if hand.kind == "partial":
        flat, full = hand.filters, hand.filters * hand.came[-1]
        yield "depth of the kernel forgotten", rightly(replace(hand, links=flat), asked)
        yield "table of maps ignored", rightly(replace(hand, links=full), asked)
        yield "one link counted", rightly(replace(hand, links=1, filters=1), asked)
    if hand.kind in ("conv", "partial") and asked in (*LEARNT, *WORK):
        narrow = {name: right[name] // hand.taps[1] for name in ("weights", "MACs", "FLOPs")}
        narrow["parameters"] = narrow["weights"] + right["biases"]
        narrow["connections"] = narrow["MACs"] + right["connections"] - right["MACs"]
        yield "side of the kernel not squared", narrow[asked]
    if hand.kind == "pool" and asked in (*LEARNT, "biases", "MACs", "FLOPs"):
        conv = replace(hand, kind="conv", reads=hand.filters, bias="map")
        yield "pooling taken for a convolution", rightly(conv, asked)
    if hand.kind == "dense":
        swapped = replace(hand, filters=hand.reads, reads=hand.filters)
        yield "filters and channels swapped", rightly(swapped, asked)
        yield from _of_flattened(hand, asked)


def _of_flattened(hand: Hand, asked: str):
    def reading(inputs: int):
        return rightly(replace(hand, reads=inputs), asked)

    if hand.flattened:
        height, width, channels = hand.flattened
        yield "one map taken for all", reading(height * width)
        yield "one side taken for the grid", reading(height * channels)
        yield "spatial size squared twice", reading(height * width * height * width * channels)
    if hand.pooled:
        yield "input grid for output grid", reading(prod(hand.pooled))


def _of_work(hand: Hand, asked: str):
    right, is_map = rightly(hand, asked), len(hand.shape) == 3
    if asked in WORK:
        yield "parameters taken for work", rightly(hand, "parameters")
        yield "parameters taken for work", rightly(hand, "weights")
    if asked == "MACs":
        yield "connections taken for MACs", rightly(hand, "connections")
        yield "FLOPs taken for MACs", rightly(hand, "FLOPs")
    if asked == "FLOPs":
        yield "MACs taken for FLOPs", rightly(hand, "MACs")
    if asked in (*WORK, "units"):
        if is_map:
            height, width, _ = hand.shape
            yield "spatial size squared twice", right * height * width
            yield "one side taken for the grid", right // width
        for images in (32, 64, 128):
            yield "batch counted", right * images
    if asked == "units" and is_map:
        yield "one map taken for all", hand.shape[0] * hand.shape[1]


def _of_shapes(hand: Hand, asked: str):
    shape = hand.shape
    if asked == "output shape":
        for images in (None, 1, 32, 64, 128):
            yield "batch counted", (images, *shape)
    if len(shape) == 3:
        height, width, maps = shape
        other = {"output shape": (width, height, maps), "output height": width,
                 "output width": height}  # fmt: skip
        yield "height and width swapped", other.get(asked)
        if asked == "output shape":
            yield "channels put first", (maps, height, width)
            yield "filters and channels swapped", (height, width, hand.came[-1])
        if asked == "output channels":
            yield "filters and channels swapped", hand.came[-1]


def _of_sides(hand: Hand, asked: str):
    """Other formulas for the places of a window, along each axis."""
    if not hand.taps or asked in ("padding", "dropped", "receptive field"):
        return
    axes = list(zip(hand.came, hand.zeros, hand.spans, hand.strides, strict=False))

    def made(formula) -> object:
        sides = tuple(formula(*axis) for axis in axes)
        return None if min(sides) < 0 else rightly(replace(hand, sides=sides), asked)

    yield "input grid for output grid", made(lambda n, p, k, s: n)
    if hand.padding == "valid":
        yield "plus one forgotten", made(lambda n, p, k, s: (n - k) // s)
        yield "ceiling for floor", made(lambda n, p, k, s: -(-(n - k) // s) + 1)
        if max(hand.strides) > 1:
            yield "size of the window left out", made(lambda n, p, k, s: n // s)
    else:
        yield "floor for ceiling", made(lambda n, p, k, s: n // s)
        yield "padding forgotten", made(lambda n, p, k, s: (n - k) // s + 1)
        yield "padding counted once", made(lambda n, p, k, s: (n + p - p // 2 - k) // s + 1)
        yield "padding counted twice", made(lambda n, p, k, s: (n + 2 * p - k) // s + 1)


def _of_windows(hand: Hand, asked: str):
    """The stride, the dilation and the zeros of a window, and what is left over."""
    if not hand.taps or asked == "receptive field":
        return
    still = replace(hand, strides=(1, 1))
    name = "stride of the pooling taken as one" if "pool" in hand.kind else "stride ignored"
    yield name, rightly(still, asked)
    if max(hand.dilation) > 1:
        yield "dilation ignored", rightly(replace(hand, dilation=(1, 1)), asked)
    if asked == "padding":
        zeros = hand.zeros[0]
        yield "padding forgotten", 0
        yield "padding counted once", zeros - zeros // 2
        yield "padding counted twice", 2 * zeros
    if asked == "dropped":
        yield "size of the window left out", (hand.came[0] + hand.zeros[0]) % hand.strides[0]


def _of_fields(hand: Hand, asked: str):
    if asked == "receptive field":
        span, taps = hand.spans[0], hand.taps[0]
        yield "jump ignored", hand.field + span - 1
        yield "whole kernel added", hand.field + span * hand.jump
        yield "kernel taken for the field", span
        yield "own stride counted already", hand.field + (span - 1) * hand.jump * hand.strides[0]
        yield "dilation ignored", hand.field + (taps - 1) * hand.jump
