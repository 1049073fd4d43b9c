from lenet.paper import Event
from lenet.plots import timeline
from lenet.plots.history import YEAR

STORY = [
    Event(year, f"event {at}", "lecun1998") for at, year in enumerate((1980, 1989, 1989, 1991))
]


def heights(drawing) -> dict[str, float]:
    return {text.get_text(): text.get_position()[1] for text in drawing.axes[0].texts}


def test_years_are_to_scale_and_two_events_of_a_year_do_not_collide():
    at = heights(timeline(STORY))
    assert at["event 1"] - at["event 0"] == 9 * YEAR
    assert at["event 2"] - at["event 1"] == YEAR
    assert at["event 3"] - at["event 0"] == 11 * YEAR


def test_only_events_of_marked_years_stand_out():
    texts = timeline(STORY, marked=[1991]).axes[0].texts
    assert [text.get_text() for text in texts if text.get_weight() == "bold"] == ["1991", "event 3"]
    assert {text.get_weight() for text in timeline(STORY).axes[0].texts} == {"normal"}
