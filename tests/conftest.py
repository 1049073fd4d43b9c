"""The same generated cases on every machine, however slow it is; what was skipped is named."""

from collections import Counter

from hypothesis import Phase, settings

settings.register_profile("book", deadline=None, derandomize=True)
# Mutants only ask whether a test fails: looking for the smallest case takes minutes.
settings.register_profile(
    "mutation", settings.get_profile("book"), phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("book")


def pytest_terminal_summary(terminalreporter):
    """What was skipped, and how not to skip it: the reasons say it behind a colon."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(
        (report.longrepr[2].removeprefix("Skipped: "), report.nodeid.partition("::")[0])
        for report in skipped
        if isinstance(report.longrepr, (tuple, list))
    )
    if reasons:
        terminalreporter.section("skipped, and how not to skip it")
    for (reason, path), count in sorted(reasons.items()):
        terminalreporter.line(f"{path} ({count}): {reason}")
