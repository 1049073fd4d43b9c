"""The package as others install it: a wheel with all its data, and a container's recipe."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of a copy of the sources, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    for path in (ROOT / "code/lenet").rglob("*"):
        if path.suffix in (".py", ".json", ".npz") and path.is_file():
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    command = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "."]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_all_modules_and_data_are_in_it_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    here = [path for path in (ROOT / "code/lenet").rglob("*") if path.is_file()]
    kept = {path for path in here if path.suffix in (".py", ".json", ".npz")}
    assert names == {path.relative_to(ROOT / "code").as_posix() for path in kept}
    metadata = next(n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("METADATA"))
    text = zipfile.ZipFile(wheel).read(metadata).decode()
    assert "License-Expression: BSD-3-Clause" in text and "# LeNet by the Numbers" in text


def test_installed_elsewhere_it_counts_and_has_its_records(wheel, tmp_path):
    install = [*PIP, "install", "--no-deps", "--no-index", "--target", tmp_path / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    script = (
        "import lenet; from lenet.training.runs import load_records; "
        "print(lenet.__file__, lenet.LENET5_MODERN.trace().total.parameters, len(load_records()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    place, parameters, records = ran.stdout.split()
    assert place.startswith(str(tmp_path)) and parameters == "61706" and int(records) > 10


def test_the_containers_recipe_names_files_that_are_here_and_a_python_that_fits():
    recipe = (ROOT / "Dockerfile").read_text()
    copied = [name for line in re.findall(r"^COPY (.*)$", recipe, re.M) for name in line.split()]
    assert all((ROOT / name).exists() for name in copied)
    python = re.search(r"FROM python:(3\.\d+)-", recipe)[1]
    wanted = re.search(r'requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text())[1]
    assert python == wanted and "requirements.txt" in copied
