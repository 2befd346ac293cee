"""The inbox of a machine outside: reports and wishes as a desk keeps them, under a name of its own; and taking them onto the desk inside.

What was taken in is known by the inbox's name and the note's own number there, so that the same inbox twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection

from geo_app.desk.reports import Slip
from geo_app.desk.schema import DESK_FILE
from geo_app.desk.store import Desk, bring_up_to_date
from geo_app.desk.times import utc_text
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import REPORTS_AN_HOUR, Limit, Report, Vouching
from geo_app.domain.wish import WishTime
from geo_app.storage.database import FileKind, open_database

_NAME_TABLE = """
CREATE TABLE inbox (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), name TEXT NOT NULL) STRICT;
INSERT INTO inbox (only_row, name) VALUES (1, lower(hex(randomblob(16))));
"""
# "GSIN" in ASCII tells an inbox from a desk: an office's own desk is never taken in by mistake.
INBOX_FILE = FileKind(
    application_id=0x4753494E, schema_version=DESK_FILE.schema_version, schema=DESK_FILE.schema + _NAME_TABLE, pragmas=DESK_FILE.pragmas
)
_LIST_TAKEN = """
    SELECT slip, taken_reports.number, report_id, site_id, reports.reported_at
    FROM taken_reports LEFT JOIN reports ON reports.id = report_id WHERE inbox = ?
