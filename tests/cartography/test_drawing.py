import pytest
from defusedxml.ElementTree import fromstring

from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import LEGEND, MARKS


def parts(layer, classes=""):
    return [element.get("class") for element in fromstring(mark_svg(layer, classes)).iter() if element.get("class")]


@pytest.mark.parametrize("layer", MARKS)
def test_a_mark_is_well_formed_and_has_the_parts_that_states_show(layer):
    assert {"mark-range", "mark-edge", "mark-body", "mark-fill", "mark-half", "mark-question", "mark-key"} <= set(parts(layer))
    assert parts(layer)[0] == f"mark mark-{layer}"


def test_only_a_job_can_be_recruiting():
    assert [layer for layer in MARKS if "mark-dot" in parts(layer)] == ["village-jobs"]


@pytest.mark.parametrize("state", LEGEND)
def test_the_legend_shows_each_state_on_its_mark(state):
    assert parts(state.layer, state.classes)[0] == f"mark mark-{state.layer} {state.classes}".strip()


def test_a_mark_is_a_picture_beside_a_word_and_silent_for_a_screen_reader():
    root = fromstring(mark_svg("shelters"))
    assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")


def test_a_layer_without_a_mark_is_a_key_error():
    with pytest.raises(KeyError):
        mark_svg("dongs")
