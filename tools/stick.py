"""The built pages as one zip, for a stick or a school's server: unpacked, they open from disk.

python tools/stick.py      _build/lenet-by-the-numbers.zip, from the pages of `make book`
"""

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build/html"
OUT = ROOT / "_build/lenet-by-the-numbers.zip"
WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same pages give the same bytes
READABLE = 0o100644 << 16  # a web server may read them too


def write(site: Path, out: Path) -> None:
    """Put the files of a folder into a zip, in one folder with the zip's name."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name[0] != ".")
    with zipfile.ZipFile(out, "w") as made:
        for path in files:
            entry = zipfile.ZipInfo(f"{out.stem}/{path.relative_to(site).as_posix()}", WHEN)
            entry.create_system = 3  # Unix, on Windows too: the bits below are its
            entry.external_attr = READABLE
            made.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main() -> int:
    """Write the zip; 1 where there are no pages."""
    if not (SITE / "index.html").exists():
        print("No pages are here yet: make book builds them.")
        return 1
    write(SITE, OUT)
    print(f"Unpack {OUT.relative_to(ROOT)} anywhere and open index.html in it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
