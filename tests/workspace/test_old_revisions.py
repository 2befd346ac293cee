"""Earlier revisions: the same answers as when they were the newest, beside the newest, and never more work than is bounded."""

import json
import shutil
import subprocess
import threading
import time
from datetime import datetime, timedelta

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import BrokenStore, UnknownRevision
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.record import canonical_json
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace import old_revisions
from geo_app.workspace.old_revisions import MOST_KEPT, MOST_WAITING, OldRevisions, RevisionBusy, clear_packs

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)
QUERY = {"at": "2026-11-24T02:00"}


def rename(workspace, name, number=0):
    """A new revision in which the first shelter with an address has another name."""
    records = {key: json.loads(body) for key, body in workspace.ledger.iter_state("shelters")}
    key = next(key for key, record in records.items() if record.get("precision") in POINT_PRECISIONS and record["status"] != "closed")
    change = Change("shelters", key, canonical_json({**records[key], "name": name}))
    at = AT + timedelta(minutes=number)
    workspace.publish([change], actor="직원", reason="이름", channel=Channel.OPERATOR, at=at)
    workspace.keeper.refresh()
    return workspace.keeper.current.number


@pytest.fixture
def old(workspace):
    return OldRevisions(workspace.home, workspace.ledger)


@pytest.fixture
def client(workspace):
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


def names(snapshot):
    layer = snapshot.get_layer("shelters")
    return [layer.feature(position)["properties"]["name"] for position in range(len(layer))]


def test_the_newest_is_the_one_that_is_served(workspace, old):
    newest = workspace.keeper.current
    assert old.load(newest.number, newest) is newest


def test_an_earlier_revision_tells_what_it_told(workspace, old):
    before = workspace.keeper.current
    told = names(before)
    rename(workspace, "새 이름")
    earlier = old.load(before.number, workspace.keeper.current)
    assert names(earlier) == told != names(workspace.keeper.current)
    assert (earlier.number, earlier.made_at, earlier.documents) == (before.number, before.made_at, before.documents)


def test_what_did_not_change_since_is_one_object(workspace, old):
    before = workspace.keeper.current.number
    rename(workspace, "새 이름")
    newest = workspace.keeper.current
    earlier = old.load(before, newest)
    assert earlier.layers["dongs"] is newest.layers["dongs"]
    assert earlier.layers["shelters"] is not newest.layers["shelters"]


def test_a_door_gives_the_bytes_of_a_revision_again(workspace, client):
    number = workspace.keeper.current.number
    doors = ("/api/coverage", "/api/coverage/week", "/api/coverage/cells.geojson", "/plan/sites.csv")
    before = [client.get(door, query_string=QUERY).data for door in doors]
    rename(workspace, "새 이름")
    for door, data in zip(doors, before, strict=True):
        answer = client.get(door, query_string={**QUERY, "revision": number})
        assert (answer.status_code, answer.headers["X-Revision"]) == (200, str(number))
        assert answer.data == data
    assert client.get("/plan/sites.csv", query_string=QUERY).data != before[-1]


def test_packs_that_were_deleted_are_frozen_again_by_a_process(workspace, old):
    before = workspace.keeper.current
    told = names(before)
    rename(workspace, "새 이름")
    shutil.rmtree(workspace.home.packs)
    assert names(old.load(before.number, workspace.keeper.current)) == told
    assert not workspace.home.packs.exists()


def test_an_unknown_revision_is_refused(workspace, old):
    with pytest.raises(UnknownRevision):
        old.load(99, workspace.keeper.current)


def test_a_few_are_kept_and_the_least_used_goes_first(workspace, old):
    first = workspace.keeper.current.number
    for number in range(MOST_KEPT + 1):
        rename(workspace, f"이름 {number}", number)
    newest = workspace.keeper.current
    held = {number: old.load(number, newest) for number in range(first, newest.number)}
    assert len(old._held) == MOST_KEPT
    assert old.load(newest.number - 1, newest) is held[newest.number - 1]
    assert old.load(first, newest) is not held[first]


