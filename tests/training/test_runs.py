import copy
import json
import math
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenet import LENET1
from lenet.training.checks import OF_MNIST
from lenet.training.experiments import EXPERIMENTS
from lenet.training.recipes import Distortion
from lenet.training.runs import Record, Run, apart, error_table, load_records, write_record

RUNS = (Run(0, (9.0, 1.0, 2.0), 1.5, ((8, 5, 6), (247, 4, 2))), Run(1, (8.0, 2.0, 1.5), 1.0))
RECORD = Record(EXPERIMENTS["lenet1"], RUNS, {"keras": "3"}, OF_MNIST, 32 * "cd")
EARLIER = replace(EXPERIMENTS["lenet1"].recipe, epochs=3, distortion=Distortion(shift=2.0))


INPUTS = int(os.environ.get("LENET_FUZZ_INPUTS", 100))


def with_errors(*errors: float, name: str = "lenet1") -> Record:
    runs = (Run(seed, (99.0, error), 1.0) for seed, error in enumerate(errors))
    return Record(EXPERIMENTS[name], tuple(runs), data=OF_MNIST)


def test_what_is_written_is_read_again(tmp_path):
    write_record(RECORD, tmp_path)
    assert load_records(tmp_path) == {"lenet1": RECORD}
    write_record(replace(RECORD, runs=RUNS[:1]), tmp_path)  # over the first, no leftovers
    assert load_records(tmp_path)["lenet1"].seeds == (0,)
    assert [path.name for path in tmp_path.iterdir()] == ["lenet1.json"]


def test_everything_that_a_run_can_keep_is_read_again(tmp_path):
    run = Run(3, (2.0,), 1.0, ((8, 5, 6),), (2.0, 3.0), (0.5,), (4.0,))
    write_record(replace(RECORD, runs=(run,)), tmp_path)
    assert load_records(tmp_path)["lenet1"].runs == (run,)


def test_a_record_has_the_recipe_by_which_it_was_made(tmp_path):
    made = replace(RECORD, experiment=replace(RECORD.experiment, recipe=EARLIER))
    write_record(made, tmp_path)
    found = load_records(tmp_path)["lenet1"].experiment
    assert found.recipe == EARLIER and found.network == LENET1


def test_a_record_knows_its_experiment():
    for name, record in load_records().items():
        assert record.experiment == EXPERIMENTS[name]
    assert load_records()["lenet5-1998-distorted"].experiment.reproduces.error == 0.8


def test_records_come_in_the_order_of_the_experiments(tmp_path):
    assert list(load_records()) == list(EXPERIMENTS)
    for name in ("lenet5-modern", "fnn-784-10"):
        write_record(with_errors(1.0, name=name), tmp_path)
    assert list(load_records(tmp_path)) == ["fnn-784-10", "lenet5-modern"]


def test_an_error_is_that_of_the_last_epoch():
    assert RECORD.test_errors == (2.0, 1.5) and RUNS[0].test_error == 2.0


def test_answers_are_the_labels_but_for_the_digits_missed():
    run = Run(0, (50.0,), 1.0, wrong=((0, 3, 8), (2, 7, 1)))
    assert run.answers(iter([3, 5, 7, 7])) == [8, 5, 1, 7]


def test_errors_by_move_have_one_of_each_run():
    runs = (
        Run(0, (1.0,), 1.0, shift_errors=(1.0, 5.0)),
        Run(1, (2.0,), 1.0, shift_errors=(2.0, 6)),
    )
    assert replace(RECORD, runs=runs).shift_errors == [(1.0, 2.0), (5.0, 6)]


def written(folder, text: str | bytes):
    path = folder / "lenet1.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(folder, says: str = "") -> None:
    """A file of the folder, in one sentence: which one, what is wrong with it, and the remedy."""
    with pytest.raises(
        ValueError, match=r"is not a record \(.*\): delete it, and make rep"
    ) as caught:
        load_records(folder)
    said = str(caught.value)
    assert said.startswith(f"{folder / 'lenet1.json'} is not") and says in said, said
    assert "\n" not in said and len(said) < len(str(folder)) + 300


@pytest.fixture
def text(tmp_path) -> dict:
    """What the text of a record with all that a run can keep says."""
    all_of_it = Run(3, (2.0, 1.0), 1.0, ((8, 5, 6),), (2.0, 3.0), (0.5, 0.25), (4.0, 3.5))
    write_record(replace(RECORD, runs=(*RUNS, all_of_it)), tmp_path)
    return json.loads((tmp_path / "lenet1.json").read_text())


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", "7", '{"experiment": "lenet1"}', '{"experiment": "cut', "{" * 300_000,
        "[" * 200_000, '{"a": 1, "a": 2}', b"\xff\xfe", f'{{"experiment": {"9" * 5000}}}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_record_is_named_with_the_remedy(content, tmp_path):
    written(tmp_path, content)
    refused(tmp_path)


