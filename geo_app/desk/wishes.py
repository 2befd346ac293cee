"""Wishes for a shelter: one standing for each reporter, place, hour and day; counted, and let go by age.

A reporter is known by the tag of a day only, as for reports; when the day is over what stays is a place, an hour and a date.
"""

from collections.abc import Iterable
from datetime import date, datetime

from geo_app.desk.report_tidying import CLOCK_SLACK
from geo_app.desk.reports import LIMITED_BY, Filing, Outcome
from geo_app.desk.store import Desk
from geo_app.desk.taps import TIDY_TAPS, find_full, note_tap
from geo_app.desk.times import utc_text
from geo_app.domain.wish import WISHES_AN_HOUR, WISHES_KEPT, DayBand, WishTime

TAP_KIND = "wish"
_STANDING = "SELECT 1 FROM wishes WHERE place = ? AND days = ? AND hour = ? AND made_on = ? AND tag = ?"
_WRITE = "INSERT INTO wishes (place, days, hour, made_on, tag) VALUES (?, ?, ?, ?, ?)"
_COUNT = "SELECT place, days, hour, COUNT(*) FROM wishes GROUP BY place, days, hour ORDER BY place, days, hour"
_TIDY = (
    "DELETE FROM wishes WHERE made_on <= :oldest OR made_on > :newest",
    "UPDATE wishes SET tag = NULL WHERE tag IS NOT NULL AND made_on <> :day",
    *TIDY_TAPS,
)


def file_wish(desk: Desk, place: str, time: WishTime, *, at: datetime, tag: str, day: date) -> Filing:
    """Write a wish of the reporter `tag`, whose key is that of `day`, unless it stands already or a limit is reached.

    Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    wish = (place, time.days.value, time.hour, day.isoformat(), tag)
    with desk.lend_for_writing() as connection:
        if connection.execute(_STANDING, wish).fetchone() is not None:
            return Filing(Outcome.REPLACED)
        full = find_full(connection, TAP_KIND, WISHES_AN_HOUR, tag=tag, subject=place, at=at)
        if full is not None:
            return full
        connection.execute(_WRITE, wish)
        note_tap(connection, TAP_KIND, tag=tag, day=day, subject=place, at=at)
    return Filing(Outcome.ADDED)


def count_wishes(desk: Desk) -> Iterable[tuple[str, WishTime, int]]:
    """(place, time, how many) of every place and time that somebody wished for, in that order. Raises `BrokenStore`."""
    with desk.lend() as connection:
        rows = connection.execute(_COUNT).fetchall()
    return [(place, WishTime(DayBand(days), hour), count) for place, days, hour, count in rows]


def tidy_wishes(desk: Desk, *, at: datetime, day: date) -> bool:
    """Let go of wishes that are too old at `at`, of taps of any kind, and of the tags of every day but `day`. True when anything went.

    `cut_log` must follow. Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    bounds = {
        "oldest": (day - WISHES_KEPT).isoformat(),
        "newest": (day + CLOCK_SLACK).isoformat(),
        "oldest_tap": utc_text(at - LIMITED_BY),
        "latest": utc_text(at + CLOCK_SLACK),
        "day": day.isoformat(),
    }
    with desk.lend_for_writing() as connection:
        return sum(connection.execute(statement, bounds).rowcount for statement in _TIDY) > 0
