"""The opening book gives, for every position, what the hours engine gives for its schedule alone."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.calendar import SEOUL, AlertKind, Calendar, Holiday, WeatherAlert
from geo_app.domain.hours import State, state_at
from geo_app.domain.record import load_closure, load_dated_hours, load_statement
from geo_app.snapshot.opening import KEPT_DAYS, OpeningBook

COLD = WeatherAlert(AlertKind.COLD_WAVE, date(2026, 12, 10), date(2026, 12, 14))
CALENDAR = Calendar((Holiday(date(2026, 12, 25), "기독탄신일"),), date(2026, 1, 1), date(2027, 12, 31), (COLD,))
SCHEDULES = [
    {"hours": [{"text": "24/7", "opening_hours": "24/7"}], "closures": []},
    {"hours": [{"text": "x", "opening_hours": "Mo-Su 18:00-04:00", "on_holidays": "closed"}], "closures": []},
    {"hours": [{"text": "y", "opening_hours": "Mo-Fr 09:00-18:00"}], "closures": [{"first": "2026-12-21", "last": "2026-12-22"}]},
    {"hours": [{"text": "모름"}], "closures": []},
    {
        "hours": [{"text": "z", "opening_hours": "24/7"}, {"text": "z", "opening_hours": "Mo-Su 08:00-24:00", "alert": "cold-wave"}],
        "closures": [],
        "dated_hours": [{"first": "2026-12-25", "last": "2026-12-25", "times": "22:00-26:00"}],
    },
]


@given(minutes=st.integers(0, 60 * 24 * 60), number=st.integers(0, 4))
def test_each_answer_is_the_engines(minutes, number):
    at = datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(minutes=minutes)
    book = OpeningBook(SCHEDULES, [0, 1, 2, 3, 4])
    schedule = SCHEDULES[number]
    alone = state_at(
        tuple(load_statement(item) for item in schedule["hours"]),
        closures=tuple(load_closure(item) for item in schedule["closures"]),
        dated_hours=tuple(load_dated_hours(item) for item in schedule.get("dated_hours", ())),
        calendar=CALENDAR,
        at=at,
    )
    assert book.answer(number, at, CALENDAR) == alone
    assert book.answers(at, CALENDAR)[number] == alone


def test_the_schedule_of_a_place_is_what_was_stored_of_it():
    book = OpeningBook(SCHEDULES, [4, -1])
    schedule = book.schedule(0)
    assert [item.alert for item in schedule.statements] == [None, AlertKind.COLD_WAVE]
    assert [item.times for item in schedule.dated_hours] == ["22:00-26:00"]
    assert book.schedule(1) is None


def test_a_place_without_hours_is_unknown():
    assert OpeningBook([], [-1]).answer(0, datetime(2026, 11, 21, tzinfo=SEOUL), CALENDAR).state is State.UNKNOWN


def test_a_new_calendar_is_seen_at_once():
    book = OpeningBook(SCHEDULES, [1])
    at = datetime(2026, 12, 25, 20, 0, tzinfo=SEOUL)
    assert book.answer(0, at, CALENDAR).state is State.CLOSED
    assert book.answer(0, at, Calendar()).state is State.OPEN
    assert book.answer(0, at, CALENDAR).state is State.CLOSED


def test_only_some_days_are_held_however_many_are_asked():
    book = OpeningBook(SCHEDULES, [0])
    for day in range(40):
        book.answer(0, datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(days=day), CALENDAR)
    assert len(book._timelines) == KEPT_DAYS


def test_a_time_without_a_zone_is_refused():
    from geo_app.domain.errors import BadArgument

    with pytest.raises(BadArgument):
        OpeningBook(SCHEDULES, [0]).answer(0, datetime(2026, 11, 21), CALENDAR)  # noqa: DTZ001 that is what is refused
