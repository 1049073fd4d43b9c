"""How one kind of layer is said in Keras: a rule each way, where Keras's words are not ours.

Most kinds have Keras's name and arguments. What differs has a function in `READ`, by
Keras's name, and one registered with `written`, by our class. Both ways are data, and
Keras is not needed: `lenet.keras_bridge.building` makes its objects of what is written.
"""

from collections.abc import Callable
from functools import singledispatch
from typing import NamedTuple

from lenet import layers as kinds
from lenet.keras_bridge.operations import WITH_A_CONSTANT
from lenet.keras_bridge.plain import from_end, own_names, snake
from lenet.layers import Layer
from lenet.layers.arguments import Shape, Shapes


class Form(NamedTuple):
    """What Keras calls a layer or a function of keras.ops, and the arguments it has there."""

    kind: str
    arguments: dict[str, object]
    is_operation: bool = False


@singledispatch
def written(layer: Layer, came: Shape | Shapes) -> Form:
    """What Keras calls the layer that reads this shape, and its arguments there.

    Raises ValueError, with the remedy, for what Keras does not have.

    >>> written(kinds.Cropping1D(2), (32, 1))
    Form(kind='Cropping1D', arguments={'cropping': (2, 2)}, is_operation=False)
    """
    return Form(type(layer).__name__, _arguments(layer))


def with_arguments(make: type[Layer], config: dict, **changes) -> Layer:
    """A layer of ours from those arguments of Keras that it has; `changes` in place of some."""
    names = own_names(make) & config.keys()
    return make(**{name: config[name] for name in names} | changes)


def _arguments(layer: Layer, **changes) -> dict[str, object]:
    """The layer's arguments, its options behind them; `changes` in the place of some."""
    own = {name: getattr(layer, name) for name in sorted(own_names(type(layer)))}
    return own | layer.options | changes


def _read_dense(config: dict, rank: int) -> Layer:
    return with_arguments(kinds.Dense if rank == 1 else kinds.PointwiseDense, config)


def _write_dense(layer: kinds.PointwiseDense, came: Shape) -> Form:
    return Form("Dense", _arguments(layer))


def _write_passing(layer: kinds.Passing, came: Shape) -> Form:
    return Form(layer.what, dict(layer.options))


def _read_activation(config: dict, rank: int) -> Layer:
    return kinds.Activation(config["activation"] or "linear")


def _axes(config: dict, rank: int) -> int | tuple[int, ...]:
    """The axis of a layer, or several, counted from the end."""
    axis = config.get("axis", -1)
    if not isinstance(axis, tuple):
        return from_end(axis, rank)
    ends = tuple(from_end(one, rank) for one in axis)
    return ends[0] if len(ends) == 1 else ends


def _read_softmax(config: dict, rank: int) -> Layer:
    return kinds.Softmax(axis=_axes(config, rank))


def _read_unit_normalization(config: dict, rank: int) -> Layer:
    return kinds.UnitNormalization(axis=_axes(config, rank))


def _read_prelu(config: dict, rank: int) -> Layer:
    return kinds.PReLU(shared_axes=config.get("shared_axes") or ())


def _read_batch_normalization(config: dict, rank: int) -> Layer:
    return with_arguments(kinds.BatchNormalization, config, axis=_axes(config, rank))


def _read_group_normalization(config: dict, rank: int) -> Layer:
    return with_arguments(kinds.GroupNormalization, config, axis=_axes(config, rank))


def _read_layer_normalization(config: dict, rank: int) -> Layer:
    axis = _axes(config, rank)
    if config.get("rms_scaling", False):  # Keras then has the factor only, whatever the flags say
        return kinds.LayerNormalization(axis=axis, center=False, scale=True)
    return with_arguments(kinds.LayerNormalization, config, axis=axis)


def _write_layer_normalization(layer: kinds.LayerNormalization, came: Shape) -> Form:
    return Form("LayerNormalization", _arguments(layer, axis=list(layer.axes)))


def _read_rms_normalization(config: dict, rank: int) -> Layer:
    return kinds.RMSNormalization(axis=_axes(config, rank), center=False)


def _write_rms_normalization(layer: kinds.RMSNormalization, came: Shape) -> Form:
    if layer.center or not layer.scale:
        raise ValueError("Keras has RMSNormalization with center=False and scale=True only")
    return Form("RMSNormalization", {"axis": layer.axis, **layer.options})


