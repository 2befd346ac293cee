"""What riders said of a door when they came: a flag beside the published hours, never a change of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from geo_app.domain.calendar import SEOUL

CLOSED_REPORTS_TO_CHECK = 2  # one tap may be a mistake; two within a day ask somebody to look
CLOSED_COUNTS_FOR = timedelta(hours=24)
OPEN_COUNTS_FOR = timedelta(days=180)  # as long as a check of the hours itself is believed
PAIRED_WITHIN = timedelta(days=7)  # two riders who found it open within a week vouch together for old hours


class Seen(StrEnum):
    """What a rider found at the door."""

    OPEN = "open"
    CLOSED = "closed"


class Vouching(IntEnum):
    """How far a rider who found a door open vouches for its published hours; more is better.

    NONE where these did not say open. HALF where they did, but nobody had checked them for long: it takes two. WHOLE is a check.
    """

    NONE = 0
    HALF = 1
    WHOLE = 2


class Limit(StrEnum):
    """What is counted: the reports of one reporter, of one place, all, or how often somebody changed her mind about one place today."""

    REPORTER = "reporter"
    PLACE = "place"
    EVERYONE = "everyone"
    CHANGES = "changes"


# Of a place and of all, the first report of each reporter counts: who only changes hers cannot keep others from theirs.
# A night shift meets a dozen doors and a carrier's address stands for several riders; a busy place has a few riders an hour; the
# district's 300 delivery riders with everybody's taps stay far below the last. Beyond them it is a game or an attack.
REPORTS_AN_HOUR = {Limit.REPORTER: 20, Limit.PLACE: 30, Limit.EVERYONE: 2_000}
CHANGES_A_DAY = 3  # of one reporter's report of one place, from open to closed or back


@dataclass(frozen=True, slots=True)
class Report:
    """One standing report. `reported_at` carries its zone; `vouching` is NONE for a closed door."""

    site_id: str
    seen: Seen
    reported_at: datetime
    vouching: Vouching = Vouching.NONE

    @property
    def fades_at(self) -> datetime:
        """The first instant at which it no longer counts."""
        return self.reported_at + (CLOSED_COUNTS_FOR if self.seen is Seen.CLOSED else OPEN_COUNTS_FOR)

    def counts(self, at: datetime) -> bool:
        """True from the moment it was made until it fades."""
        return self.reported_at <= at < self.fades_at


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The reports of one place that still count (a "closed" fades in a day). Times are in Asia/Seoul.

    `last_check_at` is when a rider last vouched for the published hours; None where nobody did, or somebody found it closed since.
    """

    closed_count: int = 0
    last_closed_at: datetime | None = None
    last_open_at: datetime | None = None
    last_check_at: datetime | None = None

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
    made: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.reported_at <= at:
            made[report.site_id].append(report)
    told = {site_id: _summary(of_place, at) for site_id, of_place in made.items()}
    return {site_id: summary for site_id, summary in told.items() if summary != ReportSummary()}


def next_change(reports: Iterable[Report], at: datetime) -> datetime | None:
    """The first instant after `at` at which the clock alone changes what `summarise` says; None where nothing is to come."""
    instants = (instant for report in reports for instant in (report.reported_at, report.fades_at) if instant > at)
    return min(instants, default=None)


def _summary(made: list[Report], at: datetime) -> ReportSummary:
    closed = [report.reported_at for report in made if report.seen is Seen.CLOSED and report.counts(at)]
    opened = [report for report in made if report.seen is Seen.OPEN and report.counts(at)]
    # A closed door takes the word of those before it away for good, also when it has itself faded.
    found_closed = max((report.reported_at for report in made if report.seen is Seen.CLOSED), default=None)
    checks = [report.reported_at for report in opened if report.vouching is Vouching.WHOLE]
    kept = [time for time in checks if found_closed is None or time >= found_closed]
    return ReportSummary(len(closed), _newest(closed), _newest([report.reported_at for report in opened]), _newest(kept))


def _newest(times: list[datetime]) -> datetime | None:
    return max(times).astimezone(SEOUL) if times else None
