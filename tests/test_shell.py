"""`python -m lenet` as a shell calls it."""

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest
from keras_files import CONV, DENSE, POOL, sequential, written
from lenet import __main__ as shell
from lenet.architectures import NETWORKS
from lenet.imagenet import LATER


def run(*arguments, **how):
    command = [sys.executable, "-m", "lenet", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **how)


def test_the_examples_of_the_help_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "model.keras", sequential(CONV, POOL, DENSE))
    examples = [
        line.strip() for line in shell.__doc__.splitlines() if line.startswith("    python")
    ]
    assert len(examples) >= 5
    for example in examples:
        arguments = shlex.split(example.split("   ")[0])[3:]
        assert shell.main(arguments) == 0, example


@pytest.mark.parametrize("command", ["list", "show", "compare", "which", "check", "problems"])
def test_the_help_of_each_command_has_its_examples(command, capsys):
    with pytest.raises(SystemExit) as ended:
        shell.main([command, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0 and f"\n    python -m lenet {command}" in said
    assert said.count("python -m lenet") == said.count(f"python -m lenet {command}")
    assert ("stride SIZE" in said) == (command in ("show", "compare"))


def test_the_key_of_the_letters_comes_last(capsys):
    assert shell.main(["show", "--key", "lenet1"]) == 0
    table = capsys.readouterr().out.rpartition("\n\n")[2]
    assert "\nKh        height of the kernel\n" in table


def test_every_named_network_is_listed_and_shown(capsys):
    assert shell.main(["list"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]]
    assert listed == [*NETWORKS, *LATER]
    for name in listed:
        assert shell.main(["show", name]) == 0
    assert "60,000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "lenet5-1989"], "no network 'lenet5-1989'; did you mean lenet5-1998?"),
        (["show", "inception"], "no network 'inception'; python -m lenet list names them"),
        (["show", "8: dence 3"], "did you mean dense?\n  8: dence 3\n     ^^^^^"),
        (["show", "none.keras"], "lenet: there is no file none.keras"),
        (["show", "none.keras", "--input", "9by9"], "argument --input"),
        (["compare", "lenet1"], "the following arguments are required: NETWORK"),
        (["show", "lenet1", "--format", "pdf"], "invalid choice: 'pdf'"),
        ([], "required: command"),
        (["check", "04.99"], "no question '04.99'; chapter 4 has 04.1 to 04.10"),
        (["check", "04.6", "--hints", "-1"], "--hints must be at least 0, got -1"),
        (["problems", "--topic", "shape"], "no topic 'shape'; did you mean shapes?"),
        (["problems", "--level", "5"], "argument --level: invalid choice: 5"),
        (["problems", "--count", "201"], "count must be at most 200, got 201"),
        (["problems", "--key", "key.md"], "--key and --roster need --out"),
        (["problems", "--out", "sheet.pdf"], "'sheet.pdf' must end in .md, .html, .ipynb"),
        (["problems", "--out", "no/sheet.md"], "no/sheet.md: No such file or directory"),
        (["problems", "--roster", "none.txt", "--out", "a.md"], "none.txt: No such file"),
    ],
)
def test_what_cannot_be_understood_is_told_with_exit_code_2(arguments, says):
    done = run(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert says in done.stderr and "Traceback" not in done.stderr


def test_a_total_finds_its_network(capsys):
    assert shell.main(["which", "61,706"]) == 0
    assert "lenet5-modern = 32x32x1: conv 6 5x5" in capsys.readouterr().out
    assert shell.main(["which", "416520", "--quantity", "macs"]) == 0
    assert "MACs" in capsys.readouterr().out
    assert shell.main(["which", "many"]) == 2
    assert "number must be as 61706" in capsys.readouterr().err


def test_an_answer_is_checked_and_hints_come_only_when_asked_for(capsys):
    assert shell.main(["check", "04.6"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("?\nThe answer is a whole number, such as 1234 or 1,234.\n")
    assert shell.main(["check", "04.6", "2,416"]) == shell.main(["check", "06.6", "-2"]) == 0
    assert capsys.readouterr().out == "Right.\nRight.\n"
    assert shell.main(["check", "04.6", "2400", "--hints", "9"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Not yet: bias forgotten.") and said[1].startswith("Hint: ")
    assert said[-1] == "It is worked out in chapter 4, under “LeNet-5”."


def test_sheets_for_a_class_are_written_and_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.txt").write_bytes("\ufeffAda King\r\n\r\nÉmile B.\r\n".encode())
    how = ["--level", "3", "--count", "4", "--roster", "names.txt"]
    assert shell.main(["problems", *how, "--out", "a.md", "--key", "key.html"]) == 0
    made = ["a-ada-king.md", "a-émile-b.md", "key-ada-king.html", "key-émile-b.html"]
    assert capsys.readouterr().out.splitlines() == made
    first, second = ((tmp_path / name).read_text("utf-8") for name in made[:2])
    assert first.startswith("# Problems: shapes, parameters for Ada King") and "\r" not in first
    assert first.split("\n")[4:] != second.split("\n")[4:]
    assert shell.main(["problems", "--count", "3"]) == 0
    assert "\n3. The input is " in capsys.readouterr().out


def test_a_saved_model_is_shown_in_a_moment_without_keras(tmp_path):
    path = written(tmp_path / "m.keras", sequential(CONV, POOL, DENSE, shape=(None, None, 3)))
    done = run("show", str(path), "--input", "28x28x3")
    assert done.returncode == 0 and "24×24×6" in done.stdout
    assert "say how large it is" in run("show", str(path)).stderr


def test_json_can_be_read_by_another_program():
    done = run("show", "--no-bias", "8x8x1: conv 4 3, flatten, dense 10", "--format", "json")
    assert json.loads(done.stdout)["total"]["biases"] == 0


def test_a_reader_that_stops_early_is_no_error():
    command = f"{shlex.quote(sys.executable)} -m lenet show zipcode-1989 | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "zip code net 1989\n" and done.stderr == ""


def test_counting_needs_neither_tensorflow_nor_matplotlib_nor_numpy():
    script = (
        "import sys; from lenet.__main__ import main; main(['show', 'lenet1']);"
        "print([m for m in ('tensorflow', 'keras', 'matplotlib', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


# Python imports this first of all, and is interrupted where it looks for a module.
INTERRUPTED = """
import os, signal, sys
class Looking:
    def find_spec(name, path=None, target=None):
        if name == os.environ["INTERRUPTED_AT"]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Looking)
"""


@pytest.mark.parametrize(
    "module",
    [
        "lenet.layers", "lenet.steps.pooling", "tabulate", "lenet.which", "argparse",
        "lenet.keras_bridge", "lenet.keras_bridge.config",
    ],
)  # fmt: skip
def test_ctrl_c_during_an_import_is_one_line(module, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED)
    paths = {"PYTHONPATH": str(tmp_path), "INTERRUPTED_AT": module}
    done = run("show", "none.keras", env=os.environ | paths)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "lenet: stopped\n")


def test_ctrl_c_while_a_long_derivation_is_written_is_one_line():
    line = "9x9x1: " + ", ".join(["conv 1 1"] * 1_000)
    command = [sys.executable, "-m", "lenet", "show", line]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as shown:
        assert shown.stdout.read(1) == "n"  # the rest does not fit into the pipe
        shown.send_signal(signal.SIGINT)
        assert shown.stderr.read() == "lenet: stopped\n"
        assert shown.wait(60) == 130


def test_ctrl_c_while_it_counts_is_one_line(monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(shell.report, "shown", interrupted)
    assert shell.main(["show", "lenet1"]) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "lenet: stopped\n")
