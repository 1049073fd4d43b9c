"""Whatever a shell hands over: an answer, or one clear line on standard error and exit code 2.

LENET_FUZZ_INPUTS is how many lines are drawn.
"""

import contextlib
import io
import os
import resource
import subprocess
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet import Dense, Network, derive, parse
from lenet import __main__ as shell
from lenet.architectures import NETWORKS
from lenet.layers import Add
from lenet.notation import KINDS, WORDS
from lenet.slips import LONGEST_WORD

INPUTS = int(os.environ.get("LENET_FUZZ_INPUTS", "300"))
SECONDS, BYTES = 2, 300 * 2**20
CONTROLS = (
    "\x1b[2J",
    "\x07",
    "\x00",
    "\x7f",
    "\x9b31m",
    "\u202e",
    "\u2028",
    "\udcff",
    "\n",
    "\t",
    "\r",
)
PARTS = [
    *KINDS, *WORDS, *CONTROLS, *NETWORKS, "as \x1b]0;a\x07", "×", "→", "é", "٣", "𝟗", "🙂",
    "\u200d", "6", "5x5", "2", "x", ",", ":", "-", "--input", "--", "", " ", "0", "-1", "1e9",
    "None", "9" * 5_000, "1" + "0" * 400, "w" * 70_000, "1000000000", "32x32x1:", ".keras", "%s",
    "{0}",
]  # fmt: skip
GOOD = [
    "64x64x3: conv 6 3x3 relu, maxpool 2, conv 16 4x4 relu, maxpool 2, flatten, dense 10 softmax",
    "9x9x4: conv 6 5x3 stride 2x1 groups 2 same nobias as C1 relu, globalavgpool, dense 10",
    "32x32x3: pad 2, separable 8 3, batchnorm, depthwise 3 nobias, upsample 2, dropout",
    "84: dense 10 tanh, rbf 10", "lenet1", "44,426",
]  # fmt: skip


def asked(*arguments):
    """The exit code of the shell, called here, and what it says on both ways out."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = shell.main(arguments)
        except SystemExit as ended:  # of --help
            code = ended.code
    return code, out.getvalue(), err.getvalue()


def held(code, out, err):
    """An answer, or one clear line; neither drives a terminal."""
    assert code in (0, 2)
    assert (out + err).replace("\n", "").isprintable()
    if code == 0:
        assert out and not err
        return
    assert not out and err.startswith("lenet: ") and "Traceback" not in err
    problem, *place = err.removesuffix("\n").split("\n")
    assert 12 < len(problem) < 420 and len(place) in (0, 2)
    if place:
        shown, mark = place
        assert set(mark) == {" ", "^"} and len(mark) <= len(shown) + 2 and len(shown) < 1200


@st.composite
def damaged(draw):
    """A line that was good before something was put in, taken out or put in another's place."""
    line = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(line)))
        end = min(len(line), start + draw(st.integers(0, 6)))
        line = line[:start] + draw(st.sampled_from(PARTS) | st.text(max_size=4)) + line[end:]
    return line


words = st.lists(st.sampled_from(PARTS), max_size=7).map(" ".join)
lines = damaged() | damaged() | words | st.text(max_size=40)
commands = st.sampled_from([
    ("show", None), ("show", None), ("show", "--no-bias", None), ("show", None, "--format", "json"),
    ("show", "84: dense 1", "--input", None), ("compare", "lenet1", None), ("which", None), (None,),
    ("show", "lenet1", "--format", None), ("which", "44426", "--quantity", None),
])  # fmt: skip


@settings(max_examples=INPUTS)
@given(commands, lines)
def test_any_line_is_answered_or_refused_in_one_line(command, line):
    held(*asked(*(line if word is None else word for word in command)))


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def child(*arguments, options=(), **how):
    """The shell in a process of its own, with its limits of time and memory."""
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 120} | how
    command = [sys.executable, *options, "-m", "lenet", *arguments]
    done = subprocess.run(command, preexec_fn=limited, **how)
    return done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()


