"""Weeks as they would be if all their days were of one kind."""

from datetime import timedelta

import pytest
from planning.small_world import CALENDAR, MONDAY

from geo_app.domain.calendar import AlertKind
from geo_app.planning.day_kind import DayKind, make_calendar

AROUND = [MONDAY + timedelta(days=number) for number in range(-1, 9)]


def test_the_real_week_is_judged_by_the_real_calendar():
    assert make_calendar(DayKind.CALENDAR, CALENDAR, MONDAY) is CALENDAR


def test_ordinary_days_know_of_no_holiday_and_no_alert():
    made = make_calendar(DayKind.ORDINARY, CALENDAR, MONDAY)
    assert not any(made.is_public_holiday(day) or made.alerts_on(day) for day in AROUND)


def test_every_day_of_a_holiday_week_is_one_from_the_eve_on_but_none_is_a_feast():
    made = make_calendar(DayKind.HOLIDAY, CALENDAR, MONDAY)
    assert all(made.is_public_holiday(day) and not made.is_seollal_or_chuseok_day(day) for day in AROUND)
    assert not any(made.alerts_on(day) for day in AROUND)


@pytest.mark.parametrize("kind", [DayKind.HEAT_WAVE, DayKind.COLD_WAVE])
def test_an_alert_is_in_force_all_week_from_the_eve_on(kind):
    made = make_calendar(kind, CALENDAR, MONDAY)
    assert {made.alerts_on(day) for day in AROUND} == {(AlertKind(kind.value),)}
    assert not any(made.is_public_holiday(day) for day in AROUND)
    assert all(made.covers(day) for day in AROUND)


def test_only_the_real_week_keeps_what_is_said_of_single_days():
    assert [kind for kind in DayKind if kind.is_dated] == [DayKind.CALENDAR]
