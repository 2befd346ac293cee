"""The ledger in one SQLite file (write-ahead log, synchronous=FULL): what `append` returned survives a crash of process or machine."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geo_app.domain.change import Change, Revision, RevisionDraft
from geo_app.domain.errors import BrokenLedger, BrokenStore
from geo_app.domain.problem import Problem
from geo_app.ledger.audit import find_faults
from geo_app.ledger.bounds import check_limit, check_number, resolve_at
from geo_app.ledger.schema import LEDGER_FILE
from geo_app.ledger.seal import ChangeRow, RevisionRow, check_draft, check_expected_head, load_revision, revision_row, seal_draft
from geo_app.storage.database import Database, open_database

# Records read at a time: no transaction stays open between two pages, so a slow reader holds no writer's log.
PAGE_RECORDS = 2000

# The columns in the order of `RevisionRow` and `ChangeRow`.
_REVISION = "SELECT number, actor, reason, channel, made_at, change_count, collections, previous_sha256, sha256 FROM revisions"
_CHANGE = "SELECT revision, collection, key, body, sha256 FROM changes"
_INSERT_REVISION = """
    INSERT INTO revisions (number, actor, reason, channel, made_at, change_count, collections, previous_sha256, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_CHANGE = "INSERT INTO changes (revision, collection, key, body, sha256) VALUES (?, ?, ?, ?, ?)"
_HEADS = """
    SELECT named.value, MAX(revisions.number) FROM revisions, json_each(revisions.collections) AS named
    WHERE revisions.number <= ? GROUP BY named.value ORDER BY named.value
"""
_STATE_PAGE = """
    SELECT key, body FROM changes AS latest
    WHERE collection = :collection AND key > :after AND body IS NOT NULL AND revision = (
        SELECT MAX(revision) FROM changes WHERE collection = :collection AND key = latest.key AND revision <= :at
    )
    ORDER BY key LIMIT :limit
"""
_LAST_KEY_NUMBER = """
    SELECT COALESCE(MAX(CAST(SUBSTR(key, :start) AS INTEGER)), 0) FROM changes
    WHERE collection IN (SELECT DISTINCT value FROM revisions, json_each(revisions.collections))
        AND key >= :low AND key < :high AND LENGTH(key) BETWEEN :start AND :start + 17 AND SUBSTR(key, :start) NOT GLOB '*[^0-9]*'
"""


def open_ledger(path: Path) -> "SqliteLedger":
    """The ledger at `path`, made (mode 0600) where there is none; its folder must exist. Raises `BrokenStore`."""
    return SqliteLedger(open_database(path, LEDGER_FILE))


class SqliteLedger:
    """See `port.Ledger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, draft: RevisionDraft, *, expected_head: int | None = None) -> Revision:
        """See `port.Ledger.append`."""
        check_draft(draft)
        with self._database.lend_for_writing() as connection:
            head = _find_head(connection)
            check_expected_head(expected_head, head)
            revision, rows = seal_draft(draft, head)
            connection.executemany(_INSERT_CHANGE, rows)
            connection.execute(_INSERT_REVISION, revision_row(revision))
        return revision

    def find_head(self) -> Revision | None:
        """See `port.Ledger.find_head`."""
        with self._database.lend() as connection:
            return _find_head(connection)

    def head_number(self) -> int:
        """See `port.Ledger.head_number`."""
        with self._database.lend() as connection:
            (number,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM revisions").fetchone()
        return int(number)

    def get_revision(self, number: int) -> Revision:
        """See `port.Ledger.get_revision`."""
        check_number(number, self.head_number())
        found = self._list_revisions("WHERE number = ?", number)
        if not found:
            raise BrokenLedger(revision=number, what="revision")
        return found[0]

    def list_revisions(self, *, after: int = 0, limit: int = 100) -> list[Revision]:
        """See `port.Ledger.list_revisions`."""
        check_limit(limit)
        return self._list_revisions("WHERE number > ? ORDER BY number LIMIT ?", min(max(after, 0), self.head_number()), limit)

    def list_latest_revisions(self, *, before: int | None = None, limit: int = 100) -> list[Revision]:
        """See `port.Ledger.list_latest_revisions`."""
        check_limit(limit)
        above_all = self.head_number() + 1
        top = above_all if before is None else min(max(before, 0), above_all)
        return self._list_revisions("WHERE number < ? ORDER BY number DESC LIMIT ?", top, limit)

    def list_changes(self, number: int) -> list[Change]:
        """See `port.Ledger.list_changes`."""
        check_number(number, self.head_number())
        with self._database.lend() as connection:
            # Stored by collection and key: see `seal_draft`.
            rows = connection.execute("SELECT collection, key, body FROM changes WHERE revision = ? ORDER BY id", (number,))
            return [Change(*row) for row in rows]

    def count_changes(self, number: int) -> dict[str, int]:
        """See `port.Ledger.count_changes`."""
        revision = self.get_revision(number)
        if len(revision.collections) == 1:
            return {revision.collections[0]: revision.change_count}
        with self._database.lend() as connection:
            query = "SELECT collection, COUNT(*) FROM changes WHERE revision = ? GROUP BY collection ORDER BY collection"
            return dict(connection.execute(query, (number,)).fetchall())

    def collection_heads(self, *, at: int | None = None) -> dict[str, int]:
        """See `port.Ledger.collection_heads`."""
        seen_from = resolve_at(at, self.head_number())
        with self._database.lend() as connection:
            return dict(connection.execute(_HEADS, (seen_from,)).fetchall())

    def iter_state(self, collection: str, *, at: int | None = None) -> Iterator[tuple[str, str]]:
        """See `port.Ledger.iter_state`."""
        return self._iter_state(collection, resolve_at(at, self.head_number()))

    def record_history(self, collection: str, key: str) -> list[tuple[int, str | None]]:
        """See `port.Ledger.record_history`."""
        with self._database.lend() as connection:
            query = "SELECT revision, body FROM changes WHERE collection = ? AND key = ? ORDER BY revision"
            return connection.execute(query, (collection, key)).fetchall()

    def next_key_number(self, prefix: str) -> int:
        """See `port.Ledger.next_key_number`."""
        # "." follows "-" in ASCII, so the range holds exactly the keys that begin with the prefix and a hyphen.
        bounds = {"low": f"{prefix}-", "high": f"{prefix}.", "start": len(prefix) + 2}
        with self._database.lend() as connection:
            (last,) = connection.execute(_LAST_KEY_NUMBER, bounds).fetchone()
        return int(last) + 1

    def verify(self) -> list[Problem]:
        """See `port.Ledger.verify`; a file too damaged to be read through is itself a finding."""
        try:
            with self._database.lend() as connection:
                connection.execute("BEGIN")
                findings = _list_findings(connection)
                connection.execute("COMMIT")
        except BrokenStore as fault:
            if fault.values["reason"] != "damaged":
                raise
            return [_damage(str(fault.values["detail"]))]
        return findings

    def check(self) -> None:
        """See `port.Ledger.check`."""
        self._database.check()

    def replace_by(self, copy: Path) -> None:
        """Take over the content of a backup's ledger, as one transaction. Raises `BrokenStore`."""
        self._database.replace_by(copy)

    def backup(self, path: Path) -> None:
        """See `port.Ledger.backup`."""
        self._database.backup(path)

    def close(self) -> None:
        """See `port.Ledger.close`."""
        self._database.close()

    def _list_revisions(self, condition: str, *values: int) -> list[Revision]:
        with self._database.lend() as connection:
            rows = connection.execute(f"{_REVISION} {condition}", values).fetchall()
        return [load_revision(RevisionRow(*row)) for row in rows]

    def _iter_state(self, collection: str, at: int) -> Iterator[tuple[str, str]]:
        asked = {"collection": collection, "at": at, "after": "", "limit": PAGE_RECORDS}
        while True:
            with self._database.lend() as connection:
                page = connection.execute(_STATE_PAGE, asked).fetchall()
            yield from page
            if len(page) < PAGE_RECORDS:
                return
            asked["after"] = page[-1][0]


def _find_head(connection: sqlite3.Connection) -> Revision | None:
    row = connection.execute(f"{_REVISION} ORDER BY number DESC LIMIT 1").fetchone()
    return None if row is None else load_revision(RevisionRow(*row))


def _list_findings(connection: sqlite3.Connection) -> list[Problem]:
    # The tables are read past their indexes, whose copies of a key may be sound where the row is not; integrity_check then finds
    # an index that tells something else than its table. Text that is no longer UTF-8 must not stop the reading.
    damage = [_damage(line) for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    connection.text_factory = _read_text
    try:
        revisions = map(RevisionRow._make, connection.execute(f"{_REVISION} NOT INDEXED ORDER BY number"))
        changes = map(ChangeRow._make, connection.execute(f"{_CHANGE} NOT INDEXED ORDER BY id"))
        return [*damage, *find_faults(revisions, changes)]
    finally:
        connection.text_factory = str


def _read_text(stored: bytes) -> str:
    return stored.decode(errors="backslashreplace")


def _damage(what: str) -> Problem:
    return Problem("ledger-file-damaged", details={"what": what})
