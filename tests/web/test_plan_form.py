"""A sent form as the parameters of its question."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geo_app.planning.edits import EditKind, parse_edits
from geo_app.web.plan_form import form_query
from geo_app.web.plan_scenario import added_edit

TODAY = date(2026, 11, 24)


def query_of(**fields):
    return form_query(MultiDict(fields), TODAY)


def test_an_address_without_a_form_is_left_alone():
    assert query_of(at="2026-11-24T02:00", minutes="5") is None


@given(st.dates(date(2001, 1, 1), date(2098, 1, 1)), st.integers(0, 6), st.times())
def test_weekday_and_clock_lie_in_the_week_that_holds_the_day(day, weekday, clock):
    told = query_of(asked="form", week=day.isoformat(), weekday=str(weekday), clock=f"{clock:%H:%M}")
    at = datetime.fromisoformat(told["at"])
    assert at.weekday() == weekday
    assert (at.hour, at.minute) == (clock.hour, clock.minute)
    assert at.date() - timedelta(days=weekday) == day - timedelta(days=day.weekday())


def test_a_week_left_empty_is_this_one():
    assert query_of(asked="form", week="", weekday="0", clock="09:00")["at"] == "2026-11-23T09:00"


def test_a_box_without_a_tick_says_no():
    assert query_of(asked="form", weekday="0", clock="09:00")["neighbours"] == "false"
    assert "neighbours" not in query_of(asked="form", weekday="0", clock="09:00", neighbours="true")


def test_what_is_as_usual_is_left_out():
    assert set(query_of(asked="form", weekday="0", clock="09:00", layer="shelters", minutes="10", stay_min="0", neighbours="true")) == {
        "at"
    }


@given(st.sampled_from([*EditKind]), st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30))
def test_a_change_of_the_form_is_read_as_the_change_it_names(kind, name):
    fields = {"edit": kind.value, "edit_site": "sh-000001", "edit_place": "126.79, 35.16", "edit_hours": "24/7", "edit_name": name}
    (edit,) = parse_edits(added_edit(fields))
    assert edit.kind is kind
    assert edit.name == (name if kind is EditKind.OPEN else "")
    assert edit.site_id == (None if kind is EditKind.OPEN else "sh-000001")


def test_a_change_stands_behind_the_ones_before_it():
    told = query_of(edit="close", edit_site="sh-000002", edits="close:sh-000001", at="2026-11-24T02:00")
    assert told == {"edits": "close:sh-000001;close:sh-000002", "at": "2026-11-24T02:00"}
