"""Riders' reports: one standing report for each reporter, place and day, and limits by the hour.

A reporter is known by a tag only, made elsewhere with a key that lives for one day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil
from sqlite3 import Connection

from geo_app.desk.store import Desk
from geo_app.desk.times import utc_text
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import CHANGES_A_DAY, PAIRED_WITHIN, REPORTS_AN_HOUR, Limit, Report, Seen, Vouching

LIMITED_BY = timedelta(hours=1)
# The same press again within this time is a trembling thumb or a resent form: it changes nothing and uses nothing up.
DOUBLE_TAP = timedelta(seconds=60)

_STANDING = "SELECT seen, reported_at, changes FROM reports WHERE site_id = ? AND tag = ?"
_NUMBER = "UPDATE report_numbers SET newest = newest + 1 RETURNING newest"
_WRITE = """
    INSERT INTO reports (number, site_id, seen, reported_at, day, tag, vouching) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, tag) WHERE tag IS NOT NULL
    DO UPDATE SET number = excluded.number, seen = excluded.seen, reported_at = excluded.reported_at, vouching = excluded.vouching,
        changes = changes + (seen <> excluded.seen)
"""
# Another reporter's word for the same hours, which nobody has contradicted since. A tag that is erased was of another day.
_PARTNER = """
    SELECT 1 FROM reports WHERE site_id = :site_id AND seen = 'open' AND vouching > 0 AND reported_at > :since AND tag IS NOT :tag
    AND NOT EXISTS (SELECT 1 FROM reports AS later WHERE later.site_id = :site_id AND later.seen = 'closed'
        AND later.tag IS NOT :tag AND later.reported_at > reports.reported_at)
"""
_TAP = "INSERT INTO report_taps (tapped_at, site_id, day, tag, is_first) VALUES (?, ?, ?, ?, ?)"
# The tap that has to grow old before another fits: the limit-th newest of the hour.
_IN_THE_WAY = "SELECT tapped_at FROM report_taps WHERE tapped_at > ? AND {whose} ORDER BY tapped_at DESC LIMIT 1 OFFSET ?"
_WHOSE = {Limit.REPORTER: "tag = ?", Limit.PLACE: "is_first AND site_id = ?", Limit.EVERYONE: "is_first AND ? IS NOT NULL"}
_LIST = "SELECT id, number, site_id, seen, reported_at, vouching FROM reports WHERE number > ? ORDER BY number"


class Outcome(StrEnum):
    """What became of a report. `REPLACED`: the same reporter had one at that place today."""

    ADDED = "added"
    REPLACED = "replaced"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Filing:
    """The outcome; where it is `LIMITED`, by which limit and in how many seconds another report fits."""

    outcome: Outcome
    limit: Limit | None = None
    retry_after_s: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A report as the desk holds it: `id` stays when it is replaced, `number` is new each time."""

    id: int
    number: int
    report: Report


def file_report(desk: Desk, report: Report, *, tag: str, day: date) -> Filing:
    """Write a report by the reporter `tag`, whose key is that of `day`, unless a limit is reached.

    Half a check becomes a whole one where another reporter gave the other half within `PAIRED_WITHIN`. Raises `BadArgument` for a time
    without a zone, `BrokenStore`.
    """
    at = utc_text(report.reported_at)
    with desk.lend_for_writing() as connection:
        standing = connection.execute(_STANDING, (report.site_id, tag)).fetchone()
        if standing is not None and _is_double_tap(report, *standing[:2]):
            return Filing(Outcome.REPLACED)
        if standing is not None and report.seen.value != standing[0] and standing[2] >= CHANGES_A_DAY:
            return Filing(Outcome.LIMITED, Limit.CHANGES, _seconds_until(datetime.combine(day + timedelta(days=1), time(), SEOUL), report))
        full = _find_full(connection, report, tag, is_first=standing is None)
        if full is not None:
            return full
        (number,) = connection.execute(_NUMBER).fetchone()
        vouching = _with_partner(connection, report, tag)
        connection.execute(_WRITE, (number, report.site_id, report.seen.value, at, day.isoformat(), tag, vouching))
        connection.execute(_TAP, (at, report.site_id, day.isoformat(), tag, standing is None))
    return Filing(Outcome.ADDED if standing is None else Outcome.REPLACED)


def newest_number(desk: Desk) -> int:
    """The number of the newest change, 0 before the first: one indexed read. Raises `BrokenStore`."""
    with desk.lend() as connection:
        (number,) = connection.execute("SELECT newest FROM report_numbers").fetchone()
    return int(number)


def list_reports(desk: Desk, *, after: int = 0) -> list[Slip]:
    """The reports written or replaced after the change of that number, oldest change first. Raises `BrokenStore`."""
    with desk.lend() as connection:
        rows = connection.execute(_LIST, (after,)).fetchall()
    return [Slip(row[0], row[1], Report(row[2], Seen(row[3]), datetime.fromisoformat(row[4]), Vouching(row[5]))) for row in rows]


def _is_double_tap(report: Report, seen: str, reported_at: str) -> bool:
    return report.seen.value == seen and abs(report.reported_at - datetime.fromisoformat(reported_at)) < DOUBLE_TAP


def _with_partner(connection: Connection, report: Report, tag: str) -> Vouching:
    if report.vouching is not Vouching.HALF:
        return report.vouching
    asked = {"site_id": report.site_id, "tag": tag, "since": utc_text(report.reported_at - PAIRED_WITHIN)}
    return Vouching.HALF if connection.execute(_PARTNER, asked).fetchone() is None else Vouching.WHOLE


def _find_full(connection: Connection, report: Report, tag: str, *, is_first: bool) -> Filing | None:
    whose = {Limit.REPORTER: tag, Limit.PLACE: report.site_id, Limit.EVERYONE: ""}
    since = utc_text(report.reported_at - LIMITED_BY)
    for limit, most in REPORTS_AN_HOUR.items():
        if limit is not Limit.REPORTER and not is_first:
            continue
        statement = _IN_THE_WAY.format(whose=_WHOSE[limit])
        row = connection.execute(statement, (since, whose[limit], most - 1)).fetchone()
        if row is not None:
            return Filing(Outcome.LIMITED, limit, _seconds_until(datetime.fromisoformat(row[0]) + LIMITED_BY, report))
    return None


def _seconds_until(free_at: datetime, report: Report) -> int:
    return max(1, ceil((free_at - report.reported_at).total_seconds()))
