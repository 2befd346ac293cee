"""The reports in memory, by place, and what they say; counted anew only where something happened or faded."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from geo_app.desk.reports import Slip
from geo_app.domain.report import Report, ReportSummary, next_change, summarise

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
        self._summaries: dict[str, ReportSummary] = {}
        self._changes_at: dict[str, datetime] = {}
        self._touched: set[str] = set()
        self._told_at: datetime | None = None

    def put(self, slips: Iterable[Slip]) -> None:
        """Take in new reports and those that replace one of the same id."""
        for slip in slips:
            self._reports.setdefault(slip.report.site_id, {})[slip.id] = slip.report
            self._touched.add(slip.report.site_id)

    def clear(self) -> None:
        """Forget every report."""
        self._touched.update(self._reports)
        self._reports.clear()

    def tell(self, at: datetime) -> Said:
        """What all reports say at `at`."""
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
        reports = list(self._reports.get(site_id, {}).values())
        summary, changes_at = summarise(reports, at).get(site_id), next_change(reports, at)
        _keep(self._summaries, site_id, summary)
        _keep(self._changes_at, site_id, changes_at)


def _keep(kept: dict[str, _Kept], name: str, value: _Kept | None) -> None:
    if value is None:
        kept.pop(name, None)
    else:
        kept[name] = value


def _stamp_of(summaries: Mapping[str, ReportSummary]) -> str:
    told = repr(sorted((site_id, *astuple(item)) for site_id, item in summaries.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:STAMP_CHARACTERS]
