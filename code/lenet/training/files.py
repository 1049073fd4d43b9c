"""Files that anybody may have written, read within bounds."""

import os
import stat
from pathlib import Path

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}

# Opening a pipe would otherwise wait for somebody to write into it.
FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, most: int) -> bytes:
    """What is in an ordinary file of at most `most` bytes.

    Raises FileNotFoundError where there is none, ValueError for anything else: a folder,
    a pipe, a device, a longer file, or one that may not be read.

    >>> read_bytes(Path("/dev/zero"), 400)
    Traceback (most recent call last):
    ...
    ValueError: it is a device, not a file
    """
    try:
        # Opening a pipe would wait for somebody to write into it.
        file = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise ValueError(f"it cannot be opened: {error}") from None
    try:
        _check(os.fstat(file), most)
    except ValueError:
        os.close(file)
        raise
    with os.fdopen(file, "rb") as opened:
        read = opened.read(most + 1)
    if len(read) > most:
        raise ValueError(f"it has more than the {most:,} bytes that were expected")
    return read


def _check(found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        raise ValueError(f"it is {kind}, not a file")
    if found.st_size > most:
        raise ValueError(f"it has {found.st_size:,} bytes, and at most {most:,} were expected")
