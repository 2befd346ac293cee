"""Publishing, restoring, samples, and what a worker sees of it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta

import pytest
from shapely.geometry import Point

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import StaleRevision, UnknownRevision
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Precision, Provenance
from geo_app.domain.site import SiteDraft
from geo_app.workspace.founding import find_district_folder, found_district, remove_samples, sample_ids
from geo_app.workspace.home import Home, NotFounded
from geo_app.workspace.workspace import Workspace

AT = datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL)


def shelter(name="새 쉼터", lon=126.8161, lat=35.1541, key="new-1"):
    return SiteDraft("shelters", name, Provenance("test", key), kind="cafe", precision=Precision.ADDRESS, geometry=Point(lon, lat))


def publish(workspace, *drafts):
    changes = list(workspace.new_changes(LAYERS["shelters"], drafts))
    return workspace.publish(changes, actor="tester", reason="test", channel=Channel.OPERATOR, at=AT)


def test_a_published_place_is_in_the_next_snapshot_with_a_new_id(workspace):
    before = set(workspace.keeper.current.layers["shelters"].ids)
    publish(workspace, shelter())
    assert workspace.keeper.refresh() is True
    layer = workspace.keeper.current.layers["shelters"]
    (new_id,) = set(layer.ids) - before
    assert new_id == f"sh-{len(before) + 1:06d}"
    feature = layer.get_feature(new_id)
    assert feature["properties"]["name"] == "새 쉼터"
    assert feature["properties"]["dong"] == "우산동"
    assert layer.index.nearest(126.8161, 35.1541, 1)[0].id == new_id


def test_an_untouched_layer_keeps_its_very_objects(workspace):
    before = workspace.keeper.current
    publish(workspace, shelter())
    workspace.keeper.refresh()
    after = workspace.keeper.current
    assert after.layers["dongs"] is before.layers["dongs"]
    assert after.layers["village-jobs"] is before.layers["village-jobs"]
    assert after.layers["shelters"] is not before.layers["shelters"]


def test_an_id_is_never_used_again(workspace):
    publish(workspace, shelter())
    workspace.keeper.refresh()
    last = workspace.keeper.current.layers["shelters"].ids[-1]
    workspace.publish([Change("shelters", last, None)], actor="t", reason="gone", channel=Channel.OPERATOR, at=AT)
    publish(workspace, shelter(key="new-2"))
    workspace.keeper.refresh()
    ids = workspace.keeper.current.layers["shelters"].ids
    assert last not in ids
    assert ids[-1] == f"sh-{int(last[3:]) + 1:06d}"


def test_a_layer_frozen_again_has_equal_bytes(workspace):
    held = workspace.keeper.current.layers["shelters"].ready
    shutil.rmtree(workspace.home.packs)
    workspace.home.packs.mkdir()
    again = Workspace(workspace.home.folder)
    assert {coding: ready.etag for coding, ready in again.load_snapshot().layers["shelters"].ready.items()} == {
        coding: ready.etag for coding, ready in held.items()
    }
    again.close()


def test_samples_are_removed_by_one_revision_and_real_places_stay(workspace):
    real = {name: layer.meta.real for name, layer in workspace.keeper.current.layers.items()}
    revision = remove_samples(workspace, actor="t", reason="going public", at=AT)
    assert revision.change_count == 38 + 8 + 37 + 6 + 3
    workspace.keeper.refresh()
    assert workspace.keeper.current.sample_count == 0
    assert {name: layer.meta.real for name, layer in workspace.keeper.current.layers.items()} == real
    assert remove_samples(workspace, actor="t", reason="again", at=AT) is None


def test_restoring_goes_back_by_a_new_revision(workspace):
    before = {name: layer.ready["identity"].data.split(b'"features"')[1] for name, layer in workspace.keeper.current.layers.items()}
    head = workspace.ledger.head_number()
    publish(workspace, shelter())
    remove_samples(workspace, actor="t", reason="x", at=AT)
    revision = workspace.restore(head, actor="t", reason="back", at=AT + timedelta(minutes=1))
    assert revision.number == head + 3
    workspace.keeper.refresh()
    after = {name: layer.ready["identity"].data.split(b'"features"')[1] for name, layer in workspace.keeper.current.layers.items()}
    assert after == before
    assert workspace.restore(revision.number, actor="t", reason="nothing", at=AT) is None
    with pytest.raises(UnknownRevision):
        workspace.restore(999, actor="t", reason="x", at=AT)


def test_somebody_who_wrote_first_is_not_overwritten(workspace):
    from geo_app.domain.change import RevisionDraft

    head = workspace.ledger.head_number()
    publish(workspace, shelter())
    with pytest.raises(StaleRevision):
        workspace.publish_draft(
            RevisionDraft("t", "late", Channel.OPERATOR, AT, [Change("shelters", "sh-000001", None)]), expected_head=head
        )


def test_a_watching_keeper_takes_over_what_another_process_publishes(workspace):
    workspace.keeper.watch()
    command = (
        "import sys; from pathlib import Path; from geo_app.workspace.workspace import Workspace;"
        "from geo_app.workspace.founding import remove_samples; from datetime import datetime, UTC;"
        "remove_samples(Workspace(Path(sys.argv[1])), actor='t', reason='x', at=datetime.now(UTC))"
    )
    subprocess.run([sys.executable, "-c", command, str(workspace.home.folder)], check=True)
    end = time.monotonic() + 20
    while workspace.keeper.current.sample_count and time.monotonic() < end:
        time.sleep(0.05)
    assert workspace.keeper.current.sample_count == 0


def test_a_worker_freezes_layers_itself_when_the_publisher_died(workspace):
    publish(workspace, shelter())
    for folder in workspace.home.packs.iterdir():
        if folder.name.startswith("shelters"):
            shutil.rmtree(folder)
    assert workspace.keeper.refresh() is True
    assert "새 쉼터" in str(workspace.keeper.current.layers["shelters"].ready["identity"].data.decode())


def test_while_a_publisher_holds_the_lock_a_worker_keeps_what_it_has(workspace):
    held = workspace.keeper.current
    publish(workspace, shelter())
    shutil.rmtree(workspace.home.packs)
    workspace.home.packs.mkdir()
    with workspace.home.lock("packs"):
        assert workspace.keeper.refresh() is False
    assert workspace.keeper.current is held
    assert workspace.keeper.refresh() is True


def test_a_publisher_killed_while_it_freezes_leaves_nothing_half_written(demo_home):
    command = (
        "import sys, os, signal; from pathlib import Path; import geo_app.snapshot.pack as pack;"
        "pack.layer_lines = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        "from geo_app.workspace.workspace import Workspace; from geo_app.workspace.founding import remove_samples;"
        "from datetime import datetime, UTC;"
        "remove_samples(Workspace(Path(sys.argv[1])), actor='t', reason='x', at=datetime.now(UTC))"
    )
    done = subprocess.run([sys.executable, "-c", command, str(demo_home)], check=False)
    assert done.returncode == -signal.SIGKILL
    opened = Workspace(demo_home)
    assert opened.load_snapshot().sample_count == 0
    assert opened.ledger.verify() == []
    opened.close()


def test_the_data_folder_is_for_its_owner_only(demo_home):
    home = Home(demo_home)
    assert stat.S_IMODE(home.secret.stat().st_mode) == 0o600
    assert len(home.secret.read_text()) == 64
    for path in (home.ledger, home.desk):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_founding_twice_changes_nothing(demo_home):
    from geo_app.assets import find_assets

    secret = Home(demo_home).secret.read_text()
    assert found_district(demo_home, find_assets("data") / "gwangsan", at=AT, with_samples=True) == []
    assert Home(demo_home).secret.read_text() == secret


def test_a_district_founded_without_samples_holds_only_real_places(tmp_path):
    from geo_app.assets import find_assets

    found_district(tmp_path / "i", find_assets("data") / "gwangsan", at=AT, with_samples=False)
    opened = Workspace(tmp_path / "i")
    assert sample_ids(opened) == []
    snapshot = opened.load_snapshot()
    assert len(snapshot.layers["dongs"]) == 21
    assert len(snapshot.layers["legal-dongs"]) == 79
    assert len(snapshot.layers["industrial-complexes"]) == 8
    opened.close()


def test_the_demo_has_the_counts_that_were_announced(demo_workspace):
    layers = demo_workspace.load_snapshot().layers
    partners = [layers["shelters"].feature(n)["properties"] for n in range(len(layers["shelters"]))]
    dalgona = [item for item in partners if item["programme"] == "dalgona"]
    assert len(dalgona) == 50
    assert sum(item["kind"] == "cafe" for item in dalgona) == 40
    assert layers["village-jobs"].meta.sample == 37
    assert layers["improved-companies"].meta.sample == 6
    assert all(item["name"].startswith("예시") for item in partners if item["status"] == "sample")


@pytest.mark.parametrize("code", ["29200", "12330", "24050"])
def test_the_district_is_known_by_each_of_its_codes(code):
    from geo_app.assets import find_assets

    assert find_district_folder(code, find_assets("data")).name == "gwangsan"


def test_another_code_is_another_district():
    from geo_app.assets import find_assets

    assert find_district_folder("11110", find_assets("data")) is None


def test_an_unfounded_folder_is_named(tmp_path):
    with pytest.raises(NotFounded) as fault:
        Workspace(tmp_path / "nothing")
    assert fault.value.values["home"] == str(tmp_path / "nothing")


def test_two_publishers_at_once_are_both_whole(workspace):
    other = Workspace(workspace.home.folder)
    faults = []

    def run(which, key):
        try:
            for number in range(5):
                changes = [Change("shelters", f"sh-9{key}{number:04d}", None)]
                which.publish(changes, actor="t", reason="x", channel=Channel.OPERATOR, at=AT)
        except Exception as fault:  # noqa: BLE001 any fault of a thread must reach the test
            faults.append(fault)

    head = workspace.ledger.head_number()
    threads = [threading.Thread(target=run, args=pair) for pair in ((workspace, 1), (other, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert workspace.ledger.head_number() == head + 10
    assert workspace.ledger.verify() == []
    other.close()


def test_a_read_only_folder_is_a_clear_fault(tmp_path):
    if os.geteuid() == 0:
        blocked = tmp_path / "file"
        blocked.write_text("x")
        folder = blocked / "instance"
    else:
        tmp_path.chmod(0o500)
        folder = tmp_path / "instance"
    from geo_app.domain.errors import BrokenStore

    with pytest.raises(BrokenStore):
        Home(folder).prepare()


def test_a_freeze_that_fails_is_told_and_tried_again(workspace, monkeypatch):
    publish(workspace, shelter())
    shutil.rmtree(workspace.home.packs)
    workspace.home.packs.mkdir()
    held = workspace.keeper.current

    def killed(*_args, **_kwargs):
        raise subprocess.CalledProcessError(-9, "freeze")

    with monkeypatch.context() as patch:
        patch.setattr("geo_app.workspace.keeper.subprocess.run", killed)
        workspace.keeper._look(is_check=False)
    assert isinstance(workspace.keeper.fault, subprocess.CalledProcessError)
    assert workspace.keeper.current is held
    workspace.keeper._look(is_check=False)
    assert workspace.keeper.fault is None
    assert workspace.keeper.current.number == 4


def test_a_pack_that_lost_a_file_is_made_anew(workspace):
    folder = next(path for path in workspace.home.packs.iterdir() if path.name.startswith("shelters.3"))
    (folder / "meta.json").unlink()
    again = Workspace(workspace.home.folder)
    assert len(again.load_snapshot().layers["shelters"]) == 51
    again.close()


def test_packs_may_be_deleted_under_a_server(workspace):
    shutil.rmtree(workspace.home.packs)
    layer = workspace.keeper.current.layers["shelters"]
    assert layer.feature(0)["id"] == layer.ids[0]
    assert layer.opening.answers(AT, workspace.keeper.current.calendar)
