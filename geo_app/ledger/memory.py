"""A ledger in memory: the plainest reading of the port, for tests and rehearsals. It passes the same contract as the real one."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import RLock

from geo_app.domain.change import Change, Revision, RevisionDraft
from geo_app.domain.errors import BrokenStore
from geo_app.domain.problem import Problem
from geo_app.ledger.audit import find_faults
from geo_app.ledger.bounds import check_limit, check_number, resolve_at
from geo_app.ledger.seal import ChangeRow, check_draft, check_expected_head, revision_row, seal_draft
from geo_app.ledger.sqlite import open_ledger


class MemoryLedger:
    """See `port.Ledger`; everything is gone when it is closed."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._closed = False
        self._revisions: list[Revision] = []
        self._rows: list[list[ChangeRow]] = []

    def append(self, draft: RevisionDraft, *, expected_head: int | None = None) -> Revision:
        """See `port.Ledger.append`."""
        check_draft(draft)
        with self._lock:
            head = self.find_head()
            check_expected_head(expected_head, head)
            revision, rows = seal_draft(draft, head)
            self._rows.append(rows)
            self._revisions.append(revision)
        return revision

    def find_head(self) -> Revision | None:
        """See `port.Ledger.find_head`."""
        revisions = self._open_revisions()
        return revisions[-1] if revisions else None

    def head_number(self) -> int:
        """See `port.Ledger.head_number`."""
        return len(self._open_revisions())

    def get_revision(self, number: int) -> Revision:
        """See `port.Ledger.get_revision`."""
        check_number(number, self.head_number())
        return self._revisions[number - 1]

    def list_revisions(self, *, after: int = 0, limit: int = 100) -> list[Revision]:
        """See `port.Ledger.list_revisions`."""
        check_limit(limit)
        return [revision for revision in self._open_revisions() if revision.number > after][:limit]

    def list_latest_revisions(self, *, before: int | None = None, limit: int = 100) -> list[Revision]:
        """See `port.Ledger.list_latest_revisions`."""
        check_limit(limit)
        return [revision for revision in reversed(self._open_revisions()) if before is None or revision.number < before][:limit]

    def list_changes(self, number: int) -> list[Change]:
        """See `port.Ledger.list_changes`."""
        check_number(number, self.head_number())
        return [Change(row.collection, row.key, row.body) for row in self._rows[number - 1]]

    def count_changes(self, number: int) -> dict[str, int]:
        """See `port.Ledger.count_changes`."""
        return dict(sorted(Counter(change.collection for change in self.list_changes(number)).items()))

    def collection_heads(self, *, at: int | None = None) -> dict[str, int]:
        """See `port.Ledger.collection_heads`."""
        seen = self._revisions[: resolve_at(at, self.head_number())]
        return {name: revision.number for revision in seen for name in revision.collections}

    def iter_state(self, collection: str, *, at: int | None = None) -> Iterator[tuple[str, str]]:
        """See `port.Ledger.iter_state`."""
        seen = self._rows[: resolve_at(at, self.head_number())]
        state = {row.key: row.body for rows in seen for row in rows if row.collection == collection}
        return iter([(key, body) for key, body in sorted(state.items()) if body is not None])

    def record_history(self, collection: str, key: str) -> list[tuple[int, str | None]]:
        """See `port.Ledger.record_history`."""
        self._open_revisions()
        return [(row.revision, row.body) for row in self._iter_rows() if (row.collection, row.key) == (collection, key)]

    def next_key_number(self, prefix: str) -> int:
        """See `port.Ledger.next_key_number`."""
        self._open_revisions()
        numbered = re.compile(re.escape(prefix) + r"-([0-9]{1,18})")
        found = (numbered.fullmatch(row.key) for row in self._iter_rows())
        return 1 + max((int(match[1]) for match in found if match), default=0)

    def verify(self) -> list[Problem]:
        """See `port.Ledger.verify`."""
        return find_faults(map(revision_row, self._open_revisions()), self._iter_rows())

    def check(self) -> None:
        """See `port.Ledger.check`: there is no file that could be damaged."""
        self._open_revisions()

    def backup(self, path: Path) -> None:
        """See `port.Ledger.backup`. The revisions are told again to a SQLite ledger, which seals them to the same SHA-256."""
        with tempfile.TemporaryDirectory() as folder, closing(open_ledger(Path(folder) / "ledger.sqlite")) as copy:
            for revision in list(self._open_revisions()):
                changes = self.list_changes(revision.number)
                copy.append(RevisionDraft(revision.actor, revision.reason, revision.channel, revision.made_at, changes))
            copy.backup(path)

    def close(self) -> None:
        """See `port.Ledger.close`."""
        self._closed = True

    def _open_revisions(self) -> list[Revision]:
        if self._closed:
            raise BrokenStore(path=":memory:", reason="closed")
        return self._revisions

    def _iter_rows(self) -> Iterator[ChangeRow]:
        return (row for rows in list(self._rows) for row in rows)
