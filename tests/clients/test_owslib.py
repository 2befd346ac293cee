"""OWSLib, the Python client of the OGC's services, finds its way from the landing page alone."""

import pytest
from ogc.asking import Door
from owslib.ogcapi.features import Features


@pytest.fixture(scope="module")
def service(door: Door) -> Features:
    return Features(door.root + "/")


def test_owslib_reads_the_definition_and_what_is_conformed_to(service: Features, door: Door):
    assert service.api()["openapi"].startswith("3.0")
    assert service.conformance()["conformsTo"] == door.get("/conformance").json()["conformsTo"]


def test_owslib_lists_feature_collections(service: Features, ids):
    assert service.feature_collections() == ids


def test_owslib_reads_a_collection_and_its_queryables(service: Features):
    assert service.collection("shelters")["id"] == "shelters"
    assert "seats" in service.collection_queryables("shelters")["properties"]


def test_owslib_pages_by_offset(service: Features, door: Door):
    found = [item["id"] for start in range(0, 60, 20) for item in service.collection_items("shelters", limit=20, offset=start)["features"]]
    assert found == [item["id"] for item in door.layer("shelters")]


def test_owslib_asks_by_box_time_filter_and_order(service: Features, door: Door):
    asked = {"bbox": [126.76, 35.13, 126.83, 35.20], "datetime_": "2020-01-01/..", "filter": "kind = 'cafe'", "sortby": ("name", "desc")}
    found = service.collection_items("shelters", limit=100, **asked)
    names = [item["properties"]["name"] for item in found["features"]]
    assert names == sorted(names, reverse=True)
    assert 0 < found["numberReturned"] == len(names) < len(door.layer("shelters"))


def test_owslib_reads_one_feature(service: Features, door: Door):
    expected = door.layer("shelters")[5]
    assert service.collection_item("shelters", expected["id"])["properties"] == expected["properties"]
