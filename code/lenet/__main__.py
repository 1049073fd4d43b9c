"""Count and derive a network from the shell.

    python -m lenet list                                the named networks
    python -m lenet show lenet5-1998                    table and derivation of one
    python -m lenet show "32x32x1: conv 6 5x5 tanh, avgpool 2"
    python -m lenet show --no-bias "8x8x1: conv 4 3, flatten, dense 10"
    python -m lenet show model.keras                    a model that Keras saved
    python -m lenet show model.keras --input 224x224x3
    python -m lenet show lenet1 --key                   with what the letters stand for
    python -m lenet show lenet1 --format json           for another program
    python -m lenet compare post-table post-fnn         two side by side
    python -m lenet which 44426                         the LeNet with this total
    python -m lenet which 416520 --quantity macs
    python -m lenet check 04.6                          a question of the book
    python -m lenet check 04.6 2400                     what is wrong with an answer
    python -m lenet problems --topic shapes,parameters --level 2 --count 20
    python -m lenet problems --level 3 --seed 7 --out sheet.md --key key.md

A network is a name, one line as `lenet.notation` reads it, or a .keras file, whose
description of the layers is read as data: no code in it runs, and Keras is not
needed. The exit code is 0, or 2 for what cannot be understood, with the place of the
slip, and for output that cannot be written; 130 after Ctrl-C. Where the output has no
characters such as those of a product, a * stands there.
"""

import argparse
import codecs
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from lenet import notation, report, stopping
from lenet.architectures import NETWORKS
from lenet.layers.arguments import Shape
from lenet.network import Network
from lenet.slips import code, shortened, visible
from lenet.table import Table

PLAIN = {"→": "->", "·": "*", "×": "x", "–": "-", "−": "-", "≥": ">=", "√": "sqrt", "é": "e"}
LONGEST_LINE = 400  # of an error
AS_WRITTEN = argparse.RawDescriptionHelpFormatter


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    try:
        _print(_answer(_parser().parse_args(arguments)))
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _leave_the_rest()
    except OSError as error:
        _leave_the_rest()
        return _complain(f"{error.filename or 'standard output'}: {error.strerror or error}", 2)
    except (ValueError, RecursionError, MemoryError) as error:
        return _complain(str(error) or type(error).__name__, 2)
    except KeyboardInterrupt:
        _leave_the_rest()
        return _complain("stopped", 130)
    return 0


