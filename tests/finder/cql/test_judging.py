"""Filters select what a slow second witness selects, one feature at a time, from JSON and from text."""

import json
import unicodedata

import numpy as np
import pytest
from finder.cql_making import FEATURES, FILTERS, SCHEMA, text_of
from finder.cql_oracle import truth
from hypothesis import HealthCheck, example, given, settings

from geo_app.finder.cql import BadFilter, parse_filter_json, parse_filter_text
from geo_app.finder.items import table_of_features


def table(features):
    return table_of_features("made", [{**feature, "id": f"id-{number:03d}"} for number, feature in enumerate(features)], SCHEMA)


def place(**properties):
    return {"type": "Feature", "geometry": properties.pop("geometry", None), "properties": properties}


def selected(text, *features):
    return parse_filter_text(text, SCHEMA).select(table(features)).tolist()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FILTERS, FEATURES)
@example({"op": "in", "args": [{"property": "name"}, [{"property": "kind"}, ""]]}, [place(name="")])
def test_a_filter_selects_what_the_second_witness_finds_true(document, features):
    expected = [position for position, feature in enumerate(features) if truth(document, feature) is True]
    asked = table(features)
    assert parse_filter_json(document, SCHEMA).select(asked).tolist() == expected
    assert parse_filter_text(text_of(document), SCHEMA).select(asked).tolist() == expected


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FILTERS, FEATURES)
def test_what_is_neither_true_nor_false_is_in_neither_answer(document, features):
    asked = table(features)
    unknown = [position for position, feature in enumerate(features) if truth(document, feature) is None]
    found = [parse_filter_json(one, SCHEMA).select(asked).tolist() for one in (document, {"op": "not", "args": [document]})]
    assert sorted([*found[0], *found[1], *unknown]) == list(range(len(features)))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FILTERS, FEATURES)
def test_candidates_narrow_the_answer_and_change_nothing_else(document, features):
    asked = table(features)
    odd = np.arange(1, len(features), 2)
    whole = parse_filter_json(document, SCHEMA).select(asked)
    assert parse_filter_json(document, SCHEMA).select(asked, odd).tolist() == [position for position in whole.tolist() if position % 2]


def test_hangul_typed_on_a_mac_is_the_same_word():
    decomposed = unicodedata.normalize("NFD", "수완 쉼터")
    assert selected("name = '수완 쉼터'", place(name=decomposed)) == [0]
    assert selected(f"name LIKE '{unicodedata.normalize('NFD', '수완')}%'", place(name="수완 쉼터")) == [0]
    assert parse_filter_json({"op": "=", "args": [{"property": "name"}, decomposed]}, SCHEMA).select(
        table([place(name="수완 쉼터")])
    ).tolist() == [0]


def test_spaces_in_a_text_count():
    assert selected("name = 'a  b'", place(name="a b"), place(name="a  b")) == [1]


def test_a_day_is_its_first_instant_in_seoul_when_compared():
    assert selected("as_of >= TIMESTAMP('2025-12-31T15:00:00Z')", place(as_of="2026-01-01"), place(as_of="2025-12-31")) == [0]


def test_a_day_meets_every_time_within_it():
    late = "t_intersects(as_of, INTERVAL('2026-01-01T14:00:00Z', '..'))"
    assert selected(late, place(as_of="2026-01-01"), place(as_of="2025-12-31"), place()) == [0]


def test_a_part_of_something_divided_by_nothing_is_unknown_and_never_a_fault():
    assert selected("seats / (seats - seats) > 0", place(seats=1)) == []
    assert selected("NOT seats / (seats - seats) > 0", place(seats=1)) == []
    assert selected("seats ^ seats ^ seats ^ seats > 0", place(seats=9)) == []
    assert selected("seats / (seats - seats) IS NULL", place(seats=1)) == [0]


def test_whole_division_is_cut_towards_nought_and_the_rest_has_the_sign_of_the_left():
    assert selected("seats div 2 = -1 AND seats % 2 = -1", place(seats=-3)) == [0]


def test_a_power_of_a_power_is_joined_from_the_right():
    assert selected("seats ^ 3 ^ 2 = 512", place(seats=2)) == [0]


def test_a_place_without_coordinates_is_neither_here_nor_apart():
    here = place(geometry={"type": "Point", "coordinates": [126.8, 35.1]})
    assert selected("s_disjoint(geometry, BBOX(0,0,1,1))", here, place()) == [0]
    assert selected("NOT s_disjoint(geometry, BBOX(126,35,127,36))", here, place()) == [0]
    assert selected("geometry IS NULL", here, place()) == [1]


def test_a_box_spans_the_dateline_where_west_is_above_east():
    places = [place(geometry={"type": "Point", "coordinates": [lon, 10]}) for lon in (179, -179, 0, 170, 180, -180)]
    assert selected("s_intersects(geometry, BBOX(175, 0, -175, 20))", *places) == [0, 1, 4, 5]


def test_a_box_may_have_a_height_and_no_width():
    places = [place(geometry={"type": "Point", "coordinates": [lon, 10]}) for lon in (126, 127)]
    assert selected("s_intersects(geometry, BBOX(126, 0, -5, 126, 20, 5))", *places) == [0]
    assert selected("s_intersects(geometry, BBOX(127, 10, 127, 10))", *places) == [1]


