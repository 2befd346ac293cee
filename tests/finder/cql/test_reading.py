"""The JSON encoding: what is not a filter is refused by the word at fault, whatever else it is."""

import json

import pytest
from finder.cql_making import SCHEMA
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.finder.cql import BadFilter, parse_filter_json
from geo_app.finder.cql.literals import MAX_POSITIONS
from geo_app.finder.cql.reading import MAX_NODES
from geo_app.finder.items import table_of_features

TRUE = True
SEATS, NAME, HERE = {"property": "seats"}, {"property": "name"}, {"property": "geometry"}


def call(name, *arguments):
    return {"op": name, "args": list(arguments)}


def meets(geometry):
    return call("s_intersects", HERE, geometry)


def nested(count):
    document = call("=", SEATS, 1)
    for _ in range(count):
        document = call("not", document)
    return document


@pytest.mark.parametrize(
    ("document", "value"),
    [
        (None, "null"),
        ([], "[…]"),
        ({}, "{…}"),
        (1, "1"),
        ("name", "name"),
        (NAME, "name"),
        ({"property": "nobody"}, "nobody"),
        ({"property": 1}, "1"),
        ({"op": "="}, "="),
        (call("=", SEATS), "="),
        (call("=", SEATS, 1, 2), "="),
        (call("or", TRUE), "or"),
        (call("eval", SEATS), "eval"),
        ({"op": ["="], "args": []}, "[…]"),
        (call("=", SEATS, "x"), "x"),
        (call("=", SEATS, None), "null"),
        (call("=", SEATS, TRUE), "true"),
        (call("=", SEATS, 10**400), "…"),
        (call("=", SEATS, float("nan")), "nan"),
        (call("=", SEATS, float("-inf")), "-inf"),
        (call("=", call("^", 9, call("^", 9, 9)), SEATS), "9 ^ 3.8742e+08"),
        (call("=", call("/", 1, 0), SEATS), "1 / 0"),
        (call("+", NAME, 1), "name"),
        (call("=", call("+", NAME, 1), 1), "name"),
        (call("=", {"property": "hours"}, 1), "hours"),
        (call("=", {"property": "amenities"}, ["x"]), "amenities"),
        (call("=", HERE, HERE), "geometry"),
        (call("<", {"property": "consent"}, TRUE), "<"),
        (call("like", NAME, NAME), "name"),
        (call("like", SEATS, "x"), "seats"),
        (call("in", NAME, []), "IN"),
        (call("in", NAME, "x"), "IN"),
        (call("in", NAME, ["x", 1]), "1"),
        (call("casei", NAME), "casei"),
        (call("=", call("casei", SEATS), "x"), "seats"),
        (call("a_contains", {"property": "amenities"}, [1]), "1"),
        (call("a_contains", {"property": "amenities"}, "toilet"), "toilet"),
        (call("t_after", NAME, {"date": "2026-01-01"}), "name"),
        (call("t_after", {"property": "as_of"}, {"date": "20260101"}), "20260101"),
        (call("t_after", {"property": "as_of"}, {"date": 1}), "1"),
        (call("t_after", {"property": "as_of"}, {"timestamp": "2026-01-01T25:00:00Z"}), "2026-01-01T25:00:00Z"),
        (call("t_after", {"property": "as_of"}, {"timestamp": "2026-01-01T00:00:00"}), "2026-01-01T00:00:00"),
        (call("t_after", {"property": "as_of"}, {"interval": ["2026-01-02", "2026-01-01"]}), "INTERVAL"),
        (call("t_after", {"property": "as_of"}, {"interval": ["2026-01-02", "2026-01-03T00:00:00Z"]}), "INTERVAL"),
        (call("t_after", {"property": "as_of"}, {"interval": ["2026-01-02"]}), "INTERVAL"),
        (call("t_after", {"property": "as_of"}, {"interval": [NAME, ".."]}), "name"),
        (call("t_meets", {"property": "as_of"}, {"interval": ["..", ".."]}), "as_of"),
        (meets({"type": "Sphere", "coordinates": [1, 2]}), "Sphere"),
        (meets({"type": ["Point"], "coordinates": [1, 2]}), "[…]"),
        (meets({"type": "Point", "coordinates": [1]}), "Point"),
        (meets({"type": "Point", "coordinates": [1, "2"]}), "Point"),
        (meets({"type": "Point", "coordinates": [1, 2, 3, 4]}), "Point"),
        (meets({"type": "Point", "coordinates": [[1, 2]]}), "Point"),
        (meets({"type": "Point", "coordinates": [1, float("nan")]}), "Point"),
        (meets({"type": "Point", "coordinates": [200, 10]}), "200, 10"),
        (meets({"type": "Point", "coordinates": [35.1, 126.8]}), "35.1, 126.8"),
        (meets({"type": "LineString", "coordinates": [[1, 2]]}), "LineString"),
        (meets({"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]}), "Polygon"),
        (meets({"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}), "Polygon"),
        (meets({"type": "Polygon", "coordinates": []}), "Polygon"),
        (meets({"type": "GeometryCollection", "geometries": []}), "GeometryCollection"),
        (meets({"type": "GeometryCollection", "geometries": [1]}), "null"),
        (meets({"bbox": [1, 2, 3]}), "BBOX"),
        (meets({"bbox": [1, 5, 3, 4]}), "BBOX"),
        (meets({"bbox": "1,2,3,4"}), "BBOX"),
        (meets({"bbox": [1, 2, 3, 95]}), "3, 95"),
        (call("s_within", NAME, HERE), "name"),
        (nested(65), "="),
    ],
)
def test_what_is_no_filter_is_refused_by_the_word_at_fault(document, value):
    with pytest.raises(BadFilter) as told:
        parse_filter_json(document, SCHEMA)
    assert told.value.values["value"].lower() == value.lower()
    assert told.value.values["expected"]


def test_the_examples_of_the_standard_are_read():
    for document in (
        call("and", call("=", call("casei", NAME), call("casei", "Straße")), call("not", call("isNull", HERE))),
        call("a_containedBy", ["a", "b"], {"property": "amenities"}),
        call("t_finishedBy", {"interval": [{"property": "as_of"}, ".."]}, {"interval": ["2026-01-01", "2026-02-01"]}),
        meets({"bbox": [160.6, -55.95, -170, -25.89]}),
    ):
        parse_filter_json(document, SCHEMA)


def test_a_filter_has_an_end():
    fits = [call("=", SEATS, 1)] * (MAX_NODES // 3 - 1)
    parse_filter_json(call("and", *fits), SCHEMA)
    for document in (call("and", *fits, *fits), call("in", SEATS, list(range(MAX_NODES))), nested(400)):
        with pytest.raises(BadFilter, match=f"{MAX_NODES} parts"):
            parse_filter_json(document, SCHEMA)
    with pytest.raises(BadFilter, match=f"at most {MAX_POSITIONS} positions"):
        parse_filter_json(meets({"type": "MultiPoint", "coordinates": [[1, 2]] * (MAX_POSITIONS + 1)}), SCHEMA)


def test_collections_within_collections_have_an_end():
    geometry = {"type": "Point", "coordinates": [1, 2]}
    for _ in range(4):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    parse_filter_json(meets(geometry), SCHEMA)
    with pytest.raises(BadFilter):
        parse_filter_json(meets({"type": "GeometryCollection", "geometries": [geometry]}), SCHEMA)


def test_json_as_deep_as_its_reader_lets_in_is_refused_and_nothing_falls():
    deep = json.loads("[" * 900 + "]" * 900)
    for document in (deep, call("=", SEATS, deep), meets({"type": "Polygon", "coordinates": deep}), call("t_after", {"date": deep}, SEATS)):
        with pytest.raises(BadFilter):
            parse_filter_json(document, SCHEMA)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["=", "and", "seats", "name", "Point", "..", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["op", "args", "property", "type", "coordinates", "bbox", "interval", "date", "geometries"]), inner
        )
        | st.tuples(st.sampled_from(["=", "and", "in", "like", "s_within", "t_after", "a_equals", "+", "casei", "isNull"]), inner).map(
            lambda pair: {"op": pair[0], "args": [pair[1], {"property": "seats"}]}
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(_JSON)
def test_any_json_is_read_or_refused(document):
    table = table_of_features("x", [{"id": "a", "geometry": None, "properties": {"seats": 1}}], SCHEMA)
    try:
        selected = parse_filter_json(document, SCHEMA).select(table).tolist()
    except BadFilter as fault:
        assert fault.values["expected"]  # noqa: PT017 either is right
    else:
        assert selected in ([], [0])
