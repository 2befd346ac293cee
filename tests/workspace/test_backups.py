"""A backup is two whole stores in one private file."""

import stat
import tarfile

from geo_app.ledger.sqlite import open_ledger
from geo_app.workspace.backups import write_backup


def test_a_backup_opens_and_verifies(workspace, tmp_path):
    target = tmp_path / "backup.tar.gz"
    write_backup(workspace, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with tarfile.open(target) as archive:
        archive.extractall(tmp_path / "out", filter="data")
    ledger = open_ledger(tmp_path / "out" / "ledger.sqlite")
    assert ledger.head_number() == workspace.ledger.head_number()
    assert ledger.verify() == []
    ledger.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
