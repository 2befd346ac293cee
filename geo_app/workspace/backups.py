"""One backup file: copies of ledger and desk, taken while everything runs on; of who reported a door nothing is in it."""

import os
import tarfile
import tempfile
from pathlib import Path

from geo_app.desk.report_tidying import erase_reporters
from geo_app.domain.errors import BrokenStore, GeoAppError
from geo_app.ledger.sqlite import open_ledger
from geo_app.workspace.home import Home
from geo_app.workspace.workspace import Workspace


class BackupInside(GeoAppError):
    """A backup inside the data folder would go with it, or stand in a store's place. Values: `path`."""

    code = "backup-inside"


class NotABackup(GeoAppError):
    """The file is not a backup of ours, or its ledger is not whole. Values: `path`, `reason`."""

    code = "not-a-backup"


def write_backup(workspace: Workspace, path: Path) -> None:
    """Write `path` (mode 0600), whole or not at all; a file there is replaced at once. Raises `BrokenStore`, `BackupInside`."""
    if path.resolve().is_relative_to(workspace.home.folder.resolve()):
        raise BackupInside(path=str(path))
    working = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent or Path()) as folder:
            for store, name in ((workspace.ledger, "ledger.sqlite"), (workspace.desk, "desk.sqlite")):
                store.backup(Path(folder, name))
            # A backup is kept for longer than the day for which marks may live.
            erase_reporters(Path(folder, "desk.sqlite"))
            descriptor = os.open(working, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w:gz") as archive:
                for copy in sorted(Path(folder).iterdir()):
                    archive.add(copy, arcname=copy.name)
        working.replace(path)
    except OSError as fault:
        working.unlink(missing_ok=True)
        raise BrokenStore(path=str(path), reason=fault.strerror or str(fault)) from fault


def put_back(folder: Path, path: Path) -> int:
    """Put the ledger of the backup `path` in the place of the one in `folder`, while a server may run on; its newest revision's number.

    The backup's ledger is verified first. A ledger that can no longer be written into is set aside as `ledger.sqlite.damaged`.
    Raises `NotABackup`, `BrokenStore`.
    """
    home = Home(folder)
    home.prepare()
    with tempfile.TemporaryDirectory(dir=folder) as scratch, home.lock("packs"):
        copy = _unpacked(path, Path(scratch))
        ledger = open_ledger(copy)
        problems, number = ledger.verify(), ledger.head_number()
        ledger.close()
        if problems:
            raise NotABackup(path=str(path), reason=problems[0].code)
        try:
            current = open_ledger(home.ledger)
            current.replace_by(copy)
            current.close()
        except BrokenStore as fault:
            if fault.values["reason"] not in ("damaged", "another-kind"):
                raise
            _take_place(copy, home.ledger)
    return number


def _unpacked(path: Path, folder: Path) -> Path:
    try:
        with tarfile.open(path) as archive:
            archive.extract("ledger.sqlite", folder, filter="data")
    except (OSError, tarfile.TarError, KeyError) as fault:
        raise NotABackup(path=str(path), reason=str(fault)) from fault
    return folder / "ledger.sqlite"


def _take_place(copy: Path, ledger: Path) -> None:
    # A log of the damaged file beside the new one would be replayed into it.
    for suffix in ("-wal", "-shm"):
        ledger.with_name(ledger.name + suffix).unlink(missing_ok=True)
    if ledger.exists():
        ledger.replace(ledger.with_name(ledger.name + ".damaged"))
    copy.chmod(0o600)
    copy.replace(ledger)
