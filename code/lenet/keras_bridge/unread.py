"""Layers in a file that have no rule here: Keras's shape, the numbers of the weights file."""

from collections.abc import Mapping

from lenet.layers.arguments import Shape, Shapes
from lenet.layers.base import Counts

LOAD = "from_keras(keras.models.load_model('model.keras')) counts it"
ALL_TRAINED = (  # layers of Keras all of whose numbers are trained
    "AdditiveAttention", "Attention", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "EinsumDense",
    "Embedding", "GRU", "GroupQueryAttention", "LSTM", "MultiHeadAttention", "SimpleRNN",
)  # fmt: skip
AROUND = ("Bidirectional", "TimeDistributed")
INSIDE = (*ALL_TRAINED, "Conv1D", "Conv2D", "Conv3D", "Dense", "Flatten", "Dropout")
RECURRENT = ("GRU", "LSTM", "SimpleRNN")


def foreign(
    config: dict, written: tuple, came: Shapes, numbers: int | None, error: Exception
) -> tuple[Shapes, tuple[int, int]]:
    """The shapes that a layer puts out and its trained and fixed numbers.

    `written` are the shapes of its outputs as Keras wrote them down, None where it did
    not. Raises the error again for what the file does not say.
    """
    kind, arguments = config["class_name"], config["config"]
    if str(config.get("module")).startswith("keras.src.ops"):
        numbers = 0
    elif not _all_trained(config):
        raise error
    shapes = [_sides(shape) for shape in written] or [None]
    shapes[0] = shapes[0] or _shape_of(kind, arguments, came)
    if None in shapes or numbers is None:
        raise error
    return tuple(shapes), (numbers, 0) if arguments.get("trainable", True) else (0, numbers)


def hold(held: Mapping[str, int] | None, path: str, counts: Counts) -> None:
    """Raise where the weights in the file are not as many as ours."""
    ours = counts.numbers + counts.fixed
    if held is None or not ours:
        return
    if path not in held:
        raise ValueError(
            f"the file has no weights for it, {ours:,} by the rules here: "
            f"it may share those of another layer; {LOAD}"
        )
    if held[path] != ours:
        raise ValueError(f"its weights in the file are {held[path]:,}, {ours:,} by the rules here")


def refuse_changed(config: dict) -> None:
    """Raise for a layer that trains other numbers than its kind does: a file does not say which."""
    arguments = config["config"]
    policy = arguments.get("dtype")
    policy = policy.get("class_name") if isinstance(policy, Mapping) else policy
    if (
        "Quantized" in str(policy)
        or "_from_" in str(policy)
        or arguments.get("quantization_config")
    ):
        raise ValueError(f"it is quantised, and the file does not say what it trains; {LOAD}")
    if arguments.get("lora_rank"):
        raise ValueError(f"it has LoRA, and the file does not say what it trains; {LOAD}")


def _all_trained(config: dict) -> bool:
    if str(config.get("module")).split(".")[0] != "keras":
        return False
    kind, inner = config["class_name"], config["config"].get("layer")
    if kind not in AROUND or not isinstance(inner, Mapping):
        return kind in ALL_TRAINED
    refuse_changed(inner)
    trains = inner["config"].get("trainable", True) is True
    return trains and inner["class_name"] in INSIDE and str(inner.get("module"))[:5] == "keras"


def _sides(shape) -> Shape | None:
    """A shape without the images; None where a side is open."""
    if not isinstance(shape, list) or len(shape) < 2 or None in shape[1:]:
        return None
    return tuple(shape[1:])


def _shape_of(kind: str, config: Mapping, came: Shapes) -> Shape | None:
    """The shape that a layer puts out, for kinds that have an easy one."""
    if kind in RECURRENT and not config.get("return_state") and len(came[0]) == 2:
        steps = came[0][:1] if config.get("return_sequences") else ()
        return (*steps, config["units"])
    if kind == "Embedding":
        return (*came[0], config["output_dim"])
    if kind == "MultiHeadAttention" and not config.get("output_shape"):
        return came[0]
    return None
