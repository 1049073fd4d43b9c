"""Where the parameters and the arithmetic of several networks are, as bars of one length."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lenet.network import Network
from lenet.plots.drawing import ACCENT, INK, MUTED, SMALL, SURFACE, Drawing, write
from lenet.shares import KINDS, by_kind

BAR, BESIDE, ROW = 164, 118, 24  # pixels: a bar, the room for its total, and a row
TITLES = {"parameters": "parameters", "macs": "multiply-accumulates"}
FACES = {"convolutions": (ACCENT, ACCENT), "dense layers": (SURFACE, INK), "all else": (MUTED, INK)}


def share_bars(networks: Sequence[Network]) -> Drawing:
    """For each network a bar of its parameters and one of its MACs, with the total beside it.

    All bars have one length: the filled part is what the convolutions have, the open part what
    the dense layers have. ValueError where a number of a layer is not known.
    """
    counts = {key: [by_kind(network, key) for network in networks] for key in TITLES}
    names = [network.name.split(" of ")[0] for network in networks]
    left, panel = 16 + 7.4 * max(map(len, names)), 34 + ROW * len(networks)
    drawing = Drawing(left + BAR + BESIDE, 30 + 2 * panel, _told(networks, counts))
    axes = drawing.sheet()
    _legend(axes, left)
    for place, (key, title) in enumerate(TITLES.items()):
        top = 30 + place * panel
        write(axes, left, top + 14, title, ha="left")
        for number, (name, parts) in enumerate(zip(names, counts[key], strict=True)):
            y = top + 28 + ROW * number
            write(axes, left - 8, y + 8, name, SMALL, ha="right")
            _bar(axes, left, y, parts)
            write(axes, left + BAR + 8, y + 8, f"{sum(parts.values()):,}", SMALL, ha="left")
    return drawing


def _bar(axes: Axes, x: float, y: float, parts: dict[str, int]) -> None:
    total = sum(parts.values())
    for kind, number in parts.items():
        wide = BAR * number / total
        if number:
            _box(axes, x, y, wide, kind)
        x += wide


def _box(axes: Axes, x: float, y: float, wide: float, kind: str) -> None:
    face, edge = FACES[kind]
    axes.add_patch(Rectangle((x, y), wide, 16, facecolor=face, edgecolor=edge, linewidth=1))


def _legend(axes: Axes, left: float) -> None:
    for x, kind in zip((left, left + 110), KINDS[:2], strict=True):
        _box(axes, x, 8, 12, kind)
        write(axes, x + 18, 16, kind, SMALL, ha="left")


def _told(networks: Sequence[Network], counts: dict[str, list[dict[str, int]]]) -> str:
    parts = []
    for key, title in TITLES.items():
        for network, found in zip(networks, counts[key], strict=True):
            total = sum(found.values())
            share = 100 * found["convolutions"] / total
            parts.append(f"{network.name} {total:,} {title}, {share:.1f}% of them in convolutions")
    return f"Bars: {'; '.join(parts)}."
