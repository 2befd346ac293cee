"""What riders said of a door when they came: a flag beside the published hours, never a change of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from geo_app.domain.calendar import SEOUL

CLOSED_REPORTS_TO_CHECK = 2  # one tap may be a mistake; two within a day ask somebody to look
CLOSED_COUNTS_FOR = timedelta(hours=24)
OPEN_COUNTS_FOR = timedelta(days=180)  # as long as a check of the hours itself is believed


class Seen(StrEnum):
    """What a rider found at the door."""

    OPEN = "open"
    CLOSED = "closed"


class Limit(StrEnum):
    """Whose reports are counted: those of one reporter, of one place, or all."""

    REPORTER = "reporter"
    PLACE = "place"
    EVERYONE = "everyone"


# A night shift meets a dozen doors and a carrier's address stands for several riders; a busy place has a few riders an hour; the
# district's 300 delivery riders with everybody's taps stay far below the last. Beyond them it is a game or an attack.
REPORTS_AN_HOUR = {Limit.REPORTER: 20, Limit.PLACE: 30, Limit.EVERYONE: 2_000}


@dataclass(frozen=True, slots=True)
class Report:
    """One standing report. `reported_at` carries its zone."""

    site_id: str
    seen: Seen
    reported_at: datetime

    @property
    def fades_at(self) -> datetime:
        """The first instant at which it no longer counts."""
        return self.reported_at + (CLOSED_COUNTS_FOR if self.seen is Seen.CLOSED else OPEN_COUNTS_FOR)

    def counts(self, at: datetime) -> bool:
        """True from the moment it was made until it fades."""
        return self.reported_at <= at < self.fades_at


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The reports of one place that still count (a "closed" fades in a day). Times are in Asia/Seoul."""

    closed_count: int = 0
    last_closed_at: datetime | None = None
    last_open_at: datetime | None = None

    @property
    def needs_check(self) -> bool:
        """True when enough riders found it closed for its hours to be in doubt. It is shown all the same."""
        return self.closed_count >= CLOSED_REPORTS_TO_CHECK


def summarise(reports: Iterable[Report], at: datetime) -> Mapping[str, ReportSummary]:
    """The summary of each place that has a report counting at `at`, by its id.

    >>> at = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
    >>> report = Report("sh-000001", Seen.CLOSED, at)
    >>> summarise([report], at)["sh-000001"].closed_count, summarise([report], at + CLOSED_COUNTS_FOR)
    (1, {})
    """
    times: defaultdict[str, dict[Seen, list[datetime]]] = defaultdict(lambda: {seen: [] for seen in Seen})
    for report in reports:
        if report.counts(at):
            times[report.site_id][report.seen].append(report.reported_at)
    return {site_id: _summary(of_place[Seen.CLOSED], of_place[Seen.OPEN]) for site_id, of_place in times.items()}


def next_change(reports: Iterable[Report], at: datetime) -> datetime | None:
    """The first instant after `at` at which the clock alone changes what `summarise` says; None where nothing is to come."""
    instants = (instant for report in reports for instant in (report.reported_at, report.fades_at) if instant > at)
    return min(instants, default=None)


def _summary(closed: list[datetime], opened: list[datetime]) -> ReportSummary:
    return ReportSummary(len(closed), _newest(closed), _newest(opened))


def _newest(times: list[datetime]) -> datetime | None:
    return max(times).astimezone(SEOUL) if times else None
