"""Several drawings at one place, with a button for each; no script, so it works everywhere."""

import hashlib
import html
from collections.abc import Mapping

from lenet.plots.drawing import Drawing


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
