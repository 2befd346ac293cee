"""The engine against a second witness: a small evaluator of its own that looks at single minutes."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import Calendar, Holiday
from geo_app.domain.hours import State, build_timeline, parse_opening_hours
from geo_app.domain.site import Closure, HoursStatement

DAY = 1440
WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LETTER = {State.OPEN: "o", State.CLOSED: "c", State.UNKNOWN: "?"}


@dataclass(frozen=True)
class SpokenRule:
    """`dates`: pairs of (month, day); `weekdays`: (weekday, nths); `spans`: (start, end) minutes, end ≤ start + 1440."""

    dates: tuple = ()
    weekdays: tuple = ()
    spans: tuple = ()
    added: bool = False

    def text(self):
        dates = ",".join(f"{MONTHS[a - 1]} {b}-{MONTHS[c - 1]} {d}" for (a, b), (c, d) in self.dates)
        weekdays = ",".join(WEEKDAYS[day] + (f"[{','.join(map(str, nths))}]" if nths else "") for day, nths in self.weekdays)
        spans = ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in self.spans)
        # A rule that begins with a time would go on with the times before it.
        return " ".join(part for part in (dates, weekdays or "Mo-Su", spans or "off") if part)

    def meets(self, day, *, as_sunday):
        month_day = (day.month, day.day)
        if self.dates and not any(a <= month_day <= b if a <= b else (month_day >= a or month_day <= b) for a, b in self.dates):
            return False
        if not self.weekdays:
            return True
        if as_sunday and day.weekday() != 6:
            return (6, ()) in self.weekdays
        nth = (day.day - 1) // 7 + 1
        from_end = -((monthrange(day.year, day.month)[1] - day.day) // 7 + 1)
        return any(weekday == day.weekday() and (not nths or nth in nths or from_end in nths) for weekday, nths in self.weekdays)


def rules_text(rules):
    return rules[0].text() + "".join((", " if rule.added and rule.spans else "; ") + rule.text() for rule in rules[1:])


def shift_of(rules, day, *, as_sunday=False):
    spans = []
    for number, rule in enumerate(rules):
        if rule.meets(day, as_sunday=as_sunday):
            keeps = number > 0 and rule.added and rule.spans
            spans = [*(spans if keeps else []), *rule.spans]
    return spans


def minutes_of(rules, on_holidays, first_day, *, closed, feasts, shut, day_count=7):
    """One letter a minute; `closed` and `feasts` are holidays of the calendar, `shut` the days of closures."""
    opened, doubted = bytearray(day_count * DAY), bytearray(day_count * DAY)
    for offset in range(-1, day_count):
        day = first_day + timedelta(days=offset)
        if day in shut:
            continue
        layer, spans = opened, shift_of(rules, day)
        if day in closed:
            if on_holidays is None:
                layer, spans = doubted, [(0, DAY), *spans]
            elif on_holidays == "closed" or (on_holidays == "closed-seollal-chuseok" and day in feasts):
                spans = []
            elif on_holidays == "sunday":
                spans = shift_of(rules, day, as_sunday=True)
            elif on_holidays.startswith("hours:"):
                spans = [(600, 960), (1320, 1560)]
        for start, end in spans:
            first, last = max(0, start + offset * DAY), min(day_count * DAY, end + offset * DAY)
            if first < last:
                layer[first:last] = b"\1" * (last - first)
    return "".join("o" if is_open else "?" if is_doubted else "c" for is_open, is_doubted in zip(opened, doubted, strict=True))


def letters(timeline):
    ends = [*timeline.starts_min[1:], timeline.end_min]
    return "".join(LETTER[state] * (end - start) for start, end, state in zip(timeline.starts_min, ends, timeline.states, strict=True))


month_days = st.integers(1, 12).flatmap(lambda month: st.tuples(st.just(month), st.integers(1, monthrange(2024, month)[1])))
date_pairs = st.tuples(month_days, month_days).map(lambda pair: tuple(sorted(pair)) if pair[0][0] == pair[1][0] else pair)
nths = st.lists(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), max_size=2, unique=True).map(tuple)
weekday_parts = st.lists(st.tuples(st.integers(0, 6), nths), max_size=4, unique_by=lambda part: part[0]).map(tuple)


@st.composite
def sittings(draw):
    bounds = sorted(draw(st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True)))
    pairs = [(15 * a, 15 * b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    if draw(st.booleans()):
        start = pairs[-1][0]
        pairs[-1] = (start, DAY + draw(st.integers(1, max(start // 15, 1))) * 15 if start else DAY)
    return tuple(pairs)


spoken_rules = st.builds(
    SpokenRule,
    dates=st.lists(date_pairs, max_size=1).map(tuple),
    weekdays=weekday_parts,
    spans=st.one_of(sittings(), sittings(), st.just(())),
    added=st.booleans(),
)
weeks = st.integers(0, 5 * 365 - 8).map(lambda number: date(2023, 1, 1) + timedelta(days=number))
offsets = st.frozensets(st.integers(-1, 6), max_size=3)
treatments = st.sampled_from([None, "closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00,22:00-26:00"])
NIGHT = SpokenRule(spans=((1080, 1680),))


@settings(max_examples=100, deadline=None)
@given(st.lists(spoken_rules, min_size=1, max_size=4), treatments, weeks, st.tuples(offsets, offsets, offsets))
@example([NIGHT], "closed", date(2026, 2, 16), ({0, 1, 2}, {1}, set()))
@example([NIGHT, SpokenRule(weekdays=((6, ()),))], None, date(2026, 12, 27), ({5}, set(), {2}))
@example([SpokenRule(weekdays=((6, ()),), spans=((0, DAY),)), NIGHT], "sunday", date(2025, 5, 3), ({2, 3}, set(), set()))
@example([NIGHT, SpokenRule(weekdays=((6, (1,)),))], "sunday", date(2026, 2, 26), ({3, 4}, set(), set()))
@example([SpokenRule(spans=((540, 1980),)), SpokenRule(weekdays=((6, (2, 4)),))], "usual", date(2024, 2, 25), (set(), set(), set()))
def test_each_minute_of_a_week_is_as_a_second_witness_sees_it(rules, on_holidays, first_day, marked):
    held, feasts, shut = marked
    days = {offset: first_day + timedelta(days=offset) for offset in range(-1, 7)}

    def named(some):
        return {days[offset] for offset in some}

    calendar = Calendar(tuple(Holiday(days[offset], "추석" if offset in feasts else "삼일절") for offset in held))
    closures = [Closure(days[offset], days[offset]) for offset in shut]
    statement = HoursStatement("", parse_opening_hours(rules_text(rules)).opening_hours, on_holidays)
    told = build_timeline([statement], closures=closures, calendar=calendar, first_day=first_day, day_count=7)
    expected = minutes_of(rules, on_holidays, first_day, closed=named(held), feasts=named(held & feasts), shut=named(shut))
    assert letters(told) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(spoken_rules, min_size=1, max_size=3), st.lists(spoken_rules, min_size=1, max_size=3), treatments, weeks, offsets)
def test_two_sources_give_a_state_only_where_they_agree(one, other, on_holidays, first_day, held):
    calendar = Calendar(tuple(Holiday(first_day + timedelta(days=offset), "추석") for offset in held))
    statements = [HoursStatement("", parse_opening_hours(rules_text(rules)).opening_hours, on_holidays) for rules in (one, other)]
    alone = [letters(build_timeline([item], calendar=calendar, first_day=first_day, day_count=3)) for item in statements]
    together = letters(build_timeline(statements, calendar=calendar, first_day=first_day, day_count=3))
    assert together == "".join(a if a == b else "?" for a, b in zip(*alone, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(spoken_rules, min_size=1, max_size=4), treatments, weeks, offsets)
def test_a_week_is_its_days_one_after_another(rules, on_holidays, first_day, held):
    calendar = Calendar(tuple(Holiday(first_day + timedelta(days=offset), "설날") for offset in held))
    statement = HoursStatement("", parse_opening_hours(rules_text(rules)).opening_hours, on_holidays)
    week = build_timeline([statement], calendar=calendar, first_day=first_day, day_count=7)
    singly = [
        build_timeline([statement], calendar=calendar, first_day=first_day + timedelta(days=offset), day_count=1) for offset in range(7)
    ]
    assert letters(week) == "".join(map(letters, singly))
    assert all(before is not after for before, after in zip(week.states, week.states[1:], strict=False))
