"""All that a class must install, as a folder of wheels for this platform, for where no network is.

python tools/wheels.py            into _build/wheels, with TensorFlow; it needs a network
python tools/wheels.py --light    without TensorFlow, for the chapters that count

The versions are those of requirements.txt. At its end pip resolves the packages from the folder
alone, so that nothing can be missing where they are installed.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "_build/wheels"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
TO_RUN = ["jupyterlab", "jupytext"]  # what opens notebooks, and their Markdown


def requirements(light: bool) -> list[str]:
    """What the package needs, as pyproject.toml has it; a light one trains no network.

    >>> [line for line in requirements(light=False) if line not in requirements(light=True)]
    ['tensorflow==2.21.*', 'keras==3.15.*']
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    trains = [] if light else project["optional-dependencies"]["tensorflow"]
    return [*project["dependencies"], *trains]


def fetch(out: Path, light: bool) -> None:
    """Fetch the wheels into a folder, and resolve them from there. Raises CalledProcessError."""
    out.mkdir(parents=True, exist_ok=True)
    pins = out.with_name("pins.txt")
    lines = (ROOT / "requirements.txt").read_text().splitlines(keepends=True)
    pins.write_text("".join(line for line in lines if not line.startswith("-e")))
    wanted = [*requirements(light), *TO_RUN]
    subprocess.run([*PIP, "wheel", "--wheel-dir", out, "--constraint", pins, *wanted], check=True)
    offline = ["--no-index", "--find-links", out, "--ignore-installed", "--dry-run"]
    subprocess.run([*PIP, "install", *offline, *wanted], check=True)


def main(arguments: list[str]) -> int:
    """Fetch the wheels, and say how they are installed."""
    if arguments not in ([], ["--light"]):
        print(__doc__)
        return 2
    print("Fetching wheels for this platform: it needs a network, and a few minutes.", flush=True)
    fetch(OUT, light=bool(arguments))
    found = list(OUT.glob("*.whl"))
    size = sum(path.stat().st_size for path in found) / 1e6
    print(f"{len(found)} wheels, {size:.0f} MB, are in {OUT.relative_to(ROOT)}. Beside an unpacked")
    print("zip of make student they are installed without a network by")
    print("    pip install --no-index --find-links wheels -r requirements.txt jupyterlab jupytext")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
