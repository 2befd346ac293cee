"""The national node-link file: written here by GDAL in its published layout, read by our own few lines."""

import struct
import zipfile

import geopandas as gpd
import numpy as np
import pytest
from ingest.roads.road_files import BOUNDS, LINKS, PRJ_NATIONAL, edge_between, node_place, write_links
from shapely.geometry import LineString, MultiLineString

from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads import archive
from geo_app.ingest.roads.projection import box_in, find_crs, lonlat_of
from geo_app.ingest.roads.reading import read_roads
from geo_app.ingest.roads.shapefile import Table, read_lines
from geo_app.ingest.roads.way import Box
from geo_app.spatial.geodesy import distance_m
from geo_app.travel.streets import Access, RoadClass

ALL_XY = (-1e9, -1e9, 1e9, 1e9)


@pytest.fixture
def folder(tmp_path):
    return write_links(tmp_path)


def code_of(held):
    assert held.streets is None
    return held.problems[-1].code


def test_a_pair_of_links_there_and_back_is_one_street_both_ways(folder):
    streets = read_roads(folder, bounds_lonlat=BOUNDS).streets
    position, _ = edge_between(streets, 1, 2)
    assert streets.access[position] == int(sum(Access))
    assert streets.road_class[position] == RoadClass.TRUNK
    assert streets.max_speed_kmh[position] == 60
    assert streets.length_m[position] == pytest.approx(distance_m(*node_place(1), *node_place(2)), rel=1e-4)


def test_a_link_without_its_way_back_is_one_way_for_wheels_only(folder):
    streets = read_roads(folder, bounds_lonlat=BOUNDS).streets
    position, is_along = edge_between(streets, 2, 3)
    assert is_along
    assert streets.is_tunnel[position]
    wheels = Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
    assert streets.access[position] == int(wheels | Access.WALK_FORWARD | Access.WALK_BACK)


def test_carriageways_of_different_length_between_the_same_nodes_stay_two(folder):
    streets = read_roads(folder, bounds_lonlat=BOUNDS).streets
    is_primary = streets.road_class == RoadClass.PRIMARY
    assert is_primary.sum() == 2


def test_expressways_are_drawn_and_closed_and_roads_not_yet_open_are_left_out(folder):
    streets = read_roads(folder, bounds_lonlat=BOUNDS).streets
    assert streets.access[streets.road_class == RoadClass.MOTORWAY].tolist() == [0]
    assert streets.n_edges == 7


def test_a_zip_and_its_folder_give_the_same_network(folder, tmp_path):
    path = tmp_path / "NODELINKDATA.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in folder.glob("MOCT_LINK.*"):
            packed.write(part, f"[2026-11-01]NODELINKDATA/{part.name}")
        packed.writestr("../../outside.txt", "never written")
    zipped, open_folder = read_roads(path, bounds_lonlat=BOUNDS), read_roads(folder, bounds_lonlat=BOUNDS)
    assert zipped.streets.digest == open_folder.streets.digest
    assert (zipped.kind, zipped.source, zipped.licence) == ("node-link", "표준노드링크", None)
    assert zipped.data_date is not None
    assert not (tmp_path.parent.parent / "outside.txt").exists()


def test_the_path_of_the_shapefile_itself_means_its_folder(folder):
    assert read_roads(folder / "MOCT_LINK.shp", bounds_lonlat=BOUNDS).streets is not None


@pytest.mark.parametrize("crs", ["EPSG:5186", "EPSG:5181", "EPSG:5179", "EPSG:4326"])
def test_each_system_puts_the_streets_on_the_same_ground(tmp_path, crs):
    streets = read_roads(write_links(tmp_path, crs=crs, prj=None), bounds_lonlat=BOUNDS).streets
    place = streets.node_lonlat[int(np.abs(streets.node_lonlat - node_place(13)).sum(axis=1).argmin())]
    assert distance_m(*place, *node_place(13)) < 0.05


def test_the_national_system_is_read_by_its_numbers():
    assert find_crs(PRJ_NATIONAL) == "EPSG:5186"


@pytest.mark.parametrize("named", ["EPSG:5181", " epsg:5186\n"])
def test_a_projection_that_merely_names_a_readable_system_is_read(named):
    assert find_crs(named) == named.strip().upper()


