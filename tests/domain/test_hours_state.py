"""States at instants: midnights, closing minutes, holidays, closures, doubt, and clocks of other places."""

import os
import pickle
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from geo_app.domain.calendar import SEOUL, Calendar, Holiday, HolidayKind
from geo_app.domain.errors import BadArgument
from geo_app.domain.hours import Answer, Interval, State, build_timeline, list_intervals, minute_of, minute_time, read_timeline, state_at
from geo_app.domain.site import Closure, HoursStatement

OPEN, CLOSED, UNKNOWN = State.OPEN, State.CLOSED, State.UNKNOWN
CALENDAR = Calendar(
    (
        Holiday(date(2026, 2, 16), "설날 전날"),
        Holiday(date(2026, 2, 17), "설날"),
        Holiday(date(2026, 2, 18), "설날 다음날"),
        Holiday(date(2026, 3, 1), "삼일절"),
        Holiday(date(2026, 3, 2), "삼일절 대체 휴일", HolidayKind.SUBSTITUTE),
        Holiday(date(2027, 1, 1), "신정연휴"),
    ),
    date(2026, 1, 1),
    date(2027, 12, 31),
)


def seoul(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def said(opening_hours, on_holidays=None):
    return [HoursStatement("", opening_hours, on_holidays)]


def ask(statements, at, closures=()):
    answer = state_at(statements, closures=closures, calendar=CALENDAR, at=seoul(at))
    until = None if answer.until is None else answer.until.strftime("%Y-%m-%dT%H:%M")
    return answer.state, until, answer.then


def test_open_past_midnight_counts_for_the_day_the_shift_began():
    night = said("Mo-Su 18:00-04:00", "usual")
    assert ask(night, "2026-11-24T23:59") == (OPEN, "2026-11-25T04:00", CLOSED)
    assert ask(night, "2026-11-25T00:00") == (OPEN, "2026-11-25T04:00", CLOSED)
    assert ask(night, "2026-11-25T03:59") == (OPEN, "2026-11-25T04:00", CLOSED)
    assert ask(night, "2026-11-25T04:00") == (CLOSED, "2026-11-25T18:00", OPEN)


def test_open_begins_with_its_first_minute_and_ends_before_its_last():
    day = said("Mo-Fr 09:00-18:00", "closed")
    assert ask(day, "2026-11-24T08:59") == (CLOSED, "2026-11-24T09:00", OPEN)
    assert ask(day, "2026-11-24T09:00") == (OPEN, "2026-11-24T18:00", CLOSED)
    assert ask(day, "2026-11-24T17:59") == (OPEN, "2026-11-24T18:00", CLOSED)
    assert ask(day, "2026-11-24T18:00") == (CLOSED, "2026-11-25T09:00", OPEN)


def test_until_24_00_ends_with_the_day():
    assert ask(said("Mo 10:00-24:00", "usual"), "2026-11-23T23:59") == (OPEN, "2026-11-24T00:00", CLOSED)


def test_between_two_sittings_the_door_is_closed():
    assert ask(said("Mo-Su 10:00-14:00,15:30-22:00", "usual"), "2026-11-24T14:30") == (CLOSED, "2026-11-24T15:30", OPEN)


def test_a_day_that_ends_at_midnight_runs_on_into_one_that_begins_there():
    assert ask(said("Sa 12:00-24:00; Su 00:00-24:00", "usual"), "2026-11-21T13:00") == (OPEN, "2026-11-23T00:00", CLOSED)


def test_the_second_and_fourth_sunday_off_leave_the_others_open():
    market = said("Mo-Su 10:00-22:00; Su[2,4] off", "usual")
    states = [ask(market, f"2026-11-{day:02}T12:00")[0] for day in (1, 8, 15, 22, 29)]
    assert states == [OPEN, CLOSED, OPEN, CLOSED, OPEN]


def test_months_change_the_hours_at_their_midnight():
    season = said("Mar-Oct 09:00-22:00; Nov-Feb 10:00-17:00", "usual")
    assert ask(season, "2026-10-31T20:00") == (OPEN, "2026-10-31T22:00", CLOSED)
    assert ask(season, "2026-11-01T20:00") == (CLOSED, "2026-11-02T10:00", OPEN)


def test_a_closed_holiday_takes_its_own_night_but_not_the_eves():
    night = said("Mo-Su 18:00-04:00", "closed")
    assert ask(night, "2026-02-16T03:00") == (OPEN, "2026-02-16T04:00", CLOSED)
    assert ask(night, "2026-02-16T19:00") == (CLOSED, "2026-02-19T18:00", OPEN)
    # The morning after: the shift that would have lasted until four never began.
    assert ask(night, "2026-02-19T01:00") == (CLOSED, "2026-02-19T18:00", OPEN)


def test_closed_on_seollal_and_chuseok_means_the_very_day():
    shop = said("Mo-Su 10:00-22:00", "closed-seollal-chuseok")
    assert [ask(shop, f"2026-02-{day}T12:00")[0] for day in (16, 17, 18)] == [OPEN, CLOSED, OPEN]


def test_a_substitute_holiday_is_a_holiday():
    office = said("Mo-Fr 09:00-18:00", "closed")
    assert ask(office, "2026-03-02T10:00") == (CLOSED, "2026-03-03T09:00", OPEN)


def test_as_on_sundays_takes_the_hours_of_an_ordinary_sunday():
    shop = said("Mo-Sa 09:00-21:00; Su 11:00-15:00; Su[3] off", "sunday")
    assert ask(shop, "2026-02-17T10:00") == (CLOSED, "2026-02-17T11:00", OPEN)
    assert ask(shop, "2026-02-17T12:00") == (OPEN, "2026-02-17T15:00", CLOSED)


def test_a_holiday_that_is_a_sunday_is_that_very_sunday():
    # 2026-03-01 is a first Sunday, 2026-02-17 a Tuesday.
    shop = said("Mo-Su 10:00-22:00; Su[1] off", "sunday")
    assert [ask(shop, f"{day}T12:00")[0] for day in ("2026-03-01", "2026-02-17")] == [CLOSED, OPEN]


def test_hours_of_its_own_hold_on_a_holiday():
    assert ask(said("Mo-Fr 09:00-18:00", "hours:22:00-26:00"), "2026-02-18T01:00") == (OPEN, "2026-02-18T02:00", CLOSED)


def test_where_nobody_said_a_holiday_is_unknown_and_never_open():
    shop = said("Mo-Su 10:00-22:00")
    assert ask(shop, "2026-03-01T12:00") == (UNKNOWN, "2026-03-03T00:00", CLOSED)
    assert ask(shop, "2026-02-28T23:00") == (CLOSED, "2026-03-01T00:00", UNKNOWN)


def test_an_unknown_holidays_night_stays_unknown_past_midnight_and_the_eves_stays_open():
    night = said("Mo-Su 18:00-04:00")
    assert ask(night, "2026-03-01T03:00") == (OPEN, "2026-03-01T04:00", UNKNOWN)
    assert ask(night, "2026-03-03T03:00") == (UNKNOWN, "2026-03-03T04:00", CLOSED)


def test_24_7_says_that_holidays_are_meant():
    assert ask(said("24/7"), "2026-02-17T03:00") == (OPEN, None, None)
    assert ask(said("24/7", "closed"), "2026-02-17T03:00") == (CLOSED, "2026-02-19T00:00", OPEN)
    assert ask(said("Mo-Su 00:00-24:00"), "2026-02-17T03:00") == (UNKNOWN, "2026-02-19T00:00", OPEN)


def test_a_closure_shuts_the_shifts_that_begin_on_its_days():
    closure = [Closure(date(2026, 11, 24), date(2026, 11, 25), "내부 수리")]
    night = said("Mo-Su 18:00-04:00", "usual")
    assert ask(night, "2026-11-24T03:00", closure) == (OPEN, "2026-11-24T04:00", CLOSED)
    assert ask(night, "2026-11-24T19:00", closure) == (CLOSED, "2026-11-26T18:00", OPEN)
    assert ask(night, "2026-11-26T01:00", closure) == (CLOSED, "2026-11-26T18:00", OPEN)


def test_a_closure_is_known_where_the_hours_are_not():
    closure = [Closure(date(2026, 11, 24), date(2026, 11, 24))]
    assert ask([], "2026-11-24T12:00", closure) == (CLOSED, "2026-11-25T00:00", UNKNOWN)
    assert ask(said("Mo-Su 10:00-22:00"), "2026-03-01T12:00", [Closure(date(2026, 3, 1), date(2026, 3, 2))])[0] is CLOSED


@pytest.mark.parametrize("statements", [[], said(None), said("매일 10시~22시"), [*said("24/7"), *said(None)]])
def test_hours_that_nobody_understands_are_unknown_all_the_time(statements):
    assert ask(statements, "2026-11-24T12:00") == (UNKNOWN, None, None)


def test_sources_that_disagree_are_unknown_just_where_they_do():
    both = [*said("Mo-Su 09:00-18:00", "usual"), *said("Mo-Su 09:00-20:00", "usual")]
    assert ask(both, "2026-11-24T17:00") == (OPEN, "2026-11-24T18:00", UNKNOWN)
    assert ask(both, "2026-11-24T19:00") == (UNKNOWN, "2026-11-24T20:00", CLOSED)


def test_a_stored_holiday_rule_that_is_none_leaves_holidays_unknown():
    assert ask(said("Mo-Su 10:00-22:00", "perhaps"), "2026-02-17T12:00")[0] is UNKNOWN


def test_the_year_ends_like_any_other_day():
    night = said("Mo-Su 18:00-04:00", "closed")
    assert ask(night, "2026-12-31T23:59") == (OPEN, "2027-01-01T04:00", CLOSED)
    assert ask(night, "2027-01-01T05:00") == (CLOSED, "2027-01-02T18:00", OPEN)


def test_no_change_within_fourteen_days_is_none():
    assert ask(said("Dec 25 10:00-12:00", "usual"), "2026-12-11T10:00") == (CLOSED, "2026-12-25T10:00", OPEN)
    assert ask(said("Dec 25 10:00-12:00", "usual"), "2026-12-11T09:59") == (CLOSED, None, None)


def test_outside_the_calendar_days_are_ordinary():
    assert not CALENDAR.covers(date(2028, 1, 1))
    assert ask(said("Mo-Su 10:00-22:00", "closed"), "2028-01-01T12:00")[0] is OPEN


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Seoul"])
def machine_zone(request):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def test_the_zone_of_the_machine_moves_no_answer(machine_zone):
    assert ask(said("Mo 10:00-24:00", "usual"), "2026-11-23T23:59") == (OPEN, "2026-11-24T00:00", CLOSED)
    assert ask(said("Tu 00:00-01:00", "usual"), "2026-11-24T00:30") == (OPEN, "2026-11-24T01:00", CLOSED)


def test_the_same_instant_on_another_clock_has_the_same_answer():
    at = seoul("2026-11-24T00:30")
    shop = said("Tu 00:00-01:00", "usual")
    answers = {state_at(shop, calendar=CALENDAR, at=at.astimezone(zone)) for zone in (SEOUL, UTC, ZoneInfo("America/New_York"))}
    assert answers == {Answer(OPEN, seoul("2026-11-24T01:00"), CLOSED)}


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 11, 24, 12), datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC), seoul("3000-01-01T00:00")],  # noqa: DTZ001
)
def test_a_time_without_zone_or_of_another_age_is_refused(at):
    with pytest.raises(BadArgument):
        state_at(said("24/7"), calendar=CALENDAR, at=at)


