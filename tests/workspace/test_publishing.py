"""What a published file holds, and that nothing else is in it."""

import json
import zipfile
from datetime import datetime, timedelta

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import BrokenStore
from geo_app.domain.layers import LAYERS
from geo_app.domain.record import canonical_json
from geo_app.workspace.publishing import PUBLISHED_DOCUMENTS, PublishedInside, public_key, publish_file

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)
SECRETS = ("비공개상점", "집계만상점", "박비밀", "반성하는 까닭", "문서비밀")


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def record(workspace, **changes):
    snapshot = workspace.load_snapshot()
    ((_, body),) = [item for item in workspace.ledger.iter_state("shelters", at=snapshot.number) if item[0] == "sh-000001"]
    return {**json.loads(body), **changes}


def test_only_what_is_public_is_in_it(workspace, tmp_path):
    hidden = [
        Change("shelters", f"sh-90000{number}", canonical_json(record(workspace, id=f"sh-90000{number}", name=name, visibility=visibility)))
        for number, (name, visibility) in enumerate([("비공개상점", "internal"), ("집계만상점", "counted")], 1)
    ]
    document = Change("documents", "staff-notes", canonical_json({"text": "문서비밀"}))
    workspace.publish([*hidden, document], actor="박비밀", reason="반성하는 까닭", channel=Channel.OPERATOR, at=AT)
    publish_file(workspace, tmp_path / "out.zip", at=AT)
    found = members(tmp_path / "out.zip")
    whole = b"\n".join([*map(str.encode, found), *found.values()])
    escaped = [json.dumps(secret)[1:-1].encode() for secret in SECRETS]
    assert [secret for secret in [*map(str.encode, SECRETS), *escaped] if secret in whole] == []
    published = json.loads(found[next(name for name in found if "shelters" in name and name.endswith("layer.geojson"))])
    assert published["counts"]["counted"] == 1
    assert "sh-900001" not in {feature["id"] for feature in published["features"]}


def test_every_layer_and_document_of_the_revision_is_in_it(workspace, tmp_path):
    made = publish_file(workspace, tmp_path / "out.zip", at=AT)
    found, snapshot = members(tmp_path / "out.zip"), workspace.load_snapshot()
    manifest = json.loads(found["manifest.json"])
    assert (made.revision, manifest["revision"], manifest["publisher"]) == (3, 3, str(public_key(workspace)))
    assert manifest["stamps"] == {"indicators": [1, snapshot.history[-1].made_at.isoformat()]}
    assert set(manifest["packs"]) == set(LAYERS)
    assert json.loads(found["documents.json"]) == dict(snapshot.documents)
    assert set(snapshot.documents) <= PUBLISHED_DOCUMENTS
    assert [item["number"] for item in json.loads(found["history.json"])] == [3, 2, 1]
    assert {key for item in json.loads(found["history.json"]) for key in item} == {"number", "made_at", "counts", "sha256"}
    for layer, pack in manifest["packs"].items():
        assert found[f"{pack}/layer.geojson"] == snapshot.layers[layer].ready["identity"].data


def test_equal_revisions_have_equal_members(workspace, tmp_path):
    for number in (1, 2):
        publish_file(workspace, tmp_path / f"{number}.zip", at=AT + timedelta(days=number))
    one, two = members(tmp_path / "1.zip"), members(tmp_path / "2.zip")
    changed = {name for name in one if one[name] != two[name]}
    assert one.keys() == two.keys()
    assert changed == {"manifest.json", "manifest.sig"}
    differing = {key for key, value in json.loads(one["manifest.json"]).items() if json.loads(two["manifest.json"])[key] != value}
    assert differing == {"serial", "published_at"}


def test_a_clock_that_was_set_back_makes_no_file_look_older(workspace, tmp_path):
    serials = [publish_file(workspace, tmp_path / "out.zip", at=AT - timedelta(days=days)).serial for days in (0, 900, 1)]
    assert serials == sorted(set(serials))


def test_nothing_is_written_into_the_data_folder_nor_left_half_made(workspace, tmp_path):
    with pytest.raises(PublishedInside):
        publish_file(workspace, workspace.home.ledger, at=AT)
    folder = tmp_path / "missing"
    with pytest.raises(BrokenStore):
        publish_file(workspace, folder / "out.zip", at=AT)
    target = tmp_path / "a-folder.zip"
    target.mkdir()
    with pytest.raises(BrokenStore):
        publish_file(workspace, target, at=AT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-folder.zip", "instance"]
