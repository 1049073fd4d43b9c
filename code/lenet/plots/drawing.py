"""The sheet that every figure is drawn on, its palette, and how a page shows it.

A `Picker` shows one of several drawings; it needs no script, so it works everywhere.
"""

import base64
import hashlib
import html
import io
import re
from collections.abc import Mapping

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

GREYS = 64  # of a picture: nobody sees more beside each other, and they make a page a fifth longer
# One accent; all else is ink, greys and tints of these. On a page each becomes a
# colour of the page's theme, so that a figure is readable in light and in dark.
INK, MUTED, LINE, ACCENT, SURFACE = "#1f2328", "#606770", "#c4cad0", "#0a6c8f", "#fdfdfe"
THEME_COLOURS = {
    INK: "currentColor",
    MUTED: f"var(--lenet-muted, {MUTED})",
    LINE: f"var(--lenet-line, {LINE})",
    ACCENT: f"var(--lenet-accent, {ACCENT})",
    SURFACE: f"var(--lenet-surface, var(--jp-layout-color0, {SURFACE}))",
}
TEXT, SMALL = 13, 12  # type sizes in pixels
# A phone has 328 pixels for a figure: type of 12 in one of 430 is then 9 pixels high.
WIDEST = 430
LARGER = 1.25  # on a page with more room
STYLE = {
    "svg.fonttype": "none",  # text stays text: the page's own font, searchable
    "svg.hashsalt": "lenet",  # the same figure gives the same bytes
}


class Drawing(Figure):
    """A matplotlib figure in pixels that a notebook shows as SVG in the page's colours.

    `alt` is what someone hears who does not see it. `savefig` works as ever.
    """

    def __init__(self, width: float, height: float, alt: str):
        super().__init__(figsize=(width / 72, height / 72), dpi=72)
        self.alt = alt

    def sheet(self) -> Axes:
        """Bare axes over the whole drawing: x to the right and y down, in pixels."""
        width, height = self.get_size_inches() * 72
        axes = self.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        return axes

    def __repr__(self) -> str:
        return f"<Drawing: {self.alt}>"

    def _repr_html_(self) -> str:
        buffer = io.StringIO()
        with matplotlib.rc_context(STYLE):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.savefig(buffer, format="svg", transparent=True, metadata=nothing)
        return f'<div class="lenet-figure">{self._for_a_page(buffer.getvalue())}</div>'

    def _for_a_page(self, svg: str) -> str:
        """The bare <svg>: theme colours, the page's font, ids that no other figure has."""
        svg = svg[svg.index("<svg") :]
        svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.S)
        svg = re.sub(r"font(-family)?: [^;\"]*?(\d+px)[^;\"]*", r"font-size: \2", svg)
        svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
        svg = re.sub(r"(?<=data:image/png;base64,)[^\"]+", _in_one_byte, svg)
        for colour, themed in THEME_COLOURS.items():
            svg = svg.replace(colour, themed)
        used = set(re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", svg))
        kept = {name for pair in used for name in pair if name}
        svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in kept else "", svg)
        mark = "f" + hashlib.sha256((self.alt + svg).encode()).hexdigest()[:6]
        for name in kept:
            svg = svg.replace(f'"{name}"', f'"{mark}{name}"').replace(f"#{name}", f"#{mark}{name}")
        width = self.get_size_inches()[0] * 72
        size = f"width:{LARGER * width:.0f}px; max-width:100%"
        start = f'<svg role="img" aria-label="{html.escape(self.alt)}" style="{size}"'
        return re.sub(
            r'<svg (.*?)width="\S+" height="\S+"', rf"{start} \1", svg, count=1, flags=re.S
        )


class Picker:
    """Shows the first of some drawings, and another when its button is chosen."""

    def __init__(self, question: str, drawings: Mapping[str, Drawing]):
        self.question, self.drawings = question, dict(drawings)

    def __repr__(self) -> str:
        return f"<Picker: {self.question} {', '.join(self.drawings)}>"

    def _repr_html_(self) -> str:
        panels = [drawing._repr_html_() for drawing in self.drawings.values()]
        mark = "pick" + hashlib.sha256("".join(panels).encode()).hexdigest()[:6]
        buttons = "".join(
            f'<label><input type="radio" name="{mark}" value="{i}"{" checked" * (i == 0)}>'
            f"{html.escape(label)}</label>"
            for i, label in enumerate(self.drawings)
        )
        rules = "".join(
            f'.{mark}:has(input[value="{i}"]:checked) > div > :nth-child({i + 1}){{display:block}}'
            for i in range(len(panels))
        )
        return (
            f'<div class="lenet-picker {mark}"><style>.{mark} > div > *{{display:none}}{rules}'
            f"</style><fieldset><legend>{html.escape(self.question)}</legend>{buttons}</fieldset>"
            f"<div>{''.join(panels)}</div></div>"
        )


def _in_one_byte(picture: re.Match) -> str:
    """A grey picture in one byte a pixel, where matplotlib writes four, and in `GREYS` greys.

    0 shows nothing, and the darkest grey is 1.
    """
    buffer = io.BytesIO()
    drawn = Image.open(io.BytesIO(base64.b64decode(picture[0]))).convert("LA")
    levels = [max(1, round(v / 255 * (GREYS - 1)) * 255 // (GREYS - 1)) for v in range(256)]
    grey = Image.new("L", drawn.size)
    grey.paste(drawn.getchannel("L").point(levels), mask=drawn.getchannel("A"))
    grey.save(buffer, "PNG", optimize=True, transparency=0)
    return base64.b64encode(buffer.getvalue()).decode()


def write(axes: Axes, x: float, y: float, text: str, size: float = TEXT, **how) -> None:
    """Text at (x, y) in pixels, centred unless told otherwise."""
    how = {"ha": "center", "va": "center", "color": INK} | how
    axes.text(x, y, text, fontsize=size, **how)


def quiet(axes: Axes) -> None:
    """Axes of a chart: no box, thin grey lines, readable labels."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(MUTED)
    axes.tick_params(colors=INK, labelsize=SMALL, length=3, width=0.8, color=MUTED)
    axes.xaxis.label.set(color=INK, fontsize=TEXT)
    axes.yaxis.label.set(color=INK, fontsize=TEXT)
    axes.grid(color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
