"""Numbers that others printed and the book repeats, each with where it stands.

Data only. Where the package can compute a number, `network`, `layer` and
`quantity` say how, and a test holds the printed number to the computed one.
What the book trains, and which of these rows that reproduces, `lenet.training` says.
Pages of the paper of 1998 are those of the authors' preprint.
"""

from dataclasses import dataclass

from lenet.architectures import (
    FNN_784_10,
    FNN_784_300_10,
    FNN_784_300_100_10,
    FNN_784_500_150_10,
    FNN_784_1000_10,
    LENET1,
    LENET5_1998,
    ZIPCODE_1989,
)
from lenet.imagenet import ALEXNET
from lenet.network import Network


@dataclass(frozen=True)
class Printed:
    """A number as printed: `source` is its key in the book's bibliography.

    `layer` is a row of the network's trace (none for the total), `quantity` a
    column; there is no network where nothing computes the number.
    """

    value: float
    what: str
    source: str
    where: str
    network: Network | None = None
    layer: str = ""
    quantity: str = ""


@dataclass(frozen=True)
class Compared:
    """A row of the comparison of 1998: test error in percent on the same 10,000 digits.

    `multiply_adds` and `variables` are in thousands, where the paper gives them.
    `inputs` says what was done to the digits; `network` is there where the book has it.
    """

    method: str
    error: float
    multiply_adds: int | None = None
    variables: int | None = None
    inputs: str = ""
    network: Network | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened in a year, and who says so."""

    year: int
    what: str
    source: str


def _layers(network: Network, source: str, where: str, **layers: tuple[int, int]) -> list[Printed]:
    """Parameters and connections of each layer, as a paper has them."""
    return [
        Printed(value, f"{quantity} of {layer}", source, where, network, layer, quantity)
        for layer, values in layers.items()
        for quantity, value in zip(("parameters", "connections"), values, strict=True)
    ]


_SECTION = "section II-B, pp. 7-9"
_MNIST = "section III-A, pp. 9-10"
_FIGURES = "figures 9, 11 and 12, pp. 12-15"

PRINTED = (
    *_layers(
        LENET5_1998, "lecun1998", _SECTION,
        C1=(156, 122_304), S2=(12, 5_880), C3=(1_516, 151_600), S4=(32, 2_000),
    ),
    Printed(48_120, "connections of C5", "lecun1998", _SECTION, LENET5_1998, "C5", "connections"),
    Printed(10_164, "parameters of F6", "lecun1998", _SECTION, LENET5_1998, "F6", "parameters"),
    Printed(84, "units of F6 before the output", "lecun1998", _SECTION),
    Printed(60_000, "parameters", "lecun1998", _SECTION, LENET5_1998, "", "parameters"),
    Printed(340_908, "connections", "lecun1998", _SECTION, LENET5_1998, "", "connections"),
    Printed(0.95, "test error of LeNet-5 in percent", "lecun1998", _FIGURES),
    Printed(0.8, "the same, trained with distortions", "lecun1998", _FIGURES),
    Printed(1.7, "test error of LeNet-1 in percent", "lecun1998", _FIGURES),
    Printed(1.1, "test error of LeNet-4 in percent", "lecun1998", _FIGURES),
    Printed(401_000, "multiply-accumulates of LeNet-5", "lecun1998", _FIGURES),
    Printed(260_000, "connections of LeNet-4, about", "lecun1998", "section III-C.8, p. 13"),
    Printed(17_000, "parameters of LeNet-4, about", "lecun1998", "section III-C.8, p. 13"),
    Printed(120, "units of LeNet-4 before the output", "lecun1998", "section III-C.8, p. 13"),
    Printed(0.1, "stated uncertainty of the errors", "lecun1998", "section III"),
    Printed(60_000, "training digits of MNIST", "lecun1998", _MNIST),
    Printed(540_000, "distorted digits added to them", "lecun1998", "p. 11"),
    Printed(0.0005, "first global rate", "lecun1998", "p. 10"),
    Printed(0.00001, "last global rate", "lecun1998", "p. 10"),
    Printed(0.02, "mu, added to every curvature", "lecun1998", "p. 10"),
    Printed(500, "digits for the curvatures", "lecun1998", "p. 10"),
    Printed(0.00007, "smallest rate of a weight, about", "lecun1998", "p. 10"),
    Printed(0.016, "largest rate of a weight, about", "lecun1998", "p. 10"),
    Printed(0.1, "grey level of the background, below zero", "lecun1998", _SECTION),
    Printed(1.175, "grey level of the foreground", "lecun1998", _SECTION),
    Printed(1.7159, "amplitude of the squashing function", "lecun1998", "p. 8 and appendix A"),
    Printed(2.4, "initial weights: this over the inputs", "lecun1998", "appendix A, p. 41"),
    Printed(0.5, "tolerated vertical shift in heights, about", "lecun1998", "section III-E"),
    Printed(2, "factor by which sizes may vary, about", "lecun1998", "section III-E"),
    Printed(20, "sides of a digit, and of the area of C3's centres", "lecun1998", _SECTION),
    Printed(1_068, "parameters of H1", "lecun1989", "", ZIPCODE_1989, "H1", "parameters"),
    Printed(19_968, "connections of H1", "lecun1989", "", ZIPCODE_1989, "H1", "connections"),
    Printed(2_592, "parameters of H2", "lecun1989", "", ZIPCODE_1989, "H2", "parameters"),
    Printed(38_592, "connections of H2", "lecun1989", "", ZIPCODE_1989, "H2", "connections"),
    Printed(9_760, "parameters", "lecun1989", "", ZIPCODE_1989, "", "parameters"),
    Printed(64_660, "connections", "lecun1989", "", ZIPCODE_1989, "", "connections"),
    Printed(1_256, "units, the 256 inputs included", "lecun1989", ""),
    Printed(256, "inputs", "lecun1989", ""),
    Printed(7_291, "training digits", "lecun1989", ""),
    Printed(2_007, "test digits", "lecun1989", ""),
    Printed(5.0, "test error in percent", "lecun1989", ""),
    Printed(40, "hidden units of the fully connected network", "lecun1989", ""),
    Printed(8.1, "test error of 40 hidden units in percent", "lecun1989", ""),
    Printed(10_000, "test digits of MNIST", "lecun1998", _MNIST),
    Printed(50_000, "test digits of MNIST that were lost", "yadav2019", "abstract"),
    Printed(28, "sides of the field that a digit is centred in", "lecun1998", _MNIST),
    Printed(200, "clock of the R10000 in MHz", "lecun1998", "p. 15"),
    Printed(2, "days of training, at least", "lecun1998", "p. 15"),
    Printed(3, "days of training, at most", "lecun1998", "p. 15"),
    Printed(0.1, "share of the cheques in the country, over", "lecun2015",
            "Convolutional neural networks"),
    Printed(2_578, "parameters", "lecun1990", "p. 402", LENET1, "", "parameters"),
    Printed(98_442, "connections", "lecun1990", "p. 402", LENET1, "", "connections"),
    Printed(1_797, "digits bundled with scikit-learn", "alpaydin1998", "the test part"),
    Printed(43, "writers of the whole collection", "alpaydin1998", "scikit-learn's description"),
    Printed(13, "writers of its test part", "alpaydin1998", "scikit-learn's description"),
    Printed(224, "side of AlexNet's image", "krizhevsky2012", "section 3.5"),
    Printed(2, "graphics cards", "krizhevsky2012", "section 3.2"),
    Printed(150_528, "inputs of AlexNet", "krizhevsky2012", "figure 2"),
    Printed(253_440, "units of AlexNet's first layer", "krizhevsky2012", "figure 2"),
    *(
        Printed(value, f"activations of {layer}", "krizhevsky2012", "figure 2", ALEXNET, layer,
                "activations")
        for layer, value in (
            ("conv2", 186_624), ("conv3", 64_896), ("conv4", 64_896), ("conv5", 43_264),
            ("fc6", 4_096), ("fc7", 4_096), ("fc8", 1_000),
        )
    ),
    Printed(60_000_000, "parameters of AlexNet, about", "krizhevsky2012", "abstract"),
    Printed(138_000_000, "parameters of VGG-16, about", "simonyan2015", "table 2"),
    Printed(3_800_000_000, "FLOPs of ResNet-50, about", "he2016", "table 1"),
    Printed(569_000_000, "multiply-adds of MobileNet, about", "howard2017", "table 4"),
    Printed(4_200_000, "parameters of MobileNet, about", "howard2017", "table 4"),
    Printed(4_866_000_000, "multiply-adds with full convolutions", "howard2017", "table 4"),
    Printed(29_300_000, "parameters with full convolutions", "howard2017", "table 4"),
    Printed(14, "stretches of its test part, a hand each", "inria-grouping", "its list of bounds"),
)  # fmt: skip

COMPARISON = (  # figures 9, 11 and 12, pp. 12-15
    Compared("linear", 12.0, 4, 4, "", FNN_784_10),
    Compared("linear", 8.4, 4, 4, "slant removed"),
    Compared("pairwise linear", 7.6, 36, 35),
    Compared("nearest neighbours", 5.0, 24_000, 24_000),
    Compared("3 nearest neighbours", 2.4, 24_000, 24_000, "slant removed"),
    Compared("40 principal components and a quadratic", 3.3, 39, 40),
    Compared("1000 radial basis functions and a linear", 3.6, 794, 794),
    Compared("784-300-10", 4.7, None, None, "", FNN_784_300_10),
    Compared("784-300-10", 3.6, None, None, "distorted", FNN_784_300_10),
    Compared("400-300-10", 1.6, 123, 123, "slant removed"),
    Compared("784-1000-10", 4.5, 795, 795, "", FNN_784_1000_10),
    Compared("784-1000-10", 3.8, 795, 795, "distorted", FNN_784_1000_10),
    Compared("784-300-100-10", 3.05, 267, 267, "", FNN_784_300_100_10),
    Compared("784-300-100-10", 2.5, 267, 267, "distorted", FNN_784_300_100_10),
    Compared("784-500-150-10", 2.95, 469, 469, "", FNN_784_500_150_10),
    Compared("784-500-150-10", 2.45, 469, 469, "distorted", FNN_784_500_150_10),
    Compared("LeNet-1", 1.7, 100, 3, "16 by 16", LENET1),
    Compared("LeNet-4", 1.1, 260, 17),
    Compared("LeNet-5", 0.95, 401, 60, "", LENET5_1998),
    Compared("LeNet-5", 0.8, 401, 60, "distorted", LENET5_1998),
    Compared("three LeNet-4, boosted", 0.7, 460, 51, "distorted"),
    Compared("tangent distance", 1.1, 20_000, 25_000, "16 by 16"),
    Compared("support vectors, polynomial", 1.1, 14_000, 14_000),
    Compared("support vectors, reduced set", 1.0, 650, 650),
    Compared("support vectors, virtual", 0.8, 28_000, 28_000, "distorted"),
)

EVENTS = (
    Event(1980, "Neocognitron", "fukushima1980"),
    Event(1986, "weights that are shared", "lecun1989"),
    Event(1989, "zip code net", "lecun1989"),
    Event(1990, "LeNet-1", "lecun1990"),
    Event(1994, "LeNet-4", "bottou1994"),
    Event(1995, "LeNet-1, 4 and 5 compared", "lecun1995"),
    Event(1996, "cheques in US banks", "lecun1998"),
    Event(1998, "LeNet-5 in print", "lecun1998"),
)