HOSTILE = {
    "nothing": b"",
    "no UTF-8": b"\xff\xfe",
    "no UTF-8 in a line": b"8: \xff\xfe",
    "no UTF-8 in a file's name": b"\xff.keras",
    "controls": b"8: \x1b]0;title\x07\x1b[2J",
    "controls in a name": b"8: dense 3 as \x1b[2J",
    "right to left": "8: dense 3 as \u202eabc".encode(),
    "a long word": b"8: dense 3 " + b"x" * 120_000,
    "a long name": b"8: dense 3 as " + b"x" * 120_000,
    "a long kind": b"8: " + b"dense" * 20_000,
    "a long network": b"lenet" * 20_000,
    "5,000 digits": b"8: dense " + b"9" * 5_000,
    "5,000 digits of input": b"9" * 5_000 + b": dense 3",
    "100,000 digits": b"8x8x1: conv 3 1x" + b"9" * 100_000,
    "a huge side": b"1x1x1: " + b"upsample 1000000000," * 5_000 + b"flatten",
    "a huge jump": b"1x1x1: " + b"maxpool 1 stride 1000000000," * 4_000 + b"flatten",
    "names twice": b"8: " + b",".join([b"rbf 9 as a, rbf 9 as b"] * 4_000),
    "a misfit at the end": b"9x9x1: " + b"conv 1 1," * 12_000 + b"conv 1 10",
    "commas": b"8: " + b"," * 100_000,
    "colons": b":" * 100_000,
    "an input to no file": b"--input=9x9x1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_refused_within_two_seconds_and_300_megabytes(name):
    extra = ["lenet1"] if name == "an input to no file" else []
    code, out, err = child("show", HOSTILE[name], *extra)
    held(code, out, err)
    assert code == 2


def test_numbers_end_where_nobody_can_read_them():
    assert (
        asked("show", "1000000000x1000000000x1000000000: conv 1000000000 1000000000 same")[0] == 0
    )
    says = "expected at most 1,000,000,000 for filters, got 1000000001\n"
    assert says in asked("show", "8x8x1: conv 1000000001 3")[2]
    assert says.replace("filters", "an input") in asked("show", "1000000001: dense 3")[2]
    says = "layer 'up_sampling2d_5' reaches about 10**108, and counting ends at 10**100"
    assert says in asked("show", "1x1x1: " + ", ".join(["upsample 1000000000"] * 9))[2]
    assert asked("show", f"8: dense 3 as {'a' * LONGEST_WORD}")[0] == 0
    assert "a name of at most 100 characters" in asked("show", f"8: dense 3 as {'a' * 101}")[2]


def test_an_input_that_has_no_effect_is_refused():
    for network in ("lenet1", "8x8x1: conv 6 5"):
        code, _, err = asked("show", network, "--input", "9x9x1")
        assert code == 2 and "--input says how large the image of a .keras file is" in err
    assert "no file none.keras" in asked("compare", "lenet1", "none.keras", "--input", "9x9x1")[2]


@pytest.mark.parametrize("command", [("list",), ("show", "lenet1"), ("--help",)])
def test_an_output_that_cannot_be_written_is_said_in_one_line(command):
    with open("/dev/full", "wb") as full:
        code, _, err = child(*command, stdout=full)
    assert (code, err) == (2, "lenet: standard output: No space left on device\n")
    closed = f'"{sys.executable}" -m lenet {" ".join(command)} >&-'
    done = subprocess.run(closed, shell=True, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (2, "lenet: standard output: it is closed\n")


STANDS_FOR = {"→": "->", "·": "*", "×": "x", "–": "-"}


@pytest.mark.parametrize(
    ("encoding", "environment"),
    [
        ("cp1252", {"PYTHONIOENCODING": "cp1252"}),
        ("ascii", {"PYTHONIOENCODING": "ascii"}),
        ("utf-8", {"LC_ALL": "C"}),
        ("ascii", {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
    ],
)
def test_a_terminal_without_arrows_and_products_gets_others(encoding, environment):
    expected = asked("show", "lenet5-1998")[1]
    for letter, other in STANDS_FOR.items():
        if letter not in letter.encode(encoding, "ignore").decode(encoding):
            expected = expected.replace(letter, other)
    command = [sys.executable, "-m", "lenet", "show", "lenet5-1998"]
    how = {"env": os.environ | environment, "capture_output": True, "timeout": 120}
    done = subprocess.run(command, **how)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding) == expected


def test_what_a_terminal_lacks_and_nothing_stands_for_is_shown_by_its_number():
    how = {"env": os.environ | {"PYTHONIOENCODING": "ascii"}}
    code, out, _ = child("show", "8: dense 3 as 🙂", **how)
    assert code == 0 and r"\U0001f642" in out


@pytest.mark.parametrize("options", ["-O", "-OO", "-Werror", "-bb"])
def test_the_options_of_python_change_nothing(options):
    for command in (("list",), ("show", "lenet1"), ("show", "--help")):
        code, out, err = child(*command, options=[options])
        assert code == 0 and out and not err
    assert child("show", "8: dence 3", options=[options])[0] == 2


def chain(layers):
    return Network((3,), [Dense(3) for _ in range(layers)])


def parsed(layers):
    line = "9x9x1: " + ", ".join(["conv 1 3 same relu"] * layers)
    return lambda: parse(line)


def counted(layers):
    each = [Dense(3) for _ in range(layers)]
    return lambda: Network((3,), each)


def wired(layers):
    each, reads = [Add() for _ in range(layers)], [(n, n) for n in range(-1, layers - 1)]
    return lambda: Network((3,), each, reads=reads)


def looked_up(layers):
    trace, derivation = chain(layers).trace(), derive(chain(layers))
    return lambda: [(trace[row.name], derivation[row.name]) for row in trace]


def shown(layers):
    network = chain(layers)
    return lambda: shell.report.shown(network)


def seconds(work):
    start = process_time()
    work()
    return process_time() - start


@pytest.mark.parametrize("prepared", [parsed, counted, wired, looked_up, shown])
def test_four_times_the_layers_take_about_four_times_as_long(prepared):
    """Sixteen times where it is quadratic; between them is room for a busy machine."""
    few, many = prepared(750), prepared(3_000)
    times = [(seconds(few), seconds(many)) for _ in range(3)]
    assert min(b for _, b in times) < 9 * min(a for a, _ in times)
