"""The form of one change: places by name or in either order of numbers, and faults at the field that has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geo_app.domain.problem import Problem
from geo_app.finder.gazetteer import Place, PlaceKind
from geo_app.web.parameters import BadParameters
from geo_app.web.plan_change import fault_of, find_fault, offered_places, read_pair, with_place
from geo_app.wording.catalogue import get_words

OFFICE = Place("pf-000001", PlaceKind.OFFICE, "평동 행정복지센터", "Pyeong-dong office", 126.760434, 35.124524)
SHELTER = Place("sh-000001", PlaceKind.SITE, "쉼터", "Shelter", 126.8, 35.2)
WORDS = get_words("ko")


def form(**fields):
    return MultiDict({name if name == "edit" else f"edit_{name}": text for name, text in fields.items()})


@given(st.floats(124, 132), st.floats(33, 39), st.booleans(), st.sampled_from([",", ", ", " ", " ,"]))
def test_a_pair_in_korea_is_read_in_either_order(lon, lat, is_swapped, mark):
    pair = (f"{lon:.6f}", f"{lat:.6f}")
    assert read_pair(mark.join(pair[::-1] if is_swapped else pair)) == pair


@pytest.mark.parametrize("text", ["", "here", "126.8", "126.8,35.1,2", "１２６.8, 35.1", "nan,35"])
def test_what_is_no_pair_is_none(text):
    assert read_pair(text) is None


def test_a_place_that_opens_is_called_after_the_place_it_was_named_by_unless_it_has_a_name():
    assert with_place(form(edit="open", place=" 평동  행정복지센터"), [OFFICE])["edit_name"] == OFFICE.name
    assert with_place(form(edit="open", place=OFFICE.latin, name="새 쉼터"), [OFFICE])["edit_name"] == "새 쉼터"
    moved = with_place(form(edit="move", place=OFFICE.name), [OFFICE])
    assert (moved["edit_place"], "edit_name" in moved) == ("126.760434,35.124524", False)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"edit": "open", "place": "126.8,35.1", "hours": "매일 18시~익일 04시"}, None),
        ({"edit": "open", "place": "", "hours": "24/7"}, "edit_place"),
        ({"edit": "open", "place": "191,35.1", "hours": "24/7"}, "edit_place"),
        ({"edit": "open", "place": "126.8,35.1", "hours": ""}, "edit_hours"),
        ({"edit": "move", "place": "126.8,35.1"}, "edit_site"),
        ({"edit": "hours", "site": "sh-000001", "hours": "언젠가"}, "edit_hours"),
        ({"edit": "close", "site": "sh-000001"}, None),
        ({"edit": "paint"}, None),
    ],
)
def test_the_first_field_that_cannot_be_used_is_named(fields, wrong):
    fault = find_fault(form(**fields), WORDS)
    assert (fault.field if fault else None) == wrong


def test_other_parameters_at_fault_are_not_laid_on_the_form():
    edits = Problem("unknown-edited-site", column="edits", details={"number": 1, "id": "sh-000001"})
    other = Problem("unknown-parameter", column="foo", details={"known": "at"})
    assert fault_of(BadParameters([edits, other]), form(edit="close"), WORDS) is None
    assert "sh-000001" in fault_of(BadParameters([edits]), form(edit="close"), WORDS).sentence


def test_names_offered_stand_once_and_leave_the_rest_places_to_their_own_list():
    assert offered_places([OFFICE, OFFICE, SHELTER]) == [OFFICE.name]
