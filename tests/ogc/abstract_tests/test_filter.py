"""Part 3, requirements classes Filter and Features Filter: the parameters `filter`, `filter-lang` and `filter-crs`."""

import json

import pytest
from ogc.asking import CRS84, EPSG, PROBLEM, Door
from shapely import box
from shapely.geometry import shape

CLASSES = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
)
CAFE = {"op": "=", "args": [{"property": "kind"}, "cafe"]}


def cafes(door: Door):
    return [item["id"] for item in door.layer("shelters") if item["properties"].get("kind") == "cafe"]


def parameters(api):
    path = next(path for path in api["paths"] if path.endswith("/items"))
    found = {}
    for item in [*api["paths"][path].get("parameters", []), *api["paths"][path]["get"]["parameters"]]:
        while "$ref" in item:
            part = api
            for name in item["$ref"].removeprefix("#/").split("/"):
                part = part[name.replace("~1", "/")]
            item = part  # noqa: PLW2901 the reference followed
        found[item["name"]] = item
    return found


def test_req_filter_filter_param(api):
    assert (parameters(api)["filter"]["in"], parameters(api)["filter"].get("required", False)) == ("query", False)
    assert parameters(api)["filter"]["schema"]["type"] == "string"


def test_req_filter_filter_lang_param(api):
    schema = parameters(api)["filter-lang"]["schema"]
    assert set(schema["enum"]) == {"cql2-text", "cql2-json"}
    assert schema.get("default") == "cql2-text"


def test_req_filter_filter_crs_param(api):
    assert parameters(api)["filter-crs"]["schema"]["type"] == "string"


def test_req_filter_filter_lang_param_default_is_text(door: Door):
    assert cafes(door)
    assert door.items("shelters", filter="kind = 'cafe'", limit=100).ids() == cafes(door)


def test_req_filter_filter_lang_param_names_the_encoding(door: Door):
    for lang, text in (("cql2-text", "kind = 'cafe'"), ("cql2-json", json.dumps(CAFE))):
        assert door.items("shelters", limit=100, filter=text, **{"filter-lang": lang}).ids() == cafes(door)


def test_text_read_as_json_and_json_read_as_text_are_400(door: Door):
    for lang, text in (("cql2-json", "kind = 'cafe'"), ("cql2-text", json.dumps(CAFE))):
        assert door.get("/collections/shelters/items", filter=text, **{"filter-lang": lang}).status == 400


def test_an_unknown_language_is_400(door: Door):
    assert door.get("/collections/shelters/items", filter="kind = 'cafe'", **{"filter-lang": "sql"}).status == 400


def test_req_filter_filter_crs_wgs84(door: Door):
    """Without `filter-crs` a geometry in a filter is longitude, latitude."""
    frame = box(126.76, 35.13, 126.83, 35.20)
    expected = [item["id"] for item in door.layer("shelters") if item["geometry"] and shape(item["geometry"]).intersects(frame)]
    text = "S_INTERSECTS(geometry, POLYGON((126.76 35.13, 126.83 35.13, 126.83 35.20, 126.76 35.20, 126.76 35.13)))"
    assert expected
    assert door.items("shelters", filter=text, limit=1000).ids() == expected
    assert door.items("shelters", filter=text, limit=1000, **{"filter-crs": CRS84}).ids() == expected


def test_req_filter_filter_crs_param_turns_the_axes(door: Door):
    expected = door.items("shelters", filter="S_INTERSECTS(geometry, BBOX(126.76, 35.13, 126.83, 35.20))", limit=1000).ids()
    turned = door.items(
        "shelters", filter="S_INTERSECTS(geometry, BBOX(35.13, 126.76, 35.20, 126.83))", limit=1000, **{"filter-crs": f"{EPSG}4326"}
    )
    assert expected
    assert turned.ids() == expected


@pytest.mark.parametrize("code", [3857, 5179, 5186])
def test_req_filter_filter_crs_param_of_metres(door: Door, code):
    feature = next(item for item in door.everything("dongs", crs=f"{EPSG}{code}"))
    inside = shape(feature["geometry"]).representative_point()
    found = door.items("dongs", filter=f"S_CONTAINS(geometry, POINT({inside.x} {inside.y}))", **{"filter-crs": f"{EPSG}{code}"})
    assert found.ids() == [feature["id"]]


