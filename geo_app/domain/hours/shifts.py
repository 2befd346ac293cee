"""The one engine of opening hours: each shift is judged by the local day it starts on.

First the weekly rule, then what the place does on holidays, then dated closures. A shift that began the day before runs to its end,
whatever its own morning is. Where nobody said what holds on holidays, a public holiday is unknown.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from geo_app.domain.calendar import Calendar
from geo_app.domain.errors import BadArgument
from geo_app.domain.hours.canonical import find_canonical
from geo_app.domain.hours.holidays import HolidayRule, HolidayTreatment, parse_holiday_rule
from geo_app.domain.hours.refusal import BadHours
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.domain.hours.timeline import Timeline, combine, paint
from geo_app.domain.hours.weekly import Minutes, Pieces, get_weekly_rule
from geo_app.domain.site import Closure, HoursStatement

MOST_DAYS = 400
# The calendar of a place is not asked about other centuries, and dates near the ends of Python's own calendar cannot be counted from.
FIRST_YEAR, LAST_YEAR = 1900, 2999

_NOBODY_SAID = HoursStatement(text="")
_WHOLE_DAY: Minutes = (0, DAY_MIN)
# (days after the first, is the very day of 설날 or 추석)
_HolidayMarks = tuple[tuple[int, bool], ...]


def build_timeline(
    statements: Sequence[HoursStatement], *, closures: Iterable[Closure] = (), calendar: Calendar, first_day: date, day_count: int
) -> Timeline:
    """What holds from `first_day` 00:00 for `day_count` days, the tail of the shift of the day before included.

    Several statements are several sources: where they do not agree the state is unknown. No statement, or one that was not understood,
    is unknown too; a dated closure is known all the same. Days outside the calendar count as ordinary (`Calendar.covers` tells).
    Raises `BadArgument` for a day or a count out of range.
    """
    if not (FIRST_YEAR <= first_day.year <= LAST_YEAR and 1 <= day_count <= MOST_DAYS):
        raise BadArgument(
            name="first_day, day_count", value=f"{first_day}, {day_count}", expected=f"{FIRST_YEAR}-{LAST_YEAR}, 1-{MOST_DAYS}"
        )
    marks = _mark_holidays(calendar, first_day, day_count)
    shut = frozenset(_list_shut_days(closures, first_day, day_count))
    said = statements or (_NOBODY_SAID,)
    return combine(
        [
            _timeline(
                opening_hours=item.opening_hours,
                on_holidays=item.on_holidays,
                marks=marks,
                shut=shut,
                first_day=first_day,
                day_count=day_count,
            )
            for item in said
        ]
    )


def _mark_holidays(calendar: Calendar, first_day: date, day_count: int) -> _HolidayMarks:
    held = calendar.list_holidays(first_day - timedelta(days=1), first_day + timedelta(days=day_count - 1))
    return tuple(((day - first_day).days, calendar.is_seollal_or_chuseok_day(day)) for day in sorted({item.day for item in held}))


def _list_shut_days(closures: Iterable[Closure], first_day: date, day_count: int) -> Iterable[int]:
    for closure in closures:
        first, last = (closure.first - first_day).days, (closure.last - first_day).days
        yield from range(max(first, -1), min(last, day_count - 1) + 1)


@lru_cache(maxsize=8192)
def _timeline(
    *, opening_hours: str | None, on_holidays: str | None, marks: _HolidayMarks, shut: frozenset[int], first_day: date, day_count: int
) -> Timeline:
    # Offsets count days from the first one; -1 is the eve, whose shift may reach into it.
    offsets = [offset for offset in range(-1, day_count) if offset not in shut]
    parsed = find_canonical(opening_hours)
    if parsed is None:
        return paint(first_day, day_count, opens=(), unknowns=(_moved(_WHOLE_DAY, offset) for offset in offsets))
    rule = _find_holiday_rule(on_holidays or parsed.on_holidays)
    shifts = get_weekly_rule(parsed.opening_hours).list_shifts(first_day - timedelta(days=1), day_count=day_count + 1)
    opens, unknowns = [], []
    very_days = dict(marks)
    for offset in offsets:
        shift = shifts[offset + 1]
        if offset not in very_days:
            opens += [_moved(piece, offset) for piece in shift]
        elif rule is None:
            # Unknown the whole day long, and after its midnight for as long as the usual shift might last.
            unknowns += [_moved(piece, offset) for piece in (_WHOLE_DAY, *shift)]
        else:
            day = first_day + timedelta(days=offset)
            held = _holiday_shift(rule, usual=shift, opening_hours=parsed.opening_hours, day=day, is_very_day=very_days[offset])
            opens += [_moved(piece, offset) for piece in held]
    return paint(first_day, day_count, opens=opens, unknowns=unknowns)


def _holiday_shift(rule: HolidayRule, *, usual: Pieces, opening_hours: str, day: date, is_very_day: bool) -> Pieces:
    match rule.treatment:
        case HolidayTreatment.CLOSED:
            return ()
        case HolidayTreatment.SUNDAY:
            return get_weekly_rule(opening_hours).list_sunday_shift(day)
        case HolidayTreatment.CLOSED_SEOLLAL_CHUSEOK:
            return () if is_very_day else usual
        case HolidayTreatment.HOURS:
            return tuple((span.starts_min, span.ends_min) for span in rule.spans)
        case HolidayTreatment.USUAL:
            return usual


def _find_holiday_rule(text: str | None) -> HolidayRule | None:
    # A stored value that is none of ours says nothing; holidays then stay unknown.
    try:
        return None if text is None else parse_holiday_rule(text)
    except BadHours:
        return None


def _moved(piece: Minutes, offset: int) -> Minutes:
    return piece[0] + offset * DAY_MIN, piece[1] + offset * DAY_MIN
