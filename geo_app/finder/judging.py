"""How good a shelter is for somebody who would get there at a certain minute: open, long enough, enterable, and surely so."""

from datetime import date, datetime
from enum import IntEnum
from typing import Final

from geo_app.domain.hours import Glance, State, minute_of, seoul_time
from geo_app.domain.report import CLOSED_REPORTS_TO_CHECK, ReportSummary, Vouching

REACH_MIN: Final = 20  # minutes on the way that still count as within reach, however one travels
LONGEST_OFFER_MIN: Final = 60  # nobody is sent to a rest that costs more than an hour on the way
DEFAULT_STAY_MIN: Final = 20
STALE_AFTER_DAYS: Final = 180  # half a year: shops change their hours with the season
FAR_LIMIT: Final = 10
REPORT_FADES_AFTER_MIN: Final = 24 * 60
_OPEN_TO_ALL = frozenset({"open-door", "ask-staff", "purchase-expected"})
_REGISTERED_ONLY = frozenset({"registration", "card"})


class Standing(IntEnum):
    """The smaller the better.

    SHORT closes before one has rested. DOUBTFUL is open by its hours, but these are old, riders found it closed, or nobody said how one
    gets in. REGISTERED is for people on a list, and stands last for everybody else whatever its hours.
    """

    USABLE = 0
    SHORT = 1
    DOUBTFUL = 2
    UNKNOWN = 3
    CLOSED = 4
    REGISTERED = 5


def judge(
    *, entry: str | None, arrival: Glance, open_left_min: int | None, stay_min: int, is_registered: bool, is_in_doubt: bool
) -> Standing:
    """The standing of a door that shows `arrival` when one gets there. `is_in_doubt`: its hours are stale, or riders found it closed."""
    if entry in _REGISTERED_ONLY and not is_registered:
        return Standing.REGISTERED
    if arrival.state is not State.OPEN:
        return Standing.CLOSED if arrival.state is State.CLOSED else Standing.UNKNOWN
    if is_in_doubt or not is_enterable(entry, is_registered=is_registered):
        return Standing.DOUBTFUL
    return Standing.SHORT if open_left_min is not None and open_left_min < stay_min else Standing.USABLE


def is_enterable(entry: str | None, *, is_registered: bool) -> bool:
    """True where somebody said how one gets in, and it is a way for this reader."""
    return entry in _OPEN_TO_ALL or (is_registered and entry in _REGISTERED_ONLY)


def newest_check(checked_on: date | None, report: ReportSummary | None) -> date | None:
    """The last day (of Seoul) on which a source, the office or riders who found it open vouched for the hours; None if nobody did."""
    by_riders = None if report is None or report.last_check_at is None else seoul_time(report.last_check_at).date()
    return max((day for day in (checked_on, by_riders) if day is not None), default=None)


def vouching_of_open(state: State, checked_on: date | None, today: date) -> Vouching:
    """What a rider who finds it open says of hours that say `state` and were last checked on that day: old ones take two riders."""
    if state is not State.OPEN:
        return Vouching.NONE
    return Vouching.HALF if is_stale(checked_on, today) else Vouching.WHOLE


def is_stale(checked_on: date | None, today: date) -> bool:
    """True where the hours were last checked more than `STALE_AFTER_DAYS` days ago, or never."""
    return checked_on is None or (today - checked_on).days > STALE_AFTER_DAYS


def needs_check(report: ReportSummary | None, at: datetime) -> bool:
    """True where enough riders found it closed within a day before `at` (whole minutes of Seoul): a summary kept offline fades too."""
    if report is None or report.closed_count < CLOSED_REPORTS_TO_CHECK:
        return False
    if report.last_closed_at is None:
        return True
    today = seoul_time(at).date()
    return minute_of(at, first_day=today) - minute_of(report.last_closed_at, first_day=today) < REPORT_FADES_AFTER_MIN
