import pytest
from lenet.training.recipes import Distortion, Recipe

THEN = {
    "optimizer": "Levenberg-Marquardt", "batch_size": 1, "learning_rate": None,
    "loss": "equation 9",
}  # fmt: skip


def test_the_usual_recipe_is_that_of_the_bundled_digits():
    usual = Recipe()
    assert (usual.epochs, usual.batch_size, usual.learning_rate) == (12, 32, 0.001)
    assert (usual.optimizer, usual.loss) == ("Adam", "cross-entropy")


def test_a_recipe_shows_what_is_not_as_usual():
    assert "j=" not in repr(Recipe()) and "shuffled" not in repr(Recipe())
    shown = repr(Recipe(loss="equation 9", j=2.0, shuffled=True, distortion=Distortion()))
    assert shown.endswith(
        "learning_rate=0.001, loss='equation 9', j=2.0, "
        "distortion=Distortion(shift=1.0, scale=0.1, squeeze=0.1, shear=0.2), shuffled=True)"
    )
    assert eval(shown) == Recipe(loss="equation 9", j=2.0, shuffled=True, distortion=Distortion())


def test_the_recipe_of_1998_goes_together():
    assert Recipe(20, start="2.4 / sqrt(F)", j=2.0, **THEN).learning_rate is None


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"epochs": 0}, ValueError, "epochs must be at least 1, got 0"),
        ({"batch_size": 1.5}, TypeError, "batch_size must be a whole number, got 1.5"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be above 0, got 0"),
        ({"learning_rate": "0.1"}, TypeError, "learning_rate must be a number, got '0.1'"),
        ({"learning_rate": True}, TypeError, "learning_rate must be a number, got True"),
        ({"learning_rate": None}, ValueError, "a number for Adam, got None: 0.001 often does"),
        ({"optimizer": "SGD"}, ValueError, "one of 'Adam', 'AdamW', .*, got 'SGD'"),
        ({"loss": "hinge"}, ValueError, "one of 'cross-entropy', 'softmax', 'equation 9', got"),
        ({"start": "2.4"}, ValueError, r"start must be one of '2.4 / F', .*, got '2.4'"),
        ({"weight_decay": 0.1}, ValueError,
         "weight_decay 0.1 goes with optimizer 'AdamW', .* 'Adam' .*: leave it at 0"),
        ({"optimizer": "AdamW", "weight_decay": -1}, ValueError, "at least 0, got -1"),
        ({"j": 2.0}, ValueError,
         "j 2.0 goes with loss 'equation 9', .* loss 'cross-entropy': leave it at 1.0"),
        ({"loss": "softmax", "temperature": 0.1}, ValueError, "temperature 0.1 goes with"),
        ({"loss": "equation 9", "temperature": 0}, ValueError, "temperature must be above 0"),
        ({"box": 21}, ValueError, "box must be at most 20, .*got 21: digits are only made smaller"),
        ({"box": 0}, ValueError, "box must be at least 1, got 0"),
        ({"images_per_class": 0}, ValueError, "images_per_class must be at least 1, got 0"),
        (THEN | {"learning_rate": 0.1}, ValueError,
         "learning_rate 0.1 goes with .* has the rates of 1998, .*: leave it at None"),
        (THEN | {"batch_size": 32}, ValueError, "batch_size 32 .* one digit an update"),
        (THEN | {"loss": "softmax"}, ValueError, "loss 'softmax' .*leave it at 'equation 9'"),
        (THEN | {"temperature": 0.5}, ValueError, "temperature 0.5 .*leave it at 1.0"),
        (THEN | {"distortion": Distortion()}, ValueError, "distortion .*leave it at None"),
        (THEN | {"epochs": 21}, ValueError, "epochs must be at most 20 .*, got 21"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        Recipe(**arguments)


def test_a_distortion_is_not_negative():
    with pytest.raises(ValueError, match="shear must be at least 0, got -1"):
        Distortion(shear=-1)
    with pytest.raises(TypeError, match="shift must be a number, got '1'"):
        Distortion(shift="1")
