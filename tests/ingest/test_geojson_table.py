"""GeoJSON by our own parser: every trap of the format, each with its code."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.ingest.limits import Limits

PLACE = {"type": "Point", "coordinates": [126.793, 35.1395]}
SQUARE = [[126.70, 35.10], [126.71, 35.10], [126.71, 35.11], [126.70, 35.11], [126.70, 35.10]]


def _feature(geometry=PLACE, **properties):
    return {"type": "Feature", "properties": {"name": "카페", **properties}, "geometry": geometry}


def _collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)}, ensure_ascii=False)


def test_features_become_drafts_and_know_their_line(read):
    text = '{"type":"FeatureCollection","features":[\n' + json.dumps(_feature()) + ",\n" + json.dumps(_feature(name="둘")) + "\n]}"
    reading = read("a.geojson", text)
    assert [(row.line, row.draft.name, row.draft.geometry.x) for row in reading.rows] == [(2, "카페", 126.793), (3, "둘", 126.793)]
    assert (reading.format, reading.crs, reading.crs_guessed) == ("geojson", "EPSG:4326", False)


def test_one_feature_alone_is_a_file_too(read):
    assert [row.draft.name for row in read("a.geojson", json.dumps(_feature())).rows] == ["카페"]


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "urn:ogc:def:crs:OGC::CRS84"])
@pytest.mark.parametrize("at_end", [False, True])
def test_a_declared_longitude_and_latitude_is_used_wherever_it_stands(read, crs, at_end):
    member = {"crs": {"type": "name", "properties": {"name": crs}}}
    document = {"type": "FeatureCollection", "features": [_feature()]}
    reading = read("a.geojson", json.dumps({**document, **member} if at_end else {**member, **document}))
    assert reading.crs == "EPSG:4326"
    assert len(reading.rows) == 1


@pytest.mark.parametrize("crs", ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "EPSG:32652", "local", 7])
def test_another_declared_system_refuses_the_file(read, codes, crs):
    member = {"type": "name", "properties": {"name": crs}}
    assert codes(read("a.geojson", _collection(_feature(), crs=member))) == {"unknown-crs": 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type":"FeatureCollection","features":[{"type":"Feature","type":"x"}]}', "duplicate-json-key"),
        ('{"type":"FeatureCollection","type":"x","features":[]}', "duplicate-json-key"),
        ('{"type":"FeatureCollection","features":[' + "[" * 200_000, "json-too-deep"),
        ('{"type":"FeatureCollection","features":[' + '{"a":' * 100 + "1" + "}" * 100 + "]}", "json-too-deep"),
        ('{"type":"FeatureCollection","features":[{"x":' + "9" * 6000 + "}]}", "integer-too-long"),
        ('{"type":"FeatureCollection","features":[{"x":NaN}]}', "json-not-finite"),
        ('{"type":"FeatureCollection","features":[{"x":-Infinity}]}', "json-not-finite"),
        ('{"type":"FeatureCollection","features":[', "broken-json"),
        ('{"type":"FeatureCollection","features":[]} x', "broken-json"),
        ('{"type":"FeatureCollection" "features":[]}', "broken-json"),
        ('{"type":"FeatureCollection","features":[{"a":"' + "x" * 300_000, "broken-json"),
        ('{"type":"Topology","objects":{}}', "not-geojson"),
        ('{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline read /etc/passwd"}', "not-geojson"),
        ('[{"type":"Feature"}]', "not-geojson"),
        ('{"type":"Point","coordinates":[126.7,35.1]}', "not-geojson"),
        ('{"type":"FeatureCollection","features":{}}', "no-rows"),
        ('{"type":"FeatureCollection","features":[]}', "no-rows"),
    ],
)
def test_what_is_not_sound_geojson_refuses_the_file(read, text, code):
    reading = read("a.geojson", text)
    assert [problem.code for problem in reading.problems] == [code]
    assert reading.is_refused


def test_one_feature_too_large_is_refused(read, codes):
    text = _collection(_feature(note="x" * 2_000_000))
    assert codes(read("a.geojson", text, limits=Limits(feature_chars=600_000))) == {"feature-too-large": 1}


def test_more_features_or_names_than_the_limits_are_refused(read, codes):
    assert codes(read("a.geojson", _collection(_feature(), _feature()), limits=Limits(rows=1))) == {"too-many-rows": 1}
    wide = _feature(**{f"c{number}": 1 for number in range(600)})
    assert codes(read("a.geojson", _collection(wide))) == {"too-many-columns": 1}


def test_a_member_called_proto_is_only_a_column_nobody_uses(read):
    reading = read("a.geojson", _collection(_feature(__proto__={"status": "confirmed"}, constructor="x")))
    assert [problem.column for problem in reading.problems] == ["__proto__", "constructor"]
    assert reading.rows[0].draft.status.value == "reported"


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Point", "coordinates": []}, "broken-geometry"),
        ({"type": "Point", "coordinates": ["126.7", "35.1"]}, "broken-geometry"),
        ({"type": "Point", "coordinates": [True, 35.1]}, "broken-geometry"),
        ({"type": "Point"}, "broken-geometry"),
        ("POINT(126.7 35.1)", "broken-geometry"),
        ({"type": "LineString", "coordinates": [[126.7, 35.1], [126.8, 35.1]]}, "wrong-geometry"),
        ({"type": "GeometryCollection", "geometries": [PLACE]}, "wrong-geometry"),
        ({"type": "MultiPoint", "coordinates": [[126.7, 35.1], [126.8, 35.1]]}, "wrong-geometry"),
        ({"type": "Polygon", "coordinates": [SQUARE]}, "wrong-geometry"),
    ],
)
def test_a_geometry_that_is_no_point_keeps_its_feature_out(read, geometry, code):
    reading = read("a.geojson", _collection(_feature(geometry), _feature(name="둘")))
    assert [problem.code for problem in reading.problems] == [code]
    assert [row.draft.name for row in reading.rows] == ["둘"]


def test_a_coordinate_past_all_numbers_is_not_finite(read, codes):
    text = _collection(_feature()).replace("126.793", "1e400")
    assert codes(read("a.geojson", text)) == {"coordinate-not-finite": 1}


def test_members_that_are_no_features_stay_out_alone(read, codes):
    reading = read("a.geojson", _collection(_feature(), {"type": "Point"}, 7, {"type": "Feature", "properties": [1]}))
    assert codes(reading) == {"not-a-feature": 3}
    assert len(reading.rows) == 1


def test_a_multipoint_of_one_and_a_height_are_a_point(read):
    reading = read("a.geojson", _collection(_feature({"type": "MultiPoint", "coordinates": [[126.793, 35.1395, 12.5]]})))
    assert (reading.rows[0].draft.geometry.x, reading.rows[0].draft.geometry.has_z) == (126.793, False)


def test_half_a_letter_in_a_name_keeps_the_feature_out(read, codes):
    assert codes(read("a.geojson", _collection(_feature()).replace("카페", "\\ud83d"))) == {"half-character": 1}


def test_names_of_other_files_are_known_and_coordinates_in_properties_are_not_asked_twice(read):
    reading = read(
        "a.geojson", _collection(_feature(address="광산구 1", forDisabled=True, lat=1.0, lon=2.0, latitude="3")), layer="public-facilities"
    )
    assert reading.mapping == {"name": "name", "address": "address", "forDisabled": "amenities.accessible-toilet"}
    assert reading.rows[0].draft.attributes == {"amenities": ["accessible-toilet"]}
    assert reading.problems == []


def test_cp949_geojson_is_read_and_said(read):
    reading = read("a.geojson", _collection(_feature(name="하남 쉼터")).encode("cp949"))
    assert (reading.encoding, reading.rows[0].draft.name) == ("cp949", "하남 쉼터")


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=30), min_size=1, max_size=8),
    indent=st.sampled_from([None, 1, 4]),
    is_ascii=st.booleans(),
)
def test_any_layout_of_the_same_json_reads_the_same(read, names, indent, is_ascii):
    features = [_feature(name="카" + name, source_key=str(number)) for number, name in enumerate(names)]
    document = {"type": "FeatureCollection", "features": features}
    plain = read("a.geojson", json.dumps(document))
    other = read("a.geojson", json.dumps(document, indent=indent, ensure_ascii=is_ascii))
    assert [row.draft for row in other.rows] == [row.draft for row in plain.rows]
    assert len(plain.rows) == len(names)


def test_features_across_the_reading_window_are_all_met(read):
    features = [_feature(name=f"카페 {number}", note="메모 " * 300, source_key=str(number)) for number in range(1_500)]
    reading = read("a.geojson", _collection(*features))
    assert [row.draft.name for row in reading.rows] == [f"카페 {number}" for number in range(1_500)]
