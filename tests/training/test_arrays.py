"""Files of arrays that were damaged, forged or never were any: each refused in one sentence.

A stand-in for MNIST is attacked at every place where a file can be wrong. What a reader
would bring by mistake is tried too: folders, pipes and devices.
"""

import hashlib
import io
import os
import random
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet.training import mnist
from lenet.training.arrays import Expected, arrays_of, most_bytes

INPUTS = int(os.environ.get("LENET_FUZZ_INPUTS", 100))
rng = np.random.default_rng(0)
ARRAYS = {
    "x_train": rng.integers(0, 256, (6, 28, 28), "uint8"),
    "y_train": np.arange(6, dtype="uint8"),
    "x_test": rng.integers(0, 256, (2, 28, 28), "uint8"),
    "y_test": np.arange(2, dtype="uint8"),
}
EXPECTED = {name: Expected(array.shape, str(array.dtype)) for name, array in ARRAYS.items()}


def packed(arrays: dict, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of arrays, or of bytes in their place."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as file:
        for name, array in arrays.items():
            file.writestr(f"{name}.npy", array if isinstance(array, bytes) else member(array))
    return archive.getvalue()


def member(array: np.ndarray) -> bytes:
    written = io.BytesIO()
    np.save(written, array)
    return written.getvalue()


def declared(text: str) -> bytes:
    """The header of a member alone, with these words."""
    words = text.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(words).to_bytes(2, "little") + words


WHOLE = packed(ARRAYS)
TEN_TB = declared("{'descr': '|u1', 'fortran_order': False, 'shape': (10000000000000,), }")
HEADERS = {
    "declares 10 TB": TEN_TB,
    "another version": b"\x93NUMPY\x03\x00" + b"\xff\xff\xff\x7f" + bytes(1000),
    "no end of words": b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 65535,
    "no words": b"\x93NUMPY\x01\x00\x00\x00",
    "no header": b"",
    "no magic": b"not an array at all",
    "an object": declared("{'descr': '|O', 'fortran_order': False, 'shape': (6, 28, 28), }"),
    "a true shape": declared("{'descr': '|u1', 'fortran_order': False, 'shape': (True,), }"),
    "a huge type": declared("{'descr': '|V2000000000', 'fortran_order': False, 'shape': (1,), }"),
    "a call": declared("__import__('os').abort()"),
    "a bomb": member(ARRAYS["x_train"]) + bytes(50_000_000),
}


def refused(archive: bytes) -> str:
    with pytest.raises(ValueError, match=r"^its? ") as caught:
        arrays_of(archive, EXPECTED)
    said = str(caught.value)
    assert len(said) < 300 and "\n" not in said
    return said


def right_or_refused(archive: bytes) -> bool:
    """Whether an archive is read: then with the right values, for damage there did nothing."""
    try:
        found = arrays_of(archive, EXPECTED)
    except ValueError as error:
        assert len(str(error)) < 300
        return False
    for name, array in ARRAYS.items():
        assert found[name].dtype == "uint8" and (found[name] == array).all()
    return True


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_expected_is_read(method):
    assert right_or_refused(packed(ARRAYS, method))
    written = io.BytesIO()
    np.savez(written, **ARRAYS, another=np.zeros(3))
    assert right_or_refused(written.getvalue())


def test_the_size_of_a_file_is_bounded_by_what_its_arrays_need():
    assert most_bytes(mnist.ARRAYS) == 70_000 * 785 + 2**20


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_that_lies_is_refused(header):
    refused(packed(ARRAYS | {"x_train": header}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda x: x.reshape(6, 784), r"shape (6, 784) and type uint8, where (6, 28, 28)"),
        (lambda x: x.view("int8"), "type int8"),
        (lambda x: x.view("bool"), "type bool"),
        (lambda x: x.view(">u2"), "type >u2"),
        (lambda x: np.asfortranarray(x), "column by column"),
        (lambda x: x[:5], "shape (5, 28, 28)"),
        (lambda x: member(x)[:-1], "ends after 4,703 of 4,704 bytes"),
        (lambda x: member(x) + b"?", "more than its 4,704 bytes"),
    ],
)
def test_the_same_bytes_in_another_shape_or_type_are_refused(change, says):
    assert says in refused(packed(ARRAYS | {"x_train": change(ARRAYS["x_train"])}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_packing_is_refused(method):
    assert f"packed by method {method}, not deflated" in refused(packed(ARRAYS, method))


def test_encrypted_missing_and_repeated_arrays_are_refused():
    local, central = WHOLE.index(b"PK\x03\x04"), WHOLE.index(b"PK\x01\x02")
    encrypted = bytearray(WHOLE)
    encrypted[local + 6] |= 1
    encrypted[central + 8] |= 1
    assert "x_train is encrypted" in refused(bytes(encrypted))
    three = {name: array for name, array in ARRAYS.items() if name != "y_test"}
    assert "no arrays y_test" in refused(packed(three))
    archive = io.BytesIO(WHOLE)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(archive, "a") as file:
        file.writestr("y_test.npy", member(ARRAYS["y_test"]))
    assert "2 arrays y_test" in refused(archive.getvalue())


def test_a_directory_of_a_million_entries_is_not_read():
    end = bytearray(WHOLE)
    end[-10:-6] = (60_000_000).to_bytes(4, "little")
    assert "directory" in refused(bytes(end))
    assert "directory" in refused(WHOLE[:-22] + b"PK\x06\x07" + bytes(16) + WHOLE[-22:])
    assert "no .npz file" in refused(member(ARRAYS["x_train"]))


def test_damage_in_each_of_the_first_400_bytes_of_each_array_is_seen():
    starts = [info.header_offset for info in zipfile.ZipFile(io.BytesIO(WHOLE)).infolist()]
    chance, seen = random.Random(0), 0
    for start in starts:
        for place in range(start, min(start + 400, len(WHOLE))):
            damaged = bytearray(WHOLE)
            damaged[place] ^= chance.randrange(1, 256)
            seen += not right_or_refused(bytes(damaged))
    assert seen > 1_000


@settings(max_examples=INPUTS)
@given(st.data())
def test_any_damage_is_refused_or_does_nothing(data):
    damaged, place = bytearray(WHOLE), st.integers(0, len(WHOLE) - 1)
    for _ in range(data.draw(st.integers(1, 4))):
        at, kind = data.draw(place), data.draw(st.sampled_from(["change", "cut", "more", "zero"]))
        if kind == "change" and at < len(damaged):
            damaged[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del damaged[at : at + data.draw(st.integers(1, 50))]
        elif kind == "more":
            damaged[at:at] = data.draw(st.binary(min_size=1, max_size=50))
        else:
            damaged[at : at + 8] = bytes(len(damaged[at : at + 8]))
    right_or_refused(bytes(damaged))


@settings(max_examples=INPUTS)
@given(st.binary(max_size=200), st.sampled_from(list(ARRAYS)))
def test_anything_in_the_place_of_an_array_is_refused(content, name):
    refused(packed(ARRAYS | {name: content}))


# Once all is imported, a process may take 300 MB and 20 seconds more.
CHILD = """
import os, resource, sys, time
from pathlib import Path
from lenet.training import mnist
taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
resource.setrlimit(resource.RLIMIT_AS, (taken + 300_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 20,) * 2)
for path in sys.argv[1:]:
    os.environ[mnist.VARIABLE], start = path, time.monotonic()
    try:
        mnist.load()
    except (ValueError, FileNotFoundError) as error:
        print(error)
    assert time.monotonic() - start < 10, path
"""


def bad_files(folder):
    """Files by what is to be said of them."""
    (folder / "folder.npz").mkdir()
    yield folder / "folder.npz", "it is a folder, not a file"
    os.mkfifo(folder / "pipe.npz")
    yield folder / "pipe.npz", "it is a pipe, not a file"
    (folder / "zero.npz").symlink_to("/dev/zero")
    yield folder / "zero.npz", "it is a device, not a file"
    (folder / "loop.npz").symlink_to(folder / "loop.npz")
    yield folder / "loop.npz", "it cannot be opened"
    yield folder / "nowhere.npz", "does not exist"
    np.save(folder / "one.npy", ARRAYS["x_train"])
    yield folder / "one.npy", "it is no .npz file"
    with open(folder / "long.npz", "wb") as file:
        file.truncate(10**10)
    yield folder / "long.npz", "it has 10,000,000,000 bytes, and at most"
    (folder / "declared.npz").write_bytes(packed({"x_train": TEN_TB}))
    yield folder / "declared.npz", "shape (10000000000000,)"
    bomb = packed({name: bytes(200_000_000) for name in ["x_train"]})
    (folder / "bomb.npz").write_bytes(bomb)
    yield folder / "bomb.npz", "it is damaged"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as file:
        for number in range(20_000):
            file.writestr(f"{number}", b"")
    (folder / "many.npz").write_bytes(many.getvalue())
    yield folder / "many.npz", "directory"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not limited here: run it on Linux")
def test_whatever_lenet_mnist_names_is_refused_quickly_and_within_300_mb(tmp_path):
    paths, says = zip(*bad_files(tmp_path), strict=True)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *paths], text=True, capture_output=True, timeout=120
    )
    assert not done.stderr and not done.returncode, done.stderr
    for path, expected, said in zip(paths, says, done.stdout.splitlines(), strict=True):
        assert expected in said and str(path) in said and said.endswith(mnist.REMEDY)


def test_the_sum_of_an_array_is_still_asked_for(tmp_path, monkeypatch):
    changed = {name: array.copy() for name, array in ARRAYS.items()}
    changed["x_test"][1, 2, 3] ^= 1
    (tmp_path / "mnist.npz").write_bytes(packed(changed))
    monkeypatch.setattr(mnist, "ARRAYS", EXPECTED)
    sums = {name: hashlib.sha256(a.tobytes()).hexdigest() for name, a in ARRAYS.items()}
    monkeypatch.setattr(mnist, "CHECKSUMS", sums)
    monkeypatch.setenv(mnist.VARIABLE, str(tmp_path / "mnist.npz"))
    with pytest.raises(ValueError, match=r"x_test of .* is not MNIST's"):
        mnist.load()
