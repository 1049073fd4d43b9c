"""Change the package in small ways, one at a time, and see whether the quick tests notice.

    python tools/mutation.py                     # all that no earlier run has tried
    python tools/mutation.py paper steps         # two modules or folders of the package
    python tools/mutation.py --sample 50         # fifty of them, the same ones each time
    python tools/mutation.py arithmetic --list   # say what would be changed, run nothing

No file is changed: a child process imports one module with one change in it and runs
the tests, those named after the module first. `tool.lenet-mutation` in pyproject.toml
has the modules and the tests, mutants.py the changes. The result is 1 if a survivor is
not in tests/mutation_survivors.toml, or if too few mutants are caught. Ctrl-C stops, and
the next run goes on, as long as package and tests are the same. Windows has no `fork`.
"""

import argparse
import gc
import hashlib
import importlib
import json
import os
import random
import resource
import signal
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib.machinery import SourceFileLoader
from operator import attrgetter, itemgetter
from pathlib import Path

import pytest
from mutants import Mutant, mutants
from tqdm import tqdm

ENOUGH = 97  # percent
CHILDREN = 2
WAITING = 60  # times its own time a child may take in all: other programs may run, or it be stopped
MEMORY = 4 << 30  # bytes of a child: a mutant may ask for a list without end
RESULTS = Path("_build/mutation/results.jsonl")  # all paths are below --root
SURVIVORS = Path("tests/mutation_survivors.toml")
KNOWN_BY = ("file", "name", "before", "after")  # a survivor, so that lines may move
QUICKLY = ["-x", "-q", "--tb=line", "--override-ini=addopts=", "-p", "no:cacheprovider"]
# The doctests of a module count too. pytest must not read it itself to rewrite its asserts.
QUICKLY += ["--doctest-modules", "--assert=plain"]
# After each run pytest looks for garbage, which takes as long as some tests.
QUICKLY += ["-p", "no:unraisableexception"]


def every_mutant(modules: list[str]) -> list[Mutant]:
    """The mutants of these files, and of all modules in these folders."""
    files = [file for name in modules for file in sorted(Path(name).rglob("*.py")) or [Path(name)]]
    return [each for file in files for each in mutants(file.as_posix(), file.read_bytes())]


def named(mutant: Mutant) -> set[str]:
    """The names of its module and folders."""
    return set(Path(mutant.file).with_suffix("").parts)


def get_ready(settings: dict) -> None:
    """Import what every child needs, but nothing of the package."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(Path(settings["source"]).resolve()))
    for name in settings["preload"]:
        importlib.import_module(name)
    tqdm.monitor_interval = 0  # no thread: a child would be a copy without it
    gc.freeze()  # no child need look through all this for garbage


def start(settings: dict, mutant: Mutant | None = None, seconds: int = 0) -> int:
    """Start the tests on a mutant, or on the package as it is; the number of the child."""
    if child := os.fork():
        return child
    code = 1
    try:
        if mutant:
            confine(seconds)
            import_changed(mutant)
        code = run_tests(settings, mutant)
    finally:  # whatever happens, the child must not go on as its parent would
        os._exit(code)


def confine(seconds: int) -> None:
    """Bounds for this process: its own time, memory, no output; only its parent stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    signal.alarm(WAITING * seconds)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def import_changed(mutant: Mutant) -> None:
    """From now on, who imports this module gets the mutant."""
    path, code_of = Path(mutant.file).resolve(), SourceFileLoader.get_code
    changed = compile(mutant.source, path, "exec")
    SourceFileLoader.get_code = lambda self, name: (
        changed if Path(self.path) == path else code_of(self, name)
    )


class PlainFirst:
    """Has pytest run last what takes ten times as long: generated cases, and loops that count."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest."""
        items.sort(key=lambda item: "loops" in item.name or hasattr(_code(item), "hypothesis"))


def _code(item: pytest.Item):
    return getattr(item, "obj", None)


def run_tests(settings: dict, mutant: Mutant | None) -> int:
    """0 if all pass; those named after the mutant run first, the others only if they pass."""
    names, modules = (named(mutant), [mutant.file]) if mutant else (set(), settings["modules"])
    near = [test for test in settings["tests"] if names & set(Path(test).stem.split("_"))]
    far = [test for test in settings["tests"] if test not in near]
    # Always with some of the tests, beside which conftest.py is found.
    for paths in ([*modules, *near], far) if near else ([*modules, *far],):
        if code := pytest.main([*paths, *QUICKLY, *settings["arguments"]], plugins=[PlainFirst()]):
            return code
    return 0


