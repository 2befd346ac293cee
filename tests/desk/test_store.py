import sqlite3
from contextlib import closing

import pytest

from geo_app.desk.schema import DESK_FILE
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
