"""The whole engine against a plain slow witness that steps through minutes: holidays, alerts, dated hours, closures, several sources."""

import json
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import AlertKind, Calendar, WeatherAlert
from geo_app.domain.hours import State, build_timeline
from geo_app.domain.site import Closure, DatedHours, HoursStatement

DAY = 1440
WHOLE = [(0, DAY)]
LETTER = {State.OPEN: "o", State.CLOSED: "c", State.UNKNOWN: "?"}
STORED = json.loads((Path(__file__).parents[2] / "data" / "gwangsan" / "calendar.json").read_text(encoding="utf-8"))
REAL = Calendar.from_record(STORED)
HOLIDAYS = {}
for item in STORED["holidays"]:
    HOLIDAYS.setdefault(date.fromisoformat(item["day"]), set()).add(item["name"])


# ---- the witness: sentences of a place as plain functions of a day; it shares nothing with the engine -------------------------------


def night(day):
    return [(1080, 1680)]


def two_sittings(day):
    return [(600, 840), (930, 1320)] if day.weekday() < 6 else []


def market(day):
    sundays = [number for number in range(1, monthrange(day.year, day.month)[1] + 1) if date(day.year, day.month, number).weekday() == 6]
    return [] if day.weekday() == 6 and sundays.index(day.day) in (1, 3) else [(600, 1320)]


def last_friday_late(day):
    is_last = day.weekday() == 4 and (day + timedelta(days=7)).month != day.month
    return [(540, 1080), (1200, 1500)] if is_last else [(540, 1080)] if day.weekday() < 5 else []


def seasonal(day):
    return [(540, 1260)] if day.month in (6, 7, 8) else [(600, 1020)] if day.weekday() != 0 else []


def year_end(day):
    return [(720, 1560)] if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 3) else [(540, 1080)]


def to_midnight(day):
    return [(0, 480), (1200, 1440)]


def full_turn(day):
    return [(540, 1980)] if day.weekday() == 5 else [(540, 1080)]


# (opening_hours, the shift of a day; the same with every holiday taken for a Sunday, as far as the day of the week goes)
RULES = {
    "Mo-Su 18:00-04:00": (night, night),
    "Mo-Sa 10:00-14:00,15:30-22:00": (two_sittings, lambda _: []),
    "Mo-Su 10:00-22:00; Su[2,4] off": (market, lambda day: market(day) if day.weekday() == 6 else [(600, 1320)]),
    "Mo-Fr 09:00-18:00; Fr[-1] 09:00-18:00,20:00-25:00": (last_friday_late, lambda _: []),
    "Tu-Su 10:00-17:00; Jun-Aug 09:00-21:00": (
        seasonal,
        lambda day: [(540, 1260)] if day.month in (6, 7, 8) else [(600, 1020)],
    ),
    "Mo-Su 09:00-18:00; Dec 24-Jan 3 12:00-26:00": (year_end, year_end),
    "Mo-Su 00:00-08:00,20:00-24:00": (to_midnight, to_midnight),
    "Mo-Su 09:00-18:00; Sa 09:00-33:00": (full_turn, lambda _: [(540, 1080)]),
}
TIMES = {
    "10:00-15:00": [(600, 900)],
    "22:00-26:00": [(1320, 1560)],
    "00:00-24:00": WHOLE,
    "10:00-12:00,23:00-25:00": [(600, 720), (1380, 1500)],
}
ON_HOLIDAYS = [None, "closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00,22:00-26:00"]


def open_within(spans, minute):
    return "o" if any(start <= minute < end for start, end in spans) else "c"


def ruled_letter(opening_hours, on_holidays, day, minute):
    if opening_hours is None:
        return "?" if minute < DAY else "c"
    usual, as_sunday = RULES[opening_hours]
    spans = usual(day)
    if day not in HOLIDAYS or on_holidays == "usual":
        return open_within(spans, minute)
    if on_holidays is None:
        return "?" if open_within([*WHOLE, *spans], minute) == "o" else "c"
    if on_holidays == "closed" or (on_holidays == "closed-seollal-chuseok" and HOLIDAYS[day] & {"설날", "추석"}):
        return "c"
    if on_holidays == "sunday" and day.weekday() != 6:
        spans = as_sunday(day)
    elif on_holidays.startswith("hours"):
        spans = [(600, 960), (1320, 1560)]
    return open_within(spans, minute)


@dataclass
class Source:
    """`told`: alert kind or None → (opening hours, on holidays); (None, …) is a text nobody understands."""

    told: dict


