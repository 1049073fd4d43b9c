"""Build the last commit again and again: are all bytes of the pages the same?

    python tools/same.py [PYTHON ...]      with this Python, and with each that is named

Each clone has a folder of its own, of another length, with another time zone and another seed.
The first is built twice. Executed chapters are shared: training differs by the machine, and the
tests hold its outputs to bounds. A named Python belongs to an environment with requirements.txt.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
CACHE = "_build/.jupyter_cache"
ZONES = ("UTC", "Pacific/Auckland")


def clone(folder: Path) -> Path:
    """The last commit in a folder, with the chapters that were executed here."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    if (ROOT / CACHE).exists():
        shutil.copytree(ROOT / CACHE, folder / CACHE)
    return folder


def build(folder: Path, python: str, seed: int) -> dict[str, str]:
    """The checksum of each file of the pages that a Python builds in a folder."""
    own = {"PYTHONPATH": str(folder / "code"), "PYTHONHASHSEED": str(seed)}
    own["TZ"] = ZONES[seed % len(ZONES)]
    command = [str(Path(python).with_name("jupyter-book")), "build", ".", "-W", "-n"]
    for step in ([python, "tools/chapters.py"], [*command, "--keep-going"]):
        done = subprocess.run(step, cwd=folder, env=os.environ | own, capture_output=True)
        if done.returncode:
            sys.exit(f"{' '.join(step)} failed:\n{done.stdout.decode()}{done.stderr.decode()}")
    return sums(folder / "_build/html")


def sums(folder: Path) -> dict[str, str]:
    """The checksum of each file in a folder, by its name there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
    }


def differences(first: dict[str, str], other: dict[str, str]) -> list[str]:
    """The names of files that are not the same in both, or not there.

    >>> differences({"a": "1", "b": "2"}, {"b": "3", "c": "4"})
    ['a', 'b', 'c']
    """
    return sorted(name for name in first.keys() | other if first.get(name) != other.get(name))


def main(pythons: list[str]) -> int:
    """Compare all builds with the first; 1 where a byte differs."""
    with TemporaryDirectory() as made:
        here = clone(Path(made, "a"))
        first = build(here, sys.executable, 0)
        again = {"the same folder, again": (here, sys.executable)}
        for at, python in enumerate([sys.executable, *pythons]):
            again[f"another folder, {python}"] = (clone(Path(made, f"folder {at}")), python)
        different = 0
        for seed, (name, (folder, python)) in enumerate(again.items(), 1):
            found = differences(first, build(folder, python, seed))
            said = f"differs in {', '.join(found)}" if found else f"{len(first)} files, the same"
            print(f"{name}: {said}", flush=True)
            different += len(found)
    return bool(different)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