def test_intervals_cover_the_days_without_a_gap():
    told = list_intervals(said("Mo-Su 18:00-04:00", "closed"), calendar=CALENDAR, first_day=date(2026, 2, 15), day_count=2)
    bounds = ["2026-02-15T00:00", "2026-02-15T04:00", "2026-02-15T18:00", "2026-02-16T04:00", "2026-02-17T00:00"]
    times = [seoul(text) for text in bounds]
    assert told == tuple(map(Interval, times, times[1:], [OPEN, CLOSED, OPEN, CLOSED]))


def test_a_timeline_finds_its_changes_and_survives_a_pickle():
    line = build_timeline(said("Mo-Su 10:00-22:00", "usual"), calendar=CALENDAR, first_day=date(2026, 11, 24), day_count=2)
    assert (line.starts_min, line.end_min) == ((0, 600, 1320, 2040, 2760), 2880)
    assert [line.find_change(minute) for minute in (0, 600, 2760)] == [600, 1320, None]
    assert [line.find_next(0, OPEN), line.find_next(600, OPEN), line.find_next(2040, OPEN)] == [600, 2040, None]
    assert pickle.loads(pickle.dumps(line)) == line  # noqa: S301 our own bytes
    assert pickle.loads(pickle.dumps(CALENDAR)) == CALENDAR  # noqa: S301 our own bytes


