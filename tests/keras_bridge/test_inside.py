import numpy as np
import pytest
from lenet import LENET5_1998, Conv2D, Dense, Flatten, Network
from lenet.keras_bridge import inside
from lenet.keras_bridge.model import to_keras

rng = np.random.default_rng(0)


def test_each_layer_puts_out_what_it_makes_of_the_one_before():
    network = Network((6, 6, 1), [Conv2D(2, 3, name="C"), Flatten(), Dense(3, name="D")])
    model, images = to_keras(network), rng.random((4, 6, 6, 1))
    made = inside.outputs(model, images)
    assert list(made) == [layer.name for layer in model.layers]
    kernel, bias = (weight.numpy() for weight in model.get_layer("C").weights)
    window = (images[1, 2:5, 3:6, :, None] * kernel).sum((0, 1, 2)) + bias
    assert made["C"].shape == (4, 4, 4, 2) and made["C"][1, 2, 3] == pytest.approx(window, abs=1e-5)
    assert made["D"] == pytest.approx(model.predict_on_batch(images), abs=1e-5)


def test_lenet_5_has_eight_layers_to_look_at():
    made = inside.outputs(to_keras(LENET5_1998), np.zeros((1, 32, 32, 1)))
    assert " ".join(made) == "C1 S2 C3 S4 C5 Flatten F6 Output"
    assert made["C5"].shape == (1, 1, 1, 120) and made["Output"].shape == (1, 10)


def test_the_surest_of_a_class_is_nearest_to_its_own_code_not_to_any():
    distances = np.array([[5, 0, 9], [4, 9, 9], [9, 3, 9], [9, 2, 8], [0, 0, 7]])
    assert inside.surest(distances, np.array([0, 0, 1, 1, 2])).tolist() == [1, 3, 4]


def test_a_class_without_images_has_no_surest():
    with pytest.raises(ValueError, match="must hold every class, but none of them is 1"):
        inside.surest(np.ones((2, 3)), np.array([0, 2]))


def test_refused_is_the_fewest_by_trying_each_number():
    distances, labels = rng.uniform(0, 9, (60, 4)), rng.integers(0, 4, 60)
    gaps = [sorted(row)[1] - sorted(row)[0] for row in distances.tolist()]
    by_gap = sorted(range(60), key=lambda i: gaps[i])
    wrong = [min(range(4), key=row.__getitem__) != label
             for row, label in zip(distances.tolist(), labels, strict=True)]  # fmt: skip
    for error in (0, 20, 70, 100):
        shares = [sum(wrong[i] for i in by_gap[count:]) / (60 - count) for count in range(60)]
        tried = [count for count, share in enumerate(shares) if share <= error / 100]
        assert inside.refused(distances, labels, error) == (tried[0] if tried else 60)
    assert inside.refused(distances, labels, 100) == 0
    assert inside.refused(np.array([[1.0, 2.0]]), np.array([1]), 0) == 1
