"""Every figure of the book, drawn from a `Network`, a small array or a `Record` of training.

Each function gives a `Drawing`: a matplotlib figure that a notebook shows as
SVG in the colours and the type of the page it stands on.
"""

from lenet.plots.digits import confusion, digit_grid
from lenet.plots.drawing import Drawing, Picker
from lenet.plots.early import squashing_curve
from lenet.plots.fields import field_growth
from lenet.plots.grids import (
    activation_curves,
    convolution_step,
    grids,
    pooling_step,
    windows_on_line,
)
from lenet.plots.history import timeline
from lenet.plots.learning import count_spread, loss_curve, misread, walks
from lenet.plots.maps import maps, maps_by_digit, receptive_fields
from lenet.plots.networks import (
    compare_bars,
    connection_table,
    layer_bars,
    network_maps,
)
from lenet.plots.shares import share_bars
from lenet.plots.starts import errors_at_starts
from lenet.plots.training import (
    error_curves,
    error_lines,
    error_spread,
    errors_beside_paper,
    training_curves,
)
from lenet.plots.wiring import wiring
from lenet.plots.work import layer_work

__all__ = [
    "Drawing",
    "Picker",
    "activation_curves",
    "compare_bars",
    "confusion",
    "connection_table",
    "convolution_step",
    "count_spread",
    "digit_grid",
    "error_curves",
    "error_lines",
    "error_spread",
    "errors_at_starts",
    "errors_beside_paper",
    "field_growth",
    "grids",
    "layer_bars",
    "layer_work",
    "loss_curve",
    "maps",
    "maps_by_digit",
    "misread",
    "network_maps",
    "pooling_step",
    "receptive_fields",
    "share_bars",
    "squashing_curve",
    "timeline",
    "training_curves",
    "walks",
    "windows_on_line",
    "wiring",
]
