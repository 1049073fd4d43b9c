from dataclasses import replace

import pytest
from lenet import LENET1, LENET5_1998, LENET5_MODERN
from lenet.architectures import NETWORKS
from lenet.training.experiments import (
    CNN_AGAINST_FNN,
    EXPERIMENTS,
    SIZES,
    TABLE_OF_1998,
    Experiment,
)
from lenet.training.recipes import Recipe
from lenet.training.runs import RECORDS


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_names_begin_with_the_networks(name):
    experiment = EXPERIMENTS[name]
    assert name == experiment.name
    (of_network,) = (key for key, network in NETWORKS.items() if network == experiment.network)
    rest = name.removeprefix(of_network)
    assert rest != name and (not rest or rest.startswith("-"))
    for word in filter(None, rest.split("-")):
        assert word in experiment.variant.replace(",", ""), "the title says what the name does"


def test_every_file_of_a_record_has_the_name_of_an_experiment():
    assert {path.stem for path in RECORDS.iterdir()} == set(EXPERIMENTS)


def test_no_two_experiments_are_the_same():
    assert len(EXPERIMENTS) == len(TABLE_OF_1998) + len(CNN_AGAINST_FNN) == 35
    assert len({e.title for e in EXPERIMENTS.values()}) == 35
    assert len({(e.network, e.recipe) for e in EXPERIMENTS.values()}) == 35


def test_titles_are_readable():
    assert EXPERIMENTS["lenet5-1998-distorted"].title == "LeNet-5 of 1998, distorted"
    assert EXPERIMENTS["lenet5-modern-100-a-class"].title == "modern LeNet-5, 100 digits a class"
    assert EXPERIMENTS["fnn-784-300-10"].title == "784-300-10"


def test_what_is_run_again_is_the_papers_row_with_that_network():
    printed = {name: e.reproduces.error for name, e in EXPERIMENTS.items() if e.reproduces}
    assert printed == {
        "fnn-784-10": 12.0, "fnn-784-300-10": 4.7, "fnn-784-1000-10": 4.5,
        "fnn-784-300-100-10": 3.05, "fnn-784-500-150-10": 2.95, "lenet1": 1.7,
        "lenet5-1998": 0.95, "lenet5-1998-distorted": 0.8, "lenet5-1998-as-trained-then": 0.95,
    }  # fmt: skip
    for experiment in map(EXPERIMENTS.get, printed):
        assert experiment.reproduces.network == experiment.network
        assert bool(experiment.recipe.distortion) == (experiment.reproduces.inputs == "distorted")
        assert (experiment.recipe.box == 16) == (experiment.reproduces.inputs == "16 by 16")


def test_fewer_digits_get_as_many_updates():
    for size in SIZES:
        few = EXPERIMENTS[f"lenet5-modern-{size}-a-class"]
        assert few.network == LENET5_MODERN and few.recipe.images_per_class == size
        usual = EXPERIMENTS["lenet5-modern"].recipe
        assert few.recipe == replace(usual, epochs=5, images_per_class=size)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            {"keeps": ("wrong", "gradients")},
            "among training, .*, weights, got gradients",
        ),
        ({"seeds": ()}, "seeds must be at least one"),
    ],
)
def test_errors(arguments, says):
    with pytest.raises(ValueError, match=says):
        Experiment("lenet1", LENET1, Recipe(), **arguments)


def test_a_title_without_a_variant_is_the_networks():
    assert Experiment("x", LENET5_1998, Recipe()).title == "LeNet-5 of 1998"
