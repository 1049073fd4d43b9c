"""The tool behind `make mutation`, on packages of a few lines."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools/mutation.py"
SETTINGS = """
[tool.lenet-mutation]
source = "code"
modules = ["code"]
tests = ["tests/test_side.py"]
arguments = []
preload = []
"""
SIDE = '''
KERNEL = 5

def side(n: int) -> int:
    return n - KERNEL + 1

def same(n: int) -> int:
    """Only a doctest asks for it.

    >>> same(28)
    28
    """
    return n
'''
TEST = "import side, unseen\n\ndef test_side():\n    assert side.side(28) == 24\n"
REASON = """
[[survivor]]
file = "code/unseen.py"
name = "UNSEEN"
before = "UNSEEN = {}"
after = "UNSEEN = 8"
reason = "Nobody asks."
"""
EVERYTHING = '''"""Sides of maps + what they cost."""
import math
from functools import lru_cache

__all__ = ["side"]
Shape = tuple[int, ...]
FORMULA = "floor($N / $S) + 1"


class Layer:
    """Not looked at - nor is this."""
    __doc__ = f"{__doc__} NOR THAT"
    rank: "int + None" = 2

    @property
    def name(self) -> "str + None":
        return "C1"


@lru_cache(maxsize=8)
def side(n: int, k: int = 3, *, same: bool = False) -> int:
    """n - k + 1"""
    if k > n:
        raise ValueError(f"{k} does not fit " f"{n - k!r}")
    return max(n - k + 1, sum(a * b for a, b in zip((0, n), (n, 0), strict=True)))


if __name__ == "__main__":
    print(3)
'''


def run(folder, *arguments):
    command = [sys.executable, TOOL, "--root", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def write(folder, **files):
    for name, text in {**files, "pyproject.toml": SETTINGS}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Each mutant of EVERYTHING: its line, before and after the change."""
    folder = tmp_path_factory.mktemp("listed")
    write(folder, **{"code/everything.py": EVERYTHING})
    lines = run(folder, "--list").stdout.splitlines()
    return {(one[4:], other[4:]) for one, other in zip(lines[1::3], lines[2::3], strict=True)}


@pytest.mark.parametrize(
    "after",
    [
        "FORMULA = 'ceil($N / $S) + 1'",
        "FORMULA = 'floor($N / $S) - 1'",
        "FORMULA = 'floor($N*$S) + 1'",
        "FORMULA = 'floor($S / $N) + 1'",
        'rank: "int + None" = 3',
        "return 'c1'",  # below a decorator
        "return None",
        "def side(n: int, k: int = 4, *, same: bool = False) -> int:",
        "def side(n: int, k: int = 3, *, same: bool = True) -> int:",
        "if k >= n:",
        "raise ValueError(f'{k} DOES NOT FIT {n - k!r}')",
        "raise ValueError(f'{k} does not fit {n + k!r}')",
        "raise ValueError(f'{k} does not fit {n - k}')",
        "return min(n - k + 1, sum(a * b for a, b in zip((0, n), (n, 0), strict=True)))",
        "return max(n - k - 1, sum(a * b for a, b in zip((0, n), (n, 0), strict=True)))",
        "return max(n - k + 1, sum(a / b for a, b in zip((0, n), (n, 0), strict=True)))",
        "return max(n - k + 1, sum(a * b for a, b in zip((0, n), (n, *()), strict=True)))",
    ],
)
def test_what_is_changed(listed, after):
    assert after in {text for _, text in listed}


def test_what_is_left_alone(listed):
    before = "\n".join(text for text, _ in listed)
    assert not any(
        word in before for word in ('"""', "import", "__all__", "__doc__", "Shape", "print")
    )
    after = "\n".join(text for _, text in listed)
    assert not any(word in after for word in ("int - None", "str - None", "strict=False", "**{}"))


def test_a_survivor_needs_a_reason(tmp_path):
    write(tmp_path, **{"code/side.py": SIDE, "code/unseen.py": "UNSEEN = 7\n"})
    write(tmp_path, **{"tests/test_side.py": TEST})
    first = run(tmp_path)
    assert "Survived: code/unseen.py:1 UNSEEN\n  - UNSEEN = 7\n  + UNSEEN = 8\n" in first.stdout
    assert "6 of 7 mutants caught, 85.7 %" in first.stdout and first.returncode == 1
    assert (tmp_path / "code/side.py").read_text() == SIDE

    write(tmp_path, **{"tests/mutation_survivors.toml": REASON.format(7) + REASON.format(6)})
    again = run(tmp_path)
    assert "passed" not in again.stdout  # the results are kept
    assert "1 survived, 0 of them without a reason." in again.stdout
    assert "No longer needed" in again.stdout and "UNSEEN = 6" in again.stdout
    assert again.returncode == 1  # too few are caught

    assert run(tmp_path, "side").returncode == 0
    assert "No module that is changed is named sides" in run(tmp_path, "sides").stderr


def test_the_tests_must_pass_without_a_change(tmp_path):
    write(tmp_path, **{"code/side.py": SIDE, "tests/test_side.py": "def test(): assert False\n"})
    run_of_failing = run(tmp_path)
    assert run_of_failing.returncode == 1
    assert "The tests fail on the package as it is." in run_of_failing.stderr
