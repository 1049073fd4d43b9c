from dataclasses import replace

import numpy as np
import pytest
from bars import bars
from lenet.training import mnist, start_search
from lenet.training.start_search import (
    TRIALS,
    Trial,
    answers_after_one_pass,
    by_start,
    load_trials,
    signals,
    trial_table,
)


def test_all_trials_have_been_made():
    made = load_trials()
    settings = {(trial.ways, trial.passes, trial.seed) for trial in made}
    assert len(made) == len(settings)
    assert settings == {(trial.ways, trial.passes, trial.seed) for trial in TRIALS}
    for trial in made:
        assert len(trial.errors) == len(trial.train_errors) == trial.passes


def test_none_is_made_twice_and_each_is_kept_at_once(tmp_path, monkeypatch):
    """The first 256 of 320 bars are learnt, and the others validate."""
    file = tmp_path / "trials.json"
    monkeypatch.setattr(start_search, "LEARNT", 256)
    monkeypatch.setattr(mnist, "load", bars)
    assert load_trials(file) == ()
    start_search.main(file, (Trial(0.6, passes=2),))
    (first,) = load_trials(file)
    assert first.errors[-1] < 10 and first.train_errors[1] < first.train_errors[0] < 60
    start_search.main(file, (Trial(0.6, passes=2), Trial(None, None, passes=1)))
    assert load_trials(file)[0] == first
    assert load_trials(file)[1].ways == ("2.4/F", "8", "one", "highest")


def test_errors_by_start_are_those_where_nothing_else_differs():
    errors = (9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0)
    trials = [
        Trial(0.5, errors=errors),
        Trial(0.5, seed=1, passes=7, errors=errors[1:]),
        Trial(0.6, errors=errors),
        *(Trial(0.6, errors=errors, **other) for other in ({"j": 1.0}, {"new_order": True})),
        Trial(None, errors=errors),
    ]
    assert by_start(trials) == {0.5: [4.0, 3.0], 0.6: [4.0]}


def test_the_table_has_a_row_for_each_way():
    errors = (9.0,) * 5
    trials = [
        Trial(0.6, seed=1, errors=(*errors, 1.0)),
        Trial(0.6, errors=(*errors, 2.0)),
        Trial(0.6, may_fall=True, new_order=True, errors=(*errors, 60.0)),
        Trial(None, j=1.5, errors=(*errors, 90.0)),
    ]
    assert trial_table(trials).rows == (
        ("2.4/F", "9, j = 1.5", "one", "highest", 1, 90.0, 90.0, 90.0),
        ("0.6 · 2.4/√F", "9, j = 3", "one", "highest", 2, 1.5, 1.0, 2.0),
        ("0.6 · 2.4/√F", "9, j = 3", "new each pass", "latest", 1, 60.0, 60.0, 60.0),
    )


def test_every_trial_is_long_enough_for_the_table():
    assert min(trial.passes for trial in TRIALS) == 6


def test_signals_are_the_spread_of_c1_and_grow_with_the_start():
    """C1 by hand: sums of 25 products and a bias, squashed; nothing is left of one image."""
    from lenet import LENET5_1998
    from lenet.keras_bridge.model import to_keras
    from lenet.keras_bridge.quiet import keras

    images = np.random.default_rng(0).uniform(0, 1, (7, 32, 32, 1)).astype("float32")
    keras.utils.set_random_seed(4)
    kernel, bias = to_keras(LENET5_1998).layers[0].get_weights()
    windows = np.lib.stride_tricks.sliding_window_view(
        1.275 * images[..., 0] - 0.1, (5, 5), axis=(1, 2)
    )
    c1 = 1.7159 * np.tanh(2 / 3 * (np.einsum("nhwij,ijm->nhwm", windows, kernel[:, :, 0]) + bias))
    spreads = signals(images, None, seed=4)
    assert list(spreads) == ["C1", "S2", "C3", "S4", "C5", "F6"]
    assert spreads["C1"] == pytest.approx(c1.std(axis=0).mean(), rel=1e-4)
    assert spreads["F6"] < signals(images, 0.6, seed=4)["F6"] < signals(images, 1.0, seed=4)["F6"]
    assert set(signals(images[:1], 0.6).values()) == {0.0}


def test_one_pass_from_the_printed_start_gives_one_answer_and_from_the_wider_one_it_learns():
    raw = bars()
    first, rest = (np.pad(x / np.float32(255), ((0, 0), (2, 2), (2, 2), (0, 0)))
                   for x in (raw.x_train, raw.x_test))  # fmt: skip
    data = replace(raw, x_train=first, x_test=rest)
    printed, wider = (answers_after_one_pass(data, start) for start in (None, 0.6))
    assert len(set(printed)) == 1
    assert np.mean(wider == data.y_test) > 0.6
