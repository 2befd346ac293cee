"""Every way a file can fail, told as `BrokenStore` with a stable reason; no raw SQLite or system error leaves the room."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_app.domain.errors import BrokenStore

_SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-fault",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot-open",
    sqlite3.SQLITE_PERM: "no-permission",
    sqlite3.SQLITE_AUTH: "no-permission",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_ERROR: "damaged",  # our statements are fixed, so "no such table" means a damaged schema
    sqlite3.SQLITE_CONSTRAINT: "refused",
}
_SYSTEM_REASONS = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EROFS: "read-only",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ENOENT: "missing-folder",
    errno.ENOTDIR: "missing-folder",
}


@contextmanager
def told_as_broken_store(path: Path) -> Iterator[None]:
    """Errors of SQLite and the system inside the block become `BrokenStore` (values: `path`, `reason`, `detail`).

    Reasons: busy, disk-full, disk-fault, read-only, no-permission, cannot-open, missing-folder, damaged, refused; and from
    elsewhere in this room: closed, in-use, newer-schema, another-kind.
    """
    try:
        yield
    except sqlite3.Error as fault:
        raise BrokenStore(path=str(path), reason=_sqlite_reason(fault), detail=str(fault)) from fault
    except UnicodeDecodeError as fault:
        # A damaged schema is quoted in SQLite's own message, which then is no longer text.
        raise BrokenStore(path=str(path), reason="damaged", detail=str(fault)) from fault
    except OSError as fault:
        reason = _SYSTEM_REASONS.get(fault.errno or 0, "disk-fault")
        raise BrokenStore(path=str(path), reason=reason, detail=str(fault)) from fault


def _sqlite_reason(fault: sqlite3.Error) -> str:
    # The low byte is the primary code. Text that is no longer UTF-8 raises without any code.
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return _SQLITE_REASONS.get(code & 0xFF, "disk-fault")
