"""Broken and hostile .keras files: one clear line, in little time and memory, and nothing runs.

`make fuzz` takes 5,000 damaged files and drawn descriptions, `make test` 150.
"""

import json
import os
import random
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import h5py
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keras_files import (
    CONV,
    DENSE,
    POOL,
    chain,
    functional,
    layer,
    reading,
    sequential,
    tensor,
    written,
)  # fmt: skip
from lenet.keras_bridge.config import read_config, read_file
from lenet.keras_bridge.forms import READ

INPUTS = int(os.environ.get("LENET_FUZZ_INPUTS", "150"))
SECONDS, MEGABYTES = 2, 300
SMALL = sequential(CONV, POOL, DENSE)

WEIGHTS = (("conv2d", "conv", [(5, 5, 3, 6), (6,)]), ("dense", "dense", [(6, 10), (10,)]))

READ_ALL = """
import json, resource, sys, time
import h5py
from lenet.keras_bridge.config import read_file
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
more = int(sys.argv[1]) * 10**6
resource.setrlimit(resource.RLIMIT_AS, (size + more, size + more))
for path in sys.argv[2:]:
    started = time.process_time()
    try:
        said = ["network", read_file(path).name]
    except BaseException as error:
        said = [type(error).__name__, str(error)]
    print(json.dumps([path, time.process_time() - started, *said]), flush=True)
status = open("/proc/self/status").read()  # ru_maxrss keeps the peak of who started us
peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
print(json.dumps(["", 0, "peak", peak]))
"""


def read_in_a_child(*paths: Path, seconds: int = 60, megabytes: int = MEGABYTES) -> list[list]:
    """What each file gives in a process that may take so much memory; its peak comes last."""
    run = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(megabytes), *map(str, paths)],
        capture_output=True, text=True, timeout=seconds, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()]


