"""A Sphinx extension: a build reads only what changed, and ends with the bytes of a first one.

A page is read and written again where its sources changed. Where something changed that every
page may depend on, such as the contents, the extensions or the package, all are, and no file of
an earlier build stays. Where only that changed which pages say of each other, as titles and words
of the glossary, all are written. A build that warned leaves nothing to go on from, so that the
next one warns too.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment

SHARED = (
    "_config.yml", "_toc.yml", "requirements.txt", "chapters/references.bib",
    "tools/**/*", "code/**/*", "_theme/**/*", "_templates/**/*", "_widgets/**/*",
)  # fmt: skip
GLOSSARY = "chapters/c_glossary"
KNOWN = "known.sum"  # what pages knew of each other when a build last wrote them all
# Extensions that place a script or a style only when a build has finished, by which time the
# pages have looked for its checksum: they place it first as well.
LATE = ("myst_nb.sphinx_ext", "sphinx-mathjax-offline")


def begin(app: Sphinx) -> None:
    """Forget the earlier build where what pages share has changed; place what pages name."""
    shared, env = sum_of(shared_files(Path(app.srcdir))), app.env
    if getattr(env, "shared_sum", None) != shared:
        env.shared_sum, env.page_sums = shared, {}
        empty(Path(app.outdir), Path(app.doctreedir))
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
    """The pages whose sources are not what they were, whatever their times say."""
    sums = {name: sum_of(sources(env, name)) for name in env.found_docs}
    before, env.page_sums = env.page_sums, sums
    return [name for name in sums if sums[name] != before.get(name)]


def sources(env: BuildEnvironment, name: str) -> list[Path]:
    """What a page is made of: its text, the outputs it is held to, and where numbers come from."""
    root, stem = Path(env.srcdir), Path(name).name
    made = (root / f"tests/notebooks/{stem}.ipynb", root / f"tests/provenance/{stem}.tsv")
    return [Path(env.doc2path(name)), *filter(Path.exists, made)]


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All of them where they know something new of each other, or a build was broken off.

    Else the first, beside those that were read: if none is written, no style is copied.
    """
    app.known, kept = "\n".join(sorted(known(env))), Path(app.doctreedir, KNOWN)
    same = kept.exists() and kept.read_text() == app.known
    kept.unlink(missing_ok=True)
    return [app.config.root_doc] if same else sorted(env.all_docs)


def known(env: BuildEnvironment) -> Iterator[str]:
    """What pages know of each other: titles, places to link to, works cited, words, styles."""
    yield from (f"{name} {title.astext()}" for name, title in env.titles.items())
    for store in env.domaindata.values():
        for value in store.values():
            items = value.items() if isinstance(value, dict) else value
            for item in items if isinstance(items, Iterable) else [items]:
                yield re.sub(r" at 0x\w+", "", repr(item))
    yield env.page_sums.get(GLOSSARY, "")
    yield sum_of(sorted(path for path in Path(env.srcdir, "_static").glob("*") if path.is_file()))


def end(app: Sphinx, error: Exception | None) -> None:
    """Keep what the pages know of each other; leave nothing to go on from after a warning.

    Sphinx's sum of the settings goes: it differs by Python, and `begin` looks at their files.
    """
    Path(app.outdir, ".buildinfo").unlink(missing_ok=True)
    if app._warncount:
        (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    elif error is None:
        Path(app.doctreedir, KNOWN).write_text(app.known)


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed_pages)
    app.connect("env-updated", pages_to_write)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