@pytest.mark.parametrize(
    "wrong", ["", "EPSG:5174", PRJ_NATIONAL.replace("600000", "650000"), PRJ_NATIONAL.replace("6378137.0", "6377397.155")]
)
def test_another_system_is_refused_and_the_readable_ones_named(wrong):
    with pytest.raises(FileRefused) as told:
        find_crs(wrong)
    assert told.value.problem.code == "roads-unknown-crs"
    assert "EPSG:5186" in told.value.problem.details["known"]


@pytest.mark.parametrize("crs", ["EPSG:5186", "EPSG:5181", "EPSG:5179"])
def test_a_box_in_another_system_holds_the_box(crs):
    box = Box(126.6, 35.0, 126.9, 35.3)
    min_x, min_y, max_x, max_y = box_in(box, crs)
    corners = lonlat_of(np.array([(min_x, min_y), (min_x, max_y), (max_x, min_y), (max_x, max_y)]), crs)
    assert corners[:, 0].min() <= box.min_lon + 1e-4
    assert corners[:, 0].max() >= box.max_lon - 1e-4
    assert (corners[:, 1].min(), corners[:, 1].max()) == pytest.approx((35.0, 35.3), abs=2e-3)


def test_lines_and_cells_are_those_that_gdal_reads(tmp_path):
    parts = MultiLineString([[(0, 0), (5, 5)], [(5, 6), (9, 9), (10, 3)]])
    shapes = [LineString([(1, 1), (2, 3)]), parts, LineString([(100, 100), (101, 100)])]
    gpd.GeoDataFrame({"ROAD_NAME": ["첨단", "하남대로", "x"], "N": [1, 22, 333]}, geometry=shapes, crs="EPSG:5186").to_file(
        tmp_path / "some.shp", engine="pyogrio", encoding="cp949"
    )
    lines = read_lines(tmp_path / "some.shp", (0, 0, 50, 50))
    assert [line.row for line in lines] == [0, 1]
    assert [part.tolist() for part in lines[1].parts] == [[[0, 0], [5, 5]], [[5, 6], [9, 9], [10, 3]]]
    table = Table(tmp_path / "some.dbf", ("cp949",))
    assert [table.cell(row, "ROAD_NAME") for row in range(3)] == ["첨단", "하남대로", "x"]
    assert [table.cell(row, "N") for row in range(3)] == ["1", "22", "333"]
    assert table.cell(0, "NOTHING") == ""
    table.close()


@pytest.mark.parametrize("missing", [".shp", ".dbf", ".prj"])
def test_a_missing_part_is_named(folder, missing):
    (folder / f"MOCT_LINK{missing}").unlink()
    held = read_roads(folder, bounds_lonlat=BOUNDS)
    assert code_of(held) == "roads-part-missing"
    assert held.problems[-1].value == f"MOCT_LINK{missing}"


def test_missing_columns_are_named(tmp_path):
    held = read_roads(write_links(tmp_path, drop=["T_NODE"]), bounds_lonlat=BOUNDS)
    assert code_of(held) == "roads-columns-missing"
    assert held.problems[-1].details["missing"] == "T_NODE"


def test_a_cell_that_cannot_be_read_leaves_its_link_out_and_says_so(tmp_path):
    links = [*LINKS[:4], ("1010", "x", 4, "103", "000", "0", 60, 0.0), ("1011", 3, 4, "999", "000", "0", 60, 0.0)]

    def places(node):
        return node_place(3 if node == "x" else node)

    held = read_roads(write_links(tmp_path, links, places=places), bounds_lonlat=BOUNDS)
    assert held.streets is not None
    bad = [problem for problem in held.problems if problem.code == "roads-bad-cell"]
    assert [(problem.line, problem.column, problem.value) for problem in bad] == [(5, "F_NODE", "x"), (6, "ROAD_RANK", "999")]


def test_links_of_another_place_are_refused(folder):
    assert code_of(read_roads(folder, bounds_lonlat=(127.5, 36.0, 127.6, 36.1))) == "roads-none-here"


def test_something_else_called_a_shapefile_never_reaches_a_reader(folder):
    (folder / "MOCT_LINK.shp").write_text("<OGRVRTDataSource/>")
    assert code_of(read_roads(folder, bounds_lonlat=BOUNDS)) == "roads-not-shapefile"


