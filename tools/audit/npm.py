"""The programs that come by npm: Lighthouse, and the Nu checker, which needs Java."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

import chromium

from .pages import ROOT, SITE

HERE = Path(__file__).parent
PLACE = ROOT / "_build/audit"
PINS = ("package.json", "package-lock.json")
CATEGORIES = {
    "perf": "performance",
    "a11y": "accessibility",
    "best": "best-practices",
    "seo": "seo",
}
NEEDS = {
    "npm": "Node.js with npm is not here: sudo apt-get install nodejs npm",
    "java": "Java is not here, which the Nu checker needs: "
    "sudo apt-get install default-jre-headless",
}


def missing(program: str) -> str | None:
    """How to get a program that is not here."""
    return None if shutil.which(program) else NEEDS[program]


def install() -> None:
    """Bring what package-lock.json pins into _build/audit, unless it is there already."""
    PLACE.mkdir(parents=True, exist_ok=True)
    pins = {PLACE / name: (HERE / name).read_bytes() for name in PINS}
    done = PLACE / "node_modules/.package-lock.json"  # npm writes it last
    if done.exists() and all(path.read_bytes() == text for path, text in pins.items()):
        return
    print("Lighthouse and the Nu checker come from the network into _build/audit, 140 MB, once")
    for path, text in pins.items():
        path.write_bytes(text)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", "ci", *quiet], cwd=PLACE, check=True)


def lighthouse(url: str, runs: int) -> dict[str, float]:
    """The medians of several visits of Lighthouse's phone: four scores, and the LCP in seconds."""
    found = [visit(url) for _ in range(runs)]
    return {name: statistics.median(run[name] for run in found) for name in found[0]}


def visit(url: str) -> dict[str, float]:
    """What Lighthouse measures in one visit."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        command = [PLACE / "node_modules/.bin/lighthouse", url, "--quiet", "--output=json"]
        flags = [f"--output-path={out}", "--chrome-flags=--headless=new --no-sandbox"]
        env = {**os.environ, "CHROME_PATH": chromium.PATH}
        subprocess.run([*command, *flags], check=True, env=env, stderr=subprocess.PIPE, text=True)
        report = json.loads(out.read_text())
    scores = {name: report["categories"][key]["score"] for name, key in CATEGORIES.items()}
    paint = report["audits"]["largest-contentful-paint"]["numericValue"]
    return {**scores, "LCP": paint / 1000}


def invalid(names: list[str]) -> dict[str, list[str]]:
    """The errors that the Nu checker finds in each page."""
    jar = PLACE / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", "--format", "json", "--stdout"]
    run = subprocess.run(
        [*command, *(SITE / name for name in names)], capture_output=True, text=True, check=False
    )
    found = {name: [] for name in names}
    for error in json.loads(run.stdout)["messages"]:
        name = next(name for name in names if error["url"].endswith(f"/_build/html/{name}"))
        found[name].append(f"{error['message']} (line {error.get('lastLine')})")
    return found
