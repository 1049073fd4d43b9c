"""Headers and words of a trace, and what it says of numbers that nobody knows."""

import pytest
from lenet import Network
from lenet.layers import Dense
from lenet.layers.foreign import Foreign
from lenet.trace import COLUMNS, Total

KNOWN_BY_KERAS = Network(
    (28, 28), [Foreign("LSTM", (64,), 23_808, 7, name="lstm"), Dense(10, name="dense")]
)


def test_every_column_has_its_header():
    assert COLUMNS == {
        "name": "name", "layer": "layer", "input_shape": "input", "output_shape": "output",
        "weights": "weights", "biases": "biases", "parameters": "parameters", "fixed": "fixed",
        "connections": "connections", "macs": "MACs", "activations": "activations",
        "receptive_field": "sees",
    }  # fmt: skip


def test_the_usual_columns_in_their_order():
    assert KNOWN_BY_KERAS.trace().table().headers == (
        "name", "layer", "output", "weights", "biases", "parameters", "MACs", "sees",
    )  # fmt: skip


def test_what_is_not_known_is_a_dash_and_its_sum_at_least_what_is_known():
    trace = KNOWN_BY_KERAS.trace()
    assert trace.table(*COLUMNS).rows == (
        ("lstm", "LSTM, counted by Keras, not derived", (28, 28), (64,), "–", "–", 23_808, 7, "–",
         "–", 64, "–"),
        ("dense", "Dense", (64,), (10,), 640, 10, 650, 0, 650, 640, 10, "–"),
        ("total", None, None, None, "at least 640", "at least 10", 24_458, 7, "at least 650",
         "at least 640", 74, None),
    )  # fmt: skip
    assert trace.total == Total(
        640, 10, 24_458, 7, 650, 640, 74, ("weights", "biases", "connections", "macs")
    )
    assert trace.total.written("parameters") == 24_458


def test_a_large_sum_has_commas_and_what_is_no_sum_is_nothing():
    total = Total(1_000, 0, 1_000, 0, 1_000, 1_000, 1, unknown=("macs",))
    assert total.written("macs") == "at least 1,000"
    assert total.written("weights") == 1_000
    assert total.written("name") is None
    assert Total(1, 0, 1, 0, 1, 1, 1).unknown == ()


def test_what_is_not_there_is_named_in_full():
    trace = KNOWN_BY_KERAS.trace()
    with pytest.raises(KeyError) as caught:
        trace["FC"]
    assert caught.value.args == ("no layer 'FC'; there are lstm, dense",)
    with pytest.raises(ValueError, match=r"^no column 'flops'; there are name, layer, input_shape"):
        trace.table("name", "flops")


def test_a_notebook_shows_the_usual_table():
    trace = KNOWN_BY_KERAS.trace()
    assert trace._repr_html_() == trace.table()._repr_html_()
    assert trace.to_markdown() == trace.table().to_markdown()
    assert repr(trace) == repr(trace.table())
