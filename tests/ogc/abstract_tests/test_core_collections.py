"""OGC API – Features Part 1 (17-069r4), Core: what is said of collections. One check a requirement, named after it."""

import pytest
from ogc.asking import CRS84, GEOJSON, HTML, JSON, PROBLEM, Door
from shapely import box
from shapely.geometry import shape


def test_req_core_crs84(door: Door, ids):
    assert door.get("/collections/shelters").json()["extent"]["spatial"].get("crs", CRS84) == CRS84
    for collection in ids:
        for feature in door.items(collection, limit=5).json()["features"]:
            if feature["geometry"] is not None:
                west, south, east, north = shape(feature["geometry"]).bounds
                assert 126 < west <= east < 128, collection
                assert 34 < south <= north < 36, collection


def test_req_core_fc_md_op(door: Door):
    assert door.get("/collections").status == 200


def test_req_core_fc_md_success(door: Door):
    document = door.get("/collections").json()
    assert {"links", "collections"} <= set(document)


def test_req_core_fc_md_links(door: Door):
    answer = door.get("/collections")
    assert answer.link("self")["type"] == JSON
    assert answer.link("alternate")["type"] == HTML
    assert all(link.get("rel") and link.get("type") for link in answer.json()["links"])


def test_req_core_fc_md_items(door: Door):
    named = [item["id"] for item in door.collections()]
    places = ["industrial-complexes", "shelters", "village-jobs", "improved-companies", "public-facilities", "dongs", "legal-dongs"]
    assert named == [*places, "coverage-cells", "coverage-gaps", "indicators"]


def test_req_core_fc_md_items_links(door: Door):
    for item in door.collections():
        links = {link["type"]: link["href"] for link in item["links"] if link["rel"] == "items"}
        assert {GEOJSON, HTML} <= set(links), item["id"]
        assert links[GEOJSON].partition("?")[0] == f"{door.root}/collections/{item['id']}/items"
        for media, href in links.items():
            assert door.fetch(href).media == media


def test_req_core_fc_md_extent(door: Door):
    for item in door.collections():
        extent = item.get("extent", {})
        geometries = [shape(feature["geometry"]) for feature in door.everything(item["id"]) if feature["geometry"]]
        assert bool(geometries) == ("spatial" in extent), item["id"]
        if geometries:
            frame = box(*extent["spatial"]["bbox"][0])
            assert all(frame.covers(geometry) for geometry in geometries), item["id"]


def test_req_core_fc_md_extent_covers_time(door: Door):
    checked = [item for item in door.collections() if item["extent"].get("temporal")]
    assert "shelters" in {item["id"] for item in checked}
    for item in checked:
        ((first, last),) = item["extent"]["temporal"]["interval"]
        for feature in door.everything(item["id"]):
            properties = feature["properties"]
            if day := properties.get("checked_on", properties.get("as_of")):
                assert first[:10] <= day + "-01-01"[: 10 - len(day)] or item["id"] == "indicators"
                assert day[:10] <= last[:10]


def test_req_core_fc_md_extent_multi(door: Door):
    """One box and one interval each: a client that knows only the first is not misled."""
    for item in door.collections():
        assert len(item.get("extent", {}).get("spatial", {}).get("bbox", [[]])) == 1
        assert len(item.get("extent", {}).get("temporal", {}).get("interval", [[]])) == 1


def test_req_core_sfc_md_op(door: Door, ids):
    assert [door.get(f"/collections/{name}").status for name in ids] == [200] * len(ids)


def test_req_core_sfc_md_success(door: Door):
    for item in door.collections():
        alone = door.get(f"/collections/{item['id']}").json()
        assert {name: alone[name] for name in ("id", "title", "description")} == {
            name: item[name] for name in ("id", "title", "description")
        }
        assert alone.get("extent") == item.get("extent")
        assert alone.get("itemType", "feature") == "feature"


@pytest.mark.parametrize("path", ["", "/items", "/items/sh-000001", "/queryables"])
def test_an_unknown_collection_is_404(door: Door, path):
    refused = door.get(f"/collections/nowhere{path}")
    assert (refused.status, refused.media) == (404, PROBLEM)
