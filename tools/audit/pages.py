"""The built pages, and a server that sends them compressed, as the web does."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build/html"
SENDS_ON = {"index.html": "chapters/index.html"}  # a page that is left at once, and for which


def pages(words: list[str] | None = None) -> list[str]:
    """The pages whose names start with one of the words; all where there is no word.

    Raises ValueError where a word fits none.
    """
    found = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    there = [name for name in found if not Path(name).name.startswith(".")]
    for word in words or []:
        if not any(fits(name, word) for name in there):
            stems = " ".join(Path(name).stem for name in there)
            raise ValueError(f"no page starts with {word!r}; there are: {stems}")
    return [name for name in there if not words or any(fits(name, word) for word in words)]


def fits(name: str, word: str) -> bool:
    """Whether a word chooses a page: `03` chooses chapters/03_output_shapes.html."""
    return Path(name).stem.startswith(word)


class Compressed(SimpleHTTPRequestHandler):
    """Sends files with gzip."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Send a file, or the page for wrong addresses."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        there = path.is_file()
        body = gzip.compress((path if there else SITE / "404.html").read_bytes())
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", self.guess_type(path) if there else "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address at which the pages are served meanwhile."""

    def handler(*args):
        return Compressed(*args, directory=str(SITE))

    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
