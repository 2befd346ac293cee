"""GeoPackages from GDAL and from nobody we know: a plain table is read, everything else is refused with its name."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
import shapely
from pyogrio.raw import write

from geo_app.ingest.limits import Limits
from geo_app.ingest.reading import read_file

ENDLESS = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n FROM a) SELECT 'x' AS table_name, n AS data_type FROM a"
POINTS = [(126.793, 35.1395), (126.81, 35.15)]


@pytest.fixture
def package(tmp_path):
    """A GeoPackage as GDAL writes it: two shelters."""

    def make(*, name="a.gpkg", crs="EPSG:4326", shapes=None, layer="쉼터 목록"):
        path = tmp_path / name
        shapes = [shapely.Point(*point) for point in POINTS] if shapes is None else shapes
        columns = [np.array(["카페", "'=둘"], dtype=object), np.array([12, 7]), np.array([True, False])]
        write(
            str(path),
            geometry=np.array([shapely.to_wkb(shape) for shape in shapes], dtype=object),
            field_data=[column[: len(shapes)] for column in columns],
            fields=np.array(["시설명", "좌석수", "화장실"], dtype=object),
            geometry_type=shapes[0].geom_type,
            layer=layer,
            driver="GPKG",
            crs=crs,
        )
        return path

    return make


@pytest.fixture
def changed(package):
    """The same after some SQL, as a stranger might have written it."""

    def make(*statements):
        path = package()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # GDAL's triggers call functions that only GDAL has.
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{trigger}"')
            for statement in statements:
                connection.execute(statement)
        return path

    return make


def test_a_package_of_gdal_is_read_with_its_own_system(read, package):
    reading = read("a.gpkg", package().read_bytes())
    assert (reading.format, reading.encoding, reading.crs, reading.crs_guessed) == ("gpkg", "", "EPSG:4326", False)
    assert [(row.line, row.draft.name, row.draft.attributes["seats"]) for row in reading.rows] == [(1, "카페", 12), (2, "'=둘", 7)]
    assert [row.draft.attributes.get("amenities") for row in reading.rows] == [["toilet"], None]
    assert [(row.draft.geometry.x, row.draft.geometry.y) for row in reading.rows] == POINTS


@pytest.mark.parametrize("number", [999_999, -1, 0])
def test_degrees_of_a_system_that_is_not_named_are_a_guess_that_is_said(read, changed, codes, number):
    path = changed("PRAGMA foreign_keys = OFF", f"UPDATE gpkg_geometry_columns SET srs_id = {number:d}")  # noqa: S608 a number of our own
    reading = read("a.gpkg", path.read_bytes())
    assert (len(reading.rows), reading.crs, reading.crs_guessed) == (2, "EPSG:4326", True)
    assert "crs-guessed" in codes(reading)
    (said,) = [problem for problem in reading.problems if problem.code == "crs-guessed"]
    assert (said.details["inside"], said.details["count"], said.is_error) == (2, 2, False)
    told = read("a.gpkg", path.read_bytes(), crs="EPSG:4326")
    assert (told.crs_guessed, "crs-guessed" in codes(told)) == (False, False)


def test_metres_are_brought_to_longitude_and_latitude(read, package):
    path = package(crs="EPSG:5186", shapes=[shapely.Point(171_500.0, 283_000.0)])
    reading = read("a.gpkg", path.read_bytes())
    assert reading.crs == "EPSG:5186"
    assert reading.rows[0].draft.geometry.distance(shapely.Point(126.687, 35.145)) < 0.02


def test_a_file_on_disk_is_left_as_it_is_and_nothing_appears_beside_it(frame, package, tmp_path):
    from geo_app.domain.layers import get_layer

    path = package()
    before = path.read_bytes()
    assert len(read_file(path, layer=get_layer("shelters"), source="x", frame=frame).rows) == 2
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_of_two_layers_the_first_is_read_and_the_other_named(read, package, codes):
    package()
    reading = read("a.gpkg", package(layer="다른 목록").read_bytes())
    assert len(reading.rows) == 2
    assert codes(reading)["other-tables-ignored"] == 1
    assert next(item for item in reading.problems if item.code == "other-tables-ignored").details["ignored"] == "다른 목록"


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM gpkg_contents",),
        ("UPDATE gpkg_contents SET table_name = 'elsewhere'", 'CREATE VIEW elsewhere AS SELECT * FROM "쉼터 목록"'),
        ("UPDATE gpkg_contents SET table_name = 'rtree_쉼터 목록_geom'",),
        ("UPDATE gpkg_contents SET data_type = 'tiles'",),
        ("DROP TABLE gpkg_geometry_columns",),
        ("DROP TABLE gpkg_contents",),
        ("DROP TABLE gpkg_contents", f"CREATE VIEW gpkg_contents AS {ENDLESS}"),
        ("DROP TABLE gpkg_contents", "CREATE VIEW gpkg_contents AS SELECT hex(zeroblob(1e9)) AS table_name, 'features' AS data_type"),
    ],
)
def test_what_is_no_plain_table_is_refused(read, changed, codes, statements):
    path = changed(*statements)
    reading = read("a.gpkg", path.read_bytes())
    assert reading.is_refused
    assert not reading.rows
    assert set(codes(reading)) <= {"no-gpkg-table", "broken-gpkg"}


def test_generated_columns_are_not_worked_out(read, changed):
    path = changed('ALTER TABLE "쉼터 목록" ADD COLUMN 주소 TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL')
    reading = read("a.gpkg", path.read_bytes())
    assert (len(reading.rows), "주소" in reading.mapping) == (2, False)


def test_bytes_in_a_cell_and_a_shape_that_is_none_keep_their_row_out(read, changed, codes):
    path = changed("UPDATE \"쉼터 목록\" SET 시설명 = x'00ff' WHERE fid = 1", "UPDATE \"쉼터 목록\" SET geom = x'47500001' WHERE fid = 2")
    reading = read("a.gpkg", path.read_bytes())
    assert reading.rows == []
    assert (codes(reading)["binary-cell"], codes(reading)["broken-geometry"]) == (1, 1)


def test_text_that_is_no_utf_8_keeps_its_row_out(read, changed, codes):
    path = changed("UPDATE \"쉼터 목록\" SET 시설명 = CAST(x'c3' AS TEXT) WHERE fid = 1")
    reading = read("a.gpkg", path.read_bytes())
    assert ([row.draft.name for row in reading.rows], codes(reading)["half-character"]) == (["'=둘"], 1)


def test_a_row_without_a_shape_is_listed_without_a_place(read, changed):
    path = changed('UPDATE "쉼터 목록" SET geom = NULL WHERE fid = 1')
    assert [row.draft.geometry is None for row in read("a.gpkg", path.read_bytes()).rows] == [True, False]


def test_a_cut_file_is_refused_or_read_but_never_breaks_us(read, package):
    data = package().read_bytes()
    for size in (100, 4_000, 5_000, len(data) // 2, len(data) - 100):
        assert read("a.gpkg", data[:size]).is_refused
    for place in range(0, len(data), 4_001):
        read("a.gpkg", data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(rows=1), "too-many-rows"), (Limits(columns=2), "too-many-columns"), (Limits(file_bytes=1000), "file-too-large")],
)
def test_more_than_the_limits_is_refused(read, package, codes, limits, code):
    reading = read("a.gpkg", package().read_bytes(), limits=limits)
    assert reading.is_refused
    assert codes(reading)[code] == 1


def test_content_decides_not_the_name(read, package, codes):
    assert codes(read("a.gpkg", "시설명,위도,경도\n")) == {"content-mismatch": 1}
    assert codes(read("a.kml", package().read_bytes())) == {"content-mismatch": 1}
