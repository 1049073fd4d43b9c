"""The script's steps of learning are the package's."""

from random import Random

import pytest
from lenet.descent import FORMULAS, OneWeight, tap_gradients

STEP = "([weight, unit, formulas]) => Descent.of(weight, unit, formulas).known"
SHARED = "([inputs, taps, wanted, formulas]) => Descent.shared(inputs, taps, wanted, formulas)"


@pytest.fixture(scope="module")
def script(with_scripts):
    return with_scripts("shared/formula.js", "step/descent.js")


def test_a_step_of_one_weight_is_the_packages(script):
    chance = Random(6)
    for _ in range(300):
        weight, rate = chance.randint(-900, 900) / 100, chance.randint(0, 60) / 100
        given = {"input": chance.randint(-5, 5), "wanted": chance.randint(-9, 9), "rate": rate}
        found = script.evaluate(STEP, [weight, given, FORMULAS])
        unit = OneWeight(given["input"], given["wanted"])
        _, after = unit.walk(weight, rate, 1)
        wanted = {"loss": unit.loss(weight), "gradient": unit.gradient(weight), "step": after}
        # Numbers are put into the formulas with four decimals, as they are shown.
        assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=2e-3), given


def test_the_gradients_of_shared_taps_are_the_packages(script):
    chance = Random(7)
    for _ in range(100):
        taps = [chance.randint(-4, 4) for _ in range(chance.randint(1, 3))]
        inputs = [chance.randint(-4, 4) for _ in range(5)]
        wanted = [chance.randint(-4, 4) for _ in range(6 - len(taps))]
        found = script.evaluate(SHARED, [inputs, taps, wanted, FORMULAS])
        *rows, total = tap_gradients(inputs, taps, wanted).rows
        assert found["sums"] == list(total[5:])
        assert found["loss"] == sum(row[4] ** 2 for row in rows)
        for row, ours in zip(rows, found["rows"], strict=True):
            assert [ours["output"], ours["wanted"], ours["error"], *ours["parts"]] == list(row[2:])
