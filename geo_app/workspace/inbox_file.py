"""The file of an inbox, read with care: nothing in it is run or believed."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from geo_app.desk.inbox import INBOX_FILE, WishSlip
from geo_app.desk.reports import Slip
from geo_app.domain.errors import GeoAppError
from geo_app.domain.report import Report, Seen, Vouching
from geo_app.domain.wish import LAST_HOUR, DayBand, WishTime

MOST_BYTES: Final = 256 << 20
MOST_ROWS: Final = 200_000  # of reports, and of wishes: a year of the busiest hours that the limits let through is less
MOST_CELL_BYTES: Final = 10_000
MOST_NUMBER: Final = 1 << 53
_STEPS_BETWEEN_LOOKS, _MOST_LOOKS = 100_000, 10_000
_TABLES = {
    "inbox": ("name",),
    "reports": ("id", "number", "site_id", "seen", "reported_at", "vouching"),
    "wishes": ("id", "place", "days", "hour", "made_on"),
}
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SITE_ID = re.compile(r"[a-z]{2}-[0-9]{6,9}", re.ASCII)
_PLACE_ID = re.compile(r"[a-z]{2}-[a-z0-9-]{1,60}", re.ASCII)


class NotAnInbox(GeoAppError):
    """The file is no inbox of ours, is damaged, or is too large. Values: `path`, `reason`."""

    code = "not-an-inbox"


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a file holds, as far as it can be read; `bad_…` count the rows that cannot."""

    name: str
    reports: Sequence[Slip]
    wishes: Sequence[WishSlip]
    bad_reports: int
    bad_wishes: int


def read_inbox(path: Path) -> Inbox:
    """The rows of an inbox. Nothing in the file is run or believed: plain tables of ours, cells of a few bytes, so many rows.

    Raises `NotAnInbox`.
    """
    with _opened(path) as connection:
        rows = {table: _rows(connection, path, table) for table in _TABLES}
    (name,) = rows["inbox"][0] if len(rows["inbox"]) == 1 else ("",)
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise NotAnInbox(path=str(path), reason="name")
    reports = [report for row in rows["reports"] if (report := _report(row)) is not None]
    wishes = [wish for row in rows["wishes"] if (wish := _wish(row)) is not None]
    return Inbox(name, reports, wishes, len(rows["reports"]) - len(reports), len(rows["wishes"]) - len(wishes))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    log = path.with_name(path.name + "-wal")
    if not path.is_file() or sum(item.stat().st_size for item in (path, log) if item.exists()) > MOST_BYTES:
        raise NotAnInbox(path=str(path), reason="size")
    # Beside its log it may be the file of a running server, which is read as its readers do; without one nothing is written beside it.
    address = f"{path.absolute().as_uri()}?mode=ro{'' if log.exists() else '&immutable=1'}"
    looks = iter(range(_MOST_LOOKS))
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_CELL_BYTES)
            connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS_BETWEEN_LOOKS)
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
                connection.execute(f"PRAGMA {pragma}")
            (kind,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if kind != INBOX_FILE.application_id or version < 1:
                raise NotAnInbox(path=str(path), reason="another-kind")
            if version > INBOX_FILE.schema_version:
                raise NotAnInbox(path=str(path), reason="newer-schema")
            yield connection
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        raise NotAnInbox(path=str(path), reason="damaged") from fault


def _rows(connection: sqlite3.Connection, path: Path, table: str) -> list[tuple[Any, ...]]:
    # Views, virtual tables and generated columns would run what the file says.
    found = connection.execute("SELECT type, rootpage FROM main.sqlite_master WHERE name = ?", (table,)).fetchall()
    hidden = {name: kind for _, name, _, _, _, _, kind in connection.execute(f"PRAGMA main.table_xinfo({table})")}
    if len(found) != 1 or found[0][0] != "table" or not found[0][1] or any(hidden.get(name, 1) for name in _TABLES[table]):
        raise NotAnInbox(path=str(path), reason=table)
    columns = ", ".join(_TABLES[table])
    rows = connection.execute(f"SELECT {columns} FROM main.{table} LIMIT {MOST_ROWS + 1}").fetchall()  # noqa: S608 constants
    if len(rows) > MOST_ROWS:
        raise NotAnInbox(path=str(path), reason="size")
    return rows


def _report(row: tuple[Any, ...]) -> Slip | None:
    id_, number, site_id, seen, reported_at, vouching = row
    try:
        report = Report(site_id, Seen(seen), datetime.fromisoformat(reported_at), Vouching(vouching))
        is_good = _is_number(id_) and _is_number(number) and _SITE_ID.fullmatch(site_id) and report.reported_at.utcoffset() is not None
        return Slip(id_, number, report) if is_good and (report.seen is Seen.OPEN or vouching == Vouching.NONE) else None
    except (ValueError, TypeError, OverflowError):
        return None


def _wish(row: tuple[Any, ...]) -> WishSlip | None:
    id_, place, days, hour, made_on = row
    try:
        is_good = _is_number(id_) and _PLACE_ID.fullmatch(place) and isinstance(hour, int) and 0 <= hour <= LAST_HOUR
        return WishSlip(id_, place, WishTime(DayBand(days), hour), date.fromisoformat(made_on)) if is_good else None
    except (ValueError, TypeError):
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and 0 < value < MOST_NUMBER
