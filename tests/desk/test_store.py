import sqlite3
from contextlib import closing

import pytest

from geo_app.desk.schema import DESK_FILE, STEPS
from geo_app.desk.store import open_desk
from geo_app.domain.errors import BrokenStore


def test_a_newer_desk_is_refused_clearly(tmp_path):
    path = tmp_path / "desk.sqlite"
    open_desk(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {DESK_FILE.schema_version + 1}")
    with pytest.raises(BrokenStore) as refusal:
        open_desk(path)
    assert refusal.value.values == {
        "path": str(path),
        "reason": "newer-schema",
        "version": DESK_FILE.schema_version + 1,
        "known": DESK_FILE.schema_version,
    }


@pytest.mark.parametrize(("content", "reason"), [(b"", "another-kind"), (b"no database" * 99, "damaged")])
def test_a_file_of_another_kind_is_no_desk(tmp_path, content, reason):
    path = tmp_path / "desk.sqlite"
    path.write_bytes(content)
    with pytest.raises(BrokenStore) as refusal:
        open_desk(path)
    assert refusal.value.values["reason"] == reason
    assert path.read_bytes() == content


def tables_of(path):
    with closing(sqlite3.connect(path)) as raw:
        return dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_a_desk_of_any_earlier_version_is_brought_up_to_date(tmp_path, version):
    path, new = tmp_path / "desk.sqlite", tmp_path / "new.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        for statement in (statement for step in STEPS[:version] for statement in step):
            raw.execute(statement)
        raw.execute(f"PRAGMA application_id = {DESK_FILE.application_id}")
        raw.execute(f"PRAGMA user_version = {version}")
        raw.commit()
    open_desk(path).close()
    open_desk(new).close()
    assert tables_of(path) == tables_of(new)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (DESK_FILE.schema_version,)
