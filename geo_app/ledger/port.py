"""What a store of published facts must offer; every form of it passes `tests/ledger/test_contract.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from geo_app.domain.change import Change, Revision, RevisionDraft
from geo_app.domain.problem import Problem


class Ledger(Protocol):
    """An append-only list of revisions, numbered 1, 2, 3 … without gaps.

    Any method raises `BrokenStore` where the store itself fails (disk full, read-only, damaged, busy, closed). It may be used by
    many threads and processes at once: readers see whole revisions only.
    """

    def append(self, draft: RevisionDraft, *, expected_head: int | None = None) -> Revision:
        """The published revision, number = head + 1; all of it is on the disk when this returns, or none of it.

        Raises `StaleRevision` where `expected_head` is given and is not the head's number (0 = the ledger is empty), and
        `BadArgument` for a draft without changes, with one record twice, with a blank actor or reason, or a time without a zone.
        """

    def find_head(self) -> Revision | None:
        """The newest revision, or None while the ledger is empty."""

    def head_number(self) -> int:
        """The newest revision's number, 0 while the ledger is empty. Cheap: every worker asks it twice a second."""

    def get_revision(self, number: int) -> Revision:
        """The revision of that number. Raises `UnknownRevision`."""

    def list_revisions(self, *, after: int = 0, limit: int = 100) -> list[Revision]:
        """At most `limit` revisions with a number above `after`, oldest first. Raises `BadArgument` for a limit below 1."""

    def list_latest_revisions(self, *, before: int | None = None, limit: int = 100) -> list[Revision]:
        """At most `limit` revisions with a number below `before` (None: from the head on), newest first. Raises as `list_revisions`."""

    def list_changes(self, number: int) -> list[Change]:
        """All changes of one revision, by collection and key. Raises `UnknownRevision`."""

    def count_changes(self, number: int) -> dict[str, int]:
        """Collection → how many of its records one revision touched, by name. Reads no body. Raises `UnknownRevision`."""

    def collection_heads(self, *, at: int | None = None) -> dict[str, int]:
        """Collection → number of the last revision that touched it, as seen at revision `at` (None: now). Raises `UnknownRevision`."""

    def iter_state(self, collection: str, *, at: int | None = None) -> Iterator[tuple[str, str]]:
        """(key, body) of each published record of a collection, by key in code point order, as it was at revision `at` (None: now).

        Withdrawn records are left out; `at=0` and an unknown collection give nothing. The state is fixed when this is called:
        revisions appended while it is read do not show. Raises `UnknownRevision` at once.
        """

    def record_history(self, collection: str, key: str) -> list[tuple[int, str | None]]:
        """(revision number, body) of each change of one record, oldest first; a None body withdrew it. Empty for an unknown record."""

    def next_key_number(self, prefix: str) -> int:
        """The number after the highest one ever used in keys like `sh-000123` (prefix "sh"), over all revisions, withdrawn records too."""

    def verify(self) -> list[Problem]:
        """What no longer matches its SHA-256, by revision; empty when every row and link does. Codes: `audit.find_faults`."""

    def check(self) -> None:
        """Read the store through, past every cache. Raises `BrokenStore` where it is damaged or gone. Seconds for a large store."""

    def backup(self, path: Path) -> None:
        """Write a whole SQLite copy to `path` (mode 0600), to be opened with `sqlite.open_ledger`.

        A file there is replaced at once when the copy is done. Raises `BrokenStore`, with reason `in-use` where that file is open.
        """

    def close(self) -> None:
        """Give files and connections back; what is asked afterwards raises `BrokenStore`. Closing twice is harmless."""
