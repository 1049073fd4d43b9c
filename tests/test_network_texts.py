"""Numbers that nobody could read, each kind by itself."""

import pytest
from lenet import Network
from lenet.layers import RBF, Add, Conv2D, MaxPooling2D, Subsampling2D
from lenet.layers.foreign import Foreign
from lenet.network import LARGEST

HUGE = 10 * LARGEST


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        ((1,), Foreign("LSTM", (1,), HUGE, name="it")),  # numbers
        ((1,), Foreign("LSTM", (1,), 0, HUGE, name="it")),  # fixed ones
        ((1,), Foreign("LSTM", (HUGE,), 0, name="it")),  # activations
        ((1, LARGEST, 1), Subsampling2D((1, 1), name="it")),  # connections
        ((4, 4, 1), MaxPooling2D((1, 1), (HUGE, 1), name="it")),  # the jump of a field
    ],
)
def test_a_layer_with_a_number_beyond_all_use_is_named(shape, layer):
    says = r"^layer 'it' reaches about 10\*\*10[01], and counting ends at 10\*\*100$"
    with pytest.raises(ValueError, match=says):
        Network(shape, layer)


def test_the_largest_number_is_taken():
    assert Network((1,), Foreign("LSTM", (1,), LARGEST)).trace().total.parameters == LARGEST
    assert Network((1,), RBF(LARGEST)).trace().total.fixed == LARGEST
    with pytest.raises(ValueError, match="reaches about"):
        Network((1,), Foreign("LSTM", (1,), LARGEST + 1))


def test_connections_may_be_too_many_by_themselves():
    half = Network(((LARGEST // 2, 1, 1),) * 2, Add(), reads=[(-1, -2)])
    assert half.trace().total.connections == LARGEST
    with pytest.raises(ValueError, match=r"^layer 'add' reaches about 10\*\*100"):
        Network(((LARGEST, 1, 1),) * 2, Add(), reads=[(-1, -2)])
    assert Network((3, 3, 1), Conv2D(1, 3)).trace().total.connections == 10
