"""A book of a few small pages, built with some of the extensions in tools."""

import sys
from io import StringIO
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

TOOLS = Path(__file__).parents[1] / "tools"
PICTURE = '<div class="lenet-figure"><svg role="img" aria-label="A drawing"></svg></div>'
TABLE = '<div class="lenet-table"><table><tr><td>150</td></tr></table></div>'


def notebook(*parts: str | tuple[dict, str]) -> nbformat.NotebookNode:
    """A page: markdown, and code cells as (metadata, HTML that comes out)."""
    made = nbformat.v4.new_notebook()
    made.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    for part in parts:
        if isinstance(part, str):
            made.cells.append(nbformat.v4.new_markdown_cell(part))
            continue
        metadata, html = part
        shown = {"text/html": html, "text/plain": "text"}
        out = [nbformat.v4.new_output("display_data", shown)] if html else []
        made.cells.append(nbformat.v4.new_code_cell("draw()", metadata=metadata, outputs=out))
    return made


def build(
    folder: Path, pages: dict[str, nbformat.NotebookNode | str], *extensions: str
) -> tuple[dict[str, BeautifulSoup], str]:
    """The built pages by their names, and what the build warned of."""
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    for name, page in pages.items():
        text = page if isinstance(page, str) else nbformat.writes(page)
        path = folder / (f"{name}.md" if isinstance(page, str) else f"{name}.ipynb")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / "root.md").write_text("# Root\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n")
    settings = {
        "extensions": ["myst_nb", "maths", *extensions],
        "root_doc": "root",
        "html_theme": "basic",
        "html_math_renderer": "mathml",
        "nb_execution_mode": "off",
        "nb_render_markdown_format": "myst",
        "myst_update_mathjax": False,
        "myst_enable_extensions": ["colon_fence", "deflist", "dollarmath"],
        "nitpicky": True,
    }
    warned, out = StringIO(), folder / "_build"
    places = (folder, None, out, out / "doctrees")
    with docutils_namespace():
        Sphinx(*places, "html", settings, status=None, warning=warned).build()
    made = {name: (out / f"{name}.html").read_text() for name in pages}
    return {name: BeautifulSoup(text, "html.parser") for name, text in made.items()}, (
        warned.getvalue()
    )
