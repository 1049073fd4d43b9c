"""The columns of the table: what is measured on a page, and the bound that it must meet.

A measure is a number, or a list of faults, each in words, of which the number is how many.
Where nothing could be measured it is missing.
"""

from dataclasses import dataclass

Measure = float | list[str]
SHOWN = 3  # faults of one measure that are named; the others are counted


@dataclass(frozen=True)
class Bound:
    """A column: its heading, what it is in words, and the most, or the least, that it may be."""

    name: str
    what: str
    limit: float
    least: bool = False
    but: str = ""  # a page that the bound is not for

    def holds(self, page: str, measure: Measure) -> bool:
        """Whether a page meets the bound."""
        value = number(measure)
        return page == self.but or (value >= self.limit if self.least else value <= self.limit)

    def complaint(self, measure: Measure) -> str:
        """What is measured against what is asked, and the first of its faults."""
        asked = f"at {'least' if self.least else 'most'} {self.limit:g}"
        line = f"{self.what}: {number(measure):.4g}, {asked}"
        if not isinstance(measure, list):
            return line
        more = len(measure) - SHOWN
        named = measure[:SHOWN] + ([f"and {more} more"] if more > 0 else [])
        return f"{line}: {'; '.join(named)}"


COLUMNS = (
    Bound("host", "requests to another host", 0),
    Bound("log", "errors in the console", 0),
    Bound("perf", "Lighthouse's performance, mobile", 0.97, least=True),
    Bound("a11y", "Lighthouse's accessibility", 1, least=True),
    Bound("best", "Lighthouse's best practices", 1, least=True),
    Bound("seo", "Lighthouse's SEO", 1, least=True),
    Bound("LCP", "seconds to the largest contentful paint", 1.8),
    Bound("1st", "kB of a first load without figures, gzip", 150),
    # The search brings the words of all chapters.
    Bound("2nd", "kB more as a second page", 60, but="search.html"),
    Bound("light", "axe in light colours", 0),
    Bound("dark", "axe in dark colours", 0),
    Bound("forced", "axe in forced colours", 0),
    Bound("ids", "ids that are there twice", 0),
    Bound("links", "links and anchors that lead nowhere", 0),
    Bound("alt", "images that do not say what they show", 0),
    Bound("tags", "tags that are not closed, cross, or stand wrong", 0),
    Bound("HTML", "errors that the Nu checker finds", 0),
    Bound("wide", "widths at which the page scrolls sideways", 0),
    Bound("boxes", "boxes that scroll sideways at 360 px", 10),
)


def number(measure: Measure) -> float:
    """The number of a measure: how many faults there are, where they are listed."""
    return len(measure) if isinstance(measure, list) else measure


def failures(page: str, measures: dict[str, Measure]) -> list[str]:
    """The bounds that a page does not meet, a line each."""
    return [
        f"{page}: {column.complaint(measures[column.name])}"
        for column in COLUMNS
        if column.name in measures and not column.holds(page, measures[column.name])
    ]
