import pytest
from lenet import LENET5_MODERN, POST_FNN
from lenet.training import pace


def test_paces_are_those_of_the_base(monkeypatch):
    seconds = {"modern LeNet-5": (0.2, 0.5), "the post's FNN": (0.1, 0.05)}
    monkeypatch.setattr(pace, "seconds_an_image", lambda networks: seconds)
    networks = [LENET5_MODERN, POST_FNN]
    found = pace.paces(networks, base=LENET5_MODERN)
    assert found == {"modern LeNet-5": (1, 1), "the post's FNN": (0.5, 0.1)}
    assert found["the post's FNN"].train == 0.5 and found["the post's FNN"].answer == 0.1
    table = pace.pace_table(networks, found)
    assert table.headers == ("network", "MACs", "time to train", "to answer")
    assert table.rows == (
        ("modern LeNet-5", 416_520, 1, 1),
        ("the post's FNN", 122_880, 0.5, 0.1),
    )


def test_the_base_must_be_one_of_them():
    with pytest.raises(ValueError, match="base must be one of the networks, got the post's FNN"):
        pace.paces([LENET5_MODERN], base=POST_FNN)
