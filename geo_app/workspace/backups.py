"""One backup file: whole copies of ledger and desk, taken while everything runs on."""

import os
import tarfile
import tempfile
from pathlib import Path

from geo_app.domain.errors import BrokenStore
from geo_app.workspace.workspace import Workspace


def write_backup(workspace: Workspace, path: Path) -> None:
    """Write `path` (mode 0600), whole or not at all; a file there is replaced at once. Raises `BrokenStore`."""
    working = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent or Path()) as folder:
            for store, name in ((workspace.ledger, "ledger.sqlite"), (workspace.desk, "desk.sqlite")):
                store.backup(Path(folder, name))
            descriptor = os.open(working, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w:gz") as archive:
                for copy in sorted(Path(folder).iterdir()):
                    archive.add(copy, arcname=copy.name)
        working.replace(path)
    except OSError as fault:
        working.unlink(missing_ok=True)
        raise BrokenStore(path=str(path), reason=fault.strerror or str(fault)) from fault