WRONG = {
    ("experiment",): ["lenet5-1998", "", None, 1, ["lenet1"]],
    ("recipe", "epochs"): ["30", 30.0, True, 0, -1, None, math.nan],
    ("recipe", "learning_rate"): ["0.01", True, math.inf, math.nan, -0.1, None],
    ("recipe", "weight_decay"): ["0", False, math.inf, -1, None],
    ("recipe", "j"): ["1", False, math.nan, math.inf, 2.0],
    ("recipe", "shuffled"): [0, 1, "no", None],
    ("recipe", "optimizer"): ["SGD", ["Adam"], 0, None],
    ("recipe", "distortion"): [{}, [], 0, "", False, {"shift": 1.0, "scale": 0.1}],
    ("recipe", "images_per_class"): [3.0, "3", 0, False],
    ("recipe",): [None, [], {}],
    ("versions",): [None, [], "3", {"keras": 3}],
    ("data",): [None, {}, {"x_test": "ab"}, OF_MNIST | {"x_test": 64 * "0"}],
    ("weights",): ["cd", 7, "", 64 * "G", True, []],
    ("runs",): [None, [], {}, [None], [[]]],
    ("runs", 0, "seed"): ["0", 0.0, True, -1, 2**32, None, 3],
    ("runs", 0, "seconds"): ["1", -1, math.nan, math.inf, None, True, 10**400],
    ("runs", 0, "test_errors"): [[], None, 1.0, "12", {"0": 1.0}, [[1.0]]],
    ("runs", 0, "test_errors", 1): [math.nan, math.inf, -math.inf, -0.1, 100.1, "1", None, True],
    ("runs", 2, "shift_errors", 1): [math.nan, -1, 101, "1", None],
    ("runs", 2, "train_errors", 1): [math.nan, -1, 101, "1", None],
    ("runs", 2, "losses", 1): [math.nan, math.inf, "1", None, True],
    ("runs", 2, "losses"): [[1.0], [1.0, 2.0, 3.0], "12"],
    ("runs", 2, "wrong"): [[[8, 5]], [8, 5, 6], [[8, 5, 6, 7]], "856", [[8, 5, 5]]],
    ("runs", 2, "wrong", 0, 0): [-1, 10_000, 8.0, "8", True],
    ("runs", 2, "wrong", 0, 2): [10, -1, None],
}


def changed(record: dict, place: tuple, value) -> str:
    """The text of the record with another value at a place, NaN as Python writes it."""
    record = copy.deepcopy(record)
    *way, last = place
    inside = record
    for step in way:
        inside = inside[step]
    inside[last] = value
    return json.dumps(record)


@pytest.mark.parametrize("place", WRONG, ids=lambda place: ".".join(map(str, place)))
def test_a_wrong_value_is_refused_wherever_it_stands(place, text, tmp_path):
    for value in WRONG[place]:
        written(tmp_path, changed(text, place, value))
        refused(tmp_path)


def test_what_is_wrong_is_told_with_its_place(text, tmp_path):
    for place, value, says in (
        (("runs", 0, "test_errors", 1), -0.5, "runs[0].test_errors[1] is -0.5, not from 0 to 100"),
        (("runs", 0, "seed"), 3, "runs have the seed 3 twice"),
        (("runs", 0, "seed"), "0", "runs[0].seed is '0', not a whole number"),
        (("runs", 0, "test_errors", 1), math.nan, "NaN is no number of JSON"),
        (("experiment",), "lenet5-1998", "experiment is 'lenet5-1998', not 'lenet1'"),
        (("recipe", "shuffled"), 0, "shuffled must be True or False, got 0"),
        (("data", "x_test"), 64 * "0", "data are not the SHA-256 of MNIST's arrays"),
        (("runs", 0, "gradients"), [], "runs[0] has an unknown key 'gradients'"),
        (("notes",), "", "the record has an unknown key 'notes'"),
        (("recipe", "momentum"), 0.9, "recipe has an unknown key 'momentum'"),
    ):
        written(tmp_path, changed(text, place, value))
        refused(tmp_path, says)
    written(tmp_path, json.dumps(text).replace("9.0", "1e999"))
    refused(tmp_path, "'1e999' is too large a number")


def test_a_record_without_one_of_its_keys_is_refused(text, tmp_path):
    for key in text:
        written(tmp_path, json.dumps({name: text[name] for name in text if name != key}))
        refused(tmp_path, f"has no '{key}'")
    for key in text["recipe"]:
        rest = {name: value for name, value in text["recipe"].items() if name != key}
        written(tmp_path, changed(text, ("recipe",), rest))
        refused(tmp_path, f"recipe has no '{key}'")


