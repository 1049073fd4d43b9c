"""A Sphinx extension: a build reads only what changed, and ends with the bytes of a first one.

A page is read again where its source changed. Where something changed that every page may
depend on, such as the contents, the extensions or the package, all are, and no file of an
earlier build stays. All pages are written each time: they name each other's titles and words.
A build that warned leaves nothing to go on from, so that the next one warns too.
"""

from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment

SHARED = (
    "_config.yml", "_toc.yml", "requirements.txt", "chapters/references.bib",
    "tools/**/*", "code/**/*", "_theme/**/*", "_templates/**/*",
)  # fmt: skip
# Extensions that place a script or a style only when a build has finished, by which time the
# pages have looked for its checksum: they place it first as well.
LATE = ("myst_nb.sphinx_ext", "sphinx-mathjax-offline")


def begin(app: Sphinx) -> None:
    """Forget the earlier build where what pages share has changed; place what pages name."""
    shared, env = sum_of(shared_files(Path(app.srcdir))), app.env
    if getattr(env, "shared_sum", None) != shared:
        env.shared_sum, env.page_sums = shared, {}
        empty(Path(app.outdir), Path(app.doctreedir))
    (Path(app.outdir) / "searchindex.js").unlink(missing_ok=True)  # keeps words that are gone
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    for listener in app.events.listeners["build-finished"]:
        if listener.handler.__module__ in LATE:
            listener.handler(app, None)


def empty(folder: Path, kept: Path) -> None:
    """Remove all that is in a folder but this one."""
    for path in folder.iterdir():
        if path.is_dir() and path != kept:
            rmtree(path)
        elif path.is_file():
            path.unlink()


def shared_files(root: Path) -> list[Path]:
    """The files that every page may depend on, in order."""
    found = {path for pattern in SHARED for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.suffix != ".pyc")


def sum_of(paths: list[Path]) -> str:
    """A checksum of files and of what they are called."""
    whole = sha256()
    for path in paths:
        whole.update(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def changed_pages(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """The pages whose source is not what it was, whatever its time says."""
    sums = {name: sum_of([Path(env.doc2path(name))]) for name in env.found_docs}
    before, env.page_sums = env.page_sums, sums
    return [name for name in sums if sums[name] != before.get(name)]


def all_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All of them, to be written."""
    return sorted(env.all_docs)


def end(app: Sphinx, _: Exception | None) -> None:
    """Leave nothing to go on from after a warning."""
    if app._warncount:
        (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed_pages)
    app.connect("env-updated", all_pages)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
