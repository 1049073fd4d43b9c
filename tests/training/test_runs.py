from dataclasses import replace

import pytest
from lenet import LENET1
from lenet.training.runs import (
    Distortion,
    MnistRecipe,
    Record,
    Run,
    beside_paper,
    compared,
    load_records,
    write_record,
)

RECIPE = MnistRecipe(epochs=3, peak=0.01, distortion=Distortion(shift=2.0))
RUNS = (Run(0, (9.0, 1.0, 2.0), ((8, 5, 6), (247, 4, 2)), 1.5), Run(1, (8.0, 2.0, 1.5), (), 1.0))
RECORD = Record("row", "a network", RECIPE, RUNS, {"keras": "3"}, {"x_test": "ab"}, "cd")


def test_what_is_written_is_read_again(tmp_path):
    write_record(RECORD, tmp_path)
    assert load_records(tmp_path) == {"row": RECORD}
    write_record(replace(RECORD, runs=RUNS[:1]), tmp_path)  # over the first, no leftovers
    assert load_records(tmp_path)["row"].seeds == (0,)
    assert [path.name for path in tmp_path.iterdir()] == ["row.json"]


def test_an_error_is_that_of_the_last_epoch():
    assert RECORD.test_errors == (2.0, 1.5)


@pytest.mark.parametrize("text", ["", "[]", '{"row": "cut', '{"recipe": {"epoch": 3}}'])
def test_a_file_that_is_no_record_is_named_with_the_remedy(text, tmp_path):
    (tmp_path / "cut.json").write_text(text)
    with pytest.raises(ValueError, match=r"cut\.json is not a record .*: delete it"):
        load_records(tmp_path)


def test_tables_tell_mean_lowest_and_highest():
    table = compared([(RECORD, LENET1)] * 2, names=["one", "two"])
    assert table.rows[0] == ("one", 2_578, 91_520, 2, 1.75, 1.5, 2.0)
    assert table.rows[1][0] == "two" and compared([(RECORD, LENET1)]).rows[0][0] == "LeNet-1"
    (row,) = beside_paper({"lenet1": RECORD}).rows
    assert row == ("LeNet-1", "16 by 16", 2_578, 1.7, 2, 1.75, 1.5, 2.0)