def _print(text: str) -> None:
    """The text on standard output, as far as that has its characters, and none that drive it."""
    if sys.stdout is None:
        raise OSError("it is closed")
    encoding = sys.stdout.encoding or "utf-8"
    lines = (
        text if text.replace("\n", "").isprintable() else "\n".join(map(visible, text.split("\n")))
    )
    print(lines.encode(encoding, "lenet.plain").decode(encoding))
    sys.stdout.flush()


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding lacks, as `codecs.register_error` asks it."""
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter) or code(letter) for letter in lacking), error.end


codecs.register_error("lenet.plain", _plain)


def _leave_the_rest() -> None:
    """Nothing more is written, so that Python does not try it again when it ends."""
    if sys.stdout and sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(text: str, exit_code: int) -> int:
    """One clear line on standard error, and what shows the place in a line of notation."""
    lines = (visible(line) for line in text.split("\n"))
    short = (f"{line[:LONGEST_LINE]} ..." if len(line) > LONGEST_LINE else line for line in lines)
    if sys.stderr:
        print("lenet:", "\n".join(short), file=sys.stderr)
    return exit_code


class _Parser(argparse.ArgumentParser):
    """A parser whose help and errors are written as all else is."""

    def error(self, message: str):
        raise ValueError(f"{message}; {self.prog} --help tells more")

    def print_help(self, file=None) -> None:
        _print(self.format_help().rstrip("\n"))


def _answer(asked: argparse.Namespace) -> str:
    if asked.command == "list":
        rows = [
            (name, network.input_shape, network.trace().total.parameters, network.name)
            for name, network in _named().items()
        ]
        return repr(Table(("name", "input", "parameters", "what it is"), tuple(rows)))
    if asked.command in ("check", "problems"):
        from lenet.practice import shell  # networks of questions, which no other command needs

        return shell.checked(asked) if asked.command == "check" else shell.problems(asked)
    if asked.command == "which":
        from lenet.which import number_from, which  # a search that no other command needs

        return str(which(number_from(asked.number), asked.quantity))
    if asked.input and not any(text.endswith(".keras") for text in asked.networks):
        raise ValueError(
            f"--input says how large the image of a .keras file is; nothing is left open in "
            f"{' and '.join(map(shortened, asked.networks))}"
        )
    networks = [_network(text, asked.input, asked.no_bias) for text in asked.networks]
    if asked.command == "compare":
        return report.compared(*networks, asked.format)
    return report.shown(*networks, asked.format, asked.key)


def _named() -> dict[str, Network]:
    from lenet.imagenet import LATER  # hundreds of layers, which few commands ask for

    return NETWORKS | LATER


def _network(text: str, input_shape: Shape | None, no_bias: bool) -> Network:
    """A named network, the one that a line describes, or the one that a file holds."""
    if text in NETWORKS:
        network = NETWORKS[text]
    elif text.endswith(".keras"):
        from lenet.keras_bridge.config import read_file  # what only such a file needs

        network = read_file(text, input_shape)
    elif ":" in text:
        network = notation.parse(text)
    elif text in (known := _named()):
        network = known[text]
    else:
        near = get_close_matches(text, known, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else "python -m lenet list names them"
        raise ValueError(f"no network {shortened(text)!r}; {hint}")
    return report.without_biases(network) if no_bias else network


def _shape(text: str) -> Shape:
    try:
        return notation.parse_shape(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error).split("\n")[0]) from None


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m lenet", description=__doc__, formatter_class=AS_WRITTEN)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _command(commands, "list", "the named networks")
    one = _command(commands, "show", "the table of a network, and every derivation")
    two = _command(commands, "compare", "the sums of two networks, and their ratios")
    search = _command(commands, "which", "the LeNet that has a total which one meets somewhere")
    search.add_argument("number", metavar="NUMBER", help="a total, such as 44426 or 44,426")
    search.add_argument("--quantity", choices=("parameters", "weights", "macs", "connections"))
    _practice(commands)
    for command, count in ((one, 1), (two, 2)):
        command.add_argument(
            "networks", nargs=count, metavar="NETWORK", help="a name, one line, or a .keras file"
        )
        command.add_argument(
            "--input", type=_shape, metavar="SHAPE",
            help="how large the image is, where a file leaves it open: 224x224x3",
        )  # fmt: skip
        command.add_argument("--format", choices=list(report.STYLES), default="text")
        command.add_argument("--no-bias", action="store_true", help="leave out all biases")
    one.add_argument("--key", action="store_true", help="say what the letters stand for")
    return parser


def _practice(commands) -> None:
    """What the commands of practice take."""
    check = _command(commands, "check", "a question of the book, and what is said of an answer")
    check.add_argument("number", metavar="NUMBER", help="of the question, such as 04.6")
    check.add_argument("given", metavar="ANSWER", nargs="?", help="such as 2416 or 28x28x6")
    check.add_argument("--hints", type=int, default=0, metavar="N", help="give the first N hints")
    sheet = _command(commands, "problems", "a sheet of problems and its key, made from a seed")
    sheet.add_argument("--topic", default="shapes,parameters", help="some of shapes, parameters, "
                       "work and fields, with commas between them")  # fmt: skip
    sheet.add_argument("--level", type=int, choices=(1, 2, 3, 4), default=1)
    sheet.add_argument("--count", type=int, default=20, metavar="N")
    sheet.add_argument("--seed", type=int, default=0, metavar="N", help="another one, other "
                       "problems; the same one, the same sheet")  # fmt: skip
    for option, what in (("--out", "the sheet"), ("--key", "answers, work and slips")):
        sheet.add_argument(option, metavar="FILE", help=f"{what}: a .md, .html or .ipynb file")
    sheet.add_argument("--roster", metavar="FILE", help="names, one a line: a sheet for each")


def _command(commands, name: str, what: str) -> argparse.ArgumentParser:
    """A command whose help has its examples, and the notation where it reads networks."""
    examples = [line for line in (__doc__ or "").splitlines() if f"lenet {name}" in line]
    return commands.add_parser(
        name,
        help=what,
        description="\n".join((f"{what}:\n", *examples)),
        epilog=notation.__doc__ if name in ("show", "compare") else None,
        formatter_class=AS_WRITTEN,
    )


if __name__ == "__main__":
    stopping.stops_on_ctrl_c()
    raise SystemExit(main())