def _read_normalization(config: dict, rank: int) -> Layer:
    axes = tuple(from_end(axis, rank) for axis in config.get("axis") or ())
    return kinds.Normalization(axis=axes, adapted=config.get("mean") is None)


def _write_normalization(layer: kinds.Normalization, came: Shape) -> Form:
    given = {} if layer.adapted else {"mean": 0.0, "variance": 1.0}
    return Form("Normalization", {"axis": layer.axes or None, **given, **layer.options})


def _read_layer_scale(config: dict, rank: int) -> Layer:
    return kinds.LayerScale()


def _write_layer_scale(layer: kinds.LayerScale, came: Shape) -> Form:
    start = {"init_values": 1e-6, **layer.options}  # ConvNeXt's
    return Form("LayerScale", {**start, "projection_dim": came[-1]})


def _write_rescaling(layer: kinds.Rescaling, came: Shape) -> Form:
    return Form("Rescaling", {"scale": 1 / 255, **layer.options})  # bytes to shares


def _read_scaled_sum(config: dict, rank: int) -> Layer:
    return kinds.Add()


def _write_add(layer: kinds.Add, came: Shapes) -> Form:
    """x + y, or x + scale * y where the options have a scale, as in Inception-ResNet."""
    return Form("CustomScaleLayer" if "scale" in layer.options else "Add", dict(layer.options))


def _read_concatenate(config: dict, rank: int) -> Layer:
    return kinds.Concatenate(axis=from_end(config.get("axis", -1), rank))


def _read_dot(config: dict, rank: int) -> Layer:
    axes = config["axes"]
    pair = axes if isinstance(axes, tuple) else (axes, axes)
    return kinds.Dot(tuple(axis % (rank + 1) for axis in pair), normalize=config["normalize"])


def _write_padding(layer: kinds.ZeroPadding1D, came: Shape) -> Form:
    return Form("ZeroPadding1D", _arguments(layer, padding=layer.padding[0]))


def _write_cropping(layer: kinds.Cropping1D, came: Shape) -> Form:
    return Form("Cropping1D", _arguments(layer, cropping=layer.cropping[0]))


def _write_upsampling(layer: kinds.UpSampling1D, came: Shape) -> Form:
    return Form("UpSampling1D", _arguments(layer, size=layer.size[0]))


def _write_elementwise(layer: kinds.Elementwise, came: Shape) -> Form:
    if layer.operation in map(snake, WITH_A_CONSTANT) and not {"x1", "x2"} & layer.options.keys():
        raise ValueError(f"{layer.operation} needs its constant: say options={{'x2': 2.0}}")
    return Form(layer.operation, dict(layer.options), is_operation=True)


def _write_divide(layer: kinds.Divide, came: Shapes) -> Form:
    return Form("divide", {}, is_operation=True)


def _write_foreign(layer: kinds.Foreign, came: Shape | Shapes) -> Form:
    raise ValueError(f"only the numbers of {layer.what} are known: put another layer in its place")


READ: dict[str, Callable[[dict, int], Layer]] = {
    "Activation": _read_activation,
    "BatchNormalization": _read_batch_normalization,
    "Concatenate": _read_concatenate,
    "CustomScaleLayer": _read_scaled_sum,
    "Dense": _read_dense,
    "Dot": _read_dot,
    "GroupNormalization": _read_group_normalization,
    "LayerNormalization": _read_layer_normalization,
    "LayerScale": _read_layer_scale,
    "Normalization": _read_normalization,
    "PReLU": _read_prelu,
    "RMSNormalization": _read_rms_normalization,
    "Softmax": _read_softmax,
    "UnitNormalization": _read_unit_normalization,
}
written.register(kinds.Add, _write_add)
written.register(kinds.Cropping1D, _write_cropping)
written.register(kinds.Divide, _write_divide)
written.register(kinds.Elementwise, _write_elementwise)
written.register(kinds.Foreign, _write_foreign)
written.register(kinds.LayerNormalization, _write_layer_normalization)
written.register(kinds.LayerScale, _write_layer_scale)
written.register(kinds.Normalization, _write_normalization)
written.register(kinds.Passing, _write_passing)
written.register(kinds.PointwiseDense, _write_dense)
written.register(kinds.RMSNormalization, _write_rms_normalization)
written.register(kinds.Rescaling, _write_rescaling)
written.register(kinds.UpSampling1D, _write_upsampling)
written.register(kinds.ZeroPadding1D, _write_padding)