def test_threads_that_ask_together_have_it_made_once(workspace, old, monkeypatch):
    before = workspace.keeper.current.number
    rename(workspace, "새 이름")
    made, real = [], OldRevisions._make
    monkeypatch.setattr(OldRevisions, "_make", lambda self, *given: made.append(given) or real(self, *given))
    found = []
    threads = [threading.Thread(target=lambda: found.append(old.load(before, workspace.keeper.current))) for _ in range(MOST_WAITING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(made), len(found), len({id(item) for item in found})) == (1, MOST_WAITING, 1)


def test_the_newest_is_served_and_published_while_an_earlier_one_is_frozen(workspace, client, monkeypatch):
    before = workspace.keeper.current.number
    rename(workspace, "새 이름")
    shutil.rmtree(workspace.home.packs)
    started, gate, real = threading.Event(), threading.Event(), old_revisions._freeze_apart

    def freeze(*given):
        started.set()
        gate.wait(60)
        real(*given)

    monkeypatch.setattr(old_revisions, "_freeze_apart", freeze)
    answers = []
    asking = threading.Thread(
        target=lambda: answers.append(client.application.test_client().get("/api/coverage", query_string={**QUERY, "revision": before}))
    )
    asking.start()
    assert started.wait(30)
    begun = time.monotonic()
    assert client.get("/api/coverage/values", query_string=QUERY).status_code == 200
    number = rename(workspace, "또 새 이름", 5)
    assert client.get("/api/coverage/values", query_string=QUERY).headers["X-Revision"] == str(number)
    assert time.monotonic() - begun < 30
    gate.set()
    asking.join(60)
    assert [answer.headers["X-Revision"] for answer in answers] == [str(before)]


def test_too_many_who_wait_are_told_to_come_back(workspace, old, client, monkeypatch):
    before = workspace.keeper.current.number
    rename(workspace, "새 이름")
    for _ in range(MOST_WAITING):
        old._waiting.acquire()
    with pytest.raises(RevisionBusy):
        old.load(before, workspace.keeper.current)
    for _ in range(MOST_WAITING):
        old._waiting.release()
    monkeypatch.setattr(old_revisions, "WAIT_SECONDS", 0.05)
    with old._home.lock("old-packs"):
        answer = client.get("/api/coverage", query_string={**QUERY, "revision": before})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "0")
    assert old.load(before, workspace.keeper.current).number == before


def test_a_process_that_takes_too_long_is_ended_and_told_of(workspace, old, monkeypatch):
    before = workspace.keeper.current.number
    rename(workspace, "새 이름")
    shutil.rmtree(workspace.home.packs)
    monkeypatch.setattr(old_revisions, "BUILD_TIMEOUT_SECONDS", 0.05)
    with pytest.raises(BrokenStore):
        old.load(before, workspace.keeper.current)
    monkeypatch.undo()
    assert old.load(before, workspace.keeper.current).number == before


def test_the_process_has_a_limit_of_memory(workspace, monkeypatch):
    told = []
    monkeypatch.setattr(old_revisions.resource, "setrlimit", lambda *given: told.append(given))
    old_revisions.freeze_revision(workspace.home.folder, 1)
    limit = old_revisions.BUILD_MEMORY_BYTES
    assert told == [(old_revisions.resource.RLIMIT_AS, (limit, limit))]


def test_old_packs_do_not_pile_up(tmp_path, monkeypatch):
    monkeypatch.setattr(old_revisions, "MOST_PACKS", 3)
    for number in range(6):
        (tmp_path / f"pack-{number}").mkdir()
        subprocess.run(["touch", "-d", f"2025-11-2{number} 00:00", tmp_path / f"pack-{number}"], check=True)
    clear_packs(tmp_path, {"pack-0"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack-0", "pack-4", "pack-5"]
