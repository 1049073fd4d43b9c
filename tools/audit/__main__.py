"""The table of measured figures for every page, and which bounds are not met."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import chromium
from tabulate import tabulate

from . import markup, npm, visits
from .bounds import COLUMNS, Bound, Measure, failures, number
from .pages import SITE, pages, served

EXAMPLES = """examples:
  make audit                      all pages, about half a minute each
  make audit PAGES="03 07"        two chapters
  make audit PAGES=search RUNS=1  one visit of Lighthouse in place of the median of 3
  make audit QUICK=1              without Lighthouse and the Nu checker, which need npm

The table has a row a page. A bound that is not met is named below it, and the exit code is 1.
Lighthouse's performance and LCP want an idle machine.
"""


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        "make audit", None, __doc__, EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("pages", nargs="*", help="first letters of pages; without any, all")
    parser.add_argument("--runs", type=int, default=3, help="visits of Lighthouse a page")
    parser.add_argument("--quick", action="store_true", help="only what make test holds too")
    return parser.parse_args(argv)


def measured(names: list[str], runs: int, quick: bool) -> dict[str, dict[str, Measure]]:
    """The measures of each page by column; those that need npm only where it is here."""
    found = {}
    no_npm, no_java = quick or npm.missing("npm"), quick or npm.missing("java")
    if not no_npm:
        npm.install()
    invalid = {} if no_npm or no_java else npm.invalid(names)
    with chromium.opened() as browser, served() as site:
        for at, name in enumerate(names, start=1):
            print(f"[{at} of {len(names)}] {name}", file=sys.stderr, flush=True)
            found[name] = markup.measures(name) | visits.measures(browser, name, site, quick=quick)
            if name in invalid:
                found[name]["HTML"] = invalid[name]
            if not no_npm:
                found[name] |= npm.lighthouse(site + name, runs)
    return found


def table(found: dict[str, dict[str, Measure]]) -> str:
    """A row a page, the bounds below them, and what each column is; ! marks a bound not met."""
    rows = [
        [page.removesuffix(".html"), *(cell(column, page, measures) for column in COLUMNS)]
        for page, measures in found.items()
    ]
    bounds = [f"{'≥' if column.least else '≤'}{column.limit:g}" for column in COLUMNS]
    aligned = ("left", *("right" for _ in COLUMNS))
    headings = ["page", *(column.name for column in COLUMNS)]
    lines = tabulate([*rows, ["bound", *bounds]], headings, colalign=aligned, disable_numparse=True)
    return "\n".join([lines, "", *(f"{column.name}: {column.what}" for column in COLUMNS)])


def cell(column: Bound, page: str, measures: dict[str, Measure]) -> str:
    """A measure as the table shows it."""
    if column.name not in measures:
        return "–"
    measure = measures[column.name]
    text = f"{number(measure):.0f}" if isinstance(measure, list) else f"{number(measure):.2f}"
    return text if column.holds(page, measure) else f"!{text}"


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 where a bound is not met, or nothing can be measured."""
    chosen = arguments(argv)
    if not (SITE / "index.html").exists():
        print("No pages are here yet: make book builds them.")
        return 1
    if chromium.PATH is None:
        print("No Chromium is here, which opens the pages: sudo apt-get install chromium")
        return 1
    try:
        names = pages(chosen.pages)
    except ValueError as error:
        print(error)
        return 1
    try:
        found = measured(names, chosen.runs, chosen.quick)
    except subprocess.CalledProcessError as error:
        print(f"{Path(error.cmd[0]).name} failed: {error.stderr or 'see above'}")
        print("make audit QUICK=1 measures what needs no npm.")
        return 1
    print(table(found))
    load = os.getloadavg()[2]
    print(f"\nLoad in the last 15 minutes: {load:.1f} on {os.cpu_count()} cores.")
    broken = [line for name in names for line in failures(name, found[name])]
    for reason in [] if chosen.quick else filter(None, map(npm.missing, npm.NEEDS)):
        print(f"Not measured: {reason}")
    print("\n".join(broken) or "Every bound is met.")
    return bool(broken)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        os.write(1, b"Stopped.\n")
        os._exit(130)
