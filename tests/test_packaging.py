"""The package as others install it: a wheel with all its data, and a container's recipe."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/workflows").glob("*")
}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of a copy of the sources, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "code").mkdir()
    for name in ("pyproject.toml", "code/README.md", "LICENSE"):
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
    linked = re.findall(r"\]\(([^)]*)\)", text)  # an index has none of the repository's files
    assert all(link.startswith("https://") for link in linked)


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


def test_the_containers_recipe_names_files_that_are_here_and_the_python_of_every_job():
    recipe = (ROOT / "Dockerfile").read_text()
    copied = [line.split()[:-1] for line in re.findall(r"^COPY (.*)$", recipe, re.MULTILINE)]
    copied = [name for names in copied for name in names]
    assert all((ROOT / name).exists() for name in copied) and "requirements.txt" in copied
    python = re.search(r"FROM python:(3\.\d+)-", recipe)[1]
    assert PROJECT["requires-python"] == f">={python}"
    for job in WORKFLOWS.values():
        assert {step["with"]["python-version"] for step in steps(job, "setup-python")} == {python}


def test_the_container_runs_as_a_user_who_may_write():
    recipe = (ROOT / "Dockerfile").read_text()
    assert recipe.index("chown -R ${NB_UID}") < recipe.index("USER ${NB_USER}")
    assert "--allow-root" not in recipe


def test_a_chapter_opens_as_a_notebook_in_the_container_and_with_make_lab():
    copy = "lab_overrides.json {}share/jupyter/lab/settings/overrides.json"
    assert f"COPY {copy.format('/usr/local/')}" in (ROOT / "Dockerfile").read_text()
    assert f"cp {copy.format('.venv/')}" in (ROOT / "Makefile").read_text()
    viewers = json.loads((ROOT / "lab_overrides.json").read_text())
    viewers = viewers["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers["markdown"] == "Jupytext Notebook"


def test_each_night_the_newest_versions_are_tried_beside_the_pinned_ones():
    nightly = WORKFLOWS["nightly"]["jobs"]["test"]
    assert nightly["strategy"]["matrix"]["versions"] == ["pinned", "newest"]
    runs = [step for step in nightly["steps"] if "run" in step]
    assert [step["run"] for step in runs] == ["make requirements", ".ci/run"]
    assert runs[0]["if"] == "matrix.versions == 'newest'" and "if" not in runs[1]
    assert "\nrequirements:" in (ROOT / "Makefile").read_text()


def test_the_readme_cites_what_the_citation_file_says():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    author, year = cited["authors"][0]["name"], str(cited["date-released"])[:4]
    line = f"> {author} ({year}). {cited['title']}. Version {cited['version']}."
    assert line in (ROOT / "README.md").read_text().splitlines()
    assert cited["cff-version"] == "1.2.0" and cited["message"] and cited["type"] == "software"


def steps(workflow: dict, action: str) -> list[dict]:
    """The steps of a workflow that use an action."""
    jobs = workflow["jobs"].values()
    return [step for job in jobs for step in job["steps"] if action in step.get("uses", "")]
