"""The one engine of opening hours: each shift is judged by the local day it starts on.

A shift that began the day before runs to its end, whatever its own morning is. What a shift is made of: `judging`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours.judging import judge_shifts
from geo_app.domain.hours.marks import MarkedDays, mark_days
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.domain.hours.timeline import Spoken, Timeline, combine, paint
from geo_app.domain.hours.voices import Voice, list_voices
from geo_app.domain.hours.weekly import Minutes
from geo_app.domain.site import Closure, DatedHours, HoursStatement


def build_timeline(
    statements: Sequence[HoursStatement],
    *,
    closures: Iterable[Closure] = (),
    dated_hours: Sequence[DatedHours] = (),
    calendar: Calendar,
    first_day: date,
    day_count: int,
) -> Timeline:
    """What holds from `first_day` 00:00 for `day_count` days, the tail of the shift of the day before included.

    Several statements are several sources: where they do not agree the state is unknown. No statement, or one that was not understood,
    is unknown too; a dated closure and dated hours are known all the same. Days outside the calendar count as ordinary
    (`Calendar.covers` tells). Raises `BadArgument` for a day or a count out of range.
    """
    days = mark_days(calendar, first_day, day_count, closures=closures, dated_hours=dated_hours)
    return combine([_speak(voice, days) for voice in list_voices(statements)])


@lru_cache(maxsize=8192)
def _speak(voice: Voice, days: MarkedDays) -> Spoken:
    opens: list[Minutes] = []
    unknowns: list[Minutes] = []
    silent = set()
    for offset, shift in zip(days.offsets, judge_shifts(voice, days), strict=True):
        base = offset * DAY_MIN
        opens += [(start + base, end + base) for start, end in shift.opens]
        unknowns += [(start + base, end + base) for start, end in shift.unknowns]
        if shift.is_silent:
            silent.add(offset)
    return Spoken(paint(days.first_day, days.day_count, opens=opens, unknowns=unknowns), frozenset(silent))
