"""The rooms of the package and the sizes of what is in them, and that each guard can complain."""

import subprocess
import sys
from pathlib import Path

import guards
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "code/lenet"
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text() for path in sorted(PACKAGE.rglob("*.py"))
}
# Data may be long: what others printed, each number with its source. The other data,
# training/records, are no modules.
DATA = {"paper.py"}


def dotted(path: str) -> str:
    """The module of a path: `plots/grids.py` is `plots.grids`."""
    return path.removesuffix(".py").replace("/", ".")


@pytest.mark.parametrize("path", SOURCES)
def test_rooms_import_only_what_they_may(path):
    assert not guards.forbidden_imports(dotted(path), SOURCES[path])


def test_every_folder_is_a_room_or_belongs_to_the_core():
    folders = {path.partition("/")[0] for path in SOURCES if "/" in path}
    assert folders - set(guards.MAY_IMPORT) == {"layers", "steps"}


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("__init__", "from lenet.plots import Drawing"),
        ("__init__", "from .counting import count"),
        ("network", "from lenet.plots.grids import grids"),
        ("network", "import lenet.plots.grids as g"),
        ("network", "import re, lenet.plots"),
        ("network", "from lenet import Network, plots"),
        ("network", "from lenet.plots import *"),
        ("network", "from .plots.grids import grids"),
        ("network", "from . import plots"),
        ("network", "def draw():\n    from lenet import plots"),
        ("network", "if TYPE_CHECKING:\n    from lenet.plots import Drawing"),
        ("network", "from lenet.keras_bridge.config import read"),
        ("network", "from lenet import __main__"),
        ("layers.core", "from lenet import counting"),
        ("layers.core", "from ..counting.tools import count"),
        ("layers.__init__", "from .. import counting"),
        ("steps.step", "from lenet.practice import questions"),
        ("counting.tools", "from lenet.keras_bridge.config import read"),
        ("practice.sheets", "from lenet.counting import count"),
        ("practice.book.learning", "from lenet.training.runs import load_records"),
        ("keras_bridge.model", "import lenet.training.loop"),
        ("keras_bridge.__init__", "from ..training import loop"),
        ("training.loop", "from lenet.plots import grids"),
        ("training.runs", "from lenet.keras_bridge.model import to_keras"),
        ("plots.grids", "from lenet.training.loop import train"),
        ("plots.grids", "from lenet.training import loop"),
        ("plots.grids", "from lenet.training import runs_of_others"),
        ("plots.__init__", "from lenet.keras_bridge import quiet"),
        ("__main__", "from lenet.training.runs import load_records"),
    ],
)
def test_a_forbidden_import_is_found(module, statement):
    assert len(guards.forbidden_imports(module, statement)) == 1


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("__init__", "from lenet.network import Network"),
        ("network", "import re, numpy.plots, plots"),
        ("network", "from .layers.core import Dense"),
        ("network", "from plots import lenet"),
        ("layers.__init__", "from .core import Dense"),
        ("layers.core", "from . import base"),
        ("counting.__init__", "from .tools import count"),
        ("practice.book.counts", "from lenet.practice.questions import Count"),
        ("practice.questions", "from lenet.derivation import derive"),
        ("counting.tools", "from lenet.network import Network"),
        ("keras_bridge.config", "from .layers import layer_of"),
        ("training.loop", "from lenet.keras_bridge import early"),
        ("training.loop", "from .runs import Run"),
        ("training.runs", "from .recipes import Recipe"),
        ("plots.grids", "from lenet.training.runs import Run"),
        ("plots.grids", "from lenet.training import runs"),
        ("plots.grids", "import lenet.training.runs"),
        ("__main__", "def read():\n    from lenet.keras_bridge.config import read_file"),
        ("__main__", "def ask():\n    from lenet.practice import check"),
    ],
)
def test_what_a_room_may_import_is_let_in(module, statement):
    assert not guards.forbidden_imports(module, statement)


@pytest.mark.parametrize("room", ["keras_bridge", "training"])
def test_rooms_that_need_tensorflow_load_none_by_themselves(room):
    assert not (PACKAGE / room / "__init__.py").read_text()


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python in the project's folder has after a statement."""
    script = f"{statement}\nimport sys\nprint(*sys.modules)"
    run = [sys.executable, "-c", script]
    return set(
        subprocess.run(run, cwd=ROOT, text=True, capture_output=True, check=True).stdout.split()
    )


KERAS = {"tensorflow", "keras"}
HEAVY = KERAS | {"numpy", "matplotlib", "sklearn", "scipy"}
COUNTS = [
    dotted(path)
    for path in SOURCES
    if guards.room(dotted(path)) in ("core", "counting", "practice")
]


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        (["lenet"], HEAVY),
        ([f"lenet.{name}" for name in COUNTS if "__init__" not in name], HEAVY),
        (["lenet.__main__", "lenet.keras_bridge.config"], HEAVY),
        (["lenet.training.runs"], KERAS),
        (["lenet.plots"], KERAS),
    ],
    ids=["lenet", "core, counting and practice", "shell", "records", "plots"],
)
def test_what_counts_reads_records_or_draws_loads_nothing_slow(modules, unwanted):
    assert not loaded_by("import " + ", ".join(modules)) & unwanted


def test_what_a_statement_loads_is_seen():
    assert {"lenet.plots.grids", "matplotlib"} <= loaded_by("import lenet.plots")


def test_the_folder_code_does_not_shadow_the_module_code():
    assert not (ROOT / "code/__init__.py").exists()
    assert not (ROOT / "code/code.py").exists()
    statement = "import code; assert hasattr(code, 'InteractiveConsole'), code"
    assert "code" in loaded_by(statement)


def test_no_module_is_too_long():
    assert not guards.long_modules({path: SOURCES[path] for path in SOURCES if path not in DATA})


def test_no_function_is_too_long():
    assert not guards.long_functions(SOURCES)


def test_a_long_module_is_found_and_named():
    assert not guards.long_modules({"fits.py": "x = 1\n" * 250})
    assert guards.long_modules({"a.py": "x = 1\n" * 251}) == ["a.py has 251 lines"]


def function(lines: int, name: str = "f") -> str:
    """The source of a function that long, with a docstring on top of that."""
    return f'def {name}():\n    """One.\n\n    Two.\n    """\n' + "    x = 1\n" * (lines - 1)


def test_a_long_function_is_found_and_named():
    short = function(2) * 3
    assert not guards.long_functions({"a.py": short + function(35)})
    assert guards.long_functions({"a.py": "# one\n" + function(36, "g") + short}) == [
        "a.py:2 g has 36 lines"
    ]
    method = "class A:\n" + "".join(f"    {line}\n" for line in function(36).splitlines())
    for hidden in (method, f"async {function(36)}", f"@cache\n{function(36)}"):
        assert len(guards.long_functions({"a.py": short, "b.py": hidden})) == 1


def test_functions_that_are_mostly_long_are_found():
    assert not guards.long_functions({"a.py": function(2) + function(10) + function(30)})
    found = guards.long_functions({"a.py": function(2), "b.py": function(11) + function(30)})
    assert found == ["the median function has 11 lines"]
