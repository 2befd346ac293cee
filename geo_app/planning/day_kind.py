"""What kind of days a week is judged as: its own, ordinary ones, holidays, or days under a weather alert."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from geo_app.domain.calendar import AlertKind, Calendar, Holiday, WeatherAlert

# From Monday: the seven days, one for the longest way that counts, one for the longest stay (`usable`).
WEEK_DAYS: Final = 7
HORIZON_DAYS: Final = WEEK_DAYS + 2
SOURCE: Final = "what-if"


class DayKind(StrEnum):
    """`CALENDAR` is the real week with its holidays, alerts, closures and dated hours; the others know of none of these.

    `HOLIDAY` takes every day for a public holiday (not for 설날 or 추석 itself), an alert kind has that alert in force all week.
    """

    CALENDAR = "calendar"
    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    HEAT_WAVE = "heat-wave"
    COLD_WAVE = "cold-wave"

    @property
    def is_dated(self) -> bool:
        """True where the closures and dated hours of each place count."""
        return self is DayKind.CALENDAR


def make_calendar(kind: DayKind, calendar: Calendar, monday: date) -> Calendar:
    """The calendar that the week from `monday` is judged by: `calendar` itself, or one made for that kind of days.

    The eve counts too: a shift that began on Sunday may last into Monday.
    """
    if kind is DayKind.CALENDAR:
        return calendar
    first, last = monday - timedelta(days=1), monday + timedelta(days=HORIZON_DAYS)
    if kind is DayKind.ORDINARY:
        return Calendar(covers_from=first, covers_until=last)
    if kind is DayKind.HOLIDAY:
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return Calendar(tuple(Holiday(day, "", source=SOURCE) for day in days), first, last)
    return Calendar((), first, last, (WeatherAlert(AlertKind(kind.value), first, last, SOURCE),))
