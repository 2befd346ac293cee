"""How much of one kind an hour takes: of one connection, for one place, in all. What counts is let go when its hour is over."""

from collections.abc import Mapping
from datetime import date, datetime
from math import ceil
from sqlite3 import Connection

from geo_app.desk.reports import LIMITED_BY, Filing, Outcome
from geo_app.desk.times import utc_text
from geo_app.domain.report import Limit

_TAP = "INSERT INTO taps (kind, tapped_at, subject, day, tag) VALUES (?, ?, ?, ?, ?)"
# The tap that has to grow old before another fits: the limit-th newest of the hour.
_IN_THE_WAY = "SELECT tapped_at FROM taps WHERE kind = ? AND tapped_at > ? AND {whose} ORDER BY tapped_at DESC LIMIT 1 OFFSET ?"
_WHOSE = {Limit.REPORTER: "tag = ?", Limit.PLACE: "subject = ?", Limit.EVERYONE: "? IS NOT NULL"}
# Of every kind: what is an hour old goes, and the tags of every day but `:day`, with the seconds by which a log could tell who it was.
TIDY_TAPS = (
    "DELETE FROM taps WHERE tapped_at <= :oldest_tap OR tapped_at > :latest",
    """UPDATE taps SET tag = NULL, tapped_at = substr(tapped_at, 1, 16) || ':00.000000+00:00'
        WHERE tag IS NOT NULL AND day <> :day""",
)


def find_full(connection: Connection, kind: str, limits: Mapping[Limit, int], *, tag: str, subject: str, at: datetime) -> Filing | None:
    """Which limit is reached, and for how long; None where one more fits. Within the caller's transaction."""
    whose = {Limit.REPORTER: tag, Limit.PLACE: subject, Limit.EVERYONE: ""}
    since = utc_text(at - LIMITED_BY)
    for limit, most in limits.items():
        row = connection.execute(_IN_THE_WAY.format(whose=_WHOSE[limit]), (kind, since, whose[limit], most - 1)).fetchone()
        if row is not None:
            free_at = datetime.fromisoformat(row[0]) + LIMITED_BY
            return Filing(Outcome.LIMITED, limit, max(1, ceil((free_at - at).total_seconds())))
    return None


def note_tap(connection: Connection, kind: str, *, tag: str, day: date, subject: str, at: datetime) -> None:
    """Use up one of what fits in the hour; `day` is that of the tag's key. Within the caller's transaction."""
    connection.execute(_TAP, (kind, utc_text(at), subject, day.isoformat(), tag))
