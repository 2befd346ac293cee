"""A wish: somebody says that a shelter is needed at a place and an hour. An opinion to be counted, never a measure of demand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import Limit

WISHES_KEPT: Final = timedelta(days=400)  # a year and a month, so that a winter can be held beside the one before
LEAST_TOLD: Final = 3  # a smaller number could be pinned on somebody who is known to pass there at that hour
# As of reports: of a place and of all, only what is new counts.
WISHES_AN_HOUR: Final = {Limit.REPORTER: 20, Limit.PLACE: 60, Limit.EVERYONE: 2_000}
LAST_HOUR: Final = 23
_SATURDAY, _SUNDAY = 5, 6


class DayBand(StrEnum):
    """Monday to Friday are one; public holidays are no band of their own."""

    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True, order=True)
class WishTime:
    """An hour of a kind of day, in Seoul: `hour` 2 is from 02:00 until 03:00."""

    days: DayBand
    hour: int

    def __str__(self) -> str:
        return f"{self.days}-{self.hour:02}"


@dataclass(frozen=True, slots=True)
class WishCount:
    """How many wishes stand for a place of the gazetteer at a time; `count` is None where there are some, but fewer than `LEAST_TOLD`."""

    place: str
    time: WishTime
    count: int | None


def wish_time_of(at: datetime) -> WishTime:
    """The hour that holds `at`.

    >>> str(wish_time_of(datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)))
    'saturday-02'
    """
    local = at.astimezone(SEOUL)
    days = {_SATURDAY: DayBand.SATURDAY, _SUNDAY: DayBand.SUNDAY}.get(local.weekday(), DayBand.WEEKDAY)
    return WishTime(days, local.hour)


def parse_wish_time(text: str) -> WishTime | None:
    """The time that `str` of one wrote (`weekday-02`); None for any other text."""
    days, _, hour = text.partition("-")
    is_read = days in list(DayBand) and len(hour) == 2 and hour.isascii() and hour.isdigit() and int(hour) <= LAST_HOUR  # noqa: PLR2004 two digits
    return WishTime(DayBand(days), int(hour)) if is_read else None


def told_count(count: int) -> int | None:
    """The number, or None where it is too small to be told."""
    return count if count >= LEAST_TOLD else None
