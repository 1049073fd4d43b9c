"""What the builder of networks is given: the notation, the named networks, the answers of `which`.

The last are many, and come in a script of their own that the page loads when somebody asks.
"""

import json
from dataclasses import asdict
from inspect import signature

import widget_layers
from lenet import notation, slips
from lenet.architectures import NETWORKS
from lenet.layers import Dense, Flatten, Layer
from lenet.network import NAMED_TWICE, Network
from lenet.trace import COLUMNS
from lenet.which import NOTE, QUANTITIES, Match, family, which

ARGUMENTS = (  # what a script is told of a layer: all that a count depends on, and the activation
    "filters", "kernel_size", "pool_size", "units", "strides", "padding", "dilation_rate", "groups",
    "use_bias", "activation", "size", "table", "shared_bias", "target_shape",
)  # fmt: skip
RIVAL = {  # units of a hidden layer with which a fully connected network has no more than that
    "parameters": "floor((P - O) / (N + O + 1))",
    "MACs": "floor(P / (N + O))",
}
OURS = ("LocallyConnected2D", "PartialConv2D", "RBF", "Subsampling2D")  # Keras has them not
NO_LINE = "One line cannot say which maps are linked, or how a row becomes a map."
NO_ADDRESS = "The page's address does not keep it either."
ONE_WORD = "A name is one word without a comma."
FIRST = "lenet5-modern"


def builder() -> dict:
    """What its script is given."""
    return {
        **widget_layers.rules(),
        "notation": line(),
        "named_twice": NAMED_TWICE,
        "networks": {name: described(network) for name, network in NETWORKS.items()},
        "rival": RIVAL,
        "ours": OURS,
        "no_line": NO_LINE,
        "no_address": NO_ADDRESS,
        "one_word": ONE_WORD,
        "first": FIRST,
    }


def rival_of_modern() -> Network:
    """The fully connected network that stands beside modern LeNet-5 at first."""
    layers = [Flatten(), Dense(59), Dense(10)]
    return Network((32, 32, 1), layers, name="1024-59-10")


def line() -> dict:
    """The words of the notation, and what is said of a slip."""
    return {
        "kinds": {word: kind(word) for word in notation.KINDS},
        "spaces": "".join(letter for letter in map(chr, range(2**16)) if letter.isspace()),
        "sized": notation.SIZED,
        "plain": notation.PLAIN,
        "activations": notation.ACTIVATIONS,
        "counts": notation.COUNTS,
        "largest": notation.LARGEST_SIZE,
        "a_count": notation.A_COUNT,
        "a_size": notation.A_SIZE,
        "longest": slips.LONGEST_SHOWN,
        "longest_word": slips.LONGEST_WORD,
        "said": slips.SAID,
    }


def kind(word: str) -> dict:
    """The layer that a word makes: Keras's name, the sizes behind the word, what else it takes."""
    make, sizes = notation.KINDS[word]
    takes = {
        name: argument.default
        for name, argument in signature(make).parameters.items()
        if name in ARGUMENTS and argument.default is not argument.empty
    }
    made = make(**dict.fromkeys(sizes, 1))
    return {"kind": made.kind, "sizes": sizes, "given": takes}


WORDS = {kind(word)["kind"]: word for word in notation.KINDS}


def described(network: Network) -> dict:
    """A network as its script knows it: its name, its shape, its layers."""
    return {
        "title": network.name,
        "shape": network.input_shape,
        "layers": [layer(one) for one in network.layers],
    }


def layer(one: Layer) -> dict:
    """A layer with its arguments, its name, and its word where the notation has one."""
    found = {name: value for name, value in vars(one).items() if name in ARGUMENTS}
    if one.kind == "ZeroPadding2D":  # the notation puts as many before as after
        found["padding"] = [before for before, _ in one.border]
    word = {"word": WORDS[one.kind]} if one.kind in WORDS else {}
    return {**word, "kind": one.kind, **found, "name": one.name}


def answers() -> dict:
    """What `which` says of every total that there is, and of the nearest to another."""
    networks = [*(variant.network for variant in family()), *NETWORKS.values()]
    totals = [asdict(network.trace().total) for network in networks]
    numbers = sorted({total[name] for total in totals for name in QUANTITIES} - {0})
    entries: dict[tuple, int] = {}
    found = {
        number: [entries.setdefault(entry(match), len(entries)) for match in which(number).matches]
        for number in numbers
    }
    near = {
        total: entries.setdefault(entry(which(total, "parameters").matches[0]), len(entries))
        for total in sorted({total["parameters"] for total in totals})
    }
    return {"entries": list(entries), "found": found, "near": near, "note": NOTE}


def entry(match: Match) -> tuple[str, str, str]:
    """What is counted, what the network is, and its line."""
    counted = " and ".join(COLUMNS[quantity] for quantity in match.quantities)
    return counted, match.sentence, match.line


def answers_script() -> str:
    """The script that hands them over."""
    return f"/* Written at build from lenet.which. */\nFound.take({json.dumps(answers())});\n"
