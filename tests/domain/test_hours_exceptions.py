"""The plain week, and the coming days that differ from it, with their causes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import AlertKind, Calendar, Holiday, WeatherAlert
from geo_app.domain.errors import BadArgument
from geo_app.domain.hours import build_timeline, list_exceptions, list_week
from geo_app.domain.hours.rules import Span
from geo_app.domain.hours.timeline import paint
from geo_app.domain.site import Closure, DatedHours, HoursStatement

SEOLLAL = date(2026, 2, 17)
CALENDAR = Calendar(
    (
        Holiday(SEOLLAL - timedelta(days=1), "설날 전날"),
        Holiday(SEOLLAL, "설날"),
        Holiday(SEOLLAL + timedelta(days=1), "설날 다음날"),
        Holiday(date(2028, 10, 3), "추석"),
        Holiday(date(2028, 10, 3), "개천절"),
    ),
    date(2023, 1, 1),
    date(2028, 12, 31),
    (WeatherAlert(AlertKind.HEAT_WAVE, date(2026, 7, 20), date(2026, 7, 22), "기상청"),),
)
MONDAY = date(2026, 11, 23)
NINE_TO_SIX = (Span(540, 1080),)


def said(opening_hours, on_holidays="usual", **more):
    return HoursStatement("", opening_hours, on_holidays, **more)


def ask(*statements, first_day=MONDAY, **more):
    return list_exceptions(statements, calendar=CALENDAR, first_day=first_day, **more)


def short(found):
    return [(item.day.day, item.spans) for item in found]


def test_the_plain_week_is_monday_to_sunday():
    assert list_week(said("Mo-Fr 09:00-18:00; Sa 22:00-26:00"), day=MONDAY) == (*[NINE_TO_SIX] * 5, (Span(1320, 1560),), ())


def test_the_plain_week_leaves_single_days_out_and_knows_its_season():
    rules = said("Mo-Su 10:00-17:00; Jun-Aug 09:00-21:00; Su[2,4] off; Dec 24-26 off")
    assert list_week(rules, day=MONDAY) == ((Span(600, 1020),),) * 7
    assert list_week(rules, day=date(2026, 12, 25)) == ((Span(600, 1020),),) * 7
    assert list_week(rules, day=date(2026, 7, 1)) == ((Span(540, 1260),),) * 7


def test_a_season_over_new_year_is_a_season():
    rules = said("Mo-Su 10:00-20:00; Dec 15-Feb 10 10:00-17:00")
    assert [list_week(rules, day=day)[0][0].ends_min for day in (date(2026, 12, 14), date(2026, 12, 31), date(2026, 2, 10))] == [
        1200,
        1020,
        1020,
    ]


def test_hours_not_understood_have_no_week():
    assert list_week(said(None), day=MONDAY) is None


def test_a_week_without_causes_has_no_exceptions():
    assert ask(said("Mo-Fr 09:00-18:00; Sa 18:00-04:00")) == ()
    assert ask(said(None)) == ()
    assert ask() == ()


def test_the_second_and_fourth_sunday_are_told_with_no_cause_but_the_rule():
    (found,) = ask(said("Mo-Su 10:00-22:00; Su[2,4] off"), first_day=date(2026, 11, 16))
    assert (found.day, found.spans, found.is_as_usual) == (date(2026, 11, 22), (), False)
    assert (found.holidays, found.closure, found.dated_hours, found.alerts) == ((), None, None, ())


def test_a_holiday_is_told_even_where_it_changes_nothing():
    found = ask(said("Mo-Su 10:00-22:00", "closed-seollal-chuseok"), first_day=SEOLLAL - timedelta(days=3))
    assert [(item.holidays, item.spans, item.is_as_usual) for item in found] == [
        (("설날 전날",), (Span(600, 1320),), True),
        (("설날",), (), False),
        (("설날 다음날",), (Span(600, 1320),), True),
    ]


def test_a_holiday_of_which_nobody_spoke_is_unknown():
    assert [item.spans for item in ask(said("Mo-Su 10:00-22:00", None), first_day=SEOLLAL, day_count=3)] == [None, None]


def test_two_holidays_of_one_day_are_both_named():
    assert ask(said("24/7"), first_day=date(2028, 10, 3), day_count=1)[0].holidays == ("개천절", "추석")


def test_dated_hours_hold_on_a_holiday_and_a_closure_wins_over_them():
    dated = DatedHours(SEOLLAL, SEOLLAL + timedelta(days=1), "22:00-26:00", "심야 운영")
    closure = Closure(SEOLLAL + timedelta(days=1), SEOLLAL + timedelta(days=1), "내부 수리")
    found = ask(said("Mo-Su 10:00-22:00", "closed"), first_day=SEOLLAL, day_count=2, dated_hours=[dated], closures=[closure])
    assert [(item.spans, item.dated_hours, item.closure) for item in found] == [((Span(1320, 1560),), dated, None), ((), None, closure)]


def test_of_two_dated_hours_of_one_day_the_last_holds():
    first, second = (DatedHours(MONDAY, MONDAY, times) for times in ("10:00-15:00", "11:00-12:00"))
    assert short(ask(said("24/7"), dated_hours=[first, second])) == [(23, (Span(660, 720),))]


def test_dated_hours_that_cannot_be_read_leave_the_day_unknown():
    assert short(ask(said("24/7"), dated_hours=[DatedHours(MONDAY, MONDAY, "오전만")])) == [(23, None)]


def test_dated_hours_are_known_where_the_weekly_hours_are_not():
    assert short(ask(said(None), dated_hours=[DatedHours(MONDAY, MONDAY, "10:00-15:00")])) == [(23, (Span(600, 900),))]


def test_an_alert_is_a_cause_where_a_statement_speaks_of_it():
    july = {"first_day": date(2026, 7, 18), "day_count": 7}
    heat = said("Mo-Su 09:00-21:00", alert=AlertKind.HEAT_WAVE)
    found = ask(said("Mo-Su 10:00-18:00"), heat, **july)
    assert [(item.day.day, item.spans, item.alerts) for item in found] == [
        (day, (Span(540, 1260),), (AlertKind.HEAT_WAVE,)) for day in (20, 21, 22)
    ]
    assert ask(said("Mo-Su 10:00-18:00"), **july) == ()
    assert ask(said("Mo-Su 10:00-18:00"), said("Mo-Su 09:00-21:00", alert=AlertKind.COLD_WAVE), **july) == ()


def test_a_source_that_speaks_of_alerts_alone_is_silent_on_other_days():
    july = {"first_day": date(2026, 7, 18), "day_count": 7}
    heat = said("Mo-Su 09:00-21:00", source="시청", alert=AlertKind.HEAT_WAVE)
    assert short(ask(heat, **july)) == [(day, (Span(540, 1260),)) for day in (20, 21, 22)]
    # Beside another source it disagrees on the days it speaks of, and on no other.
    assert short(ask(said("Mo-Su 10:00-18:00"), heat, **july)) == [(day, None) for day in (20, 21, 22)]


def test_days_on_which_sources_always_disagree_are_no_exceptions():
    assert ask(said("Mo-Su 09:00-18:00"), said("Mo-Su 09:00-20:00", source="전화")) == ()


def test_a_new_season_is_told_from_its_first_day_on():
    found = ask(said("Mo-Su 10:00-17:00; Jun-Aug 09:00-21:00"), first_day=date(2026, 5, 25), day_count=8)
    assert short(found) == [(1, (Span(540, 1260),))]


def test_a_count_of_days_out_of_range_is_refused():
    with pytest.raises(BadArgument):
        ask(said("24/7"), day_count=0)


TEXTS = [
    "Mo-Fr 09:00-18:00", "Mo-Su 18:00-04:00", "Mo-Sa 10:00-14:00,15:30-22:00; Su off", "Mo-Su 10:00-22:00; Su[2,4] off",
    "Mo-Su 10:00-17:00; Jun-Aug 09:00-21:00", "Fr[-1] 20:00-25:00", "Mo-Su 09:00-18:00; Dec 24-Jan 3 12:00-26:00", "24/7",
]  # fmt: skip
rules = st.sampled_from(["closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00,22:00-26:00"])
some_days = st.integers(0, 13).map(lambda number: timedelta(days=number))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(TEXTS),
    rules,
    st.one_of(st.dates(date(2026, 2, 3), date(2026, 2, 20)), st.dates(date(2023, 1, 1), date(2027, 12, 1))),
    st.lists(some_days, max_size=2),
    st.lists(st.tuples(some_days, st.sampled_from(["10:00-15:00", "22:00-26:00"])), max_size=2),
)
def test_the_plain_week_and_its_exceptions_together_are_the_timeline(text, on_holidays, first_day, shut, dated):
    statement = said(text, on_holidays)
    closures = [Closure(first_day + day, first_day + day) for day in shut]
    dated_hours = [DatedHours(first_day + day, first_day + day, times) for day, times in dated]
    eve = first_day - timedelta(days=1)
    week = list_week(statement, day=eve)
    told = {
        item.day: item.spans
        for item in list_exceptions([statement], closures=closures, dated_hours=dated_hours, calendar=CALENDAR, first_day=eve, day_count=15)
    }
    pieces = [
        (span.starts_min + offset * 1440, span.ends_min + offset * 1440)
        for offset in range(-1, 14)
        for day in [first_day + timedelta(days=offset)]
        for span in told.get(day, week[day.weekday()])
    ]
    line = build_timeline([statement], closures=closures, dated_hours=dated_hours, calendar=CALENDAR, first_day=first_day, day_count=14)
    assert paint(first_day, 14, opens=pieces, unknowns=()) == line