def packed(path: Path, text: bytes, how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("config.json", text)
    return path


def changed(path: Path, *changes: tuple[int, bytes]) -> Path:
    """The file with other bytes in some places; places below 0 are in the list of contents."""
    content = bytearray(path.read_bytes())
    listed = content.rindex(b"PK\x01\x02")
    for place, new in changes:
        at = place if place >= 0 else listed - place
        content[at : at + len(new)] = new
    path.write_bytes(content)
    return path


def hostile(folder: Path) -> dict[Path, str]:
    """Files, and what must be said of each."""
    said = {}
    for name, says in (("endless", "is no file"), ("fifo", "is no file"), ("folder", "is no file")):
        said[folder / f"{name}.keras"] = says
    (folder / "endless.keras").symlink_to("/dev/zero")
    os.mkfifo(folder / "fifo.keras")
    (folder / "folder.keras").mkdir()
    texts = {
        "lists": (b"[" + b"[]," * 20_000_000 + b"[]]", "longer than 8,388,608 bytes"),
        "brackets": (b"[" + b"[]," * 2_700_000 + b"[]]", "more than 1,000,000 lists"),
        "million": (b"[" + b"[]," * 480_000 + b"[]]", "no description"),
        "objects": (b"[" + b'{"a":1},' * 990_000 + b"{}]", "no description"),
        "words": (b"[" + b'"aa",' * 1_600_000 + b'""]', "no description"),
        "deep": (b"[" * 200_000 + b"]" * 200_000, "is no JSON"),
        "deep objects": (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "is no JSON"),
        "digits": (b'{"config": ' + b"9" * 5000 + b"}", "a number of 5,000 digits"),
        "nan": (b'{"config": NaN}', "has NaN in place of a number"),
        "infinity": (b'{"config": -Infinity}', "has -Infinity in place"),
        "large": (b'{"config": 1e999}', "has the number 1e999"),
        "text": (b"\xff\xfe\x00", "is no JSON"),
    }
    for name, (text, says) in texts.items():
        said[packed(folder / f"{name}.keras", text)] = says
    for name, how in (("lzma", zipfile.ZIP_LZMA), ("bz2", zipfile.ZIP_BZIP2)):
        path = packed(folder / f"{name}.keras", json.dumps(SMALL).encode(), how)
        said[changed(path, (60, b"\xff\xff\xff\xff"))] = "packed in a way that Keras does not write"
    damaged = packed(folder / "deflate.keras", json.dumps(SMALL).encode())
    said[changed(damaged, (60, b"\xff\xff\xff\xff"))] = "cannot be read"
    locked = written(folder / "locked.keras", SMALL)
    said[changed(locked, (6, b"\x01"), (-8, b"\x01"))] = "encrypted"
    bomb = packed(folder / "bomb.keras", b" " * 100_000_000)
    said[changed(bomb, (22, struct.pack("<I", 1000)), (-24, struct.pack("<I", 1000)))] = "CRC"
    said[packed(folder / "large bomb.keras", b" " * 100_000_000)] = "longer than"
    said[written(folder / "twins.keras", twins(40))] = "used more than 10,000 times"
    return said


def twins(depth: int) -> dict:
    """A model that has a model in it twice, which has one in it twice, ..."""
    config = functional(reading(layer("Flatten", "flat"), "image"), output="flat")
    for level in range(depth):
        name = f"model{level}"
        config["config"]["name"] = name
        nodes = [{"args": [tensor("image")]}, {"args": [tensor(name)]}]
        config = functional({**config, "inbound_nodes": nodes}, output=name)
    return config


def test_hostile_files_get_one_line_each_in_little_time_and_memory(tmp_path):
    said = hostile(tmp_path)
    *results, peak = read_in_a_child(*said)
    assert len(results) == len(said)
    for path, seconds, kind, says in results:
        print(f"{seconds:.2f} s", says.replace(str(tmp_path), ""))
        assert kind == "ValueError" and said[Path(path)] in says, (path, kind, says)
        assert "\n" not in says and len(says) < 400 + len(path)
        assert seconds < SECONDS, path
    print(peak[-1], "MB")
    assert peak[-1] < MEGABYTES


@pytest.mark.parametrize("in_order", [True, False], ids=["in order", "backwards"])
def test_reading_is_linear(tmp_path, in_order):
    """3,000 layers in 1 s, 100,000 in 5 s, of the processor; a busy machine may take longer."""
    graph = functional(*chain(3_000, in_order), output="flat2999")
    path = written(tmp_path / "graph.keras", graph)
    long = [layer("Flatten", f"flat{n}") for n in range(100_000)] if in_order else []
    text = json.dumps(sequential(*long, shape=(8, 8, 1)), separators=(",", ":"))
    paths = [path, written(tmp_path / "long.keras", text)] if in_order else [path]
    *results, _ = read_in_a_child(*paths, megabytes=2000)
    for (_, seconds, kind, says), most in zip(results, (1, 5), strict=False):
        print(f"{seconds:.2f} s")
        assert kind == "network", says
        assert seconds < 3 * most


@pytest.mark.parametrize(
    ("history", "says"),
    [
        (["image"], "a tensor comes from"), (["image", 0, 0, 0], "a tensor comes from"),
        ({"a": 1}, "a tensor comes from"), ([["image"], 0, 0], "a tensor comes from"),
        (["image", True, 0], "a tensor comes from"), (["image", -1, 0], "a tensor comes from"),
        (["image", 0, 1], "reads something that is not in the model"),
        (["flat", 0, 0], "reads something that is not in the model"),
        (["nobody", 0, 0], "reads something that is not in the model"),
        (["image", 0, 10**9], "not in the model|outputs, of which"), (None, "a tensor comes from"),
    ],
)  # fmt: skip
def test_odd_histories_are_refused(history, says):
    made = reading(layer("Flatten", "flat"), "image")
    made["inbound_nodes"][0]["args"][0][0]["config"]["keras_history"] = history
    with pytest.raises(ValueError, match=says):
        read_config(functional(made, output="flat"))


def test_two_layers_with_one_name_are_refused():
    twice = [reading(layer("Dense", "flat", units=n), "image") for n in (3, 4)]
    with pytest.raises(ValueError, match="two layers are called 'flat'"):
        read_config(functional(*twice, output="flat"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def places(value, path=()):
    """Every place in a description, as the keys that lead there."""
    yield path
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def put(value, path: tuple, new):
    """The description with something else in one place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


GRAPH = functional(
    reading(layer("Conv2D", "conv", filters=6, kernel_size=[3, 3], padding="same"), "image"),
    reading(layer("BatchNormalization", "norm", axis=-1), "conv"),
    reading(layer("Add", "sum"), "conv", "norm"),
    reading(layer("Flatten", "flat", data_format="channels_last"), "sum"),
    output="flat",
)
PLACES = {name: list(places(config)) for name, config in (("graph", GRAPH), ("small", SMALL))}


@settings(max_examples=INPUTS // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_drawn_changes_of_a_description_give_a_network_or_a_value_error(data):
    name = data.draw(st.sampled_from(sorted(PLACES)))
    config = {"graph": GRAPH, "small": SMALL}[name]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PLACES[name]))
        try:
            config = put(config, path, data.draw(json_values))
        except (KeyError, IndexError, TypeError):  # the place went away
            continue
    kind = data.draw(st.sampled_from([*READ, "Conv2D", "Reshape", "Dot", "Permute", "Cropping2D"]))
    names = st.sampled_from(["units", "axis", "filters", "kernel_size", "padding", "axes", "size"])
    more = layer(kind, "x", **data.draw(st.dictionaries(names, json_values)))
    for described in (config, sequential(CONV, more, DENSE)):
        try:
            read_config(described)
        except ValueError as error:
            assert "\n" not in str(error)


@pytest.fixture
def saved(tmp_path) -> bytes:
    """A small file that has weights, without Keras: HDF5 as Keras lays it out."""
    with h5py.File(tmp_path / "model.weights.h5", "w") as store:
        for number, (kind, name, shapes) in enumerate(WEIGHTS):
            group = store.create_group(f"layers/{kind}_{number}/vars")
            group.attrs["name"] = name
            for place, shape in enumerate(shapes):
                group.create_dataset(str(place), shape, "float32")
    path = written(tmp_path / "saved.keras", SMALL)
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(tmp_path / "model.weights.h5", "model.weights.h5")
    assert read_file(path).trace().total.parameters == 5 * 5 * 3 * 6 + 6 + 70
    return path.read_bytes()


def test_drawn_damage_to_a_file_gives_a_network_or_a_value_error(saved, tmp_path):
    """Each place of a file without weights, and random ones of one with weights."""
    rng, path = random.Random(0), tmp_path / "damaged.keras"
    plain = written(tmp_path / "plain.keras", GRAPH).read_bytes()
    for number in range(INPUTS // 2):
        whole = saved if number % 2 else plain
        content = bytearray(whole)
        for _ in range(rng.choice([1, 1, 3, 20])):
            content[rng.randrange(len(content))] = rng.randrange(256)
        if number % 5 == 0:
            del content[rng.randrange(len(content)) :]
        path.write_bytes(content)
        try:
            read_file(path)
        except ValueError as error:
            assert "\n" not in str(error) and "damaged.keras" in str(error)
