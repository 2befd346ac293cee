"""Where rows stand: every doubt about a pair of coordinates has its own code, and nothing is put right in silence."""

import json

import pytest
import shapely

from geo_app.domain.provenance import Precision
from geo_app.ingest.reading import Frame

GOOD = "앞,35.1395,126.7930"


def _read_pair(read, lat, lon, **options):
    reading = read("a.csv", f"시설명,위도,경도,주소\n{GOOD},\n가,{lat},{lon},광주광역시 광산구 1\n", **options)
    return reading, [problem for problem in reading.problems if problem.line == 3]


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("126.7930", "35.1395", "swapped-axes"),
        ("0", "0", "zero-coordinates"),
        ("35.1395", "-233.2070", "longitude-off-by-a-turn"),
        ("95.1", "126.7", "coordinate-off-globe"),
        ("37.5663", "126.9779", "outside-district"),
        ("35.1395", "126.6000", "outside-district"),
        ("-35.1395", "126.7930", "outside-district"),
        ("NaN", "126.7930", "coordinate-not-finite"),
        ("1e400", "126.7930", "coordinate-not-finite"),
        ("0x23", "126.7930", "bad-coordinate"),
        ("35,1395".replace(",", "，"), "126.7930", "bad-coordinate"),
        ("", "126.7930", "half-coordinates"),
        ("35.1395", "", "half-coordinates"),
    ],
)
def test_a_bad_pair_keeps_its_row_out_under_its_own_name(read, lat, lon, code):
    reading, problems = _read_pair(read, lat, lon)
    assert [problem.code for problem in problems] == [code]
    assert [row.draft.name for row in reading.rows] == ["앞"]


def test_swapped_pairs_say_where_they_would_be_and_are_put_right_only_when_asked(read):
    _, problems = _read_pair(read, "126.7930", "35.1395")
    assert problems[0].details["guess"] == "126.7930000, 35.1395000"
    repaired, said = _read_pair(read, "126.7930", "35.1395", repair_swapped=True)
    assert [(problem.code, problem.is_error) for problem in said] == [("axes-put-right", False)]
    assert (repaired.rows[1].draft.geometry.x, repaired.rows[1].draft.geometry.y) == (126.793, 35.1395)


def test_problems_of_places_name_both_columns_and_stand_in_the_order_of_the_lines(read):
    text = f"시설명,위도,경도,주소\n{GOOD},\n가,126.7930,35.1395,\n,35.1395,126.7930,\n나,95.1,126.7,\n앞,35.1395,126.7930,\n"
    reading = read("a.csv", text)
    assert [(problem.line, problem.code, problem.column) for problem in reading.problems] == [
        (3, "swapped-axes", "경도, 위도"),
        (4, "blank-name", "시설명"),
        (5, "coordinate-off-globe", "경도, 위도"),
        (6, "duplicate-row", "시설명, 주소"),
    ]


def test_metres_among_degrees_name_the_system_that_they_fit(read):
    reading, problems = _read_pair(read, "284000.5", "179500.2")
    assert [(problem.code, problem.column) for problem in problems] == [("other-crs-in-row", "경도, 위도")]
    assert problems[0].details["crs"] == "EPSG:5186"
    lon, lat = (float(part) for part in problems[0].details["guess"].split(", "))
    assert (126.64 < lon < 126.90, 35.06 < lat < 35.27) == (True, True)
    assert [row.draft.name for row in reading.rows] == ["앞"]


def test_outside_says_its_distance_from_the_border_and_comes_in_only_on_purpose(read):
    _, problems = _read_pair(read, "35.1395", "126.6300")
    assert 850 < problems[0].details["distance_m"] < 950
    reading, said = _read_pair(read, "35.1395", "126.6300", allow_outside=True)
    assert [(problem.code, problem.is_error) for problem in said] == [("outside-district", False), ("place-disagrees", False)]
    assert len(reading.rows) == 2


def test_the_border_itself_is_inside(read):
    reading, problems = _read_pair(read, "35.06", "126.64")
    assert "outside-district" not in {problem.code for problem in problems}
    assert len(reading.rows) == 2


def test_a_place_on_the_other_side_of_the_globe_has_a_distance_too(read):
    _, problems = _read_pair(read, "-35.0", "-53.0")
    assert problems[0].details["distance_m"] > 15_000_000


def test_without_a_border_the_bounds_are_the_district(read):
    bare = Frame((126.64, 35.06, 126.90, 35.27))
    assert read("a.csv", f"시설명,위도,경도\n{GOOD}\n", frame=bare).problems == []
    assert read("a.csv", "시설명,위도,경도\n가,35.05,126.7\n", frame=bare).problems[0].code == "outside-district"


@pytest.mark.parametrize(
    ("lat", "lon", "precision"),
    [
        ("35.1395", "126.7930", Precision.ADDRESS),
        ("35.1", "126.7930", Precision.ADDRESS),
        ("35.139", "126.793", Precision.STREET),
        ("35.14", "126.79", Precision.DONG),
    ],
)
def test_decimals_tell_how_near_the_door_a_point_is(read, lat, lon, precision):
    reading, _ = _read_pair(read, lat, lon)
    assert reading.rows[1].draft.precision is precision


def test_one_decimal_is_too_little_for_a_pin(read):
    reading, problems = _read_pair(read, "35.1", "126.8")
    assert [(problem.code, problem.is_error) for problem in problems] == [("imprecise-coordinates", False)]
    draft = reading.rows[1].draft
    assert (draft.precision, draft.geometry) == (Precision.NONE, None)


