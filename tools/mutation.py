"""Change the package in small ways, one at a time, and see whether the quick tests notice.

    python tools/mutation.py

mutmut makes the mutants and runs the tests; its settings are in pyproject.toml.
Here the files are laid out for it in _build/mutation, and what survives is held
against tests/mutation_survivors.toml. The result is 1 if a survivor is not in
that list, or if too few mutants are caught. A run that was stopped goes on where
it was, as long as neither the package nor the tests have changed.
"""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

ROOT = Path(__file__).parents[1]
WORK = ROOT / "_build/mutation"
ACCEPTED = ROOT / "tests/mutation_survivors.toml"
ENOUGH = 95  # percent
CAUGHT = {"killed", "timeout", "segfault"}
INTERRUPTED = 2
UNFINISHED = {status_by_exit_code[code] for code in (None, INTERRUPTED)}


def undecorated(source: str) -> str:
    """The same code with `f = decorator(f)` below a function in place of `@decorator` above.

    mutmut passes over decorated functions: properties, and the steps of every
    layer. Those are all named `_`; here each is named after its kind of layer.
    """
    lines = source.split("\n")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: -node.lineno):  # from the end: lines move
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        if not decorators or {"staticmethod", "classmethod"} & set(decorators):
            continue  # mutmut knows these two
        name, start = node.name, node.lineno - 1
        if name == "_":
            kind = f"{decorators[0]}_{ast.unparse(node.args.args[0].annotation)}"
            name = re.sub(r"\W+", "_", kind.replace(".register", ""))
            lines[start] = lines[start].replace("def _(", f"def {name}(", 1)
        wrapped = "".join(f"{decorator}(" for decorator in decorators) + name
        indent, close = " " * node.col_offset, ")" * len(decorators)
        lines.insert(node.end_lineno, f"{indent}{name} = {wrapped}{close}")
        del lines[node.decorator_list[0].lineno - 1 : start]
    return "\n".join(lines)


def lay_out() -> None:
    """Copy package, tests and settings, unless the same ones are there already."""
    files = [ROOT / "pyproject.toml"]
    for folder in ("code/lenet", "tests"):
        files += sorted((ROOT / folder).rglob("*.py"))
    read = b"".join(path.read_bytes() for path in (Path(__file__), *files))
    mark = WORK / hashlib.sha256(read).hexdigest()
    if mark.exists():
        return
    shutil.rmtree(WORK, ignore_errors=True)
    for path in files:
        # `src` is the name that mutmut knows for a folder with packages.
        copy = WORK / re.sub("^code/", "src/", path.relative_to(ROOT).as_posix())
        copy.parent.mkdir(parents=True, exist_ok=True)
        source = path.read_text()
        copy.write_text(undecorated(source) if "src" in copy.relative_to(WORK).parts else source)
    mark.touch()


def run() -> int:
    """Run mutmut on two cores; Ctrl-C reaches it too, and it is given the time to stop."""
    for data in results_kept():  # a test that Ctrl-C ended has not judged its mutant
        ends = data.exit_code_by_key.items()
        data.exit_code_by_key = {name: None if code == INTERRUPTED else code for name, code in ends}
        data.save()
    mutmut = Path(sys.executable).with_name("mutmut")
    process = subprocess.Popen([mutmut, "run", "--max-children", "2"])
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        return 130


def results_kept() -> Iterator[SourceFileMutationData]:
    """What mutmut knows of each file so far."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        if data.exit_code_by_key:
            yield data


def results() -> tuple[Counter, list[tuple[str, str, str]]]:
    """How many mutants came to which end; of those not caught the function, before and after."""
    ends, survivors = Counter(), []
    for data in results_kept():
        for name, code in data.exit_code_by_key.items():
            end = status_by_exit_code[code]
            ends[end] += 1
            if end not in CAUGHT | UNFINISHED:
                function = re.sub(r".*\.x_?|__mutmut.*", "", name).strip("ǁ").replace("ǁ", ".")
                changes = get_diff_for_mutant(name, path=data.path).splitlines()[2:]
                survivors.append((function, *(_side(changes, sign) for sign in "-+")))
    return ends, survivors


def _side(changes: list[str], sign: str) -> str:
    return "\n".join(line[1:].strip() for line in changes if line.startswith(sign))


def unexplained(survivors: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The survivors that the list does not name; says which of its entries none needs."""
    accepted = tomllib.loads(ACCEPTED.read_text())
    known = {(each["function"], each["before"], each["after"]) for each in accepted["survivor"]}
    for function, before, after in sorted(known - set(survivors)):
        print(f"No longer needed in {ACCEPTED.name}: {function}\n  - {before}\n  + {after}")
    left = [survivor for survivor in survivors if survivor not in known]
    for rule in accepted["everywhere"]:
        count = len(left)
        left = [each for each in left if not _alike(*each[1:], without=rule["without"])]
        if len(left) == count:
            print(f"No longer needed in {ACCEPTED.name}: without {rule['without']}")
    return left


def _alike(before: str, after: str, without: str) -> bool:
    return re.sub(without, "", before).split() == re.sub(without, "", after).split()


def main() -> int:
    """Lay out, run, judge."""
    lay_out()
    os.chdir(WORK)
    if code := run():
        return code
    ends, survivors = results()
    if UNFINISHED & set(ends):
        print("Stopped; the next run goes on from here.")
        return 130
    left = unexplained(survivors)
    for function, before, after in left:
        print(f"Survived: {function}\n  - {before}\n  + {after}")
    total = ends.total()
    caught, explained = total - len(survivors), len(survivors) - len(left)
    percent = 100 * caught / total
    print(f"{caught:,} of {total:,} mutants caught, {percent:.1f} % (asked: {ENOUGH} %).")
    print(f"{len(survivors)} survived: {explained} with a reason, {len(left)} without.")
    return int(bool(left) or percent < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
