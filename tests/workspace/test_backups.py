"""A backup is two whole stores in one private file."""

import stat
import tarfile
from datetime import UTC, datetime

import pytest

from geo_app.ledger.sqlite import open_ledger
from geo_app.workspace.backups import BackupInside, NotABackup, put_back, write_backup
from geo_app.workspace.founding import remove_samples
from geo_app.workspace.workspace import Workspace


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


def test_a_backup_never_stands_in_a_stores_place(workspace):
    with pytest.raises(BackupInside):
        write_backup(workspace, workspace.home.ledger)
    assert workspace.ledger.verify() == []


def test_a_backup_put_back_is_seen_by_who_is_watching(workspace, tmp_path):
    write_backup(workspace, tmp_path / "b.tar.gz")
    before = workspace.keeper.current.layers["shelters"].ready["identity"].etag
    remove_samples(workspace, actor="t", reason="x", at=datetime.now(UTC))
    workspace.keeper.refresh()
    assert workspace.keeper.current.sample_count == 0
    assert put_back(workspace.home.folder, tmp_path / "b.tar.gz") == 3
    assert workspace.keeper.refresh() is True
    assert workspace.keeper.current.number == 3
    assert workspace.keeper.current.layers["shelters"].ready["identity"].etag == before


def test_after_a_backup_the_same_number_may_be_another_revision(workspace, tmp_path):
    write_backup(workspace, tmp_path / "b.tar.gz")
    remove_samples(workspace, actor="t", reason="x", at=datetime.now(UTC))
    workspace.keeper.refresh()
    put_back(workspace.home.folder, tmp_path / "b.tar.gz")
    from geo_app.domain.change import Change, Channel

    change = Change("shelters", "sh-000001", None)
    assert workspace.publish([change], actor="t", reason="y", channel=Channel.OPERATOR, at=datetime.now(UTC)).number == 4
    workspace.keeper.refresh()
    assert workspace.keeper.current.sample_count == 92
    assert "sh-000001" not in workspace.keeper.current.layers["shelters"].ids


@pytest.mark.parametrize("damage", ["header", "gone", "pages"])
def test_a_damaged_ledger_is_told_and_a_backup_mends_it(workspace, tmp_path, damage):
    write_backup(workspace, tmp_path / "b.tar.gz")
    workspace.keeper._look(is_check=True)
    assert workspace.keeper.fault is None
    path = workspace.home.ledger
    if damage == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        start, end = (0, 100) if damage == "header" else (8192, len(data))
        data[start:end] = b"x" * (end - start)
        path.write_bytes(data)
    workspace.keeper._look(is_check=True)
    assert workspace.keeper.fault is not None
    assert workspace.keeper.current is not None
    put_back(workspace.home.folder, tmp_path / "b.tar.gz")
    workspace.keeper._look(is_check=True)
    assert workspace.keeper.fault is None
    again = Workspace(workspace.home.folder)
    assert again.ledger.verify() == []
    again.close()


def test_what_is_no_backup_changes_nothing(workspace, tmp_path):
    (tmp_path / "x.tar.gz").write_bytes(b"no archive")
    with pytest.raises(NotABackup):
        put_back(workspace.home.folder, tmp_path / "x.tar.gz")
    assert workspace.ledger.head_number() == 3
