import json
import subprocess
import sys
from dataclasses import replace

import pytest
from lenet import LENET1
from lenet.training.experiments import EXPERIMENTS
from lenet.training.recipes import Distortion
from lenet.training.runs import Record, Run, apart, error_table, load_records, write_record

RUNS = (Run(0, (9.0, 1.0, 2.0), 1.5, ((8, 5, 6), (247, 4, 2))), Run(1, (8.0, 2.0, 1.5), 1.0))
RECORD = Record(EXPERIMENTS["lenet1"], RUNS, {"keras": "3"}, {"x_test": "ab"}, "cd")
EARLIER = replace(EXPERIMENTS["lenet1"].recipe, epochs=3, distortion=Distortion(shift=2.0))


def with_errors(*errors: float, name: str = "lenet1") -> Record:
    return Record(EXPERIMENTS[name], tuple(Run(0, (99.0, error), 1.0) for error in errors))


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


@pytest.mark.parametrize(
    "text", ["", "[]", '{"experiment": "cut', '{"recipe": {"epoch": 3}}', '{"experiment": "cut"}']
)
def test_a_file_that_is_no_record_is_named_with_the_remedy(text, tmp_path):
    (tmp_path / "cut.json").write_text(text)
    with pytest.raises(ValueError, match=r"cut\.json is not a record .*: delete it"):
        load_records(tmp_path)


@pytest.mark.parametrize(
    "change", [{"experiment": "lenet5-1998"}, {"recipe": {"distortion": None, "epochs": 0}}]
)
def test_a_record_in_another_ones_place_or_of_a_wrong_recipe_is_none(change, tmp_path):
    write_record(RECORD, tmp_path)
    path = tmp_path / "lenet1.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ValueError, match=r"lenet1\.json is not a record .*: delete it"):
        load_records(tmp_path)


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
