"""Which steps a kind of layer has; the modules beside this one fill it in."""

from collections.abc import Iterator
from functools import singledispatch

from lenet.layers import Layer
from lenet.network import Row
from lenet.steps.step import Step


@singledispatch
def steps_of(layer: Layer, row: Row) -> Iterator[Step]:
    """The steps of a layer, from its row of a trace.

    Raises NotImplementedError for a kind of layer that has no derivation.
    """
    raise NotImplementedError(f"no derivation is known for {type(layer).__name__}")
