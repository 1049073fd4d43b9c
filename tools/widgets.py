"""A Sphinx extension: puts a widget where a chapter says so.

    ```{widget} windows
    What its picture shows, where no script runs.
    ```

The page gets the picture and the text, which stay on paper and where no script runs; what the
package knows of it, as JSON; and the files of `_widgets` that it needs, as they are. A page
without a widget gets none of that.
"""

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from widget_data import WIDGETS

ROOT = Path(__file__).parents[1]
FOLDER = "_widgets"


class widget(nodes.General, nodes.Element):
    """The place of a widget; inside of it stands what is said where no script runs."""


class Place(SphinxDirective):
    """The directive."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Called by Sphinx."""
        name = self.arguments[0]
        if name not in WIDGETS:
            raise self.error(f"no widget {name!r}; there are {', '.join(WIDGETS)}")
        node = widget(name=name)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def visit(writer, node: widget) -> None:
    """Open the place, with its picture."""
    name = escape(node["name"])
    picture = own(WIDGETS[name].picture()._repr_html_(), name)
    writer.body.append(f'<div class="widget" id="widget-{name}" data-widget="{name}">\n')
    writer.body.append(f'<div class="widget-picture">{picture}\n')


def own(picture: str, name: str) -> str:
    """A picture with the widget's name in its ids: the same one may stand elsewhere on the page."""
    for old in re.findall(r' id="([^"]+)"', picture):
        picture = picture.replace(old, f"{name}-{old}")
    return picture


def depart(writer, node: widget) -> None:
    """Close it, after what the script is given."""
    data = json.dumps(WIDGETS[node["name"]].data(), separators=(",", ":"))
    safe = data.replace("</", "<\\/")  # so that no text can end the element
    writer.body.append(f'</div>\n<script type="application/json">{safe}</script>\n</div>\n')


def files(app: Sphinx, pagename: str, template: str, context: dict, doctree) -> None:
    """Place the files that a page needs, and name them for its head."""
    names = dict.fromkeys(node["name"] for node in doctree.findall(widget)) if doctree else {}
    wanted = dict.fromkeys(file for name in names for file in WIDGETS[name].files)
    context["widgets"] = [f"{FOLDER}/{file}" for file in wanted]
    for file in wanted:
        place = Path(app.outdir, FOLDER, file)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((ROOT / FOLDER / file).read_bytes())
    for name in names:
        write_later(Path(app.outdir, FOLDER), WIDGETS[name].later)


def write_later(folder: Path, scripts: Mapping[str, Callable[[], str]]) -> None:
    """Write the scripts that a page loads when it wants them, unless another page had them written.

    Where what they are made of changes, the build has emptied the folder.
    """
    for name, text in scripts.items():
        place = folder / name
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_text(text())


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_node(widget, html=(visit, depart))
    app.add_directive("widget", Place)
    app.connect("html-page-context", files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
