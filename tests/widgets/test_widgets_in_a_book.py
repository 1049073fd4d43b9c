"""What the extension puts into a page, and what it refuses."""

import json
import re
from pathlib import Path

import pytest
import widgets
from bs4 import BeautifulSoup
from docutils import nodes
from widget_data import WIDGETS

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build/html"


class Writer:
    """As much of a writer as is needed."""

    def __init__(self):
        self.body = []


def written(name: str) -> BeautifulSoup:
    writer, node = Writer(), widgets.widget(name=name)
    widgets.visit(writer, node)
    widgets.depart(writer, node)
    return BeautifulSoup("".join(writer.body), "html.parser")


@pytest.mark.parametrize("name", WIDGETS)
def test_the_place_of_a_widget_has_its_picture_and_what_its_script_is_given(name):
    place = written(name).select_one(f"div.widget#widget-{name}")
    assert place.select_one(".widget-picture [role=img]")["aria-label"]
    given = json.loads(place.select_one("script[type='application/json']").string)
    assert given == json.loads(json.dumps(WIDGETS[name].data()))


@pytest.mark.parametrize("name", WIDGETS)
def test_the_picture_may_stand_elsewhere_on_the_page_too(name):
    picture = WIDGETS[name].picture()._repr_html_()
    given = re.findall(r' id="([^"]+)"', picture)
    place = written(name)
    assert given and not {tag["id"] for tag in place.select("svg [id]")} & set(given)
    used = re.findall(r'(?:url\(|href=")#([^")]+)', str(place))
    assert set(used) == {f"{name}-{old}" for old in given}


def test_no_text_can_end_the_element_that_it_stands_in(monkeypatch):
    sly = WIDGETS["windows"].__class__((), lambda: {"a": "</script>"}, WIDGETS["windows"].picture)
    monkeypatch.setitem(WIDGETS, "windows", sly)
    script = written("windows").select_one("script")
    assert json.loads(script.string) == {"a": "</script>"}


@pytest.mark.parametrize("name", WIDGETS)
def test_what_a_person_reads_is_what_is_served(name):
    for file in WIDGETS[name].files:
        source = ROOT / "_widgets" / file
        assert source.read_bytes() == (SITE / "_widgets" / file).read_bytes()
        assert len(source.read_text().splitlines()) <= 250, file
        assert source.suffix != ".js" or source.read_text().startswith('"use strict";')


def test_only_what_a_page_uses_is_served():
    used = {f"_widgets/{file}" for one in WIDGETS.values() for file in (*one.files, *one.later)}
    here = {path.relative_to(SITE).as_posix() for path in (SITE / "_widgets").rglob("*.*")}
    assert used == here


def test_a_page_without_a_widget_gets_none(tmp_path):
    context, app = {}, type("App", (), {"outdir": tmp_path})
    widgets.files(app, "chapters/x", "page.html", context, nodes.document(None, None))
    assert context["widgets"] == [] and not list(tmp_path.iterdir())
