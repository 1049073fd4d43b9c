"""What the core puts together does not change afterwards: equal things stay equal, and are keys."""

import importlib
import pkgutil
from dataclasses import is_dataclass

import lenet
import pytest
from lenet import layers, steps

ROOMS = [lenet.__name__ + ".", layers.__name__ + ".", steps.__name__ + "."]
NAMES = [
    name
    for package, room in zip((lenet, layers, steps), ROOMS, strict=True)
    for _, name, is_room in pkgutil.iter_modules(package.__path__, room)
    if not is_room and name != "lenet.__main__"
]
CLASSES = [
    value
    for name in NAMES
    for value in vars(importlib.import_module(name)).values()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == name
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__qualname__)
def test_a_dataclass_is_frozen_and_compares_by_its_fields(kind):
    how = kind.__dataclass_params__
    assert (how.frozen, how.eq, how.order) == (True, True, False)
    assert kind.__hash__ is not None


def test_there_are_classes_in_every_room():
    assert len(CLASSES) > 60
    assert {kind.__name__ for kind in CLASSES} >= {"Table", "Network", "Layer", "Step", "View"}