def test_every_truncation_is_refused_or_told_as_fewer_links(folder):
    whole = (folder / "MOCT_LINK.shp").read_bytes()
    for length in range(100, len(whole), 7):
        (folder / "MOCT_LINK.shp").write_bytes(whole[:length])
        held = read_roads(folder, bounds_lonlat=BOUNDS)
        assert held.streets is None or (length - 100) % ((len(whole) - 100) // len(LINKS)) == 0


@pytest.mark.parametrize(
    ("place", "form", "value"),
    [(144, "<i", 2**31 - 1), (148, "<i", 2**31 - 1), (152, "<i", 99), (104, ">i", -5), (156, "<d", float("nan"))],
)
def test_a_record_that_lies_about_itself_is_refused(folder, place, form, value):
    data = bytearray((folder / "MOCT_LINK.shp").read_bytes())
    struct.pack_into(form, data, place, value)
    (folder / "MOCT_LINK.shp").write_bytes(data)
    held = read_roads(folder, bounds_lonlat=BOUNDS)
    assert code_of(held) == "roads-broken-file"


@pytest.mark.parametrize("length", [0, 10, 40, 300])
def test_a_table_cut_off_is_refused(folder, length):
    (folder / "MOCT_LINK.dbf").write_bytes((folder / "MOCT_LINK.dbf").read_bytes()[:length])
    assert code_of(read_roads(folder, bounds_lonlat=BOUNDS)) == "roads-broken-file"


def test_an_archive_that_unpacks_without_end_is_refused(folder, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for ending in (".shp", ".dbf", ".prj"):
            packed.writestr(f"MOCT_LINK{ending}", bytes(3 << 20))
    with pytest.raises(FileRefused) as told:
        archive.unpack_links(path, tmp_path, most_part_mb=1)
    assert told.value.problem.code == "roads-archive-too-large"


def test_a_damaged_archive_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    assert code_of(read_roads(tmp_path / "a.zip", bounds_lonlat=BOUNDS)) == "roads-broken-file"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_whatever_byte_of_an_archive_is_damaged_it_is_read_or_refused_by_name(folder, tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as packed:
        for part in sorted(folder.glob("MOCT_LINK.*")):
            packed.write(part, part.name)
    whole = path.read_bytes()
    codes = set()
    # Its list of contents stands at the end, where each byte has a meaning of its own.
    for place in [*range(0, len(whole) - 200, len(whole) // 50), *range(len(whole) - 200, len(whole), 2)]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        held = read_roads(path, bounds_lonlat=BOUNDS)
        codes |= {problem.code for problem in held.problems if problem.is_error}
    for length in range(0, len(whole), len(whole) // 20):
        path.write_bytes(whole[:length])
        assert code_of(read_roads(path, bounds_lonlat=BOUNDS)) == "roads-broken-file"
    assert "roads-broken-file" in codes


def test_a_disk_that_fails_is_no_damaged_archive(folder, tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for part in folder.glob("MOCT_LINK.*"):
            packed.write(part, part.name)

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(zipfile.ZipExtFile, "read", fail)
    with pytest.raises(OSError, match="Input/output"):
        read_roads(path, bounds_lonlat=BOUNDS)


def test_two_editions_in_one_archive_or_folder_are_refused(folder, tmp_path):
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for part in folder.glob("MOCT_LINK.*"):
            packed.write(part, f"2025/{part.name}")
            packed.write(part, f"2026/{part.name}")
    older = folder / "2025"
    older.mkdir()
    (older / "moct_link.shp").write_bytes((folder / "MOCT_LINK.shp").read_bytes())
    for place in (path, folder):
        held = read_roads(place, bounds_lonlat=BOUNDS)
        assert code_of(held) == "roads-part-twice"
        assert held.problems[-1].details["count"] == 2


def test_points_beyond_the_globe_are_a_broken_record(folder):
    data = bytearray((folder / "MOCT_LINK.shp").read_bytes())
    struct.pack_into("<d", data, 156, 1e308)
    (folder / "MOCT_LINK.shp").write_bytes(data)
    held = read_roads(folder, bounds_lonlat=BOUNDS)
    assert code_of(held) == "roads-broken-file"
    assert (held.problems[-1].value, held.problems[-1].details["reason"]) == ("MOCT_LINK.shp", "record 1")
