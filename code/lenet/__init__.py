"""LeNet by the Numbers: count a small convolutional network, and show the work.

>>> from lenet import LENET5_MODERN
>>> LENET5_MODERN.trace().total.parameters
61706
"""

from lenet.architectures import (
    FNN_300,
    FNN_300_100,
    FNN_500_150,
    FNN_1000,
    FNN_1024,
    FNN_LIKE_POST_CODE,
    FNN_SAME_MACS,
    FNN_SAME_PARAMETERS,
    LENET1,
    LENET5_1998,
    LENET5_LEDGER,
    LENET5_MODERN,
    LENET5_UNSHARED,
    LINEAR_784,
    POST_CODE,
    POST_FNN,
    POST_TABLE,
    TABLE_I,
    ZIPCODE_1989,
)
from lenet.derivation import derive
from lenet.layers import (
    RBF,
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected2D,
    MaxPooling2D,
    PartialConv2D,
    Subsampling2D,
)
from lenet.network import Network

__all__ = [
    "FNN_300",
    "FNN_300_100",
    "FNN_500_150",
    "FNN_1000",
    "FNN_1024",
    "FNN_LIKE_POST_CODE",
    "FNN_SAME_MACS",
    "FNN_SAME_PARAMETERS",
    "LENET1",
    "LENET5_1998",
    "LENET5_LEDGER",
    "LENET5_MODERN",
    "LENET5_UNSHARED",
    "LINEAR_784",
    "POST_CODE",
    "POST_FNN",
    "POST_TABLE",
    "RBF",
    "TABLE_I",
    "ZIPCODE_1989",
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Flatten",
    "LocallyConnected2D",
    "MaxPooling2D",
    "Network",
    "PartialConv2D",
    "Subsampling2D",
    "derive",
]