"""
_HOUR_CHARACTERS = len("2026-11-21T03")
_NUMBER = "UPDATE report_numbers SET newest = newest + 1 RETURNING newest"
_ADD = "INSERT INTO reports (number, site_id, seen, reported_at, day, tag, vouching) VALUES (?, ?, ?, ?, ?, NULL, ?) RETURNING id"
_CHANGE = "UPDATE reports SET number = ?, site_id = ?, seen = ?, reported_at = ?, day = ?, vouching = ? WHERE id = ?"
_NOTE = """
    INSERT INTO taken_reports (inbox, slip, number, reported_at, report_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET number = excluded.number, reported_at = excluded.reported_at, report_id = excluded.report_id
"""
_NOTE_WISH = "INSERT INTO taken_wishes (inbox, wish, made_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ADD_WISH = "INSERT INTO wishes (place, days, hour, made_on, tag) VALUES (?, ?, ?, ?, NULL)"


@dataclass(frozen=True, slots=True)
class WishSlip:
    """A wish as an inbox holds it."""

    id: int
    place: str
    time: WishTime
    made_on: date


@dataclass(frozen=True, slots=True)
class Taken:
    """How many were new, how many had been replaced by their reporters since, how many were there already.

    `over_limit`: left outside because their place, or all, had as many in that hour as one takes. `vouching`: places for whose hours those
    now put on the desk vouch.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    over_limit: int = 0
    vouching: int = 0


def open_inbox(path: Path) -> Desk:
    """The inbox at `path`, made (mode 0600) where there is none, brought up to date where it is older. Raises `BrokenStore`."""
    inbox = open_database(path, INBOX_FILE)
    bring_up_to_date(inbox)
    return inbox


def take_reports(desk: Desk, inbox: str, slips: Iterable[Slip]) -> Taken:
    """Put the reports of the inbox of that name onto the desk, in one transaction. Of who made them nothing comes along.

    Of one inbox no more than `REPORTS_AN_HOUR` are taken for a place, or in all, of any hour of the clock. Raises `BrokenStore`.
    """
    counted: Counter[str] = Counter()
    vouched: set[str] = set()
    given = list(slips)
    with desk.lend_for_writing() as connection:
        taken, hours = _list_taken(connection, inbox, {slip.id for slip in given})
        for slip in _known_first(given, taken):
            found = taken.get(slip.id)
            if found is not None and found[0] >= slip.number:
                hours.add(slip.report)
                counted["unchanged"] += 1
            elif not hours.has_room(slip.report):
                counted["over_limit"] += 1
            else:
                hours.add(slip.report)
                report_id = _write(connection, slip.report, None if found is None else found[1])
                connection.execute(_NOTE, (inbox, slip.id, slip.number, utc_text(slip.report.reported_at), report_id))
                taken[slip.id] = (slip.number, report_id)
                counted["added" if found is None else "changed"] += 1
                vouched.update([slip.report.site_id] if slip.report.vouching > Vouching.NONE else [])
    return Taken(**counted, vouching=len(vouched))


class _Hours:
    """How many reports of one inbox were taken of each hour of the clock: a server that keeps its limits never has more in one."""

    def __init__(self) -> None:
        self._of_place: Counter[tuple[str, str]] = Counter()
        self._of_all: Counter[str] = Counter()

    def note(self, site_id: str, reported_at: str) -> None:
        hour = reported_at[:_HOUR_CHARACTERS]
        self._of_place[site_id, hour] += 1
        self._of_all[hour] += 1

    def add(self, report: Report) -> None:
        self.note(report.site_id, utc_text(report.reported_at))

    def has_room(self, report: Report) -> bool:
        hour = utc_text(report.reported_at)[:_HOUR_CHARACTERS]
        is_free = self._of_place[report.site_id, hour] < REPORTS_AN_HOUR[Limit.PLACE]
        return is_free and self._of_all[hour] < REPORTS_AN_HOUR[Limit.EVERYONE]


_TakenSlips = dict[int, tuple[int, int | None]]  # by the number in the inbox: the change that was taken, the report it stands as here


def _list_taken(connection: Connection, inbox: str, given: set[int]) -> tuple[_TakenSlips, _Hours]:
    """What was taken of that inbox before, and the hours of those that still stand but are not `given` again: they keep their room."""
    taken: _TakenSlips = {}
    hours = _Hours()
    for slip, number, report_id, site_id, reported_at in connection.execute(_LIST_TAKEN, (inbox,)):
        taken[slip] = (number, report_id)
        if site_id is not None and slip not in given:
            hours.note(site_id, reported_at)
    return taken, hours


def _known_first(slips: Iterable[Slip], taken: _TakenSlips) -> Iterator[Slip]:
    """What stands already, then what was changed, then what is new, each from the oldest: the same file leaves the same outside."""

    def rank(slip: Slip) -> tuple[int, datetime, int]:
        found = taken.get(slip.id)
        return (2 if found is None else int(found[0] < slip.number), slip.report.reported_at, slip.id)

    return iter(sorted(slips, key=rank))


def _write(connection: Connection, report: Report, standing: int | None) -> int:
    (number,) = connection.execute(_NUMBER).fetchone()
    day = report.reported_at.astimezone(SEOUL).date().isoformat()
    told = (number, report.site_id, report.seen.value, utc_text(report.reported_at), day, int(report.vouching))
    if standing is None:
        return int(connection.execute(_ADD, told).fetchone()[0])
    connection.execute(_CHANGE, (*told, standing))
    return standing


def take_wishes(desk: Desk, inbox: str, wishes: Iterable[WishSlip]) -> Taken:
    """Put the wishes of the inbox of that name onto the desk, all or none. Raises `BrokenStore`."""
    added = unchanged = 0
    with desk.lend_for_writing() as connection:
        for wish in wishes:
            made_on = wish.made_on.isoformat()
            is_new = connection.execute(_NOTE_WISH, (inbox, wish.id, made_on)).rowcount > 0
            if is_new:
                connection.execute(_ADD_WISH, (wish.place, wish.time.days.value, wish.time.hour, made_on))
            added, unchanged = added + is_new, unchanged + (not is_new)
    return Taken(added=added, unchanged=unchanged)


def forget_taken(desk: Desk, *, reports_before: datetime, wishes_before: date) -> None:
    """Forget what was taken in so long ago that it would be too old to be taken again. Raises `BrokenStore`."""
    with desk.lend_for_writing() as connection:
        connection.execute("DELETE FROM taken_reports WHERE reported_at <= ?", (utc_text(reports_before),))
        connection.execute("DELETE FROM taken_wishes WHERE made_on <= ?", (wishes_before.isoformat(),))