def test_a_timeline_does_not_answer_for_days_it_does_not_hold():
    line = build_timeline(said("24/7"), calendar=CALENDAR, first_day=date(2026, 11, 24), day_count=1)
    for at in ("2026-11-23T23:59", "2026-11-25T00:00"):
        with pytest.raises(BadArgument):
            read_timeline(line, at=seoul(at))


@pytest.mark.parametrize("day_count", [0, -1, 401])
def test_a_count_of_days_out_of_range_is_refused(day_count):
    with pytest.raises(BadArgument):
        build_timeline(said("24/7"), calendar=CALENDAR, first_day=date(2026, 1, 1), day_count=day_count)


def test_minutes_and_instants_are_two_names_of_one_thing():
    first_day = date(2026, 11, 24)
    assert minute_of(seoul("2026-11-25T00:10") + timedelta(seconds=59), first_day=first_day) == 1450
    assert minute_time(1450, first_day=first_day) == seoul("2026-11-25T00:10")


def test_ten_thousand_sites_take_less_than_a_second_and_a_half_for_a_week():
    texts = [f"Mo-Sa {hour:02}:{minute:02}-{hour + 14}:30; Su[2,4] off" for hour in range(20) for minute in range(0, 60, 6)]
    rules = [None, "closed", "sunday", "usual", "closed-seollal-chuseok"]
    sites = [said(texts[number % 200], rules[number % 5]) for number in range(10_000)]
    began = time.process_time()
    for statements in sites:
        build_timeline(statements, calendar=CALENDAR, first_day=date(2026, 2, 14), day_count=7)
    assert time.process_time() - began < 1.5
