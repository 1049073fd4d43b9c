"""Count and derive a network from the shell.

    python -m lenet list                                the named networks
    python -m lenet show lenet5-1998                    table and derivation of one
    python -m lenet explain "32x32x1: conv 6 5x5 tanh, avgpool 2"
    python -m lenet explain --no-bias "8x8x1: conv 4 3, flatten, dense 10"
    python -m lenet compare post-table post-fnn         two side by side
    python -m lenet explain model.keras                 a model that Keras saved
    python -m lenet explain model.keras --input 224x224x3
    python -m lenet show lenet1 --format json           for another program

A network is a name, one line as `lenet.notation` reads it, or a .keras file, whose
description of the layers is read as data: no code in it runs, and Keras is not
needed. The exit code is 0, or 2 for what cannot be understood, with the place of the
slip.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from lenet import notation, report
from lenet.architectures import NETWORKS
from lenet.arguments import Shape
from lenet.keras_bridge import config
from lenet.network import Network
from lenet.table import Table


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        print(_answer(asked))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as error:
        print(f"lenet: {error}", file=sys.stderr)
        return 2
    return 0


def _answer(asked: argparse.Namespace) -> str:
    if asked.command == "list":
        rows = [
            (name, network.input_shape, network.trace().total.parameters, network.name)
            for name, network in NETWORKS.items()
        ]
        return repr(Table(("name", "input", "parameters", "what it is"), tuple(rows)))
    networks = [_network(text, asked.input, asked.no_bias) for text in asked.networks]
    if asked.command == "compare":
        return report.compared(*networks, asked.format)
    return report.explained(*networks, asked.format)


def _network(text: str, input_shape: Shape | None, no_bias: bool) -> Network:
    """A named network, the one that a line describes, or the one that a file holds."""
    if text in NETWORKS:
        network = NETWORKS[text]
    elif text.endswith(".keras"):
        network = config.read_file(text, input_shape)
    elif ":" in text:
        network = notation.parse(text)
    else:
        near = get_close_matches(text, NETWORKS, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else "python -m lenet list names them"
        raise ValueError(f"no network {text!r}; {hint}")
    return report.without_biases(network) if no_bias else network


def _parser() -> argparse.ArgumentParser:
    how = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    parser = argparse.ArgumentParser(prog="python -m lenet", description=__doc__, **how)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("list", help="the named networks")
    for name, count, what in (
        ("show", 1, "a named network: its table and every derivation"),
        ("explain", 1, "the same of a network in one line"),
        ("compare", 2, "the sums of two networks, and their ratios"),
    ):
        command = commands.add_parser(name, help=what, description=notation.__doc__, **how)
        command.add_argument(
            "networks", nargs=count, metavar="NETWORK", help="a name, one line, or a .keras file"
        )
        command.add_argument(
            "--input", type=notation.parse_shape, metavar="SHAPE",
            help="how large the image is, where a file leaves it open: 224x224x3",
        )  # fmt: skip
        command.add_argument("--format", choices=list(report.STYLES), default="text")
        command.add_argument("--no-bias", action="store_true", help="leave out all biases")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
