"""A Sphinx extension: for each chapter the picture that is shown where somebody links to it.

1200 by 630 pixels, as social networks want them: the number, the title, and LeNet-5 below.
"""

import textwrap
from pathlib import Path

from lenet.plots.drawing import ACCENT, INK, MUTED
from matplotlib.figure import Figure
from matplotlib.image import imread
from sphinx.application import Sphinx
from theme import address

MAPS = Path(__file__).parents[1] / "_static/lenet5.png"
FOLDER = "_pictures"


def picture(number: str, title: str, book: str) -> Figure:
    """The picture of a page: its number, if it has one, its title, and the book's below."""
    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
    left = 0.07
    if number:
        figure.text(left, 0.76, number, size=90, color=ACCENT, weight="light", va="center")
        left = 0.12 + 0.06 * len(number)
    lines = "\n".join(textwrap.wrap(title, 26))
    figure.text(left, 0.76, lines, size=42, color=INK, weight="bold", va="center", linespacing=1.2)
    figure.text(0.07, 0.08, book if book != title else "", size=22, color=MUTED, va="center")
    axes = figure.add_axes((0.07, 0.16, 0.86, 0.4))
    axes.imshow(imread(MAPS), interpolation="antialiased")
    axes.axis("off")
    return figure


def draw(app: Sphinx, pagename: str, template: str, context: dict, doctree) -> None:
    """Draw the picture of a page that is written, and say where it is."""
    if doctree is None:
        return
    name = f"{FOLDER}/{pagename.rpartition('/')[2]}.png"
    path = Path(app.outdir, name)
    path.parent.mkdir(exist_ok=True)
    number = ".".join(map(str, app.env.toc_secnumbers.get(pagename, {}).get("", ())))
    title = app.env.titles[pagename].astext()
    picture(number, title, app.config.html_title).savefig(path, metadata={"Software": None})
    context["picture"] = address(app, context, name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("html-page-context", draw, priority=600)  # after the theme's own picture
    return {"parallel_read_safe": True, "parallel_write_safe": True}
