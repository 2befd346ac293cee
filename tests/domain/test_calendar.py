"""The calendar as a stored document, and what it answers of a day."""

from datetime import date, timedelta

import holidays
import pytest

from geo_app.domain.calendar import AlertKind, Calendar, Holiday, HolidayKind, WeatherAlert
from geo_app.domain.errors import BadRecord

SEOLLAL = date(2026, 2, 17)
CALENDAR = Calendar(
    (
        Holiday(date(2026, 3, 2), "삼일절 대체 휴일", HolidayKind.SUBSTITUTE, "관보"),
        Holiday(SEOLLAL, "설날"),
        Holiday(SEOLLAL - timedelta(days=1), "설날 전날"),
        Holiday(date(2026, 6, 3), "지방선거일", HolidayKind.ELECTION),
        Holiday(date(2026, 7, 3), "임시공휴일", HolidayKind.TEMPORARY),
    ),
    date(2026, 1, 1),
    date(2026, 12, 31),
)


def test_the_very_day_of_a_feast_is_not_the_day_before_it():
    assert CALENDAR.is_seollal_or_chuseok_day(SEOLLAL)
    assert not CALENDAR.is_seollal_or_chuseok_day(SEOLLAL - timedelta(days=1))
    assert CALENDAR.is_public_holiday(SEOLLAL - timedelta(days=1))


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 6, 3), date(2026, 7, 3)])
def test_substitute_election_and_temporary_days_are_holidays_like_others(day):
    assert CALENDAR.is_public_holiday(day)
    assert CALENDAR.holiday_on(day).day == day


def test_an_ordinary_day_has_no_holiday():
    assert CALENDAR.holiday_on(date(2026, 3, 3)) is None
    assert not CALENDAR.is_public_holiday(date(2026, 3, 3))


def test_days_outside_the_calendar_are_not_covered():
    covered = [day for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)) if CALENDAR.covers(day)]
    assert covered == [date(2026, 1, 1), date(2026, 12, 31)]
    assert not Calendar.empty().covers(date(2026, 1, 1))


def test_two_holidays_of_one_day_are_both_kept():
    day = date(2028, 10, 3)
    calendar = Calendar((Holiday(day, "추석"), Holiday(day, "개천절")))
    assert [item.name for item in calendar.list_holidays(day, day)] == ["개천절", "추석"]
    assert calendar.is_seollal_or_chuseok_day(day)


def test_holidays_are_listed_in_order_both_ends_included():
    assert [item.day for item in CALENDAR.list_holidays(SEOLLAL, date(2026, 6, 3))] == [SEOLLAL, date(2026, 3, 2), date(2026, 6, 3)]


def test_a_calendar_comes_back_from_its_record():
    assert Calendar.from_record(CALENDAR.to_record()) == CALENDAR
    assert Calendar.from_record(Calendar.empty().to_record()) == Calendar.empty()


@pytest.mark.parametrize(
    "record",
    [
        {"holidays": [{"day": "2026-13-01", "name": "x"}]},
        {"holidays": [{"day": "2026-01-01"}]},
        {"holidays": [{"day": "2026-01-01", "name": "x", "kind": "party"}]},
        {"holidays": ["2026-01-01"]},
        {"holidays": [], "covers_from": 2026},
        {"holidays": 3},
        {"alerts": [{"kind": "typhoon", "first": "2026-07-20", "last": "2026-07-24"}]},
        {"alerts": [{"kind": "heat-wave", "first": "2026-07-20"}]},
        {"alerts": ["heat-wave"]},
    ],
)
def test_a_record_of_another_form_is_refused(record):
    with pytest.raises(BadRecord):
        Calendar.from_record(record)


def test_years_of_real_holidays_answer_as_the_list_they_came_from():
    found = holidays.country_holidays("KR", years=range(2023, 2028), language="ko")
    calendar = Calendar(tuple(Holiday(day, name) for day, names in found.items() for name in names.split("; ")))
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(5 * 365 + 1)]
    assert [day for day in days if calendar.is_public_holiday(day)] == sorted(found)
    feasts = [day for day in days if calendar.is_seollal_or_chuseok_day(day)]
    assert len(feasts) == 10
    assert {date(2025, 10, 6), date(2026, 2, 17)} <= set(feasts)


HEAT = WeatherAlert(AlertKind.HEAT_WAVE, date(2026, 7, 20), date(2026, 7, 24), "기상청")
COLD = WeatherAlert(AlertKind.COLD_WAVE, date(2026, 1, 5), date(2026, 1, 5), "기상청")


def test_an_alert_is_in_force_from_its_first_to_its_last_day_and_then_ends():
    calendar = Calendar(alerts=(HEAT, COLD))
    days = [date(2026, 7, 19) + timedelta(days=number) for number in range(7)]
    assert [calendar.alerts_on(day) == (AlertKind.HEAT_WAVE,) for day in days] == [False, True, True, True, True, True, False]
    assert calendar.alerts_on(date(2026, 1, 5)) == (AlertKind.COLD_WAVE,)
    assert not calendar.is_public_holiday(date(2026, 7, 20))


def test_two_alerts_of_one_kind_on_one_day_count_once():
    assert Calendar(alerts=(HEAT, WeatherAlert(AlertKind.HEAT_WAVE, HEAT.last, HEAT.last))).alerts_on(HEAT.last) == (AlertKind.HEAT_WAVE,)


def test_alerts_come_back_from_the_record_in_the_order_of_their_days():
    calendar = Calendar(CALENDAR.holidays, CALENDAR.covers_from, CALENDAR.covers_until, (HEAT, COLD))
    assert calendar.alerts == (COLD, HEAT)
    assert Calendar.from_record(calendar.to_record()) == calendar


def test_a_calendar_without_alerts_is_written_as_before_there_were_any():
    assert list(CALENDAR.to_record()) == ["covers_from", "covers_until", "holidays"]


def test_a_local_holiday_is_a_holiday_like_others():
    day = date(2026, 5, 21)
    calendar = Calendar((Holiday(day, "구민의 날", HolidayKind.LOCAL, "조례"),))
    assert calendar.is_public_holiday(day)
    assert Calendar.from_record(calendar.to_record()) == calendar


@pytest.mark.parametrize(("first", "last"), [(SEOLLAL, SEOLLAL), (date(2026, 1, 1), date(2026, 12, 31)), (SEOLLAL, date(2026, 2, 1))])
def test_listing_is_what_a_look_at_each_day_gives(first, last):
    assert list(CALENDAR.list_holidays(first, last)) == [item for item in CALENDAR.holidays if first <= item.day <= last]