def test_coordinates_of_another_system_are_turned_before_they_are_judged():
    def lat_first(pairs):
        return pairs[:, ::-1]

    here = table([place(geometry={"type": "Point", "coordinates": [126.8, 35.1]})])
    for text in ("s_intersects(geometry, BBOX(35, 126, 36, 127))", "s_equals(geometry, POINT(35.1 126.8))"):
        assert parse_filter_text(text, SCHEMA, transform=lat_first).select(here).tolist() == [0]
    assert parse_filter_text("s_intersects(geometry, BBOX(35, 179, 36, -179))", SCHEMA, transform=lat_first).select(here).tolist() == []


def test_a_box_in_metres_is_bent_in_degrees_and_holds_what_it_holds_in_metres():
    from geo_app.spatial.crs import LonLat, MetricXY, to_lonlat, to_metric

    low, high = to_metric(LonLat(np.array([[126.0, 34.0]])))[0], to_metric(LonLat(np.array([[128.0, 36.0]])))[0]
    middle_south = to_lonlat(MetricXY(np.array([[(low[0] + high[0]) / 2, low[1] + 50.0]])))[0]
    text = f"s_intersects(geometry, BBOX({low[0]}, {low[1]}, {high[0]}, {high[1]}))"
    asked = parse_filter_text(text, SCHEMA, transform=lambda pairs: to_lonlat(MetricXY(pairs)), is_planar=True)
    assert asked.select(table([place(geometry={"type": "Point", "coordinates": middle_south.tolist()})])).tolist() == [0]


def test_a_tall_narrow_box_in_metres_is_no_box_over_the_dateline():
    from geo_app.spatial.crs import LonLat, MetricXY, to_lonlat, to_metric

    # West of the middle of the belt, where north in metres leans to the east of north in degrees.
    west, south = to_metric(LonLat(np.array([[126.2, 35.1]])))[0].tolist()
    inside, beside = to_lonlat(MetricXY(np.array([[west + 5, south + 15_000], [west + 500, south + 15_000]]))).tolist()
    places = table([place(geometry={"type": "Point", "coordinates": lonlat}) for lonlat in (inside, beside, [0.0, 35.15])])
    numbers = [west, south, west + 10, south + 20_000]
    moved = {"transform": lambda pairs: to_lonlat(MetricXY(pairs)), "is_planar": True}
    text = f"s_intersects(geometry, BBOX({', '.join(map(repr, numbers))}))"
    assert to_lonlat(MetricXY(np.array([numbers[:2], numbers[2:]])))[:, 0].argmax() == 0  # the corners alone would look like one
    assert parse_filter_text(text, SCHEMA, **moved).select(places).tolist() == [0]
    document = {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": numbers}]}
    assert parse_filter_json(document, SCHEMA, **moved).select(places).tolist() == [0]


@pytest.mark.parametrize("numbers", ["200000, 500000, 199900, 500100", "200000, 500100, 200100, 500000"])
def test_a_box_in_metres_that_runs_backwards_is_refused(numbers):
    from geo_app.spatial.crs import MetricXY, to_lonlat

    with pytest.raises(BadFilter) as fault:
        parse_filter_text(
            f"s_intersects(geometry, BBOX({numbers}))", SCHEMA, transform=lambda pairs: to_lonlat(MetricXY(pairs)), is_planar=True
        )
    assert fault.value.values["value"] == "BBOX"


def test_a_box_in_metres_that_leaves_the_map_is_refused():
    from geo_app.web.ogc.systems import system_of

    mercator = system_of("http://www.opengis.net/def/crs/EPSG/0/3857")
    with pytest.raises(BadFilter):
        parse_filter_text("s_intersects(geometry, BBOX(20000000, 0, 20100000, 9))", SCHEMA, transform=mercator.read, is_planar=True)
    whole = "s_intersects(geometry, BBOX(-20037508.34, -20037508.34, 20037508.34, 20037508.34))"
    here = table([place(geometry={"type": "Point", "coordinates": [126.8, 35.1]})])
    assert parse_filter_text(whole, SCHEMA, transform=mercator.read, is_planar=True).select(here).tolist() == [0]


def test_one_filter_may_be_asked_by_many_threads_of_many_tables():
    from concurrent.futures import ThreadPoolExecutor

    points = [place(geometry={"type": "Point", "coordinates": [126 + number / 1000, 35.5]}) for number in range(500)]
    asked = parse_filter_text("s_within(geometry, POLYGON((126 35, 126.3 35, 126.1 36, 126 35)))", SCHEMA)
    tables = [table(points) for _ in range(4)]
    expected = asked.select(tables[0]).tolist()
    with ThreadPoolExecutor(8) as pool:
        assert {json.dumps(found.tolist()) for found in pool.map(asked.select, tables * 20)} == {json.dumps(expected)}


@pytest.mark.parametrize(
    "text", ["name = 'x'", "a_overlaps(amenities, ('toilet'))", "casei(name) = kind", "name IN ('x')", "name LIKE '%'"]
)
def test_a_table_of_nothing_and_a_column_of_nothing_answer_with_nothing(text):
    assert selected(text) == []
    assert selected(text, place(seats=1)) == []