def test_rows_without_coordinates_are_taken_as_unlocated_and_counted_once(read):
    reading = read("a.csv", f"시설명,위도,경도,주소\n{GOOD},광산구 1\n둘,,,광산구 2\n셋,,,광산구 3\n")
    assert [row.draft.precision for row in reading.rows] == [Precision.ADDRESS, Precision.NONE, Precision.NONE]
    assert [(problem.code, problem.line, problem.details["count"]) for problem in reading.problems] == [("unlocated-rows", 3, 2)]


def _areas(read, *geometries, layer="industrial-complexes", **options):
    features = [
        {"type": "Feature", "properties": {"name": f"단지 {number}"}, "geometry": geometry} for number, geometry in enumerate(geometries)
    ]
    return read("a.geojson", json.dumps({"type": "FeatureCollection", "features": features}), layer=layer, **options)


def _polygon(*ring, holes=()):
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring], *holes]}


SQUARE = [(126.70, 35.10), (126.71, 35.10), (126.71, 35.11), (126.70, 35.11), (126.70, 35.10)]


def test_a_sound_area_and_a_point_are_complexes(read):
    reading = _areas(
        read, _polygon(*SQUARE), {"type": "MultiPolygon", "coordinates": [[SQUARE]]}, {"type": "Point", "coordinates": [126.7, 35.1]}
    )
    assert [row.draft.geometry.geom_type for row in reading.rows] == ["Polygon", "MultiPolygon", "Point"]
    assert {row.draft.precision for row in reading.rows} == {Precision.COMPLEX}
    assert reading.problems == []


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (_polygon((126.70, 35.10), (126.71, 35.11), (126.71, 35.10), (126.70, 35.11), (126.70, 35.10)), "invalid-geometry"),
        (_polygon(*SQUARE, holes=[[[126.75, 35.15], [126.76, 35.15], [126.76, 35.16], [126.75, 35.15]]]), "invalid-geometry"),
        (_polygon((126.7, 35.1), (126.8, 35.1)), "broken-geometry"),
        ({"type": "Polygon", "coordinates": []}, "broken-geometry"),
        ({"type": "Polygon", "coordinates": [[]]}, "broken-geometry"),
        (_polygon((-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90)), "geometry-too-large"),
        (_polygon((126.7, 95.0), (126.8, 95.0), (126.8, 96.0), (126.7, 95.0)), "coordinate-off-globe"),
        (_polygon((127.70, 35.10), (127.71, 35.10), (127.71, 35.11), (127.70, 35.10)), "outside-district"),
    ],
)
def test_an_unsound_area_is_refused_under_its_own_name(read, codes, geometry, code):
    reading = _areas(read, geometry)
    assert codes(reading) == {code: 1}
    assert reading.rows == []


def test_a_refused_bow_tie_states_what_mending_would_change(read):
    bow_tie = _polygon((126.70, 35.10), (126.71, 35.11), (126.71, 35.10), (126.70, 35.11), (126.70, 35.10))
    details = _areas(read, bow_tie).problems[0].details
    assert details["before_m2"] < 10_000
    assert details["after_m2"] > 300_000


def test_a_small_slip_is_mended_and_the_change_is_stated(read, codes):
    spike = [*SQUARE[:2], (126.71, 35.105), (126.7101, 35.105), (126.71, 35.105), *SQUARE[2:]]
    reading = _areas(read, _polygon(*spike))
    assert codes(reading) == {"geometry-repaired": 1}
    assert abs(reading.problems[0].details["after_m2"] - reading.problems[0].details["before_m2"]) < 10
    assert reading.rows[0].draft.geometry.is_valid


def test_an_open_ring_is_closed_and_said(read, codes):
    reading = _areas(read, _polygon(*SQUARE[:-1]))
    assert codes(reading) == {"ring-closed": 1}
    assert shapely.equals(reading.rows[0].draft.geometry, shapely.Polygon(SQUARE))


def test_a_hundred_thousand_and_one_corners_are_refused(read, codes):
    ring = [(126.70 + number * 1e-7, 35.10 + (number % 2) * 1e-7) for number in range(100_001)]
    assert codes(_areas(read, _polygon(*ring))) == {"too-many-vertices": 1}


def test_a_tangle_of_many_corners_is_refused_without_mending_it(read, codes):
    ring = [(126.70 + (number * 7919 % 1000) * 1e-5, 35.10 + (number * 104729 % 997) * 1e-5) for number in range(20_000)]
    assert codes(_areas(read, _polygon(*ring))) == {"invalid-geometry": 1}


def test_an_area_in_metres_is_brought_to_degrees(read, codes):
    from pyproj import Transformer

    metres = [Transformer.from_crs("EPSG:4326", "EPSG:5186", always_xy=True).transform(*point) for point in SQUARE]
    reading = _areas(read, _polygon(*metres))
    assert codes(reading) == {"crs-guessed": 1}
    assert reading.rows[0].draft.geometry.equals_exact(shapely.Polygon(SQUARE), 1e-7)


def test_a_dong_is_an_area_and_never_a_point(read, codes):
    assert codes(_areas(read, {"type": "Point", "coordinates": [126.7, 35.1]}, layer="dongs")) == {"wrong-geometry": 1}
    assert _areas(read, _polygon(*SQUARE), layer="dongs").rows[0].draft.precision is Precision.DONG


def test_an_area_in_a_table_is_well_known_text_of_digits_only(read, codes):
    wkt = shapely.to_wkt(shapely.Polygon(SQUARE))
    reading = read("a.csv", f'name,geometry_wkt\n가,"{wkt}"\n', layer="industrial-complexes")
    assert shapely.equals(reading.rows[0].draft.geometry, shapely.Polygon(SQUARE))
    nested = "GEOMETRYCOLLECTION(" * 5000 + "POINT(0 0)" + ")" * 5000
    assert codes(read("a.csv", f'name,geometry_wkt\n가,"{nested}"\n', layer="industrial-complexes")) == {"broken-geometry": 1}
