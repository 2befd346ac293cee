"""Answers about opening hours with real times: Asia/Seoul at the door, minutes inside."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from geo_app.domain.calendar import SEOUL, Calendar
from geo_app.domain.errors import BadArgument
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.domain.hours.shifts import build_timeline
from geo_app.domain.hours.timeline import State, Timeline
from geo_app.domain.site import Closure, DatedHours, HoursStatement

LOOKAHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Interval:
    """`state` holds from `start` until just before `end`; both in Asia/Seoul."""

    start: datetime
    end: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Answer:
    """The state at one instant, `until` when it holds (Asia/Seoul), and what it `then` becomes.

    Both are None where nothing changes within `LOOKAHEAD_DAYS` days. An open door that turns unknown has not been said to close.
    """

    state: State
    until: datetime | None = None
    then: State | None = None


class Glance(NamedTuple):
    """An answer in minutes after a timeline's first midnight: the state, when it changes (within `LOOKAHEAD_DAYS` days), to what."""

    state: State
    change_min: int | None
    then: State | None


def list_intervals(
    statements: Sequence[HoursStatement],
    *,
    closures: Iterable[Closure] = (),
    dated_hours: Sequence[DatedHours] = (),
    calendar: Calendar,
    first_day: date,
    day_count: int,
) -> tuple[Interval, ...]:
    """The states of `day_count` days from `first_day` 00:00 in Asia/Seoul, without a gap; neighbours differ. Raises `BadArgument`."""
    timeline = build_timeline(
        statements, closures=closures, dated_hours=dated_hours, calendar=calendar, first_day=first_day, day_count=day_count
    )
    midnight = minute_time(0, first_day=first_day)
    bounds = [midnight + timedelta(minutes=minute) for minute in (*timeline.starts_min, timeline.end_min)]
    return tuple(Interval(start, end, state) for start, end, state in zip(bounds, bounds[1:], timeline.states, strict=False))


def state_at(
    statements: Sequence[HoursStatement],
    *,
    closures: Iterable[Closure] = (),
    dated_hours: Sequence[DatedHours] = (),
    calendar: Calendar,
    at: datetime,
) -> Answer:
    """The state at `at`, an instant with a zone. Open is [start, end): at its closing minute a place is closed. Raises `BadArgument`."""
    first_day = seoul_time(at).date()
    # One day more than the look-ahead, because `at` is not the midnight its day begins with.
    timeline = build_timeline(
        statements, closures=closures, dated_hours=dated_hours, calendar=calendar, first_day=first_day, day_count=LOOKAHEAD_DAYS + 1
    )
    return read_timeline(timeline, at=at)


def read_timeline(timeline: Timeline, *, at: datetime) -> Answer:
    """The answer that a timeline made beforehand gives for `at`. Raises `BadArgument` where `at` lies outside it or has no zone."""
    minute = minute_of(at, first_day=timeline.first_day)
    if not 0 <= minute < timeline.end_min:
        raise BadArgument(name="at", value=at.isoformat(), expected=f"{timeline.end_min // DAY_MIN} days from {timeline.first_day}")
    glance = glance_at(timeline, minute)
    if glance.change_min is None:
        return Answer(glance.state)
    return Answer(glance.state, minute_time(glance.change_min, first_day=timeline.first_day), glance.then)


def glance_at(timeline: Timeline, minute: int) -> Glance:
    """The same in minutes after the timeline's first midnight, for those who ask thousands of times. `minute` must lie in the timeline."""
    place = bisect_right(timeline.starts_min, minute)
    state = timeline.states[place - 1]
    if place == len(timeline.starts_min) or timeline.starts_min[place] - minute > LOOKAHEAD_DAYS * DAY_MIN:
        return Glance(state, None, None)
    return Glance(state, timeline.starts_min[place], timeline.states[place])


def minute_of(at: datetime, *, first_day: date) -> int:
    """Whole minutes from `first_day` 00:00 in Asia/Seoul to `at`. Raises `BadArgument` where `at` has no zone."""
    midnight = datetime.combine(first_day, time())
    return (seoul_time(at).replace(tzinfo=None) - midnight) // timedelta(minutes=1)


def minute_time(minute: int, *, first_day: date) -> datetime:
    """The instant, in Asia/Seoul, that lies `minute` minutes after `first_day` 00:00."""
    return (datetime.combine(first_day, time()) + timedelta(minutes=minute)).replace(tzinfo=SEOUL)


def seoul_time(at: datetime) -> datetime:
    """The same instant on a clock in Seoul; the zone of the machine plays no part. Raises `BadArgument` where `at` has no zone."""
    if at.tzinfo is None:
        raise BadArgument(name="at", value=at.isoformat(), expected="a time with its zone")
    try:
        return at.astimezone(SEOUL)
    except OverflowError:
        raise BadArgument(name="at", value=at.isoformat(), expected="a time of our calendar") from None
