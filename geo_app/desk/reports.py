"""Riders' reports: one standing report for each reporter, place and day; limits by the hour; all of them leave by age.

A reporter is known by a tag only, made elsewhere with a key that lives for one day. When the day is over the tags are erased here too:
what stays is that somebody, at that time, found that door open or closed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from sqlite3 import Connection

from geo_app.desk.store import Desk
from geo_app.desk.times import utc_text
from geo_app.domain.report import CLOSED_COUNTS_FOR, OPEN_COUNTS_FOR, REPORTS_AN_HOUR, Limit, Report, Seen

LIMITED_BY = timedelta(hours=1)
# The same press again within this time is a trembling thumb or a resent form: it changes nothing and uses nothing up.
DOUBLE_TAP = timedelta(seconds=60)
# A report from farther ahead than this was made by a clock that has been put right since.
CLOCK_SLACK = timedelta(days=1)

_STANDING = "SELECT seen, reported_at FROM reports WHERE site_id = ? AND tag = ?"
_NUMBER = "UPDATE report_numbers SET newest = newest + 1 RETURNING newest"
_WRITE = """
    INSERT INTO reports (number, site_id, seen, reported_at, day, tag) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, tag) WHERE tag IS NOT NULL
    DO UPDATE SET number = excluded.number, seen = excluded.seen, reported_at = excluded.reported_at
"""
_TAP = "INSERT INTO report_taps (tapped_at, site_id, day, tag) VALUES (?, ?, ?, ?)"
# The tap that has to grow old before another fits: the limit-th newest of the hour.
_IN_THE_WAY = "SELECT tapped_at FROM report_taps WHERE tapped_at > ? AND {whose} ORDER BY tapped_at DESC LIMIT 1 OFFSET ?"
_WHOSE = {Limit.REPORTER: "tag = ?", Limit.PLACE: "site_id = ?", Limit.EVERYONE: "? IS NOT NULL"}
_LIST = "SELECT id, number, site_id, seen, reported_at FROM reports WHERE number > ? ORDER BY number"

# Of the open reports whose day is over only the newest of a place is kept: none of them can be taken back any more.
_TIDY = (
    "DELETE FROM reports WHERE seen = 'closed' AND reported_at <= :oldest_closed",
    "DELETE FROM reports WHERE seen = 'open' AND reported_at <= :oldest_open",
    "DELETE FROM reports WHERE reported_at > :latest",
    """DELETE FROM reports WHERE seen = 'open' AND day <> :day AND EXISTS (
        SELECT 1 FROM reports AS newer WHERE newer.site_id = reports.site_id AND newer.seen = 'open' AND newer.day <> :day
        AND (newer.reported_at, newer.id) > (reports.reported_at, reports.id))""",
    "DELETE FROM report_taps WHERE tapped_at <= :oldest_tap OR tapped_at > :latest",
    "UPDATE reports SET tag = NULL WHERE tag IS NOT NULL AND day <> :day",
    "UPDATE report_taps SET tag = NULL WHERE tag IS NOT NULL AND day <> :day",
)


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

    Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    at = utc_text(report.reported_at)
    with desk.lend_for_writing() as connection:
        standing = connection.execute(_STANDING, (report.site_id, tag)).fetchone()
        if standing is not None and _is_double_tap(report, *standing):
            return Filing(Outcome.REPLACED)
        full = _find_full(connection, report, tag)
        if full is not None:
            return full
        (number,) = connection.execute(_NUMBER).fetchone()
        connection.execute(_WRITE, (number, report.site_id, report.seen.value, at, day.isoformat(), tag))
        connection.execute(_TAP, (at, report.site_id, day.isoformat(), tag))
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
    return [Slip(row[0], row[1], Report(row[2], Seen(row[3]), datetime.fromisoformat(row[4]))) for row in rows]


def tidy_reports(desk: Desk, *, at: datetime, day: date) -> bool:
    """Let go of what no longer counts at `at`, and of the tags of every day but `day`. True when anything went.

    Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    bounds = {
        "oldest_closed": utc_text(at - CLOSED_COUNTS_FOR),
        "oldest_open": utc_text(at - OPEN_COUNTS_FOR),
        "oldest_tap": utc_text(at - LIMITED_BY),
        "latest": utc_text(at + CLOCK_SLACK),
        "day": day.isoformat(),
    }
    with desk.lend_for_writing() as connection:
        touched = sum(connection.execute(statement, bounds).rowcount for statement in _TIDY)
    if touched:
        # Until it is cut off, the write-ahead log still holds the pages as they were.
        with desk.lend() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return touched > 0


def _is_double_tap(report: Report, seen: str, reported_at: str) -> bool:
    return report.seen.value == seen and abs(report.reported_at - datetime.fromisoformat(reported_at)) < DOUBLE_TAP


def _find_full(connection: Connection, report: Report, tag: str) -> Filing | None:
    whose = {Limit.REPORTER: tag, Limit.PLACE: report.site_id, Limit.EVERYONE: ""}
    since = utc_text(report.reported_at - LIMITED_BY)
    for limit, most in REPORTS_AN_HOUR.items():
        statement = _IN_THE_WAY.format(whose=_WHOSE[limit])
        row = connection.execute(statement, (since, whose[limit], most - 1)).fetchone()
        if row is not None:
            free_at = datetime.fromisoformat(row[0]) + LIMITED_BY
            return Filing(Outcome.LIMITED, limit, max(1, ceil((free_at - report.reported_at).total_seconds())))
    return None
