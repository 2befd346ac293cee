"""OGC API – Features Part 3 (19-079r2): what may be asked of a collection, and properties asked for by their own names."""

import re

import pytest
from jsonschema import Draft202012Validator
from ogc.asking import PROBLEM, SCHEMA, Door, schema_names

CLASSES = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)
REL = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


def test_req_queryables_get_queryables_op(door: Door, ids):
    assert [door.get(f"/collections/{name}/queryables").status for name in ids] == [200] * len(ids)


def test_req_queryables_get_queryables_response(door: Door, ids):
    for name in ids:
        answer = door.get(f"/collections/{name}/queryables", accept=SCHEMA)
        document = answer.json()
        assert answer.media == SCHEMA
        assert re.fullmatch(
            r"https?://json-schema.org/draft/(2020-12|2019-09)/schema#?|http://json-schema.org/draft-07/schema#", document["$schema"]
        )
        assert document["$id"] == answer.url.partition("?")[0]
        assert document["type"] == "object"
        assert document["properties"]
        Draft202012Validator.check_schema(document)


def test_req_queryables_get_queryables_response_says_kinds(door: Door):
    properties = door.get("/collections/shelters/queryables").json()["properties"]
    assert properties["seats"]["type"] == "integer"
    assert properties["name"]["type"] == "string"
    assert properties["checked_on"] == {**properties["checked_on"], "type": "string", "format": "date"}
    assert "cafe" in properties["kind"]["enum"]
    geometry = properties["geometry"]
    assert geometry["x-ogc-role"] == "primary-geometry"
    assert geometry["format"].startswith("geometry-")
    assert all(item.get("title") for item in properties.values())


def test_features_have_the_kinds_that_the_schema_says(door: Door, ids):
    for name in ids:
        document = door.get(f"/collections/{name}/queryables").json()
        own = {key: part for key, part in document["properties"].items() if not part.get("format", "").startswith("geometry")}
        checker = Draft202012Validator({"type": "object", "properties": own})
        for feature in door.everything(name)[:300]:
            checker.validate({"id": feature["id"], **feature["properties"]})


def test_req_queryables_queryables_link(door: Door, ids):
    for name in ids:
        link = door.get(f"/collections/{name}").link(REL)
        assert link["href"].partition("?")[0] == f"{door.root}/collections/{name}/queryables"
        assert link["type"] == SCHEMA
        assert door.fetch(link["href"]).media == SCHEMA


def test_the_global_queryables_hold_of_every_collection(door: Door, ids):
    answer = door.fetch(door.get("/").link(REL)["href"])
    assert answer.media == SCHEMA
    shared = schema_names(answer.json())
    assert shared <= set.intersection(*(schema_names(door.get(f"/collections/{name}/queryables").json()) for name in ids))


@pytest.mark.parametrize("collection", ["shelters", "village-jobs", "coverage-gaps", "indicators", "dongs"])
def test_req_queryables_query_parameters(door: Door, collection):
    """Each queryable that is a plain value is a parameter, and finds what has that value."""
    document = door.get(f"/collections/{collection}/queryables").json()
    features = door.everything(collection)
    asked = 0
    for name, part in document["properties"].items():
        if part.get("type") not in ("string", "integer", "boolean", "number") or name in ("id", "geometry"):
            continue
        values = [item["properties"][name] for item in features if name in item["properties"] and item["properties"][name] is not None]
        if not values or (isinstance(values[0], str) and "," in values[0]):
            continue
        told = str(values[0]).lower() if isinstance(values[0], bool) else str(values[0])
        found = door.items(collection, limit=10_000, **{name: told}).ids()
        assert found == [item["id"] for item in features if item["properties"].get(name) == values[0]], (name, told)
        asked += 1
    assert asked >= 2


@pytest.mark.parametrize("wrong", [{"seats": "many"}, {"checked_on": "yesterday"}, {"nowhere": "1"}, {"seats": "1e400"}])
def test_a_parameter_that_is_no_value_of_its_property_is_400(door: Door, wrong):
    refused = door.get("/collections/shelters/items", **wrong)
    assert (refused.status, refused.media) == (400, PROBLEM)


def test_two_properties_both_hold(door: Door):
    expected = [
        item["id"] for item in door.layer("shelters") if item["properties"]["kind"] == "cafe" and item["properties"]["status"] == "sample"
    ]
    assert expected
    assert door.items("shelters", kind="cafe", status="sample", limit=100).ids() == expected


def test_sortables_are_queryables_with_an_order(door: Door, ids):
    for name in ids:
        link = next(item for item in door.get(f"/collections/{name}").json()["links"] if item["rel"].endswith("/sortables"))
        answer = door.fetch(link["href"])
        assert answer.media == SCHEMA
        kinds = {part.get("type") for part in answer.json()["properties"].values()}
        assert kinds <= {"string", "integer", "number", "boolean"}


@pytest.mark.parametrize(("sortby", "is_down"), [("seats", False), ("-seats", True), ("+seats", False)])
def test_sortby_orders_values_and_puts_what_has_none_last(door: Door, sortby, is_down):
    """Equal ones keep the order of ids, so that pages never overlap."""
    layer = door.layer("shelters")
    valued = [item for item in layer if item["properties"].get("seats") is not None]
    expected = sorted(valued, key=lambda item: item["properties"]["seats"], reverse=False)
    if is_down:
        expected = sorted(valued, key=lambda item: -item["properties"]["seats"])
    expected += [item for item in layer if item["properties"].get("seats") is None]
    found = door.items("shelters", sortby=sortby, limit=1000).ids()
    assert found == [item["id"] for item in expected]


def test_sortby_of_two_properties(door: Door):
    rows = [item["properties"] for item in door.everything("shelters", sortby="kind,-name")]
    keys = [(row["kind"], [-ord(letter) for letter in row["name"]]) for row in rows if row.get("kind")]
    assert [kind for kind, _ in keys] == sorted(kind for kind, _ in keys)
    for kind in {kind for kind, _ in keys}:
        names = [row["name"] for row in rows if row.get("kind") == kind]
        assert names == sorted(names, reverse=True)


@pytest.mark.parametrize("wrong", ["nowhere", "hours", "geometry", "name,name", "--name"])
def test_sortby_something_else_is_400(door: Door, wrong):
    assert door.get("/collections/shelters/items", sortby=wrong).status == 400


def test_properties_are_only_those_asked_for(door: Door):
    for feature in door.items("shelters", properties="name,seats", limit=100).json()["features"]:
        assert set(feature["properties"]) <= {"name", "seats"}
        assert feature["properties"]["name"]
        assert {"id", "type", "geometry"} <= set(feature)
    assert door.get("/collections/shelters/items", properties="name,nowhere").status == 400
