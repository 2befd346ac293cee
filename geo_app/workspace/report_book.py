"""The reports in memory, by place, and what they say; counted anew only where something happened or faded."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from geo_app.desk.reports import Slip
from geo_app.domain.report import Report, ReportSummary, Seen, Vouching, next_change, summarise

_Kept = TypeVar("_Kept")
STAMP_CHARACTERS = 16
# Threads read the clock in one order and come here in another: who comes a little late is told what already holds.
CLOCK_SLACK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Said:
    """Summaries that hold from `since` until `until` (None: until somebody reports), and a stamp of what they say."""

    summaries: Mapping[str, ReportSummary]
    stamp: str
    since: datetime
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        """True where counting at `at` would give the same."""
        return self.since - CLOCK_SLACK <= at and (self.until is None or at < self.until)


class ReportBook:
    """Not safe between threads: hold a lock around each call. What `tell` gave is never changed."""

    def __init__(self) -> None:
        self._reports: dict[str, dict[int, Report]] = {}
        self._telling: dict[str, list[Report]] = {}  # of these, what still tells something: a place may have very many
        self._summaries: dict[str, ReportSummary] = {}
        self._changes_at: dict[str, datetime] = {}
        self._touched: set[str] = set()
        self._told_at: datetime | None = None

    def put(self, slips: Iterable[Slip]) -> None:
        """Take in new reports and those that replace one of the same id."""
        for slip in slips:
            site_id = slip.report.site_id
            of_place = self._reports.setdefault(site_id, {})
            if slip.id in of_place:  # what the one before outweighed may tell something again
                self._telling.pop(site_id, None)
            elif site_id in self._telling:
                self._telling[site_id].append(slip.report)
            of_place[slip.id] = slip.report
            self._touched.add(site_id)

    def clear(self) -> None:
        """Forget every report."""
        self._touched.update(self._reports)
        self._reports.clear()
        self._telling.clear()

    def tell(self, at: datetime) -> Said:
        """What all reports say at `at`."""
        if self._told_at is not None and at < self._told_at:
            self._telling.clear()  # it was what tells something from later on
        if self._told_at is not None and at < self._told_at - CLOCK_SLACK:
            self._touched.update(self._reports, self._summaries)  # the clock was set back
        due = {site_id for site_id, changes_at in self._changes_at.items() if changes_at <= at}
        for site_id in self._touched | due:
            self._count(site_id, at)
        self._touched.clear()
        self._told_at = at
        summaries = MappingProxyType(dict(self._summaries))
        return Said(summaries, _stamp_of(summaries), at, min(self._changes_at.values(), default=None))

    def tell_another_time(self, at: datetime) -> Mapping[str, ReportSummary]:
        """What they say at a time that is not now, counted from the first to the last."""
        return MappingProxyType(summarise((report for of_place in self._reports.values() for report in of_place.values()), at))

    def _count(self, site_id: str, at: datetime) -> None:
        reports = _still_telling(self._telling.get(site_id) or self._reports.get(site_id, {}).values(), at)
        self._telling[site_id] = reports
        summary, changes_at = summarise(reports, at).get(site_id), next_change(reports, at)
        _keep(self._summaries, site_id, summary)
        _keep(self._changes_at, site_id, changes_at)


def _still_telling(reports: Iterable[Report], at: datetime) -> list[Report]:
    """Those of one place that suffice to sum it up at `at` and at any later time.

    That is what is yet to come, every closed door that counts, and the newest of each kind: older ones of that kind fade before it, and a
    closed door takes the word of those before it away also when it has itself faded.
    """
    kept: list[Report] = []
    newest: dict[tuple[Seen, bool], Report] = {}
    for report in reports:
        kind = (report.seen, report.vouching is Vouching.WHOLE)
        if report.reported_at > at or (report.seen is Seen.CLOSED and report.counts(at)):
            kept.append(report)
        elif kind not in newest or report.reported_at > newest[kind].reported_at:
            newest[kind] = report
    return [*kept, *newest.values()]


def _keep(kept: dict[str, _Kept], name: str, value: _Kept | None) -> None:
    if value is None:
        kept.pop(name, None)
    else:
        kept[name] = value


def _stamp_of(summaries: Mapping[str, ReportSummary]) -> str:
    told = repr(sorted((site_id, *astuple(item)) for site_id, item in summaries.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:STAMP_CHARACTERS]
