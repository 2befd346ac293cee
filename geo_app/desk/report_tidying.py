"""What leaves the desk: reports by age, and who made them when the day is over or a copy is taken.

When a day is over the tags are erased: what stays is that somebody, in that minute, found that door open or closed.
"""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from geo_app.desk.reports import LIMITED_BY
from geo_app.desk.store import Desk
from geo_app.desk.times import utc_text
from geo_app.domain.report import CLOSED_COUNTS_FOR, OPEN_COUNTS_FOR
from geo_app.storage.database import BUSY_TIMEOUT_S
from geo_app.storage.faults import told_as_broken_store

# A report from farther ahead than this was made by a clock that has been put right since.
CLOCK_SLACK = timedelta(days=1)

# A door found closed later takes an open one's word away. Once nobody can take it back this is written down, since it fades itself.
_CONTRADICT = """
    UPDATE reports SET vouching = 0 WHERE vouching > 0 AND EXISTS (
        SELECT 1 FROM reports AS later WHERE later.site_id = reports.site_id AND later.seen = 'closed' AND later.day <> :day
        AND later.reported_at > reports.reported_at)"""
# To the second, a log of somebody else's could tell who it was.
_FORGET = (
    """UPDATE reports SET tag = NULL, reported_at = substr(reported_at, 1, 16) || ':00.000000+00:00'
        WHERE tag IS NOT NULL AND day <> :day""",
    """UPDATE report_taps SET tag = NULL, tapped_at = substr(tapped_at, 1, 16) || ':00.000000+00:00'
        WHERE tag IS NOT NULL AND day <> :day""",
)
# Of the open reports whose day is over, one that a newer one outweighs is let go: none of them can be taken back any more.
_TIDY = (
    _CONTRADICT,
    "DELETE FROM reports WHERE seen = 'closed' AND reported_at <= :oldest_closed",
    "DELETE FROM reports WHERE seen = 'open' AND reported_at <= :oldest_open",
    "DELETE FROM reports WHERE reported_at > :latest",
    """DELETE FROM reports WHERE seen = 'open' AND day <> :day AND EXISTS (
        SELECT 1 FROM reports AS newer WHERE newer.site_id = reports.site_id AND newer.seen = 'open' AND newer.day <> :day
        AND newer.vouching >= reports.vouching AND (newer.reported_at, newer.id) > (reports.reported_at, reports.id))""",
    "DELETE FROM report_taps WHERE tapped_at <= :oldest_tap OR tapped_at > :latest",
    *_FORGET,
)
# No day has this name: the tags of all days go.
_NO_DAY = {"day": ""}


def tidy_reports(desk: Desk, *, at: datetime, day: date) -> bool:
    """Let go of what no longer counts at `at`, and of the tags of every day but `day`. True when anything went.

    `cut_log` must follow. Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    bounds = {
        "oldest_closed": utc_text(at - CLOSED_COUNTS_FOR),
        "oldest_open": utc_text(at - OPEN_COUNTS_FOR),
        "oldest_tap": utc_text(at - LIMITED_BY),
        "latest": utc_text(at + CLOCK_SLACK),
        "day": day.isoformat(),
    }
    with desk.lend_for_writing() as connection:
        return sum(connection.execute(statement, bounds).rowcount for statement in _TIDY) > 0


def cut_log(desk: Desk) -> bool:
    """Cut off the write-ahead log, which still holds the pages as they were. False, at once, while somebody reads in it: ask again.

    Raises `BrokenStore`.
    """
    with desk.lend() as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")
    return not is_busy


def erase_reporters(path: Path) -> None:
    """Leave in a copy of the desk no tag and no tap, in any of its bytes. Nobody else may have it open. Raises `BrokenStore`."""
    with told_as_broken_store(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        for statement in (_CONTRADICT, *_FORGET):
            connection.execute(statement, _NO_DAY)
        connection.execute("UPDATE wishes SET tag = NULL WHERE tag IS NOT NULL")
        for table in ("report_taps", "taps"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 constants
        connection.execute("COMMIT")
        connection.execute("VACUUM")