def test_folders_pipes_devices_and_long_files_are_refused_at_once(tmp_path):
    start, path = time.monotonic(), tmp_path / "lenet1.json"
    path.mkdir()
    refused(tmp_path, "it is a folder, not a file")
    path.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        refused(tmp_path, "it is a pipe, not a file")
        path.unlink()
        path.symlink_to("/dev/zero")
        refused(tmp_path, "it is a device, not a file")
        path.unlink()
    with path.open("wb") as file:
        file.truncate(100_000_000)
    refused(tmp_path, "it has 100,000,000 bytes, and at most 1,048,576 were expected")
    assert time.monotonic() - start < 5


def test_a_folder_that_is_missing_and_a_record_of_nothing_are_refused(tmp_path):
    for folder in (tmp_path / "nowhere", written(tmp_path, "")):
        with pytest.raises(ValueError, match=r"is no folder of records: make reproduce writes one"):
            load_records(folder)
    (tmp_path / "lenet1.json").rename(tmp_path / "lenet7.json")
    with pytest.raises(ValueError, match=r"lenet7\.json is not a record \(there is no experiment"):
        load_records(tmp_path)


@pytest.mark.parametrize(
    "run",
    [
        Run(2, (math.nan,), 1.0),
        Run(2, (101.0,), 1.0),
        Run(2, (1.0,), -1.0),
        Run(0, (1.0,), 1.0),
        Run(2, (1.0,), 1.0, losses=(math.inf,)),
    ],
)
def test_what_could_not_be_read_again_is_not_written(run, tmp_path):
    write_record(RECORD, tmp_path)
    with pytest.raises(ValueError, match="lenet1 cannot be recorded: runs"):
        write_record(replace(RECORD, runs=(*RUNS, run)), tmp_path)
    assert load_records(tmp_path)["lenet1"] == RECORD and len(list(tmp_path.iterdir())) == 1


ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ODD |= st.lists(ODD, max_size=3) | st.dictionaries(st.text(max_size=5), ODD, max_size=3)
PLACES = [*WRONG, ("runs", 1), ("runs", 1, "wrong"), ("recipe", "box"), ("versions", "keras")]


@settings(max_examples=INPUTS)
@given(st.data())
def test_any_text_gives_a_record_of_believable_numbers_or_is_refused(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "fuzzed"
    run = Run(3, (2.0, 1.0), 1.0, ((8, 5, 6),), (2.0, 3.0), (0.5, 0.25), (4.0, 3.5))
    write_record(replace(RECORD, runs=(*RUNS, run)), folder)
    whole = json.loads((folder / "lenet1.json").read_text())
    content = bytearray(changed(whole, data.draw(st.sampled_from(PLACES)), data.draw(ODD)).encode())
    if data.draw(st.booleans()):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    written(folder, bytes(content))
    try:
        record = load_records(folder)["lenet1"]
    except ValueError as error:
        assert "delete it, and make reproduce writes it anew" in str(error)
        assert len(str(error)) < 500
        return
    assert len(set(record.seeds)) == len(record.runs) >= 1 and record.data == OF_MNIST
    assert all(0 <= error <= 100 for run in record.runs for error in run.test_errors)
    assert all(math.isfinite(loss) for run in record.runs for loss in run.losses)
    assert all(type(seed) is int for seed in record.seeds)
    write_record(record, folder)
    assert load_records(folder)["lenet1"] == record


def test_a_table_tells_mean_lowest_and_highest_and_the_columns_asked_for():
    assert error_table([RECORD]).rows == (("LeNet-1, 16 by 16", 2, 1.75, 1.5, 2.0),)
    modern = with_errors(4.0, 6.0, 8.0, name="lenet5-modern")
    table = error_table([RECORD, modern], "parameters", "MACs", "printed")
    assert table.headers == (
        "network", "parameters", "MACs", "printed", "runs", "mean", "lowest", "highest",
    )  # fmt: skip
    assert table.rows == (
        ("LeNet-1, 16 by 16", 2_578, 91_520, 1.7, 2, 1.75, 1.5, 2.0),
        ("modern LeNet-5", 61_706, 416_520, None, 3, 6.0, 4.0, 8.0),
    )
    with pytest.raises(ValueError, match="among parameters, MACs, printed, got 'weights'"):
        error_table([RECORD], "weights")


def test_runs_are_apart_when_no_two_overlap():
    assert apart(with_errors(0.8, 0.9), with_errors(1.0, 1.2))
    assert not apart(with_errors(0.8, 1.1), with_errors(1.0, 1.2))
    assert not apart(with_errors(1.0), with_errors(1.0))


def test_records_need_neither_tensorflow_nor_numpy():
    script = (
        "import sys; from lenet.training.runs import *; error_table(load_records().values());"
        "print([m for m in ('tensorflow', 'keras', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["[]"], done.stderr
