"""Which files have been imported already, so that the same file twice is told as such."""

from dataclasses import dataclass
from datetime import datetime

from geo_app.desk.store import Desk
from geo_app.desk.times import utc_text

_REMEMBER = """
    INSERT INTO imports (file_sha256, layer, source, revision, imported_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET revision = excluded.revision, imported_at = excluded.imported_at
"""
_FIND = "SELECT file_sha256, layer, source, revision, imported_at FROM imports WHERE file_sha256 = ? AND layer = ? AND source = ?"


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A file (hex SHA-256 of its bytes) was imported into a layer, as that source, by that ledger revision; `imported_at` is in UTC."""

    file_sha256: str
    layer: str
    source: str
    revision: int
    imported_at: datetime


def remember_import(desk: Desk, *, file_sha256: str, layer: str, source: str, revision: int, at: datetime) -> None:
    """Note an import; the same file into the same layer again moves its note to the newer revision and time.

    Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    with desk.lend_for_writing() as connection:
        connection.execute(_REMEMBER, (file_sha256, layer, source, revision, utc_text(at)))


def find_import(desk: Desk, *, file_sha256: str, layer: str, source: str) -> ImportNote | None:
    """The last import of that very file into that layer as that source, or None. Raises `BrokenStore`.

    Whether its records still stand is another question: a later revision may have changed them.
    """
    with desk.lend() as connection:
        row = connection.execute(_FIND, (file_sha256, layer, source)).fetchone()
    if row is None:
        return None
    return ImportNote(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]))


def expire_imports(desk: Desk, *, before: datetime) -> int:
    """How many notes older than `before` were erased. Raises `BadArgument` for a time without a zone, `BrokenStore`."""
    oldest_kept = utc_text(before)
    with desk.lend_for_writing() as connection:
        return connection.execute("DELETE FROM imports WHERE imported_at < ?", (oldest_kept,)).rowcount
