"""Arrays from an .npz file of which everything is known beforehand but the values.

Nothing is allocated for what a file only declares: what its parts say of themselves is
compared with what is expected, and then as many bytes are read as that needs.
"""

import struct
import warnings
import zipfile
from io import BytesIO
from typing import NamedTuple

import numpy as np

METHODS = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflated"}
SLACK = 1 << 20  # bytes that an archive may have besides its arrays
DIRECTORY = 1 << 16  # bytes that its directory may have
END = struct.Struct("<4s4H2LH")  # the last 22 bytes of an archive without a comment


class Expected(NamedTuple):
    """Shape and type of an array, the type as in "uint8"."""

    shape: tuple[int, ...]
    dtype: str

    @property
    def bytes(self) -> int:
        """
        >>> Expected((60_000, 28, 28), "uint8").bytes
        47040000
        """
        return int(np.prod(self.shape, dtype=object)) * np.dtype(self.dtype).itemsize


def most_bytes(expected: dict[str, Expected]) -> int:
    """As many bytes as a file with these arrays may have."""
    return sum(array.bytes for array in expected.values()) + SLACK


def arrays_of(archive: bytes, expected: dict[str, Expected]) -> dict[str, np.ndarray]:
    """The arrays by name, each of the shape and type that is expected.

    `archive` is what an .npz file holds. Raises ValueError, which names the array, for
    one that is missing, damaged, encrypted, packed otherwise, or of another shape or type.
    """
    _check_directory(archive)
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            return {name: _array(opened, name, array) for name, array in expected.items()}
    except Wrong as error:
        raise ValueError(str(error)) from None
    except Exception as error:  # zipfile, zlib and NumPy have a dozen kinds
        raise ValueError(f"it is damaged: {type(error).__name__}, {_line(error)}") from None


class Wrong(Exception):
    """Something is as no file of these arrays would have it."""


def _check_directory(archive: bytes) -> None:
    """zipfile would read a directory of any length, with an object for each entry."""
    if len(archive) < END.size or archive[-END.size :][:4] != b"PK\x05\x06":
        raise ValueError("it is no .npz file, or was cut")
    *_, size, _, comment = END.unpack(archive[-END.size :])
    if size > DIRECTORY or comment or archive[-END.size - 20 :][:4] == b"PK\x06\x07":
        raise ValueError("its directory is not that of a few arrays")


def _array(opened: zipfile.ZipFile, name: str, expected: Expected) -> np.ndarray:
    places = [info for info in opened.infolist() if info.filename == f"{name}.npy"]
    if len(places) != 1:
        raise Wrong(f"it has {len(places) or 'no'} arrays {name}, where one was expected")
    (info,) = places
    if info.flag_bits & 1:
        raise Wrong(f"its array {name} is encrypted")
    if info.compress_type not in METHODS:
        raise Wrong(f"its array {name} is packed by method {info.compress_type}, not deflated")
    with opened.open(info) as part:
        _check_header(part, name, expected)
        values = part.read(expected.bytes)
        if len(values) < expected.bytes:
            raise Wrong(f"its array {name} ends after {len(values):,} of {expected.bytes:,} bytes")
        if part.read(1):
            raise Wrong(f"its array {name} has more than its {expected.bytes:,} bytes")
    return np.frombuffer(values, expected.dtype).reshape(expected.shape).copy()


def _check_header(part, name: str, expected: Expected) -> None:
    version = np.lib.format.read_magic(part)
    if version != (1, 0):
        raise Wrong(f"its array {name} has format {version}, not (1, 0)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(part)
    found = Expected(shape, str(dtype))
    if found != expected or fortran or not all(type(size) is int for size in shape):
        raise Wrong(
            f"its array {name} has shape {_line(shape)} and type {_line(dtype)}"
            f"{', column by column' if fortran else ''}, where {expected.shape} and "
            f"{expected.dtype} were expected"
        )


def _line(said) -> str:
    """In one line of at most 80 characters."""
    text = " ".join(str(said).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
