"""LeNet by the Numbers: count a small convolutional network, and show the work.

>>> from lenet import LENET5_MODERN, parse
>>> LENET5_MODERN.trace().total.parameters
61706
>>> parse("32x32x1: conv 6 5x5 tanh, avgpool 2").output_shape
(14, 14, 6)
"""

import lenet.stopping  # noqa: F401  the first of all, so that Ctrl-C is one line from here on
from lenet import layers
from lenet.architectures import (
    FNN_784_10,
    FNN_784_300_10,
    FNN_784_300_100_10,
    FNN_784_500_150_10,
    FNN_784_1000_10,
    FNN_1024_58_32_10,
    FNN_1024_300_100_10,
    FNN_1024_380_70_10,
    FNN_1024_500_150_10,
    FNN_12288_120_84_10,
    LENET1,
    LENET5_1998,
    LENET5_DENSE,
    LENET5_LEDGER,
    LENET5_MODERN,
    LENET5_UNSHARED,
    NETWORKS,
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
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    LocallyConnected2D,
    MaxPooling2D,
    PartialConv2D,
    Passing,
    SeparableConv2D,
    Subsampling2D,
    UpSampling2D,
    ZeroPadding2D,
)
from lenet.network import Network
from lenet.notation import parse
from lenet.which import which

__all__ = [
    "FNN_784_10",
    "FNN_784_300_10",
    "FNN_784_300_100_10",
    "FNN_784_500_150_10",
    "FNN_784_1000_10",
    "FNN_1024_58_32_10",
    "FNN_1024_300_100_10",
    "FNN_1024_380_70_10",
    "FNN_1024_500_150_10",
    "FNN_12288_120_84_10",
    "LENET1",
    "LENET5_1998",
    "LENET5_DENSE",
    "LENET5_LEDGER",
    "LENET5_MODERN",
    "LENET5_UNSHARED",
    "NETWORKS",
    "POST_CODE",
    "POST_FNN",
    "POST_TABLE",
    "RBF",
    "TABLE_I",
    "ZIPCODE_1989",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Conv2DTranspose",
    "Dense",
    "DepthwiseConv2D",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "LocallyConnected2D",
    "MaxPooling2D",
    "Network",
    "PartialConv2D",
    "Passing",
    "SeparableConv2D",
    "Subsampling2D",
    "UpSampling2D",
    "ZeroPadding2D",
    "derive",
    "layers",
    "parse",
    "which",
]
