"""Keras's layers and operations, made of what `lenet.keras_bridge.forms` writes of ours."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lenet import layers as kinds
from lenet.keras_bridge import early, local
from lenet.keras_bridge.forms import Form, written
from lenet.keras_bridge.quiet import keras
from lenet.trace import Row

MODELS = keras.src.applications  # some have layers of their own
ELSEWHERE = {  # layers that are not in keras.layers
    "CustomScaleLayer": MODELS.inception_resnet_v2.CustomScaleLayer,
    "LayerScale": MODELS.convnext.LayerScale,
    "LocallyConnected2D": local.LocallyConnected2D,
    "PartialConv2D": early.PartialConv2D,
    "RBF": early.RBF,
    "StochasticDepth": MODELS.convnext.StochasticDepth,
    "Subsampling2D": early.Subsampling2D,
}
USUAL = {  # where Keras asks for a number that changes no count
    "drop_path_rate": 0.1, "factor": 0.1, "height_factor": 0.1, "rate": 0.5, "stddev": 0.1,
    "width_factor": 0.1,
}  # fmt: skip
FUNCTIONS = {None: None, "scaled_tanh": early.scaled_tanh}
STARTED = (kinds.convolution.Conv, kinds.convolution.ConvTranspose, kinds.PointwiseDense)


def keras_name(name: str) -> str:
    """The name with a point for each stroke, which Keras does not allow.

    >>> keras_name("stem/conv")
    'stem.conv'
    """
    return name.replace("/", ".")


@contextmanager
def naming(row: Row) -> Iterator[None]:
    """Say which layer it was that Keras would not have."""
    try:
        yield
    except Exception as error:  # Keras has no one error for it
        said = str(error).strip().partition("\n")[0]
        raise ValueError(
            f"layer {row.name!r} ({row.layer.kind}) has no Keras form: {said}"
        ) from None


def callable_for(row: Row) -> Callable:
    """A new Keras layer like the row's, or a function that calls keras.ops as it says.

    Raises whatever Keras does for what it does not build.
    """
    form = written(row.layer, row.input_shape)
    return _operation(form, row.name) if form.is_operation else _layer(form, row)


def _layer(form: Form, row: Row) -> keras.layers.Layer:
    make = ELSEWHERE.get(form.kind) or getattr(keras.layers, form.kind, None)
    if make is None:
        raise ValueError(f"there is no keras.layers.{form.kind}")
    arguments = _usual(make) | form.arguments | _start(row)
    if "activation" in arguments:
        more = dict(arguments.pop("activation_arguments", ()))
        arguments["activation"] = _function(arguments["activation"], more)
    layer = make(**arguments, name=keras_name(row.name))
    layer.trainable = row.layer.trainable  # not all take it when they are made
    return layer


def _usual(make: type) -> dict[str, float]:
    """A number for each argument that must be given and that our layer need not know."""
    if make is keras.layers.RandomPosterization:
        return {"factor": 4}  # bits
    asked = inspect.signature(make).parameters.values()
    return {p.name: USUAL[p.name] for p in asked if p.name in USUAL and p.default is p.empty}


def _start(row: Row) -> dict[str, object]:
    """Weights of units that squash as in 1998 start as they did then."""
    if getattr(row.layer, "activation", None) != "scaled_tanh":
        return {}
    if not isinstance(row.layer, STARTED):
        return {}
    start = early.FanInUniform(row.weights // row.output_shape[-1])
    return {"kernel_initializer": start, "bias_initializer": start}


def _function(name: str | None, arguments: dict):
    """The activation that is called so: Keras's, that of 1998, or one that is registered."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    package, _, own = name.rpartition(">")
    if not package:
        return name
    found = keras.saving.get_registered_object(name)
    if package == "keras":
        found = getattr(keras.layers, own, None)
    if found is None:
        raise ValueError(
            f"nobody knows the activation {name!r}: put "
            f"@keras.saving.register_keras_serializable({package!r}, {own!r}) before it"
        )
    return found(**arguments) if inspect.isclass(found) else found


def _operation(form: Form, name: str) -> Callable:
    """A function that makes the operation, under that name, and uses it again afterwards."""
    function = getattr(keras.ops, form.kind, None)
    if function is None:
        raise ValueError(f"there is no keras.ops.{form.kind}")
    made = []

    def call(values):
        operands, more = _operands(form.arguments, values)
        if made:
            return made[0](*operands)
        output = function(*operands, **more)
        made.append(output._keras_history.operation)
        made[0].name = keras_name(name)
        return output

    return call


def _operands(arguments: dict, values) -> tuple[list, dict]:
    """What an operation is called with: values, and constants in the places x1 and x2."""
    values = list(values) if isinstance(values, (list, tuple)) else [values]
    if not {"x1", "x2"} & arguments.keys():
        return values, arguments
    return [arguments.get(place, values[0]) for place in ("x1", "x2")], {}