@dataclass
class Place:
    sources: list
    closed: list = field(default_factory=list)
    dated: list = field(default_factory=list)
    alerts: list = field(default_factory=list)

    def letter(self, day, minute):
        said = {answer for source in self.sources if (answer := self.source_letter(source, day, minute)) is not None}
        return said.pop() if len(said) == 1 else "?"

    def source_letter(self, source, day, minute):
        today = self.shift_letter(source, day, minute)
        eve = self.shift_letter(source, day - timedelta(days=1), minute + DAY)
        return "o" if "o" in (today, eve) else "?" if "?" in (today, eve) else today

    def shift_letter(self, source, day, minute):
        """What the shift of `day` is at a minute after that day's midnight: o, c, ?, or None where the source is silent."""
        if any(first <= day <= last for first, last in self.closed):
            return "c"
        for first, last, times in reversed(self.dated):
            if first <= day <= last:
                return open_within(TIMES[times], minute)
        kinds = [kind for kind, first, last in self.alerts if first <= day <= last]
        said = next((source.told[kind] for kind in AlertKind if kind in kinds and kind in source.told), source.told.get(None))
        return None if said is None else ruled_letter(*said, day, minute)

    def timeline(self, first_day, day_count):
        statements = [
            HoursStatement("", hours, rule, source=f"s{number}", alert=kind)
            for number, source in enumerate(self.sources)
            for kind, (hours, rule) in source.told.items()
        ]
        return build_timeline(
            statements,
            closures=[Closure(*days) for days in self.closed],
            dated_hours=[DatedHours(*item) for item in self.dated],
            calendar=Calendar(REAL.holidays, REAL.covers_from, REAL.covers_until, tuple(WeatherAlert(*item) for item in self.alerts)),
            first_day=first_day,
            day_count=day_count,
        )


def compare(place, first_day, day_count, minutes):
    line = place.timeline(first_day, day_count)
    letters = [LETTER[state] for state in line.states]
    for offset in range(day_count):
        day = first_day + timedelta(days=offset)
        for minute in minutes:
            told = letters[bisect_right(line.starts_min, offset * DAY + minute) - 1]
            assert told == place.letter(day, minute), (day, minute, place)


# ---- the weeks and the places that are asked -----------------------------------------------------------------------------------------

# Every bound above is a quarter of an hour: the first and the last minute of each quarter see them all.
QUARTERS = [minute for quarter in range(0, DAY, 15) for minute in (quarter, quarter + 14)]
BUSY = sorted(day for day in HOLIDAYS if 2023 <= day.year <= 2027)
weeks = st.one_of(
    st.builds(lambda day, back: day - timedelta(days=back), st.sampled_from(BUSY), st.integers(-1, 4)),
    st.integers(0, 5 * 365 - 8).map(lambda number: date(2023, 1, 1) + timedelta(days=number)),
)
ranges = st.tuples(st.integers(-2, 4), st.integers(0, 3))
told = st.tuples(st.one_of(st.sampled_from(sorted(RULES)), st.sampled_from(sorted(RULES)), st.none()), st.sampled_from(ON_HOLIDAYS))
sources = st.builds(Source, st.dictionaries(st.sampled_from([None, None, *AlertKind]), told, min_size=1, max_size=3))


def place_in(week, spoken, closed, dated, alerts):
    def days(pair):
        return week + timedelta(days=pair[0]), week + timedelta(days=pair[0] + pair[1])

    return Place(
        spoken,
        [days(pair) for pair in closed],
        [(*days(pair), times) for pair, times in dated],
        [(kind, *days(pair)) for pair, kind in alerts],
    )


@settings(max_examples=100, deadline=None)
@given(
    weeks,
    st.lists(sources, min_size=1, max_size=3),
    st.lists(ranges, max_size=1),
    st.lists(st.tuples(ranges, st.sampled_from(sorted(TIMES))), max_size=2),
    st.lists(st.tuples(ranges, st.sampled_from(list(AlertKind))), max_size=2),
)
def test_each_minute_is_as_one_who_steps_through_them_sees_it(week, spoken, closed, dated, alerts):
    compare(place_in(week, spoken, closed, dated, alerts), week, 4, QUARTERS)


def test_around_every_holiday_of_five_years_each_rule_and_choice_is_right():
    pairs = [(hours, rule) for hours in RULES for rule in ON_HOLIDAYS]
    minutes = [0, 14, 225, 239, 240, 479, 480, 600, 959, 1080, 1319, 1320, 1439]
    for number, day in enumerate(BUSY):
        for pair in (pairs[number % len(pairs)], pairs[(7 * number + 5) % len(pairs)], ("Mo-Su 18:00-04:00", "closed")):
            compare(Place([Source({None: pair})]), day - timedelta(days=1), 4, minutes)


@pytest.mark.slow
@pytest.mark.parametrize(("opening_hours", "on_holidays"), list(zip(RULES, [*ON_HOLIDAYS, None, "sunday"], strict=True)))
def test_every_minute_from_2023_to_2027(opening_hours, on_holidays):
    place = Place([Source({None: (opening_hours, on_holidays)})])
    for year in range(2023, 2028):
        compare(place, date(year, 1, 1), 365 + (year == 2024), range(DAY))
