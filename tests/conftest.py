"""The same generated cases on every machine, however slow it is."""

from hypothesis import Phase, settings

settings.register_profile("book", deadline=None, derandomize=True)
# Mutants only ask whether a test fails: looking for the smallest case takes minutes.
settings.register_profile(
    "mutation", settings.get_profile("book"), phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("book")
