"""A .keras file, opened with care: whatever it holds, little is read and nothing is run."""

import io
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path

LONGEST_CONFIG = 8 * 2**20  # bytes; the longest of keras.applications has one million
MOST_BRACKETS = 1_000_000  # lists and objects: each takes a hundred bytes and more
LONGEST_NUMBER = 19  # digits: every number of 64 bits
LARGEST_WEIGHTS = 64 * 2**20  # bytes of packed weights; those that Keras writes are not packed
CONFIG, WEIGHTS = "config.json", "model.weights.h5"
WRITTEN_BY_KERAS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_members(path: Path) -> tuple[dict, Mapping[str, int] | None]:
    """The description in a .keras file, and how many numbers its weights have by layer.

    None in place of those where the file has no weights. Raises ValueError, with the
    remedy, for what is no file, cut, damaged, encrypted, too long, or no JSON.
    """
    if not stat.S_ISREG(_status(path).st_mode):
        raise ValueError(f"{path} is no file: it is a folder or a device")
    with _one_error(path), _Bounded(path) as file, zipfile.ZipFile(file) as archive:
        text = _member(archive, CONFIG, LONGEST_CONFIG)
        config = _parsed(text)
        return config, _weights(archive, file)


def _status(path: Path) -> os.stat_result:
    try:
        return os.stat(path)
    except FileNotFoundError:
        raise ValueError(f"there is no file {path}") from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be opened: {error}") from None


class _Bounded(io.FileIO):
    """A file of which no more is read at once than a description may have."""

    def read(self, count: int = -1) -> bytes:
        most = LONGEST_CONFIG + 2**17
        if count > most:
            raise zipfile.BadZipFile("its list of contents is too long")
        found = super().read(most + 1 if count is None or count < 0 else count)
        if len(found) > most:
            raise zipfile.BadZipFile("its list of contents is too long")
        return found


@contextmanager
def _one_error(path: Path):
    """One kind of error, with the file's name and the remedy, for all that a file can be."""
    try:
        yield
    except KeyError:
        raise ValueError(f"{path} holds no {CONFIG}: it is no .keras file") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: {CONFIG} is no JSON ({error})") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    except (
        zipfile.BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError,
        zlib.error,
    ) as error:  # fmt: skip
        raise ValueError(
            f"{path} cannot be read ({error}): it is cut or no .keras file; "
            f"write one with model.save('model.keras')"
        ) from None


def _member(archive: zipfile.ZipFile, name: str, longest: int) -> bytes:
    """The bytes of one member, no more than allowed whatever its header declares."""
    entry = archive.getinfo(name)
    if entry.compress_type not in WRITTEN_BY_KERAS:
        raise zipfile.BadZipFile(f"{name} is packed in a way that Keras does not write")
    if entry.flag_bits & 1:
        raise ValueError(f"{name} is encrypted")
    with archive.open(entry) as member:
        content = member.read(longest + 1)
    if len(content) > longest:
        raise ValueError(f"{name} is longer than {longest:,} bytes")
    return content


def _parsed(content: bytes) -> dict:
    """JSON, without what no description has: endless numbers, NaN, a million lists."""
    if content.count(b"[") + content.count(b"{") > MOST_BRACKETS:
        raise ValueError(f"{CONFIG} has more than {MOST_BRACKETS:,} lists and objects")
    return json.loads(content, parse_int=_whole, parse_float=_decimal, parse_constant=_refused)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"{CONFIG} has a number of {len(digits):,} digits")
    return int(digits)


def _decimal(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{CONFIG} has the number {text[:20]}, which no computer holds")
    return number


def _refused(word: str):
    raise ValueError(f"{CONFIG} has {word} in place of a number")


def _weights(archive: zipfile.ZipFile, file: _Bounded) -> Mapping[str, int] | None:
    """How many numbers the weights of each layer have, if there are weights."""
    if WEIGHTS not in archive.namelist():
        return None
    from lenet.keras_bridge.weights import counted  # h5py and NumPy: what only such a file needs

    entry = archive.getinfo(WEIGHTS)
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        return counted(io.BytesIO(_member(archive, WEIGHTS, LARGEST_WEIGHTS)))
    with archive.open(entry) as member:
        while member.read(2**20):  # to its end, where its checksum is compared
            pass
    return counted(Section(file, _begin(file, entry), entry.file_size))


def _begin(file: _Bounded, entry: zipfile.ZipInfo) -> int:
    """Where a member's bytes begin, behind its header with its name and what was added to it."""
    file.seek(entry.header_offset)
    header = file.read(30)
    name, more = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    return entry.header_offset + 30 + name + more


class Section(io.RawIOBase):
    """A part of a file as if it were a file."""

    def __init__(self, file: io.FileIO, begins: int, length: int):
        super().__init__()
        self.file, self.begins, self.length, self.at = file, begins, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        self.at = to + {os.SEEK_SET: 0, os.SEEK_CUR: self.at, os.SEEK_END: self.length}[whence]
        return self.at

    def readinto(self, buffer) -> int:
        count = max(0, min(len(buffer), self.length - self.at))
        self.file.seek(self.begins + self.at)
        found = self.file.read(count)
        buffer[: len(found)] = found
        self.at += len(found)
        return len(found)
