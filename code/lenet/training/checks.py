"""What a record must be before anybody believes its numbers: read strictly, held to bounds.

Everything here is about the text of a record and needs neither TensorFlow nor NumPy.
"""

import json
from dataclasses import fields
from math import isfinite

from lenet.training.recipes import Distortion, Recipe

MOST_BYTES = 1 << 20  # of a record; the longest of this book has 12,000
TEST_DIGITS = 10_000
HEAD = ("experiment", "recipe", "versions", "data", "weights", "runs")
OF_MNIST = {  # SHA-256 of the bytes of each array
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
# What a run keeps, and the least and the most that each number can be.
REQUIRED = ("seed", "test_errors", "seconds")
BOUNDS = {
    "test_errors": (0, 100),
    "shift_errors": (0, 100),
    "train_errors": (0, 100),
    "losses": (-1e30, 1e30),
}
SECONDS = (0, 1e9)


def strict_json(text: bytes) -> object:
    """What a text in JSON holds.

    Raises ValueError for what Python would let pass: NaN and infinity, also as 1e999, a
    key that comes twice, brackets too deep.

    >>> strict_json(b'{"test_errors": [NaN]}')
    Traceback (most recent call last):
    ...
    ValueError: NaN is no number of JSON
    """
    try:
        return json.loads(
            text.decode("utf-8"), parse_constant=_no_constant, parse_float=_float,
            object_pairs_hook=_pairs,
        )  # fmt: skip
    except RecursionError:
        raise ValueError("its brackets are too deep") from None


def check_record(record: object, name: str) -> None:
    """Raises ValueError, with the place, for a record that is none of this experiment.

    `record` is what the text of the record says, lists or tuples.
    """
    _keys("the record", record, HEAD)
    if record["experiment"] != name:
        raise ValueError(f"experiment is {_short(record['experiment'])}, not {name!r}")
    _texts("versions", record["versions"])
    _texts("data", record["data"])
    if record["data"] != OF_MNIST:
        raise ValueError("data are not the SHA-256 of MNIST's arrays")
    if record["weights"] is not None and not _is_checksum(record["weights"]):
        raise ValueError(f"weights are {_short(record['weights'])}, not a SHA-256")
    recipe = record["recipe"]
    _keys("recipe", recipe, [field.name for field in fields(Recipe)])
    if recipe["distortion"] is not None:
        _keys("distortion", recipe["distortion"], [field.name for field in fields(Distortion)])
    _check_runs(record["runs"])


def _check_runs(runs: object) -> None:
    _sequence("runs", runs)
    if not runs:
        raise ValueError("runs are none")
    for place, run in enumerate(runs):
        _check_run(f"runs[{place}]", run)
    twice = _twice([run["seed"] for run in runs])
    if twice is not None:
        raise ValueError(f"runs have the seed {twice} twice")


def _check_run(place: str, run: object) -> None:
    optional = [key for key in (*BOUNDS, "wrong") if isinstance(run, dict) and key in run]
    _keys(place, run, {*REQUIRED, *optional})
    _number(f"{place}.seed", run["seed"], 0, 2**32 - 1, whole=True)
    _number(f"{place}.seconds", run["seconds"], *SECONDS)
    for key in BOUNDS:
        for index, value in enumerate(_sequence(f"{place}.{key}", run.get(key, ()))):
            _number(f"{place}.{key}[{index}]", value, *BOUNDS[key])
    if not run["test_errors"]:
        raise ValueError(f"{place}.test_errors are none")
    for key in sorted(run.keys() & {"losses", "train_errors"}):
        if len(run[key]) != len(run["test_errors"]):
            raise ValueError(f"{place}.{key} are not as many as its test_errors")
    for index, missed in enumerate(_sequence(f"{place}.wrong", run.get("wrong", ()))):
        _check_missed(f"{place}.wrong[{index}]", missed)


def _check_missed(place: str, missed: object) -> None:
    """Index, digit and answer of a test digit misread."""
    _sequence(place, missed)
    if len(missed) != 3:
        raise ValueError(f"{place} has {len(missed)} numbers, not three")
    for number, most in zip(missed, (TEST_DIGITS - 1, 9, 9), strict=True):
        _number(place, number, 0, most, whole=True)
    if missed[1] == missed[2]:
        raise ValueError(f"{place} has the answer {missed[2]}, which is right")


def _keys(place: str, found: object, expected) -> None:
    if not isinstance(found, dict):
        raise ValueError(f"{place} is {_short(found)}, not an object of JSON")
    for key in expected:
        if key not in found:
            raise ValueError(f"{place} has no {key!r}")
    for key in found:
        if key not in expected:
            raise ValueError(f"{place} has an unknown key {_short(key)}")


def _texts(place: str, found: object) -> None:
    _keys(place, found, found if isinstance(found, dict) else ())
    for key, value in found.items():
        if not isinstance(value, str):
            raise ValueError(f"{place}.{key} is {_short(value)}, not a text")


def _sequence(place: str, found: object) -> list | tuple:
    if not isinstance(found, list | tuple):
        raise ValueError(f"{place} is {_short(found)}, not a list")
    return found


def _number(place: str, value: object, least: float, most: float, whole: bool = False) -> None:
    kinds, kind = (int, "a whole number") if whole else (int | float, "a number")
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise ValueError(f"{place} is {_short(value)}, not {kind}")
    if not least <= value <= most:  # which NaN is not either
        raise ValueError(f"{place} is {_short(value)}, not from {least} to {most}")


def _is_checksum(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _float(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{_short(text)} is too large a number")
    return value


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"the key {_short(_twice([key for key, _ in pairs]))} comes twice")
    return found


def _twice(values: list):
    """The first value that comes again; none if all differ."""
    seen = set()
    return next((value for value in values if value in seen or seen.add(value)), None)


def _short(value: object) -> str:
    """A value as it is shown in a message: in one line, of at most 60 characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
