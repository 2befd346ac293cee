"""What is served outside while files come and go."""

import json
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from workspace.made_streets import made_town, publish_streets
from workspace.test_publishing import AT, record

from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import UnknownRevision
from geo_app.domain.record import canonical_json
from geo_app.snapshot.street_pack import STREETS
from geo_app.workspace.public_room import PublicHasLedger, PublicRoom
from geo_app.workspace.published_manifest import PublishedByAnother, PublishedMissing
from geo_app.workspace.published_snapshot import NewestOnly
from geo_app.workspace.publisher_key import SigningKey
from geo_app.workspace.publishing import public_key, publish_file
from geo_app.workspace.workspace import Workspace

SWAP_SECONDS = 10  # two are promised on an idle machine; a test waits longer on a busy one


@pytest.fixture
def outside(workspace, tmp_path):
    """A room over a published file, with its keeper watching."""
    publish_file(workspace, tmp_path / "file.zip", at=AT)
    room = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    room.load_snapshot()
    room.keeper.watch()
    yield room
    room.close()


def rename(workspace, name):
    changed = Change("shelters", "sh-000001", canonical_json(record(workspace, name=name)))
    return workspace.publish([changed], actor="test", reason="test", channel=Channel.OPERATOR, at=AT)


def bring(path: Path, to: Path):
    """As a copy is mostly brought: beside it, then renamed."""
    beside = to.with_name("beside.zip")
    shutil.copyfile(path, beside)
    beside.replace(to)


def wait_for(condition):
    end = time.monotonic() + SWAP_SECONDS
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def refusal_of(room):
    return None if room.keeper.refusal is None else room.keeper.refusal.code


def name_of(room):
    return room.keeper.current.layers["shelters"].get_feature("sh-000001")["properties"]["name"]


def test_a_newer_file_is_swapped_whole_and_what_did_not_change_stays_the_same_object(workspace, outside, tmp_path):
    before = outside.keeper.current
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "new.zip", at=AT + timedelta(hours=1))
    bring(tmp_path / "new.zip", tmp_path / "file.zip")
    wait_for(lambda: outside.keeper.current.number == 4)
    after = outside.keeper.current
    assert name_of(outside) == "새 이름"
    assert [name for name in after.layers if after.layers[name] is not before.layers[name]] == ["shelters"]
    assert [note.number for note in after.history] == [4, 3, 2, 1]
    assert outside.keeper.refusal is None


