"""One SQLite file: made whole or not at all, its connections lent for a task, its copies put in place at once."""

import os
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from geo_app.domain.errors import BrokenStore
from geo_app.storage.faults import told_as_broken_store

# Longer than the slowest write we know (a revision of 100,000 records: a few seconds).
BUSY_TIMEOUT_S = 30.0
# A large import leaves a large write-ahead log; it is cut back to this at the next checkpoint.
LOG_SIZE_BYTES = 16 * 1024 * 1024
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF", f"journal_size_limit = {LOG_SIZE_BYTES}")


@dataclass(frozen=True, slots=True)
class FileKind:
    """What file it must be: SQLite's `application_id`, the newest `schema_version` we know, and the SQL that makes its tables.

    `pragmas` are set on each connection beside those that every file gets.
    """

    application_id: int
    schema_version: int
    schema: str
    pragmas: tuple[str, ...] = ()


class Database:
    """An open file. A connection serves one task at a time, on any thread; idle ones wait for the next."""

    def __init__(self, path: Path, kind: FileKind) -> None:
        self.path = path
        self._kind = kind
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_of = (0, 0)
        self._closed = False
        # SQLite's locks do not survive fork(): connections made before it must not be there after it, in neither process.
        close_idle = weakref.WeakMethod(self._close_idle)
        os.register_at_fork(before=lambda: (close_now := close_idle()) and close_now())

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """A connection for one task. One that saw a fault is closed, which rolls back, instead of being lent again."""
        with told_as_broken_store(self.path):
            connection = self._take()
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
            self._give_back(connection)

    @contextmanager
    def lend_for_writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction that holds the write lock from its start; committed at the end, or nothing of it stays."""
        with self.lend() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def backup(self, path: Path) -> None:
        """A whole copy at `path`, mode 0600, put in place at once. Raises `BrokenStore`, also where the file there is in use."""
        if self._closed:
            raise BrokenStore(path=str(self.path), reason="closed")
        with told_as_broken_store(path), _draft_beside(path) as draft:
            with closing(self._connect()) as source, closing(sqlite3.connect(draft)) as target:
                source.backup(target)
                # A log beside the file to be replaced would be replayed into the copy; our own file always has one now.
                if _log_of(path).exists():
                    raise BrokenStore(path=str(path), reason="in-use")
            _sync(draft)
            draft.replace(path)
            _sync(path.parent)

    def check(self) -> None:
        """Read the file through on a connection of its own, past every cache. Raises `BrokenStore` where it is damaged or gone."""
        with told_as_broken_store(self.path), closing(self._connect()) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise BrokenStore(path=str(self.path), reason="damaged", detail=str(verdict))

    def replace_by(self, copy: Path) -> None:
        """Put the content of `copy` (made by `backup`) in the place of this file's, as one transaction that readers see whole.

        Raises `BrokenStore`, with reason `damaged` where this file is no longer one that can be written into.
        """
        with told_as_broken_store(self.path), closing(self._connect()) as target, closing(sqlite3.connect(copy)) as source:
            target.execute("PRAGMA schema_version")
            source.backup(target)

    def close(self) -> None:
        """Close what is idle now, and what is lent when it comes back."""
        self._closed = True
        self._close_idle()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise BrokenStore(path=str(self.path), reason="closed")
            # Another file under our name (somebody put a backup back): what was read of the old one must not be told on.
            identity = self._identity()
            if identity != self._idle_of:
                self._idle_of = identity
                while self._idle:
                    self._idle.pop().close()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _identity(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError as fault:
            raise BrokenStore(path=str(self.path), reason="cannot-open", detail=str(fault)) from fault
        return found.st_dev, found.st_ino

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a file that went away is a fault, not a reason to begin an empty one in silence.
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        for pragma in (*_PRAGMAS, *self._kind.pragmas):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _close_idle(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().close()


def open_database(path: Path, kind: FileKind) -> Database:
    """The file at `path`, made (mode 0600) where there is none. Its folder must exist. Raises `BrokenStore`."""
    with told_as_broken_store(path):
        if not path.exists():
            _create(path, kind)
    database = Database(path, kind)
    with database.lend() as connection:
        _check_kind(connection, path, kind)
        connection.execute("PRAGMA journal_mode = WAL")
    return database


def _check_kind(connection: sqlite3.Connection, path: Path, kind: FileKind) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application_id != kind.application_id or version < 1:
        raise BrokenStore(path=str(path), reason="another-kind")
    if version > kind.schema_version:
        raise BrokenStore(path=str(path), reason="newer-schema", version=version, known=kind.schema_version)


def _create(path: Path, kind: FileKind) -> None:
    """Made complete beside its place, then linked to it: no process ever meets a half-made file, and the first of two makers wins."""
    with _draft_beside(path) as draft:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(kind.schema)
            connection.execute(f"PRAGMA application_id = {kind.application_id}")
            connection.execute(f"PRAGMA user_version = {kind.schema_version}")
        _sync(draft)
        with suppress(FileExistsError):
            os.link(draft, path)
        _sync(path.parent)


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    """A new file, mode 0600, in the folder of `path`; what is left of it is removed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
