"""LeNet by the Numbers: count a small convolutional network, and show the work.

>>> from lenet import LENET5_MODERN
>>> LENET5_MODERN.trace().total.parameters
61706
"""

from lenet.architectures import (
    FNN_LIKE_POST_CODE,
    LENET5_MODERN,
    POST_CODE,
    POST_FNN,
    POST_TABLE,
)
from lenet.derivation import derive
from lenet.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from lenet.network import Network

__all__ = [
    "FNN_LIKE_POST_CODE",
    "LENET5_MODERN",
    "POST_CODE",
    "POST_FNN",
    "POST_TABLE",
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Flatten",
    "MaxPooling2D",
    "Network",
    "derive",
]
