"""The built pages, and the system's Chromium that opens them."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))
import chromium  # noqa: E402

SITE = ROOT / "_build/html"
FROM_DISK = f"{SITE.as_uri()}/"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WITHOUT = "no Chromium is here: sudo apt-get install chromium brings it, .ci/run does that too"


def need_chromium() -> None:
    """Without Chromium a test is skipped, but not in CI."""
    if chromium.PATH is None and "CI" not in os.environ:
        pytest.skip(WITHOUT)


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window."""
    need_chromium()
    with chromium.opened() as browser:
        yield browser