def seconds_allowed(settings: dict) -> int:
    """A bound for a run, from what one takes on the package as it is; it must pass there."""
    _, status, used = os.wait4(start(settings), 0)
    if status:
        sys.exit("The tests fail on the package as it is.")
    return 10 + round(5 * (used.ru_utime + used.ru_stime))


def tried(settings: dict, todo: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, as its run ends, and whether it was caught."""
    seconds, running = seconds_allowed(settings), {}
    try:
        for mutant in todo:
            if len(running) == CHILDREN:
                yield first_to_end(running)
            running[start(settings, mutant, seconds)] = mutant
        while running:
            yield first_to_end(running)
    finally:
        for child in running:
            os.kill(child, signal.SIGKILL)


def first_to_end(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    """Wait for one of the children."""
    child, status = os.wait()
    return running.pop(child), status != 0


def results_kept(source: str) -> dict[str, bool]:
    """What earlier runs found of the same files; of others it is thrown away."""
    files = [Path("pyproject.toml"), *sorted(Path(__file__).parent.glob("muta*.py"))]
    files += [file for folder in (source, "tests") for file in sorted(Path(folder).rglob("*.py"))]
    read = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    head, *lines = RESULTS.read_text().splitlines() if RESULTS.exists() else [""]
    if head == read:
        return dict(map(json.loads, lines))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(f"{read}\n")
    return {}


def survivors(settings: dict, chosen: list[Mutant]) -> list[Mutant]:
    """The mutants that no test notices; each result is written down at once."""
    caught = results_kept(settings["source"])
    todo = [mutant for mutant in chosen if str(mutant) not in caught]
    if todo:
        with RESULTS.open("a") as file, closing(tried(settings, todo)) as ends:
            for mutant, end in tqdm(ends, total=len(todo), unit=" mutants"):
                caught[str(mutant)] = end
                print(json.dumps([str(mutant), end]), file=file, flush=True)
    return [mutant for mutant in chosen if not caught[str(mutant)]]


def verdict(survived: list[Mutant], total: int, is_all: bool) -> int:
    """Say what survived without a reason, and how many were caught; 0 if all is well."""
    listed = tomllib.loads(SURVIVORS.read_text()) if SURVIVORS.exists() else {}
    known = set(map(itemgetter(*KNOWN_BY), listed.get("survivor", [])))
    found = {attrgetter(*KNOWN_BY)(mutant): mutant for mutant in survived}
    for unexplained in sorted(set(found) - known):
        print("Survived:", found[unexplained])
    for entry in sorted(known - set(found)) if is_all else ():
        print(f"No longer needed in {SURVIVORS}:", *entry, sep="\n  ")
    caught = total - len(survived)
    percent = 100 * caught / total
    print(f"{caught:,} of {total:,} mutants caught, {percent:.1f} % (asked: {ENOUGH} %).")
    print(f"{len(survived)} survived, {len(set(found) - known)} of them without a reason.")
    return int(bool(set(found) - known) or percent < ENOUGH)


def options() -> argparse.Namespace:
    """What the command line says."""
    title, examples = __doc__.split("\n", 1)
    parser = argparse.ArgumentParser(
        description=title, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="modules or folders; all if none is named")
    parser.add_argument("--sample", type=int, metavar="N", help="try N of them")
    parser.add_argument("--list", action="store_true", help="print them and run nothing")
    parser.add_argument("--root", default=Path(__file__).parents[1], help="another project")
    return parser.parse_args()


def main() -> int:
    """Choose, try, judge."""
    asked = options()
    os.chdir(asked.root)
    settings = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["lenet-mutation"]
    every = every_mutant(settings["modules"])
    wanted = set(asked.modules)
    if unknown := wanted - set().union(*map(named, every)):
        sys.exit(f"No module that is changed is named {', '.join(sorted(unknown))}.")
    chosen = [mutant for mutant in every if not wanted or wanted & named(mutant)]
    if asked.sample:
        chosen = random.Random(0).sample(chosen, min(asked.sample, len(chosen)))
    if asked.list:
        print(*chosen, sep="\n")
        return 0
    get_ready(settings)
    return verdict(survivors(settings, chosen), len(chosen), is_all=chosen == every)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("Stopped; the next run goes on from here.")
        sys.exit(130)
