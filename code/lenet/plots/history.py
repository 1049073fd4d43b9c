"""The story as a line of years."""

from collections.abc import Collection, Sequence

from lenet.paper import Event
from lenet.plots.drawing import ACCENT, INK, MUTED, SURFACE, Drawing, write

YEAR, TOP, LINE_AT = 23, 18, 66  # pixels: a year, the first year, the line from the left


def timeline(events: Sequence[Event], marked: Collection[int] = ()) -> Drawing:
    """Events down a line of years that is drawn to scale; those of `marked` years stand out.

    Of two events in a year one is set below the other.

    >>> timeline([Event(1989, "zip code net", "lecun1989"), Event(1990, "LeNet-1", "lecun1990")])
    <Drawing: Timeline: 1989 zip code net; 1990 LeNet-1.>
    """
    first = events[0].year
    places = [TOP + YEAR * (event.year - first) for event in events]
    for number in range(1, len(places)):
        places[number] = max(places[number], places[number - 1] + YEAR)
    told = "; ".join(f"{event.year} {event.what}" for event in events)
    drawing = Drawing(340, places[-1] + TOP, f"Timeline: {told}.")
    axes = drawing.sheet()
    axes.plot([LINE_AT, LINE_AT], [TOP, places[-1]], color=MUTED, linewidth=1.2, zorder=1)
    for y, event in zip(places, events, strict=True):
        chosen = event.year in marked
        face, edge, size = (ACCENT, ACCENT, 12) if chosen else (SURFACE, INK, 8)
        axes.plot([LINE_AT], [y], "o", color=face, markeredgecolor=edge, markersize=size, zorder=2)
        weight = "bold" if chosen else "normal"
        write(axes, LINE_AT - 16, y, str(event.year), ha="right", color=INK, weight=weight)
        write(axes, LINE_AT + 16, y, event.what, ha="left", weight=weight)
    return drawing
