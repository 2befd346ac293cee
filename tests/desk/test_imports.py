import multiprocessing
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from geo_app.desk.imports import ImportNote, expire_imports, find_import, remember_import
from geo_app.desk.store import open_desk
from geo_app.domain.errors import BadArgument, BrokenStore

AT = datetime(2026, 11, 21, 11, 10, tzinfo=ZoneInfo("Asia/Seoul"))
FILE = {"file_sha256": "ab" * 32, "layer": "shelters", "source": "partners.csv"}
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def desk(tmp_path):
    with closing(open_desk(tmp_path / "desk.sqlite")) as opened:
        yield opened


def test_a_file_never_seen_is_not_found(desk):
    assert find_import(desk, **FILE) is None


def test_the_same_file_twice_is_told_with_its_revision(desk):
    remember_import(desk, **FILE, revision=7, at=AT)
    note = find_import(desk, **FILE)
    assert note == ImportNote(**FILE, revision=7, imported_at=AT)
    assert note.imported_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("other", [{"file_sha256": "cd" * 32}, {"layer": "village-jobs"}, {"source": "city.csv"}])
def test_another_file_layer_or_source_is_another_import(desk, other):
    remember_import(desk, **FILE, revision=7, at=AT)
    assert find_import(desk, **{**FILE, **other}) is None


def test_the_same_import_again_moves_its_note(desk):
    remember_import(desk, **FILE, revision=7, at=AT)
    remember_import(desk, **FILE, revision=9, at=AT + timedelta(days=1))
    assert find_import(desk, **FILE) == ImportNote(**FILE, revision=9, imported_at=AT + timedelta(days=1))
    assert expire_imports(desk, before=AT + timedelta(days=2)) == 1


def test_notes_leave_by_age_whatever_the_zone_they_were_written_in(desk):
    times = {"old": AT - timedelta(microseconds=1), "edge": AT.astimezone(UTC), "new": AT.astimezone(ZoneInfo("Asia/Tashkent"))}
    for source, at in times.items():
        remember_import(desk, **{**FILE, "source": source}, revision=1, at=at)
    assert expire_imports(desk, before=AT) == 1
    assert [source for source in times if find_import(desk, **{**FILE, "source": source})] == ["edge", "new"]
    assert expire_imports(desk, before=AT) == 0


def test_what_expired_is_gone_from_the_file_too(desk, tmp_path):
    remember_import(desk, **{**FILE, "source": "a-name-to-forget"}, revision=1, at=AT)
    desk.close()
    path = tmp_path / "desk.sqlite"
    assert b"a-name-to-forget" in path.read_bytes()
    with closing(open_desk(path)) as again:
        expire_imports(again, before=AT + timedelta(days=1))
    assert b"a-name-to-forget" not in path.read_bytes()


def test_a_time_without_its_zone_is_refused(desk):
    bare = AT.replace(tzinfo=None)
    with pytest.raises(BadArgument):
        remember_import(desk, **FILE, revision=1, at=bare)
    with pytest.raises(BadArgument):
        expire_imports(desk, before=bare)
    assert find_import(desk, **FILE) is None


def remember_many(path, first):
    with closing(open_desk(path)) as desk:
        for number in range(first, first + 25):
            remember_import(desk, **{**FILE, "source": str(number)}, revision=number, at=AT)


def test_processes_that_make_and_write_one_desk_at_once_lose_nothing(tmp_path):
    path = tmp_path / "desk.sqlite"
    writers = [FORK.Process(target=remember_many, args=(path, first)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with closing(open_desk(path)) as desk:
        assert expire_imports(desk, before=AT + timedelta(days=1)) == 75


def test_a_store_that_fails_is_a_broken_store(desk, tmp_path):
    desk.close()
    with pytest.raises(BrokenStore) as refusal:
        find_import(desk, **FILE)
    assert refusal.value.values["reason"] == "closed"
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as raw:
        raw.execute("DROP TABLE imports")
    with closing(open_desk(tmp_path / "desk.sqlite")) as again, pytest.raises(BrokenStore) as refusal:
        remember_import(again, **FILE, revision=1, at=AT)
    assert refusal.value.values["reason"] == "damaged"


def test_the_desk_is_for_its_owner_alone_and_so_is_its_backup(desk, tmp_path):
    remember_import(desk, **FILE, revision=7, at=AT)
    desk.backup(tmp_path / "backup.sqlite")
    assert {stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()} == {0o600}
    with closing(open_desk(tmp_path / "backup.sqlite")) as copy:
        assert find_import(copy, **FILE).revision == 7
