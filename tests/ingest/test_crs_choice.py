"""Coordinate systems: what a file says counts, a guess is said, two that fit are asked about."""

import pytest
from pyproj import Transformer

POINTS = [(126.7930, 35.1395), (126.8123, 35.1801), (126.7012, 35.1203), (126.8512, 35.2201)]


def _file(table, crs, headers=("X좌표", "Y좌표"), points=POINTS, *, swapped=False):
    transformer = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    rows = []
    for number, (lon, lat) in enumerate(points):
        x, y = transformer.transform(lon, lat)
        x, y = (y, x) if swapped else (x, y)
        rows.append({"시설명": f"카페 {number}", headers[0]: f"{x:.3f}", headers[1]: f"{y:.3f}"})
    return table(*rows)


def _worst_m(reading):
    return max(
        max(abs(row.draft.geometry.x - lon), abs(row.draft.geometry.y - lat)) * 111_000
        for row, (lon, lat) in zip(reading.rows, POINTS, strict=True)
    )


@pytest.mark.parametrize("crs", ["EPSG:5179", "EPSG:5186"])
def test_a_system_that_alone_fits_is_guessed_and_said(read, table, codes, crs):
    reading = read("a.csv", _file(table, crs))
    assert (reading.crs, reading.crs_guessed) == (crs, True)
    assert codes(reading) == {"crs-guessed": 1}
    assert reading.problems[0].details == {"crs": crs, "inside": 4, "count": 4}
    assert _worst_m(reading) < 0.01
    assert not reading.is_refused


@pytest.mark.parametrize("crs", ["EPSG:5181", "EPSG:5174"])
def test_two_systems_300_m_apart_are_asked_about_and_nothing_may_be_applied(read, table, codes, crs):
    reading = read("a.csv", _file(table, crs))
    assert codes(reading) == {"crs-ambiguous": 1}
    assert reading.is_refused
    assert reading.crs_guessed
    assert {"EPSG:5181", "EPSG:5174"} == set(reading.problems[0].details["candidates"].split(", "))
    assert len(reading.rows) == 4  # for a look at the map


@pytest.mark.parametrize("crs", ["EPSG:5179", "EPSG:5181", "EPSG:5186", "EPSG:5174"])
@pytest.mark.parametrize("written", ["{}", "{lower}", "{number}"])
def test_a_system_that_is_said_is_taken_without_a_word(read, table, crs, written):
    said = written.format(crs, lower=crs.lower(), number=crs.removeprefix("EPSG:"))
    reading = read("a.csv", _file(table, crs), crs=said)
    assert (reading.crs, reading.crs_guessed, reading.problems) == (crs, False, [])
    assert _worst_m(reading) < 0.01


def test_a_header_that_names_its_system_is_believed(read, table):
    reading = read("a.csv", _file(table, "EPSG:5174", headers=("좌표정보x(epsg5174)", "좌표정보y(epsg5174)")))
    assert (reading.crs, reading.crs_guessed, reading.problems) == ("EPSG:5174", False, [])
    assert _worst_m(reading) < 0.01


def test_what_the_clerk_says_counts_more_than_the_file(read, table, codes):
    reading = read("a.csv", _file(table, "EPSG:5174", headers=("좌표정보x(epsg5174)", "좌표정보y(epsg5174)")), crs="EPSG:5186")
    assert reading.crs == "EPSG:5186"
    assert codes(reading)["outside-district"] == 4


def test_5186_said_as_5181_lands_100_km_north_and_is_outside(read, table):
    reading = read("a.csv", _file(table, "EPSG:5186"), crs="EPSG:5181")
    assert {problem.code for problem in reading.problems} == {"outside-district"}
    assert all(70_000 < problem.details["distance_m"] < 100_500 for problem in reading.problems)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:2097", "WGS84", ""])
def test_a_system_that_is_not_read_is_refused(read, codes, crs):
    assert codes(read("a.csv", "시설명,위도,경도\n가,35.1,126.8\n", crs=crs)) == {"unknown-crs": 1}


def test_numbers_that_no_system_places_here_are_refused_with_their_range(read, codes):
    reading = read("a.csv", "시설명,x,y\n가,14110000,4180000\n나,14110100,4180100\n")
    assert codes(reading) == {"crs-unknown": 1}
    assert reading.problems[0].details["max_x"] == 14110100.0


def test_swapped_metres_are_found_and_named(read, table, codes):
    reading = read("a.csv", _file(table, "EPSG:5186", swapped=True))
    assert codes(reading) == {"crs-guessed": 1, "swapped-axes": 4}
    repaired = read("a.csv", _file(table, "EPSG:5186", swapped=True), repair_swapped=True)
    assert _worst_m(repaired) < 0.01


def test_the_known_point_of_kakaos_wtm_agrees(frame):
    from geo_app.spatial.crs import lonlat_from

    lon, lat = lonlat_from([[160710.37729270622, -4388.879299157299]], "EPSG:5181")[0]
    assert abs(lon - 126.5774068000) < 1e-9
    assert abs(lat - 33.4533576999) < 1e-9


def test_plain_degrees_are_no_guess_and_no_problem(read):
    reading = read("a.csv", "시설명,위도,경도\n가,35.1395,126.7930\n")
    assert (reading.crs, reading.crs_guessed, reading.problems) == ("EPSG:4326", False, [])
