"""The coming days on which the sign at the door is not the whole truth, with why and what holds instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from geo_app.domain.calendar import AlertKind, Calendar
from geo_app.domain.hours.judging import Shift, judge_shifts
from geo_app.domain.hours.marks import EVE, MarkedDays, mark_days
from geo_app.domain.hours.rules import Span
from geo_app.domain.hours.voices import list_voices
from geo_app.domain.hours.week import WEEK_DAYS, Spans, list_week
from geo_app.domain.hours.weekly import Minutes
from geo_app.domain.site import Closure, DatedHours, HoursStatement

_Dated = TypeVar("_Dated", Closure, DatedHours)


@dataclass(frozen=True, slots=True)
class DayException:
    """A day to be told of on its own. `spans` of the shift that starts on it: none is closed, None is unknown.

    The causes: names of `holidays`; the `closure`, or else the `dated_hours`, that hold; `alerts` for which a source has hours of its
    own. With none of them the rule itself is another on that day (a second Sunday, a new season). `is_as_usual`: what holds is what the
    plain week says of that weekday (a holiday that changes nothing).
    """

    day: date
    spans: Spans | None
    is_as_usual: bool
    holidays: tuple[str, ...] = ()
    closure: Closure | None = None
    dated_hours: DatedHours | None = None
    alerts: tuple[AlertKind, ...] = ()


def list_exceptions(
    statements: Sequence[HoursStatement],
    *,
    closures: Sequence[Closure] = (),
    dated_hours: Sequence[DatedHours] = (),
    calendar: Calendar,
    first_day: date,
    day_count: int = 14,
) -> tuple[DayException, ...]:
    """The days, of `day_count` from `first_day`, whose shift differs from the plain week of `first_day`, or that carry a cause.

    An alert is a cause only where a statement speaks of it. Sources that disagree leave a day unknown; so the days on which they
    always do are as usual. Raises `BadArgument` for a day or a count out of range.
    """
    days = mark_days(calendar, first_day, day_count, closures=closures, dated_hours=dated_hours)
    usual = _list_usual(statements, first_day)
    told_alerts = {item.alert for item in statements}
    alerts = dict(days.alerts)
    found = []
    for offset, spans in enumerate(_list_held(statements, days)):
        day = days.day(offset)
        closure = _last_of(closures, day)
        item = DayException(
            day,
            spans,
            is_as_usual=spans == usual[day.weekday()],
            holidays=tuple(holiday.name for holiday in calendar.list_holidays(day, day)),
            closure=closure,
            dated_hours=None if closure else _last_of(dated_hours, day),
            alerts=tuple(kind for kind in alerts.get(offset, ()) if kind in told_alerts),
        )
        if not item.is_as_usual or item.holidays or item.closure or item.dated_hours or item.alerts:
            found.append(item)
    return tuple(found)


def _list_held(statements: Sequence[HoursStatement], days: MarkedDays) -> list[Spans | None]:
    """The spans of each day's shift, the eve's left out."""
    judged = [judge_shifts(voice, days) for voice in list_voices(statements)]
    return [_agreed([shifts[offset - EVE] for shifts in judged]) for offset in range(days.day_count)]


def _agreed(shifts: Sequence[Shift]) -> Spans | None:
    speaking = [shift for shift in shifts if not shift.is_silent]
    said = {_joined(shift.opens) for shift in speaking}
    return said.pop() if len(said) == 1 and not any(shift.unknowns for shift in speaking) else None


def _list_usual(statements: Sequence[HoursStatement], first_day: date) -> list[Spans | None]:
    """The plain week, Monday first, where all sources agree on it."""
    weeks = [list_week(item, day=first_day) for item in statements if item.alert is None]
    if not weeks or None in weeks:
        return [None] * WEEK_DAYS
    agreed = [{_joined((span.starts_min, span.ends_min) for span in week[day]) for week in weeks if week} for day in range(WEEK_DAYS)]
    return [said.pop() if len(said) == 1 else None for said in agreed]


def _joined(pieces: Iterable[Minutes]) -> Spans:
    """Pieces that touch or overlap as one span each, so that equal times are equal values however they were written."""
    found: list[Span] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1].ends_min:
            found[-1] = Span(found[-1].starts_min, max(end, found[-1].ends_min))
        else:
            found.append(Span(start, end))
    return tuple(found)


def _last_of(items: Sequence[_Dated], day: date) -> _Dated | None:
    return next((item for item in reversed(items) if item.first <= day <= item.last), None)
