"""What is skipped is named at the end of the tests, with the remedy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SKIPS = {"skip", "skipif", "importorskip"}
SKIPPING = """
import pytest
@pytest.mark.skipif(True, reason="no moon is here: wait for the night")
@pytest.mark.parametrize("number", range(3))
def test_moon(number): pass
def test_sun(): pytest.skip("no sun is here: wait for the day")
def test_earth(): pass
"""


def reasons(source: str) -> list[str]:
    """The reason of each skip in a test's source; of one without a reason what stands there."""
    names, found = {}, []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names |= {target.id: node.value for target in node.targets if hasattr(target, "id")}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SKIPS:
            says = [word.value for word in node.keywords if word.arg == "reason"] or node.args[-1:]
            found += [names.get(getattr(say, "id", ""), say) for say in says] or [node]
    return [getattr(say, "value", None) or ast.unparse(say) for say in found]


@pytest.mark.parametrize("path", sorted(TESTS.rglob("test_*.py")), ids=lambda path: path.stem)
def test_each_reason_has_its_remedy_behind_a_colon(path):
    assert all(": " in reason for reason in reasons(path.read_text()))


def test_a_reason_without_a_remedy_is_found():
    source = """
R = "no: yes"
a = pytest.importorskip("torch")
b = pytest.importorskip("torch", reason=R)
pytest.skip("c")
pytest.skip()
m = pytest.mark.skipif(x, reason="e: f")
"""
    assert sorted(reasons(source)) == ["c", "e: f", "no: yes", "pytest.skip()", "torch"]


def test_what_was_skipped_is_named_before_the_last_line(tmp_path):
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text())
    (tmp_path / "test_sky.py").write_text(SKIPPING)
    for workers in ((), ("-n", "1")):
        command = [sys.executable, "-m", "pytest", "-q", *workers, "test_sky.py"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        *_, section, moon, sun, last = done.stdout.splitlines()
        assert " skipped, and how not to skip it " in section
        assert moon == "test_sky.py (3): no moon is here: wait for the night"
        assert sun == "test_sky.py (1): no sun is here: wait for the day"
        assert last.startswith("1 passed, 4 skipped in ")
