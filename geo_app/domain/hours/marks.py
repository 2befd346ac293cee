"""What the calendar and the place itself say of some days, in a form that can be compared: counted from the first of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo_app.domain.calendar import AlertKind, Calendar
from geo_app.domain.errors import BadArgument
from geo_app.domain.site import Closure, DatedHours

MOST_DAYS = 400
# The calendar of a place is not asked about other centuries, and dates near the ends of Python's own calendar cannot be counted from.
FIRST_YEAR, LAST_YEAR = 1900, 2999
EVE = -1  # its shift may reach into the first day


@dataclass(frozen=True, slots=True)
class MarkedDays:
    """`day_count` days from `first_day`, and the eve. Everything is told by offset: days after the first one, -1 for the eve.

    `holidays`: (offset, is the very day of 설날 or 추석); `alerts`: (offset, the kinds in force); `dated`: (offset, the times that
    hold), the last said of a day; `shut`: days of closures.
    """

    first_day: date
    day_count: int
    holidays: tuple[tuple[int, bool], ...] = ()
    alerts: tuple[tuple[int, tuple[AlertKind, ...]], ...] = ()
    dated: tuple[tuple[int, str], ...] = ()
    shut: frozenset[int] = frozenset()

    @property
    def offsets(self) -> range:
        """The days from the eve on."""
        return range(EVE, self.day_count)

    def day(self, offset: int) -> date:
        """The date of an offset."""
        return self.first_day + timedelta(days=offset)


def mark_days(
    calendar: Calendar, first_day: date, day_count: int, *, closures: Iterable[Closure] = (), dated_hours: Sequence[DatedHours] = ()
) -> MarkedDays:
    """The marks of those days. Raises `BadArgument` for a day or a count out of range."""
    if not (FIRST_YEAR <= first_day.year <= LAST_YEAR and 1 <= day_count <= MOST_DAYS):
        raise BadArgument(
            name="first_day, day_count", value=f"{first_day}, {day_count}", expected=f"{FIRST_YEAR}-{LAST_YEAR}, 1-{MOST_DAYS}"
        )
    first, last = first_day + timedelta(days=EVE), first_day + timedelta(days=day_count - 1)
    held = dict.fromkeys(item.day for item in calendar.list_holidays(first, last))
    return MarkedDays(
        first_day,
        day_count,
        holidays=tuple([((day - first_day).days, calendar.is_seollal_or_chuseok_day(day)) for day in held]),
        alerts=tuple(_list_alerts(calendar, first_day, day_count)) if calendar.alerts else (),
        dated=_list_dated(dated_hours, first_day, day_count),
        shut=frozenset(offset for item in closures for offset in _offsets(item, first_day, day_count)),
    )


def _list_alerts(calendar: Calendar, first_day: date, day_count: int) -> Iterator[tuple[int, tuple[AlertKind, ...]]]:
    for offset in range(EVE, day_count):
        kinds = calendar.alerts_on(first_day + timedelta(days=offset))
        if kinds:
            yield offset, kinds


def _list_dated(dated_hours: Sequence[DatedHours], first_day: date, day_count: int) -> tuple[tuple[int, str], ...]:
    # A later one of the same day overwrites: it was said last.
    held = {offset: item.times for item in dated_hours for offset in _offsets(item, first_day, day_count)}
    return tuple(sorted(held.items()))


def _offsets(item: Closure | DatedHours, first_day: date, day_count: int) -> range:
    first, last = (item.first - first_day).days, (item.last - first_day).days
    return range(max(first, EVE), min(last, day_count - 1) + 1)
