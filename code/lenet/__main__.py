"""Count and derive a network from the shell.

    python -m lenet list                                the named networks
    python -m lenet show lenet5-1998                    table and derivation of one
    python -m lenet show "32x32x1: conv 6 5x5 tanh, avgpool 2"
    python -m lenet show --no-bias "8x8x1: conv 4 3, flatten, dense 10"
    python -m lenet show model.keras                    a model that Keras saved
    python -m lenet show model.keras --input 224x224x3
    python -m lenet show lenet1 --format json           for another program
    python -m lenet compare post-table post-fnn         two side by side
    python -m lenet which 44426                         the LeNet with this total
    python -m lenet which 416520 --quantity macs

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
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.table import Table

AS_WRITTEN = argparse.RawDescriptionHelpFormatter


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
    if asked.command == "which":
        from lenet.which import number_from, which  # a search that no other command needs

        return str(which(number_from(asked.number), asked.quantity))
    networks = [_network(text, asked.input, asked.no_bias) for text in asked.networks]
    if asked.command == "compare":
        return report.compared(*networks, asked.format)
    return report.shown(*networks, asked.format)


def _network(text: str, input_shape: Shape | None, no_bias: bool) -> Network:
    """A named network, the one that a line describes, or the one that a file holds."""
    if text in NETWORKS:
        network = NETWORKS[text]
    elif text.endswith(".keras"):
        from lenet.keras_bridge.config import read_file  # what only such a file needs

        network = read_file(text, input_shape)
    elif ":" in text:
        network = notation.parse(text)
    else:
        near = get_close_matches(text, NETWORKS, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else "python -m lenet list names them"
        raise ValueError(f"no network {text!r}; {hint}")
    return report.without_biases(network) if no_bias else network


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lenet", description=__doc__, formatter_class=AS_WRITTEN
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _command(commands, "list", "the named networks")
    one = _command(commands, "show", "the table of a network, and every derivation")
    two = _command(commands, "compare", "the sums of two networks, and their ratios")
    search = _command(commands, "which", "the LeNet that has a total which one meets somewhere")
    search.add_argument("number", metavar="NUMBER", help="a total, such as 44426 or 44,426")
    search.add_argument("--quantity", choices=("parameters", "weights", "macs", "connections"))
    for command, count in ((one, 1), (two, 2)):
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


def _command(commands, name: str, what: str) -> argparse.ArgumentParser:
    """A command whose help has its examples, and the notation where it reads networks."""
    examples = [line for line in __doc__.splitlines() if f"lenet {name}" in line]
    return commands.add_parser(
        name,
        help=what,
        description="\n".join((f"{what}:\n", *examples)),
        epilog=notation.__doc__ if name in ("show", "compare") else None,
        formatter_class=AS_WRITTEN,
    )


if __name__ == "__main__":
    raise SystemExit(main())