def test_req_filter_response_only_what_is_true(door: Door):
    """Null is not true: neither a comparison nor its negation finds what has no value."""
    more = set(door.items("shelters", filter="seats > 5", limit=1000).ids())
    less = set(door.items("shelters", filter="NOT (seats > 5)", limit=1000).ids())
    none = set(door.items("shelters", filter="seats IS NULL", limit=1000).ids())
    everything = set(door.items("shelters", limit=1000).ids())
    assert more
    assert less
    assert none
    assert more | less | none == everything
    assert len(more) + len(less) + len(none) == len(everything)


@pytest.mark.parametrize(
    "text",
    [
        "kind", "kind =", "= 'cafe'", "kind = 'cafe", "kind == 'cafe'", "(kind = 'cafe'", "nowhere = 1", "kind = 5", "seats = 'many'",
        "seats LIKE 'a%'", "S_NEAR(geometry, POINT(1 2))", "S_INTERSECTS(name, POINT(1 2))", "S_INTERSECTS(geometry, 'here')",
        "seats BETWEEN 1 AND 'b'", "amenities = 'water'", "seats + 1", "POINT(1 2)", "kind = 'cafe'; DROP TABLE sites", "name = ()",
        "geometry IN (1)", "1e400 > seats", "checked_on > DATE('2026-13-01')", "S_INTERSECTS(geometry, POINT(1 2 3 4 5))",
        "S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))",
    ],
)  # fmt: skip
def test_req_filter_expression_construction_what_cannot_be_read_is_400(door: Door, text):
    refused = door.get("/collections/shelters/items", filter=text)
    assert (refused.status, refused.media) == (400, PROBLEM), (text, refused.status)


@pytest.mark.parametrize(
    "document",
    [
        "null", "[]", "5", '"kind"', "{}", '{"op": "="}', '{"op": "=", "args": []}', '{"op": "=", "args": [1]}', '{"op": 5, "args": []}',
        '{"op": "nothing", "args": [1, 2]}', '{"op": "and", "args": []}', '{"op": "=", "args": [{"property": "nowhere"}, 1]}',
        '{"op": "=", "args": [{"property": 5}, 1]}', '{"op": "=", "args": [{"property": "seats"}, 1e999]}', '{"op": "like"', "[" * 1000,
        '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": ["a", "b"]}]}',
        '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": []}]}',
        '{"op": "t_after", "args": [{"property": "checked_on"}, {"date": "2026-99-99"}]}',
    ],
)  # fmt: skip
def test_json_that_cannot_be_read_is_400(door: Door, document):
    refused = door.get("/collections/shelters/items", filter=document, **{"filter-lang": "cql2-json"})
    assert (refused.status, refused.media) == (400, PROBLEM), (document, refused.status)


@pytest.mark.parametrize(
    "text",
    ["(" * 3900, "NOT " * 900 + "seats = 1", "seats = " + "-" * 3000 + "1", "seats = " + "1+" * 1900 + "1", "kind = '" + "가" * 4000 + "'",
     "CASEI(" * 600 + "kind" + ")" * 600 + " = 'x'", "seats = 9^9^9^9^9^9^9", "seats = 1/0", "seats = 1 % 0", "seats = 1 div 0"],
)  # fmt: skip
def test_a_filter_made_to_break_the_server_is_answered(door: Door, text):
    assert door.get("/collections/shelters/items", filter=text).status in {200, 400, 414, 431}
    assert door.get("/conformance").status == 200


def test_req_features_filter_mixing_expressions(door: Door):
    """A filter narrows what box, time and properties leave, and they narrow it."""
    window = "126.76,35.13,126.83,35.20"
    both = door.items("shelters", filter="kind = 'cafe'", bbox=window, status="sample", limit=1000).ids()
    one, other = set(door.items("shelters", bbox=window, limit=1000).ids()), set(cafes(door))
    sample = {item["id"] for item in door.layer("shelters") if item["properties"]["status"] == "sample"}
    assert both
    assert set(both) == one & other & sample


def test_req_features_filter_number_matched_and_links(door: Door):
    page = door.items("shelters", filter="kind = 'cafe'", limit=2)
    assert page.json()["numberMatched"] == len(cafes(door))
    assert "filter=" in page.link("self")["href"]
    following = door.fetch(page.link("next")["href"])
    assert page.ids() + following.ids() == cafes(door)[:4]


@pytest.mark.parametrize("collection", ["dongs", "legal-dongs", "coverage-cells", "coverage-gaps", "indicators", "village-jobs"])
def test_every_collection_takes_filters(door: Door, collection):
    everything = door.items(collection).json()["numberMatched"]
    assert door.items(collection, filter="1 = 1").json()["numberMatched"] == everything
    assert door.items(collection, filter="1 = 2").json()["numberMatched"] == 0
