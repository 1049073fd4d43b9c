"""The steps of one layer: formula, the numbers put in, the result.

The letters are those of `lenet.steps.step`. `steps_of` finds the steps of a kind of
layer; the modules beside it say what they are.
"""

from lenet.steps import early, maps, others, several
from lenet.steps.kinds import steps_of
from lenet.steps.step import Step

__all__ = ["Step", "early", "maps", "others", "several", "steps_of"]
