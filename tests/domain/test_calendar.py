"""The calendar as a stored document, and what it answers of a day."""

from datetime import date, timedelta

import holidays
import pytest

from geo_app.domain.calendar import Calendar, Holiday, HolidayKind
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
