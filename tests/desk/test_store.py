import sqlite3
from contextlib import closing

import pytest

from geo_app.desk.store import open_desk
from geo_app.domain.errors import BrokenStore


def test_a_newer_desk_is_refused_clearly(tmp_path):
    path = tmp_path / "desk.sqlite"
    open_desk(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
    with pytest.raises(BrokenStore) as refusal:
        open_desk(path)
    assert refusal.value.values == {"path": str(path), "reason": "newer-schema", "version": 2, "known": 1}


@pytest.mark.parametrize(("content", "reason"), [(b"", "another-kind"), (b"no database" * 99, "damaged")])
def test_a_file_of_another_kind_is_no_desk(tmp_path, content, reason):
    path = tmp_path / "desk.sqlite"
    path.write_bytes(content)
    with pytest.raises(BrokenStore) as refusal:
        open_desk(path)
    assert refusal.value.values["reason"] == reason
    assert path.read_bytes() == content
