"""How many numbers a weights file of Keras has for each layer: shapes only, no number is read."""

from collections.abc import Iterator
from typing import BinaryIO

import h5py

SEEDS = "seed_generator"  # the state of chance, which Keras counts nowhere
HARD = h5py.HardLink  # the other kinds lead out of the file, or nowhere


def counted(file: BinaryIO) -> dict[str, int] | None:
    """The numbers of each layer by its path, as in "stem/conv"; None where no layer has any.

    Raises ValueError for a file that HDF5 does not understand.
    """
    try:
        with h5py.File(file, "r") as store:
            found = dict(_layers(store, "", set()))
    except Exception as error:  # h5py has no one error for it
        said = str(error).strip().partition("\n")[0]
        raise ValueError(f"its weights cannot be read: {said}") from None
    return found if any(found.values()) else None


def _inside(group: h5py.Group, seen: set[int]) -> dict[str, h5py.Group | h5py.Dataset]:
    """What lies in the group itself, each object once: a group may hold itself."""
    found = {}
    for name in group:
        if type(group.get(name, getlink=True)) is HARD:
            below = group[name]
            place = h5py.h5o.get_info(below.id).addr
            if place not in seen:
                seen.add(place)
                found[name] = below
    return found


def _layers(group: h5py.Group, prefix: str, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Each layer of a model with its numbers; models inside are laid open."""
    below = _inside(group, seen).get("layers")
    if not isinstance(below, h5py.Group):
        return
    for layer in _inside(below, seen).values():
        if isinstance(layer, h5py.Group):
            yield from _layer(layer, prefix, seen)


def _layer(group: h5py.Group, prefix: str, seen: set[int]) -> Iterator[tuple[str, int]]:
    variables = group.get("vars")
    name = variables.attrs.get("name") if isinstance(variables, h5py.Group) else None
    if not isinstance(name, str):
        return
    path = f"{prefix}{name}"
    if "layers" in group:
        yield from _layers(group, f"{path}/", seen)
    else:
        yield path, _size(group, seen)


def _size(group: h5py.Group, seen: set[int]) -> int:
    """All numbers in the group's own variables and in those of its parts."""
    total = 0
    for name, below in _inside(group, seen).items():
        if isinstance(below, h5py.Dataset):
            total += int(below.size or 0)
        elif isinstance(below, h5py.Group) and name != SEEDS:
            total += _size(below, seen)
    return total