def test_a_file_that_grows_while_it_is_copied_is_taken_over_when_it_is_whole(workspace, outside, tmp_path):
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "new.zip", at=AT + timedelta(hours=1))
    data = (tmp_path / "new.zip").read_bytes()
    with (tmp_path / "file.zip").open("wb") as stream:
        for start in range(0, len(data), len(data) // 8):
            stream.write(data[start : start + len(data) // 8])
            stream.flush()
            time.sleep(0.1)
            assert name_of(outside) != "새 이름" or start + len(data) // 8 >= len(data)
    wait_for(lambda: name_of(outside) == "새 이름" and outside.keeper.refusal is None)


def test_an_older_a_broken_and_a_missing_file_are_refused_and_the_last_good_one_is_served(workspace, outside, tmp_path):
    shutil.copyfile(tmp_path / "file.zip", tmp_path / "old.zip")
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "new.zip", at=AT + timedelta(hours=1))
    bring(tmp_path / "new.zip", tmp_path / "file.zip")
    wait_for(lambda: name_of(outside) == "새 이름")

    bring(tmp_path / "old.zip", tmp_path / "file.zip")
    wait_for(lambda: outside.keeper.refusal is not None)
    assert (outside.keeper.refusal.code, outside.keeper.refusal.values["served"]) == ("published-older", 4)

    broken = bytearray((tmp_path / "new.zip").read_bytes())
    broken[len(broken) // 2] ^= 1
    (tmp_path / "broken.zip").write_bytes(broken)
    bring(tmp_path / "broken.zip", tmp_path / "file.zip")
    wait_for(lambda: refusal_of(outside) == "published-altered")

    (tmp_path / "file.zip").unlink()
    wait_for(lambda: refusal_of(outside) == "published-missing")
    assert (name_of(outside), outside.keeper.fault) == ("새 이름", None)

    bring(tmp_path / "new.zip", tmp_path / "file.zip")
    wait_for(lambda: outside.keeper.refusal is None)


def test_after_a_restart_the_older_file_is_still_refused(workspace, outside, tmp_path):
    shutil.copyfile(tmp_path / "file.zip", tmp_path / "old.zip")
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "file.zip", at=AT + timedelta(hours=1))
    wait_for(lambda: name_of(outside) == "새 이름")
    outside.close()
    bring(tmp_path / "old.zip", tmp_path / "file.zip")
    again = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    assert again.load_snapshot().number == 4
    assert again.keeper.refusal.code == "published-older"
    again.close()


def test_a_ledger_put_back_from_a_backup_publishes_a_lower_number_that_is_newer(workspace, tmp_path, demo_template, outside):
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "file.zip", at=AT + timedelta(hours=1))
    wait_for(lambda: outside.keeper.current.number == 4)
    restored = Workspace(Path(shutil.copytree(demo_template, tmp_path / "restored")))
    for name in ("publish.key", "publish.serial"):
        shutil.copyfile(workspace.home.folder / name, restored.home.folder / name)
    publish_file(restored, tmp_path / "file.zip", at=AT)
    restored.close()
    wait_for(lambda: outside.keeper.current.number == 3)


def test_a_second_worker_serves_what_the_first_unpacked_and_says_the_same(workspace, outside, tmp_path):
    second = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    second.keeper.watch()
    (tmp_path / "bad.zip").write_bytes(b"nothing" * 40)
    bring(tmp_path / "bad.zip", tmp_path / "file.zip")
    wait_for(lambda: all(room.keeper.refusal is not None for room in (outside, second)))
    assert outside.keeper.refusal.code == second.keeper.refusal.code == "published-not-whole"
    rename(workspace, "새 이름")
    publish_file(workspace, tmp_path / "file.zip", at=AT + timedelta(hours=1))
    wait_for(lambda: name_of(outside) == name_of(second) == "새 이름")
    assert len([path for path in (tmp_path / "out" / "published").iterdir() if path.is_dir()]) == 2
    second.close()


def test_what_was_damaged_on_the_disk_is_unpacked_again_from_the_file(workspace, outside, tmp_path):
    outside.close()
    (folder,) = [path for path in (tmp_path / "out" / "published").iterdir() if path.is_dir()]
    (folder / "documents.json").write_bytes(b"{}")
    again = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    again.keeper.watch()  # without the look at the start that `geo-app serve` takes
    wait_for(lambda: again.keeper.current is not None)
    assert again.keeper.current.documents["district"]
    assert again.keeper.fault is None
    again.close()


def test_a_new_key_of_the_office_counts_from_the_start_that_names_it(workspace, outside, tmp_path):
    outside.close()
    (workspace.home.folder / "publish.key").unlink()
    (workspace.home.folder / "publish.serial").unlink()
    publish_file(workspace, tmp_path / "file.zip", at=AT - timedelta(days=900))
    stubborn = PublicRoom(tmp_path / "out", tmp_path / "file.zip", outside.keeper._key)
    assert stubborn.load_snapshot().number == 3
    assert stubborn.keeper.refusal.code == "published-by-another"
    stubborn.close()
    told = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    told.load_snapshot()
    assert told.keeper.refusal is None
    told.close()


def test_nothing_is_served_where_no_good_file_was_ever_there(workspace, tmp_path):
    room = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    with pytest.raises(PublishedMissing):
        room.load_snapshot()
    publish_file(workspace, tmp_path / "file.zip", at=AT)
    room.close()
    room = PublicRoom(tmp_path / "out", tmp_path / "file.zip", SigningKey(b"x" * 32).public)
    with pytest.raises(PublishedByAnother):
        room.load_snapshot()
    room.close()


@pytest.mark.parametrize("store", ["ledger.sqlite", "desk.sqlite", "secret"])
def test_a_folder_of_an_office_is_left_alone(workspace, tmp_path, store):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / store).write_bytes(b"")
    with pytest.raises(PublicHasLedger) as refusal:
        PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    assert refusal.value.values["found"] == store
    assert [path.name for path in (tmp_path / "out").iterdir()] == [store]


def test_the_data_folder_outside_holds_no_store_of_the_office(outside, tmp_path):
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names <= {"inbox.sqlite", "inbox.sqlite-wal", "inbox.sqlite-shm", "published", "published.lock", "reports.lock"}
    assert json.loads((tmp_path / "out" / "published" / "verdict.json").read_text(encoding="utf-8")).keys() == {"identity"}


def test_the_streets_come_along(workspace, tmp_path):
    publish_streets(workspace, made_town())
    publish_file(workspace, tmp_path / "file.zip", at=AT)
    room = PublicRoom(tmp_path / "out", tmp_path / "file.zip", public_key(workspace))
    inside, snapshot = workspace.load_snapshot(), room.load_snapshot()
    assert snapshot.streets.digest == inside.streets.digest
    assert dict(snapshot.streets_meta) == dict(inside.streets_meta)
    assert STREETS in room.keeper._manifest.packs
    room.close()


def test_documents_are_as_old_outside_as_inside(workspace, outside):
    inside, snapshot = workspace.load_snapshot(), outside.keeper.current
    assert snapshot.document_stamp("indicators") == inside.document_stamp("indicators")
    assert snapshot.document_stamp("indicators").revision == 1 < snapshot.number


def test_of_revisions_only_the_published_one_can_be_asked_for(outside):
    newest = outside.keeper.current
    assert NewestOnly().load(3, newest) is newest
    with pytest.raises(UnknownRevision) as refusal:
        NewestOnly().load(2, newest)
    assert refusal.value.values == {"revision": 2, "head": 3}
